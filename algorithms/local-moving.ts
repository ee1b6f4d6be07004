/**
 * Local moving, the first phase of Louvain and Leiden: nodes move to the community that raises modularity most, until no
 * node that was touched would. Nodes wait in a queue and come back when a neighbour left their community (algorithm A.2,
 * MoveNodesFast, of V. Traag, L. Waltman, N. van Eck, "From Louvain to Leiden", Scientific Reports 9, 2019).
 *
 * It ends: gains are compared as `weight · total - resolution · strength · strength`, without division, and a move counts
 * only if it gains more than rounding could feign. So every move raises modularity, which cannot grow without end.
 */
import type { Checkpoint } from './checkpoint.ts';
import type { Level, Objective } from './community-level.ts';
import { type Random, shuffle } from './seeded-random.ts';
import { identityOrder } from './sorted-edges.ts';

/** Share of a node's greatest possible gain below which a gain is taken for rounding. Doubles round at 1.1e-16. */
export const NEGLIGIBLE = 1e-12;

/** Nodes between two checkpoints. */
const CHECK_EVERY = 16_384;

/**
 * Moves nodes in place.
 *
 * @param community numbers below `nodeCount`, one for each node; changed in place
 * @returns how many moves were made
 */
export function moveNodes(
  level: Level,
  community: Uint32Array,
  { resolution, total }: Objective,
  random: Random,
  checkpoint: Checkpoint,
): number {
  const { nodeCount, bounds, targets, weights, strength } = level;
  const sums = new Float64Array(nodeCount);
  const sizes = new Uint32Array(nodeCount);
  for (let v = 0; v < nodeCount; v++) {
    sums[community[v]!]! += strength[v]!;
    sizes[community[v]!]!++;
  }
  const empty: number[] = [];
  for (let c = nodeCount - 1; c >= 0; c--) if (sizes[c] === 0) empty.push(c);
  const queue = shuffle(identityOrder(nodeCount), random);
  const waiting = new Uint8Array(nodeCount).fill(1);
  let head = 0;
  let waitingCount = nodeCount;
  /** Weight between the node in hand and each community; 0 but for those in `near`. */
  const toCommunity = new Float64Array(nodeCount);
  const near = new Uint32Array(nodeCount);
  let moves = 0;
  for (let looked = 1; waitingCount > 0; looked++) {
    const v = queue[head]!;
    head = head + 1 === nodeCount ? 0 : head + 1;
    waitingCount--;
    waiting[v] = 0;
    const own = community[v]!;
    const force = resolution * strength[v]!;
    let nearCount = 0;
    for (let arc = bounds[v]!; arc < bounds[v + 1]!; arc++) {
      const c = community[targets[arc]!]!;
      if (toCommunity[c] === 0) near[nearCount++] = c;
      toCommunity[c]! += weights[arc]!;
    }
    let best = own;
    let bestGain = toCommunity[own]! * total - force * (sums[own]! - strength[v]!);
    const margin = NEGLIGIBLE * strength[v]! * total;
    // To be alone gains nothing and costs nothing. It is tried first: among equals the first one found stays.
    if (sizes[own]! > 1 && bestGain + margin < 0) {
      best = empty.at(-1)!;
      bestGain = 0;
    }
    for (let i = 0; i < nearCount; i++) {
      const c = near[i]!;
      const gain = toCommunity[c]! * total - force * sums[c]!;
      toCommunity[c] = 0;
      if (c === own || gain <= bestGain + margin) continue;
      best = c;
      bestGain = gain;
    }
    if (best !== own) {
      moves++;
      if (sizes[best] === 0) empty.pop();
      sums[own]! -= strength[v]!;
      sums[best]! += strength[v]!;
      sizes[best]!++;
      if (--sizes[own]! === 0) {
        empty.push(own);
        sums[own] = 0;
      }
      community[v] = best;
      for (let arc = bounds[v]!; arc < bounds[v + 1]!; arc++) {
        const w = targets[arc]!;
        if (waiting[w] === 1 || community[w] === best) continue;
        waiting[w] = 1;
        let tail = head + waitingCount++;
        if (tail >= nodeCount) tail -= nodeCount;
        queue[tail] = w;
      }
    }
    if (looked % CHECK_EVERY === 0) checkpoint();
  }
  return moves;
}
