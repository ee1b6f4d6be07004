import type { Glob } from './glob.ts';

/** Patterns that begin alike, by the text after their last wildcard. */
interface AlikeAtStart {
  readonly bySuffix: Map<string, number[]>;
  readonly suffixLengths: Set<number>;
}

/**
 * Finds the patterns that may hold another by the texts before the first and after the last wildcard: the held one's must
 * begin and end with the holder's. So the cost is that of the different lengths of such texts, not of all patterns.
 */
export class PatternIndex {
  readonly #byPrefix = new Map<string, AlikeAtStart>();
  #prefixLengths: readonly number[] | undefined;

  /** @param at what the pattern is told by when it is found */
  add({ prefix, suffix }: Glob, at: number): void {
    const known = this.#byPrefix.get(prefix);
    const alike = known ?? { bySuffix: new Map<string, number[]>(), suffixLengths: new Set<number>() };
    if (known === undefined) {
      this.#byPrefix.set(prefix, alike);
      this.#prefixLengths = undefined;
    }
    alike.suffixLengths.add(suffix.length);
    const same = alike.bySuffix.get(suffix);
    if (same === undefined) alike.bySuffix.set(suffix, [at]);
    else same.push(at);
  }

  /** Those whose texts fit, the shortest beginnings first; whether they hold it is for `covers` to say. */
  *mayHold({ prefix, suffix }: Glob): Generator<number> {
    this.#prefixLengths ??= [...new Set([...this.#byPrefix.keys()].map(({ length }) => length))].sort((a, b) => a - b);
    for (const length of this.#prefixLengths) {
      if (length > prefix.length) return;
      const alike = this.#byPrefix.get(prefix.slice(0, length));
      if (alike === undefined) continue;
      for (const end of alike.suffixLengths) {
        if (end <= suffix.length) yield* alike.bySuffix.get(suffix.slice(suffix.length - end)) ?? [];
      }
    }
  }
}
