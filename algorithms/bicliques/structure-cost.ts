/** What a structure of roles costs, told apart, on the matrix itself: by counting, apart from what searched for it. */
import type { Biclique, CellMatrix } from './cell-matrix.ts';
import { differing, type Origin, type StructureWeights, weightIn } from './shaping.ts';

/** How many of each there are, by weight: not yet multiplied by prices. */
export interface CostParts {
  readonly roles: number;
  readonly assignments: number;
  readonly grants: number;
  readonly hierarchy: number;
  readonly direct: number;
  /** Edits that lead there from today's roles, those that are made and retired included. */
  readonly edits: number;
}

export interface Counted {
  readonly roles: readonly (Biclique & { readonly juniors: readonly number[]; readonly origin?: number })[];
  readonly direct: readonly (readonly [row: number, column: number])[];
  readonly today: readonly Origin[];
}

export function partsOf(
  matrix: CellMatrix,
  { roles, direct, today }: Counted,
  weights: StructureWeights & { readonly change: number },
): { readonly cost: number; readonly parts: CostParts } {
  const rowWeights = matrix.rowWeights ?? new Uint32Array(matrix.rows).fill(1);
  const columnWeights = matrix.columnWeights ?? new Uint32Array(matrix.columns).fill(1);
  const byOrigin = new Map(today.map((role) => [role.origin, role]));
  let [assignments, grants, hierarchy, edits, kept] = [0, 0, 0, 0, 0];
  for (const { rows, columns, juniors, origin } of roles) {
    const [assigned, granted] = [weightIn(rows, rowWeights), weightIn(columns, columnWeights)];
    assignments += assigned;
    grants += granted;
    hierarchy += juniors.length;
    const was = origin === undefined ? undefined : byOrigin.get(origin);
    if (was === undefined) edits += assigned + granted + 2;
    else {
      kept++;
      edits += differing(rows, was.rows, rowWeights) + differing(columns, was.columns, columnWeights);
    }
  }
  edits += today.length - kept;
  const directWeight = direct.reduce((sum, [row, column]) => sum + rowWeights[row]! * columnWeights[column]!, 0);
  const cost =
    roles.length * weights.role +
    assignments * weights.assignment +
    grants * weights.grant +
    hierarchy * weights.hierarchy +
    (directWeight === 0 ? 0 : directWeight * weights.direct) +
    edits * weights.change;
  const parts = { roles: roles.length, assignments, grants, hierarchy, direct: directWeight, edits };
  return { cost, parts };
}
