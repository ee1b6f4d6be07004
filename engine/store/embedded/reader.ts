import {
  type EdgeRecord,
  type Entity,
  GrantlensError,
  mergeVersions,
  type NodeRecord,
  type UseRecord,
} from '../../model/index.ts';
import type {
  DanglingVisitor,
  EdgeVisitor,
  NodeVisitor,
  Refs,
  SourceStatus,
  StoreReader,
  TermsVisitor,
} from '../port.ts';
import { Turns } from '../turns.ts';
import { parseEdgeId } from './edge-id-words.ts';
import { hasEffect, joins, scanEdges, scanTerms } from './edge-scan.ts';
import { type HashIndex, hashNumber, hashText } from './hash-index.ts';
import { allIds, idAt } from './ids.ts';
import { collectNodeRows, forLiveRows, type NodeRows, recordAt, scanNodes } from './node-scan.ts';
import { edgeRowsInOrder, nodeRowsInOrder, recordsInOrder, useRowsInOrder } from './record-order.ts';
import type { RowPage } from './row-page.ts';
import {
  EDGE_BITS,
  EDGE_FROM,
  EDGE_TO,
  edgeIdOf,
  NODE_BITS,
  NODE_KIND_MASK,
  NODE_REF,
  readEdge,
  readNode,
  readUse,
} from './rows.ts';
import { SnapshotView } from './snapshot-view.ts';
import { corrupt, type Database } from './sqlite.ts';
import type { SourceCounts } from './state.ts';

/** A version of an embedded store, read on a connection of its own within one transaction. */
export class EmbeddedReader implements StoreReader {
  readonly version: number;
  readonly #database: Database;
  readonly #view: SnapshotView;
  readonly #precedence: readonly string[];
  #open = true;
  #nodeRows: NodeRows | undefined;
  #nodesIndex: HashIndex | undefined;
  #edgesIndex: HashIndex | undefined;
  #idsIndex: HashIndex | undefined;
  /** Rows that ended later, of nodes by their number and of edges by the first word of their ids. */
  #nodesEnded: ReadonlyMap<number, readonly number[]> | undefined;
  #edgesEnded: ReadonlyMap<number, readonly number[]> | undefined;

  /** @param database a connection with a read transaction open, which the reader closes */
  constructor(database: Database, precedence: readonly string[], version: number | undefined) {
    this.#database = database;
    this.#view = new SnapshotView(database, version);
    this.version = this.#view.version;
    this.#precedence = precedence;
  }

  get mark(): string {
    const { batches, version } = this.#live;
    return JSON.stringify([version === 0 ? '' : batches.record(version).chain, this.#precedence]);
  }

  get #live(): SnapshotView {
    this.#mustBeOpen();
    return this.#view;
  }

  #mustBeOpen(): void {
    if (!this.#open) throw new GrantlensError('CLOSED', 'The reader has been closed.');
  }

  async scanNodes(visit: NodeVisitor): Promise<void> {
    this.#nodeRows = await scanNodes(this.#live, await this.#allIds(), this.#precedence, visit);
  }

  async scanTerms(visit: TermsVisitor): Promise<void> {
    await scanTerms(this.#live, visit);
  }

  async scanEdges(visit: EdgeVisitor, dangling?: DanglingVisitor): Promise<void> {
    const { kinds } = await this.#nodes();
    await scanEdges(this.#live, kinds, visit, dangling);
  }

  async *nodeRecords(): AsyncGenerator<NodeRecord> {
    const rows = await nodeRowsInOrder(this.#live, await this.#nodes());
    yield* recordsInOrder(this.#live, 'nodes', rows, readNode);
  }

  async *edgeRecords(): AsyncGenerator<EdgeRecord> {
    yield* recordsInOrder(this.#live, 'edges', await edgeRowsInOrder(this.#live), readEdge);
  }

  async *useRecords(): AsyncGenerator<UseRecord> {
    yield* recordsInOrder(this.#live, 'uses', await useRowsInOrder(this.#live), readUse);
  }

  async entities(refs: readonly number[]): Promise<readonly (Entity | undefined)[]> {
    this.#mustBeOpen();
    return refs.map((ref) => this.#entity(ref));
  }

  #entity(ref: number): Entity | undefined {
    const rows = this.#rowsOf(ref);
    if (rows.length === 0) return undefined;
    return mergeVersions(
      rows.map((row) => recordAt(this.#live, row)),
      this.#precedence,
    );
  }

  /** The rows of a node, by the nodes where they were gathered, else by the index. */
  #rowsOf(ref: number): readonly number[] {
    if (!(Number.isInteger(ref) && ref >= 1 && ref < this.#live.log('ids').next)) return [];
    if (this.#nodeRows !== undefined) {
      const { kinds, rows, several } = this.#nodeRows;
      return several.get(ref) ?? (kinds[ref] === 0 ? [] : [rows[ref]!]);
    }
    this.#nodesIndex ??= this.#view.index('nodes_index');
    this.#nodesEnded ??= this.#endedLater('nodes', (page, slot) => page.words[page.offsets[slot]! + NODE_REF]!);
    const found = this.#indexed('nodes', this.#nodesIndex.find(hashNumber(ref))).filter((row) => {
      const { page, slot } = this.#mustFind('nodes', row);
      return page.words[page.offsets[slot]! + NODE_REF] === ref;
    });
    const ended = this.#nodesEnded.get(ref);
    return ended === undefined ? found : [...found, ...ended].sort((a, b) => a - b);
  }

  /** Of rows that an index leads to, which knows the newest version, those that were there by this one. */
  #indexed(name: 'nodes' | 'edges', rows: readonly number[]): readonly number[] {
    if (this.#view.isNewest) return rows;
    const { end } = this.#view.living(name);
    return rows.filter((row) => row < end);
  }

  /** Rows of this version that no index leads to any more, by something in them. */
  #endedLater(
    name: 'nodes' | 'edges',
    keyOf: (page: RowPage, slot: number) => number,
  ): ReadonlyMap<number, readonly number[]> {
    const byKey = new Map<number, number[]>();
    for (const row of this.#view.living(name).endedLater) {
      const { page, slot } = this.#mustFind(name, row);
      const key = keyOf(page, slot);
      const there = byKey.get(key);
      if (there === undefined) byKey.set(key, [row]);
      else there.push(row);
    }
    return byKey;
  }

  #mustFind(name: 'nodes' | 'edges', row: number) {
    const found = this.#view.find(name, row);
    if (found === undefined) throw corrupt(`an index leads to row ${row} of ${name}, which is not there`);
    return found;
  }

  async edges(refs: readonly number[]): Promise<readonly (EdgeRecord | undefined)[]> {
    const records = new Array<EdgeRecord | undefined>(refs.length).fill(undefined);
    const turns = new Turns();
    // In the order of rows, so that each page is read once.
    for (const place of Uint32Array.from(refs.keys()).sort((a, b) => refs[a]! - refs[b]!)) {
      const found = this.#live.find('edges', refs[place]!);
      if (found !== undefined) records[place] = readEdge(found.page, found.slot, this.#view);
      if (turns.isDue()) await turns.pass();
    }
    return records;
  }

  #edgeAt(row: number): EdgeRecord {
    const found = this.#live.find('edges', row);
    if (found === undefined) throw corrupt(`row ${row} of edges is missing`);
    return readEdge(found.page, found.slot, this.#view);
  }

  async edgeById(id: string): Promise<EdgeRecord | undefined> {
    this.#mustBeOpen();
    const row = this.#edgeRows([id]).get(id);
    return row === undefined ? undefined : this.#edgeAt(row);
  }

  async refsOf(nodeIds: readonly string[], edgeIds: readonly string[]): Promise<Refs> {
    this.#mustBeOpen();
    const rows = this.#edgeRows(edgeIds);
    return {
      nodes: nodeIds.map((id) => this.#refOf(id)),
      edges: edgeIds.map((id) => {
        const row = rows.get(id);
        return row !== undefined && this.#hasEffect(row) ? row : undefined;
      }),
    };
  }

  /** The number of a node. Numbers of ids are never given anew, so their index holds for every version. */
  #refOf(id: string): number | undefined {
    this.#idsIndex ??= this.#view.index('ids_index');
    const ref = this.#idsIndex.find(hashText(id)).find((each) => idAt(this.#view.log('ids'), each) === id);
    return ref !== undefined && this.#rowsOf(ref).length > 0 ? ref : undefined;
  }

  #hasEffect(row: number): boolean {
    const { page, slot } = this.#mustFind('edges', row);
    const at = page.offsets[slot]!;
    const end = (place: number): number => this.#kindAt(page.words[at + place]!);
    return joins(page.words[at + EDGE_BITS]!, end(EDGE_FROM), end(EDGE_TO));
  }

  /** The place of a node's kind in NODE_KINDS plus one, 0 where there is no such node. */
  #kindAt(ref: number): number {
    const [row] = this.#rowsOf(ref);
    if (row === undefined) return 0;
    const { page, slot } = this.#mustFind('nodes', row);
    return (page.words[page.offsets[slot]! + NODE_BITS]! & NODE_KIND_MASK) + 1;
  }

  /** The rows of edges by their ids, effective or not. */
  #edgeRows(ids: readonly string[]): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    const words = new Int32Array(5);
    for (const id of ids) {
      const row = parseEdgeId(id, words) ? this.#edgeRow(words) : undefined;
      if (row !== undefined) found.set(id, row);
    }
    return found;
  }

  #edgeRow(id: Int32Array): number | undefined {
    const first = id[0]!;
    const words = new Int32Array(5);
    const wordsAt = (page: RowPage, slot: number): Int32Array => {
      edgeIdOf(page.words, page.offsets[slot]!, words);
      return words;
    };
    this.#edgesIndex ??= this.#view.index('edges_index');
    this.#edgesEnded ??= this.#endedLater('edges', (page, slot) => wordsAt(page, slot)[0]!);
    const rows = [...this.#indexed('edges', this.#edgesIndex.find(first)), ...(this.#edgesEnded.get(first) ?? [])];
    return rows.find((row) => {
      const { page, slot } = this.#mustFind('edges', row);
      return wordsAt(page, slot).every((word, i) => word === id[i]);
    });
  }

  async sources(): Promise<readonly SourceStatus[]> {
    const view = this.#live;
    const status = Object.entries(this.#sourceCounts())
      .filter(([, { nodes, edges, uses }]) => nodes + edges + uses > 0)
      .map(([number, { nodes, edges, loadedAt }]) => ({ source: view.source(Number(number)), nodes, edges, loadedAt }));
    return status.sort((a, b) => (a.source < b.source ? -1 : 1));
  }

  /** For an older version, what each batch up to it said last. */
  #sourceCounts(): Readonly<Record<string, SourceCounts>> {
    if (this.#view.isNewest) return this.#view.state.sources;
    const counts: Record<string, SourceCounts> = {};
    for (let version = 1; version <= this.version; version++) {
      Object.assign(counts, this.#view.batches.record(version).sources);
    }
    return counts;
  }

  async danglingEdges(limit: number): Promise<{ readonly total: number; readonly edges: readonly EdgeRecord[] }> {
    const { kinds } = await this.#nodes();
    const dangling = new Set<number>();
    await forLiveRows(this.#live, 'edges', (page, slot, row) => {
      if (!hasEffect(page, slot, kinds)) dangling.add(row);
    });
    if (dangling.size === 0 || !(limit > 0)) return { total: dangling.size, edges: [] };
    const rows = await edgeRowsInOrder(this.#live, (row) => dangling.has(row));
    return { total: dangling.size, edges: Array.from(rows.subarray(0, limit), (row) => this.#edgeAt(row)) };
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.#nodeRows = undefined;
    this.#database.close();
  }

  #allIds(): Promise<readonly (string | undefined)[]> {
    return allIds(this.#live.log('ids'), new Turns());
  }

  async #nodes(): Promise<NodeRows> {
    this.#nodeRows ??= await collectNodeRows(this.#live);
    return this.#nodeRows;
  }
}
