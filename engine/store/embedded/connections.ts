/** The files of a store, and how connections to its database are opened and checked. */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { GrantlensError } from '../../model/index.ts';
import { Batches } from './batches.ts';
import { type Head, HeadFile, readHead } from './head-file.ts';
import { SealedTable } from './sealed-table.ts';
import { corrupt, Database } from './sqlite.ts';
import { createTables, FORMAT, hasTables, readState, type State } from './state.ts';
import { WriterLock } from './writer-lock.ts';

export interface Files {
  readonly folder: string;
  readonly database: string;
  /** SQLite's write-ahead log. */
  readonly log: string;
  readonly head: string;
  readonly lock: string;
  readonly pid: string;
}

export const filesOf = (folder: string): Files => ({
  folder,
  database: join(folder, 'graph.db'),
  log: join(folder, 'graph.db-wal'),
  head: join(folder, 'HEAD'),
  lock: join(folder, 'writer.lock'),
  pid: join(folder, 'writer.pid'),
});

/** What only the writing process has. */
export interface Writing {
  readonly lock: WriterLock;
  readonly head: HeadFile;
  readonly state: State;
}

/** Bytes of a database page. A blob of rows takes two. */
const DATABASE_PAGE = 8_192;
/** Milliseconds to wait for a lock that another connection holds for a moment. */
const BUSY_TIMEOUT = 5_000;
/** Kibibytes of the database that the writer keeps in memory. */
const WRITER_CACHE = 65_536;

/** Runs something in a transaction of its own. */
export function within<T>(database: Database, work: () => T): T {
  database.exec('BEGIN');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.rollBack();
    throw error;
  }
}

/** A connection that sees one version from its first read on: it is within a transaction until it is closed. */
export function connect(files: Files): Database {
  const database = new Database(files.database, true);
  try {
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}; PRAGMA cell_size_check = ON; BEGIN`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Takes the writing place and opens the database, making its tables where the folder is new. */
export function openToWrite(
  files: Files,
  purpose?: string,
): { readonly database: Database; readonly writing: Writing } {
  const lock = WriterLock.take(files.lock, files.pid, purpose);
  let database: Database | undefined;
  try {
    database = new Database(files.database, false);
    const before = readHead(files.head);
    prepare(database, before, files);
    const state = readState(database);
    checkHead(database, state, before);
    const head = HeadFile.open(files.head);
    head.write(state);
    if (before === undefined) syncFolder(files.folder);
    return { database, writing: { lock, head, state } };
  } catch (error) {
    database?.close();
    lock.free();
    throw error;
  }
}

function prepare(database: Database, head: Head | undefined, files: Files): void {
  database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}`);
  const isNew = checkFormat(database, head) === 'new';
  if (isNew) database.exec(`PRAGMA page_size = ${DATABASE_PAGE}`);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0');
  database.exec(`PRAGMA cache_size = -${WRITER_CACHE}; PRAGMA cell_size_check = ON`);
  if (!isNew) return;
  within(database, () => {
    createTables(database);
    database.exec(`PRAGMA user_version = ${FORMAT}`);
  });
  syncFolder(files.folder);
}

export function openToRead(files: Files): Database {
  const database = new Database(files.database, true);
  try {
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}; PRAGMA cell_size_check = ON`);
    const before = readHead(files.head);
    if (checkFormat(database, before) === 'new') {
      throw new GrantlensError('STORE_NOT_FOUND', `There is no store in ${files.folder}.`, { folder: files.folder });
    }
    within(database, () => checkHeads(database, before, files));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Tells a database without tables, which only a first opening that was cut short leaves, from one in our format. */
function checkFormat(database: Database, head: Head | undefined): 'new' | 'known' {
  const format = database.get('PRAGMA user_version')?.['user_version'];
  if (typeof format === 'number' && format > FORMAT) {
    throw new GrantlensError('STORE_NEWER_FORMAT', `The store has format ${format}; this program knows ${FORMAT}.`, {
      format,
    });
  }
  if (!hasTables(database)) {
    if (head !== undefined) throw corrupt('its tables are missing');
    return 'new';
  }
  if (format !== FORMAT) throw corrupt(`its format is told as ${String(format)}`);
  return 'known';
}

/** For a reader, beside a process that may be writing: HEAD is looked at before and after the state. */
function checkHeads(database: Database, before: Head | undefined, files: Files): void {
  const state = readState(database);
  if (before !== undefined && before.sequence > state.sequence) throw lostCommits(before, state);
  const after = readHead(files.head);
  if (after === undefined || after.sequence <= state.sequence) checkHead(database, state, after);
}

/** The database must hold what HEAD says was acknowledged, and at most one commit more: the one that a crash cut off from HEAD. */
function checkHead(database: Database, state: State, head: Head | undefined): void {
  if (head === undefined) {
    if (state.sequence > 1) throw corrupt('its HEAD file is missing');
    return;
  }
  if (state.sequence < head.sequence) throw lostCommits(head, state);
  if (state.sequence > head.sequence + 1) throw corrupt('its HEAD file is older than its database');
  const chain = head.version === state.version ? state.chain : chainAt(database, state, head.version);
  if (chain !== head.chain) throw corrupt('its HEAD file and its database tell of different batches');
}

function chainAt(database: Database, state: State, version: number): string {
  if (version === 0) return '0'.repeat(64);
  const table = (name: 'batches' | 'removals') => new SealedTable(database, name, state.tables[name]);
  return new Batches(table('batches'), table('removals')).record(version).chain;
}

function lostCommits(head: Head, state: State) {
  return corrupt(
    `it was acknowledged up to version ${head.version} (commit ${head.sequence}) and holds version ${state.version} (commit ${state.sequence})`,
  );
}

/** Makes the names of new files durable, where the system has a way to. */
function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, 'r');
    fsyncSync(descriptor);
    closeSync(descriptor);
  } catch {
    // Windows opens no folders, and needs no such call
  }
}
