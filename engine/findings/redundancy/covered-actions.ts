/** Which of the patterns of a grant another grant gives as well. */
import { covers, overlap } from '../../snapshot/action-pattern.ts';
import type { ActionTerms, Terms } from '../../snapshot/action-terms.ts';

/** Answers about the terms of one graph, each pair worked out once. */
export class CoveredActions {
  readonly #terms: ActionTerms;
  readonly #known = new Map<number, Map<number, readonly number[]>>();
  readonly #speaking = new Map<number, readonly number[]>();

  constructor(terms: ActionTerms) {
    this.#terms = terms;
  }

  /** Places of the patterns of a grant that its own exceptions leave anything of. */
  speaking(terms: number): readonly number[] {
    let known = this.#speaking.get(terms);
    if (known === undefined) {
      const { foldedActions, foldedExcept } = this.#terms.all[terms]!;
      known = [...foldedActions.keys()].filter((i) => !foldedExcept.some((out) => covers(out, foldedActions[i]!)));
      this.#speaking.set(terms, known);
    }
    return known;
  }

  /**
   * Places of those patterns of `inner` that `outer` names too, in the same letters, and takes no more out of: either less, or
   * just the same. Other texts may come to the same actions, such as a wider pattern, or an exception that nothing of the
   * pattern matches. But lists of access tell patterns and exceptions as granted, and without the one of them would change.
   *
   * They tell what denials take out of an access, which depends on the order of patterns: a denial counts only where it has the
   * same exceptions, and for those of its patterns that it needs.
   */
  covered(outer: number, inner: number, denies: boolean): readonly number[] {
    if (outer === inner) return this.speaking(inner);
    const key = outer * 2 + (denies ? 1 : 0);
    let row = this.#known.get(key);
    if (row === undefined) {
      row = new Map();
      this.#known.set(key, row);
    }
    let known = row.get(inner);
    if (known === undefined) {
      const [wide, narrow] = [this.#terms.all[outer]!, this.#terms.all[inner]!];
      const isCovered = denies ? deniesPattern : coversPattern;
      known = this.speaking(inner).filter((i) => isCovered(wide, narrow, i));
      row.set(inner, known);
    }
    return known;
  }
}

function coversPattern(outer: Terms, inner: Terms, place: number): boolean {
  if (!outer.actions.includes(inner.actions[place]!)) return false;
  if (sameTexts(outer.exceptActions, inner.exceptActions)) return true;
  const pattern = inner.foldedActions[place]!;
  const takesNoMore = (one: Terms, other: Terms): boolean =>
    one.foldedExcept.every((out) => !overlap(out, pattern) || other.foldedExcept.some((own) => covers(own, out)));
  return takesNoMore(outer, inner) && !takesNoMore(inner, outer);
}

function deniesPattern(outer: Terms, inner: Terms, place: number): boolean {
  const own = outer.actions.indexOf(inner.actions[place]!);
  if (own < 0 || !sameTexts(outer.exceptActions, inner.exceptActions)) return false;
  const folded = outer.foldedActions;
  return !folded.some((pattern, i) => i !== own && covers(pattern, folded[own]!));
}

const sameTexts = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((text, i) => text === other[i]);
