/**
 * How many paths there are in a graph without cycles, exact, by one pass in topological order (the sum over the ways
 * into a node of the paths that come that way; T. Cormen, C. Leiserson, R. Rivest, C. Stein, "Introduction to Algorithms",
 * section on directed acyclic graphs). Parallel arcs make paths of their own. O(nodes + arcs) additions.
 */
import type { ArcRows } from './arc-rows.ts';
import { type Checkpoint, unchecked } from './checkpoint.ts';
import { ExactSums } from './exact-sums.ts';

/** Nodes between two checkpoints. */
const CHECK_EVERY = 4_096;

/**
 * Paths from one node to each, the empty one to itself among them.
 *
 * @param order as of `topologicalOrder`
 */
export function pathsFrom(
  { nodeCount, bounds, targets }: ArcRows,
  order: Uint32Array,
  source: number,
  checkpoint: Checkpoint = unchecked,
): ExactSums {
  const paths = new ExactSums(nodeCount);
  paths.setOne(source);
  for (let i = 0; i < order.length; i++) {
    const v = order[i]!;
    if (i % CHECK_EVERY === 0) checkpoint();
    if (paths.nearest[v] === 0) continue;
    for (let place = bounds[v]!; place < bounds[v + 1]!; place++) paths.add(targets[place]!, paths, v);
  }
  return paths;
}

/**
 * Paths from each node to one, the empty one from itself among them.
 *
 * @param order as of `topologicalOrder`
 */
export function pathsTo(
  { nodeCount, bounds, targets }: ArcRows,
  order: Uint32Array,
  target: number,
  checkpoint: Checkpoint = unchecked,
): ExactSums {
  const paths = new ExactSums(nodeCount);
  paths.setOne(target);
  for (let i = order.length - 1; i >= 0; i--) {
    const v = order[i]!;
    if (i % CHECK_EVERY === 0) checkpoint();
    if (v === target) continue;
    for (let place = bounds[v]!; place < bounds[v + 1]!; place++) {
      if (paths.nearest[targets[place]!] !== 0) paths.add(v, paths, targets[place]!);
    }
  }
  return paths;
}

/**
 * Paths from one node to another by their number of arcs: as many entries as the longest has arcs and one more, the last one
 * above 0; none when there is no path. Graphs with cycles have walks instead, and need a `maxLength`.
 * O(maxLength · arcs), of which only arcs between nodes that are met count.
 *
 * @param maxLength longest paths that count, in arcs
 */
export function pathsByLength(
  { nodeCount, bounds, targets }: ArcRows,
  source: number,
  target: number,
  maxLength: number = nodeCount,
  checkpoint: Checkpoint = unchecked,
): readonly bigint[] {
  const counts: bigint[] = [];
  let paths = new ExactSums(nodeCount);
  let further = new ExactSums(nodeCount);
  /** Nodes that paths of the length in hand end at. */
  let ends = [source];
  paths.setOne(source);
  for (let length = 0; length <= maxLength && ends.length > 0; length++) {
    checkpoint();
    if (paths.nearest[target] !== 0) counts[length] = paths.exact(target);
    const next: number[] = [];
    for (const v of ends) {
      for (let place = bounds[v]!; place < bounds[v + 1]!; place++) {
        const w = targets[place]!;
        if (further.nearest[w] === 0) next.push(w);
        further.add(w, paths, v);
      }
    }
    for (const v of ends) paths.drop(v);
    [paths, further] = [further, paths];
    ends = next;
  }
  return Array.from(counts, (count) => count ?? 0n);
}
