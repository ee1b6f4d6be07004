import { createHash } from 'node:crypto';
import type { AppliedBatch } from '../../model/index.ts';
import { appliedOf, Batches, type BatchRecord, bytesOfRemovals, chained, type Unchained } from './batches.ts';
import { DeadRows } from './dead-rows.ts';
import { EdgeLedger } from './edge-ledger.ts';
import { HashedRows, HashIndex, hashText } from './hash-index.ts';
import { IdWriter } from './ids.ts';
import type { Settled } from './ledger.ts';
import { NodeLedger } from './node-ledger.ts';
import { RowWriter } from './row-log.ts';
import { SealedTable } from './sealed-table.ts';
import type { Database } from './sqlite.ts';
import {
  FACTS,
  type FactName,
  INDEXES,
  type IndexName,
  LOGS,
  type LogName,
  type SourceCounts,
  type State,
  TABLES,
  type TableName,
} from './state.ts';
import { TextWriter } from './texts.ts';
import { UseLedger } from './use-ledger.ts';

const mapOf = <K extends string, V>(keys: readonly K[], value: (key: K) => V): Record<K, V> =>
  Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;

/** Everything that a batch writes, within one transaction of the database. */
export class WriteTransaction {
  readonly state: State;
  readonly texts: TextWriter;
  readonly ids: IdWriter;
  readonly nodes: NodeLedger;
  readonly edges: EdgeLedger;
  readonly uses: UseLedger;
  readonly batches: Batches;
  readonly #tables: Record<TableName, SealedTable>;
  readonly #logs: Record<LogName, RowWriter>;
  readonly #indexes: Record<IndexName, HashIndex>;

  constructor(database: Database, state: State) {
    this.state = state;
    this.#tables = mapOf(TABLES, (name) => new SealedTable(database, name, state.tables[name]));
    this.#logs = mapOf(LOGS, (name) => new RowWriter(this.#tables[name], state.ends[name]));
    this.#indexes = mapOf(INDEXES, (name) => new HashIndex(this.#tables[name], state.indexes[name]));
    this.batches = new Batches(this.#tables.batches, this.#tables.removals);
    this.texts = new TextWriter(this.#logs.texts);
    this.ids = new IdWriter(this.#logs.ids, this.#indexes.ids_index);
    const { nodes, edges, uses } = this.#logs;
    this.nodes = new NodeLedger(nodes, this.#indexes.nodes_index, this.#dead('nodes'), this.ids.firstNew);
    this.edges = new EdgeLedger(edges, this.#indexes.edges_index, this.#dead('edges'));
    this.uses = new UseLedger(uses, this.#indexes.uses_index, this.#dead('uses'));
  }

  #dead(name: FactName): DeadRows {
    return new DeadRows(this.#tables[`${name}_dead`]);
  }

  /** The record of a batch that was applied before. */
  find(id: string): BatchRecord | undefined {
    return this.batches.find(this.#indexes.batches_index, id);
  }

  /**
   * Writes what the ledgers hold and the record of the batch.
   *
   * @param whole numbers of the sources that the batch told all of
   * @returns the state to be written
   */
  finish(
    batch: { readonly id: string; readonly source: string; readonly appliedAt: number },
    whole: Iterable<number>,
  ): {
    readonly state: State;
    readonly applied: AppliedBatch;
  } {
    const settled = { nodes: this.nodes.settle(), edges: this.edges.settle(), uses: this.uses.settle() };
    const removals = bytesOfRemovals(settled);
    const sources = this.#countSources(settled, new Set(whole), batch.appliedAt);
    const total = (count: (of: Settled) => number) => FACTS.reduce((sum, name) => sum + count(settled[name]), 0);
    const record: Unchained = {
      version: this.state.version + 1,
      id: batch.id,
      source: batch.source,
      appliedAt: batch.appliedAt,
      added: total((of) => of.added),
      changed: total((of) => of.changed),
      removed: total((of) => of.removed),
      sources,
      digest: this.#digest(removals),
      ends: mapOf(LOGS, (name) => this.#logs[name].next),
    };
    const full = chained(record, this.state.chain);
    this.#enter(full, removals);
    return { state: this.#stateAfter(full), applied: appliedOf(full, false) };
  }

  #digest(removals: Uint8Array): string {
    const digest = createHash('sha256');
    for (const name of LOGS) digest.update(this.#logs[name].finish());
    return digest.update(removals).digest('hex');
  }

  #enter(record: BatchRecord, removals: Uint8Array): void {
    this.ids.finish();
    const added = new HashedRows();
    added.add(hashText(record.id), record.version);
    this.#indexes.batches_index.change(added, new HashedRows());
    this.batches.add(record, removals);
  }

  #stateAfter(record: BatchRecord): State {
    const sources = { ...this.state.sources, ...record.sources };
    return {
      ...this.state,
      sequence: this.state.sequence + 1,
      version: record.version,
      chain: record.chain,
      ends: record.ends,
      tables: mapOf(TABLES, (name) => this.#tables[name].sum),
      indexes: mapOf(INDEXES, (name) => this.#indexes[name].state),
      sources,
    };
  }

  /** How every source stands that the batch concerned. */
  #countSources(
    settled: Readonly<Record<FactName, Settled>>,
    concerned: Set<number>,
    loadedAt: number,
  ): Record<string, SourceCounts> {
    for (const name of FACTS) for (const source of settled[name].growth.keys()) concerned.add(source);
    const counts: Record<string, SourceCounts> = {};
    for (const source of [...concerned].sort((a, b) => a - b)) {
      const was = this.state.sources[source];
      const now = (name: FactName) => (was?.[name] ?? 0) + (settled[name].growth.get(source) ?? 0);
      counts[source] = { nodes: now('nodes'), edges: now('edges'), uses: now('uses'), loadedAt };
    }
    return counts;
  }
}
