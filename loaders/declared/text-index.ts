import { randomBytes } from 'node:crypto';
import type { KeptTexts } from './kept-texts.ts';

/** Place of the text (from 1; 0 is an empty slot), hash, value. */
const WIDTH = 3;
const FIRST_SLOTS = 1_024;

/**
 * Unlike in every process, so that nobody can write a directory of names that all collide. Nothing that is told depends
 * on it.
 */
const SEED = randomBytes(4).readInt32LE();

/**
 * Whole numbers of 31 bits by text. Open addressing, at most half full: finding one takes a look at the slot and one at the
 * text. Beside the text 24 to 48 bytes each, none of them on the heap.
 */
export class TextIndex {
  readonly #texts: KeptTexts;
  #slots = new Int32Array(FIRST_SLOTS * WIDTH);
  #mask = FIRST_SLOTS - 1;
  #size = 0;

  constructor(texts: KeptTexts) {
    this.#texts = texts;
  }

  get size(): number {
    return this.#size;
  }

  /** How much memory it takes, beside the texts. */
  get bytes(): number {
    return this.#slots.byteLength;
  }

  /** The slot of a text, good until the next `add`; -1 where it has none. */
  find(text: string): number {
    const hash = this.#texts.read(text, SEED);
    const slots = this.#slots;
    for (let slot = hash & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const place = slots[slot * WIDTH]!;
      if (place === 0) return -1;
      if (slots[slot * WIDTH + 1] === hash && this.#texts.isAt(place - 1)) return slot;
    }
  }

  /**
   * Adds a text that is not there.
   *
   * @param place where the same text is kept already, if it is
   * @returns where it is kept
   */
  add(text: string, value: number, place?: number): number {
    const hash = this.#texts.read(text, SEED);
    const kept = place ?? this.#texts.keep();
    this.#size += 1;
    if (this.#size * 2 > this.#mask + 1) this.#grow();
    this.#enter(kept + 1, hash, value);
    return kept;
  }

  valueAt(slot: number): number {
    return this.#slots[slot * WIDTH + 2]!;
  }

  setValue(slot: number, value: number): void {
    this.#slots[slot * WIDTH + 2] = value;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(old.length * 2);
    this.#mask = this.#mask * 2 + 1;
    for (let at = 0; at < old.length; at += WIDTH) if (old[at] !== 0) this.#enter(old[at]!, old[at + 1]!, old[at + 2]!);
  }

  #enter(place: number, hash: number, value: number): void {
    let slot = hash & this.#mask;
    while (this.#slots[slot * WIDTH] !== 0) slot = (slot + 1) & this.#mask;
    const at = slot * WIDTH;
    this.#slots[at] = place;
    this.#slots[at + 1] = hash;
    this.#slots[at + 2] = value;
  }
}
