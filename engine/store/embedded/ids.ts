import type { Turns } from '../turns.ts';
import { HashedRows, type HashIndex, hashText } from './hash-index.ts';
import { IdTable } from './id-table.ts';
import type { RowLog, RowWriter } from './row-log.ts';
import { corrupt } from './sqlite.ts';

/** Single look-ups before all ids are read at once: one costs about as much as reading a hundred in a row. */
const SINGLE_LOOKUPS = 512;
const LOOKUP_SHARE = 1 / 128;

/** The id that a number stands for. */
export function idAt(log: RowLog, ref: number): string {
  const page = log.page(ref);
  const slot = page?.slotOf(ref) ?? -1;
  if (page === undefined || slot < 0) throw corrupt(`id ${ref} is missing`);
  return page.textOf(slot);
}

/** All ids by number; undefined for those that compaction dropped. */
export async function allIds(log: RowLog, turns: Turns): Promise<(string | undefined)[]> {
  const ids = new Array<string | undefined>(log.next).fill(undefined);
  for (const page of log.pages()) {
    for (let slot = 0; slot < page.count; slot++) ids[page.rowAt(slot)] = page.textOf(slot);
    if (turns.isDue()) await turns.pass();
  }
  return ids;
}

/** Gives numbers (refs) to ids of nodes, whether or not there is such a node. A number is never given twice. */
export class IdWriter {
  readonly #log: RowWriter;
  readonly #index: HashIndex;
  readonly #table = new IdTable();
  readonly #added = new HashedRows();
  readonly #firstNew: number;
  #allRead: boolean;
  #lookups = 0;
  /** Lines that follow one another are often about the same node. */
  #lastId = '';
  #lastRef = 0;

  constructor(log: RowWriter, index: HashIndex) {
    this.#log = log;
    this.#index = index;
    this.#firstNew = log.next;
    this.#allRead = index.state.entries === 0;
  }

  /** The number of an id, a new one if it has none yet. */
  ref(id: string): number {
    if (id === this.#lastId) return this.#lastRef;
    const hash = hashText(id);
    const known = this.#table.find(id, hash) || this.#lookUp(id, hash);
    this.#lastRef = known === 0 ? this.#add(id, hash) : known;
    this.#lastId = id;
    return this.#lastRef;
  }

  /** The id of a number. */
  text(ref: number): string {
    return idAt(this.#log, ref);
  }

  /** The number of an id that has one. */
  known(id: string): number | undefined {
    const hash = hashText(id);
    const ref = this.#table.find(id, hash) || this.#lookUp(id, hash);
    return ref === 0 ? undefined : ref;
  }

  /** Numbers from this one on were given by this writer: nothing on disk refers to them yet. */
  get firstNew(): number {
    return this.#firstNew;
  }

  /** Looks on disk; 0 for an id that is not there. */
  #lookUp(id: string, hash: number): number {
    if (this.#allRead) return 0;
    if (++this.#lookups > SINGLE_LOOKUPS + this.#index.state.entries * LOOKUP_SHARE) {
      this.#readAll();
      return this.#table.find(id, hash);
    }
    const ref = this.#index.find(hash).find((candidate) => idAt(this.#log, candidate) === id) ?? 0;
    if (ref !== 0) this.#table.add(id, hash, ref);
    return ref;
  }

  #readAll(): void {
    this.#allRead = true;
    for (const page of this.#log.pages()) {
      for (let slot = 0; slot < page.count; slot++) {
        const id = page.textOf(slot);
        const hash = hashText(id);
        if (this.#table.find(id, hash) === 0) this.#table.add(id, hash, page.rowAt(slot));
      }
    }
  }

  #add(id: string, hash: number): number {
    this.#log.begin();
    this.#log.text(id);
    const ref = this.#log.keep();
    this.#table.add(id, hash, ref);
    this.#added.add(hash, ref);
    return ref;
  }

  /** Enters the new ids into the index. */
  finish(): void {
    this.#index.change(this.#added, new HashedRows());
  }
}
