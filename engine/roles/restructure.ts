/**
 * Several ways to arrange the roles anew, from none to the most different, of which each is the best for what it costs: fewer
 * roles and assignments against fewer edits. The search itself is the miner's.
 */
import { GrantlensError } from '../model/index.ts';
import type { Pace } from '../snapshot/pace.ts';
import { ruleJoined, type StateDuties } from './duties/state-duties.ts';
import { layeredTarget } from './layered-target.ts';
import { presentMetrics, targetMetrics } from './metrics.ts';
import { fixedRoles, minedTarget } from './mined-target.ts';
import { type MinedRole, type MiningMatrix, miningMatrices } from './mining-matrix.ts';
import type { RoleMetrics } from './plan.ts';
import type { RoleState } from './role-state.ts';
import { checkTarget, presentTarget, type Target, targetGives } from './target.ts';
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
 * @param duties that no role may join: a point at which one does is none
 * @throws GrantlensError ARGUMENT_INVALID for prices; TARGET_INVALID when a miner gives somebody what he does not hold;
 *   NO_SUCH_ROLES when some role joins duties at every point; the reason of the signal
 */
export async function restructure(
  state: RoleState,
  miner: Miner,
  prices: readonly number[],
  pace: Pace,
  duties?: StateDuties,
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
    const mayBeOne = (atoms: readonly number[]): boolean =>
      duties === undefined || ruleJoined(duties, atoms) === undefined;
    const flat = minedTarget(state, matrices, mined, mayBeOne);
    points.push(pointOf(state, 'MINED', price, layeredTarget(state, flat, price)));
  }
  const front = nonDominated(duties === undefined ? points : keepingApart(state, points, duties));
  return { before: presentMetrics(state), front, dominated: points.length - front.length };
}

/** Roles that holders out of scope have stay as they are, whatever they join. */
function keepingApart(state: RoleState, points: readonly FrontPoint[], duties: StateDuties): readonly FrontPoint[] {
  const fixed = fixedRoles(state);
  let broken: { readonly rule: string; readonly name: string } | undefined;
  const left = points.filter(({ target }) => {
    const gives = targetGives(target);
    for (const [place, { basedOn, name }] of target.roles.entries()) {
      if (basedOn !== undefined && fixed.has(basedOn)) continue;
      const rule = ruleJoined(duties, gives[place]!);
      if (rule === undefined) continue;
      broken = { rule, name: basedOn === undefined ? (name ?? 'a new role') : state.roles[basedOn]!.name };
      return false;
    }
    return true;
  });
  if (left.length > 0 || broken === undefined) return left;
  throw new GrantlensError(
    'NO_SUCH_ROLES',
    `No arrangement of roles was found that keeps the duties apart: ${JSON.stringify(broken.name)} joins both sides of the rule ${JSON.stringify(broken.rule)}.`,
    { rule: broken.rule },
  );
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
