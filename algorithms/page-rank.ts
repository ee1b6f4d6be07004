/**
 * PageRank on weighted directed graphs, with any teleport distribution.
 * L. Page, S. Brin, R. Motwani, T. Winograd, "The PageRank citation ranking: bringing order to the web", Stanford 1999.
 *
 * Convention: scores sum to 1, and what arrives at a node without arcs is spread by the teleport distribution t, as in
 * networkx and igraph. The scores solve x = d·M·x + (d·(mass without arcs) + 1 - d)·t, so they are a multiple of
 * (I - d·M)^-1 · t, whatever the mass without arcs is. That vector is summed up here as t + d·M·t + (d·M)²·t + …: a step
 * looks only at nodes that something arrived at in the step before, so on a graph without circles there are no more steps
 * than its longest path has arcs. A step takes O(nodes + arcs) at most; O(nodes) extra space.
 * Implementations that start from (1 - d)·t and let the mass without arcs vanish, Graph Data Science among them, compute
 * another multiple of the same vector: their scores divided by their sum are these.
 */
import { type Checkpoint, unchecked } from './checkpoint.ts';
import { strengths, type WeightedGraph } from './weighted-graph.ts';

export interface PageRankOptions {
  /** Share of the score that is handed on along arcs; from 0 up to 1, excluded. Default 0.85. */
  readonly damping?: number;
  /** Stops when all scores together are off by less than this (L1). Default 1e-8. */
  readonly tolerance?: number;
  /** Default 1,000. */
  readonly maxIterations?: number;
  /** Where walks begin anew: none below 0, their sum above 0. Default: everywhere alike. */
  readonly teleport?: Float64Array;
  /** Called after each step. */
  readonly checkpoint?: Checkpoint;
}

export interface PageRank {
  /** Sum to 1. */
  readonly scores: Float64Array;
  readonly iterations: number;
  /** All scores together are off from the exact solution by no more than this (L1), rounding aside. */
  readonly error: number;
  readonly converged: boolean;
}

/** @param graph directed; the weight of an arc is its share among the arcs of its node */
export function pageRank(graph: WeightedGraph, options: PageRankOptions = {}): PageRank {
  const { damping = 0.85, tolerance = 1e-8, maxIterations = 1_000, checkpoint = unchecked } = options;
  const { nodeCount, bounds, targets, weights } = graph;
  const strength = strengths(graph);
  const alike = weights.every((weight) => weight === 1);
  const scores = distribution(nodeCount, options.teleport);
  let arrived = scores.slice();
  let arriving = new Float64Array(nodeCount);
  /** The nodes that something arrived at, and those that something is arriving at; each once. */
  let active = nodesAbove0(arrived);
  let next = new Uint32Array(nodeCount);
  let total = 1;
  let error = nodeCount === 0 ? 0 : Number.POSITIVE_INFINITY;
  let iterations = 0;
  while (error >= tolerance && iterations < maxIterations) {
    let moved = 0;
    let nextCount = 0;
    for (const v of active) {
      const first = bounds[v]!;
      const last = bounds[v + 1]!;
      const score = arrived[v]!;
      arrived[v] = 0;
      if (first === last) continue;
      const share = (damping * score) / strength[v]!;
      moved += damping * score;
      for (let arc = first; arc < last; arc++) {
        const w = targets[arc]!;
        const before = arriving[w]!;
        if (before === 0) next[nextCount++] = w;
        arriving[w] = before + (alike ? share : share * weights[arc]!);
      }
    }
    total += moved;
    for (let i = 0; i < nextCount; i++) scores[next[i]!]! += arriving[next[i]!]!;
    [arrived, arriving] = [arriving, arrived];
    [active, next] = [next.subarray(0, nextCount), new Uint32Array(active.buffer)];
    // What is still to come is a geometric series; it changes the scores and, by their sum, once more.
    error = (2 * moved * damping) / (1 - damping) / total;
    iterations++;
    checkpoint();
  }
  return { scores: scores.map((score) => score / total), iterations, error, converged: error < tolerance };
}

function nodesAbove0(shares: Float64Array): Uint32Array<ArrayBuffer> {
  const nodes = new Uint32Array(shares.length);
  let count = 0;
  for (let v = 0; v < shares.length; v++) if (shares[v]! > 0) nodes[count++] = v;
  return nodes.subarray(0, count);
}

function distribution(nodeCount: number, teleport: Float64Array | undefined): Float64Array {
  if (teleport === undefined) return new Float64Array(nodeCount).fill(1 / nodeCount);
  const sum = teleport.reduce((total, share) => total + share, 0);
  if (teleport.length !== nodeCount || teleport.some((share) => !(share >= 0)) || !(sum > 0 && sum < Infinity))
    throw new RangeError('teleport must have a number of 0 or more for each node, and a sum above 0');
  return teleport.map((share) => share / sum);
}
