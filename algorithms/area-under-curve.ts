/**
 * How well scores tell two kinds of things apart. Area under the ROC curve by ranks, ties counting half (J. A. Hanley and
 * B. J. McNeil, 1982); average precision as the sum of precision times step of recall, with things that score alike taken in
 * together, so that neither hangs on their order. O(n log n).
 */
import { type Checkpoint, unchecked } from './checkpoint.ts';

/** Things between two checkpoints. */
const CHECK_EVERY = 8192;

export interface CurveAreas {
  /** The chance that one that is scores more than one that is not; NaN when there are none of one kind. */
  readonly auc: number;
  /** NaN when none is. */
  readonly averagePrecision: number;
}

/**
 * @param isPositive 1 for things that are to score high, else 0; one for each score
 * @param weights how often each thing counts, above 0; default 1
 * @throws RangeError when the lengths differ or a score is NaN
 */
export function curveAreas(
  scores: Float64Array,
  isPositive: Uint8Array,
  checkpoint: Checkpoint = unchecked,
  weights?: Float64Array,
): CurveAreas {
  if (scores.length !== isPositive.length || (weights !== undefined && weights.length !== scores.length))
    throw new RangeError('there must be one label for each score, and one weight');
  if (scores.some(Number.isNaN)) throw new RangeError('a score is not a number');
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]!);
  const weightOf = (thing: number): number => weights?.[thing] ?? 1;
  let [positives, negatives] = [0, 0];
  for (let thing = 0; thing < scores.length; thing++) {
    if (isPositive[thing] === 1) positives += weightOf(thing);
    else negatives += weightOf(thing);
  }
  let [hits, misses, won, precision] = [0, 0, 0, 0];
  for (let taken = 0, checkAt = 0; taken < order.length; ) {
    if (taken >= checkAt) {
      checkpoint();
      checkAt = taken + CHECK_EVERY;
    }
    const score = scores[order[taken]!]!;
    let [right, wrong] = [0, 0];
    for (; taken < order.length && scores[order[taken]!] === score; taken++) {
      const thing = order[taken]!;
      if (isPositive[thing] === 1) right += weightOf(thing);
      else wrong += weightOf(thing);
    }
    won += right * (negatives - misses - wrong / 2);
    hits += right;
    misses += wrong;
    precision += right * (hits / (hits + misses));
  }
  return { auc: won / (positives * negatives), averagePrecision: precision / positives };
}
