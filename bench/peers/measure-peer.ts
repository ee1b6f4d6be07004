/** One peer beside the engine: the same estate, the same questions, one process. */
import type { CheckQuestion, EstateOptions, GraphView } from '../../engine/index.ts';
import { load } from '../machine.ts';
import { memory, type Questions, timeOnce } from '../measure.ts';
import { driverTo } from '../neo4j/server.ts';
import { productEngine } from '../product.ts';
import { AT } from './asked.ts';
import { askBeside, type Beside, type Peer } from './beside.ts';
import { cypherPeer } from './cypher-peer.ts';
import { drawQuestions } from './draw.ts';
import { TraversalAccess } from './graphology/access.ts';
import { accessGraphs } from './graphology/graph.ts';
import { graphologyPeer } from './graphology/graphology-peer.ts';
import { liveEstate } from './live-estate.ts';
import { OpenFgaClient } from './openfga/client.ts';
import { type ExportTold, openFgaExport } from './openfga/export.ts';
import { openFgaPeer } from './openfga/openfga-peer.ts';
import type { PeerName, PeerRequest } from './request.ts';

export interface PeerResult {
  readonly estate: { readonly nodes: number; readonly edges: number };
  /** Seconds until the peer had the graph, where this process gave it. */
  readonly built?: number;
  /** MiB that this process holds: bare, with the engine's snapshot, and with what the peer keeps here. */
  readonly memory: { readonly started: number; readonly opened: number; readonly built: number };
  /** Processes that ran or waited over the last minute, when asking began and when it ended. */
  readonly load: { readonly before: number; readonly after: number };
  readonly questions: readonly Beside[];
  /** How the estate was put for a peer that knows less. */
  readonly exported?: ExportTold;
}

interface Ready {
  readonly peer: Peer;
  readonly built?: number;
  readonly exported?: ExportTold;
  readonly close?: () => Promise<void>;
}

export async function measurePeer(request: PeerRequest): Promise<PeerResult> {
  const { openEngine } = await productEngine();
  const started = memory().resident;
  const engine = await openEngine({ data: request.data, mode: 'read', followEvery: 0 });
  const view = await engine.view();
  const { nodeCounts, edgeCounts } = await view.summary();
  const opened = memory().resident;
  const questions = await drawQuestions(request, view, request.calls);
  const { peer, built, exported, close } = await READY[request.peer](request, questions);
  const resident = memory().resident;
  const before = load();
  const asked = await askAbout(peer, view, questions, request.patience);
  const result = {
    estate: { nodes: sum(nodeCounts), edges: sum(edgeCounts) },
    ...(built !== undefined && { built }),
    memory: { started, opened, built: resident },
    load: { before, after: load() },
    questions: asked,
    ...(exported && { exported }),
  };
  await close?.();
  view.release();
  await engine.close();
  return result;
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

async function askAbout(peer: Peer, view: GraphView, questions: Questions<CheckQuestion>, patience: number) {
  const asked = [];
  for (const kind of peer.asks) {
    console.error(`${peer.name}: ${kind} …`);
    asked.push(await askBeside(kind, peer, { view, questions, patience }));
  }
  return asked;
}

type MakeReady = (request: PeerRequest, questions: Questions<CheckQuestion>) => Promise<Ready>;

const READY: Readonly<Record<PeerName, MakeReady>> = {
  cypher: async ({ neo4j }) => {
    const driver = driverTo(neo4j!);
    const peer = cypherPeer(driver, neo4j!.database);
    return { peer, close: () => peer.close().then(() => driver.close()) };
  },
  graphology: async (options) => {
    const estate = await estateAtInstant(options);
    const { seconds, result } = await timeOnce(async () => new TraversalAccess(accessGraphs(estate)));
    return { peer: graphologyPeer(result), built: rounded(seconds) };
  },
  openfga: async ({ openfga, ...options }, { warm, timed }) => {
    const estate = await estateAtInstant(options);
    const access = new TraversalAccess(accessGraphs(estate));
    const resolve = (context: string, action: string): Iterable<string> => access.ofContext(context, action).keys();
    const actions = [...warm, ...timed].map(({ action }) => action);
    const exported = openFgaExport(estate, actions, resolve);
    const { url, metricsUrl } = openfga!;
    const client = new OpenFgaClient(url);
    console.error(`OpenFGA: ${exported.tuples.length} tuples …`);
    const { seconds } = await timeOnce(() => client.load(exported.model, exported.tuples));
    const peer = openFgaPeer({ client, exported, disabled: estate.disabled, metricsUrl });
    return { peer, built: rounded(seconds), exported: exported.told };
  },
};

async function estateAtInstant({ users, seed }: EstateOptions) {
  const { generateEstate } = await productEngine();
  return liveEstate(generateEstate({ users, seed }), AT);
}

const rounded = (seconds: number): number => Number(seconds.toPrecision(3));
