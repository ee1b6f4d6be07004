/**
 * Hubs and authorities of weighted directed graphs: a good authority is pointed at by good hubs, a good hub points at good
 * authorities. J. Kleinberg, "Authoritative sources in a hyperlinked environment", Journal of the ACM 46(5), 1999.
 *
 * With A the matrix of weights, authorities are the leading eigenvector of AᵀA and hubs that of AAᵀ, found by the power
 * method. Convention: both sum to 1 (the sum, not the length), as in networkx and in graphology-metrics by default. It begins
 * with equal hubs, as they do: where the leading eigenvalue is multiple, as with two components alike, the scores are the
 * limit from there, the projection of equal hubs, so the answer is one and the same in any case.
 *
 * A step takes O(nodes + arcs); O(nodes) extra space. The distance from the limit shrinks by the ratio of the second
 * eigenvalue to the first in a step, which can be close to 1: then it ends unconverged, and says so.
 */
import { type Checkpoint, unchecked } from './checkpoint.ts';
import type { WeightedGraph } from './weighted-graph.ts';

export interface HitsOptions {
  /** Stops when the hubs together, and the authorities together, are off by less than this (L1). Default 1e-8. */
  readonly tolerance?: number;
  /** Default 1,000. */
  readonly maxIterations?: number;
  /** Called after each step. */
  readonly checkpoint?: Checkpoint;
}

export interface Hits {
  /** Sum to 1; all 0 in a graph without arcs, where nobody points at anybody. */
  readonly hubs: Float64Array;
  /** As the hubs. */
  readonly authorities: Float64Array;
  readonly iterations: number;
  /**
   * How far hubs or authorities, whichever is worse, are off from the limit in all (L1): what the last step changed, and
   * all to come when steps go on shrinking as the worst of the last three did. An estimate: it is too small while a
   * direction that shrinks more slowly has yet to show. `Infinity` before there were two steps to compare.
   */
  readonly error: number;
  readonly converged: boolean;
}

/** A step that changes less than this is rounding, in L1 and for each node. */
const ROUNDING = 2 ** -52;

/** How many ratios of neighbouring steps are looked back at: rounding and alternating parts make single ones uneven. */
const REMEMBERED = 3;

/** @param graph directed; weights count as strength of pointing */
export function hits(graph: WeightedGraph, options: HitsOptions = {}): Hits {
  const { tolerance = 1e-8, maxIterations = 1_000, checkpoint = unchecked } = options;
  const { nodeCount, targets } = graph;
  let hubs = new Float64Array(nodeCount);
  let authorities = new Float64Array(nodeCount);
  if (targets.length === 0) return { hubs, authorities, iterations: 0, error: 0, converged: true };
  hubs.fill(1 / nodeCount);
  let nextHubs = new Float64Array(nodeCount);
  let nextAuthorities = new Float64Array(nodeCount);
  const ratios = new Float64Array(REMEMBERED).fill(Number.POSITIVE_INFINITY);
  let change = Number.POSITIVE_INFINITY;
  let error = Number.POSITIVE_INFINITY;
  let iterations = 0;
  while (error >= tolerance && iterations < maxIterations) {
    pointAt(graph, hubs, nextAuthorities);
    pointFrom(graph, nextAuthorities, nextHubs);
    const before = change;
    // Before the first step there are no authorities to compare with.
    change = iterations === 0 ? 2 : Math.max(distance(hubs, nextHubs), distance(authorities, nextAuthorities));
    [hubs, nextHubs] = [nextHubs, hubs];
    [authorities, nextAuthorities] = [nextAuthorities, authorities];
    ratios[iterations % REMEMBERED] = iterations === 0 ? 1 : change / before;
    iterations++;
    const shrinks = ratios.reduce((most, ratio) => Math.max(most, ratio), 0);
    if (change <= ROUNDING * nodeCount) error = change;
    else error = shrinks < 1 ? change / (1 - shrinks) : Number.POSITIVE_INFINITY;
    checkpoint();
  }
  return { hubs, authorities, iterations, error, converged: error < tolerance };
}

/** What the hubs give to what they point at, divided by its sum. */
function pointAt({ nodeCount, bounds, targets, weights }: WeightedGraph, hubs: Float64Array, into: Float64Array): void {
  into.fill(0);
  for (let v = 0; v < nodeCount; v++) {
    const hub = hubs[v]!;
    if (hub === 0) continue;
    for (let arc = bounds[v]!; arc < bounds[v + 1]!; arc++) into[targets[arc]!]! += hub * weights[arc]!;
  }
  divideBySum(into);
}

/** What the hubs get from the authorities that they point at, divided by its sum. */
function pointFrom(
  { nodeCount, bounds, targets, weights }: WeightedGraph,
  authorities: Float64Array,
  into: Float64Array,
): void {
  for (let v = 0; v < nodeCount; v++) {
    let sum = 0;
    for (let arc = bounds[v]!; arc < bounds[v + 1]!; arc++) sum += authorities[targets[arc]!]! * weights[arc]!;
    into[v] = sum;
  }
  divideBySum(into);
}

function divideBySum(scores: Float64Array): void {
  let sum = 0;
  for (let v = 0; v < scores.length; v++) sum += scores[v]!;
  for (let v = 0; v < scores.length; v++) scores[v]! /= sum;
}

function distance(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let v = 0; v < one.length; v++) sum += Math.abs(one[v]! - other[v]!);
  return sum;
}
