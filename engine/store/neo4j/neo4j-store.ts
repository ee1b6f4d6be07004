import { hostname } from 'node:os';
import { READ_VERSION } from '../../../cypher/index.ts';
import { type AppliedBatch, type ChangeBatch, GrantlensError } from '../../model/index.ts';
import type {
  ApplyOptions,
  DocumentStore,
  GraphStore,
  HoldOptions,
  JournalBatch,
  SourceHold,
  StoreAnalytics,
  StoreReader,
} from '../port.ts';
import { checkShare } from '../withdrawal.ts';
import { gdsAnalytics } from './analytics.ts';
import { applyBatch } from './apply.ts';
import { compact } from './compact.ts';
import type { Neo4jConnection } from './connection.ts';
import { Neo4jDocuments } from './documents.ts';
import { type DoorOptions, Neo4jDoor } from './door.ts';
import { prepareGround } from './ground.ts';
import { headless } from './head-lock.ts';
import { journalBatches } from './journal-batches.ts';
import { OpenReaders } from './open-readers.ts';
import { mergeAnew } from './precedence.ts';
import { openReader } from './reader.ts';
import { SourceHolds } from './source-holds.ts';
import { verifyStore } from './verify.ts';
import { DEFAULT_SETTINGS, type WriteSettings, type Writing } from './write-settings.ts';

export interface Neo4jStoreOptions extends Partial<WriteSettings>, DoorOptions {
  readonly connection: Neo4jConnection;
  readonly mode: 'read' | 'write';
  /**
   * Sources whose word counts first where several tell of one node; the others follow by name. A writer that names another
   * order than that of before merges the nodes anew; without one, the order stays as it is.
   */
  readonly precedence?: readonly string[];
}

/**
 * Opens the graph in a Neo4j database. A writer makes constraints, indexes and what else is missing; any number of
 * writers may be open, and their batches are applied one after another.
 *
 * @throws GrantlensError STORE_UNREACHABLE, STORE_AUTH_FAILED, STORE_DATABASE_NOT_FOUND, STORE_READ_ONLY,
 *   STORE_VERSION_UNSUPPORTED, STORE_NEWER_FORMAT, STORE_FOREIGN, STORE_NOT_FOUND (reading where nothing was ever written)
 */
export async function openNeo4jStore(options: Neo4jStoreOptions): Promise<GraphStore> {
  const { connection, mode, precedence, retryFor, silence, ...chosen } = options;
  const door = new Neo4jDoor(connection, {
    ...(retryFor !== undefined && { retryFor }),
    ...(silence !== undefined && { silence }),
  });
  try {
    const ground = await prepareGround(door, mode, precedence);
    const settings = { ...DEFAULT_SETTINGS, ...chosen };
    const writer = `${hostname()}, process ${process.pid}`;
    const writing = { door, settings, writer, precedence: precedence ?? ground.precedence };
    if (mode === 'write') await mergeAnew(writing, ground.precedence);
    return new Neo4jStore(writing, mode);
  } catch (error) {
    await door.close();
    throw error;
  }
}

class Neo4jStore implements GraphStore {
  readonly documents: DocumentStore;
  readonly analytics: StoreAnalytics;
  readonly #writing: Writing;
  readonly #mode: 'read' | 'write';
  readonly #holds: SourceHolds;
  readonly #openReaders = new OpenReaders();
  #queue: Promise<unknown> = Promise.resolve();
  #open = true;

  constructor(writing: Writing, mode: 'read' | 'write') {
    this.#writing = writing;
    this.#mode = mode;
    this.#holds = new SourceHolds(writing);
    this.analytics = gdsAnalytics(writing.door);
    this.documents = new Neo4jDocuments(writing.door, () => this.#checkWriter(), writing.settings.patience);
  }

  async version(): Promise<number> {
    const [head] = await this.#writing.door.read((tx) => tx.all(READ_VERSION));
    if (head === undefined) throw headless();
    return head[0] as number;
  }

  async apply(
    batch: ChangeBatch,
    { dryRun = false, maxWithdrawn = 1, tellTooMuch = dryRun }: ApplyOptions = {},
  ): Promise<AppliedBatch> {
    return this.#exclusively(async () => {
      if (batch.id === '') throw new GrantlensError('ARGUMENT_INVALID', 'A batch needs an id.');
      checkShare(maxWithdrawn);
      return applyBatch(this.#writing, batch, { dryRun, maxWithdrawn, tellTooMuch }, this.#holds);
    });
  }

  async hold(source: string, options?: HoldOptions): Promise<SourceHold> {
    this.#checkWriter();
    return this.#holds.take(source, options);
  }

  async read(version?: number): Promise<StoreReader> {
    this.#checkOpen();
    return openReader(this.#writing.door, {
      openReaders: this.#openReaders,
      ...(version === undefined ? {} : { version }),
    });
  }

  async *batches(after: number): AsyncGenerator<JournalBatch> {
    this.#checkOpen();
    yield* journalBatches(this.#writing.door, after);
  }

  async compact({ keepVersions = 1 }: { readonly keepVersions?: number } = {}): Promise<void> {
    await this.#exclusively(() => compact(this.#writing, keepVersions, this.#openReaders));
  }

  async verify(): Promise<void> {
    this.#checkOpen();
    await verifyStore(this.#writing.door);
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#queue;
    await this.#holds.close();
    await this.#writing.door.close();
  }

  /** One after another within this handle; others are kept out by the head of the graph. */
  async #exclusively<T>(work: () => Promise<T>): Promise<T> {
    this.#checkWriter();
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => {});
    return turn;
  }

  #checkWriter(): void {
    this.#checkOpen();
    if (this.#mode === 'read') throw new GrantlensError('STORE_READ_ONLY', 'The store was opened for reading.');
  }

  #checkOpen(): void {
    if (!this.#open) throw new GrantlensError('CLOSED', 'The store has been closed.');
  }
}
