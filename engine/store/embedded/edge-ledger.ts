import { EDGE_KINDS, type EdgeRecord } from '../../model/index.ts';
import { parseEdgeId } from './edge-id-words.ts';
import { KeyedEntries } from './entries.ts';
import { Ledger } from './ledger.ts';
import type { RowPage } from './row-page.ts';
import { EDGE_BITS, EDGE_FROM, EDGE_KIND_MASK, EDGE_SOURCE, EDGE_TO, edgeIdOf, writeEdge } from './rows.ts';

const KIND_PLACES: ReadonlyMap<string, number> = new Map(EDGE_KINDS.map((kind, place) => [kind, place]));
const ID_WORDS = 5;

/** The edges during a batch. The first word of an edge's id is hash enough: ids are hashes themselves. */
export class EdgeLedger extends Ledger {
  readonly entries = new KeyedEntries(ID_WORDS, (key, at) => key[at]!);
  readonly #id = new Int32Array(ID_WORDS);
  readonly #readId = new Int32Array(ID_WORDS);

  /** The place of a kind in EDGE_KINDS, undefined for a word that is no kind. */
  static kindOf(kind: string): number | undefined {
    return KIND_PLACES.get(kind);
  }

  /** Puts an edge and returns its entry; -1 when its id cannot be one of this source, -2 when it holds too much text. */
  put(edge: EdgeRecord, kind: number, from: number, to: number, source: number, terms: number, put: number): number {
    if (!parseEdgeId(edge.id, this.#id)) return -1;
    const found = this.#find(source);
    if (found >= 0 && this.entries.source[found] !== source) return -1;
    const entry = found >= 0 ? found : this.entries.add(this.#id, source, 0);
    this.log.begin();
    writeEdge(this.log, edge, kind, from, to, source, this.#id, terms);
    if (!this.log.fits) return -2;
    this.keepFor(entry);
    this.entries.lastPut[entry] = put;
    return entry;
  }

  remove(id: string, source: number): void {
    if (!parseEdgeId(id, this.#id)) return;
    const entry = this.#find(source);
    if (entry >= 0 && this.entries.source[entry] === source) this.removeEntry(entry);
  }

  /** The kind (its place in EDGE_KINDS) and the ends of the edge that an entry had before the batch. */
  endsBefore(entry: number): { readonly kind: number; readonly from: number; readonly to: number } {
    const row = this.entries.before[entry]!;
    const page = this.log.page(row)!;
    const { words } = page;
    const at = page.offsets[page.slotOf(row)]!;
    return { kind: words[at + EDGE_BITS]! & EDGE_KIND_MASK, from: words[at + EDGE_FROM]!, to: words[at + EDGE_TO]! };
  }

  /** The entry of the id at hand, -1 when there is none. */
  #find(source: number): number {
    const known = this.entries.find(this.#id);
    if (known >= 0 || this.isWhole(source)) return known;
    if (this.readInstead()) return this.entries.find(this.#id);
    for (const row of this.index.find(this.#id[0]!)) {
      const page = this.log.page(row)!;
      this.enter(page, page.slotOf(row), row);
    }
    return this.entries.find(this.#id);
  }

  protected enter(page: RowPage, slot: number, row: number): void {
    const at = page.offsets[slot]!;
    edgeIdOf(page.words, at, this.#readId);
    if (this.entries.find(this.#readId) < 0) this.entries.add(this.#readId, page.words[at + EDGE_SOURCE]!, row);
  }

  protected sourceOf(page: RowPage, slot: number): number {
    return page.words[page.offsets[slot]! + EDGE_SOURCE]!;
  }

  protected hashOf(entry: number): number {
    return this.entries.hashOf(entry);
  }
}
