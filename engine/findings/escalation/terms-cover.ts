/** Which terms of grants give all the actions that others give: looked at once for each two. */
import { covers, overlap } from '../../snapshot/action-pattern.ts';
import type { ActionTerms, Terms } from '../../snapshot/action-terms.ts';

export class TermsCover {
  readonly #terms: ActionTerms;
  /** By the outer terms, then by the inner. */
  readonly #known = new Map<number, Map<number, boolean>>();

  constructor(terms: ActionTerms) {
    this.#terms = terms;
  }

  /** True only if every action of the inner terms is one of the outer; false where several patterns together would do it. */
  covers(outer: number, inner: number): boolean {
    if (outer === inner) return true;
    let known = this.#known.get(outer);
    if (known === undefined) {
      known = new Map();
      this.#known.set(outer, known);
    }
    let answer = known.get(inner);
    if (answer === undefined) {
      answer = isCovered(this.#terms.all[outer]!, this.#terms.all[inner]!);
      known.set(inner, answer);
    }
    return answer;
  }
}

const isCovered = (outer: Terms, inner: Terms): boolean =>
  inner.foldedActions.every((action) => outer.foldedActions.some((broader) => covers(broader, action))) &&
  outer.foldedExcept.every(
    (taken) =>
      inner.foldedExcept.some((broader) => covers(broader, taken)) ||
      !inner.foldedActions.some((action) => overlap(action, taken)),
  );
