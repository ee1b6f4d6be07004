/** Which of the patterns of a grant another grant gives as well. */
import { covers } from '../../snapshot/action-pattern.ts';
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
   * Places of those patterns of `inner` that `outer` names too, in the same letters and with the same exceptions. Other texts may
   * come to the same actions: a wider pattern, fewer exceptions. But lists of access tell patterns and exceptions as granted, and
   * without the one of them would change.
   *
   * They also tell what denials take out of an access, by the widest patterns: a denial counts only for those of its patterns that
   * no other one of it covers.
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
      const same = sameTexts(wide.exceptActions, narrow.exceptActions);
      known = this.speaking(inner).filter((i) => same && names(wide, narrow.actions[i]!, denies));
      row.set(inner, known);
    }
    return known;
  }
}

function names({ actions, foldedActions }: Terms, pattern: string, denies: boolean): boolean {
  const place = actions.indexOf(pattern);
  if (place < 0 || !denies) return place >= 0;
  return !foldedActions.some((other, i) => i !== place && covers(other, foldedActions[place]!));
}

const sameTexts = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((text, i) => text === other[i]);
