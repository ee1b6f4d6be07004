/** Analyses that the store runs: its values by node number, made comparable with ours. */
import { GrantlensError } from '../model/index.ts';
import type { StoreAnalysis, StoreAnalytics } from '../store/port.ts';
import type { AccessGraph } from './access-graph.ts';
import type { Wanted } from './choice.ts';
import type { JobResult } from './job.ts';
import { DAMPING, STORE_BETWEENNESS } from './limits.ts';
import { accessProjection } from './projection.ts';
import { ACCESS_KINDS } from './questions.ts';
import { PAGERANK_TOLERANCE } from './tolerances.ts';

/** @throws GrantlensError as `StoreAnalytics.run` */
export async function inStore(
  graph: AccessGraph,
  wanted: Wanted,
  store: StoreAnalytics,
  signal: AbortSignal,
): Promise<JobResult> {
  const method = wanted.task as StoreAnalysis['method'];
  const { at, seed, resolution } = wanted;
  const tolerance = perStep(PAGERANK_TOLERANCE);
  const about = { version: graph.version, kinds: ACCESS_KINDS, at };
  const analysis = { method, ...about, damping: DAMPING, tolerance, resolution, seed };
  const most = method === 'BETWEENNESS' ? { most: STORE_BETWEENNESS } : {};
  const values = new Float64Array(graph.nodeCount).fill(Number.NaN);
  await store.run(analysis, (id, value) => void setAt(values, graph.find(id), value), { signal, ...most });
  if (values.some(Number.isNaN)) throw gone();
  if (method === 'PAGERANK') return pageRankOf(values, tolerance);
  if (method === 'BETWEENNESS') return { scores: values, parameters: {} };
  return communitiesOf(graph, wanted, values, signal);
}

function setAt(values: Float64Array, node: number, value: number): void {
  if (node < 0) throw gone();
  values[node] = value;
}

const gone = (): GrantlensError =>
  new GrantlensError('VERSION_NOT_FOUND', 'The database told of other nodes than this version has.');

/** Steps after which nothing is under way any more that counts, for graphs of up to some thousand million nodes. */
const STEPS = 300;

/**
 * Graph Data Science counts in units in which each node begins with 1 - d, and stops handing on what arrived at a node in
 * one step when it is no more than its tolerance. In STEPS steps each node so drops STEPS times that at most; what is
 * dropped would have grown by d / (1 - d), and is a share of a sum of at least (1 - d) for each node, which it changes too.
 */
const perStep = (tolerance: number): number => (tolerance * (1 - DAMPING) ** 2) / (2 * DAMPING * STEPS);

/** Scores divided by their sum: see algorithms/page-rank.ts for why this is the same PageRank. */
function pageRankOf(values: Float64Array, tolerance: number): JobResult {
  let sum = 0;
  for (const value of values) sum += value;
  return {
    scores: values.map((value) => value / sum),
    errors: new Float64Array(values.length).fill(PAGERANK_TOLERANCE),
    errorMeans: 'all scores together are off by no more than this',
    parameters: { damping: DAMPING, tolerance },
  };
}

/** The store numbers communities as it likes, and does not tell the modularity at a resolution: it is worked out here. */
async function communitiesOf(
  graph: AccessGraph,
  { task, at, seed, resolution }: Wanted,
  values: Float64Array,
  signal: AbortSignal,
): Promise<JobResult> {
  const numbers = new Map<number, number>();
  const community = Uint32Array.from(values, (value) => {
    const known = numbers.get(value);
    if (known !== undefined) return known;
    numbers.set(value, numbers.size);
    return numbers.size - 1;
  });
  const projection = accessProjection(graph, at);
  const { runJobApart } = await import('./thread.ts');
  const { modularity } = await runJobApart({ task: 'MODULARITY', graph: projection, community, resolution }, signal);
  const parameters = task === 'LEIDEN' ? { resolution, seed } : { resolution };
  return { community, modularity: modularity!, parameters };
}
