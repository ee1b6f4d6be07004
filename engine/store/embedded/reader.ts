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
import { parseEdgeId } from './edge-id-words.ts';
import { hasEffect, joins, scanEdges, scanTerms } from './edge-scan.ts';
import { type HashIndex, hashNumber, hashText } from './hash-index.ts';
import { allIds, idAt } from './ids.ts';
import { collectNodeRows, forLiveRows, type NodeRows, recordAt, scanNodes } from './node-scan.ts';
import { edgeRowsInOrder, nodeRowsInOrder, recordsInOrder, useRowsInOrder } from './record-order.ts';
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
    if (!this.#open) throw new GrantlensError('CLOSED', 'The reader has been closed.');
    return this.#view;
  }

  async scanNodes(visit: NodeVisitor): Promise<void> {
    this.#nodeRows = await scanNodes(this.#live, this.#allIds(), this.#precedence, visit);
  }

  async scanTerms(visit: TermsVisitor): Promise<void> {
    await scanTerms(this.#live, visit);
  }

  async scanEdges(visit: EdgeVisitor, dangling?: DanglingVisitor): Promise<void> {
    const { kinds } = await this.#nodes();
    await scanEdges(this.#live, kinds, visit, dangling);
  }

  async *nodeRecords(): AsyncGenerator<NodeRecord> {
    const rows = nodeRowsInOrder(this.#live, await this.#nodes());
    yield* recordsInOrder(this.#live, 'nodes', rows, readNode);
  }

  async *edgeRecords(): AsyncGenerator<EdgeRecord> {
    yield* recordsInOrder(this.#live, 'edges', await edgeRowsInOrder(this.#live), readEdge);
  }

  async *useRecords(): AsyncGenerator<UseRecord> {
    yield* recordsInOrder(this.#live, 'uses', await useRowsInOrder(this.#live), readUse);
  }

  async entities(refs: readonly number[]): Promise<readonly (Entity | undefined)[]> {
    if (!this.#live.isNewest) await this.#nodes();
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

  /** The rows of a node: found by the index, which knows the newest version, or by the nodes of an older one. */
  #rowsOf(ref: number): readonly number[] {
    if (!(Number.isInteger(ref) && ref >= 1 && ref < this.#live.log('ids').next)) return [];
    if (this.#nodeRows !== undefined) {
      const { kinds, rows, several } = this.#nodeRows;
      return several.get(ref) ?? (kinds[ref] === 0 ? [] : [rows[ref]!]);
    }
    this.#nodesIndex ??= this.#view.index('nodes_index');
    return this.#nodesIndex.find(hashNumber(ref)).filter((row) => {
      const { page, slot } = this.#mustFind('nodes', row);
      return page.words[page.offsets[slot]! + NODE_REF] === ref;
    });
  }

  #mustFind(name: 'nodes' | 'edges', row: number) {
    const found = this.#view.find(name, row);
    if (found === undefined) throw corrupt(`an index leads to row ${row} of ${name}, which is not there`);
    return found;
  }

  async edges(refs: readonly number[]): Promise<readonly (EdgeRecord | undefined)[]> {
    const view = this.#live;
    return refs.map((ref) => (view.find('edges', ref) === undefined ? undefined : this.#edgeAt(ref)));
  }

  #edgeAt(row: number): EdgeRecord {
    const found = this.#live.find('edges', row);
    if (found === undefined) throw corrupt(`row ${row} of edges is missing`);
    return readEdge(found.page, found.slot, this.#view);
  }

  async edgeById(id: string): Promise<EdgeRecord | undefined> {
    const row = (await this.#edgeRows([id])).get(id);
    return row === undefined ? undefined : this.#edgeAt(row);
  }

  async refsOf(nodeIds: readonly string[], edgeIds: readonly string[]): Promise<Refs> {
    if (!this.#live.isNewest) await this.#nodes();
    const rows = await this.#edgeRows(edgeIds);
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

  /** The rows of edges by their ids, effective or not: found by the index, which knows the newest version, or by a scan. */
  async #edgeRows(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const view = this.#live;
    const sought = [...new Set(ids)].flatMap((id) => {
      const words = new Int32Array(5);
      return parseEdgeId(id, words) ? [{ id, words }] : [];
    });
    if (!view.isNewest) return this.#edgeRowsByScan(sought);
    const found = new Map<string, number>();
    for (const { id, words } of sought) {
      const row = this.#edgeRowByIndex(words);
      if (row !== undefined) found.set(id, row);
    }
    return found;
  }

  #edgeRowByIndex(id: Int32Array): number | undefined {
    this.#edgesIndex ??= this.#view.index('edges_index');
    const found = new Int32Array(5);
    return this.#edgesIndex.find(id[0]!).find((row) => {
      const { page, slot } = this.#mustFind('edges', row);
      edgeIdOf(page.words, page.offsets[slot]!, found);
      return found.every((word, i) => word === id[i]);
    });
  }

  async #edgeRowsByScan(
    sought: readonly { readonly id: string; readonly words: Int32Array }[],
  ): Promise<ReadonlyMap<string, number>> {
    const rows = new Map<string, number>();
    if (sought.length === 0) return rows;
    const byFirstWord = new Map<number, (typeof sought)[number][]>();
    for (const each of sought) {
      const first = each.words[0]!;
      byFirstWord.set(first, [...(byFirstWord.get(first) ?? []), each]);
    }
    const found = new Int32Array(5);
    await forLiveRows(this.#live, 'edges', (page, slot, row) => {
      edgeIdOf(page.words, page.offsets[slot]!, found);
      for (const { id, words } of byFirstWord.get(found[0]!) ?? [])
        if (found.every((word, i) => word === words[i])) rows.set(id, row);
    });
    return rows;
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

  #allIds(): readonly (string | undefined)[] {
    return allIds(this.#live.log('ids'));
  }

  async #nodes(): Promise<NodeRows> {
    this.#nodeRows ??= await collectNodeRows(this.#live);
    return this.#nodeRows;
  }
}
