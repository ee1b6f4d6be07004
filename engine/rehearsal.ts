/**
 * A copy of a graph to try loads on: what they would change and who would gain or lose access by it is found by the same means
 * as between two versions that were applied, and nothing of it reaches the store.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine, EngineOptions } from './api.ts';
import { openEngine } from './engine.ts';
import { type Change, EDGE_ENDS, GrantlensError, mayJoin, NODE_KINDS, type NodeKind } from './model/index.ts';
import { openStore } from './open-store.ts';
import type { StoreReader } from './store/port.ts';

export interface Rehearsal {
  /** The copy, open for writing. Its newest version is the present graph. */
  readonly engine: Engine;
  /** Whether there is nothing in the store: every load is a first one. */
  readonly isEmpty: boolean;
  /** The version of the store that was copied; 0 where there is no store. */
  readonly version: number;
  /** Removes the copy. */
  close(): Promise<void>;
}

/**
 * Copies the newest version of a store into a folder for temporary files, by reading it only: whoever writes there goes on
 * meanwhile. A store that does not exist is an empty one. Takes time and disk in proportion to the graph.
 *
 * @throws GrantlensError what opening a store throws; the reason of the signal
 */
export async function openRehearsal(options: EngineOptions, signal?: AbortSignal): Promise<Rehearsal> {
  const folder = await mkdtemp(join(tmpdir(), 'grantlens-rehearsal-'));
  let engine: Engine | undefined;
  const close = async (): Promise<void> => {
    await engine?.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    engine = await openEngine({ ...options, data: folder, mode: 'write', execution: 'snapshot' });
    const version = await copyInto(engine, options, signal);
    return { engine, version, isEmpty: engine.version === 0, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @returns the version that was copied */
async function copyInto(engine: Engine, options: EngineOptions, signal: AbortSignal | undefined): Promise<number> {
  const store = await openStore({ ...options, mode: 'read' }).catch((error: unknown) => {
    if (error instanceof GrantlensError && error.code === 'STORE_NOT_FOUND') return undefined;
    throw error;
  });
  if (store === undefined) return 0;
  try {
    const reader = await store.read();
    try {
      if (reader.version > 0) await copy(reader, engine, signal);
      return reader.version;
    } finally {
      await reader.close();
    }
  } finally {
    await store.close();
  }
}

/** The source of nodes that stand, for a moment, where an edge without effect has no end. No text of a user is this one. */
const STAND_IN = `stand-in ${randomUUID()}`;

/**
 * Edges without effect are put with ends of the right kind first, which then make way for what is there: batches are refused
 * whose edges have no ends. Two edges may want two kinds of one end, so it may take several rounds.
 */
async function copy(reader: StoreReader, engine: Engine, signal: AbortSignal | undefined): Promise<void> {
  const waiting = new Set<string>();
  await reader.scanEdges(
    () => {},
    (id) => void waiting.add(id),
  );
  const put = (complete: readonly string[], changes: AsyncIterable<Change>) =>
    engine.apply({ id: randomUUID(), source: STAND_IN, complete, changes });
  for (const left = new Set(waiting); left.size > 0; ) {
    const before = left.size;
    await put([STAND_IN], withStandIns(reader, left, await standInKinds(reader, left)));
    // Each round places the first edge at least; one that joins what cannot be joined is in no store.
    if (left.size === before) break;
  }
  await put([STAND_IN], recordsOf(reader, waiting, signal));
}

/** For each end of the edges that are left, the kinds that suit them; those of an edge that is at odds with one before are passed over. */
async function standInKinds(
  reader: StoreReader,
  left: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly NodeKind[]>> {
  const kinds = new Map<string, readonly NodeKind[]>();
  for await (const { id, kind, from, to } of reader.edgeRecords()) {
    if (!left.has(id)) continue;
    const suiting = (end: string, allowed: readonly NodeKind[]) =>
      (kinds.get(end) ?? NODE_KINDS).filter((one) => allowed.includes(one));
    const starts = suiting(from, EDGE_ENDS[kind].from);
    const ends = suiting(to, EDGE_ENDS[kind].to);
    const both = from === to ? starts.filter((one) => ends.includes(one)) : undefined;
    if (starts.length === 0 || ends.length === 0 || both?.length === 0) continue;
    kinds.set(from, both ?? starts);
    kinds.set(to, both ?? ends);
  }
  return kinds;
}

/** Puts stand-ins, and the edges that they suit, which are then no longer left. */
async function* withStandIns(
  reader: StoreReader,
  left: Set<string>,
  kinds: ReadonlyMap<string, readonly NodeKind[]>,
): AsyncGenerator<Change> {
  for (const [id, [kind]] of kinds)
    yield { op: 'PUT_NODE', node: { kind: kind!, id, source: STAND_IN, attributes: {} } };
  for await (const edge of reader.edgeRecords()) {
    if (!left.has(edge.id)) continue;
    const [from, to] = [kinds.get(edge.from)?.[0], kinds.get(edge.to)?.[0]];
    if (from === undefined || to === undefined || !mayJoin(edge.kind, from, to)) continue;
    left.delete(edge.id);
    yield { op: 'PUT_EDGE', edge };
  }
}

async function* recordsOf(
  reader: StoreReader,
  waiting: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Change> {
  for await (const node of reader.nodeRecords()) {
    signal?.throwIfAborted();
    yield { op: 'PUT_NODE', node };
  }
  for await (const edge of reader.edgeRecords()) {
    signal?.throwIfAborted();
    if (!waiting.has(edge.id)) yield { op: 'PUT_EDGE', edge };
  }
  for await (const use of reader.useRecords()) yield { op: 'PUT_USE', use };
}
