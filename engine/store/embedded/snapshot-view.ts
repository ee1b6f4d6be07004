import { Batches, versionNotFound } from './batches.ts';
import { DeadRows } from './dead-rows.ts';
import { HashIndex } from './hash-index.ts';
import { idAt } from './ids.ts';
import { RowLog } from './row-log.ts';
import type { RowPage } from './row-page.ts';
import type { Names, Terms } from './rows.ts';
import { SealedTable } from './sealed-table.ts';
import type { Database } from './sqlite.ts';
import {
  type Ends,
  type FactName,
  FIRST_STATE,
  type IndexName,
  type LogName,
  readState,
  type State,
  type TableName,
} from './state.ts';
import { Texts } from './texts.ts';

/** Which rows of a log are part of a version: those that were there and had not ended. */
export interface Living {
  readonly dead: DeadRows;
  readonly end: number;
  /** Those of them that ended in a later version: indexes do not lead to them. */
  readonly endedLater: readonly number[];
}

/**
 * One version as rows, read within an open transaction of a connection of its own. The newest version is what the
 * database says; for an older one, rows that came later are passed over and rows that ended later count again.
 */
export class SnapshotView implements Names {
  readonly state: State;
  readonly version: number;
  readonly batches: Batches;
  readonly #database: Database;
  readonly #logs = new Map<LogName, RowLog>();
  readonly #living = new Map<FactName, Living>();
  readonly #ends: Ends;
  #texts: Texts | undefined;

  /** @throws GrantlensError VERSION_NOT_FOUND */
  constructor(database: Database, version?: number) {
    this.#database = database;
    this.state = readState(database);
    this.version = version ?? this.state.version;
    const { floor, version: newest } = this.state;
    if (!Number.isInteger(this.version) || this.version < floor || this.version > newest) {
      throw versionNotFound(this.version, floor, newest);
    }
    this.batches = new Batches(this.table('batches'), this.table('removals'));
    this.#ends = this.isNewest ? this.state.ends : this.endsAt(this.version);
  }

  get isNewest(): boolean {
    return this.version === this.state.version;
  }

  /** The numbers after the last row of each log as of a version. */
  endsAt(version: number): Ends {
    return version === 0 ? FIRST_STATE.ends : this.batches.record(version).ends;
  }

  table(name: TableName): SealedTable {
    return new SealedTable(this.#database, name, this.state.tables[name]);
  }

  /** Leads to the rows of the newest version only. */
  index(name: IndexName): HashIndex {
    return new HashIndex(this.table(name), this.state.indexes[name]);
  }

  log(name: LogName): RowLog {
    const known = this.#logs.get(name);
    if (known !== undefined) return known;
    const log = new RowLog(this.table(name), this.state.ends[name]);
    this.#logs.set(name, log);
    return log;
  }

  living(name: FactName): Living {
    const known = this.#living.get(name);
    if (known !== undefined) return known;
    const living = this.#readLiving(name);
    this.#living.set(name, living);
    return living;
  }

  #readLiving(name: FactName): Living {
    const dead = new DeadRows(this.table(`${name}_dead`));
    const end = this.#ends[name];
    const endedLater: number[] = [];
    for (let version = this.state.version; version > this.version; version--) {
      const { gone, replaced } = this.batches.removals(version)[name];
      for (const rows of [gone, replaced]) {
        for (const row of rows) {
          dead.remove(row);
          if (row < end) endedLater.push(row);
        }
      }
    }
    return { dead, end, endedLater };
  }

  /** Whether a row is part of this version. */
  lives(name: FactName, row: number): boolean {
    const { dead, end } = this.living(name);
    return row < end && !dead.has(row);
  }

  /** A row by its number, if it is part of this version. */
  find(name: FactName, row: number): { readonly page: RowPage; readonly slot: number } | undefined {
    if (!Number.isInteger(row) || !this.lives(name, row)) return undefined;
    const page = this.log(name).page(row);
    const slot = page?.slotOf(row) ?? -1;
    return page === undefined || slot < 0 ? undefined : { page, slot };
  }

  get texts(): Texts {
    this.#texts ??= new Texts(this.log('texts'));
    return this.#texts;
  }

  id(ref: number): string {
    return idAt(this.log('ids'), ref);
  }

  source(number: number): string {
    return this.texts.source(number);
  }

  word(number: number): string {
    return this.texts.word(number);
  }

  terms(number: number): Terms {
    return this.texts.terms(number);
  }
}
