/**
 * Betweenness centrality on unweighted directed graphs: over all pairs (s, t) of other nodes, the share of the shortest
 * paths from s to t that pass through a node. Not normalised; a pair counts once for its direction.
 *
 * Exact: U. Brandes, "A faster algorithm for betweenness centrality", Journal of Mathematical Sociology 25(2), 2001.
 * O(nodes · arcs) time at worst, in fact the sum of what each source reaches; O(nodes) extra space.
 * Sampled: U. Brandes, C. Pich, "Centrality estimation in large networks", International Journal of Bifurcation and Chaos
 * 17(7), 2007, with sources drawn without replacement and the bound of W. Hoeffding, "Probability inequalities for sums
 * of bounded random variables", Journal of the American Statistical Association 58(301), 1963 (its section 6 for
 * drawing without replacement).
 */
import { type Checkpoint, unchecked } from './checkpoint.ts';
import { reachBounds } from './reach-bounds.ts';
import { sampleEpsilon } from './sample-bound.ts';
import { seededRandom, shuffle } from './seeded-random.ts';
import { ShortestPathDependencies } from './shortest-path-dependencies.ts';
import type { WeightedGraph } from './weighted-graph.ts';

/** Exact scores of all nodes. @param checkpoint called after each source */
export function betweenness(graph: WeightedGraph, checkpoint: Checkpoint = unchecked): Float64Array {
  const search = new ShortestPathDependencies(graph);
  for (const source of sourcesWithArcs(graph)) {
    search.addFrom(source);
    checkpoint();
  }
  return search.scores;
}

export interface BetweennessSample {
  readonly scores: Float64Array;
  /** How far each score is from the exact one at most, with the confidence asked for in all nodes at once. 0 when exact. */
  readonly errors: Float64Array;
  readonly sources: number;
  /** True when there were no more sources than were asked for. */
  readonly exact: boolean;
}

export interface SampleOptions {
  /** How many sources are searched from. */
  readonly sources: number;
  readonly seed: number;
  /** Probability that every score is within its error; below 1. Default 0.95. */
  readonly confidence?: number;
  readonly checkpoint?: Checkpoint;
}

/**
 * Scores from a random sample of the nodes that have arcs, scaled up. What one source adds to node v is at most the number
 * of nodes that v reaches, R(v); with N such sources and k drawn, Hoeffding's inequality and the union bound over n nodes
 * give |estimate - exact| <= N · R(v) · sqrt(ln(2n / (1 - confidence)) / 2k) for all nodes at once. R(v) is bounded from above.
 * As epsilon and delta: epsilon, in units of N · R(v), is the square root, delta is 1 - confidence; `drawsFor(epsilon, n,
 * delta)` tells how many sources a wanted epsilon takes.
 *
 * @throws RangeError for sources that are no whole number above 0 or a confidence that is not between 0 and 1
 */
export function sampledBetweenness(graph: WeightedGraph, options: SampleOptions): BetweennessSample {
  const { seed, confidence = 0.95, checkpoint = unchecked } = options;
  if (!Number.isSafeInteger(options.sources) || options.sources < 1)
    throw new RangeError(`sources must be a whole number above 0, not ${options.sources}`);
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`confidence must be above 0 and below 1, not ${confidence}`);
  const all = sourcesWithArcs(graph);
  const count = Math.min(options.sources, all.length);
  const exact = count === all.length;
  const search = new ShortestPathDependencies(graph);
  const drawn = exact ? all : shuffle(all, seededRandom(seed)).subarray(0, count);
  for (const source of drawn) {
    search.addFrom(source);
    checkpoint();
  }
  const errors = new Float64Array(graph.nodeCount);
  if (!exact) {
    const half = all.length * sampleEpsilon(count, graph.nodeCount, 1 - confidence);
    const reach = reachBounds(graph);
    for (let v = 0; v < errors.length; v++) errors[v] = half * reach[v]!;
  }
  const scale = count === 0 ? 1 : all.length / count;
  return { scores: exact ? search.scores : search.scores.map((sum) => sum * scale), errors, sources: count, exact };
}

/**
 * About how many arcs the exact computation looks at: the mean over some sources, times all of them.
 *
 * @param probes how many sources are tried
 */
export function betweennessWork(graph: WeightedGraph, probes: number, seed: number): number {
  const all = sourcesWithArcs(graph);
  const drawn = shuffle(all.slice(), seededRandom(seed)).subarray(0, probes);
  if (drawn.length === 0) return 0;
  const search = new ShortestPathDependencies(graph);
  let arcs = 0;
  for (const source of drawn) arcs += search.addFrom(source);
  return Math.round((arcs / drawn.length) * all.length);
}

function sourcesWithArcs({ bounds, nodeCount }: WeightedGraph): Uint32Array {
  const sources = new Uint32Array(nodeCount);
  let count = 0;
  for (let v = 0; v < nodeCount; v++) if (bounds[v + 1]! > bounds[v]!) sources[count++] = v;
  return sources.subarray(0, count);
}
