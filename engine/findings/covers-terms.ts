/** Whether a grant conveys what another one does, by their actions and exceptions alone. */
import { covers, overlap } from '../snapshot/action-pattern.ts';
import type { Terms } from '../snapshot/action-terms.ts';

/**
 * True when terms convey all that others do. May be false without need, where patterns do it only together.
 * Reflexive and transitive.
 */
export function coversTerms(outer: Terms, inner: Terms): boolean {
  return inner.foldedActions.every(
    (action) =>
      inner.foldedExcept.some((except) => covers(except, action)) ||
      (outer.foldedActions.some((pattern) => covers(pattern, action)) &&
        outer.foldedExcept.every(
          (except) => !overlap(except, action) || inner.foldedExcept.some((other) => covers(other, except)),
        )),
  );
}
