import { crc32 } from 'node:zlib';
import { corrupt, type Database, type SqlRow } from './sqlite.ts';

/** How many rows a table has, and the sum of their seals, modulo 2^48. Kept apart from the table. */
export interface TableSum {
  readonly count: number;
  readonly sum: number;
}

export interface TableRow {
  readonly key: number;
  readonly body: Uint8Array;
}

export const EMPTY_SUM: TableSum = Object.freeze({ count: 0, sum: 0 });

const SUM_MODULUS = 2 ** 48;
/** Rows read by one statement: about a megabyte of pages. */
const ROWS_AT_ONCE = 64;

export const createTable = (name: string): string =>
  `CREATE TABLE ${name} (key INTEGER PRIMARY KEY, seal INTEGER NOT NULL, body BLOB NOT NULL)`;

/**
 * A table of numbered blobs, each under a seal: a CRC-32 over the table's name, the number and the bytes. SQLite sums no
 * pages, so every read checks the seal, and every full scan checks that no row is missing, doubled or foreign.
 */
export class SealedTable {
  readonly name: string;
  readonly #database: Database;
  readonly #nameSeal: number;
  readonly #numbered = Buffer.alloc(8);
  #count: number;
  #sum: number;

  constructor(database: Database, name: string, sum: TableSum) {
    this.name = name;
    this.#database = database;
    this.#nameSeal = crc32(name);
    this.#count = sum.count;
    this.#sum = sum.sum;
  }

  get sum(): TableSum {
    return { count: this.#count, sum: this.#sum };
  }

  get(key: number): Uint8Array | undefined {
    const row = this.#database.get(`SELECT key, seal, body FROM ${this.name} WHERE key = ?`, key);
    return row === undefined ? undefined : this.#open(row, key);
  }

  /** A row that must be there. */
  must(key: number): Uint8Array {
    const body = this.get(key);
    if (body === undefined) throw corrupt(`row ${key} of ${this.name} is missing`);
    return body;
  }

  /** The row with the greatest number that is not above `key`. */
  atOrBelow(key: number): TableRow | undefined {
    const row = this.#database.get(
      `SELECT key, seal, body FROM ${this.name} WHERE key <= ? ORDER BY key DESC LIMIT 1`,
      key,
    );
    if (row === undefined) return undefined;
    return this.#opened(row);
  }

  insert(key: number, body: Uint8Array): void {
    const seal = this.#seal(key, body);
    this.#database.run(`INSERT INTO ${this.name} (key, seal, body) VALUES (?, ?, ?)`, key, seal, body);
    this.#add(1, seal);
  }

  /** Writes a row whether or not it is there. */
  put(key: number, body: Uint8Array): void {
    const old = this.#sealOf(key);
    if (old === undefined) this.insert(key, body);
    else this.#replace(key, body, old);
  }

  #replace(key: number, body: Uint8Array, old: number): void {
    const seal = this.#seal(key, body);
    this.#database.run(`UPDATE ${this.name} SET seal = ?, body = ? WHERE key = ?`, seal, body, key);
    this.#add(0, seal - old);
  }

  delete(key: number): void {
    const old = this.#sealOf(key);
    if (old === undefined) return;
    this.#database.run(`DELETE FROM ${this.name} WHERE key = ?`, key);
    this.#add(-1, -old);
  }

  clear(): void {
    this.#database.exec(`DELETE FROM ${this.name}`);
    this.#count = 0;
    this.#sum = 0;
  }

  /** Every row in order of number. Throws at the end unless these are the rows that were written, all of them, once each. */
  *scan(): Generator<TableRow> {
    let count = 0;
    let sum = 0;
    for (const row of this.#rows(Number.MIN_SAFE_INTEGER)) {
      count += 1;
      sum = (sum + (row['seal'] as number)) % SUM_MODULUS;
      yield this.#opened(row);
    }
    if (count !== this.#count || sum !== this.#sum) {
      throw corrupt(`${this.name} has other rows than were written (${count} of ${this.#count})`);
    }
  }

  /** The rows from a number on, not checked for completeness. */
  *from(key: number): Generator<TableRow> {
    for (const row of this.#rows(key)) yield this.#opened(row);
  }

  /** The numbers of all rows, in order. */
  keys(): readonly number[] {
    return this.#database.all(`SELECT key FROM ${this.name} ORDER BY key`).map(keyOf);
  }

  *#rows(from: number): Generator<SqlRow> {
    const sql = `SELECT key, seal, body FROM ${this.name} WHERE key >= ? ORDER BY key LIMIT ${ROWS_AT_ONCE}`;
    for (let next = from; ; ) {
      const rows = this.#database.all(sql, next);
      yield* rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < ROWS_AT_ONCE) return;
      if (keyOf(last) < next) throw corrupt(`${this.name} is out of order`);
      next = keyOf(last) + 1;
    }
  }

  #opened(row: SqlRow): TableRow {
    const key = keyOf(row);
    return { key, body: this.#open(row, key) };
  }

  #sealOf(key: number): number | undefined {
    const row = this.#database.get(`SELECT seal FROM ${this.name} WHERE key = ?`, key);
    return row?.['seal'] as number | undefined;
  }

  #open(row: SqlRow, key: number): Uint8Array {
    const body = row['body'];
    if (!(body instanceof Uint8Array) || row['seal'] !== this.#seal(key, body)) {
      throw corrupt(`row ${key} of ${this.name} has other bytes than were written`);
    }
    return body;
  }

  #seal(key: number, body: Uint8Array): number {
    this.#numbered.writeDoubleLE(key);
    return crc32(body, crc32(this.#numbered, this.#nameSeal));
  }

  #add(count: number, seal: number): void {
    this.#count += count;
    this.#sum = (((this.#sum + seal) % SUM_MODULUS) + SUM_MODULUS) % SUM_MODULUS;
  }
}

/** The bytes of a blob as 32-bit words. */
export function wordsOf(body: Uint8Array): Int32Array {
  const bytes = body.byteOffset % 4 === 0 ? body : Uint8Array.from(body);
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
}

export const bytesOf = (words: Int32Array): Uint8Array =>
  new Uint8Array(words.buffer, words.byteOffset, words.byteLength);

function keyOf(row: SqlRow): number {
  const key = row['key'];
  if (typeof key !== 'number') throw corrupt('a row number is no number');
  return key;
}
