/**
 * The falling step function that comes nearest to what was observed, by pooling adjacent violators.
 * M. Ayer, H. Brunk, G. Ewing, W. Reid, E. Silverman, "An empirical distribution function for sampling with incomplete
 * information", Annals of Mathematical Statistics 26, 1955. For scores into probabilities: B. Zadrozny, C. Elkan,
 * "Transforming classifier scores into accurate multiclass probability estimates", KDD 2002. O(n log n).
 */

/** Steps by ascending score: from `scores[i]` on the value is `values[i]`, and below the first it is the first. */
export interface FallingSteps {
  readonly scores: Float64Array;
  /** Descending. */
  readonly values: Float64Array;
}

/**
 * @param scores in any order
 * @param values what was observed at each score
 * @param weights how much each counts, above 0; default 1
 * @throws RangeError when the lengths differ or nothing was observed
 */
export function fallingSteps(
  scores: Float64Array,
  values: ArrayLike<number>,
  weights?: ArrayLike<number>,
): FallingSteps {
  if (scores.length === 0 || values.length !== scores.length || (weights && weights.length !== scores.length))
    throw new RangeError('there must be one value, and one weight, for each of at least one score');
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
  const starts: number[] = [];
  const sums: number[] = [];
  const masses: number[] = [];
  for (let i = 0; i < order.length; ) {
    const score = scores[order[i]!]!;
    let [sum, mass] = [0, 0];
    for (; i < order.length && scores[order[i]!] === score; i++) {
      const weight = weights?.[order[i]!] ?? 1;
      sum += weight * values[order[i]!]!;
      mass += weight;
    }
    let start = score;
    while (starts.length > 0 && sums.at(-1)! * mass <= sum * masses.at(-1)!) {
      start = starts.pop()!;
      sum += sums.pop()!;
      mass += masses.pop()!;
    }
    starts.push(start);
    sums.push(sum);
    masses.push(mass);
  }
  return { scores: Float64Array.from(starts), values: Float64Array.from(sums, (sum, i) => sum / masses[i]!) };
}

/** The value at a score. O(log steps). */
export function valueAt({ scores, values }: FallingSteps, score: number): number {
  let [low, high] = [0, scores.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (scores[middle]! <= score) low = middle;
    else high = middle - 1;
  }
  return values[low]!;
}
