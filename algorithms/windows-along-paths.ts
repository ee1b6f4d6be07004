/**
 * When some path leads from one node to each: the union over the paths of what their arcs have in common. An algebraic path
 * problem over sets of instants with union and intersection (B. Carré, "An algebra for network routing problems", IMA
 * Journal of Applied Mathematics 7(3), 1971). To go round a cycle never adds an instant, so repeating until nothing
 * changes ends, and ends at what the paths without a repeated node give.
 *
 * One pass over graphs without cycles; in a strongly connected component nodes are taken up again when their set grew, which
 * is at most as often as the windows have different ends.
 */
import type { ArcRows } from './arc-rows.ts';
import { type Checkpoint, unchecked } from './checkpoint.ts';
import { stronglyCondensed } from './condensation.ts';
import { ALWAYS, areEqual, type IntervalSet, intersection, NEVER, union } from './interval-sets.ts';

/** Nodes between two checkpoints. */
const CHECK_EVERY = 1_024;

/**
 * @param windows when each arc holds, by its place in the rows
 * @returns for each node when it can be reached; the node itself always
 */
export function windowsAlongPaths(
  rows: ArcRows,
  windows: readonly IntervalSet[],
  source: number,
  checkpoint: Checkpoint = unchecked,
): IntervalSet[] {
  const { nodeCount, bounds, targets } = rows;
  const { component, count, members, memberBounds } = stronglyCondensed(rows);
  const when = new Array<IntervalSet>(nodeCount).fill(NEVER);
  const waits = new Uint8Array(nodeCount);
  when[source] = ALWAYS;
  waits[source] = 1;
  let looked = 0;
  // Arcs between components go from higher to lower numbers.
  for (let c = component[source] ?? count; c >= 0 && c < count; c--) {
    const queue = [...members.subarray(memberBounds[c]!, memberBounds[c + 1]!)].filter((v) => waits[v] === 1);
    for (const v of queue) {
      if (++looked % CHECK_EVERY === 0) checkpoint();
      waits[v] = 0;
      for (let place = bounds[v]!; place < bounds[v + 1]!; place++) {
        const w = targets[place]!;
        const grown = union(when[w]!, intersection(when[v]!, windows[place]!));
        if (areEqual(grown, when[w]!)) continue;
        when[w] = grown;
        if (waits[w] === 1) continue;
        waits[w] = 1;
        if (component[w] === c) queue.push(w);
      }
    }
  }
  return when;
}
