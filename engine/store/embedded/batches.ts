/** The records of applied batches: what each did, which rows it brought and ended, and the chain over them all. */
import { createHash } from 'node:crypto';
import { type AppliedBatch, GrantlensError } from '../../model/index.ts';
import { type HashIndex, hashText } from './hash-index.ts';
import { bytesOf, type SealedTable, wordsOf } from './sealed-table.ts';
import { corrupt } from './sqlite.ts';
import { type Ends, FACTS, type FactName, type SourceCounts } from './state.ts';

/** The record of a batch. Records are kept for good, so a batch is known again by its id however old it is. */
export interface BatchRecord extends Omit<AppliedBatch, 'repeated'> {
  /** The number after the last row of each log; the batch before tells where this one's rows begin. */
  readonly ends: Ends;
  /** How the sources that it concerned stood after it, by number of the name. */
  readonly sources: Readonly<Record<string, SourceCounts>>;
  /** SHA-256 over the rows that it brought and the list of those it ended. */
  readonly digest: string;
  /** SHA-256 over the chain of the batch before and all of the above. */
  readonly chain: string;
}

export type Unchained = Omit<BatchRecord, 'chain'>;

export function chained(record: Unchained, before: string): BatchRecord {
  const chain = createHash('sha256').update(before).update(JSON.stringify(record)).digest('hex');
  return { ...record, chain };
}

/** Whether a record's chain is that over the one before it. */
export function isChained(record: BatchRecord, before: string): boolean {
  const { chain, ...rest } = record;
  return chained(rest, before).chain === chain;
}

/** The rows that a batch ended: `gone` for good, `replaced` by rows of the same batch. */
export interface Ended {
  readonly gone: readonly number[];
  readonly replaced: readonly number[];
}
export type Removals = Readonly<Record<FactName, Ended>>;

export function bytesOfRemovals(removals: Removals): Uint8Array {
  const words: number[] = [];
  for (const name of FACTS) {
    const { gone, replaced } = removals[name];
    words.push(gone.length, replaced.length);
    for (const row of gone) words.push(row);
    for (const row of replaced) words.push(row);
  }
  return bytesOf(Int32Array.from(words));
}

export function removalsOfBytes(body: Uint8Array): Removals {
  const words = wordsOf(body);
  let at = 0;
  const take = (count: number): number[] => Array.from(words.subarray(at, (at += count)));
  const read = (): Ended => {
    const [gone = 0, replaced = 0] = take(2);
    return { gone: take(gone), replaced: take(replaced) };
  };
  return { nodes: read(), edges: read(), uses: read() };
}

/** Both tables that tell of batches. */
export class Batches {
  readonly #records: SealedTable;
  readonly #removals: SealedTable;

  constructor(records: SealedTable, removals: SealedTable) {
    this.#records = records;
    this.#removals = removals;
  }

  record(version: number): BatchRecord {
    return recordOf(this.#records.must(version));
  }

  removals(version: number): Removals {
    return removalsOfBytes(this.#removals.must(version));
  }

  /** All records, oldest first, each of which must follow from the one before. */
  *chain(newest: string): Generator<BatchRecord> {
    let before = '0'.repeat(64);
    let version = 0;
    for (const { key, body } of this.#records.scan()) {
      const record = recordOf(body);
      if (key !== ++version || record.version !== key || !isChained(record, before)) {
        throw corrupt(`the chain of batches is broken at version ${key}`);
      }
      before = record.chain;
      yield record;
    }
    if (before !== newest) throw corrupt('the chain of batches does not end where the store says');
  }

  add(record: BatchRecord, removals: Uint8Array): void {
    this.#records.insert(record.version, Buffer.from(JSON.stringify(record)));
    this.#removals.insert(record.version, removals);
  }

  /** Drops what is needed only to go back before a version. */
  forget(from: number, to: number): void {
    for (let version = from; version <= to; version++) this.#removals.delete(version);
  }

  /** The record of a batch id. */
  find(index: HashIndex, id: string): BatchRecord | undefined {
    for (const version of index.find(hashText(id))) {
      const record = this.record(version);
      if (record.id === id) return record;
    }
    return undefined;
  }
}

const recordOf = (body: Uint8Array): BatchRecord => JSON.parse(Buffer.from(body).toString()) as BatchRecord;

/** The answer to who asks for a version that is not kept, or never was. */
export function versionNotFound(version: number, floor: number, newest: number): GrantlensError {
  const kept = floor === newest ? `only version ${newest} is` : `versions ${floor} to ${newest} are`;
  return new GrantlensError('VERSION_NOT_FOUND', `Version ${version} is not kept; ${kept}.`, {
    version,
    floor,
    newest,
  });
}

/** What a caller is told of a batch. */
export function appliedOf(record: BatchRecord, repeated: boolean): AppliedBatch {
  const { version, id, source, appliedAt, added, changed, removed } = record;
  return { version, id, source, appliedAt, added, changed, removed, repeated };
}
