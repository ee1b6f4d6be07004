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
  for (let i = 0; i < order.length; i++) starts[keys[order[i]!]! + 1]!++;
  for (let k = 0; k < keyCount; k++) starts[k + 1]! += starts[k]!;
  const sorted = new Uint32Array(order.length);
  for (let i = 0; i < order.length; i++) {
    const item = order[i]!;
    sorted[starts[keys[item]!]!++] = item;
  }
  return sorted;
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
