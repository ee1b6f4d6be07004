import {
  type EdgeRecord,
  type Entity,
  GrantlensError,
  mergeVersions,
  type NodeRecord,
  type UseRecord,
} from '../../model/index.ts';
import type {
  DanglingVisitor,
  EdgeVisitor,
  GraphWalker,
  NodeVisitor,
  Refs,
  SourceStatus,
  StoreReader,
  TermsVisitor,
} from '../port.ts';
import type { Neo4jDoor } from './door.ts';
import { edgeById, edgesByRef, listDangling, refsOfEdges } from './edge-records.ts';
import { scanEdges, TermNumbers } from './edge-scan.ts';
import { checkKept, readHead } from './head.ts';
import { LaterBatches } from './later-batches.ts';
import { nodesByRef, refsOfNodes, scanNodes } from './node-scan.ts';
import type { OpenReaders } from './open-readers.ts';
import { danglingInOrder, edgeRecordsInOrder, nodeRecordsInOrder, useRecordsInOrder } from './record-order.ts';
import { RememberedRecords } from './remembered-records.ts';
import { sourcesOf } from './source-status.ts';
import { internalOf, refOf, type VersionRead } from './version-read.ts';
import { Neo4jWalker } from './walk.ts';

export interface ReaderOptions {
  /** Default: the newest. */
  readonly version?: number;
  /** Where the reader is told of while it is open, so that what it needs of the journal is left. */
  readonly openReaders?: OpenReaders;
}

/**
 * Opens a version of the graph for reading. Nothing is locked in the database: facts say since when and until when they
 * are there, and what later batches changed or removed is taken from the journal. Any version that the journal reaches is
 * read in this way.
 *
 * @throws GrantlensError VERSION_NOT_FOUND
 */
export async function openReader(door: Neo4jDoor, options: ReaderOptions = {}): Promise<Neo4jReader> {
  for (;;) {
    const head = await readHead(door);
    const version = options.version ?? head.version;
    checkKept(version, head);
    const leave = options.openReaders?.hold(version) ?? (() => {});
    const { oldest } = await readHead(door);
    if (oldest <= version) return new Neo4jReader(door, version, head.precedence, leave);
    // The journal was cut between the first look and the hold.
    leave();
  }
}

/** A version of the graph in Neo4j. */
export class Neo4jReader implements StoreReader {
  readonly version: number;
  readonly walker: GraphWalker = new Neo4jWalker(() => this.live);
  readonly #read: VersionRead;
  readonly #leave: () => void;
  readonly #entities: RememberedRecords<Entity>;
  readonly #edges: RememberedRecords<EdgeRecord>;
  #terms: Promise<TermNumbers> | undefined;
  #open = true;

  /** @param leave called once when the reader is closed */
  constructor(door: Neo4jDoor, version: number, precedence: readonly string[], leave: () => void) {
    this.version = version;
    this.#read = Object.freeze({ door, version, precedence, later: new LaterBatches(door, version) });
    this.#leave = leave;
    this.#entities = new RememberedRecords((internal) => inParts(internal, (part) => entitiesByRef(this.live, part)));
    this.#edges = new RememberedRecords((internal) => inParts(internal, (part) => edgesByRef(this.live, part)));
  }

  /** What other ways of reading the same version build upon. @throws GrantlensError CLOSED */
  get live(): VersionRead {
    this.#checkOpen();
    return this.#read;
  }

  #checkOpen(): void {
    if (!this.#open) throw new GrantlensError('CLOSED', 'The reader has been closed.');
  }

  async scanNodes(visit: NodeVisitor): Promise<void> {
    await scanNodes(this.live, visit);
  }

  async scanTerms(visit: TermsVisitor): Promise<void> {
    (await this.#termNumbers()).visit(visit);
  }

  async scanEdges(visit: EdgeVisitor, dangling?: DanglingVisitor): Promise<void> {
    await scanEdges(this.live, await this.#termNumbers(), visit);
    if (dangling === undefined) return;
    for (const [id, { from, to }] of await listDangling(this.live)) dangling(id, from, to);
  }

  #termNumbers(): Promise<TermNumbers> {
    const read = this.live;
    this.#terms ??= TermNumbers.of(read).catch((error: unknown) => {
      this.#terms = undefined;
      throw error;
    });
    return this.#terms;
  }

  async *nodeRecords(): AsyncGenerator<NodeRecord> {
    yield* nodeRecordsInOrder(this.live);
  }

  async *edgeRecords(): AsyncGenerator<EdgeRecord> {
    yield* edgeRecordsInOrder(this.live, await this.#termNumbers());
  }

  async *useRecords(): AsyncGenerator<UseRecord> {
    yield* useRecordsInOrder(this.live);
  }

  async entities(refs: readonly number[]): Promise<readonly (Entity | undefined)[]> {
    this.#checkOpen();
    return byRefs(refs, this.#entities);
  }

  async edges(refs: readonly number[]): Promise<readonly (EdgeRecord | undefined)[]> {
    this.#checkOpen();
    return byRefs(refs, this.#edges);
  }

  async refsOf(nodeIds: readonly string[], edgeIds: readonly string[]): Promise<Refs> {
    const read = this.live;
    const [nodes, edges] = await Promise.all([
      refsByIds(nodeIds, (ids) => refsOfNodes(read, ids)),
      refsByIds(edgeIds, (ids) => refsOfEdges(read, ids)),
    ]);
    return { nodes, edges };
  }

  async edgeById(id: string): Promise<EdgeRecord | undefined> {
    return edgeById(this.live, id);
  }

  async sources(): Promise<readonly SourceStatus[]> {
    return sourcesOf(this.live);
  }

  async danglingEdges(limit: number): Promise<{ readonly total: number; readonly edges: readonly EdgeRecord[] }> {
    const dangling = await listDangling(this.live);
    return { total: dangling.size, edges: await danglingInOrder(this.live, dangling, limit) };
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.#leave();
  }
}

/** Refs or ids asked for at a time. */
const ASKED_AT_ONCE = 5_000;

/** Looks refs up and gives what was found in the order asked. */
async function byRefs<T extends object>(
  refs: readonly number[],
  records: RememberedRecords<T>,
): Promise<readonly (T | undefined)[]> {
  const internal = refs.map(internalOf);
  const found = await records.get(internal.filter((each) => each !== undefined));
  return internal.map((each) => (each === undefined ? undefined : found.get(each)));
}

/** Nodes as shown, by Neo4j's ids. */
async function entitiesByRef(read: VersionRead, internal: readonly number[]): Promise<ReadonlyMap<number, Entity>> {
  const nodes = await nodesByRef(read, internal);
  return new Map([...nodes].map(([ref, versions]) => [ref, mergeVersions(versions, read.precedence)]));
}

/** Looks ids up, each once, and gives the refs that were found in the order asked. */
async function refsByIds(
  ids: readonly string[],
  find: (ids: readonly string[]) => Promise<ReadonlyMap<string, number>>,
): Promise<readonly (number | undefined)[]> {
  const found = await inParts(ids, find);
  return ids.map((id) => {
    const internal = found.get(id);
    return internal === undefined ? undefined : refOf(internal);
  });
}

async function inParts<K, T>(
  asked: readonly K[],
  find: (keys: readonly K[]) => Promise<ReadonlyMap<K, T>>,
): Promise<ReadonlyMap<K, T>> {
  const keys = [...new Set(asked)];
  const found = new Map<K, T>();
  for (let i = 0; i < keys.length; i += ASKED_AT_ONCE)
    for (const [key, item] of await find(keys.slice(i, i + ASKED_AT_ONCE))) found.set(key, item);
  return found;
}
