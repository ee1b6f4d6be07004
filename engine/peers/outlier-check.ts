/** How well methods find wrong holdings on an estate, told by putting some into it; and what a score then means. */
import { curveAreas } from '../../algorithms/area-under-curve.ts';
import { ease, easeScores, type SparseRows } from '../../algorithms/ease.ts';
import { type FallingSteps, fallingSteps } from '../../algorithms/isotonic.ts';
import { rp3BetaScores } from '../../algorithms/rp3-beta.ts';
import { type Random, seededRandom } from '../../algorithms/seeded-random.ts';
import type { Pace } from '../snapshot/pace.ts';
import type { EntitlementMatrix } from './entitlement-matrix.ts';
import { enoughEvidence } from './evidence.ts';
import type { HoldingGraph } from './holding-graph.ts';
import { type InjectedEstate, inject } from './injection.ts';

export const OUTLIER_METHODS = ['EASE', 'RP3BETA'] as const;
export type OutlierMethod = (typeof OUTLIER_METHODS)[number];

/** More column classes than this are too many for EASE, whose cost grows with their cube: with so many a training takes some 7 s. */
export const MOST_EASE_COLUMNS = 3_000;
export const LAMBDA = 5;
export const BETA = 0.7;
/** Share of all holdings that is taken to be wrong. */
export const WRONG_SHARE = 0.01;
/** Wrong holdings at most in one round: more say little more, and each may be one more column. */
const MOST_INJECTED = 500;
/** Small estates are tried several times, until so many wrong holdings were judged, but not more often than ten times. */
const LABELS_WANTED = 200;
const MOST_ROUNDS = 10;
/** With more cells than this there is one round: each costs as much as the answer. */
const MANY_CELLS = 1_000_000;
/** Given holdings that are looked at in one round; of more, so many are drawn and stand for all. */
const MOST_GIVEN = 400_000;

/** Of each cell: the lower, the less is it explained by what else is held. */
export function scoresBy(method: OutlierMethod, rows: SparseRows, pace: Pace): Float64Array {
  const checkpoint = (): void => pace.check();
  if (method === 'RP3BETA') return rp3BetaScores(rows, BETA, checkpoint);
  return easeScores(rows, ease(rows, LAMBDA, checkpoint), checkpoint);
}

/** How well a method did. */
export interface MethodCheck {
  readonly method: OutlierMethod;
  /** The chance that a wrong holding stands out more than a given one, where there is evidence enough to judge both. */
  readonly auc: number;
  /** Average precision of the list of what stands out most, with one in a hundred holdings wrong. */
  readonly averagePrecision: number;
  /** The same chance over all holdings, those that are not judged too. */
  readonly aucOfAll: number;
  /** Wrong holdings that were put in, and those of them that were judged. */
  readonly injected: number;
  readonly judged: number;
  /** What share of holdings with a score is wrong, when one in a hundred is. */
  readonly calibration: FallingSteps;
}

/** One method's scores over all rounds. */
interface Observed {
  readonly scores: number[];
  readonly isWrong: number[];
  readonly enough: number[];
  readonly weights: number[];
}

/** @returns nothing where no wrong holding could be put in and judged */
export async function checkMethods(
  matrix: EntitlementMatrix,
  sizes: HoldingGraph,
  methods: readonly OutlierMethod[],
  seed: number,
  pace: Pace,
): Promise<readonly MethodCheck[]> {
  const random = seededRandom(seed);
  const observed = methods.map((): Observed => ({ scores: [], isWrong: [], enough: [], weights: [] }));
  let [labels, injected] = [0, 0];
  const wanted = Math.min(MOST_INJECTED, Math.max(1, Math.round(WRONG_SHARE * holdingsIn(matrix, sizes))));
  for (let round = 0; round < MOST_ROUNDS && labels < LABELS_WANTED; round++) {
    const estate = inject(matrix, sizes, wanted, random);
    if (estate.injected === 0) break;
    injected += estate.injected;
    const enough = enoughEvidence(estate.rows);
    estate.isWrong.forEach((is, cell) => {
      labels += is & enough[cell]!;
    });
    for (const [i, method] of methods.entries()) {
      pace.progress(`trying ${method}`, labels, LABELS_WANTED);
      await pace.rest();
      const scores = scoresBy(method, estate.rows, pace);
      observe(observed[i]!, estate, enough, scores, seededRandom(seed + round));
    }
    if (matrix.cells.length > MANY_CELLS) break;
  }
  if (labels === 0) return [];
  return methods.map((method, i) => ({ method, injected, judged: labels, ...rated(observed[i]!, pace) }));
}

/** Identities times column classes that are held. */
function holdingsIn({ rows, cellBounds }: EntitlementMatrix, { rowSizes }: HoldingGraph): number {
  let holdings = 0;
  for (let row = 0; row < rows; row++) holdings += rowSizes[row]! * (cellBounds[row + 1]! - cellBounds[row]!);
  return holdings;
}

function observe(
  into: Observed,
  { rows, isWrong }: InjectedEstate,
  enough: Uint8Array,
  scores: Float64Array,
  random: Random,
): void {
  const kept = Math.min(1, MOST_GIVEN / scores.length);
  for (let row = 0; row + 1 < rows.bounds.length; row++)
    for (let i = rows.bounds[row]!; i < rows.bounds[row + 1]!; i++) {
      if (isWrong[i] === 0 && kept < 1 && random() >= kept) continue;
      into.scores.push(scores[i]!);
      into.isWrong.push(isWrong[i]!);
      into.enough.push(enough[i]!);
      into.weights.push(isWrong[i] === 1 ? 1 : rows.weights![row]! / kept);
    }
}

function rated(observed: Observed, pace: Pace): Omit<MethodCheck, 'method' | 'injected' | 'judged'> {
  const all = Array.from(observed.scores.keys());
  const judged = weighed(
    observed,
    all.filter((i) => observed.enough[i] === 1),
  );
  return {
    ...areasOf(judged, pace),
    aucOfAll: areasOf(weighed(observed, all), pace).auc,
    calibration: calibrated(judged),
  };
}

interface Weighed {
  readonly scores: Float64Array;
  readonly isWrong: Uint8Array;
  readonly weights: Float64Array;
}

/** Wrong holdings weighed so that they are one in a hundred. */
function weighed({ scores, isWrong, weights }: Observed, which: readonly number[]): Weighed {
  let [right, wrong] = [0, 0];
  for (const i of which) {
    if (isWrong[i] === 1) wrong += weights[i]!;
    else right += weights[i]!;
  }
  const each = (right * WRONG_SHARE) / (1 - WRONG_SHARE) / wrong;
  return {
    scores: Float64Array.from(which, (i) => scores[i]!),
    isWrong: Uint8Array.from(which, (i) => isWrong[i]!),
    weights: Float64Array.from(which, (i) => (isWrong[i] === 1 ? each : weights[i]!)),
  };
}

function areasOf({ scores, isWrong, weights }: Weighed, pace: Pace) {
  const standsOut = scores.map((score) => -score);
  return curveAreas(standsOut, isWrong, () => pace.check(), weights);
}

/** With one more holding of each kind at the far ends, so that no score means certainty. */
function calibrated({ scores, isWrong, weights }: Weighed): FallingSteps {
  const least = scores.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return fallingSteps(
    withFirst([least, most], scores),
    withFirst([0, 1], isWrong),
    withFirst([1, WRONG_SHARE], weights),
  );
}

function withFirst(first: readonly number[], rest: ArrayLike<number>): Float64Array {
  const all = new Float64Array(first.length + rest.length);
  all.set(first);
  all.set(rest, first.length);
  return all;
}
