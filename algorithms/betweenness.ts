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
import { seededRandom, shuffle } from './seeded-random.ts';
import type { WeightedGraph } from './weighted-graph.ts';

/** Exact scores of all nodes. @param checkpoint called after each source */
export function betweenness(graph: WeightedGraph, checkpoint: Checkpoint = unchecked): Float64Array {
  const search = new Dependencies(graph);
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
 */
export function sampledBetweenness(graph: WeightedGraph, options: SampleOptions): BetweennessSample {
  const { seed, confidence = 0.95, checkpoint = unchecked } = options;
  const all = sourcesWithArcs(graph);
  const count = Math.min(options.sources, all.length);
  const exact = count === all.length;
  const search = new Dependencies(graph);
  const drawn = exact ? all : shuffle(all, seededRandom(seed)).subarray(0, count);
  for (const source of drawn) {
    search.addFrom(source);
    checkpoint();
  }
  const errors = new Float64Array(graph.nodeCount);
  if (!exact) {
    const half = all.length * Math.sqrt(Math.log((2 * graph.nodeCount) / (1 - confidence)) / (2 * count));
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
  const search = new Dependencies(graph);
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

/** The workspace of the searches; between two of them every array but `scores` is as it was. */
class Dependencies {
  readonly scores: Float64Array;
  readonly #graph: WeightedGraph;
  readonly #order: Uint32Array;
  /** Counted from 1 at the source; 0 for nodes that were not reached. */
  readonly #distance: Uint32Array;
  readonly #paths: Float64Array;
  readonly #dependency: Float64Array;

  constructor(graph: WeightedGraph) {
    const { nodeCount } = graph;
    this.#graph = graph;
    this.scores = new Float64Array(nodeCount);
    this.#order = new Uint32Array(nodeCount);
    this.#distance = new Uint32Array(nodeCount);
    this.#paths = new Float64Array(nodeCount);
    this.#dependency = new Float64Array(nodeCount);
  }

  /** Adds what the pairs that begin at one node give to the nodes between. @returns how many arcs were looked at */
  addFrom(source: number): number {
    const { bounds, targets } = this.#graph;
    const order = this.#order;
    const distance = this.#distance;
    const paths = this.#paths;
    const dependency = this.#dependency;
    let size = 1;
    let arcs = 0;
    order[0] = source;
    distance[source] = 1;
    paths[source] = 1;
    for (let head = 0; head < size; head++) {
      const v = order[head]!;
      const further = distance[v]! + 1;
      const last = bounds[v + 1]!;
      arcs += last - bounds[v]!;
      for (let arc = bounds[v]!; arc < last; arc++) {
        const w = targets[arc]!;
        if (distance[w] === 0) {
          distance[w] = further;
          order[size++] = w;
          paths[w] = paths[v]!;
        } else if (distance[w] === further) paths[w]! += paths[v]!;
      }
    }
    // Backwards over the same arcs: no list of predecessors is kept.
    for (let i = size - 1; i > 0; i--) {
      const v = order[i]!;
      const further = distance[v]! + 1;
      let sum = 0;
      for (let arc = bounds[v]!; arc < bounds[v + 1]!; arc++) {
        const w = targets[arc]!;
        if (distance[w] === further) sum += (1 + dependency[w]!) / paths[w]!;
      }
      dependency[v] = sum * paths[v]!;
      this.scores[v]! += dependency[v]!;
    }
    for (let i = 0; i < size; i++) {
      const v = order[i]!;
      distance[v] = 0;
      dependency[v] = 0;
    }
    return arcs;
  }
}
