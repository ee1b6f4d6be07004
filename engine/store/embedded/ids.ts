import { HashedRows, type HashIndex, hashText } from './hash-index.ts';
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
export function allIds(log: RowLog): (string | undefined)[] {
  const ids = new Array<string | undefined>(log.next).fill(undefined);
  for (const page of log.pages()) {
    for (let slot = 0; slot < page.count; slot++) ids[page.rowAt(slot)] = page.textOf(slot);
  }
  return ids;
}

/** Gives numbers (refs) to ids of nodes, whether or not there is such a node. A number is never given twice. */
export class IdWriter {
  readonly #log: RowWriter;
  readonly #index: HashIndex;
  readonly #refs = new Map<string, number>();
  readonly #new: string[] = [];
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
    this.#lastRef = this.known(id) ?? this.#add(id);
    this.#lastId = id;
    return this.#lastRef;
  }

  text(ref: number): string {
    return idAt(this.#log, ref);
  }

  /** The number of an id that has one. */
  known(id: string): number | undefined {
    return this.#refs.get(id) ?? this.#lookUp(id);
  }

  /** Numbers from this one on were given by this writer: nothing on disk refers to them yet. */
  get firstNew(): number {
    return this.#firstNew;
  }

  #lookUp(id: string): number | undefined {
    if (this.#allRead) return undefined;
    if (++this.#lookups > SINGLE_LOOKUPS + this.#index.state.entries * LOOKUP_SHARE) {
      this.#readAll();
      return this.#refs.get(id);
    }
    for (const ref of this.#index.find(hashText(id))) {
      if (idAt(this.#log, ref) !== id) continue;
      this.#refs.set(id, ref);
      return ref;
    }
    return undefined;
  }

  #readAll(): void {
    this.#allRead = true;
    for (const page of this.#log.pages()) {
      for (let slot = 0; slot < page.count; slot++) this.#refs.set(page.textOf(slot), page.rowAt(slot));
    }
  }

  #add(id: string): number {
    this.#log.begin();
    this.#log.text(id);
    const ref = this.#log.keep();
    this.#refs.set(id, ref);
    this.#new.push(id);
    return ref;
  }

  /** Enters the new ids into the index. */
  finish(): void {
    const added = new HashedRows();
    for (let i = 0; i < this.#new.length; i++) added.add(hashText(this.#new[i]!), this.#firstNew + i);
    this.#index.change(added, new HashedRows());
  }
}
