/**
 * Patterns of resources: `*` is any run of characters (also none, also colons and slashes), `?` is one character, all
 * else stands for itself, in its case.
 */
export interface Glob {
  /** In its one form: of neighbouring wildcards every `?` comes first and one `*` last. */
  readonly text: string;
  readonly wild: boolean;
  /** The text before the first wildcard; all of it where there is none. */
  readonly prefix: string;
  /** The text after the last wildcard; all of it where there is none. */
  readonly suffix: string;
  /** The length of the shortest text it matches. */
  readonly least: number;
}

const WILD = /[*?]/;
const RUN = /[*?]{2,}/g;

/** True for a text with a wildcard. */
export const isWild = (text: string): boolean => WILD.test(text);

/** The one form of a pattern, so that `a**`, `a*` and `a*?`, `a?*` are each one pattern. */
export const canonicalGlob = (text: string): string =>
  text.replace(RUN, (run) => run.replaceAll('*', '') + (run.includes('*') ? '*' : ''));

export function compileGlob(pattern: string): Glob {
  const text = canonicalGlob(pattern);
  const first = text.search(WILD);
  if (first < 0) return { text, wild: false, prefix: text, suffix: text, least: text.length };
  const last = Math.max(text.lastIndexOf('*'), text.lastIndexOf('?'));
  const least = text.length - (text.split('*').length - 1);
  return { text, wild: true, prefix: text.slice(0, first), suffix: text.slice(last + 1), least };
}

/** True when the pattern matches the text. Linear but for backtracking to the last `*`. */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0;
  let p = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    if (p < pattern.length && pattern[p] === '*') {
      star = p++;
      resume = at;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[at])) {
      p += 1;
      at += 1;
    } else if (star >= 0) {
      p = star + 1;
      at = ++resume;
    } else return false;
  }
  while (p < pattern.length && pattern[p] === '*') p += 1;
  return p === pattern.length;
}
