/**
 * Louvain: local moving, then the same on the graph of communities, until nothing moves.
 * V. Blondel, J.-L. Guillaume, R. Lambiotte, E. Lefebvre, "Fast unfolding of communities in large networks", Journal of
 * Statistical Mechanics, 2008. A level takes about O(arcs); the levels get small fast. O(nodes + arcs) space.
 * A community may be disconnected; Leiden's never is.
 */
import { type Checkpoint, unchecked } from './checkpoint.ts';
import { aggregated, composed, levelOf, numbered, type Partition, singletons } from './community-level.ts';
import { moveNodes } from './local-moving.ts';
import { seededRandom } from './seeded-random.ts';
import type { WeightedGraph } from './weighted-graph.ts';

export interface CommunityOptions {
  /** Above 0; the higher, the more and the smaller the communities. Default 1, Newman's modularity. */
  readonly resolution?: number;
  /** Equal graphs, options and seeds give equal partitions. Default 1. */
  readonly seed?: number;
  readonly checkpoint?: Checkpoint;
}

/** @param graph undirected: each edge as two arcs */
export function louvain(graph: WeightedGraph, options: CommunityOptions = {}): Partition {
  const { resolution = 1, seed = 1, checkpoint = unchecked } = options;
  const random = seededRandom(seed);
  let level = levelOf(graph);
  const total = level.strength.reduce((sum, one) => sum + one, 0);
  let found = singletons(graph.nodeCount).community;
  for (;;) {
    const { community } = singletons(level.nodeCount);
    if (moveNodes(level, community, { resolution, total }, random, checkpoint) === 0) return numbered(found);
    const partition = numbered(community);
    found = composed(found, partition.community);
    level = aggregated(level, partition);
    checkpoint();
  }
}
