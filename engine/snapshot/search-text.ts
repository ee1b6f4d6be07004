/**
 * Text search over ids, names and attributes: all nodes' texts, lower-cased, lie one after the other in one buffer, so a
 * word is found by scanning memory, some gigabytes a second, and no index has to be kept.
 */
import { shared8, shared64 } from './shared-arrays.ts';

const SEPARATOR = 0;
const CHUNK = 1 << 20;

/** The texts of all nodes. */
export interface SearchText {
  /** UTF-8, each node's text followed by a zero byte. Fields of a node are joined by line ends: id, name, attribute values. */
  readonly bytes: Uint8Array;
  /** Where the text of each node begins, one more than nodes. */
  readonly starts: Float64Array;
}

/** Gathers the texts in the order of the nodes. */
export class SearchTextBuilder {
  #bytes: Buffer = Buffer.allocUnsafe(CHUNK);
  #length = 0;
  readonly #starts: number[] = [0];

  add(text: string): void {
    const most = text.length * 3 + 1;
    if (this.#length + most > this.#bytes.length) this.#grow(most);
    this.#length += this.#bytes.write(text, this.#length, 'utf8');
    this.#bytes[this.#length++] = SEPARATOR;
    this.#starts.push(this.#length);
  }

  #grow(room: number): void {
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + room));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }

  finish(): SearchText {
    const bytes = shared8(this.#length);
    bytes.set(this.#bytes.subarray(0, this.#length));
    const starts = shared64(this.#starts.length);
    starts.set(this.#starts);
    return { bytes, starts };
  }
}

/**
 * The texts of nodes in another order, some of them told anew. Texts that lay side by side are copied together.
 *
 * @param nodes numbers, of which those that `retold` does not have are places in `text`
 */
export function rearranged(text: SearchText, nodes: Uint32Array, retold: ReadonlyMap<number, string>): SearchText {
  const starts = shared64(nodes.length + 1);
  const anew = new Map([...retold].map(([node, told]) => [node, Buffer.from(`${told}\0`, 'utf8')]));
  nodes.forEach((node, i) => {
    const size = anew.get(node)?.length ?? text.starts[node + 1]! - text.starts[node]!;
    starts[i + 1] = starts[i]! + size;
  });
  const bytes = shared8(starts[nodes.length]!);
  for (let i = 0; i < nodes.length; ) {
    const told = anew.get(nodes[i]!);
    let end = i + 1;
    if (told === undefined) {
      while (end < nodes.length && nodes[end] === nodes[end - 1]! + 1 && !anew.has(nodes[end]!)) end++;
      bytes.set(text.bytes.subarray(text.starts[nodes[i]!]!, text.starts[nodes[end - 1]! + 1]!), starts[i]!);
    } else bytes.set(told, starts[i]!);
    i = end;
  }
  return { bytes, starts };
}

/** How well a node answers a search, best first. */
const GRADES = 6;
const EXACT_ID = 0;
const EXACT_NAME = 1;
const NAME_STARTS = 2;
const ID_STARTS = 3;
const WORD_STARTS = 4;
const INSIDE = 5;

/** Found nodes by grade, best first; of one grade in the order of their numbers. */
export interface Found {
  readonly total: number;
  readonly byGrade: readonly (readonly number[])[];
}

/** With more hits than this among a block of nodes, the next block is looked through node by node. */
const BLOCK = 1024;
const CROWDED = BLOCK / 16;
const LINE_END = 10;

/** The words of a query, each once, the longest first. */
export const wordsOf = (query: string): readonly string[] =>
  [...new Set(query.split(/\s+/))].filter((word) => word !== '').sort((a, b) => b.length - a.length);

/**
 * Nodes of some ranges whose text holds every word.
 *
 * @param query lower-cased words, separated by white space
 * @param ranges first node, and last node excluded, of each; ascending
 * @returns O(bytes scanned + answers): rare words run at memory speed, frequent ones at a few bytes a node
 */
export function searchNodes(
  text: SearchText,
  query: string,
  ranges: readonly (readonly [first: number, last: number])[],
): Found {
  const phrase = query.trim();
  const words = wordsOf(phrase);
  const byGrade: number[][] = Array.from({ length: GRADES }, () => []);
  if (words.length === 0) return { total: 0, byGrade };
  const search = new TextSearch(text, phrase, words, byGrade);
  for (const [first, last] of ranges) search.range(first, last);
  return { total: byGrade.reduce((sum, nodes) => sum + nodes.length, 0), byGrade };
}

class TextSearch {
  readonly #bytes: Buffer;
  readonly #starts: Float64Array;
  readonly #phrase: Buffer;
  readonly #needle: Buffer;
  readonly #others: readonly Buffer[];
  readonly #byGrade: readonly number[][];

  constructor(text: SearchText, phrase: string, words: readonly string[], byGrade: readonly number[][]) {
    this.#bytes = Buffer.from(text.bytes.buffer, text.bytes.byteOffset, text.bytes.byteLength);
    this.#starts = text.starts;
    this.#phrase = Buffer.from(phrase, 'utf8');
    const needles = words.map((word) => Buffer.from(word, 'utf8'));
    this.#needle = needles[0]!;
    this.#others = needles.slice(1);
    this.#byGrade = byGrade;
  }

  range(first: number, last: number): void {
    let crowded = false;
    for (let node = first; node < last; node += BLOCK) {
      const end = Math.min(last, node + BLOCK);
      crowded = (crowded ? this.#nodeByNode(node, end) : this.#hitByHit(node, end)) > CROWDED;
    }
  }

  /** Scans the block's text as a whole. Returns the number of nodes hit. */
  #hitByHit(first: number, last: number): number {
    const part = this.#bytes.subarray(0, this.#starts[last]!);
    let hits = 0;
    let node = first;
    for (let at = this.#starts[first]!; ; ) {
      const hit = part.indexOf(this.#needle, at);
      if (hit < 0) return hits;
      node = nodeAt(this.#starts, hit, node, last);
      hits++;
      this.#judge(node, hit);
      at = this.#starts[node + 1]!;
    }
  }

  #nodeByNode(first: number, last: number): number {
    let hits = 0;
    for (let node = first; node < last; node++) {
      const hit = find(this.#bytes, this.#needle, this.#starts[node]!, this.#starts[node + 1]! - 1);
      if (hit < 0) continue;
      hits++;
      this.#judge(node, hit);
    }
    return hits;
  }

  #judge(node: number, hit: number): void {
    const from = this.#starts[node]!;
    const to = this.#starts[node + 1]! - 1;
    for (const other of this.#others) if (find(this.#bytes, other, from, to) < 0) return;
    this.#byGrade[this.#gradeOf(from, to, hit)]!.push(node);
  }

  #gradeOf(from: number, to: number, hit: number): number {
    const bytes = this.#bytes;
    const phrase = this.#phrase;
    const idEnd = lineEnd(bytes, from, to);
    const nameEnd = lineEnd(bytes, idEnd + 1, to);
    const idStarts = startsAt(bytes, phrase, from, idEnd);
    const nameStarts = startsAt(bytes, phrase, idEnd + 1, nameEnd);
    if (idStarts && idEnd - from === phrase.length) return EXACT_ID;
    if (nameStarts && nameEnd - idEnd - 1 === phrase.length) return EXACT_NAME;
    if (nameStarts) return NAME_STARTS;
    if (idStarts) return ID_STARTS;
    if (!startsAWord(bytes, this.#needle, hit, from, to)) return INSIDE;
    return this.#others.every((other) => startsAWord(bytes, other, find(bytes, other, from, to), from, to))
      ? WORD_STARTS
      : INSIDE;
  }
}

/** The node whose text holds this offset, by galloping from a node before it. */
function nodeAt(starts: Float64Array, offset: number, near: number, last: number): number {
  let low = near;
  let step = 1;
  let high = low + 1;
  while (high < last && starts[high]! <= offset) {
    low = high;
    step *= 2;
    high = Math.min(last, high + step);
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle;
  }
  return low;
}

/** Where a needle begins in `from` to `to` (excluded); -1 where it does not. For texts of a node's size. */
function find(bytes: Buffer, needle: Buffer, from: number, to: number): number {
  const lead = needle[0]!;
  const last = to - needle.length;
  for (let at = from; at <= last; at++) if (bytes[at] === lead && startsAt(bytes, needle, at, to)) return at;
  return -1;
}

function startsAt(bytes: Buffer, needle: Buffer, at: number, to: number): boolean {
  if (at + needle.length > to) return false;
  for (let i = 0; i < needle.length; i++) if (bytes[at + i] !== needle[i]) return false;
  return true;
}

function lineEnd(bytes: Buffer, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] !== LINE_END) at++;
  return at;
}

/** True when the needle stands at the beginning of a word: not after a letter or digit. */
function startsAWord(bytes: Buffer, needle: Buffer, first: number, from: number, to: number): boolean {
  for (let at = first; at >= 0; at = find(bytes, needle, at + 1, to)) {
    if (at === from || !isWordByte(bytes[at - 1]!)) return true;
  }
  return false;
}

/** ASCII letters and digits, and every byte of a longer character. */
function isWordByte(byte: number): boolean {
  return byte >= 0x80 || (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x30 && byte <= 0x39);
}
