import { existsSync, mkdirSync, statSync } from 'node:fs';
import { type AppliedBatch, type ChangeBatch, GrantlensError, type JsonValue } from '../../model/index.ts';
import type { ApplyOptions, DocumentStore, GraphStore, JournalBatch, StoreReader } from '../port.ts';
import { checkShare, tooMuchWithdrawn } from '../withdrawal.ts';
import { applyBatch } from './apply.ts';
import { dropBefore } from './compact.ts';
import { connect, type Files, filesOf, openToRead, openToWrite, type Writing, within } from './connections.ts';
import { Documents } from './documents.ts';
import { fileCall } from './head-file.ts';
import { journal } from './journal.ts';
import { EmbeddedReader } from './reader.ts';
import { SnapshotView } from './snapshot-view.ts';
import { corrupt, type Database } from './sqlite.ts';
import { readState, type State, writeState } from './state.ts';
import { verifyStore } from './verify.ts';
import { WriteTransaction } from './write-transaction.ts';

export interface EmbeddedStoreOptions {
  readonly folder: string;
  /** `write` takes the folder's one writing place. */
  readonly mode: 'read' | 'write';
  /** Sources whose word counts first where several tell of one node; the others follow by name. */
  readonly precedence?: readonly string[];
  /** In mode `write`: whether to make a store where there is none; default true. */
  readonly create?: boolean;
  /** In mode `write`: what this process does, told to others that would write. */
  readonly purpose?: string;
}

/** The log is taken into the database when it has grown to this. */
const CHECKPOINT_BYTES = 16 * 2 ** 20;

/**
 * Opens the store in a folder.
 *
 * @throws GrantlensError STORE_NOT_FOUND, STORE_LOCKED, STORE_NEWER_FORMAT, STORE_CORRUPT, STORE_FAILED
 */
export async function openEmbeddedStore(options: EmbeddedStoreOptions): Promise<GraphStore> {
  const { folder, mode, precedence = [], create = true, purpose } = options;
  const files = filesOf(folder);
  if (!existsSync(files.database)) {
    if (existsSync(files.head)) throw corrupt('its database is missing');
    if (mode === 'read' || !create)
      throw new GrantlensError('STORE_NOT_FOUND', `There is no store in ${folder}.`, { folder });
    fileCall(() => mkdirSync(folder, { recursive: true }));
  }
  if (mode === 'read') return new EmbeddedStore(files, precedence, openToRead(files), undefined);
  const { database, writing } = openToWrite(files, purpose);
  return new EmbeddedStore(files, precedence, database, writing);
}

class EmbeddedStore implements GraphStore {
  readonly documents: DocumentStore;
  readonly derivedFolder: string;
  readonly #files: Files;
  readonly #precedence: readonly string[];
  readonly #database: Database;
  readonly #writing: Writing | undefined;
  #state: State | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #open = true;
  /** Set when it is not known any more whether a commit took place: nothing may be written until the store is opened anew. */
  #failed: unknown;

  constructor(files: Files, precedence: readonly string[], database: Database, writing: Writing | undefined) {
    this.#files = files;
    this.derivedFolder = files.folder;
    this.#precedence = precedence;
    this.#database = database;
    this.#writing = writing;
    this.#state = writing?.state;
    this.documents = {
      get: (name) => this.#read((database, state) => new Documents(database, state).get(name)),
      list: (prefix) => this.#read((database, state) => new Documents(database, state).list(prefix)),
      put: (name, value, revision) => this.#putDocument(name, value, revision),
      delete: (name, revision) => this.#deleteDocument(name, revision),
    };
  }

  async version(): Promise<number> {
    this.#checkOpen();
    return (this.#state ?? readState(this.#database)).version;
  }

  apply(
    batch: ChangeBatch,
    { dryRun = false, maxWithdrawn = 1, tellTooMuch = dryRun }: ApplyOptions = {},
  ): Promise<AppliedBatch> {
    return this.#write(async (database, state) => {
      if (batch.id === '') throw new GrantlensError('ARGUMENT_INVALID', 'A batch needs an id.');
      checkShare(maxWithdrawn);
      const { tooMuch, ...outcome } = await applyBatch(new WriteTransaction(database, state), batch, maxWithdrawn);
      if (tooMuch.length > 0 && !tellTooMuch) throw tooMuchWithdrawn(tooMuch, maxWithdrawn);
      const applied = tooMuch.length === 0 ? outcome.applied : { ...outcome.applied, tooMuch };
      if (dryRun) return { state: undefined, result: { ...applied, version: state.version } };
      return { state: outcome.state, result: applied };
    });
  }

  async read(version?: number): Promise<StoreReader> {
    this.#checkOpen();
    const database = connect(this.#files);
    try {
      return new EmbeddedReader(database, this.#precedence, version);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  async *batches(after: number): AsyncGenerator<JournalBatch> {
    this.#checkOpen();
    const database = connect(this.#files);
    try {
      if (after > readState(database).version) return;
      yield* journal(new SnapshotView(database, after));
    } finally {
      database.close();
    }
  }

  async compact(options: { readonly keepVersions?: number } = {}): Promise<void> {
    const { keepVersions = 1 } = options;
    if (!Number.isInteger(keepVersions) || keepVersions < 1) {
      throw new GrantlensError('ARGUMENT_INVALID', 'At least one version must be kept.', { keepVersions });
    }
    await this.#write(async (database, state) => {
      const floor = state.version - keepVersions + 1;
      return { state: floor > state.floor ? dropBefore(database, floor) : undefined, result: undefined };
    });
    await this.#exclusively(async () => {
      this.#database.exec('VACUUM');
      this.#checkpoint();
    });
  }

  async verify(): Promise<void> {
    this.#checkOpen();
    const database = connect(this.#files);
    try {
      await verifyStore(database);
    } finally {
      database.close();
    }
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#queue;
    if (this.#writing !== undefined && this.#failed === undefined) this.#checkpoint();
    this.#database.close();
    this.#writing?.head.close();
    this.#writing?.lock.free();
  }

  async #putDocument(name: string, value: JsonValue, revision: number): Promise<number> {
    return this.#write(async (database, state) => {
      const { state: next, revision: given } = new Documents(database, state).put(name, value, revision);
      return { state: next, result: given };
    });
  }

  async #deleteDocument(name: string, revision: number): Promise<void> {
    return this.#write(async (database, state) => {
      return { state: new Documents(database, state).delete(name, revision), result: undefined };
    });
  }

  /** Reads of the newest commit that take no time: on the writer's own connection, else in a transaction. */
  async #read<T>(read: (database: Database, state: State) => T): Promise<T> {
    this.#checkOpen();
    if (this.#state !== undefined) return read(this.#database, this.#state);
    return within(this.#database, () => read(this.#database, readState(this.#database)));
  }

  /**
   * Runs one write after another, each in a transaction of its own. What it returns as state is committed and told to
   * HEAD; without one, nothing is written.
   */
  async #write<T>(work: (database: Database, state: State) => Promise<Written<T>>): Promise<T> {
    return this.#exclusively(async (writing) => {
      this.#database.exec('BEGIN IMMEDIATE');
      let written: Written<T>;
      try {
        written = await work(this.#database, this.#state!);
        if (written.state !== undefined) writeState(this.#database, written.state);
      } catch (error) {
        this.#database.rollBack();
        throw error;
      }
      if (written.state === undefined) this.#database.rollBack();
      else this.#commit(writing, written.state);
      return written.result;
    });
  }

  #commit(writing: Writing, state: State): void {
    try {
      this.#database.exec('COMMIT');
      writing.head.write(state);
      this.#state = state;
    } catch (error) {
      this.#failed = error;
      throw error;
    }
    if (this.#logBytes() > CHECKPOINT_BYTES) void this.#exclusively(async () => this.#checkpoint()).catch(() => {});
  }

  #logBytes(): number {
    return statSync(this.#files.log, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Takes the log into the database as far as readers let it. */
  #checkpoint(): void {
    this.#database.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout = 5000');
  }

  async #exclusively<T>(work: (writing: Writing) => Promise<T>): Promise<T> {
    this.#checkOpen();
    const writing = this.#writing;
    if (writing === undefined) throw new GrantlensError('STORE_READ_ONLY', 'The store was opened for reading.');
    const turn = this.#queue.then(async () => {
      if (this.#failed !== undefined) {
        throw new GrantlensError(
          'STORE_FAILED',
          'An earlier write failed midway. Open the store again.',
          {},
          this.#failed,
        );
      }
      return work(writing);
    });
    this.#queue = turn.catch(() => {});
    return turn;
  }

  #checkOpen(): void {
    if (!this.#open) throw new GrantlensError('CLOSED', 'The store has been closed.');
  }
}

interface Written<T> {
  readonly state: State | undefined;
  readonly result: T;
}
