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
   * Places of those patterns of `inner` that `outer` names too, in the same letters, and takes no more out of. A wider pattern
   * would give the same actions, but lists of access tell the patterns as granted: without the narrower one they would change.
   */
  covered(outer: number, inner: number): readonly number[] {
    if (outer === inner) return this.speaking(inner);
    let row = this.#known.get(outer);
    if (row === undefined) {
      row = new Map();
      this.#known.set(outer, row);
    }
    let known = row.get(inner);
    if (known === undefined) {
      const [wide, narrow] = [this.#terms.all[outer]!, this.#terms.all[inner]!];
      known = this.speaking(inner).filter((i) => coversPattern(wide, narrow, i));
      row.set(inner, known);
    }
    return known;
  }
}

function coversPattern(outer: Terms, inner: Terms, place: number): boolean {
  if (!outer.actions.includes(inner.actions[place]!)) return false;
  const pattern = inner.foldedActions[place]!;
  return outer.foldedExcept.every(
    (out) => !overlap(out, pattern) || inner.foldedExcept.some((own) => covers(own, out)),
  );
}
