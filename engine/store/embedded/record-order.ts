import { Turns } from '../turns.ts';
import { allIds } from './ids.ts';
import { forLiveRows, type NodeRows, recordAt, refsOf, sortRefs } from './node-scan.ts';
import { pause } from './pause.ts';
import type { RowPage } from './row-page.ts';
import { EDGE_BITS, EDGE_FROM, EDGE_KIND_MASK, EDGE_SOURCE, EDGE_TO, edgeKeyOf, USE_KEY, USE_SOURCE } from './rows.ts';
import type { SnapshotView } from './snapshot-view.ts';
import { corrupt } from './sqlite.ts';
import type { FactName } from './state.ts';

/** The place of every ref when all are sorted by id, in code unit order. */
async function rankOfRefs(view: SnapshotView): Promise<Int32Array> {
  const turns = new Turns();
  const ids = await allIds(view.log('ids'), turns);
  const refs = Int32Array.from(ids.keys()).filter((ref) => ids[ref] !== undefined);
  const ranks = new Int32Array(ids.length);
  for (const [rank, ref] of (await sortRefs(refs, ids, turns)).entries()) ranks[ref] = rank;
  return ranks;
}

/** Rows being put in order, with up to three numbers each to sort by. */
class Ordered {
  count = 0;
  rows: Int32Array;
  readonly keys: readonly Int32Array[];

  constructor(capacity: number, keys: number) {
    this.rows = new Int32Array(capacity);
    this.keys = Array.from({ length: keys }, () => new Int32Array(capacity));
  }

  /** The rows sorted by the keys, the first one counting most: counting sorts, each stable, from the last key to the first. */
  sorted(): Int32Array {
    let order = Int32Array.from({ length: this.count }, (_, i) => i);
    for (const key of [...this.keys].reverse()) order = countingSort(order, key);
    return order;
  }
}

function countingSort(order: Int32Array<ArrayBuffer>, key: Int32Array): Int32Array<ArrayBuffer> {
  let greatest = 0;
  for (const item of order) greatest = Math.max(greatest, key[item]!);
  const ends = new Int32Array(greatest + 2);
  for (const item of order) ends[key[item]! + 1]! += 1;
  for (let value = 0; value <= greatest; value++) ends[value + 1]! += ends[value]!;
  const sorted = new Int32Array(order.length);
  for (const item of order) sorted[ends[key[item]!]!++] = item;
  return sorted;
}

/** Records that are read ahead: so many are told in order after one walk over the pages that hold them. */
const READ_AHEAD = 65_536;
/** Records told between two turns of the event loop. */
const RECORDS_A_TURN = 2_048;

/**
 * Tells the records of rows in the order of the list. Rows lie in the order they were written, so they are read some
 * thousands at a time from one end of the log to the other: each page once for all of them.
 */
export async function* recordsInOrder<T>(
  view: SnapshotView,
  name: FactName,
  rows: Int32Array,
  read: (page: RowPage, slot: number, view: SnapshotView) => T,
): AsyncGenerator<T> {
  for (let start = 0; start < rows.length; start += READ_AHEAD) {
    const ahead = rows.subarray(start, start + READ_AHEAD);
    const records = new Array<T | undefined>(ahead.length);
    for (const item of Int32Array.from(ahead.keys()).sort((a, b) => ahead[a]! - ahead[b]!)) {
      const found = view.find(name, ahead[item]!);
      if (found === undefined) throw corrupt(`row ${ahead[item]} of ${name} is missing`);
      records[item] = read(found.page, found.slot, view);
    }
    for (const [item, record] of records.entries()) {
      yield record as T;
      if (item % RECORDS_A_TURN === 0) await pause();
    }
  }
}

/** The rows of nodes by id, then source. */
export async function nodeRowsInOrder(view: SnapshotView, { kinds, rows, several }: NodeRows): Promise<Int32Array> {
  const turns = new Turns();
  const refs = await sortRefs(refsOf(kinds), await allIds(view.log('ids'), turns), turns);
  if (several.size === 0) return refs.map((ref) => rows[ref]!);
  const ordered: number[] = [];
  for (const ref of refs) {
    const versions = several.get(ref);
    if (versions === undefined) ordered.push(rows[ref]!);
    else ordered.push(...[...versions].sort((a, b) => compare(recordAt(view, a).source, recordAt(view, b).source)));
  }
  return Int32Array.from(ordered);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The rows of edges by kind, from, to, key, source.
 *
 * @param chosen which of the edges to take; default all
 */
export async function edgeRowsInOrder(
  view: SnapshotView,
  chosen: (row: number) => boolean = () => true,
): Promise<Int32Array> {
  const ranks = await rankOfRefs(view);
  const edges = new Ordered(view.log('edges').next, 3);
  const [kinds, from, to] = edges.keys as [Int32Array, Int32Array, Int32Array];
  await forLiveRows(view, 'edges', ({ words, offsets }, slot, row) => {
    if (!chosen(row)) return;
    const at = offsets[slot]!;
    kinds[edges.count] = words[at + EDGE_BITS]! & EDGE_KIND_MASK;
    from[edges.count] = ranks[words[at + EDGE_FROM]!]!;
    to[edges.count] = ranks[words[at + EDGE_TO]!]!;
    edges.rows[edges.count++] = row;
  });
  const order = edges.sorted();
  const parallel = (a: number, b: number) => kinds[a] === kinds[b] && from[a] === from[b] && to[a] === to[b];
  sortRuns(order, parallel, edges.rows, (row) => keyAndSource(view, row));
  return order.map((item) => edges.rows[item]!);
}

/** Sorts each run of parallel edges by key, then source. */
function sortRuns(
  order: Int32Array,
  parallel: (a: number, b: number) => boolean,
  rows: Int32Array,
  namesOf: (row: number) => readonly [string, string],
): void {
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && parallel(order[start]!, order[end]!)) end += 1;
    if (end - start > 1) {
      const names = new Map(Array.from(order.subarray(start, end), (item) => [item, namesOf(rows[item]!)]));
      order.subarray(start, end).sort((a, b) => {
        const [keyA, sourceA] = names.get(a)!;
        const [keyB, sourceB] = names.get(b)!;
        return compare(keyA, keyB) || compare(sourceA, sourceB);
      });
    }
    start = end;
  }
}

function keyAndSource(view: SnapshotView, row: number): readonly [string, string] {
  const { page, slot } = view.find('edges', row)!;
  return [edgeKeyOf(page, slot), view.source(page.words[page.offsets[slot]! + EDGE_SOURCE]!)];
}

/** The rows of uses by identity, action, resource, source. */
export async function useRowsInOrder(view: SnapshotView): Promise<Int32Array> {
  const ranks = await rankOfRefs(view);
  const texts = rankOfTexts(view);
  const uses = new Ordered(view.log('uses').next, 4);
  const [identity, action, resource, source] = uses.keys as [Int32Array, Int32Array, Int32Array, Int32Array];
  await forLiveRows(view, 'uses', ({ words, offsets }, slot, row) => {
    const at = offsets[slot]!;
    identity[uses.count] = ranks[words[at + USE_KEY]!]!;
    action[uses.count] = texts[words[at + USE_KEY + 1]!]!;
    resource[uses.count] = ranks[words[at + USE_KEY + 2]!]!;
    source[uses.count] = texts[words[at + USE_SOURCE]!]!;
    uses.rows[uses.count++] = row;
  });
  return uses.sorted().map((item) => uses.rows[item]!);
}

/** The place of every text when all are sorted. Texts of a kind share a first letter, so they sort among themselves. */
function rankOfTexts(view: SnapshotView): Int32Array {
  const { texts } = view;
  const numbers = Int32Array.from({ length: texts.length - 1 }, (_, i) => i + 1);
  numbers.sort((a, b) => compare(texts.at(a), texts.at(b)));
  const ranks = new Int32Array(texts.length);
  for (const [rank, number] of numbers.entries()) ranks[number] = rank;
  return ranks;
}
