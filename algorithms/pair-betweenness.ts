/**
 * Betweenness over given sources and targets only, such as identities and sensitive resources: over all pairs (s, t), the
 * weight of s times that of t times the share of the shortest paths from s to t that pass through a node. What arcs
 * weigh does not matter; not normalised; the ends of a pair do not count for it.
 *
 * Exact: U. Brandes, "On variants of shortest-path betweenness centrality and their generic computation", Social Networks
 * 30(2), 2008. O(sources · arcs) time at worst, in fact the sum of what each source reaches on the way to a target: arcs
 * that lead to no target are left out once, beforehand. O(nodes + arcs) extra space.
 * Sampled: pivots as in U. Brandes, C. Pich, "Centrality estimation in large networks", International Journal of Bifurcation
 * and Chaos 17(7), 2007, drawn in proportion to their weights; the bound is Hoeffding's (see `sample-bound.ts`).
 */
import { type ArcRows, reversedRows } from './arc-rows.ts';
import { type Checkpoint, unchecked } from './checkpoint.ts';
import { stronglyCondensed } from './condensation.ts';
import { sampleEpsilon } from './sample-bound.ts';
import { seededRandom } from './seeded-random.ts';
import { ShortestPathDependencies } from './shortest-path-dependencies.ts';
import type { WeightedGraph } from './weighted-graph.ts';

/** Both one for each node, 0 or more; a node that weighs 0 is no source or no target. A node may be both. */
export interface PairWeights {
  readonly sources: Float64Array;
  readonly targets: Float64Array;
}

/**
 * Exact scores of all nodes.
 *
 * @param checkpoint called after each source
 * @throws RangeError when weights are not one finite number of 0 or more for each node
 */
export function pairBetweenness(
  graph: WeightedGraph,
  pairs: PairWeights,
  checkpoint: Checkpoint = unchecked,
): Float64Array {
  const ways = waysToTargets(graph, pairs.targets);
  const search = new ShortestPathDependencies(ways, pairs.targets);
  for (const source of searchable(ways, pairs.sources)) {
    search.addFrom(source, pairs.sources[source]!);
    checkpoint();
  }
  return search.scores;
}

export interface PairSampleOptions {
  /** How many pivots are drawn; a source may be drawn more than once and is then searched from once. */
  readonly pivots: number;
  readonly seed: number;
  /** Probability that some score is off by more than its error; above 0, below 1. Default 0.05. */
  readonly delta?: number;
  /** Called after each source. */
  readonly checkpoint?: Checkpoint;
}

export interface PairSample {
  readonly scores: Float64Array;
  /** With a probability of 1 - delta no score is off from the exact one by more than its own. 0 when exact. */
  readonly errors: Float64Array;
  /** How many sources were searched from. */
  readonly searched: number;
  /** True when no more pivots would be drawn than there are sources: then each was searched from. */
  readonly exact: boolean;
}

/**
 * Scores from random sources, each drawn in proportion to its weight, with replacement. With W the weight of all sources
 * that have a way to a target, k pivots, and T(v) the weight of the targets that v reaches, one pivot tells of node v
 * something between 0 and W · T(v): so |estimate - exact| <= W · T(v) · sqrt(ln(2n / delta) / 2k) for all nodes at once,
 * where n counts the nodes that can be between at all. T(v) is bounded from above.
 *
 * @throws RangeError as `pairBetweenness`, and for pivots that are no whole number above 0 or a delta that is no probability
 */
export function sampledPairBetweenness(
  graph: WeightedGraph,
  pairs: PairWeights,
  options: PairSampleOptions,
): PairSample {
  const { pivots, seed, delta = 0.05, checkpoint = unchecked } = options;
  if (!Number.isSafeInteger(pivots) || pivots < 1)
    throw new RangeError(`pivots must be a whole number above 0, not ${pivots}`);
  if (!(delta > 0 && delta < 1)) throw new RangeError(`delta must be above 0 and below 1, not ${delta}`);
  const ways = waysToTargets(graph, pairs.targets);
  const sources = searchable(ways, pairs.sources);
  const exact = sources.length <= pivots;
  const { times, total } = drawn(sources, pairs.sources, exact ? 0 : pivots, seed);
  const search = new ShortestPathDependencies(ways, pairs.targets);
  let searched = 0;
  for (let i = 0; i < sources.length; i++) {
    if (!exact && times[i] === 0) continue;
    search.addFrom(sources[i]!, exact ? pairs.sources[sources[i]!]! : (times[i]! * total) / pivots);
    searched++;
    checkpoint();
  }
  const errors = exact ? new Float64Array(graph.nodeCount) : errorsOf(ways, pairs.targets, { total, pivots, delta });
  return { scores: search.scores, errors, searched, exact };
}

/** The rows without arcs into nodes that reach no target. */
function waysToTargets(rows: ArcRows, targetWeights: Float64Array): ArcRows {
  checkWeights(rows.nodeCount, targetWeights, 'targets');
  const { nodeCount } = rows;
  const leads = reachingAny(rows, targetWeights);
  const bounds = new Uint32Array(nodeCount + 1);
  const targets = new Uint32Array(rows.targets.length);
  let size = 0;
  for (let v = 0; v < nodeCount; v++) {
    for (let place = rows.bounds[v]!; place < rows.bounds[v + 1]!; place++) {
      const w = rows.targets[place]!;
      if (leads[w] === 1) targets[size++] = w;
    }
    bounds[v + 1] = size;
  }
  return { nodeCount, bounds, targets: targets.slice(0, size) };
}

/** 1 for nodes that reach a node with a weight above 0, or are one. */
function reachingAny(rows: ArcRows, weights: Float64Array): Uint8Array {
  const back = reversedRows(rows);
  const reached = new Uint8Array(rows.nodeCount);
  const queue = new Uint32Array(rows.nodeCount);
  let size = 0;
  for (let v = 0; v < rows.nodeCount; v++) {
    if (weights[v] === 0) continue;
    reached[v] = 1;
    queue[size++] = v;
  }
  for (let head = 0; head < size; head++) {
    const v = queue[head]!;
    for (let place = back.bounds[v]!; place < back.bounds[v + 1]!; place++) {
      const w = back.targets[place]!;
      if (reached[w] === 1) continue;
      reached[w] = 1;
      queue[size++] = w;
    }
  }
  return reached;
}

function searchable({ nodeCount, bounds }: ArcRows, weights: Float64Array): Uint32Array {
  checkWeights(nodeCount, weights, 'sources');
  const sources = new Uint32Array(nodeCount);
  let count = 0;
  for (let v = 0; v < nodeCount; v++) if (weights[v]! > 0 && bounds[v + 1]! > bounds[v]!) sources[count++] = v;
  return sources.slice(0, count);
}

/** How often each source is drawn, and the weight of all. */
function drawn(sources: Uint32Array, weights: Float64Array, pivots: number, seed: number) {
  const sums = new Float64Array(sources.length);
  let total = 0;
  for (let i = 0; i < sources.length; i++) {
    total += weights[sources[i]!]!;
    sums[i] = total;
  }
  const random = seededRandom(seed);
  const times = new Uint32Array(sources.length);
  for (let draw = 0; draw < pivots; draw++) {
    const at = random() * total;
    let low = 0;
    let high = sources.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! > at) high = middle;
      else low = middle + 1;
    }
    times[low]!++;
  }
  return { times, total };
}

function errorsOf(
  ways: ArcRows,
  targetWeights: Float64Array,
  { total, pivots, delta }: { readonly total: number; readonly pivots: number; readonly delta: number },
): Float64Array {
  const errors = weightBehind(ways, targetWeights);
  const entered = new Uint8Array(ways.nodeCount);
  for (const w of ways.targets) entered[w] = 1;
  let between = 0;
  for (let v = 0; v < errors.length; v++) {
    if (entered[v] === 0) errors[v] = 0;
    if (errors[v]! > 0) between++;
  }
  if (between === 0) return errors;
  const half = total * sampleEpsilon(pivots, between, delta);
  return errors.map((weight) => half * weight);
}

/**
 * The weight of the other nodes that each one reaches, at most: what is reached in two ways counts twice, up to the sum of
 * all. A node is in its own sum once, whether that was cut off or not, and is taken out of it.
 */
function weightBehind(ways: ArcRows, weights: Float64Array): Float64Array {
  const { component, count, bounds, targets, members, memberBounds } = stronglyCondensed(ways);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const behind = new Float64Array(count);
  for (let c = 0; c < count; c++) {
    let sum = 0;
    for (let i = memberBounds[c]!; i < memberBounds[c + 1]!; i++) sum += weights[members[i]!]!;
    for (let arc = bounds[c]!; arc < bounds[c + 1]!; arc++) sum += behind[targets[arc]!]!;
    behind[c] = Math.min(sum, all);
  }
  return Float64Array.from(component, (c, v) => Math.max(0, behind[c]! - weights[v]!));
}

function checkWeights(nodeCount: number, weights: Float64Array, what: string): void {
  if (weights.length !== nodeCount || weights.some((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY)))
    throw new RangeError(`${what} must have a finite number of 0 or more for each node`);
}
