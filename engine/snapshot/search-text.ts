/**
 * Text search over ids, names and attributes: all nodes' texts, lower-cased, lie one after the other in one buffer, so a
 * word is found by scanning memory, some gigabytes a second, and no index has to be kept.
 */
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
    const bytes = new Uint8Array(this.#length);
    bytes.set(this.#bytes.subarray(0, this.#length));
    return { bytes, starts: Float64Array.from(this.#starts) };
  }
}

/** How well a node answers a search, best first. */
const EXACT_ID = 0;
const EXACT_NAME = 1;
const NAME_STARTS = 2;
const ID_STARTS = 3;
const WORD_STARTS = 4;
const INSIDE = 5;

/** A found node and how good a match it is: lower is better. */
export interface Found {
  readonly node: number;
  readonly grade: number;
}

/**
 * Nodes of `first` to `last` (excluded) whose text holds every word.
 *
 * @param query lower-cased words, separated by white space
 * @returns best grade first, then by node number. O(bytes of text scanned + answers)
 */
export function searchNodes(
  text: SearchText,
  query: string,
  ranges: readonly (readonly [first: number, last: number])[],
): readonly Found[] {
  const phrase = query.trim();
  const words = [...new Set(phrase.split(/\s+/))].filter((word) => word !== '').sort((a, b) => b.length - a.length);
  if (words.length === 0) return [];
  const needles = words.map((word) => Buffer.from(word, 'utf8'));
  const found: Found[] = [];
  const bytes = Buffer.from(text.bytes.buffer, text.bytes.byteOffset, text.bytes.byteLength);
  for (const [first, last] of ranges) {
    let node = first;
    let at = text.starts[first]!;
    const end = text.starts[last]!;
    while (at < end) {
      const hit = bytes.indexOf(needles[0]!, at);
      if (hit < 0 || hit >= end) break;
      node = nodeAt(text.starts, hit, node, last);
      const from = text.starts[node]!;
      const to = text.starts[node + 1]! - 1;
      if (holdsOthers(bytes, needles, from, to))
        found.push({ node, grade: gradeOf(bytes.toString('utf8', from, to), phrase, words) });
      at = to + 1;
      node++;
    }
  }
  return found.sort((a, b) => a.grade - b.grade || a.node - b.node);
}

/** The node whose text holds this offset, by galloping from a node before it. */
function nodeAt(starts: Float64Array, offset: number, low: number, last: number): number {
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

function holdsOthers(bytes: Buffer, needles: readonly Buffer[], from: number, to: number): boolean {
  if (needles.length === 1) return true;
  const part = bytes.subarray(from, to);
  for (let i = 1; i < needles.length; i++) if (!part.includes(needles[i]!)) return false;
  return true;
}

function gradeOf(text: string, phrase: string, words: readonly string[]): number {
  const idEnd = text.indexOf('\n');
  const id = text.slice(0, idEnd);
  const nameEnd = text.indexOf('\n', idEnd + 1);
  const name = text.slice(idEnd + 1, nameEnd < 0 ? undefined : nameEnd);
  if (id === phrase) return EXACT_ID;
  if (name === phrase) return EXACT_NAME;
  if (name.startsWith(phrase)) return NAME_STARTS;
  if (id.startsWith(phrase)) return ID_STARTS;
  return words.every((word) => startsAWord(text, word)) ? WORD_STARTS : INSIDE;
}

function startsAWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]!)) return true;
  }
  return false;
}
