import { type Glob, matchesGlob } from './glob.ts';

/** A character that no pattern holds (texts with it are refused when they are read). */
const FRESH = '\u0000';
/** States that are looked at before two patterns with many `*` and `?` are taken as not nested. */
const MAX_STATES = 20_000;

/**
 * True when every text that `inner` matches is matched by `outer` too.
 *
 * Reading a character that `outer` does not name is the hardest case for `outer`: where it matches that, it matches any
 * other. So it is enough to let the wildcards of `inner` stand for runs of such a character. Without `?` in `outer` one
 * run length is the hardest too (one), and a single match decides; with `?` all run lengths are followed at once.
 */
export function covers(outer: Glob, inner: Glob): boolean {
  if (!outer.wild) return outer.text === inner.text;
  if (inner.least < outer.least) return false;
  if (!inner.prefix.startsWith(outer.prefix) || !inner.suffix.endsWith(outer.suffix)) return false;
  if (!inner.wild) return matchesGlob(outer.text, inner.text);
  if (!outer.text.includes('?')) return matchesGlob(outer.text, inner.text.replace(/[*?]/g, FRESH));
  return coversAllLengths(outer.text, inner.text);
}

/** Follows the sets of places where `outer` can stand, over all run lengths of the stars of `inner`. */
function coversAllLengths(outer: string, inner: string): boolean {
  const seen = new Set<string>();
  const open: { readonly at: number; readonly places: readonly number[] }[] = [
    { at: 0, places: withStars(outer, [0]) },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { at, places } = next;
    const key = `${at}:${places.join()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (places.length === 0 || seen.size > MAX_STATES) return false;
    if (at === inner.length) {
      if (places.at(-1) !== outer.length) return false;
    } else if (inner[at] === '*') {
      open.push({ at: at + 1, places }, { at, places: step(outer, places, FRESH) });
    } else open.push({ at: at + 1, places: step(outer, places, inner[at] === '?' ? FRESH : inner[at]!) });
  }
  return true;
}

/** The places after one more character, ascending. */
function step(pattern: string, places: readonly number[], character: string): readonly number[] {
  const next: number[] = [];
  for (const place of places) {
    const token = pattern[place];
    if (token === '*') next.push(place);
    else if (token === '?' || token === character) next.push(place + 1);
  }
  return withStars(pattern, next);
}

/** With a place before a `*` comes the place behind it. */
function withStars(pattern: string, places: readonly number[]): readonly number[] {
  const all = new Set<number>();
  for (const place of places) {
    let at = place;
    all.add(at);
    while (pattern[at] === '*') all.add(++at);
  }
  return [...all].sort((a, b) => a - b);
}
