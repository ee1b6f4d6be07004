/**
 * Ordering of edges by counting sort, and compressed sparse rows over ordered edges.
 * Linear time and space; the sort is stable.
 */

/**
 * Reorders `order` stably by `keys[order[i]]`.
 *
 * @param keys one key per item, each less than `keyCount`
 * @returns a new permutation; O(items + keyCount)
 */
export function stableOrderBy(keys: Uint32Array | Uint8Array, keyCount: number, order: Uint32Array): Uint32Array {
  const starts = new Uint32Array(keyCount + 1);
  countKeys(keys, order, 0, order.length, starts);
  addUp(starts);
  const sorted = new Uint32Array(order.length);
  place(keys, order, 0, order.length, starts, sorted);
  return sorted;
}

/** Items between two pauses. */
const STRETCH = 1 << 16;

/** The same with a pause after each few ten thousand items, so that whoever drives it can let others have a turn. */
export function* stableOrderInSteps(
  keys: Uint32Array | Uint8Array,
  keyCount: number,
  order: Uint32Array,
): Generator<void, Uint32Array> {
  const starts = new Uint32Array(keyCount + 1);
  for (let first = 0; first < order.length; first += STRETCH) {
    countKeys(keys, order, first, Math.min(order.length, first + STRETCH), starts);
    yield;
  }
  addUp(starts);
  const sorted = new Uint32Array(order.length);
  for (let first = 0; first < order.length; first += STRETCH) {
    place(keys, order, first, Math.min(order.length, first + STRETCH), starts, sorted);
    yield;
  }
  return sorted;
}

/** How many items of a stretch have each key, counted at the place after the key's. */
function countKeys(
  keys: Uint32Array | Uint8Array,
  order: Uint32Array,
  first: number,
  end: number,
  counts: Uint32Array,
): void {
  for (let i = first; i < end; i++) counts[keys[order[i]!]! + 1]!++;
}

function addUp(counts: Uint32Array): void {
  for (let k = 1; k < counts.length; k++) counts[k]! += counts[k - 1]!;
}

/** Puts the items of a stretch where the next of their key goes. */
function place(
  keys: Uint32Array | Uint8Array,
  order: Uint32Array,
  first: number,
  end: number,
  next: Uint32Array,
  sorted: Uint32Array,
): void {
  for (let i = first; i < end; i++) {
    const item = order[i]!;
    sorted[next[keys[item]!]!++] = item;
  }
}

/** 0, 1, 2, … */
export function identityOrder(length: number): Uint32Array {
  const order = new Uint32Array(length);
  for (let i = 0; i < length; i++) order[i] = i;
  return order;
}

/**
 * Row bounds over edges `first` (included) to `last` (excluded) that are ordered by `keys`.
 *
 * @param bounds where they are put: `rowCount + 1` zeros
 * @returns `rowCount + 1` edge numbers: the edges of row `v` are `bounds[v]` to `bounds[v + 1]` (excluded)
 */
export function rowBounds(
  keys: Uint32Array,
  first: number,
  last: number,
  rowCount: number,
  bounds: Uint32Array = new Uint32Array(rowCount + 1),
): Uint32Array {
  for (let e = first; e < last; e++) bounds[keys[e]! + 1]!++;
  bounds[0] = first;
  for (let v = 0; v < rowCount; v++) bounds[v + 1]! += bounds[v]!;
  return bounds;
}
