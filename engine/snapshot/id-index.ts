import type { IdTable } from './id-table.ts';
import { hashOfId } from './id-table.ts';
import type { Pace } from './pace.ts';
import { shared32 } from './shared-arrays.ts';

/** Ids between two looks at the clock. */
const STRETCH = 1 << 13;

/**
 * From id to node number: open addressing over hashes of the ids, four bytes a slot and no copy of the ids, because a
 * Map of a million ids costs some 100 bytes an entry.
 */
export class IdIndex {
  /** Number of a node and one; 0 where a slot is free. A power of two of them. */
  readonly slots: Uint32Array;
  readonly #ids: IdTable;
  readonly #mask: number;

  /** @param slots as `slotsOf` made them for these ids */
  constructor(ids: IdTable, slots: Uint32Array) {
    this.slots = slots;
    this.#ids = ids;
    this.#mask = slots.length - 1;
  }

  /** The number of the compiled node with this id; -1 where there is none. */
  find(id: string): number {
    const { slots } = this;
    let slot = hashOfId(id) & this.#mask;
    for (;;) {
      const entry = slots[slot]!;
      if (entry === 0) return -1;
      if (this.#ids.isIdOf(entry - 1, id)) return entry - 1;
      slot = (slot + 1) & this.#mask;
    }
  }
}

/** Slots for the compiled ids of a table. */
export async function slotsOf(ids: IdTable, pace: Pace): Promise<Uint32Array> {
  const count = ids.compiled.starts.length - 1;
  let size = 16;
  while (size < count * 2) size *= 2;
  const slots = shared32(size);
  const mask = size - 1;
  for (let node = 0; node < count; ) {
    const end = Math.min(count, node + STRETCH);
    for (; node < end; node++) {
      let slot = ids.hashOf(node) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = node + 1;
    }
    if (pace.isDue()) await pace.rest();
  }
  return slots;
}
