import { NAMED_FACTS } from '../withdrawal.ts';
import type { Ended } from './batches.ts';
import type { DeadRows } from './dead-rows.ts';
import type { Entries } from './entries.ts';
import { HashedRows, type HashIndex } from './hash-index.ts';
import type { RowWriter } from './row-log.ts';
import type { RowPage } from './row-page.ts';

/** Single look-ups before all rows are read at once: one costs about as much as reading a hundred in a row. */
const SINGLE_LOOKUPS = 512;
const LOOKUP_SHARE = 1 / 128;

/** What a batch did to the records of one kind. */
export interface Settled extends Ended {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** By source, how many records more or fewer it vouches for; also 0 where it only changed some. */
  readonly growth: ReadonlyMap<number, number>;
}

/** By source, how many of its records were withdrawn and how many are left, and the entries of the first that went. */
export type WithdrawnEntries = ReadonlyMap<
  number,
  { readonly count: number; readonly left: number; readonly some: readonly number[] }
>;

/** A log of rows that are looked up, put and withdrawn during one batch, and settled at its end. */
export abstract class Ledger {
  readonly log: RowWriter;
  protected readonly index: HashIndex;
  protected readonly dead: DeadRows;
  protected abstract readonly entries: Entries;
  /** The first row of this batch. */
  readonly #firstNew: number;
  readonly #wholeSources = new Set<number>();
  #allRead: boolean;
  #lookups = 0;

  constructor(log: RowWriter, index: HashIndex, dead: DeadRows) {
    this.log = log;
    this.index = index;
    this.dead = dead;
    this.#firstNew = log.next;
    this.#allRead = index.state.entries === 0;
  }

  /** Makes an entry of a row that was there before the batch, unless it has one. */
  protected abstract enter(page: RowPage, slot: number, row: number): void;
  protected abstract sourceOf(page: RowPage, slot: number): number;
  protected abstract hashOf(entry: number): number;

  /**
   * Reads everything that some sources vouch for, so that what they do not put again can be withdrawn.
   *
   * @param vouching those among them that vouch for something here
   */
  readSources(sources: ReadonlySet<number>, vouching: ReadonlySet<number>): void {
    if (!this.#allRead && vouching.size > 0) this.#readRows(vouching);
    for (const source of sources) this.#wholeSources.add(source);
  }

  /** Withdraws all that these sources, which were read, did not put in this batch, and says how much of each that was. */
  withdraw(sources: ReadonlySet<number>): WithdrawnEntries {
    const withdrawn = new Map<number, { count: number; left: number; some: number[] }>();
    const toldOf = (source: number) => {
      let told = withdrawn.get(source);
      if (told === undefined) withdrawn.set(source, (told = { count: 0, left: 0, some: [] }));
      return told;
    };
    if (sources.size === 0) return withdrawn;
    const { entries } = this;
    for (let entry = 0; entry < entries.length; entry++) {
      const source = entries.source[entry]!;
      if (!sources.has(source)) continue;
      if (entries.lastPut[entry] !== 0) {
        if (entries.current[entry] !== 0) toldOf(source).left += 1;
        continue;
      }
      this.removeEntry(entry);
      if (entries.before[entry] === 0) continue;
      const told = toldOf(source);
      told.count += 1;
      if (told.some.length < NAMED_FACTS) told.some.push(entry);
    }
    return withdrawn;
  }

  /** True when the entries are all that there is, of one source or at all. */
  protected isWhole(source?: number): boolean {
    return this.#allRead || (source !== undefined && this.#wholeSources.has(source));
  }

  /** Counts a look-up on disk. Returns true when everything was read instead. */
  protected readInstead(): boolean {
    if (++this.#lookups <= SINGLE_LOOKUPS + this.index.state.entries * LOOKUP_SHARE) return false;
    this.#readRows(undefined);
    this.#allRead = true;
    return true;
  }

  #readRows(sources: ReadonlySet<number> | undefined): void {
    for (const page of this.log.pages()) {
      for (let slot = 0; slot < page.count; slot++) {
        const row = page.rowAt(slot);
        if (row >= this.#firstNew) return;
        if (this.dead.has(row)) continue;
        if (sources === undefined || sources.has(this.sourceOf(page, slot))) this.enter(page, slot, row);
      }
    }
  }

  /** Makes the row that was begun the entry's current one, unless the entry has or had that very row. */
  protected keepFor(entry: number): void {
    const current = this.entries.current[entry]!;
    const before = this.entries.before[entry]!;
    if (current !== 0 && this.same(current)) return;
    if (before !== 0 && before !== current && this.same(before)) {
      this.removeEntry(entry);
      this.entries.current[entry] = before;
      return;
    }
    const row = this.log.keep();
    this.removeEntry(entry);
    this.entries.current[entry] = row;
  }

  /** Whether a row says what the row that was begun says. */
  protected same(row: number): boolean {
    return this.log.equals(row);
  }

  protected removeEntry(entry: number): void {
    const current = this.entries.current[entry]!;
    if (current !== 0 && current !== this.entries.before[entry]) this.dead.add(current);
    this.entries.current[entry] = 0;
  }

  /** Compares before and now: marks rows that ended, brings the index up to date, and counts. */
  settle(): Settled {
    const { before, current, source, length } = this.entries;
    const gone: number[] = [];
    const replaced: number[] = [];
    const growth = new Map<number, number>();
    const entered = new HashedRows();
    const left = new HashedRows();
    let added = 0;
    for (let entry = 0; entry < length; entry++) {
      const was = before[entry]!;
      const is = current[entry]!;
      if (was === is) continue;
      if (was === 0) added += 1;
      else {
        this.dead.add(was);
        left.add(this.hashOf(entry), was);
        (is === 0 ? gone : replaced).push(was);
      }
      if (is !== 0) entered.add(this.hashOf(entry), is);
      const more = (is === 0 ? 0 : 1) - (was === 0 ? 0 : 1);
      growth.set(source[entry]!, (growth.get(source[entry]!) ?? 0) + more);
    }
    this.index.change(entered, left);
    this.dead.finish();
    return { added, changed: replaced.length, removed: gone.length, gone, replaced, growth };
  }
}
