import { DeadRows } from './dead-rows.ts';
import { HashedRows, HashIndex, hashText } from './hash-index.ts';
import { PAGE_BYTES, RowLog } from './row-log.ts';
import { buildPage, RowPage } from './row-page.ts';
import { EDGE_FROM, EDGE_TO, NODE_REF, USE_KEY } from './rows.ts';
import { SealedTable } from './sealed-table.ts';
import { SnapshotView } from './snapshot-view.ts';
import type { Database } from './sqlite.ts';
import { FACTS, type FactName, type State, type TableName } from './state.ts';

/**
 * Drops, within an open transaction, what only versions before `floor` need: rows that had ended by then, ids that no row
 * names any more, and the lists to go further back. Records of batches stay, so their ids are known for good.
 *
 * @returns the state to be written
 */
export function dropBefore(database: Database, floor: number): State {
  const view = new SnapshotView(database, floor);
  return new Compaction(database, view).run();
}

class Compaction {
  readonly #view: SnapshotView;
  readonly #tables = new Map<TableName, SealedTable>();
  readonly #database: Database;

  constructor(database: Database, view: SnapshotView) {
    this.#database = database;
    this.#view = view;
  }

  run(): State {
    const { state, version: floor } = this.#view;
    for (const name of FACTS) this.#dropEnded(name);
    const indexes = { ...state.indexes, ids_index: this.#dropIds() };
    const removals = this.#table('removals');
    for (let version = state.floor; version <= floor; version++) removals.delete(version);
    const sums = Object.fromEntries([...this.#tables].map(([name, table]) => [name, table.sum]));
    return { ...state, sequence: state.sequence + 1, floor, indexes, tables: { ...state.tables, ...sums } };
  }

  #table(name: TableName): SealedTable {
    const known = this.#tables.get(name);
    if (known !== undefined) return known;
    const table = new SealedTable(this.#database, name, this.#view.state.tables[name]);
    this.#tables.set(name, table);
    return table;
  }

  /** Rows of later batches stay, even those that ended within their own batch: the batch's digest covers them. */
  #dropEnded(name: FactName): void {
    const { dead, end } = this.#view.living(name);
    const marks = new DeadRows(this.#table(`${name}_dead`));
    dropRows(this.#table(name), (row) => {
      const drop = row < end && dead.has(row);
      if (drop) marks.remove(row);
      return drop;
    });
    marks.finish();
  }

  /** Ids that a kept batch brought stay as well. Returns how the index of ids then stands. */
  #dropIds(): State['indexes']['ids_index'] {
    const named = this.#namedRefs();
    const end = this.#view.endsAt(this.#view.version).ids;
    const left = new HashedRows();
    dropRows(this.#table('ids'), (ref, page, slot) => {
      const drop = ref < end && named[ref] === 0;
      if (drop) left.add(hashText(page.textOf(slot)), ref);
      return drop;
    });
    const index = new HashIndex(this.#table('ids_index'), this.#view.state.indexes.ids_index);
    index.change(new HashedRows(), left);
    return index.state;
  }

  #namedRefs(): Uint8Array {
    const { ends } = this.#view.state;
    const named = new Uint8Array(ends.ids);
    const places = { nodes: [NODE_REF], edges: [EDGE_FROM, EDGE_TO], uses: [USE_KEY, USE_KEY + 2] };
    for (const name of FACTS) {
      for (const { count, offsets, words } of new RowLog(this.#table(name), ends[name]).pages()) {
        for (let slot = 0; slot < count; slot++) {
          for (const place of places[name]) named[words[offsets[slot]! + place]!] = 1;
        }
      }
    }
    return named;
  }
}

type Drop = (row: number, page: RowPage, slot: number) => boolean;

/** Writes a log's pages anew without the rows that are to be dropped, neighbours together where they have become small. */
function dropRows(table: SealedTable, drop: Drop): void {
  const gathered = new GatheredPages(table);
  for (const first of table.keys()) {
    const page = new RowPage(first, table.must(first));
    const kept: number[] = [];
    for (let slot = 0; slot < page.count; slot++) if (!drop(page.rowAt(slot), page, slot)) kept.push(slot);
    const unchanged = kept.length === page.count && page.bytes >= PAGE_BYTES / 2;
    if (unchanged) gathered.write();
    else gathered.add(page, kept);
  }
  gathered.write();
}

/** Neighbouring pages on their way to become one. */
class GatheredPages {
  readonly #table: SealedTable;
  #pages: RowPage[] = [];
  #numbers: number[] = [];
  #words: Int32Array[] = [];
  #text = '';
  #bytes = 0;

  constructor(table: SealedTable) {
    this.#table = table;
  }

  add(page: RowPage, slots: readonly number[]): void {
    this.#pages.push(page);
    for (const slot of slots) {
      const words = page.words.subarray(page.offsets[slot]!, page.offsets[slot + 1]!);
      const text = page.textOf(slot);
      this.#numbers.push(page.rowAt(slot));
      this.#words.push(words);
      this.#text += text;
      this.#bytes += words.byteLength + text.length;
    }
    if (this.#bytes >= PAGE_BYTES) this.write();
  }

  write(): void {
    const first = this.#pages[0]?.first;
    const end = this.#pages.at(-1)?.end;
    if (first !== undefined && end !== undefined) {
      for (const page of this.#pages.slice(1)) this.#table.delete(page.first);
      const whole = this.#numbers.length === end - first;
      this.#table.put(
        first,
        buildPage(end, joined(this.#words), this.#text, whole ? this.#numbers.length : this.#numbers),
      );
    }
    this.#pages = [];
    this.#numbers = [];
    this.#words = [];
    this.#text = '';
    this.#bytes = 0;
  }
}

function joined(parts: readonly Int32Array[]): Int32Array {
  const whole = new Int32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
