/**
 * Sorting by texts that lets others have a turn. A text is looked at a few characters at a time, packed into one number, so that
 * most comparisons are of numbers that lie side by side and not of strings that lie anywhere: multikey sorting with cached keys
 * (Bentley & Sedgewick, "Fast Algorithms for Sorting and Searching Strings", SODA 1997; Ng & Kakehi, "Cache Efficient Radix Sort
 * for String Sorting", 2007), each part merge sorted, so that no input is a bad one.
 */
import type { Turns } from './turns.ts';

/** Items between two looks at the clock. */
const STRETCH = 1 << 12;
/** Parts as short as this are put in order by comparing the texts themselves. */
const SHORT = 12;

/** Characters to a number, and one more than the greatest of them, where all are Latin-1 and where not; 0 stands for the end. */
const NARROW = { characters: 6, base: 257 } as const;
const WIDE = { characters: 3, base: 65_537 } as const;

interface Part {
  readonly first: number;
  readonly end: number;
  /** All texts of the part have the same characters before this place. */
  readonly depth: number;
}

/**
 * Sorts numbers in place by what they stand for, in code unit order; equal texts stay as they are. Takes a few milliseconds at a
 * time. O(n log n) comparisons of numbers, each text is looked at once as far as it is like another, and room for 24 bytes an item.
 *
 * @param textOf asked for the items alone
 */
export async function sortByText(items: Int32Array, textOf: (item: number) => string, turns: Turns): Promise<void> {
  const steps = sorting(items, textOf);
  while (steps.next().done !== true) if (turns.isDue()) await turns.pass();
}

function* sorting(items: Int32Array, textOf: (item: number) => string): Generator<void, void> {
  if (yield* isSorted(items, textOf)) return;
  const columns: Columns = {
    items,
    keys: new Float64Array(items.length),
    spareItems: new Int32Array(items.length),
    spareKeys: new Float64Array(items.length),
  };
  const parts: Part[] = [{ first: 0, end: items.length, depth: 0 }];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const { first, end, depth } = part;
    if (end - first <= SHORT) {
      sortShort(items, first, end, textOf);
      yield;
      continue;
    }
    const { characters, base } = yield* packed(columns, part, textOf);
    yield* mergeSorted(columns, first, end);
    yield* alike(columns.keys, first, end, (from, to) => {
      // A text that ends within the characters that were looked at is equal to all that have the same key.
      if (columns.keys[from]! % base !== 0) parts.push({ first: from, end: to, depth: depth + characters });
    });
  }
}

function* isSorted(items: Int32Array, textOf: (item: number) => string): Generator<void, boolean> {
  for (let i = 1; i < items.length; i++) {
    if (textOf(items[i - 1]!) > textOf(items[i]!)) return false;
    if (i % STRETCH === 0) yield;
  }
  return true;
}

function sortShort(items: Int32Array, first: number, end: number, textOf: (item: number) => string): void {
  for (let i = first + 1; i < end; i++) {
    const item = items[i]!;
    const text = textOf(item);
    let to = i;
    for (; to > first && textOf(items[to - 1]!) > text; to--) items[to] = items[to - 1]!;
    items[to] = item;
  }
}

/** Items and their keys, and room for as many again. */
interface Columns {
  readonly items: Int32Array;
  readonly keys: Float64Array;
  readonly spareItems: Int32Array;
  readonly spareKeys: Float64Array;
}

/** Makes the keys of a part: as wide ones where any character needs it. */
function* packed(
  { items, keys }: Columns,
  { first, end, depth }: Part,
  textOf: (item: number) => string,
): Generator<void, typeof NARROW | typeof WIDE> {
  for (const format of [NARROW, WIDE]) {
    const { characters, base } = format;
    let i = first;
    for (; i < end; i++) {
      const key = packedKey(textOf(items[i]!), depth, characters, base);
      if (key < 0) break;
      keys[i] = key;
      if (i % STRETCH === 0) yield;
    }
    if (i === end) return format;
  }
  return WIDE;
}

/** Below 2^53, in the order of the characters; -1 where one of them does not fit. */
function packedKey(text: string, depth: number, characters: number, base: number): number {
  let key = 0;
  for (let i = depth; i < depth + characters; i++) {
    const digit = i < text.length ? text.charCodeAt(i) + 1 : 0;
    if (digit >= base) return -1;
    key = key * base + digit;
  }
  return key;
}

/** Calls `each` for every run of two and more equal keys, from the last to the first item of a part. */
function* alike(
  keys: Float64Array,
  first: number,
  end: number,
  each: (from: number, to: number) => void,
): Generator<void, void> {
  for (let to = end, steps = 0; to > first; ) {
    let from = to - 1;
    for (; from > first && keys[from - 1] === keys[to - 1]; from--) if (++steps % STRETCH === 0) yield;
    if (to - from > 1) each(from, to);
    to = from;
    if (++steps % STRETCH === 0) yield;
  }
}

/** Runs that are ordered by insertion before they are merged. */
const RUN = 16;

/** Orders a part by its keys, equal ones as they were. Runs that follow on each other are left as they lie. */
function* mergeSorted(columns: Columns, first: number, end: number): Generator<void, void> {
  for (let start = first; start < end; start += RUN) {
    orderRun(columns, start, Math.min(end, start + RUN));
    if ((start - first) % STRETCH === 0) yield;
  }
  for (let width = RUN; width < end - first; width *= 2) {
    let merged = 0;
    for (let start = first; start + width < end; start += 2 * width) {
      const last = Math.min(end, start + 2 * width);
      if (last - start > STRETCH) yield* merging(columns, start, start + width, last);
      else mergeAtOnce(columns, start, start + width, last);
      merged += last - start;
      if (merged < STRETCH) continue;
      merged = 0;
      yield;
    }
  }
}

function orderRun({ items, keys }: Columns, first: number, end: number): void {
  for (let i = first + 1; i < end; i++) {
    const [item, key] = [items[i]!, keys[i]!];
    let to = i;
    for (; to > first && keys[to - 1]! > key; to--) {
      items[to] = items[to - 1]!;
      keys[to] = keys[to - 1]!;
    }
    items[to] = item;
    keys[to] = key;
  }
}

function mergeAtOnce(columns: Columns, first: number, middle: number, end: number): void {
  const steps = merging(columns, first, middle, end);
  while (steps.next().done !== true);
}

/** Merges two runs that lie side by side, by way of the spare columns. */
function* merging(columns: Columns, first: number, middle: number, end: number): Generator<void, void> {
  const { items, keys, spareItems, spareKeys } = columns;
  if (keys[middle - 1]! <= keys[middle]!) return;
  const lefts = middle - first;
  spareItems.set(items.subarray(first, middle));
  spareKeys.set(keys.subarray(first, middle));
  let [a, b, to] = [0, middle, first];
  while (a < lefts && b < end) {
    for (const rest = Math.min(end, to + STRETCH); to < rest && a < lefts && b < end; to++) {
      if (spareKeys[a]! <= keys[b]!) {
        keys[to] = spareKeys[a]!;
        items[to] = spareItems[a++]!;
      } else {
        keys[to] = keys[b]!;
        items[to] = items[b++]!;
      }
    }
    yield;
  }
  items.set(spareItems.subarray(a, lefts), to);
  keys.set(spareKeys.subarray(a, lefts), to);
}
