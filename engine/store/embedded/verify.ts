/** Checks everything that a store says of itself against everything else it says. */
import { createHash } from 'node:crypto';
import { Turns } from '../turns.ts';
import { type BatchRecord, bytesOfRemovals } from './batches.ts';
import { Documents } from './documents.ts';
import { type HashIndex, hashNumber, hashText } from './hash-index.ts';
import { allIds } from './ids.ts';
import { forLiveRows } from './node-scan.ts';
import { pause } from './pause.ts';
import { RowDigest, type RowLog } from './row-log.ts';
import type { RowPage } from './row-page.ts';
import {
  EDGE_ID,
  EDGE_SOURCE,
  NODE_BITS,
  NODE_KIND_MASK,
  NODE_REF,
  NODE_SOURCE,
  readEdge,
  readNode,
  readUse,
  USE_KEY,
  USE_SOURCE,
} from './rows.ts';
import type { SealedTable } from './sealed-table.ts';
import { SnapshotView } from './snapshot-view.ts';
import { corrupt, type Database } from './sqlite.ts';
import {
  type Ends,
  FACTS,
  type FactName,
  FIRST_STATE,
  type IndexName,
  LOGS,
  type SourceCounts,
  TABLES,
} from './state.ts';
import { hashUse } from './use-ledger.ts';

/** Rows of a table read between two turns of the event loop. */
const ROWS_A_TURN = 128;

/**
 * Reads the whole store within the open transaction of `database`.
 *
 * @throws GrantlensError STORE_CORRUPT naming the first thing that is wrong
 */
export async function verifyStore(database: Database): Promise<void> {
  checkPages(database);
  const view = new SnapshotView(database);
  for (const name of TABLES) await scanAll(view.table(name));
  await checkBatches(view);
  for (const name of FACTS) await checkFacts(view, name);
  await checkSources(view);
  await checkIds(view);
  const documents = new Documents(database, view.state);
  for (const name of documents.list('')) documents.get(name);
}

async function scanAll(table: SealedTable): Promise<void> {
  let rows = 0;
  for (const _row of table.scan()) if (++rows % ROWS_A_TURN === 0) await pause();
}

function checkPages(database: Database): void {
  const answer = database.get('PRAGMA integrity_check(1)');
  const said = Object.values(answer ?? {})[0];
  if (said !== 'ok') throw corrupt(`SQLite finds ${String(said)}`);
}

async function checkBatches(view: SnapshotView): Promise<void> {
  let before: Ends = FIRST_STATE.ends;
  let last: BatchRecord | undefined;
  const known = new ExpectedEntries(view.state.version + 1);
  for (const record of view.batches.chain(view.state.chain)) {
    if (record.version > view.state.floor) checkDigest(view, record, before);
    known.expect(record.version, hashText(record.id));
    before = record.ends;
    last = record;
    await pause();
  }
  if ((last?.version ?? 0) !== view.state.version) throw corrupt('a batch is missing');
  if (JSON.stringify(before) !== JSON.stringify(view.state.ends))
    throw corrupt('the logs end elsewhere than the last batch');
  known.check(view.index('batches_index'), 'batches_index');
}

/** The rows of a batch must be those that it was applied with. */
function checkDigest(view: SnapshotView, record: BatchRecord, before: Ends): void {
  const digest = createHash('sha256');
  for (const name of LOGS) digest.update(digestOfRows(view.log(name), before[name], record.ends[name]));
  digest.update(bytesOfRemovals(view.batches.removals(record.version)));
  if (digest.digest('hex') !== record.digest)
    throw corrupt(`the rows of version ${record.version} are not those it was applied with`);
}

function digestOfRows(log: RowLog, from: number, end: number): string {
  const digest = new RowDigest();
  for (let row = from; row < end; ) {
    const page = log.page(row)!;
    const first = page.lowerBound(row);
    const last = page.lowerBound(end);
    if (first < last) digest.add(page.wordBytes(first, last), page.textUtf8(first, last));
    row = page.end;
  }
  return digest.end();
}

const HASH: Readonly<Record<FactName, (page: RowPage, at: number) => number>> = {
  nodes: ({ words }, at) => hashNumber(words[at + NODE_REF]!),
  edges: ({ words }, at) => words[at + EDGE_ID]!,
  uses: ({ words }, at) => hashUse(words, at + USE_KEY),
};
const READ = { nodes: readNode, edges: readEdge, uses: readUse };

/** Every row can be read, and the index leads to exactly those that live. */
async function checkFacts(view: SnapshotView, name: FactName): Promise<void> {
  const live = new ExpectedEntries(view.log(name).next);
  await forLiveRows(view, name, (page, slot, row) => {
    READ[name](page, slot, view);
    live.expect(row, HASH[name](page, page.offsets[slot]!));
  });
  live.check(view.index(`${name}_index`), `${name}_index`);
}

/** The entries that an index must have, each row once. */
class ExpectedEntries {
  readonly #hashes: Int32Array;
  readonly #expected: Uint8Array;
  #left = 0;

  constructor(rows: number) {
    this.#hashes = new Int32Array(rows);
    this.#expected = new Uint8Array(rows);
  }

  expect(row: number, hash: number): void {
    this.#hashes[row] = hash;
    this.#expected[row] = 1;
    this.#left += 1;
  }

  check(index: HashIndex, name: IndexName): void {
    for (const pairs of index.entries()) {
      for (let i = 0; i < pairs.length; i += 2) this.#meet(pairs[i]!, pairs[i + 1]!, name);
    }
    if (this.#left > 0) throw corrupt(`${name} does not lead to ${this.#left} rows`);
  }

  #meet(hash: number, row: number, name: IndexName): void {
    if (this.#expected[row] !== 1 || this.#hashes[row] !== hash) throw corrupt(`${name} leads to row ${row} wrongly`);
    this.#expected[row] = 0;
    this.#left -= 1;
  }
}

const SOURCE_PLACES: Readonly<Record<FactName, number>> = { nodes: NODE_SOURCE, edges: EDGE_SOURCE, uses: USE_SOURCE };

async function checkSources(view: SnapshotView): Promise<void> {
  const counts = new Map<string, Record<FactName, number>>();
  for (const name of FACTS) {
    await forLiveRows(view, name, (page, slot) => {
      const source = String(page.words[page.offsets[slot]! + SOURCE_PLACES[name]]);
      const count = counts.get(source) ?? { nodes: 0, edges: 0, uses: 0 };
      count[name] += 1;
      counts.set(source, count);
    });
  }
  for (const source of new Set([...counts.keys(), ...Object.keys(view.state.sources)])) {
    const found = counts.get(source) ?? { nodes: 0, edges: 0, uses: 0 };
    const told: SourceCounts | undefined = view.state.sources[source];
    if (FACTS.some((name) => found[name] !== told?.[name])) {
      throw corrupt(`the source "${view.source(Number(source))}" vouches for more or less than is counted`);
    }
  }
}

/** Ids are told once each and found by their index, and a node has one kind. */
async function checkIds(view: SnapshotView): Promise<void> {
  const ids = await allIds(view.log('ids'), new Turns());
  const known = new ExpectedEntries(ids.length);
  const seen = new Set<string>();
  for (const [ref, id] of ids.entries()) {
    if (id === undefined) continue;
    if (seen.has(id)) throw corrupt(`the id "${id}" has two numbers`);
    seen.add(id);
    known.expect(ref, hashText(id));
  }
  known.check(view.index('ids_index'), 'ids_index');
  checkKinds(view);
}

function checkKinds(view: SnapshotView): void {
  const kinds = new Int8Array(view.state.ends.ids).fill(-1);
  for (const page of view.log('nodes').pages()) {
    for (let slot = 0; slot < page.count; slot++) {
      if (!view.lives('nodes', page.rowAt(slot))) continue;
      const at = page.offsets[slot]!;
      const ref = page.words[at + NODE_REF]!;
      const kind = page.words[at + NODE_BITS]! & NODE_KIND_MASK;
      if (kinds[ref] !== -1 && kinds[ref] !== kind) throw corrupt(`"${view.id(ref)}" is of two kinds`);
      kinds[ref] = kind;
    }
  }
}
