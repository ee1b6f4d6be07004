import { bytesOf, wordsOf } from './sealed-table.ts';
import { corrupt } from './sqlite.ts';

/**
 * A page holds consecutive rows of a log in one blob, because a blob of 16 KB costs SQLite and its driver about as much
 * as a single row of columns does.
 *
 *   4 words     number after the last row, number of rows, flags, bytes of text
 *   n words     the rows' numbers, where some are missing (flag SPARSE)
 *   words       the rows, each a frame word and up to 63 words of its own
 *   text        the texts of all rows, one after another
 *
 * Words are 32-bit integers, little endian as on every platform that Node and SQLite are built for here. A frame word
 * holds the number of words that follow (6 bits) and the length of the row's text in UTF-16 units (26 bits).
 */
export const PAGE_HEADER_WORDS = 4;
export const FRAME_WORD_BITS = 6;
export const MAX_ROW_WORDS = 2 ** FRAME_WORD_BITS - 1;
/** In UTF-16 units. */
export const MAX_ROW_TEXT = 2 ** (32 - FRAME_WORD_BITS) - 1;

const SPARSE = 1;
const ENCODING_MASK = 6;
const ASCII = 0;
const UTF8 = 2;
const UTF16 = 4;

const ENCODINGS: Readonly<Record<number, BufferEncoding>> = { [ASCII]: 'latin1', [UTF8]: 'utf8', [UTF16]: 'utf16le' };

/** One page as read: rows by slot, from 0. */
export class RowPage {
  readonly first: number;
  /** One above the greatest row number that belongs here, whether or not that row is still kept. */
  readonly end: number;
  readonly count: number;
  readonly bytes: number;
  readonly words: Int32Array;
  /** Where each row's frame word is; one more than rows. */
  readonly offsets: Int32Array;
  /** Where each row's text starts; one more than rows. */
  readonly starts: Int32Array;
  readonly #numbers: Int32Array | undefined;
  readonly #textBytes: Buffer;
  readonly #encoding: number;
  #text: string | undefined;

  constructor(first: number, body: Uint8Array) {
    this.words = wordsOf(body);
    if (this.words.length < PAGE_HEADER_WORDS) throw corrupt(`page ${first} is too short`);
    const [end, count, flags, textBytes] = this.words as unknown as [number, number, number, number];
    this.first = first;
    this.end = end;
    this.count = count;
    this.bytes = body.length;
    const sparse = (flags & SPARSE) !== 0;
    const start = PAGE_HEADER_WORDS + (sparse ? count : 0);
    this.#numbers = sparse ? this.words.subarray(PAGE_HEADER_WORDS, start) : undefined;
    this.#encoding = flags & ENCODING_MASK;
    this.#textBytes = Buffer.from(body.buffer, body.byteOffset + body.length - textBytes, textBytes);
    this.offsets = new Int32Array(count + 1);
    this.starts = new Int32Array(count + 1);
    const after = this.#index(start);
    if (after * 4 + textBytes !== body.length) throw corrupt(`page ${first} has another length than it says`);
  }

  #index(start: number): number {
    const { words, offsets, starts, count } = this;
    let at = start;
    let text = 0;
    for (let slot = 0; slot < count; slot++) {
      offsets[slot] = at;
      starts[slot] = text;
      const frame = words[at]!;
      at += 1 + (frame & MAX_ROW_WORDS);
      text += frame >>> FRAME_WORD_BITS;
    }
    offsets[count] = at;
    starts[count] = text;
    return at;
  }

  get text(): string {
    this.#text ??= this.#textBytes.toString(ENCODINGS[this.#encoding]);
    return this.#text;
  }

  textOf(slot: number): string {
    return this.text.slice(this.starts[slot]!, this.starts[slot + 1]!);
  }

  rowAt(slot: number): number {
    return this.#numbers === undefined ? this.first + slot : this.#numbers[slot]!;
  }

  /** The slot of a row, -1 when it is not kept any more. */
  slotOf(row: number): number {
    if (row < this.first || row >= this.end) return -1;
    if (this.#numbers === undefined) return row - this.first;
    const slot = this.lowerBound(row);
    return slot < this.count && this.#numbers[slot] === row ? slot : -1;
  }

  /** The first slot with a row number of at least `row`. */
  lowerBound(row: number): number {
    if (this.#numbers === undefined) return Math.min(Math.max(row - this.first, 0), this.count);
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#numbers[middle]! < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The words of some rows as bytes, frames included. */
  wordBytes(from: number, to: number): Uint8Array {
    return bytesOf(this.words.subarray(this.offsets[from]!, this.offsets[to]!));
  }

  /** The texts of some rows as UTF-8. */
  textUtf8(from: number, to: number): Uint8Array {
    if (this.#encoding !== UTF16 && from === 0 && to === this.count) return this.#textBytes;
    if (this.#encoding === ASCII) return this.#textBytes.subarray(this.starts[from]!, this.starts[to]!);
    return Buffer.from(this.text.slice(this.starts[from]!, this.starts[to]!), 'utf8');
  }
}

/** Puts a page together. `numbers` only where rows are missing between the page's first number and `end`. */
export function buildPage(
  end: number,
  words: Int32Array,
  text: string,
  numbers: readonly number[] | number,
): Uint8Array {
  const count = typeof numbers === 'number' ? numbers : numbers.length;
  const listed = typeof numbers === 'number' ? [] : numbers;
  const encoding = encodingOf(text);
  const textBytes = encoding === ASCII ? text.length : Buffer.byteLength(text, ENCODINGS[encoding]);
  const wordCount = PAGE_HEADER_WORDS + listed.length + words.length;
  const body = Buffer.from(new ArrayBuffer(wordCount * 4 + textBytes));
  const target = new Int32Array(body.buffer, 0, wordCount);
  target[0] = end;
  target[1] = count;
  target[2] = (typeof numbers === 'number' ? 0 : SPARSE) | encoding;
  target[3] = textBytes;
  target.set(listed, PAGE_HEADER_WORDS);
  target.set(words, PAGE_HEADER_WORDS + listed.length);
  body.write(text, wordCount * 4, ENCODINGS[encoding]);
  return body;
}

/** UTF-16 only for text that UTF-8 cannot hold: halves of surrogate pairs. */
function encodingOf(text: string): number {
  if (Buffer.byteLength(text, 'utf8') === text.length) return ASCII;
  return text.isWellFormed() ? UTF8 : UTF16;
}
