import type { UseRecord } from '../../model/index.ts';
import { KeyedEntries } from './entries.ts';
import { hashWords } from './hash-index.ts';
import { Ledger } from './ledger.ts';
import type { RowPage } from './row-page.ts';
import { USE_KEY, USE_KEY_WORDS, USE_SOURCE, writeUse } from './rows.ts';

export const hashUse = (key: Int32Array, at: number): number => hashWords(key, at, at + USE_KEY_WORDS);

/** The uses during a batch, each named by identity, action, resource and source. */
export class UseLedger extends Ledger {
  readonly entries = new KeyedEntries(USE_KEY_WORDS, hashUse);
  readonly #key = new Int32Array(USE_KEY_WORDS);

  put(use: UseRecord, identity: number, action: number, resource: number, source: number, put: number): void {
    const found = this.#find(identity, action, resource, source);
    const entry = found >= 0 ? found : this.entries.add(this.#key, source, 0);
    this.log.begin();
    writeUse(this.log, use, this.#key);
    this.keepFor(entry);
    this.entries.lastPut[entry] = put;
  }

  remove(identity: number, action: number, resource: number, source: number): void {
    const entry = this.#find(identity, action, resource, source);
    if (entry >= 0) this.removeEntry(entry);
  }

  #find(identity: number, action: number, resource: number, source: number): number {
    this.#key[0] = identity;
    this.#key[1] = action;
    this.#key[2] = resource;
    this.#key[3] = source;
    const known = this.entries.find(this.#key);
    if (known >= 0 || this.isWhole(source)) return known;
    if (this.readInstead()) return this.entries.find(this.#key);
    for (const row of this.index.find(hashUse(this.#key, 0))) {
      const page = this.log.page(row)!;
      this.enter(page, page.slotOf(row), row);
    }
    return this.entries.find(this.#key);
  }

  protected enter(page: RowPage, slot: number, row: number): void {
    const at = page.offsets[slot]! + USE_KEY;
    const key = page.words.slice(at, at + USE_KEY_WORDS);
    if (this.entries.find(key) < 0) this.entries.add(key, key[USE_SOURCE - USE_KEY]!, row);
  }

  protected sourceOf(page: RowPage, slot: number): number {
    return page.words[page.offsets[slot]! + USE_SOURCE]!;
  }

  protected hashOf(entry: number): number {
    return this.entries.hashOf(entry);
  }
}
