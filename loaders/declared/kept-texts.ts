import { inputError } from '../formats/unreadable.ts';

/** Words of four bytes in a piece of memory; a text that is longer has a piece of its own. */
const PIECE = 256 * 1024;
/** Places are whole numbers of 31 bits, which count words: just under 8 GiB. */
const MAX_PIECES = 2 ** 31 / PIECE - 1;
/** Beside the length of a text: set where a character takes two bytes. */
const WIDE = 1;
/** The highest code unit that takes one byte. */
const NARROW = 0xff;

/**
 * Texts outside the heap, which the collector of garbage neither marks nor moves: a load keeps the names of all nodes for
 * as long as it lasts, and as strings they would make collections rare and late, and memory several times what is in use.
 *
 * A text takes a byte a character, two where any of them needs two, and a word for its length. It is taken in hand by
 * `read`, and what is asked after that is about it.
 */
export class KeptTexts {
  readonly #pieces: Int32Array[] = [];
  /** The last piece of the usual size, and up to where it is full. */
  #open = -1;
  #filled = PIECE;
  /** The text in hand: twice its length and whether it is wide, then its characters, the last word filled up with zeros. */
  #words = new Int32Array(1_024);
  #units = new Uint16Array(this.#words.buffer);
  #bytes = new Uint8Array(this.#words.buffer);
  /** Words of the text in hand. */
  #count = 0;
  #taken = 0;

  /** How much memory is taken. */
  get bytes(): number {
    return this.#taken;
  }

  /** Takes a text in hand. @returns its hash, by this seed: MurmurHash3 of Austin Appleby over its words */
  read(text: string, seed: number): number {
    this.#count = this.#write(text);
    let hash = seed;
    for (let i = 0; i < this.#count; i++) {
      let word = Math.imul(this.#words[i]!, 0xcc9e2d51);
      word = Math.imul((word << 15) | (word >>> 17), 0x1b873593);
      hash ^= word;
      hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return hash ^ (hash >>> 16);
  }

  /** Whether the text in hand is the one at a place. */
  isAt(place: number): boolean {
    const piece = this.#pieces[Math.floor(place / PIECE)]!;
    const at = place % PIECE;
    for (let i = 0; i < this.#count; i++) if (piece[at + i] !== this.#words[i]) return false;
    return true;
  }

  /** Keeps the text in hand. @returns the place by which it is found again */
  keep(): number {
    const place = this.#room(this.#count);
    this.#pieces[Math.floor(place / PIECE)]!.set(this.#words.subarray(0, this.#count), place % PIECE);
    return place;
  }

  /** The text at a place that `keep` gave. */
  textAt(place: number): string {
    const piece = this.#pieces[Math.floor(place / PIECE)]!;
    const at = place % PIECE;
    const head = piece[at]!;
    const length = head >>> 1;
    const start = piece.byteOffset + (at + 1) * 4;
    return (head & WIDE) === 0
      ? Buffer.from(piece.buffer, start, length).toString('latin1')
      : Buffer.from(piece.buffer, start, length * 2).toString('utf16le');
  }

  #write(text: string): number {
    const { length } = text;
    if (length * 2 + 8 > this.#bytes.length) this.#widen(length * 2 + 8);
    const last = 1 + (length >>> 2);
    this.#words[last] = 0;
    let union = 0;
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      union |= unit;
      this.#bytes[4 + i] = unit;
    }
    if (union > NARROW) return this.#writeWide(text);
    this.#words[0] = length << 1;
    return (length & 3) === 0 ? last : last + 1;
  }

  #writeWide(text: string): number {
    const { length } = text;
    this.#words[1 + (length >>> 1)] = 0;
    for (let i = 0; i < length; i++) this.#units[2 + i] = text.charCodeAt(i);
    this.#words[0] = (length << 1) | WIDE;
    return 1 + ((length + 1) >>> 1);
  }

  #widen(bytes: number): void {
    this.#words = new Int32Array(Math.ceil(bytes / 4));
    this.#units = new Uint16Array(this.#words.buffer);
    this.#bytes = new Uint8Array(this.#words.buffer);
  }

  #room(words: number): number {
    if (words > PIECE) return this.#piece(words) * PIECE;
    if (this.#filled + words > PIECE) {
      this.#open = this.#piece(PIECE);
      this.#filled = 0;
    }
    const place = this.#open * PIECE + this.#filled;
    this.#filled += words;
    return place;
  }

  #piece(words: number): number {
    if (this.#pieces.length >= MAX_PIECES)
      throw inputError('all files', undefined, 'the ids and names take more than 8 GiB; load them in parts');
    this.#taken += words * 4;
    return this.#pieces.push(new Int32Array(words)) - 1;
  }
}
