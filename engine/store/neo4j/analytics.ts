/**
 * Analyses by the Graph Data Science plugin of the database: a projection into its memory, a stream of results, the drop. Every
 * transaction only reads.
 */
import { randomUUID } from 'node:crypto';
import {
  DROP_PROJECTION,
  FIND_GDS,
  GDS_VERSION,
  PROJECT_DIRECTED,
  PROJECT_UNDIRECTED,
  READ_VERSION,
  STREAM_BETWEENNESS,
  STREAM_LEIDEN,
  STREAM_LOUVAIN,
  STREAM_PAGE_RANK,
  type Statement,
} from '../../../cypher/index.ts';
import { GrantlensError } from '../../model/index.ts';
import type { StoreAnalysis, StoreAnalytics } from '../port.ts';
import { integer, type Neo4jDoor, type Parameters } from './door.ts';

/** Instants beyond these are as good as these, and no more than the server's calendar holds. */
const FIRST_INSTANT = Date.UTC(-9_999, 0);
const LAST_INSTANT = Date.UTC(9_999, 0);

export function gdsAnalytics(door: Neo4jDoor): StoreAnalytics {
  return { name: () => nameOf(door), run: (...args) => run(door, ...args) };
}

async function nameOf(door: Neo4jDoor): Promise<string | undefined> {
  return door.read(async (tx) => {
    if ((await tx.all(FIND_GDS)).length === 0) return undefined;
    const [[version] = []] = await tx.all(GDS_VERSION);
    return `Graph Data Science ${version}`;
  });
}

const run = async (
  door: Neo4jDoor,
  analysis: StoreAnalysis,
  visit: (id: string, value: number) => void,
  { signal, most }: { readonly signal: AbortSignal; readonly most?: number },
): Promise<void> => {
  signal.throwIfAborted();
  // A name of its own: others may analyse the same database at the same time.
  const graph = `grantlens-${randomUUID()}`;
  try {
    // Waited for in any case: what is still being projected cannot be dropped yet.
    await project(door, graph, analysis, most);
    signal.throwIfAborted();
    await unlessAborted(signal, stream(door, graph, analysis, visit, signal));
  } finally {
    await drop(door, graph);
  }
};

async function project(door: Neo4jDoor, graph: string, analysis: StoreAnalysis, most?: number): Promise<void> {
  const { version, kinds, method } = analysis;
  const statement = method === 'LOUVAIN' || method === 'LEIDEN' ? PROJECT_UNDIRECTED : PROJECT_DIRECTED;
  const at = integer(Math.round(Math.min(LAST_INSTANT, Math.max(FIRST_INSTANT, analysis.at))));
  const parameters = { graph, version: integer(version), at, kinds };
  const sizes = await door.read(async (tx) => {
    // The transaction may be run again, and a projection is no part of it.
    await tx.all(DROP_PROJECTION, { graph });
    return (await tx.all(statement, parameters))[0];
  });
  const [nodes, edges] = (sizes ?? [0, 0]) as [number, number];
  if (nodes * edges > (most ?? Number.POSITIVE_INFINITY)) {
    const facts = { nodes, edges, most };
    throw new GrantlensError('LIMIT_EXCEEDED', `The graph has ${nodes} nodes and ${edges} edges.`, facts);
  }
  await refuseNewer(door, version);
}

/** What a newer version removed is gone from the projection: it is of the version only while that is the newest. */
async function refuseNewer(door: Neo4jDoor, version: number): Promise<void> {
  const [[newest] = []] = await door.read((tx) => tx.all(READ_VERSION));
  if (newest === version) return;
  const facts = { version, newest };
  throw new GrantlensError(
    'VERSION_NOT_FOUND',
    `The database is at version ${newest}, no longer at ${version}.`,
    facts,
  );
}

async function stream(
  door: Neo4jDoor,
  graph: string,
  analysis: StoreAnalysis,
  visit: (id: string, value: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const [statement, parameters] = streamOf(analysis);
  await door.read((tx) =>
    tx.each(statement, { graph, ...parameters }, ([id, value]) => {
      signal.throwIfAborted();
      visit(id as string, value as number);
    }),
  );
}

function streamOf({ method, damping, tolerance, resolution, seed }: StoreAnalysis): readonly [Statement, Parameters] {
  switch (method) {
    case 'PAGERANK':
      return [STREAM_PAGE_RANK, { damping, tolerance }];
    case 'BETWEENNESS':
      return [STREAM_BETWEENNESS, {}];
    case 'LOUVAIN':
      return [STREAM_LOUVAIN, {}];
    case 'LEIDEN':
      return [STREAM_LEIDEN, { resolution, seed: integer(seed) }];
  }
}

async function drop(door: Neo4jDoor, graph: string): Promise<void> {
  await door.read((tx) => tx.all(DROP_PROJECTION, { graph }));
}

/** The work goes on to its end on the server; nobody waits for it. */
function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
