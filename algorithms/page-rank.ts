/**
 * PageRank by power iteration, on weighted directed graphs, with any teleport distribution.
 * L. Page, S. Brin, R. Motwani, T. Winograd, "The PageRank citation ranking: bringing order to the web", Stanford 1999.
 * A step takes O(nodes + arcs); O(nodes) extra space.
 *
 * Convention: scores sum to 1, and what arrives at a node without arcs is spread by the teleport distribution t, as
 * networkx and igraph do. The scores solve x = d·M·x + (d·(mass without arcs) + 1 - d)·t, so they are a multiple of
 * (I - d·M)^-1 · t. Implementations that let that mass vanish and start from (1 - d)·t (Graph Data Science among them)
 * compute another multiple of the same vector: divided by their sum, their scores are these.
 */
import { type Checkpoint, unchecked } from './checkpoint.ts';
import { strengths, type WeightedGraph } from './weighted-graph.ts';

export interface PageRankOptions {
  /** Share of the score that is handed on along arcs; from 0 up to 1, excluded. Default 0.85. */
  readonly damping?: number;
  /** Stops when a step changes the scores by less than this in total (L1). Default 1e-8. */
  readonly tolerance?: number;
  /** Default 1,000, which is more than any tolerance above 1e-15 takes at a damping of 0.96 or less. */
  readonly maxIterations?: number;
  /** Where walks begin anew: none below 0, their sum above 0. Default: everywhere alike. */
  readonly teleport?: Float64Array;
  /** Called after each step. */
  readonly checkpoint?: Checkpoint;
}

export interface PageRank {
  /** Sum to 1. Off by at most `change`·damping/(1 - damping) in total from the exact solution. */
  readonly scores: Float64Array;
  readonly iterations: number;
  /** What the last step changed in total. */
  readonly change: number;
  readonly converged: boolean;
}

/** @param graph directed; the weight of an arc is its share among the arcs of its node */
export function pageRank(graph: WeightedGraph, options: PageRankOptions = {}): PageRank {
  const { damping = 0.85, tolerance = 1e-8, maxIterations = 1_000, checkpoint = unchecked } = options;
  const { nodeCount, bounds, targets, weights } = graph;
  const teleport = distribution(nodeCount, options.teleport);
  const strength = strengths(graph);
  let scores = teleport.slice();
  let next = new Float64Array(nodeCount);
  let iterations = 0;
  let change = nodeCount === 0 ? 0 : Number.POSITIVE_INFINITY;
  while (change >= tolerance && iterations < maxIterations) {
    next.fill(0);
    let carried = 0;
    for (let v = 0; v < nodeCount; v++) {
      const score = scores[v]!;
      if (score === 0 || strength[v] === 0) continue;
      const share = (damping * score) / strength[v]!;
      carried += damping * score;
      for (let arc = bounds[v]!; arc < bounds[v + 1]!; arc++) next[targets[arc]!]! += share * weights[arc]!;
    }
    // All that is not carried along arcs begins anew: so the sum stays 1, whatever rounding does.
    const anew = 1 - carried;
    change = 0;
    for (let v = 0; v < nodeCount; v++) {
      const score = next[v]! + anew * teleport[v]!;
      change += Math.abs(score - scores[v]!);
      next[v] = score;
    }
    [scores, next] = [next, scores];
    iterations++;
    checkpoint();
  }
  return { scores, iterations, change, converged: change < tolerance || nodeCount === 0 };
}

function distribution(nodeCount: number, teleport: Float64Array | undefined): Float64Array {
  if (teleport === undefined) return new Float64Array(nodeCount).fill(1 / nodeCount);
  const sum = teleport.reduce((total, share) => total + share, 0);
  if (teleport.length !== nodeCount || teleport.some((share) => !(share >= 0)) || !(sum > 0 && sum < Infinity))
    throw new RangeError('teleport must have a number of 0 or more for each node, and a sum above 0');
  return teleport.map((share) => share / sum);
}
