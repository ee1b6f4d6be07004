/**
 * Whether roles are what they say: every one a biclique of the matrix, all that must be covered covered, every limit kept.
 * Written apart from what finds roles: on plain sets, one cell after the other. O(rows · columns of each role).
 */
import type { Biclique, CellMatrix } from './cell-matrix.ts';
import type { RoleLimits } from './shaping.ts';

export type Fault =
  /** A role gives a row a column that it does not have: access that nobody granted. */
  | { readonly kind: 'gained'; readonly role: number; readonly row: number; readonly column: number }
  /** No role gives a row a column that it must have. */
  | { readonly kind: 'lost'; readonly row: number; readonly column: number }
  | { readonly kind: 'tooWide'; readonly role: number; readonly columns: number }
  | { readonly kind: 'tooLarge'; readonly role: number; readonly rows: number }
  | { readonly kind: 'tooMany'; readonly row: number; readonly roles: number }
  | { readonly kind: 'notApart'; readonly role: number; readonly columns: readonly [number, number] }
  /** A direct cell that is not one of the matrix. */
  | { readonly kind: 'directNotHeld'; readonly row: number; readonly column: number }
  /** A fixed role that is not there. */
  | { readonly kind: 'fixedMissing'; readonly fixed: number };

export interface Claim {
  readonly roles: readonly Biclique[];
  /** Cells that are left without a role. */
  readonly direct?: readonly (readonly [row: number, column: number])[];
  readonly limits?: RoleLimits;
  readonly fixed?: readonly Biclique[];
}

/** @returns everything that is wrong; nothing for a true claim */
export function faultsOf(matrix: CellMatrix, { roles, direct = [], limits = {}, fixed = [] }: Claim): Fault[] {
  const held: Set<number>[] = Array.from({ length: matrix.rows }, (_, row) => {
    return new Set(matrix.cells.subarray(matrix.bounds[row]!, matrix.bounds[row + 1]!));
  });
  const given: Set<number>[] = held.map(() => new Set());
  const rolesOf = new Map<number, number>();
  const faults: Fault[] = [];
  roles.forEach((role, at) => {
    for (const row of new Set(role.rows)) {
      rolesOf.set(row, (rolesOf.get(row) ?? 0) + 1);
      for (const column of role.columns)
        if (held[row]?.has(column)) given[row]!.add(column);
        else faults.push({ kind: 'gained', role: at, row, column });
    }
    faults.push(...faultsOfRole(matrix, role, at, limits));
  });
  for (const [row, column] of direct)
    if (held[row]?.has(column)) given[row]!.add(column);
    else faults.push({ kind: 'directNotHeld', row, column });
  for (let row = 0; row < matrix.rows; row++)
    for (let cell = matrix.bounds[row]!; cell < matrix.bounds[row + 1]!; cell++)
      if ((matrix.required?.[cell] ?? 1) !== 0 && !given[row]!.has(matrix.cells[cell]!))
        faults.push({ kind: 'lost', row, column: matrix.cells[cell]! });
  for (const [row, count] of rolesOf)
    if (count > (limits.maxRolesPerRow ?? Infinity)) faults.push({ kind: 'tooMany', row, roles: count });
  const told = new Set(roles.map(nameOf));
  fixed.forEach((role, at) => {
    if (!told.has(nameOf(role))) faults.push({ kind: 'fixedMissing', fixed: at });
  });
  return faults;
}

function faultsOfRole(matrix: CellMatrix, { rows, columns }: Biclique, role: number, limits: RoleLimits): Fault[] {
  const faults: Fault[] = [];
  let wide = 0;
  for (const column of columns) wide += matrix.columnWeights?.[column] ?? 1;
  if (wide > (limits.maxColumnsPerRole ?? Infinity)) faults.push({ kind: 'tooWide', role, columns: wide });
  let large = 0;
  for (const row of rows) large += matrix.rowWeights?.[row] ?? 1;
  if (large > (limits.maxRowsPerRole ?? Infinity)) faults.push({ kind: 'tooLarge', role, rows: large });
  for (const [a, b] of limits.apart ?? [])
    if (columns.includes(a) && columns.includes(b)) faults.push({ kind: 'notApart', role, columns: [a, b] });
  return faults;
}

const nameOf = ({ rows, columns }: Biclique): string => `${[...rows].join()}|${[...columns].join()}`;
