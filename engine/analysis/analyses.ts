/** Analyses of one version: which implementation computes, where, and how its result becomes an answer. */
import { numbered } from '../../algorithms/community-level.ts';
import { GrantlensError, NODE_KINDS } from '../model/index.ts';
import type { StoreAnalytics } from '../store/port.ts';
import type { AccessGraph } from './access-graph.ts';
import { commonOf, firstOf, kindsOf, oneOf, resolutionOf } from './checked.ts';
import { type Choice, chosen, type Wanted } from './choice.ts';
import { inStore } from './in-store.ts';
import type { Job, JobResult } from './job.ts';
import { GRAPHOLOGY_ARCS } from './limits.ts';
import { accessProjection, entitlementProjection, nodesOfKinds } from './projection.ts';
import {
  type Analysis,
  CENTRALITY_MEASURES,
  type CentralityAnswer,
  type CentralityQuestion,
  COMMUNITY_METHODS,
  type CommunitiesAnswer,
  type CommunitiesQuestion,
  type Community,
} from './questions.ts';
import { topNodes } from './ranking.ts';
import { SharedWork } from './shared-work.ts';

/** What was computed, and by whom. */
interface Computed extends Choice {
  readonly result: JobResult;
}

export class Analyses implements Analysis {
  readonly #openGraph: () => Promise<AccessGraph>;
  readonly #store: StoreAnalytics | undefined;
  readonly #work = new SharedWork<Computed>();
  #graph: Promise<AccessGraph> | undefined;

  /**
   * @param openGraph gets the graph when it is first needed
   * @param store what the store offers to compute itself
   */
  constructor(openGraph: () => Promise<AccessGraph>, store?: StoreAnalytics) {
    this.#openGraph = openGraph;
    this.#store = store;
  }

  async centrality(question: CentralityQuestion): Promise<CentralityAnswer> {
    const measure = oneOf('measure', question.measure, CENTRALITY_MEASURES);
    const first = firstOf(question.first);
    const kinds = kindsOf(question.kinds);
    const graph = await this.#opened();
    const wanted = { task: measure, resolution: 1, ...commonOf(question) };
    const { result, implementation, because } = await this.#computed(graph, wanted, question.signal);
    const { scores, errors, errorMeans, parameters } = result;
    const ranges = NODE_KINDS.flatMap((kind, k) =>
      kinds.includes(kind) ? [[graph.kindStart[k]!, graph.kindStart[k + 1]!] as const] : [],
    );
    const top = topNodes(graph, scores!, ranges, first);
    return {
      measure,
      implementation,
      because,
      parameters,
      version: graph.version,
      scores: top.map((node, i) => ({
        id: graph.idOf(node),
        score: scores![node]!,
        rank: i + 1,
        error: errors?.[node] ?? 0,
      })),
      totalCount: ranges.reduce((sum, [from, to]) => sum + to - from, 0),
      ...(errorMeans === undefined ? {} : { errorMeans }),
    };
  }

  async communities(question: CommunitiesQuestion): Promise<CommunitiesAnswer> {
    const method = oneOf('method', question.method ?? 'LEIDEN', COMMUNITY_METHODS);
    const resolution = resolutionOf(question.resolution);
    const graph = await this.#opened();
    const wanted = { task: method, resolution, ...commonOf(question) };
    const { result, implementation, because } = await this.#computed(graph, wanted, question.signal);
    return {
      method,
      implementation,
      because,
      parameters: result.parameters,
      version: graph.version,
      modularity: result.modularity!,
      communities: communitiesOf(graph, result.community!),
    };
  }

  /** Stops what runs. Later questions fail with CLOSED. */
  async close(): Promise<void> {
    await this.#work.close(new GrantlensError('CLOSED', 'The version that this analysis is about has been closed.'));
  }

  #opened(): Promise<AccessGraph> {
    this.#graph ??= this.#openGraph().catch((error) => {
      this.#graph = undefined;
      throw error;
    });
    return this.#graph;
  }

  #computed(graph: AccessGraph, wanted: Wanted, signal: AbortSignal | undefined): Promise<Computed> {
    const { task, seed, resolution, implementation } = wanted;
    const key = JSON.stringify([task, intervalOf(graph, wanted.at), implementation, seed, resolution]);
    return this.#work.ask(key, (stop) => this.#compute(graph, wanted, stop), signal);
  }

  async #compute(graph: AccessGraph, wanted: Wanted, signal: AbortSignal): Promise<Computed> {
    const choice = await chosen(wanted, this.#store);
    if (choice.implementation !== 'graph-data-science') return runHere(graph, wanted, choice, signal);
    try {
      return { ...choice, result: await inStore(graph, wanted, this.#store!, signal) };
    } catch (error) {
      const because = insteadOfStore(error, wanted);
      if (because === undefined) throw error;
      return runHere(graph, wanted, { implementation: 'ours', because }, signal);
    }
  }
}

async function runHere(graph: AccessGraph, wanted: Wanted, choice: Choice, signal: AbortSignal): Promise<Computed> {
  // Loaded when it is needed: with it come the graphology packages.
  const { runJobApart } = await import('./thread.ts');
  return { ...choice, result: await runJobApart(jobOf(graph, wanted, choice), signal) };
}

function jobOf(graph: AccessGraph, { task, at, seed, resolution }: Wanted, { implementation: by }: Choice): Job {
  if (task === 'ENTITLEMENT') return entitlementJob(graph, at);
  const projection = accessProjection(graph, at);
  if (by === 'graphology') refuseLarge(projection.sources.length);
  if (task === 'LEIDEN' || task === 'LOUVAIN') return { task, by, graph: projection, resolution, seed };
  return { task, by, graph: projection, seed };
}

function entitlementJob(graph: AccessGraph, at: number): Job {
  const identities = nodesOfKinds(graph, ['User', 'ServiceAccount']).filter((node) => graph.disabled[node] === 0);
  const resources = nodesOfKinds(graph, ['Resource']);
  return { task: 'ENTITLEMENT', graph: entitlementProjection(graph, at), resources, identities };
}

function refuseLarge(arcs: number): void {
  if (arcs <= GRAPHOLOGY_ARCS) return;
  throw new GrantlensError(
    'LIMIT_EXCEEDED',
    `graphology is given at most ${GRAPHOLOGY_ARCS} edges, and ${arcs} carry access.`,
    { limit: GRAPHOLOGY_ARCS, edges: arcs },
  );
}

/** Why Grantlens computes what the store could not; undefined when the error is the answer. */
function insteadOfStore(error: unknown, { implementation }: Wanted): string | undefined {
  if (implementation !== undefined || !(error instanceof GrantlensError)) return undefined;
  if (error.code === 'VERSION_NOT_FOUND') return 'the database has gone on to a newer version than the one asked about';
  if (error.code === 'LIMIT_EXCEEDED')
    return 'the graph is too large for the exact computation that Graph Data Science does';
  if (error.code.startsWith('STORE_')) return `Graph Data Science failed (${error.code})`;
  return undefined;
}

/** The last instant up to `at` when an edge began or ended: since then the graph is the same. */
function intervalOf({ turns }: AccessGraph, at: number): number {
  let low = 0;
  let high = turns.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (turns[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function communitiesOf({ idOf }: AccessGraph, community: Uint32Array): readonly Community[] {
  const partition = numbered(community);
  const members: string[][] = Array.from({ length: partition.count }, () => []);
  partition.community.forEach((c, node) => {
    members[c]!.push(idOf(node));
  });
  for (const ofOne of members) ofOne.sort();
  return members.sort((a, b) => b.length - a.length || (a[0]! < b[0]! ? -1 : 1)).map((ofOne) => ({ members: ofOne }));
}
