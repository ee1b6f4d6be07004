/**
 * The one door to a Neo4j database. Every statement passes here: in a managed transaction of its mode, on a database that
 * is named, with back-pressure on what is read, with whole numbers that are exact, and with errors of ours.
 */
import neo4j, { type Driver, type Record as DriverRecord, type ManagedTransaction, type Session } from 'neo4j-driver';
import type { Statement } from '../../../cypher/index.ts';
import { GrantlensError } from '../../model/index.ts';
import type { Neo4jConnection } from './connection.ts';
import { isLostEntity, isOutOfMemory, translated } from './driver-errors.ts';
import { serverError } from './server-error.ts';
import { whileItLives } from './signs-of-life.ts';

/** Records on the way from the server to us at a time. */
const FETCH_SIZE = 2_000;
/** Far below the driver's pool of 100: who waits, waits here, and not for a minute in the pool. */
const MOST_SESSIONS = 16;
const LOST_ENTITY_TRIES = 5;
const CONNECT_TIMEOUT = 10_000;
const RETRY_FOR = 30_000;
/** Milliseconds that a server is tried which was never reached. */
const FIRST_CONTACT = 10_000;

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
  /** How long a server may say nothing before it is asked whether it is there, and then until it answers, in milliseconds; default 30,000. */
  readonly silence?: number;
}

/** One use of the door. */
interface Call {
  /** Nobody waits for it any more: what is left of its work is not to be done. */
  givenUp: boolean;
}

export interface WriteOptions {
  /** How long the server lets the transaction run, waiting for locks included, in milliseconds; default: as the server is set. */
  readonly timeout?: number;
}

export class Neo4jDoor {
  readonly connection: Neo4jConnection;
  readonly #driver: Driver;
  readonly #bookmarks = neo4j.bookmarkManager();
  readonly #silence: number;
  readonly #retryFor: number;
  readonly #queue: (() => void)[] = [];
  #database: string | undefined;
  #sessions = 0;
  #closed = false;

  constructor(connection: Neo4jConnection, options: DoorOptions = {}) {
    this.connection = connection;
    this.#database = connection.database;
    this.#driver = driverTo(connection, options);
    this.#silence = options.silence ?? 30_000;
    this.#retryFor = options.retryFor ?? RETRY_FOR;
  }

  /**
   * One transaction that only reads. It may be run more than once, so `work` must begin afresh each time it is called.
   * What another process has just written may not be there yet on a cluster; what this handle wrote is.
   */
  async read<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#run('READ', (session, call) => session.executeRead((tx) => work(this.#transaction(tx, call))));
  }

  /** One transaction that writes: all of it or nothing. It may be run more than once. */
  async write<T>(work: (tx: Transaction) => Promise<T>, options: WriteOptions = {}): Promise<T> {
    const { timeout } = options;
    const config = timeout === undefined ? {} : { timeout: BigInt(Math.ceil(timeout)) };
    return this.#run('WRITE', (session, call) =>
      this.#patiently(() => session.executeWrite((tx) => work(this.#transaction(tx, call)), config)),
    );
  }

  /** Statements of a transaction. What no second try would mend is told at once: the driver tries again what is its own. */
  #transaction(tx: ManagedTransaction, call: Call): Transaction {
    const told = (error: unknown) => (isOutOfMemory(error) ? translated(error, this.connection) : error);
    const { each, all } = transactionOf(tx, told);
    const check = () => {
      if (call.givenUp) throw this.#silent();
    };
    return {
      async each(...statement) {
        check();
        await each(...statement);
        check();
      },
      async all(...statement) {
        check();
        const found = await all(...statement);
        check();
        return found;
      },
    };
  }

  /** The name of the database: as configured, or the user's home database, asked for once. */
  async database(): Promise<string> {
    if (this.#database !== undefined) return this.#database;
    await this.#firstContact();
    const info = await this.#watching(() => this.#driver.executeQuery('RETURN 1', {}, { routing: neo4j.routing.READ }));
    this.#database = info.summary.database.name ?? 'neo4j';
    return this.#database;
  }

  /**
   * A server that was never reached is tried for some seconds only: the address may be wrong, and whoever gave it waits.
   * The driver would go on for up to a minute.
   */
  async #firstContact(): Promise<void> {
    const end = performance.now() + Math.min(this.#retryFor, FIRST_CONTACT);
    for (;;) {
      try {
        return await this.#watching(() => this.#once());
      } catch (error) {
        // A server that is there, and whose database is still starting, is worth the driver's patience.
        if (isPassing(error)) return;
        if (!isUnreachable(error) || performance.now() >= end) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  /** Asks the server for a sign, without trying again. */
  async #once(): Promise<void> {
    await this.#driver.getServerInfo(this.#database === undefined ? {} : { database: this.#database });
  }

  /** The server's product name and version, such as `Neo4j/5.26.30`. */
  async agent(): Promise<string> {
    const database = await this.database();
    const info = await this.#watching(() => this.#driver.getServerInfo({ database }));
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

  async #run<T>(mode: 'READ' | 'WRITE', work: (session: Session, call: Call) => Promise<T>): Promise<T> {
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
      return await this.#watching((call) => work(session, call).finally(() => session.close().catch(() => {})));
    } finally {
      this.#leave();
    }
  }

  /** Waits for the server as long as it shows life, and tells its errors as ours. */
  async #watching<T>(work: (call: Call) => Promise<T>): Promise<T> {
    const call: Call = { givenUp: false };
    const gone = (reason: unknown) => {
      call.givenUp = true;
      return reason ?? this.#silent();
    };
    try {
      return await whileItLives(work(call), { silence: this.#silence, ask: () => this.#answers(), gone });
    } catch (error) {
      throw translated(error, this.connection);
    }
  }

  /** Rejects where the server cannot be reached; any other refusal is an answer. */
  async #answers(): Promise<void> {
    try {
      await this.#once();
    } catch (error) {
      if (isUnreachable(translated(error, this.connection))) throw error;
    }
  }

  #silent(): GrantlensError {
    const { uri } = this.connection;
    return serverError('STORE_UNREACHABLE', `The Neo4j server at ${uri} keeps the connection and says nothing.`, {
      facts: { address: uri },
      hint: 'See on the server whether it stands still, for lack of memory or of disk; then try again.',
    });
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

const isUnreachable = (error: unknown): boolean =>
  error instanceof GrantlensError && error.code === 'STORE_UNREACHABLE';

/** Told by a server, of something that may be otherwise in a moment. */
const isPassing = (error: unknown): boolean =>
  error instanceof GrantlensError && String(error.facts['neo4jCode']).startsWith('Neo.TransientError.');

function driverTo(connection: Neo4jConnection, options: DoorOptions): Driver {
  return neo4j.driver(connection.uri, neo4j.auth.basic(connection.user, connection.password), {
    useBigInt: true,
    connectionTimeout: CONNECT_TIMEOUT,
    maxTransactionRetryTime: options.retryFor ?? RETRY_FOR,
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
  throw serverError('STORE_FAILED', `Neo4j holds the whole number ${value}, which is more than can be told exactly.`, {
    hint: 'Mend the number in the database: Grantlens writes none like it.',
  });
}

/** A whole number as the server's INTEGER; a plain number would arrive as a FLOAT. */
export const integer = (value: number): bigint => BigInt(value);
