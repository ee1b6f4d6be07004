import type { Glob } from './glob.ts';
import { covers } from './glob-cover.ts';
import { PatternIndex } from './pattern-index.ts';

/** Which patterns hold which. Not all pairs are tried: see `PatternIndex`. */
export class Containment {
  readonly #index = new PatternIndex();
  readonly #globs: readonly Glob[];
  readonly #holders: readonly (readonly number[])[];

  /** @param globs each pattern once, in canonical form */
  constructor(globs: readonly Glob[]) {
    this.#globs = globs;
    globs.forEach((glob, at) => {
      if (glob.wild) this.#index.add(glob, at);
    });
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
    for (const at of this.#index.mayHold(inner)) if (at !== self && this.#holds(at, inner, self)) found.push(at);
    return found;
  }

  /** Two patterns with the same texts would hold each other: then the one that comes first is the holder. */
  #holds(at: number, inner: Glob, self: number): boolean {
    const outer = this.#globs[at]!;
    return covers(outer, inner) && (at < self || !covers(inner, outer));
  }
}
