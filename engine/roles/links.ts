/** Edges of a graph between two kinds of numbered things, as compressed rows: left, right, and the edge that joins them. */

export interface Links {
  /** Of left l: positions `bounds[l]` to `bounds[l + 1]`, excluded; in the order of right, then of edge. */
  readonly bounds: Uint32Array;
  readonly right: Uint32Array;
  readonly edge: Uint32Array;
}

/** What is joined, in any order; parallel edges are told one by one. */
export interface LinkList {
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly edge: readonly number[];
}

/** O(links + lefts + rights): two counting sorts. */
export function linksOf({ left, right, edge }: LinkList, lefts: number, rights: number): Links {
  const byRight = countingOrder(right, rights, undefined);
  const order = countingOrder(left, lefts, byRight);
  const bounds = new Uint32Array(lefts + 1);
  for (const one of left) bounds[one + 1]!++;
  for (let l = 0; l < lefts; l++) bounds[l + 1]! += bounds[l]!;
  return {
    bounds,
    right: order.map((place) => right[place]!),
    edge: order.map((place) => edge[place]!),
  };
}

/** The same seen from the right. */
export function turned({ bounds, right, edge }: Links, rights: number): Links {
  const left: number[] = [];
  for (let l = 0; l + 1 < bounds.length; l++) for (let i = bounds[l]!; i < bounds[l + 1]!; i++) left.push(l);
  return linksOf({ left: Array.from(right), right: left, edge: Array.from(edge) }, rights, bounds.length - 1);
}

/** Places in the order of their keys; those of one key as `before` has them. */
function countingOrder(keys: readonly number[], count: number, before: Uint32Array | undefined): Uint32Array {
  const next = new Uint32Array(count + 1);
  for (const key of keys) next[key + 1]!++;
  for (let k = 0; k < count; k++) next[k + 1]! += next[k]!;
  const order = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    const place = before === undefined ? i : before[i]!;
    order[next[keys[place]!]!++] = place;
  }
  return order;
}

/** What a left is joined to, each once, ascending. */
export function rightsOf({ bounds, right }: Links, left: number): readonly number[] {
  const found: number[] = [];
  for (let i = bounds[left]!; i < bounds[left + 1]!; i++) if (found.at(-1) !== right[i]) found.push(right[i]!);
  return found;
}

/** The edges that join a left to a right. O(links of the left). */
export function edgesJoining({ bounds, right, edge }: Links, left: number, to: number): readonly number[] {
  const found: number[] = [];
  for (let i = bounds[left]!; i < bounds[left + 1]!; i++) if (right[i] === to) found.push(edge[i]!);
  return found;
}

/** How many pairs are joined, parallel edges counted once. */
export function pairCount(links: Links): number {
  const { bounds, right } = links;
  let pairs = 0;
  for (let l = 0; l + 1 < bounds.length; l++)
    for (let i = bounds[l]!; i < bounds[l + 1]!; i++) if (i === bounds[l]! || right[i] !== right[i - 1]) pairs++;
  return pairs;
}
