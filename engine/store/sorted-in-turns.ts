/** Sorting that lets others have a turn. */
import type { Turns } from './turns.ts';

/** Items that are sorted at once: about a millisecond where ids are compared. */
const RUN = 1 << 11;
/** Items that are merged between two looks at the clock. */
const STRETCH = 1 << 10;

/**
 * Sorts numbers in place, a few milliseconds at a time: short runs at once, then runs two by two. What is in order already, as
 * ids mostly are that one program wrote, costs one comparison a run and pass. Stable; O(n log n) comparisons, room for as many
 * numbers again.
 */
export async function sortInTurns(
  items: Int32Array,
  compare: (a: number, b: number) => number,
  turns: Turns,
): Promise<void> {
  const steps = sorting(items, compare);
  while (steps.next().done !== true) if (turns.isDue()) await turns.pass();
}

function* sorting(items: Int32Array, compare: (a: number, b: number) => number): Generator<void, void> {
  const { length } = items;
  for (let first = 0; first < length; first += RUN) {
    const run = items.subarray(first, first + RUN);
    if (!isOrdered(run, compare)) run.sort(compare);
    yield;
  }
  const left = new Int32Array(length > RUN ? length : 0);
  for (let width = RUN; width < length; width *= 2) {
    for (let first = 0; first + width < length; first += 2 * width)
      yield* merging(items, left, first, first + width, Math.min(length, first + 2 * width), compare);
  }
}

function isOrdered(items: Int32Array, compare: (a: number, b: number) => number): boolean {
  for (let i = 1; i < items.length; i++) if (compare(items[i - 1]!, items[i]!) > 0) return false;
  return true;
}

/** Merges two runs that lie side by side. `left` is room for the first of them. */
function* merging(
  items: Int32Array,
  left: Int32Array,
  first: number,
  middle: number,
  end: number,
  compare: (a: number, b: number) => number,
): Generator<void, void> {
  yield;
  if (compare(items[middle - 1]!, items[middle]!) <= 0) return;
  const lefts = middle - first;
  left.set(items.subarray(first, middle));
  let [a, b, to] = [0, middle, first];
  while (a < lefts && b < end) {
    const rest = Math.min(end, to + STRETCH);
    for (; to < rest && a < lefts && b < end; to++)
      items[to] = compare(left[a]!, items[b]!) <= 0 ? left[a++]! : items[b++]!;
    yield;
  }
  items.set(left.subarray(a, lefts), to);
}
