import { canonicalGlob, isWild } from './glob.ts';

/** Pairs that are kept, at most; the rest is counted. */
const MAX_PAIRS = 500_000;

/** Pairs of patterns of which somebody holds both: one that allows, one that narrows. Each once. */
export class PatternPairs {
  readonly #narrowing = new Map<string, Set<string>>();
  #size = 0;
  /** Pairs beyond what is kept. */
  dropped = 0;

  /** Single resources and `*` are left out: nothing overlaps them without lying within them or holding them. */
  add(allow: string, narrowing: readonly string[]): void {
    if (!canCross(allow)) return;
    const left = canonicalGlob(allow);
    for (const narrow of narrowing) if (canCross(narrow)) this.#put(left, canonicalGlob(narrow));
  }

  #put(allow: string, narrow: string): void {
    if (allow === narrow) return;
    const known = this.#narrowing.get(allow) ?? new Set();
    if (known.has(narrow)) return;
    if (this.#size >= MAX_PAIRS) {
      this.dropped += 1;
      return;
    }
    this.#narrowing.set(allow, known.add(narrow));
    this.#size += 1;
  }

  *[Symbol.iterator](): Iterator<readonly [string, string]> {
    for (const [allow, all] of this.#narrowing) for (const narrow of all) yield [allow, narrow];
  }
}

const canCross = (pattern: string): boolean => isWild(pattern) && canonicalGlob(pattern) !== '*';
