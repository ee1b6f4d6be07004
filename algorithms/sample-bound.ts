/**
 * How far the mean of a random sample is from the mean of all: W. Hoeffding, "Probability inequalities for sums of bounded
 * random variables", Journal of the American Statistical Association 58(301), 1963. Holds for draws with replacement, and
 * without (his section 6). With the union bound it holds for the means of several quantities at once.
 */

/**
 * With a probability of at least 1 - delta, no mean is off by more than this times the range of what it is the mean of.
 *
 * @param draws above 0
 * @param quantities how many means are to hold at once, above 0
 * @param delta above 0, below 1
 */
export const sampleEpsilon = (draws: number, quantities: number, delta: number): number =>
  Math.sqrt(Math.log((2 * quantities) / delta) / (2 * draws));

/** The fewest draws for which `sampleEpsilon` is no more than `epsilon`. */
export const drawsFor = (epsilon: number, quantities: number, delta: number): number =>
  Math.ceil(Math.log((2 * quantities) / delta) / (2 * epsilon ** 2));
