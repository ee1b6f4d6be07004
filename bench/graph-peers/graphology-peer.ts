/** graphology in this process: its graphs are built once, outside the time, as those of the other peers are. */
import { DirectedGraph, UndirectedGraph } from 'graphology';
import louvainModule from 'graphology-communities-louvain';
import betweennessModule from 'graphology-metrics/centrality/betweenness.js';
import hitsModule from 'graphology-metrics/centrality/hits.js';
import pagerankModule from 'graphology-metrics/centrality/pagerank.js';
import { seededRandom } from '../../algorithms/seeded-random.ts';
import type { WeightedGraph } from '../../algorithms/weighted-graph.ts';
import type { Ran } from './python-peers.ts';
import { type Graphs, isPartition, type Task } from './tasks.ts';

const louvain = louvainModule as unknown as typeof louvainModule.default;
const betweenness = betweennessModule as unknown as typeof betweennessModule.default;
const hits = hitsModule as unknown as typeof hitsModule.default;
const pagerank = pagerankModule as unknown as typeof pagerankModule.default;

export class GraphologyPeer {
  readonly #graphs: Graphs;
  #directed: DirectedGraph | undefined;
  #undirected: UndirectedGraph | undefined;

  constructor(graphs: Graphs) {
    this.#graphs = graphs;
  }

  /** @throws when the task does not converge */
  run(task: Task, seed: number): Ran {
    const work = this.#prepared(task, seed);
    const started = process.hrtime.bigint();
    const found = work();
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    const byNode = Array.from({ length: this.#graphs.directed.nodeCount }, (_, v) => found[v]!);
    return { seconds, result: isPartition(task) ? Uint32Array.from(byNode) : Float64Array.from(byNode) };
  }

  #prepared(task: Task, seed: number): () => Record<string, number> {
    const { nodeCount } = this.#graphs.directed;
    if (isPartition(task)) {
      this.#undirected ??= filled(new UndirectedGraph(), this.#graphs.undirected, (from, to) => from < to);
      const graph = this.#undirected;
      return () => louvain(graph, { getEdgeWeight: 'weight', rng: seededRandom(seed) });
    }
    this.#directed ??= filled(new DirectedGraph(), this.#graphs.directed, () => true);
    const graph = this.#directed;
    if (task === 'betweenness') return () => betweenness(graph, { getEdgeWeight: null, normalized: false });
    if (task === 'hits') return () => hits(graph, { getEdgeWeight: 'weight', maxIterations: 1_000 }).hubs;
    // Its tolerance is for each node, ours for all together.
    const tolerance = 1e-8 / nodeCount;
    return () => pagerank(graph, { alpha: 0.85, tolerance, maxIterations: 1_000, getEdgeWeight: 'weight' });
  }
}

function filled<G extends DirectedGraph | UndirectedGraph>(
  graph: G,
  { nodeCount, bounds, targets, weights }: WeightedGraph,
  isWanted: (from: number, to: number) => boolean,
): G {
  for (let v = 0; v < nodeCount; v++) graph.addNode(v);
  for (let v = 0; v < nodeCount; v++) {
    for (let arc = bounds[v]!; arc < bounds[v + 1]!; arc++) {
      const w = targets[arc]!;
      if (isWanted(v, w)) graph.addEdge(v, w, { weight: weights[arc]! });
    }
  }
  return graph;
}
