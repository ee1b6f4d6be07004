/** The distinct (actions, exceptActions) pairs of a graph's grants, and which of them match an action. */
import { foldCase, matches } from './action-pattern.ts';

/** What one or many grants convey: patterns, less the patterns taken out of them. Folded beside as written. */
export interface Terms {
  readonly actions: readonly string[];
  readonly exceptActions: readonly string[];
  readonly foldedActions: readonly string[];
  readonly foldedExcept: readonly string[];
}

const MEMO_SIZE = 512;
const UNKNOWN = 0;
const NO = 1;
const YES = 2;

export function makeTerms(actions: readonly string[], exceptActions: readonly string[]): Terms {
  return { actions, exceptActions, foldedActions: actions.map(foldCase), foldedExcept: exceptActions.map(foldCase) };
}

/** True when one of the patterns and none of the exceptions matches a folded action. */
export function termsMatch(terms: Terms, action: string): boolean {
  return terms.foldedActions.some((p) => matches(p, action)) && !terms.foldedExcept.some((p) => matches(p, action));
}

/** All terms of a snapshot, by number. */
export class ActionTerms {
  /** Number 0 is no grant's; number 1 is "every action", what a take-over gives. */
  readonly all: readonly Terms[];
  readonly #memo = new Map<string, Uint8Array>();

  constructor(all: readonly Terms[]) {
    this.all = all;
  }

  /** Which terms match an action, worked out as they are asked for and remembered for the last few hundred actions. */
  matcher(action: string): TermsMatcher {
    const folded = foldCase(action);
    let known = this.#memo.get(folded);
    if (known === undefined) {
      known = new Uint8Array(this.all.length);
      if (this.#memo.size >= MEMO_SIZE) this.#memo.delete(this.#memo.keys().next().value as string);
    } else this.#memo.delete(folded);
    this.#memo.set(folded, known);
    return new TermsMatcher(this.all, folded, known);
  }
}

/** Answers for one action. */
export class TermsMatcher {
  readonly #all: readonly Terms[];
  readonly #known: Uint8Array;
  readonly action: string;

  constructor(all: readonly Terms[], action: string, known: Uint8Array) {
    this.#all = all;
    this.action = action;
    this.#known = known;
  }

  matches(terms: number): boolean {
    const known = this.#known[terms]!;
    if (known !== UNKNOWN) return known === YES;
    const yes = termsMatch(this.#all[terms]!, this.action);
    this.#known[terms] = yes ? YES : NO;
    return yes;
  }
}
