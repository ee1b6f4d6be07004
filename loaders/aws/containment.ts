import type { Glob } from './glob.ts';
import { covers } from './glob-cover.ts';

/**
 * Which patterns hold which. Candidates are found by the text before the first wildcard: the holder's must begin the
 * held one's. So the cost is that of the patterns which share their beginning, not of all pairs.
 */
export class Containment {
  readonly #byPrefix = new Map<string, number[]>();
  readonly #prefixLengths: readonly number[];
  readonly #globs: readonly Glob[];
  readonly #holders: readonly (readonly number[])[];

  /** @param globs each pattern once, in canonical form */
  constructor(globs: readonly Glob[]) {
    this.#globs = globs;
    globs.forEach((glob, at) => {
      if (!glob.wild) return;
      const sharing = this.#byPrefix.get(glob.prefix);
      if (sharing === undefined) this.#byPrefix.set(glob.prefix, [at]);
      else sharing.push(at);
    });
    this.#prefixLengths = [...new Set([...this.#byPrefix.keys()].map((prefix) => prefix.length))].sort((a, b) => a - b);
    this.#holders = globs.map((glob, at) => this.#allHolders(glob, at));
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
      for (const at of this.#byPrefix.get(inner.prefix.slice(0, length)) ?? []) {
        if (at !== self && this.#holds(at, inner, self)) found.push(at);
      }
    }
    return found;
  }

  /** Two patterns with the same texts would hold each other: then the one that comes first is the holder. */
  #holds(at: number, inner: Glob, self: number): boolean {
    const outer = this.#globs[at]!;
    return covers(outer, inner) && (at < self || !covers(inner, outer));
  }
}
