/** Which implementation computes an analysis, and why. */
import type { Instant } from '../model/index.ts';
import type { StoreAnalytics } from '../store/port.ts';
import { invalid } from './checked.ts';
import type { CentralityMeasure, CommunityMethod, Implementation } from './questions.ts';

export type Task = CentralityMeasure | CommunityMethod;

export interface Wanted {
  readonly task: Task;
  readonly at: Instant;
  readonly seed: number;
  readonly resolution: number;
  readonly implementation: Implementation | undefined;
}

export interface Choice {
  readonly implementation: Implementation;
  readonly because: string;
}

const OF_GRAPHOLOGY: ReadonlySet<Task> = new Set<Task>(['DEGREE', 'PAGERANK', 'BETWEENNESS', 'LOUVAIN']);
const OF_STORE: ReadonlySet<Task> = new Set<Task>(['PAGERANK', 'BETWEENNESS', 'LOUVAIN', 'LEIDEN']);

/** @throws GrantlensError ARGUMENT_INVALID when the implementation that was asked for does not compute this, or is not there */
export async function chosen(wanted: Wanted, store: StoreAnalytics | undefined): Promise<Choice> {
  const { implementation } = wanted;
  if (implementation === 'ours') return { implementation, because: 'it was asked for' };
  if (implementation === 'graphology') return ofGraphology(wanted.task);
  const obstacle = obstacleInStore(wanted);
  const name = obstacle === undefined ? await store?.name() : undefined;
  if (implementation === undefined) return ofItself(obstacle, store, name);
  const missing = obstacle ?? (name === undefined ? withoutPlugin(store) : undefined);
  if (missing === undefined) return { implementation, because: `it was asked for, and the database has ${name}` };
  throw invalid('implementation', `Graph Data Science cannot compute this: ${missing}`);
}

function ofGraphology(task: Task): Choice {
  if (OF_GRAPHOLOGY.has(task)) return { implementation: 'graphology', because: 'it was asked for' };
  throw invalid('implementation', `graphology does not compute ${task}`);
}

function ofItself(obstacle: string | undefined, store: StoreAnalytics | undefined, name: string | undefined): Choice {
  if (name !== undefined) return { implementation: 'graph-data-science', because: `the database has ${name}` };
  return { implementation: 'ours', because: obstacle ?? withoutPlugin(store) };
}

const withoutPlugin = (store: StoreAnalytics | undefined): string =>
  store === undefined
    ? 'the store runs no analyses by itself'
    : 'the database does not have the Graph Data Science plugin';

/** Why Graph Data Science is not asked, whether it is there or not. */
function obstacleInStore({ task, resolution }: Wanted): string | undefined {
  if (!OF_STORE.has(task)) return `only Grantlens computes ${task} with the meaning that it has here`;
  if (task === 'LOUVAIN' && resolution !== 1) return 'Louvain in Graph Data Science has no resolution but 1';
  return undefined;
}
