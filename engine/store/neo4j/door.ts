/**
 * The one door to a Neo4j database. Every statement passes here: in a managed transaction of its mode, on a database that
 * is named, with back-pressure on what is read, with whole numbers that are exact, and with errors of ours.
 */
import neo4j, { type Driver, type Record as DriverRecord, type ManagedTransaction, type Session } from 'neo4j-driver';
import type { Statement } from '../../../cypher/index.ts';
import { GrantlensError } from '../../model/index.ts';
import type { Neo4jConnection } from './connection.ts';
import { isLostEntity, isOutOfMemory, translated } from './driver-errors.ts';

/** Records on the way from the server to us at a time. */
const FETCH_SIZE = 2_000;
/** Far below the driver's pool of 100: who waits, waits here, and not for a minute in the pool. */
const MOST_SESSIONS = 16;
const LOST_ENTITY_TRIES = 5;
const CONNECT_TIMEOUT = 10_000;

export type Parameters = Readonly<Record<string, unknown>>;

/** A record's values in the order of the statement's RETURN. Whole numbers are `number`, exact or refused. */
export type Values = readonly unknown[];

/** Statements in one transaction. */
export interface Transaction {
  /** Runs a statement and tells its records one by one, as they come. */
  each(statement: Statement, parameters: Parameters, onRecord: (values: Values) => void): Promise<void>;
  /** Runs a statement and gives all its records: for few. */
  all(statement: Statement, parameters?: Parameters): Promise<readonly Values[]>;
}

export interface DoorOptions {
  /** How long the driver goes on trying what fails for the moment, in milliseconds; default 30,000. */
  readonly retryFor?: number;
}

export interface WriteOptions {
  /** How long the server lets the transaction run, waiting for locks included, in milliseconds; default: as the server is set. */
  readonly timeout?: number;
}

export class Neo4jDoor {
  readonly connection: Neo4jConnection;
  readonly #driver: Driver;
  readonly #bookmarks = neo4j.bookmarkManager();
  readonly #queue: (() => void)[] = [];
  #database: string | undefined;
  #sessions = 0;
  #closed = false;

  constructor(connection: Neo4jConnection, options: DoorOptions = {}) {
    this.connection = connection;
    this.#database = connection.database;
    this.#driver = driverTo(connection, options);
  }

  /**
   * One transaction that only reads. It may be run more than once, so `work` must begin afresh each time it is called.
   * What another process has just written may not be there yet on a cluster; what this handle wrote is.
   */
  async read<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#run('READ', (session) => session.executeRead((tx) => work(this.#transaction(tx))));
  }

  /** One transaction that writes: all of it or nothing. It may be run more than once. */
  async write<T>(work: (tx: Transaction) => Promise<T>, options: WriteOptions = {}): Promise<T> {
    const { timeout } = options;
    const config = timeout === undefined ? {} : { timeout: BigInt(Math.ceil(timeout)) };
    return this.#run('WRITE', (session) =>
      this.#patiently(() => session.executeWrite((tx) => work(this.#transaction(tx)), config)),
    );
  }

  /** Statements of a transaction. What no second try would mend is told at once: the driver tries again what is its own. */
  #transaction(tx: ManagedTransaction): Transaction {
    return transactionOf(tx, (error) => (isOutOfMemory(error) ? translated(error, this.connection) : error));
  }

  /** The name of the database: as configured, or the user's home database, asked for once. */
  async database(): Promise<string> {
    if (this.#database !== undefined) return this.#database;
    const info = await this.#translating(() =>
      this.#driver.executeQuery('RETURN 1', {}, { routing: neo4j.routing.READ }),
    );
    this.#database = info.summary.database.name ?? 'neo4j';
    return this.#database;
  }

  /** The server's product name and version, such as `Neo4j/5.26.30`. */
  async agent(): Promise<string> {
    const database = await this.database();
    const info = await this.#translating(() => this.#driver.getServerInfo({ database }));
    return info.agent ?? '';
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#driver.close();
  }

  async #patiently<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (!isLostEntity(error) || attempt === LOST_ENTITY_TRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, 20 * 2 ** attempt));
      }
    }
  }

  async #run<T>(mode: 'READ' | 'WRITE', work: (session: Session) => Promise<T>): Promise<T> {
    if (this.#closed) throw new GrantlensError('CLOSED', 'The store has been closed.');
    const database = await this.database();
    await this.#enter();
    const session = this.#driver.session({
      database,
      bookmarkManager: this.#bookmarks,
      defaultAccessMode: mode === 'READ' ? neo4j.session.READ : neo4j.session.WRITE,
      fetchSize: FETCH_SIZE,
    });
    try {
      return await this.#translating(() => work(session));
    } finally {
      await session.close().catch(() => {});
      this.#leave();
    }
  }

  async #translating<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw translated(error, this.connection);
    }
  }

  async #enter(): Promise<void> {
    if (this.#sessions < MOST_SESSIONS) this.#sessions++;
    else await new Promise<void>((resolve) => this.#queue.push(resolve));
  }

  #leave(): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#sessions--;
    else next();
  }
}

function driverTo(connection: Neo4jConnection, options: DoorOptions): Driver {
  return neo4j.driver(connection.uri, neo4j.auth.basic(connection.user, connection.password), {
    useBigInt: true,
    connectionTimeout: CONNECT_TIMEOUT,
    maxTransactionRetryTime: options.retryFor ?? 30_000,
    userAgent: 'grantlens',
    telemetryDisabled: true,
    notificationFilter: { minimumSeverityLevel: neo4j.notificationFilterMinimumSeverityLevel.OFF },
  });
}

function transactionOf(tx: ManagedTransaction, told: (error: unknown) => unknown): Transaction {
  // Not by `for await`: a promise for each record takes longer than all the rest. Records are handed on as they are
  // decoded, so no more of them wait here than the server was asked for at a time.
  const each: Transaction['each'] = (statement, parameters, onRecord) =>
    new Promise<void>((resolve, reject) => {
      const onNext = (record: DriverRecord): void => {
        const values: unknown[] = [];
        for (let i = 0; i < record.length; i++) values.push(plain(record.get(i)));
        onRecord(values);
      };
      const failed = (error: unknown): void => reject(told(error));
      tx.run(statement.text, { ...parameters }).subscribe({
        onNext: (record) => {
          try {
            onNext(record);
          } catch (error) {
            failed(error);
          }
        },
        onCompleted: () => resolve(),
        onError: failed,
      });
    });
  return {
    each,
    async all(statement, parameters = {}) {
      const found: Values[] = [];
      await each(statement, parameters, (values) => void found.push(values));
      return found;
    },
  };
}

/** A value without the driver's types: whole numbers as `number`. @throws GrantlensError STORE_FAILED for one beyond 2^53 */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return exact(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  // The driver gives bytes as signed ones.
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}

function exact(value: bigint): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new GrantlensError(
    'STORE_FAILED',
    `Neo4j holds the whole number ${value}, which is more than can be told exactly.`,
  );
}

/** A whole number as the server's INTEGER; a plain number would arrive as a FLOAT. */
export const integer = (value: number): bigint => BigInt(value);
