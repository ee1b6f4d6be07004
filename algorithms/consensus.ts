/**
 * What several partitions of one graph agree on: edges whose ends most of them put together stay, and what they hold together
 * is a community. After A. Lancichinetti, S. Fortunato, "Consensus clustering in complex networks", Scientific Reports 2, 2012,
 * with the graph's own edges in place of all pairs. O(arcs times partitions) time, O(nodes) space; connected by construction.
 */
import { type Checkpoint, unchecked } from './checkpoint.ts';
import type { Partition } from './community-level.ts';
import type { WeightedGraph } from './weighted-graph.ts';

/**
 * @param graph undirected: each edge as two arcs
 * @param partitions community of each node, at least one
 * @param share of the partitions that must put two ends together, above 0 and at most 1; default 0.5
 */
export function consensus(
  graph: WeightedGraph,
  partitions: readonly Uint32Array[],
  { share = 0.5, checkpoint = unchecked }: { readonly share?: number; readonly checkpoint?: Checkpoint } = {},
): Partition {
  if (partitions.length === 0) throw new RangeError('there must be a partition');
  if (!(share > 0 && share <= 1)) throw new RangeError('the share must be above 0 and at most 1');
  const { nodeCount, bounds, targets } = graph;
  const least = share * partitions.length;
  const agreed = (v: number, w: number): boolean => {
    let together = 0;
    for (const community of partitions) if (community[v] === community[w]) together++;
    return together >= least;
  };
  const part = new Uint32Array(nodeCount);
  const queue = new Uint32Array(nodeCount);
  let count = 0;
  for (let first = 0; first < nodeCount; first++) {
    if (part[first] !== 0) continue;
    part[first] = ++count;
    queue[0] = first;
    for (let head = 0, size = 1; head < size; head++) {
      if ((head & 1023) === 0) checkpoint();
      const v = queue[head]!;
      for (let arc = bounds[v]!; arc < bounds[v + 1]!; arc++) {
        const w = targets[arc]!;
        if (part[w] !== 0 || !agreed(v, w)) continue;
        part[w] = count;
        queue[size++] = w;
      }
    }
  }
  return { community: part.map((number) => number - 1), count };
}
