/** When a search finds nothing better any more, it goes on much hotter for a while: it leaves one valley for another. */

/** Steps without a better structure, beside so many for each role, after which it does. */
const PATIENCE = 2_000;
const PATIENCE_PER_ROLE = 40;
/** How much hotter, and for how many steps. */
const HOTTER = 12;
const HOT_STEPS = 150;

export interface Stagnation {
  /** Something better was found at this step. */
  found(iteration: number): void;
  /** Told before each step, with how many roles there are. */
  step(iteration: number, roles: number): void;
  /** By how much to multiply the heat. */
  factor(iteration: number): number;
}

export function stagnation(): Stagnation {
  let last = 0;
  let hotUntil = 0;
  return {
    found(iteration) {
      last = iteration;
    },
    step(iteration, roles) {
      if (iteration - last <= PATIENCE + PATIENCE_PER_ROLE * roles) return;
      last = iteration;
      hotUntil = iteration + HOT_STEPS + roles;
    },
    factor: (iteration) => (iteration < hotUntil ? HOTTER : 1),
  };
}
