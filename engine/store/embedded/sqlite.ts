/**
 * SQLite, whichever is at hand: the one built into Node where the runtime has it ready (22.14 and later), else
 * `@photostructure/sqlite`, which has the same interface. What the driver throws is turned into errors of this product
 * here, so that none gets further. Rows are asked for in lists, never through the driver's iterators: that of
 * `@photostructure/sqlite` reads freed memory when its statement is collected before it.
 */
import { createRequire } from 'node:module';
import { GrantlensError } from '../../model/index.ts';

export type SqlValue = number | string | Uint8Array | null;
export type SqlRow = Readonly<Record<string, unknown>>;

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
  all(...values: SqlValue[]): unknown;
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

/** A connection. Statements are prepared once each and always run to their end, so none is left open in between. */
export class Database {
  readonly #database: DriverDatabase;
  readonly #statements = new Map<string, DriverStatement>();
  #open = true;

  /** Opens a database file; creates it unless `readOnly`. */
  constructor(path: string, readOnly: boolean) {
    this.#database = guarded(() => new driver.DatabaseSync(path, { readOnly }));
  }

  exec(sql: string): void {
    guarded(() => this.#live.exec(sql));
  }

  run(sql: string, ...values: SqlValue[]): void {
    guarded(() => this.#statement(sql).run(...values));
  }

  get(sql: string, ...values: SqlValue[]): SqlRow | undefined {
    return guarded(() => this.#statement(sql).get(...values)) as SqlRow | undefined;
  }

  all(sql: string, ...values: SqlValue[]): readonly SqlRow[] {
    return guarded(() => this.#statement(sql).all(...values)) as readonly SqlRow[];
  }

  /** Lets go of everything, a transaction that is still open included. */
  close(): void {
    if (!this.#open) return;
    this.rollBack();
    this.#open = false;
    this.#statements.clear();
    guarded(() => this.#database.close());
  }

  /** Ends a transaction if there is one: SQLite may have done so itself, as it does when the disk is full. */
  rollBack(): void {
    try {
      this.#database.exec('ROLLBACK');
    } catch {
      // there was none
    }
  }

  get #live(): DriverDatabase {
    if (!this.#open) throw new GrantlensError('CLOSED', 'The store has been closed.');
    return this.#database;
  }

  #statement(sql: string): DriverStatement {
    const database = this.#live;
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
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
/** Some errors of `@photostructure/sqlite` come without a code. */
const DAMAGED = /malformed|not a database|no such (table|column)|logic error|corrupt|out of range/i;
const BUSY = /database (table )?is (locked|busy)/i;

/** What is wrong, in the words of this product. An SQL error is damage too: the statements are fixed and fit the tables. */
function asGrantlensError(error: unknown): GrantlensError {
  if (error instanceof GrantlensError) return error;
  const { errcode, message } = error as { readonly errcode?: unknown; readonly message?: unknown };
  const code = typeof errcode === 'number' ? errcode : undefined;
  if (isBusy(code, String(message))) {
    return new GrantlensError('STORE_LOCKED', 'Another process is using the store.', {}, error);
  }
  if (error instanceof RangeError || isDamage(code, String(message))) {
    return corrupt(`the database cannot be read (${String(message)})`, error);
  }
  return new GrantlensError('STORE_FAILED', `The store failed: ${String(message)}.`, {}, error);
}

function isBusy(code: number | undefined, message: string): boolean {
  return code === undefined ? BUSY.test(message) : (code & 0xff) === SQLITE_BUSY;
}

function isDamage(code: number | undefined, message: string): boolean {
  if (code === undefined) return DAMAGED.test(message);
  return [SQLITE_ERROR, SQLITE_CORRUPT, SQLITE_NOTADB].includes(code & 0xff) || code === SQLITE_IOERR_SHORT_READ;
}

/** The error of a store whose bytes are not what was written. */
export function corrupt(what: string, cause?: unknown): GrantlensError {
  return new GrantlensError('STORE_CORRUPT', `The store is damaged: ${what}.`, {}, cause);
}
