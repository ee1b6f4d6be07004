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
 * @throws RangeError when the lengths differ or a score is NaN
 */
export function curveAreas(
  scores: Float64Array,
  isPositive: Uint8Array,
  checkpoint: Checkpoint = unchecked,
): CurveAreas {
  if (scores.length !== isPositive.length) throw new RangeError('there must be one label for each score');
  if (scores.some(Number.isNaN)) throw new RangeError('a score is not a number');
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]!);
  const positives = isPositive.reduce((sum, is) => sum + is, 0);
  const negatives = scores.length - positives;
  let taken = 0;
  let hits = 0;
  let won = 0;
  let precision = 0;
  let checkAt = 0;
  while (taken < order.length) {
    if (taken >= checkAt) {
      checkpoint();
      checkAt = taken + CHECK_EVERY;
    }
    const score = scores[order[taken]!]!;
    let more = 0;
    let all = 0;
    for (; taken + all < order.length && scores[order[taken + all]!] === score; all++)
      more += isPositive[order[taken + all]!]!;
    const below = negatives - (taken - hits) - (all - more);
    won += more * (below + (all - more) / 2);
    taken += all;
    hits += more;
    precision += more * (hits / taken);
  }
  return { auc: won / (positives * negatives), averagePrecision: precision / positives };
}
