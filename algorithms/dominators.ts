/**
 * Dominators of a rooted directed graph: node d dominates v when every path from the root to v passes d; an arc dominates v
 * when every such path takes it (a bridge of the flow graph).
 *
 * Semi-NCA: L. Georgiadis, "Linear-Time Algorithms for Dominators and Related Problems", Princeton University, 2005, and
 * L. Georgiadis, R. Tarjan, R. Werneck, "Finding dominators in practice", Journal of Graph Algorithms and Applications
 * 10(1), 2006. Without recursion. O(arcs · log nodes) for the semidominators, O(nodes²) at worst for the step after
 * them, which is near linear on graphs that occur; 10 words a node and one an arc of extra space.
 * Arcs: R. Tarjan, "Edge-disjoint spanning trees and depth-first search", Acta Informatica 6, 1976 (bridges as arcs of the
 * dominator tree whose head has no other way in but from behind itself).
 */
import type { ArcRows } from './arc-rows.ts';
import { type Checkpoint, unchecked } from './checkpoint.ts';

/** In place of a node or an arc where there is none. */
export const NONE = 0xffffffff;

/** Steps between two checkpoints. */
const CHECK_EVERY = 16_384;

export interface Dominators {
  readonly root: number;
  /** The nearest node that dominates each node, other than itself; `NONE` for the root and for what it does not reach. */
  readonly immediate: Uint32Array;
  /** Nodes that are reached, each after all that dominate it; the root first. */
  readonly order: Uint32Array;
}

/** @param checkpoint called after some ten thousand nodes at most */
export function dominators(rows: ArcRows, root: number, checkpoint: Checkpoint = unchecked): Dominators {
  const { order, number, parent } = depthFirst(rows, root, checkpoint);
  const { bounds, sources } = entering(rows, order, number, checkpoint);
  const size = order.length;
  /** Nodes by their number in the search from here on. */
  const semi = new Uint32Array(size);
  const above = parent.slice();
  /** Least semidominator on the path to `above`, itself included; the node itself while it was not looked at. */
  const least = new Uint32Array(size);
  for (let v = 0; v < size; v++) least[v] = v;
  const path = new Uint32Array(size);
  for (let w = size - 1; w > 0; w--) {
    let best = parent[w]!;
    for (let place = bounds[w]!; place < bounds[w + 1]!; place++) {
      const found = leastAbove(sources[place]!, w);
      if (found < best) best = found;
    }
    semi[w] = best;
    least[w] = best;
    if (w % CHECK_EVERY === 0) checkpoint();
  }
  const nearest = parent;
  for (let w = 1; w < size; w++) {
    let d = nearest[w]!;
    while (d > semi[w]!) d = nearest[d]!;
    nearest[w] = d;
    if (w % CHECK_EVERY === 0) checkpoint();
  }
  const immediate = new Uint32Array(rows.nodeCount).fill(NONE);
  for (let w = 1; w < size; w++) immediate[order[w]!] = order[nearest[w]!]!;
  return { root, immediate, order };

  /** Least semidominator from v up to the nodes after w, which have one; shortens the path as it goes. */
  function leastAbove(v: number, w: number): number {
    if (above[v]! <= w) return least[v]!;
    let depth = 0;
    let top = v;
    do {
      path[depth++] = top;
      top = above[top]!;
    } while (above[top]! > w);
    let best = least[top]!;
    const end = above[top]!;
    while (depth > 0) {
      const x = path[--depth]!;
      above[x] = end;
      if (best < least[x]!) least[x] = best;
      else best = least[x]!;
    }
    return best;
  }
}

/**
 * The arc into each node that dominates it, as its place in the rows; `NONE` where there is none. There is at most one, and
 * an arc dominates a node exactly when it is that of the node or of one that dominates it: what is lost without the arc
 * into v is what is lost without v. O(nodes + arcs).
 */
export function dominatingArcs(rows: ArcRows, tree: Dominators): Uint32Array {
  const { bounds, targets } = rows;
  const { order } = tree;
  const { enter, size } = subtrees(rows.nodeCount, tree);
  const arcs = new Uint32Array(rows.nodeCount).fill(NONE);
  /** 1 for nodes that have more than one way in that does not come from behind them: then no arc dominates them. */
  const several = new Uint8Array(rows.nodeCount);
  for (const v of order) {
    for (let place = bounds[v]!; place < bounds[v + 1]!; place++) {
      const w = targets[place]!;
      const isBehind = enter[v]! >= enter[w]! && enter[v]! < enter[w]! + size[w]!;
      if (isBehind || several[w] === 1) continue;
      if (arcs[w] === NONE) arcs[w] = place;
      else {
        several[w] = 1;
        arcs[w] = NONE;
      }
    }
  }
  return arcs;
}

/**
 * The sum of the weights of what each node dominates, itself included: what the root loses when the node goes. Zero for nodes
 * that the root does not reach. O(nodes).
 *
 * @param weights one for each node
 */
export function dominatedWeights({ immediate, order }: Dominators, weights: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(immediate.length);
  for (let i = order.length - 1; i >= 0; i--) {
    const v = order[i]!;
    sums[v]! += weights[v]!;
    if (immediate[v] !== NONE) sums[immediate[v]!]! += sums[v]!;
  }
  return sums;
}

/** Nodes that a depth-first search reaches, in the order in which it does, with their numbers in it and their parents'. */
function depthFirst({ nodeCount, bounds, targets }: ArcRows, root: number, checkpoint: Checkpoint) {
  const number = new Uint32Array(nodeCount).fill(NONE);
  const order = new Uint32Array(nodeCount);
  const parent = new Uint32Array(nodeCount);
  const path = new Uint32Array(nodeCount);
  const next = new Uint32Array(nodeCount);
  let size = 0;
  let depth = 0;
  path[0] = root;
  number[root] = size;
  next[root] = bounds[root]!;
  order[size++] = root;
  while (depth >= 0) {
    const v = path[depth]!;
    const last = bounds[v + 1]!;
    let place = next[v]!;
    while (place < last && number[targets[place]!] !== NONE) place++;
    next[v] = place + 1;
    if (place >= last) {
      depth--;
      continue;
    }
    const w = targets[place]!;
    parent[size] = number[v]!;
    number[w] = size;
    next[w] = bounds[w]!;
    order[size++] = w;
    path[++depth] = w;
    if (size % CHECK_EVERY === 0) checkpoint();
  }
  return { order: order.slice(0, size), number, parent: parent.slice(0, size) };
}

/** For each node that was reached the nodes with an arc to it, by their numbers. */
function entering({ bounds, targets }: ArcRows, order: Uint32Array, number: Uint32Array, checkpoint: Checkpoint) {
  const ends = new Uint32Array(order.length + 1);
  for (const v of order)
    for (let place = bounds[v]!; place < bounds[v + 1]!; place++) ends[number[targets[place]!]!]!++;
  for (let w = 0, sum = 0; w <= order.length; w++) {
    sum += ends[w]!;
    ends[w] = sum;
  }
  checkpoint();
  const sources = new Uint32Array(ends[order.length]!);
  // Filled from the end of each row, so that afterwards its end has become its start.
  for (let i = 0; i < order.length; i++) {
    const v = order[i]!;
    for (let place = bounds[v]!; place < bounds[v + 1]!; place++) sources[--ends[number[targets[place]!]!]!] = i;
  }
  checkpoint();
  return { bounds: ends, sources };
}

/** Of each node that is reached, its place in a walk over the dominator tree from the root down, and how many it dominates. */
function subtrees(nodeCount: number, { immediate, order }: Dominators) {
  const size = new Uint32Array(nodeCount);
  for (let i = order.length - 1; i >= 0; i--) {
    const v = order[i]!;
    size[v]!++;
    if (immediate[v] !== NONE) size[immediate[v]!]! += size[v]!;
  }
  const enter = new Uint32Array(nodeCount);
  const next = new Uint32Array(nodeCount);
  for (const v of order) {
    const d = immediate[v]!;
    if (d !== NONE) {
      enter[v] = next[d]!;
      next[d]! += size[v]!;
    }
    next[v] = enter[v]! + 1;
  }
  return { enter, size };
}
