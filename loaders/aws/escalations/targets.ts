import { canonicalGlob, isWild, matchesGlob } from '../glob.ts';

/** The users, groups, roles or policies of one account: what may be taken over or rewritten. */
export class Targets {
  readonly kind: string;
  readonly all: readonly string[];
  readonly #known: ReadonlySet<string>;
  readonly #matching = new Map<string, readonly string[]>();

  /** @param all ARNs */
  constructor(kind: string, all: readonly string[]) {
    this.kind = kind;
    this.all = all;
    this.#known = new Set(all);
  }

  /** Those that a pattern of resources matches. Each pattern is held against all of them once. */
  matching(pattern: string): readonly string[] {
    const text = canonicalGlob(pattern);
    if (text === '*') return this.all;
    if (!isWild(text)) return this.#known.has(text) ? [text] : [];
    const found = this.#matching.get(text) ?? this.all.filter((target) => matchesGlob(text, target));
    this.#matching.set(text, found);
    return found;
  }
}
