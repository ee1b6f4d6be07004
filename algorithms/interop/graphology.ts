/**
 * The algorithms of graphology on our graphs: for small ones, and as a second opinion on our own kernels. Building a
 * graphology graph takes 10 to 25 microseconds an edge, so it is not for large ones.
 *
 * Its traps are avoided here, once: graphs are simple (unweighted betweenness is wrong on multigraphs and with loops),
 * undirected for Louvain (the directed one was seen not to end), nodes are added in order and the generator is seeded (or
 * else answers differ from run to run). Its functions have no usable types under `nodenext`: the casts give them back.
 */
import { DirectedGraph, UndirectedGraph } from 'graphology';
import louvainModule from 'graphology-communities-louvain';
import betweennessModule from 'graphology-metrics/centrality/betweenness.js';
import degreeModule from 'graphology-metrics/centrality/degree.js';
import pagerankModule from 'graphology-metrics/centrality/pagerank.js';
import { numbered, type Partition } from '../community-level.ts';
import type { CommunityOptions } from '../louvain.ts';
import type { PageRankOptions } from '../page-rank.ts';
import { seededRandom } from '../seeded-random.ts';
import type { WeightedGraph } from '../weighted-graph.ts';

const louvain = louvainModule as unknown as typeof louvainModule.default;
const betweennessCentrality = betweennessModule as unknown as typeof betweennessModule.default;
const pagerank = pagerankModule as unknown as typeof pagerankModule.default;
const { degreeCentrality } = degreeModule;

/** In-degree plus out-degree: graphology's, which is divided by the number of other nodes, made whole again. */
export function graphologyDegrees(graph: WeightedGraph): Float64Array {
  const others = graph.nodeCount - 1;
  const scores = byNode(graph, degreeCentrality(directed(graph)));
  return others < 1 ? scores.fill(0) : scores.map((share) => Math.round(share * others));
}

/** Converges as `pageRank` does; the default teleport distribution only. */
export function graphologyPageRank(
  graph: WeightedGraph,
  options: Omit<PageRankOptions, 'teleport' | 'checkpoint'> = {},
): Float64Array {
  if (graph.nodeCount === 0) return new Float64Array(0);
  const { damping = 0.85, tolerance = 1e-8, maxIterations = 1_000 } = options;
  // Its tolerance is per node, ours is in total.
  const perNode = tolerance / graph.nodeCount;
  const scores = pagerank(directed(graph), {
    alpha: damping,
    tolerance: perNode,
    maxIterations,
    getEdgeWeight: 'weight',
  });
  return byNode(graph, scores);
}

/** Unweighted, not normalised, as `betweenness`. */
export function graphologyBetweenness(graph: WeightedGraph): Float64Array {
  return byNode(graph, betweennessCentrality(directed(graph), { getEdgeWeight: null, normalized: false }));
}

/** @param graph undirected: each edge as two arcs */
export function graphologyLouvain(graph: WeightedGraph, options: CommunityOptions = {}): Partition {
  const { resolution = 1, seed = 1 } = options;
  // It divides by the number of edges.
  if (graph.targets.length === 0) return numbered(Uint32Array.from({ length: graph.nodeCount }, (_, v) => v));
  const rng = seededRandom(seed);
  const communities = louvain(undirected(graph), { getEdgeWeight: 'weight', resolution, rng });
  return numbered(Uint32Array.from({ length: graph.nodeCount }, (_, v) => communities[v]!));
}

function directed(graph: WeightedGraph): DirectedGraph {
  const built = new DirectedGraph();
  for (let v = 0; v < graph.nodeCount; v++) built.addNode(v);
  forEachArc(graph, (from, to, weight) => built.addDirectedEdge(from, to, { weight }));
  return built;
}

function undirected(graph: WeightedGraph): UndirectedGraph {
  const built = new UndirectedGraph();
  for (let v = 0; v < graph.nodeCount; v++) built.addNode(v);
  forEachArc(graph, (from, to, weight) => {
    if (from < to) built.addUndirectedEdge(from, to, { weight });
  });
  return built;
}

function forEachArc(
  { nodeCount, bounds, targets, weights }: WeightedGraph,
  visit: (from: number, to: number, weight: number) => void,
): void {
  for (let v = 0; v < nodeCount; v++) {
    for (let arc = bounds[v]!; arc < bounds[v + 1]!; arc++) visit(v, targets[arc]!, weights[arc]!);
  }
}

const byNode = ({ nodeCount }: WeightedGraph, scores: Readonly<Record<string, number>>): Float64Array =>
  Float64Array.from({ length: nodeCount }, (_, v) => scores[v]!);
