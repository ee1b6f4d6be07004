import { canonicalGlob, compileGlob, type Glob, matchesGlob } from './glob.ts';
import { covers } from './glob-cover.ts';

/** True when some text is matched by both. O(product of the lengths), after a look at both ends. */
export function overlaps(a: Glob, b: Glob): boolean {
  if (!a.wild) return matchesGlob(b.text, a.text);
  if (!b.wild) return matchesGlob(a.text, b.text);
  if (!a.prefix.startsWith(b.prefix) && !b.prefix.startsWith(a.prefix)) return false;
  if (!a.suffix.endsWith(b.suffix) && !b.suffix.endsWith(a.suffix)) return false;
  return overlapTable(a.text, b.text)[0]![0] === 1;
}

/** `table[i][j]`: 1 when the rests of both patterns from i and j on have a text in common. */
function overlapTable(a: string, b: string): readonly Uint8Array[] {
  const table: Uint8Array[] = Array.from({ length: a.length + 1 }, () => new Uint8Array(b.length + 1));
  for (let i = a.length; i >= 0; i--) {
    for (let j = b.length; j >= 0; j--) table[i]![j] = cell(a, b, i, j, table);
  }
  return table;
}

function cell(a: string, b: string, i: number, j: number, table: readonly Uint8Array[]): number {
  if (i === a.length && j === b.length) return 1;
  const below = i < a.length ? table[i + 1]![j]! : 0;
  const right = j < b.length ? table[i]![j + 1]! : 0;
  if (a[i] === '*' || b[j] === '*') return (a[i] === '*' ? below | right : 0) | (b[j] === '*' ? right | below : 0);
  if (i === a.length || j === b.length || !same(a[i]!, b[j]!)) return 0;
  return table[i + 1]![j + 1]!;
}

const same = (a: string, b: string): boolean => a === b || a === '?' || b === '?';

/** More patterns than this for one overlap, and it is not spelled out. */
const MAX_PARTS = 16;
/** Longer patterns are not intersected: the table would not be worth its time. */
const MAX_LENGTH = 512;

/**
 * The patterns that together match exactly what both match, none of them within another.
 * Undefined when there would be too many.
 */
export function intersection(a: Glob, b: Glob): readonly string[] | undefined {
  if (!overlaps(a, b)) return [];
  if (covers(a, b)) return [b.text];
  if (covers(b, a)) return [a.text];
  if (a.text.length > MAX_LENGTH || b.text.length > MAX_LENGTH) return undefined;
  return new Intersecting(a.text, b.text).parts();
}

class TooMany extends Error {}

/** Walks both patterns from their starts; a cell holds the overlap of the two rests. Only cells that are met are worked out. */
class Intersecting {
  readonly #a: string;
  readonly #b: string;
  readonly #possible: readonly Uint8Array[];
  readonly #cells = new Map<number, readonly string[]>();

  constructor(a: string, b: string) {
    this.#a = a;
    this.#b = b;
    this.#possible = overlapTable(a, b);
  }

  parts(): readonly string[] | undefined {
    try {
      return [...outermost(this.#at(0, 0))].sort();
    } catch (error) {
      if (error instanceof TooMany) return undefined;
      throw error;
    }
  }

  /** As deep as both patterns are long together, which the limit on their length bounds. */
  #at(i: number, j: number): readonly string[] {
    if (i > this.#a.length || j > this.#b.length || this.#possible[i]![j] === 0) return [];
    const key = i * (this.#b.length + 1) + j;
    const known = this.#cells.get(key);
    if (known !== undefined) return known;
    const rests = [...new Set(this.#rests(i, j).map(canonicalGlob))];
    const parts = rests.length > 4 ? outermost(rests) : rests;
    if (parts.length > MAX_PARTS) throw new TooMany();
    this.#cells.set(key, parts);
    return parts;
  }

  #rests(i: number, j: number): readonly string[] {
    const a = this.#a[i];
    const b = this.#b[j];
    if (a === undefined && b === undefined) return [''];
    if (a === '*' && b === '*') return [...this.#at(i + 1, j), ...this.#at(i, j + 1)].map((rest) => `*${rest}`);
    if (a === '*') return [...this.#at(i + 1, j), ...prefixed(b, this.#at(i, j + 1))];
    if (b === '*') return [...this.#at(i, j + 1), ...prefixed(a, this.#at(i + 1, j))];
    return prefixed(a === '?' ? b : a, this.#at(i + 1, j + 1));
  }
}

const prefixed = (first: string | undefined, rests: readonly string[]): readonly string[] =>
  first === undefined ? [] : rests.map((rest) => first + rest);

/** Without the patterns that lie within another one. */
function outermost(patterns: readonly string[]): readonly string[] {
  const once = [...new Set(patterns.map(canonicalGlob))];
  if (once.length < 2) return once;
  const globs = once.map(compileGlob);
  return globs
    .filter(
      (inner, at) =>
        !globs.some((outer, other) => other !== at && covers(outer, inner) && (other < at || !covers(inner, outer))),
    )
    .map((glob) => glob.text);
}
