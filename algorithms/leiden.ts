/**
 * Leiden: local moving, refinement, and the same on the graph of the refined parts.
 * V. Traag, L. Waltman, N. van Eck, "From Louvain to Leiden: guaranteeing well-connected communities", Scientific Reports 9,
 * 2019. Optimises modularity with a resolution on weighted undirected graphs. A level takes about O(arcs); the levels get
 * small fast. O(nodes + arcs) space.
 *
 * Every community is connected, in any case. The same graph, options and seed give the same partition.
 */
import { type Checkpoint, unchecked } from './checkpoint.ts';
import {
  aggregated,
  composed,
  connectedParts,
  type Level,
  levelOf,
  numbered,
  type Objective,
  type Partition,
  singletons,
} from './community-level.ts';
import { moveNodes } from './local-moving.ts';
import type { CommunityOptions } from './louvain.ts';
import { refined } from './refinement.ts';
import { type Random, seededRandom } from './seeded-random.ts';
import type { WeightedGraph } from './weighted-graph.ts';

export interface LeidenOptions extends CommunityOptions {
  /** How many times it is run, each time from what was found before. Default 2, as in the authors' own program. */
  readonly iterations?: number;
}

/** @param graph undirected: each edge as two arcs */
export function leiden(graph: WeightedGraph, options: LeidenOptions = {}): Partition {
  const { resolution = 1, seed = 1, iterations = 2, checkpoint = unchecked } = options;
  const random = seededRandom(seed);
  const level = levelOf(graph);
  const total = level.strength.reduce((sum, one) => sum + one, 0);
  let partition = singletons(graph.nodeCount);
  for (let i = 0; i < iterations; i++) partition = pass(level, partition, { resolution, total }, random, checkpoint);
  return partition;
}

function pass(
  bottom: Level,
  start: Partition,
  objective: Objective,
  random: Random,
  checkpoint: Checkpoint,
): Partition {
  let level = bottom;
  let partition = start;
  /** Which node of the level each node of the bottom lies in. */
  let place = singletons(bottom.nodeCount).community;
  for (;;) {
    const { community } = partition;
    moveNodes(level, community, objective, random, checkpoint);
    partition = numbered(community);
    const parts = narrower(level, partition, objective, random, checkpoint);
    if (parts === undefined) return numbered(place);
    place = composed(place, parts.community);
    level = aggregated(level, parts);
    partition = numbered(partOf(partition.community, parts));
    checkpoint();
  }
}

/**
 * Connected parts of a partition's communities that are fewer than the level's nodes; undefined when each node is a part
 * for good. Where the refinement merges nothing, communities are taken as they are, but for those that are disconnected.
 */
function narrower(
  level: Level,
  partition: Partition,
  objective: Objective,
  random: Random,
  checkpoint: Checkpoint,
): Partition | undefined {
  if (partition.count === level.nodeCount) return undefined;
  const parts = refined(level, partition, objective, random, checkpoint);
  if (parts.count < level.nodeCount) return parts;
  const connected = connectedParts(level, partition.community);
  return connected.count < level.nodeCount ? connected : undefined;
}

/** The community of each part. */
function partOf(community: Uint32Array, parts: Partition): Uint32Array {
  const of = new Uint32Array(parts.count);
  for (let v = 0; v < community.length; v++) of[parts.community[v]!] = community[v]!;
  return of;
}
