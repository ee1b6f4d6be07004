import { createHash, type Hash } from 'node:crypto';
import { GrantlensError } from '../../model/index.ts';
import { buildPage, FRAME_WORD_BITS, MAX_ROW_TEXT, MAX_ROW_WORDS, PAGE_HEADER_WORDS, RowPage } from './row-page.ts';
import { bytesOf, type SealedTable, type TableRow } from './sealed-table.ts';
import { corrupt } from './sqlite.ts';

/** A page is written when it has grown to this. */
export const PAGE_BYTES = 16_000;
/** Pages kept decoded for point reads. */
const CACHE_BYTES = 128 * 2 ** 20;
/** Size of a decoded page by that of its bytes, about. */
const DECODED_SIZE = 1.6;
/** Rows that share an entry of the page cache. */
const CACHE_BLOCK_BITS = 4;
const LAST_ROW = 2 ** 31 - 1;

/**
 * A log of rows, numbered from 1, which never change once written. Pages cover the numbers 1 to `next - 1` without a gap,
 * so a page that is missing is noticed; rows within them may have been dropped by compaction.
 */
export class RowLog {
  protected readonly table: SealedTable;
  readonly #cache = new Map<number, RowPage>();
  #cached = 0;
  #next: number;

  constructor(table: SealedTable, next: number) {
    this.table = table;
    this.#next = next;
  }

  /** The number of the next row. */
  get next(): number {
    return this.#next;
  }

  protected advance(): number {
    if (this.#next >= LAST_ROW) {
      throw new GrantlensError('STORE_FAILED', `The store has numbered ${LAST_ROW} rows of ${this.table.name}.`);
    }
    return this.#next++;
  }

  /** The page that a row belongs to; undefined for numbers never given. */
  page(row: number): RowPage | undefined {
    if (!(row >= 1 && row < this.#next)) return undefined;
    const block = row >>> CACHE_BLOCK_BITS;
    const cached = this.#cache.get(block);
    if (cached !== undefined && row >= cached.first && row < cached.end) return cached;
    return this.#remember(this.#read(row));
  }

  #read(row: number): RowPage {
    const found = this.table.atOrBelow(row);
    const page = found === undefined ? undefined : new RowPage(found.key, found.body);
    if (page === undefined || row >= page.end) throw corrupt(`the page of row ${row} of ${this.table.name} is missing`);
    return page;
  }

  /** Keeps a page under every block of rows that it has a part of; a block between two pages has that of the later one. */
  #remember(page: RowPage): RowPage {
    if (this.#cached > CACHE_BYTES) {
      this.#cache.clear();
      this.#cached = 0;
    }
    for (let block = page.first >>> CACHE_BLOCK_BITS; block <= (page.end - 1) >>> CACHE_BLOCK_BITS; block++) {
      this.#cache.set(block, page);
    }
    this.#cached += page.bytes * DECODED_SIZE;
    return page;
  }

  /** All pages in order. Throws at the end when one is missing or foreign. */
  *pages(): Generator<RowPage> {
    yield* this.tiled(1, this.table.scan(), this.#next);
  }

  /** The pages that hold the rows from a number on. */
  *pagesFrom(row: number): Generator<RowPage> {
    if (row >= this.#next) return;
    const first = this.#read(row).first;
    yield* this.tiled(first, this.table.from(first), this.#next);
  }

  /** The pages that cover the numbers from `first` to just before `end`; those after are passed over. */
  protected *tiled(first: number, rows: Iterable<TableRow>, end: number): Generator<RowPage> {
    let expected = first;
    for (const { key, body } of rows) {
      if (key >= end) continue;
      if (key !== expected) throw corrupt(`the page of row ${expected} of ${this.table.name} is missing`);
      const page = new RowPage(key, body);
      expected = page.end;
      yield page;
    }
    if (expected !== end) throw corrupt(`the last page of ${this.table.name} is missing`);
  }
}

const scratchFloat = new Float64Array(1);
const scratchWords = new Int32Array(scratchFloat.buffer);

/** Reads the double that `RowWriter.float` wrote as two words. */
export function floatAt(words: Int32Array, at: number): number {
  scratchWords[0] = words[at]!;
  scratchWords[1] = words[at + 1]!;
  return scratchFloat[0]!;
}

/** SHA-256 over words and over texts of a run of rows, however they are spread over pages. */
export class RowDigest {
  readonly #words: Hash = createHash('sha256');
  readonly #text: Hash = createHash('sha256');

  add(words: Uint8Array, text: string | Uint8Array): void {
    this.#words.update(words);
    if (typeof text === 'string') this.#text.update(text, 'utf8');
    else this.#text.update(text);
  }

  /** Ends the digest: 128 hexadecimal digits. */
  end(): string {
    return this.#words.digest('hex') + this.#text.digest('hex');
  }
}

/**
 * Appends rows to a log. A row is begun, filled with words and text, compared with what is there if need be, and then
 * kept or left:
 *
 *   writer.begin(); writer.int(7); writer.text('x'); const row = writer.keep();
 */
export class RowWriter extends RowLog {
  readonly #digest = new RowDigest();
  /** The last page: words of the rows that were kept up to `#kept`, of the one that was begun up to `#used`. */
  #words = new Int32Array(PAGE_BYTES / 2);
  #kept = 0;
  #used = 0;
  #text = '';
  #rowText = '';
  #rows = 0;
  #first: number;
  /** Whether the table has this page already, and how much of it was there before. */
  #stored = false;
  #oldWords = 0;
  #oldText = 0;
  #asPage: RowPage | undefined;

  constructor(table: SealedTable, next: number) {
    super(table, next);
    this.#first = next;
    if (next > 1) this.#goOn(super.page(next - 1)!);
  }

  /** Takes up the last page where it has room and no row of it was dropped. */
  #goOn(page: RowPage): void {
    if (page.count < page.end - page.first || page.bytes >= PAGE_BYTES) return;
    const words = page.words.subarray(page.offsets[0]!, page.offsets[page.count]!);
    this.#room(words.length);
    this.#words.set(words);
    this.#kept = this.#oldWords = words.length;
    this.#text = page.text;
    this.#oldText = page.text.length;
    this.#rows = page.count;
    this.#first = page.first;
    this.#stored = true;
  }

  begin(): void {
    this.#room(MAX_ROW_WORDS + 1);
    this.#used = this.#kept + 1;
    this.#rowText = '';
  }

  int(value: number): void {
    this.#words[this.#used++] = value;
  }

  float(value: number): void {
    scratchFloat[0] = value + 0; // -0 becomes 0, as in JSON
    this.#words[this.#used++] = scratchWords[0]!;
    this.#words[this.#used++] = scratchWords[1]!;
  }

  /** Adds to the row's text. Where a row has several texts, words must tell their lengths. */
  text(text: string): void {
    this.#rowText += text;
  }

  /** False when the row that was begun has more text than a row can hold. */
  get fits(): boolean {
    return this.#rowText.length <= MAX_ROW_TEXT;
  }

  /** The words of the row that was begun, without its frame word, and its text. */
  get begun(): { readonly words: Int32Array; readonly text: string } {
    return { words: this.#words.subarray(this.#kept + 1, this.#used), text: this.#rowText };
  }

  /** Whether a row that was kept before has the words and the text of the row that was begun. */
  equals(row: number): boolean {
    const page = this.page(row);
    const slot = page?.slotOf(row) ?? -1;
    if (page === undefined || slot < 0) return false;
    const at = page.offsets[slot]!;
    const length = page.offsets[slot + 1]! - at;
    if (length !== this.#used - this.#kept) return false;
    this.#frame();
    for (let i = 0; i < length; i++) if (page.words[at + i] !== this.#words[this.#kept + i]) return false;
    return page.textOf(slot) === this.#rowText;
  }

  /** Keeps the row that was begun and returns its number. */
  keep(): number {
    const row = this.advance();
    this.#frame();
    this.#kept = this.#used;
    this.#text += this.#rowText;
    this.#rows += 1;
    this.#asPage = undefined;
    if ((PAGE_HEADER_WORDS + this.#kept) * 4 + this.#text.length >= PAGE_BYTES) this.#flush();
    return row;
  }

  /** Writes what is not written yet, and returns the digest of all rows that were kept. */
  finish(): string {
    if (this.#kept > this.#oldWords) this.#flush();
    return this.#digest.end();
  }

  override page(row: number): RowPage | undefined {
    if (row < this.#first || row >= this.next || this.#rows === 0) return super.page(row);
    this.#asPage ??= new RowPage(this.#first, this.#build());
    return this.#asPage;
  }

  override *pages(): Generator<RowPage> {
    yield* this.tiled(1, this.table.scan(), this.#first);
    if (this.#rows > 0) yield this.page(this.#first)!;
  }

  #frame(): void {
    this.#words[this.#kept] = (this.#used - this.#kept - 1) | (this.#rowText.length << FRAME_WORD_BITS);
  }

  #build(): Uint8Array {
    return buildPage(this.next, this.#words.subarray(0, this.#kept), this.#text, this.#rows);
  }

  #flush(): void {
    const body = this.#build();
    if (this.#stored) this.table.put(this.#first, body);
    else this.table.insert(this.#first, body);
    this.#digest.add(bytesOf(this.#words.subarray(this.#oldWords, this.#kept)), this.#text.slice(this.#oldText));
    this.#first = this.next;
    this.#kept = this.#rows = this.#oldWords = this.#oldText = 0;
    this.#text = '';
    this.#stored = false;
  }

  #room(words: number): void {
    const needed = this.#kept + words;
    if (needed <= this.#words.length) return;
    const grown = new Int32Array(needed * 2);
    grown.set(this.#words.subarray(0, this.#kept));
    this.#words = grown;
  }
}
