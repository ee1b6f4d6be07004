import type { Pace } from './pace.ts';

/** Ids between two looks at the clock. */
const STRETCH = 1 << 13;

/**
 * From id to node number: open addressing over hashes of the ids, four bytes a slot and no copy of the ids, because a
 * Map of a million ids costs some 100 bytes an entry.
 */
export class IdIndex {
  readonly #ids: readonly string[];
  readonly #slots: Uint32Array;
  readonly #mask: number;

  private constructor(ids: readonly string[]) {
    let size = 16;
    while (size < ids.length * 2) size *= 2;
    this.#ids = ids;
    this.#slots = new Uint32Array(size);
    this.#mask = size - 1;
  }

  /** The index of the ids that there are now: more may be added to the list, and are not found. */
  static async of(ids: readonly string[], pace: Pace): Promise<IdIndex> {
    const index = new IdIndex(ids);
    const count = ids.length;
    for (let i = 0; i < count; ) {
      const end = Math.min(count, i + STRETCH);
      for (; i < end; i++) index.#add(i);
      if (pace.isDue()) await pace.rest();
    }
    return index;
  }

  #add(node: number): void {
    let slot = hashOfId(this.#ids[node]!) & this.#mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask;
    this.#slots[slot] = node + 1;
  }

  /** The number of the node with this id; -1 where there is none. */
  find(id: string): number {
    let slot = hashOfId(id) & this.#mask;
    for (;;) {
      const entry = this.#slots[slot]!;
      if (entry === 0) return -1;
      if (this.#ids[entry - 1] === id) return entry - 1;
      slot = (slot + 1) & this.#mask;
    }
  }
}

/** FNV-1a over UTF-16 units with a final mix, 32 bits. */
export function hashOfId(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h ^= h >>> 15;
  h = Math.imul(h, 0x85ebca6b);
  return h ^ (h >>> 13);
}
