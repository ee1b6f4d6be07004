import { grown } from './entries.ts';

/** How many times larger the table gets when it is half full. */
const GROWTH = 4;

/**
 * Refs by id, in memory: open addressing over (hash, place) pairs, so that a miss costs one cache line and a hit two
 * more. A `Map` of a few hundred thousand ids takes nearly twice as long, and hides the hash that the index needs.
 */
export class IdTable {
  readonly #ids: string[] = [];
  #refs = new Int32Array(256);
  /** Hash and place (from 1) of an entry, by turns. */
  #slots = new Int32Array(1_024);

  /** The ref of an id, 0 when it is not in the table. */
  find(id: string, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let at = (hash << 1) & mask; ; at = (at + 2) & mask) {
      const place = slots[at + 1]!;
      if (place === 0) return 0;
      if (slots[at] === hash && this.#ids[place - 1] === id) return this.#refs[place - 1]!;
    }
  }

  /** Adds an id that is not in the table. */
  add(id: string, hash: number, ref: number): void {
    const place = this.#ids.push(id);
    if (place > this.#refs.length) this.#refs = grown(this.#refs, this.#refs.length * 2);
    this.#refs[place - 1] = ref;
    if (place * 4 > this.#slots.length) this.#spread(this.#slots.length * GROWTH);
    this.#place(hash, place);
  }

  #spread(length: number): void {
    const old = this.#slots;
    this.#slots = new Int32Array(length);
    for (let at = 0; at < old.length; at += 2) if (old[at + 1] !== 0) this.#place(old[at]!, old[at + 1]!);
  }

  #place(hash: number, place: number): void {
    const mask = this.#slots.length - 1;
    let at = (hash << 1) & mask;
    while (this.#slots[at + 1] !== 0) at = (at + 2) & mask;
    this.#slots[at] = hash;
    this.#slots[at + 1] = place;
  }
}
