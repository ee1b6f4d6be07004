/**
 * Sets of instants as half-open intervals [from, to), each end a number or plus or minus Infinity.
 * A set is a row of ends, strictly ascending: from, to, from, to, … So equal sets are equal rows, and no two intervals touch.
 */
export type IntervalSet = readonly number[];

export const NEVER: IntervalSet = [];
export const ALWAYS: IntervalSet = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

/**
 * One interval; empty when it ends before it began.
 *
 * @throws RangeError for an end that is not a number
 */
export function interval(from: number, to: number): IntervalSet {
  if (Number.isNaN(from) || Number.isNaN(to)) throw new RangeError(`[${from}, ${to}) has an end that is not a number`);
  return from < to ? [from, to] : NEVER;
}

/** What is in either. O(ends). */
export function union(a: IntervalSet, b: IntervalSet): IntervalSet {
  if (b.length === 0 || a === b) return a;
  return a.length === 0 ? b : covered(a, b, 1);
}

/** What is in both. O(ends). */
export function intersection(a: IntervalSet, b: IntervalSet): IntervalSet {
  if (isAlways(b) || a === b) return a;
  return isAlways(a) ? b : covered(a, b, 2);
}

export function contains(set: IntervalSet, instant: number): boolean {
  for (let i = 0; i < set.length; i += 2) if (instant < set[i + 1]!) return instant >= set[i]!;
  return false;
}

export function areEqual(a: IntervalSet, b: IntervalSet): boolean {
  return a === b || (a.length === b.length && a.every((end, i) => end === b[i]));
}

function isAlways(set: IntervalSet): boolean {
  return set.length === 2 && set[0] === Number.NEGATIVE_INFINITY && set[1] === Number.POSITIVE_INFINITY;
}

/** What is in as many of the two sets as asked for: a sweep over the ends of both. */
function covered(a: IntervalSet, b: IntervalSet, least: 1 | 2): IntervalSet {
  const ends: number[] = [];
  let i = 0;
  let j = 0;
  let isIn = false;
  while (i < a.length || j < b.length) {
    const end = Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY);
    if (i < a.length && a[i] === end) i++;
    if (j < b.length && b[j] === end) j++;
    // Within a set exactly when an odd number of its ends is passed.
    const isNow = (i & 1) + (j & 1) >= least;
    if (isNow !== isIn) ends.push(end);
    isIn = isNow;
  }
  return ends;
}
