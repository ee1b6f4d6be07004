/** What is asked of all, as our kernels do it, and which peers can. */
import type { Partition } from '../../algorithms/community-level.ts';
import type { WeightedGraph } from '../../algorithms/weighted-graph.ts';
import { built } from '../built.ts';
import type { Ran } from './python-peers.ts';

const { pageRank } = await built<typeof import('../../algorithms/page-rank.ts')>('algorithms/page-rank');
const { hits } = await built<typeof import('../../algorithms/hits.ts')>('algorithms/hits');
const { betweenness } = await built<typeof import('../../algorithms/betweenness.ts')>('algorithms/betweenness');
const { leiden } = await built<typeof import('../../algorithms/leiden.ts')>('algorithms/leiden');
const { louvain } = await built<typeof import('../../algorithms/louvain.ts')>('algorithms/louvain');

export const TASKS = ['pageRank', 'hits', 'betweenness', 'leiden', 'louvain'] as const;
export type Task = (typeof TASKS)[number];

export const PEERS_OF: Readonly<Record<Task, readonly string[]>> = {
  pageRank: ['igraph', 'networkit', 'graphology'],
  hits: ['igraph', 'graphology'],
  betweenness: ['igraph', 'networkit', 'graphology'],
  leiden: ['leidenalg', 'igraph', 'networkit'],
  louvain: ['igraph', 'networkit', 'graphology'],
};

export const isPartition = (task: Task): boolean => task === 'leiden' || task === 'louvain';

export interface Graphs {
  readonly directed: WeightedGraph;
  readonly undirected: WeightedGraph;
}

const OURS: Readonly<Record<Task, (graphs: Graphs, seed: number) => Float64Array | Partition>> = {
  pageRank: ({ directed }) => pageRank(directed).scores,
  hits: ({ directed }) => hits(directed).hubs,
  betweenness: ({ directed }) => betweenness(directed),
  leiden: ({ undirected }, seed) => leiden(undirected, { seed }),
  louvain: ({ undirected }, seed) => louvain(undirected, { seed }),
};

export function runOurs(task: Task, graphs: Graphs, seed: number): Ran {
  const started = process.hrtime.bigint();
  const found = OURS[task](graphs, seed);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  return { seconds, result: 'community' in found ? found.community : found };
}
