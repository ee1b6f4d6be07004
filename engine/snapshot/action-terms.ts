/** The distinct (actions, exceptActions) pairs of a graph's grants, and which of them match an action. */
import { foldCase, matches } from './action-pattern.ts';

/** What one or many grants convey: patterns, less the patterns taken out of them. Folded beside as written. */
export interface Terms {
  /** Equal for equal terms. Grants are put in its order, so that it makes no difference which was met first. */
  readonly key: string;
  readonly actions: readonly string[];
  readonly exceptActions: readonly string[];
  readonly foldedActions: readonly string[];
  readonly foldedExcept: readonly string[];
}

const MEMO_SIZE = 512;
const UNKNOWN = 0;
const NO = 1;
const YES = 2;

const keyOf = (actions: readonly string[], exceptActions: readonly string[]): string =>
  JSON.stringify([actions, exceptActions]);

export function makeTerms(actions: readonly string[], exceptActions: readonly string[]): Terms {
  return {
    key: keyOf(actions, exceptActions),
    actions,
    exceptActions,
    foldedActions: actions.map(foldCase),
    foldedExcept: exceptActions.map(foldCase),
  };
}

/** True when one of the patterns and none of the exceptions matches a folded action. */
export function termsMatch(terms: Terms, action: string): boolean {
  return terms.foldedActions.some((p) => matches(p, action)) && !terms.foldedExcept.some((p) => matches(p, action));
}

/** Room for terms that come after a matcher's memory was made. */
const LATER_TERMS = 64;

/** All terms of a snapshot and of the versions that follow from it, by number. Only ever added to, but for numbers that are given back. */
export class ActionTerms {
  /** Number 0 is no grant's; number 1 is "every action", what a take-over gives. */
  readonly all: readonly Terms[];
  readonly #all: Terms[];
  #numbers: Map<string, number> | undefined;
  readonly #memo = new Map<string, Uint8Array>();

  constructor(all: Terms[]) {
    this.all = all;
    this.#all = all;
  }

  /** The number of terms, which they are given if they have none. */
  number(actions: readonly string[], exceptActions: readonly string[]): number {
    this.#numbers ??= new Map(this.#all.map(({ key }, number) => [key, number]));
    const key = keyOf(actions, exceptActions);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#all.push(makeTerms(actions, exceptActions)) - 1;
    this.#numbers.set(key, number);
    return number;
  }

  /** Forgets numbers from one on that nobody looks at any more. */
  giveBack(from: number): void {
    if (this.#all.length === from) return;
    for (const { key } of this.#all.splice(from)) this.#numbers?.delete(key);
    for (const known of this.#memo.values()) known.fill(UNKNOWN, from);
  }

  /** Which terms match an action, worked out as they are asked for and remembered for the last few hundred actions. */
  matcher(action: string): TermsMatcher {
    const folded = foldCase(action);
    let known = this.#memo.get(folded);
    if (known !== undefined) this.#memo.delete(folded);
    else if (this.#memo.size >= MEMO_SIZE) this.#memo.delete(this.#memo.keys().next().value as string);
    if (known === undefined || known.length < this.#all.length)
      known = new Uint8Array(this.#all.length + (this.#numbers === undefined ? 0 : LATER_TERMS));
    this.#memo.set(folded, known);
    return new TermsMatcher(this.#all, folded, known);
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
    const known = this.#known[terms];
    if (known !== undefined && known !== UNKNOWN) return known === YES;
    const yes = termsMatch(this.#all[terms]!, this.action);
    if (known !== undefined) this.#known[terms] = yes ? YES : NO;
    return yes;
  }
}
