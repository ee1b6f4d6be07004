/**
 * SQLite, whichever is at hand: the one built into Node where the runtime has it ready (22.14 and later), else
 * `@photostructure/sqlite`, which has the same interface. What the driver throws is turned into errors of this product
 * here, so that none gets further.
 */
import { createRequire } from 'node:module';
import { GrantlensError } from '../../model/index.ts';

export type SqlValue = number | string | Uint8Array | null;
export type SqlRow = Readonly<Record<string, unknown>>;

export interface Statement {
  run(...values: SqlValue[]): void;
  get(...values: SqlValue[]): SqlRow | undefined;
  iterate(...values: SqlValue[]): IterableIterator<SqlRow>;
}

export interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

interface Driver {
  readonly DatabaseSync: new (path: string, options: { readOnly: boolean }) => DriverDatabase;
}
interface DriverDatabase {
  exec(sql: string): void;
  prepare(sql: string): DriverStatement;
  close(): void;
}
interface DriverStatement {
  run(...values: SqlValue[]): unknown;
  get(...values: SqlValue[]): unknown;
  iterate(...values: SqlValue[]): Iterator<unknown>;
}

const driver: Driver = builtIn() ?? (createRequire(import.meta.url)('@photostructure/sqlite') as Driver);

function builtIn(): Driver | undefined {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 14)) return undefined;
  return withoutWarning(() => process.getBuiltinModule('node:sqlite') as Driver | undefined);
}

/** Node 22 says on stderr that its SQLite is new; our users cannot do anything about that. */
function withoutWarning<T>(load: () => T): T {
  const emitWarning = process.emitWarning;
  process.emitWarning = () => {};
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** Opens a database file; creates it unless `readOnly`. */
export function openDatabase(path: string, readOnly: boolean): Database {
  const database = guarded(() => new driver.DatabaseSync(path, { readOnly }));
  return {
    exec: (sql) => guarded(() => database.exec(sql)),
    prepare: (sql) => guardedStatement(guarded(() => database.prepare(sql))),
    close: () => guarded(() => database.close()),
  };
}

function guardedStatement(statement: DriverStatement): Statement {
  return {
    run: (...values) => void guarded(() => statement.run(...values)),
    get: (...values) => guarded(() => statement.get(...values)) as SqlRow | undefined,
    iterate: (...values) => guardedRows(guarded(() => statement.iterate(...values))),
  };
}

function* guardedRows(rows: Iterator<unknown>): IterableIterator<SqlRow> {
  try {
    for (;;) {
      const { done, value } = guarded(() => rows.next());
      if (done === true) return;
      yield value as SqlRow;
    }
  } finally {
    rows.return?.();
  }
}

function guarded<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw asGrantlensError(error);
  }
}

const SQLITE_ERROR = 1;
const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;
const SQLITE_IOERR_SHORT_READ = 522;

/** What is wrong, in the words of this product. An SQL error is damage too: the statements are fixed and fit the tables. */
function asGrantlensError(error: unknown): GrantlensError {
  if (error instanceof GrantlensError) return error;
  const { errcode, message } = error as { readonly errcode?: unknown; readonly message?: unknown };
  const code = typeof errcode === 'number' ? errcode : undefined;
  const primary = code === undefined ? undefined : code & 0xff;
  if (primary === SQLITE_BUSY) return new GrantlensError('STORE_LOCKED', 'The store is in use.', {}, error);
  const damaged =
    error instanceof RangeError ||
    primary === SQLITE_ERROR ||
    primary === SQLITE_CORRUPT ||
    primary === SQLITE_NOTADB ||
    code === SQLITE_IOERR_SHORT_READ;
  if (damaged) return corrupt(`the database cannot be read (${String(message)})`, error);
  return new GrantlensError('STORE_FAILED', `The store failed: ${String(message)}.`, { sqlite: code }, error);
}

/** The error of a store whose bytes are not what was written. */
export function corrupt(what: string, cause?: unknown): GrantlensError {
  return new GrantlensError('STORE_CORRUPT', `The store is damaged: ${what}.`, {}, cause);
}
