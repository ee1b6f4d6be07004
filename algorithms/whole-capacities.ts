/**
 * Costs with decimals as whole numbers, so that sums of them are exact and ties are ties: 0.1 and 0.2 make up 0.3.
 * A cost counts as the shortest decimal number that a double is told by, which is the one that somebody wrote.
 */
export interface WholeCapacities {
  /** Whole numbers, or Infinity where the cost was. */
  readonly capacities: Float64Array;
  /** A power of ten: capacity / perUnit is the cost. */
  readonly perUnit: number;
}

/**
 * @param costs 0 or more, or Infinity; O(costs)
 * @throws RangeError for a cost that is negative or not a number, and when the costs together need more than 53 bits
 */
export function wholeCapacities(costs: ArrayLike<number>): WholeCapacities {
  let decimals = 0;
  for (let i = 0; i < costs.length; i++) {
    if (!(costs[i]! >= 0)) throw new RangeError(`cost ${i} is ${costs[i]}: costs are 0 or more`);
    if (costs[i] !== Number.POSITIVE_INFINITY) decimals = Math.max(decimals, decimalsOf(costs[i]!));
  }
  const capacities = Float64Array.from(costs, (cost) => shifted(cost, decimals));
  const sum = capacities.reduce((total, each) => (each === Number.POSITIVE_INFINITY ? total : total + each), 0);
  if (sum > Number.MAX_SAFE_INTEGER)
    throw new RangeError(
      `costs with ${decimals} decimals that sum up to ${sum} / 10^${decimals} are not exact: round them`,
    );
  return { capacities, perUnit: 10 ** decimals };
}

/** Digits and exponent of the shortest decimal number that reads as this double. */
function parts(cost: number): { readonly digits: string; readonly exponent: number } {
  const [mantissa, exponent = '0'] = String(cost).split('e');
  const [whole, fraction = ''] = mantissa!.split('.');
  return { digits: whole! + fraction, exponent: Number(exponent) - fraction.length };
}

function decimalsOf(cost: number): number {
  return Math.max(0, -parts(cost).exponent);
}

/** The cost times a power of ten, without the rounding that a multiplication has. */
function shifted(cost: number, decimals: number): number {
  if (cost === Number.POSITIVE_INFINITY) return cost;
  const { digits, exponent } = parts(cost);
  return Number(`${digits}e${exponent + decimals}`);
}
