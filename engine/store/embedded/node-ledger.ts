import { NODE_KINDS, type NodeRecord, sortedDeep } from '../../model/index.ts';
import type { DeadRows } from './dead-rows.ts';
import { NodeEntries } from './entries.ts';
import { type HashIndex, hashNumber } from './hash-index.ts';
import { Ledger } from './ledger.ts';
import type { RowWriter } from './row-log.ts';
import type { RowPage } from './row-page.ts';
import { NODE_BITS, NODE_KIND_MASK, NODE_REF, NODE_SOURCE, readNodeTexts, writeNode } from './rows.ts';

const KIND_PLACES: ReadonlyMap<string, number> = new Map(NODE_KINDS.map((kind, place) => [kind, place]));

/** The nodes during a batch: each source's version of them. */
export class NodeLedger extends Ledger {
  readonly entries = new NodeEntries();
  readonly #read = new Set<number>();
  readonly #firstNewRef: number;

  /** @param firstNewRef numbers from here on were given in this batch: there is no older row of them */
  constructor(log: RowWriter, index: HashIndex, dead: DeadRows, firstNewRef: number) {
    super(log, index, dead);
    this.#firstNewRef = firstNewRef;
  }

  /** The place of a kind in NODE_KINDS, undefined for a word that is no kind. */
  static kindOf(kind: string): number | undefined {
    return KIND_PLACES.get(kind);
  }

  put(node: NodeRecord, kind: number, ref: number, source: number, type: number, put: number): boolean {
    this.#readRef(ref);
    const found = this.entries.find(ref, source);
    const entry = found >= 0 ? found : this.entries.add(ref, source, 0, kind);
    this.log.begin();
    writeNode(this.log, node, kind, ref, source, type);
    if (!this.log.fits) return false;
    this.keepFor(entry);
    this.entries.kind[entry] = kind;
    this.entries.lastPut[entry] = put;
    return true;
  }

  remove(ref: number, source: number): void {
    this.#readRef(ref);
    const entry = this.entries.find(ref, source);
    if (entry >= 0) this.removeEntry(entry);
  }

  /** The entries of a node that some source vouches for now. */
  *versions(ref: number): Generator<number> {
    this.#readRef(ref);
    for (let entry = this.entries.first(ref); entry >= 0; entry = this.entries.after(entry)) {
      if (this.entries.current[entry] !== 0) yield entry;
    }
  }

  /** The kind of a node now, as a place in NODE_KINDS; -1 when no source vouches for it. */
  kindNow(ref: number): number {
    this.#readRef(ref);
    let entry = this.entries.first(ref);
    while (entry >= 0 && this.entries.current[entry] === 0) entry = this.entries.after(entry);
    return entry < 0 ? -1 : this.entries.kind[entry]!;
  }

  /** Makes the entries of all versions of a node. */
  #readRef(ref: number): void {
    if (ref >= this.#firstNewRef || this.isWhole() || this.#read.has(ref) || this.readInstead()) return;
    this.#read.add(ref);
    for (const row of this.index.find(hashNumber(ref))) {
      const page = this.log.page(row)!;
      const slot = page.slotOf(row);
      if (page.words[page.offsets[slot]! + NODE_REF] === ref) this.enter(page, slot, row);
    }
  }

  protected enter(page: RowPage, slot: number, row: number): void {
    const at = page.offsets[slot]!;
    const ref = page.words[at + NODE_REF]!;
    const source = page.words[at + NODE_SOURCE]!;
    if (this.entries.find(ref, source) >= 0) return;
    this.entries.add(ref, source, row, page.words[at + NODE_BITS]! & NODE_KIND_MASK);
  }

  protected sourceOf(page: RowPage, slot: number): number {
    return page.words[page.offsets[slot]! + NODE_SOURCE]!;
  }

  protected hashOf(entry: number): number {
    return hashNumber(this.entries.ref[entry]!);
  }

  /** Attributes that differ only in the order of their keys are the same. */
  protected override same(row: number): boolean {
    return super.same(row) || this.#sameButForOrder(row);
  }

  #sameButForOrder(row: number): boolean {
    const begun = this.log.begun;
    const page = this.log.page(row)!;
    const slot = page.slotOf(row);
    const words = page.words.subarray(page.offsets[slot]! + 1, page.offsets[slot + 1]!);
    if (words.length !== begun.words.length || words.some((word, i) => word !== begun.words[i])) return false;
    const { name = '', attributes } = readNodeTexts(page, slot);
    if (begun.text.length !== name.length + attributes.length || !begun.text.startsWith(name)) return false;
    return attributes !== '' && sortedText(attributes) === sortedText(begun.text.slice(name.length));
  }
}

const sortedText = (json: string): string => JSON.stringify(sortedDeep(JSON.parse(json)));
