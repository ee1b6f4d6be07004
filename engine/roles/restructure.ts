/**
 * Several ways to arrange the roles anew, from none to the most different, of which each is the best for what it costs: fewer
 * roles and assignments against fewer edits. The search itself is the miner's.
 */
import { GrantlensError } from '../model/index.ts';
import type { Pace } from '../snapshot/pace.ts';
import { presentMetrics, targetMetrics } from './metrics.ts';
import { minedTarget } from './mined-target.ts';
import { type MinedRole, type MiningMatrix, miningMatrices } from './mining-matrix.ts';
import type { RoleMetrics } from './plan.ts';
import type { RoleState } from './role-state.ts';
import { checkTarget, presentTarget, type Target } from './target.ts';
import { editCount } from './target-edits.ts';
import { tidyTarget } from './tidy-target.ts';

/**
 * Finds roles for a matrix. Whatever a role gives to a row must be required or optional there; what is left over of a row is
 * granted directly.
 *
 * @param share of the time there is for one price: as large as the matrix's share of all that is to be held
 * @param price what one edit costs against one unit of structural complexity; 0 for the best roles at any number of edits
 */
export type Miner = (matrix: MiningMatrix, price: number, pace: Pace, share: number) => Promise<readonly MinedRole[]>;

/** Prices that are tried when nobody says. */
export const USUAL_PRICES: readonly number[] = [0, 0.1, 0.5, 1, 2, 5];

export interface FrontPoint {
  /** PRESENT: nothing changes. TIDY: only what is plainly too much goes. MINED: roles were looked for. */
  readonly how: 'PRESENT' | 'TIDY' | 'MINED';
  /** Of an edit, of what was mined. */
  readonly price: number | null;
  readonly edits: number;
  readonly metrics: RoleMetrics;
  readonly target: Target;
}

export interface Restructuring {
  readonly before: RoleMetrics;
  /** No point is at least as good as another in edits, structural complexity and roles. Fewest edits first. */
  readonly front: readonly FrontPoint[];
  /** Points that were found and are no better than one of the front. */
  readonly dominated: number;
}

/**
 * @param prices from 0 up; each is mined once
 * @throws GrantlensError ARGUMENT_INVALID for prices; TARGET_INVALID when a miner gives somebody what he does not hold; the
 *   reason of the signal
 */
export async function restructure(
  state: RoleState,
  miner: Miner,
  prices: readonly number[],
  pace: Pace,
): Promise<Restructuring> {
  for (const price of prices)
    if (!(price >= 0 && Number.isFinite(price)))
      throw new GrantlensError('ARGUMENT_INVALID', `A price must be a number from 0 up, is ${price}.`, {
        argument: 'prices',
      });
  pace.progress('tidying roles', 0, 1);
  const points = [
    pointOf(state, 'PRESENT', null, presentTarget(state)),
    pointOf(state, 'TIDY', null, tidyTarget(state)),
  ];
  const matrices = miningMatrices(state);
  const cells = matrices.reduce((sum, matrix) => sum + matrix.cells.length, 0);
  for (const price of [...new Set(prices)].sort((a, b) => a - b)) {
    const mined: (readonly MinedRole[])[] = [];
    for (const matrix of matrices) {
      await pace.rest();
      mined.push(await miner(matrix, price, pace, matrix.cells.length / Math.max(1, cells)));
    }
    points.push(pointOf(state, 'MINED', price, minedTarget(state, matrices, mined)));
  }
  const front = nonDominated(points);
  return { before: presentMetrics(state), front, dominated: points.length - front.length };
}

function pointOf(state: RoleState, how: FrontPoint['how'], price: number | null, target: Target): FrontPoint {
  checkTarget(state, target);
  return { how, price, edits: editCount(state, target), metrics: targetMetrics(target), target };
}

/** Of equal points the first. O(points²). */
function nonDominated(points: readonly FrontPoint[]): readonly FrontPoint[] {
  const figures = ({ edits, metrics }: FrontPoint) => [edits, metrics.structuralComplexity, metrics.roles] as const;
  const isAsGood = (a: FrontPoint, b: FrontPoint): boolean => figures(a).every((figure, i) => figure <= figures(b)[i]!);
  const front = points.filter(
    (point, i) => !points.some((other, j) => i !== j && isAsGood(other, point) && (!isAsGood(point, other) || j < i)),
  );
  return front.sort((a, b) => a.edits - b.edits);
}
