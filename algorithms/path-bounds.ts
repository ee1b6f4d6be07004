/**
 * How long simple paths from each node to a target are at least and at most, without searching for them: the shortest is
 * exact, and none passes more nodes of a strongly connected component than it has. O(nodes + arcs).
 */
import { type ArcRows, reversedRows } from './arc-rows.ts';
import type { Condensation } from './condensation.ts';

export interface PathBounds {
  /** Arcs of a shortest path; Infinity where there is none. */
  readonly shortest: Float64Array;
  /** No simple path has more arcs; minus Infinity where there is none. Exact in graphs without cycles. */
  readonly longest: Float64Array;
  /** The same for paths that leave the component of the node with their first arc; 0 for the target itself. */
  readonly shortestOut: Float64Array;
  readonly longestOut: Float64Array;
}

/** @param condensed of the rows */
export function pathBounds(rows: ArcRows, condensed: Condensation, target: number): PathBounds {
  const { nodeCount, bounds, targets } = rows;
  const { component, count, members, memberBounds } = condensed;
  const shortest = distancesTo(rows, target);
  const longest = new Float64Array(nodeCount);
  const shortestOut = new Float64Array(nodeCount).fill(Number.POSITIVE_INFINITY);
  const longestOut = new Float64Array(nodeCount).fill(Number.NEGATIVE_INFINITY);
  shortestOut[target] = longestOut[target] = 0;
  // From the sinks on: what a component leads to has a lower number.
  for (let c = 0; c < count; c++) {
    let most = Number.NEGATIVE_INFINITY;
    for (let i = memberBounds[c]!; i < memberBounds[c + 1]!; i++) {
      const v = members[i]!;
      for (let place = bounds[v]!; place < bounds[v + 1]!; place++) {
        const w = targets[place]!;
        if (component[w] === c) continue;
        shortestOut[v] = Math.min(shortestOut[v]!, 1 + shortest[w]!);
        longestOut[v] = Math.max(longestOut[v]!, 1 + longest[w]!);
      }
      most = Math.max(most, longestOut[v]!);
    }
    most += memberBounds[c + 1]! - memberBounds[c]! - 1;
    for (let i = memberBounds[c]!; i < memberBounds[c + 1]!; i++) longest[members[i]!] = most;
  }
  return { shortest, longest, shortestOut, longestOut };
}

function distancesTo(rows: ArcRows, target: number): Float64Array {
  const { nodeCount, bounds, targets } = reversedRows(rows);
  const distance = new Float64Array(nodeCount).fill(Number.POSITIVE_INFINITY);
  const queue = [target];
  distance[target] = 0;
  for (const v of queue) {
    for (let place = bounds[v]!; place < bounds[v + 1]!; place++) {
      const w = targets[place]!;
      if (distance[w] !== Number.POSITIVE_INFINITY) continue;
      distance[w] = distance[v]! + 1;
      queue.push(w);
    }
  }
  return distance;
}
