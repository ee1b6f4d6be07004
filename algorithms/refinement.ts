/**
 * Leiden's refinement: the communities of a partition are broken up into single nodes, which are merged again inside their
 * community, each time with a part it has an edge to. So every part is connected (algorithm A.2, RefinePartition and
 * MergeNodesSubset, of V. Traag, L. Waltman, N. van Eck, "From Louvain to Leiden", Scientific Reports 9, 2019).
 * O(nodes + arcs).
 */
import type { Checkpoint } from './checkpoint.ts';
import { type Level, numbered, type Objective, type Partition } from './community-level.ts';
import { NEGLIGIBLE } from './local-moving.ts';
import { type Random, shuffle } from './seeded-random.ts';
import { identityOrder } from './sorted-edges.ts';

/** How freely a part is chosen that is not the best: the paper's theta, in units of edge weight. */
const RANDOMNESS = 0.01;
const CHECK_EVERY = 16_384;

/** @param partition what the parts stay inside of */
export function refined(
  level: Level,
  partition: Partition,
  { resolution, total }: Objective,
  random: Random,
  checkpoint: Checkpoint,
): Partition {
  const { nodeCount, bounds, targets, weights, strength } = level;
  const { community } = partition;
  const communitySum = new Float64Array(partition.count);
  for (let v = 0; v < nodeCount; v++) communitySum[community[v]!]! += strength[v]!;
  const part = identityOrder(nodeCount);
  const partSum = strength.slice();
  const alone = new Uint8Array(nodeCount).fill(1);
  /** Weight between each part and the rest of its community. */
  const outward = new Float64Array(nodeCount);
  for (let v = 0; v < nodeCount; v++) {
    for (let arc = bounds[v]!; arc < bounds[v + 1]!; arc++) {
      if (community[targets[arc]!] === community[v]) outward[v]! += weights[arc]!;
    }
  }
  /** The paper's "well connected": to the rest of the community no weaker than chance would have it. */
  const wellConnected = (p: number, whole: number): boolean =>
    outward[p]! * total >= resolution * partSum[p]! * (whole - partSum[p]!) - NEGLIGIBLE * partSum[p]! * total;
  const toPart = new Float64Array(nodeCount);
  const near = new Uint32Array(nodeCount);
  const gains = new Float64Array(nodeCount);
  let looked = 0;
  for (const v of shuffle(identityOrder(nodeCount), random)) {
    if (++looked % CHECK_EVERY === 0) checkpoint();
    const whole = communitySum[community[v]!]!;
    if (alone[v] === 0 || !wellConnected(v, whole)) continue;
    let nearCount = 0;
    for (let arc = bounds[v]!; arc < bounds[v + 1]!; arc++) {
      const w = targets[arc]!;
      if (community[w] !== community[v]) continue;
      const p = part[w]!;
      if (toPart[p] === 0) near[nearCount++] = p;
      toPart[p]! += weights[arc]!;
    }
    const force = resolution * strength[v]!;
    let best = 0;
    for (let i = 0; i < nearCount; i++) {
      const p = near[i]!;
      const gain = toPart[p]! * total - force * partSum[p]!;
      gains[i] = gain >= 0 && wellConnected(p, whole) ? gain : -1;
      if (gains[i]! > best) best = gains[i]!;
    }
    const chosen = draw(gains, nearCount, best, RANDOMNESS * total, random);
    if (chosen >= 0) {
      const p = near[chosen]!;
      outward[p]! += outward[v]! - 2 * toPart[p]!;
      partSum[p]! += strength[v]!;
      part[v] = p;
      alone[v] = 0;
      alone[p] = 0;
    }
    for (let i = 0; i < nearCount; i++) toPart[near[i]!] = 0;
  }
  return numbered(part);
}

/** Draws a place with a probability that grows exponentially with its gain; -1 to stay alone, which gains 0. */
function draw(gains: Float64Array, count: number, best: number, scale: number, random: Random): number {
  const chance = (gain: number): number => (gain < 0 ? 0 : Math.exp((gain - best) / scale));
  let sum = chance(0);
  for (let i = 0; i < count; i++) sum += chance(gains[i]!);
  let left = random() * sum;
  for (let i = 0; i < count; i++) {
    left -= chance(gains[i]!);
    if (left < 0) return i;
  }
  return -1;
}
