import { arnParts, isAccountId } from './arn.ts';
import { compileGlob, type Glob, isWild } from './glob.ts';
import { covers } from './glob-cover.ts';
import { PatternIndex } from './pattern-index.ts';

/** A pattern that a graph has a node of. */
interface KnownPattern {
  readonly id: string;
  readonly glob: Glob;
}

/** `aws:<account>:<pattern>`, the form that `resourceId` gives to what means another set of things in every account. */
const OF_ACCOUNT = /^aws:(\d{12}):(other-accounts:)?(.*)$/s;

/**
 * The patterns of resources that a graph knows, to find those that stand for a single thing that it does not know.
 *
 * Patterns that leave the service open are left out, `*` first of all: they stand for a whole account, and what was used
 * somewhere in it says of nothing else in it that its use would be known. Memory: the patterns; the rest of the graph is
 * passed over.
 */
export class KnownPatterns {
  readonly #patterns: KnownPattern[] = [];
  /** By whose set of things a pattern means: an account's own, those of others, or the same for all (`''`). */
  readonly #indexes = new Map<string, PatternIndex>();

  /** @param id of any resource; passed over unless it is that of a pattern */
  add(id: string): void {
    if (!isWild(id)) return;
    const [, account, others, pattern] = OF_ACCOUNT.exec(id) ?? [id, undefined, undefined, id];
    const service = arnParts(pattern!)?.service;
    if (service === undefined || isWild(service)) return;
    const side = account === undefined ? '' : sideOf(account, others !== undefined);
    const index = this.#indexes.get(side) ?? new PatternIndex();
    this.#indexes.set(side, index);
    const glob = compileGlob(pattern!);
    index.add(glob, this.#patterns.length);
    this.#patterns.push({ id, glob });
  }

  /**
   * Ids of the patterns that a thing lies within and that hold no other of these: on the one hand of those that mean the same to all,
   * on the other of those of the account, for whether the account's contain one that means the same to all depends on which policies
   * name it. A grant on any pattern that the thing lies within reaches one of them. Several where patterns cross.
   *
   * @param account whose policies are asked: a pattern means another set of things in each
   */
  nearest(arn: string, account: string): readonly string[] {
    const owner = arnParts(arn)?.account ?? '';
    const side = sideOf(account, isAccountId(owner) && owner !== account);
    return [...this.#nearestOf('', arn), ...this.#nearestOf(side, arn)];
  }

  #nearestOf(side: string, arn: string): readonly string[] {
    const thing: Glob = { text: arn, wild: false, prefix: arn, suffix: arn, least: arn.length };
    let nearest: readonly KnownPattern[] = [];
    for (const at of this.#indexes.get(side)?.mayHold(thing) ?? []) {
      const one = this.#patterns[at]!;
      if (covers(one.glob, thing)) nearest = withNearer(nearest, one);
    }
    return nearest.map(({ id }) => id);
  }
}

const sideOf = (account: string, isOfOthers: boolean): string => `${account}${isOfOthers ? ' others' : ''}`;

/** Those that hold none of the others, with one more. */
function withNearer(nearest: readonly KnownPattern[], one: KnownPattern): readonly KnownPattern[] {
  if (nearest.some(({ glob }) => covers(one.glob, glob))) return nearest;
  return [...nearest.filter(({ glob }) => !covers(glob, one.glob)), one];
}
