import { Containment } from './containment.ts';
import { canonicalGlob, compileGlob, type Glob } from './glob.ts';
import { covers } from './glob-cover.ts';
import { intersection, overlaps } from './glob-overlap.ts';
import type { PatternPairs } from './pattern-pairs.ts';
import { resourceId, type Side } from './resource-ids.ts';

/** A resource of a scope: a pattern or a single ARN. */
export interface ScopeNode {
  readonly id: string;
  readonly pattern: string;
  /** True for what no policy names: the overlap of two patterns. */
  readonly overlap: boolean;
}

/** A pattern that is taken out; `exact` is false when it matches more than what is meant. */
export interface Exception {
  readonly pattern: string;
  readonly exact: boolean;
}

/** Where a grant on everything but some patterns goes. */
export interface Outside {
  /** Nodes wholly outside the exceptions that are within no other such node. A grant on them reaches all such nodes. */
  readonly whole: readonly string[];
  /** Nodes that are only partly outside, or of which it is not sure. */
  readonly partly: readonly string[];
}

/** Overlaps that are given nodes, at most, in one scope. */
const MAX_OVERLAPS = 20_000;
/** Nodes that are held against exceptions, and grants that come of it, at most, over all statements of one scope. */
const MAX_HELD_AGAINST = 5_000_000;
const MAX_OUTSIDE = 250_000;

/** The resources that the policies of one account can tell apart, on one side. First patterns are added, then it is sealed. */
export class PatternScope {
  readonly account: string;
  readonly side: Side;
  readonly #at = new Map<string, number>();
  readonly #globs: Glob[] = [];
  readonly #overlap: boolean[] = [];
  #containment: Containment | undefined;
  /** Pairs of overlapping patterns that got no node of their own. */
  unspelled = 0;
  /** Statements with NotResource that got one conditional grant on everything instead of their exact ones. */
  widened = 0;
  #heldAgainst = 0;
  #outside = 0;

  constructor(account: string, side: Side) {
    this.account = account;
    this.side = side;
  }

  get size(): number {
    return this.#globs.length;
  }

  add(pattern: string, overlap = false): void {
    const text = canonicalGlob(pattern);
    if (this.#at.has(text)) return;
    this.#at.set(text, this.#globs.length);
    this.#globs.push(compileGlob(text));
    this.#overlap.push(overlap);
  }

  /** Adds the overlaps of pairs of patterns, both of this scope, where neither lies within the other. */
  addOverlaps(pairs: PatternPairs, isHere: (pattern: string) => boolean): void {
    const globs = new Map<string, Glob>();
    const globOf = (pattern: string): Glob => {
      const glob = globs.get(pattern) ?? compileGlob(pattern);
      globs.set(pattern, glob);
      return glob;
    };
    let found = 0;
    this.unspelled += pairs.dropped;
    for (const [allow, narrow] of pairs) {
      if (!isHere(allow) || !isHere(narrow)) continue;
      if (found > MAX_OVERLAPS) this.unspelled += 1;
      else found += this.#addOverlap(globOf(allow), globOf(narrow));
    }
  }

  #addOverlap(a: Glob, b: Glob): number {
    if (!overlaps(a, b) || covers(a, b) || covers(b, a)) return 0;
    const parts = intersection(a, b);
    if (parts === undefined) this.unspelled += 1;
    for (const part of parts ?? []) this.add(part, true);
    return parts?.length ?? 0;
  }

  seal(): void {
    this.#containment = new Containment(this.#globs);
  }

  has(pattern: string): boolean {
    return this.#at.has(canonicalGlob(pattern));
  }

  idOf(pattern: string): string {
    return resourceId(canonicalGlob(pattern), this.account, this.side);
  }

  *nodes(): Iterable<ScopeNode> {
    for (let at = 0; at < this.#globs.length; at++) {
      yield { id: this.#idAt(at), pattern: this.#globs[at]!.text, overlap: this.#overlap[at]! };
    }
  }

  /** Pairs of ids, holder first: nearest holders only. */
  *contains(): Iterable<readonly [string, string]> {
    for (let at = 0; at < this.#globs.length; at++) {
      for (const holder of this.#containment!.nearest(at)) yield [this.#idAt(holder), this.#idAt(at)];
    }
  }

  /**
   * Sorts the nodes by where they stand to some exceptions. O(nodes × exceptions), so the work of all statements together
   * is bounded.
   *
   * @returns undefined when the bound is reached
   */
  outside(exceptions: readonly Exception[]): Outside | undefined {
    this.#heldAgainst += this.size * exceptions.length;
    if (this.#heldAgainst > MAX_HELD_AGAINST || this.#outside > MAX_OUTSIDE) return undefined;
    const taken = exceptions.map(({ pattern, exact }) => ({ glob: compileGlob(pattern), exact }));
    const stands = this.#globs.map((glob) => standing(glob, taken));
    const whole: string[] = [];
    const partly: string[] = [];
    stands.forEach((stand, at) => {
      if (stand === 'partly') partly.push(this.#idAt(at));
      const within = this.#containment!.nearest(at).some((holder) => stands[holder] === 'outside');
      if (stand === 'outside' && !within) whole.push(this.#idAt(at));
    });
    this.#outside += whole.length + partly.length;
    return { whole, partly };
  }

  #idAt(at: number): string {
    return resourceId(this.#globs[at]!.text, this.account, this.side);
  }
}

function standing(
  glob: Glob,
  exceptions: readonly { readonly glob: Glob; readonly exact: boolean }[],
): 'outside' | 'partly' | 'inside' {
  let stand: 'outside' | 'partly' = 'outside';
  for (const exception of exceptions) {
    if (exception.exact && covers(exception.glob, glob)) return 'inside';
    if (overlaps(exception.glob, glob)) stand = 'partly';
  }
  return stand;
}
