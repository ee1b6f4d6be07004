import type { Glob } from './glob.ts';
import { covers } from './glob-cover.ts';

/** Patterns that begin alike, by the text after their last wildcard. */
interface AlikeAtStart {
  readonly bySuffix: Map<string, number[]>;
  readonly suffixLengths: Set<number>;
}

/**
 * Which patterns hold which. Candidates are found by the texts before the first and after the last wildcard: the held
 * one's must begin and end with the holder's. So the cost is that of the lengths of such texts, not of all pairs.
 */
export class Containment {
  readonly #byPrefix = new Map<string, AlikeAtStart>();
  readonly #prefixLengths: readonly number[];
  readonly #globs: readonly Glob[];
  readonly #holders: readonly (readonly number[])[];

  /** @param globs each pattern once, in canonical form */
  constructor(globs: readonly Glob[]) {
    this.#globs = globs;
    globs.forEach((glob, at) => {
      if (glob.wild) this.#index(glob, at);
    });
    this.#prefixLengths = [...new Set([...this.#byPrefix.keys()].map((prefix) => prefix.length))].sort((a, b) => a - b);
    this.#holders = globs.map((glob, at) => this.#allHolders(glob, at));
  }

  #index({ prefix, suffix }: Glob, at: number): void {
    const alike = this.#byPrefix.get(prefix) ?? { bySuffix: new Map(), suffixLengths: new Set() };
    this.#byPrefix.set(prefix, alike);
    alike.suffixLengths.add(suffix.length);
    const same = alike.bySuffix.get(suffix);
    if (same === undefined) alike.bySuffix.set(suffix, [at]);
    else same.push(at);
  }

  /** All patterns that hold this one, by number. */
  holders(at: number): readonly number[] {
    return this.#holders[at]!;
  }

  /** Those of its holders that hold no other of its holders: the edges of the transitive reduction. */
  nearest(at: number): readonly number[] {
    const all = this.#holders[at]!;
    if (all.length < 2) return all;
    const further = new Set<number>();
    for (const holder of all) for (const outer of this.#holders[holder]!) further.add(outer);
    return all.filter((holder) => !further.has(holder));
  }

  #allHolders(inner: Glob, self: number): readonly number[] {
    const found: number[] = [];
    for (const length of this.#prefixLengths) {
      if (length > inner.prefix.length) break;
      const alike = this.#byPrefix.get(inner.prefix.slice(0, length));
      if (alike !== undefined) this.#addHolders(alike, inner, self, found);
    }
    return found;
  }

  #addHolders({ bySuffix, suffixLengths }: AlikeAtStart, inner: Glob, self: number, found: number[]): void {
    for (const length of suffixLengths) {
      if (length > inner.suffix.length) continue;
      for (const at of bySuffix.get(inner.suffix.slice(inner.suffix.length - length)) ?? []) {
        if (at !== self && this.#holds(at, inner, self)) found.push(at);
      }
    }
  }

  /** Two patterns with the same texts would hold each other: then the one that comes first is the holder. */
  #holds(at: number, inner: Glob, self: number): boolean {
    const outer = this.#globs[at]!;
    return covers(outer, inner) && (at < self || !covers(inner, outer));
  }
}
