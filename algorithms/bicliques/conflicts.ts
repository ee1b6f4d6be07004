/** Why there is no structure within the limits. */
import type { Biclique, CellMatrix } from './cell-matrix.ts';
import { cellAt, NO_CELL } from './cell-matrix.ts';
import type { Classes, Collapsed } from './collapse.ts';
import type { RoleLimits } from './shaping.ts';

export type Conflict =
  /** A fixed role gives a row a column that it does not have. */
  | { readonly kind: 'fixedRoleNotHeld'; readonly role: number; readonly row: number; readonly column: number }
  /** A fixed role has two columns that no role may have. */
  | { readonly kind: 'fixedRoleHoldsPair'; readonly role: number; readonly columns: readonly [number, number] }
  /** A fixed role has more columns, or rows, than a role may. */
  | { readonly kind: 'fixedRoleTooWide'; readonly role: number; readonly columns: number; readonly most: number }
  | { readonly kind: 'fixedRoleTooLarge'; readonly role: number; readonly rows: number; readonly most: number }
  /** A row has more fixed roles than it may have roles. */
  | { readonly kind: 'fixedRolesOfRow'; readonly row: number; readonly roles: number; readonly most: number }
  /** One column, or row, alone stands for more than a role may have. */
  | { readonly kind: 'columnTooHeavy'; readonly column: number; readonly weight: number; readonly most: number }
  | { readonly kind: 'rowTooHeavy'; readonly row: number; readonly weight: number; readonly most: number }
  /** A row cannot have all its columns by so few roles: it takes at least `needed`. */
  | { readonly kind: 'rolesOfRow'; readonly row: number; readonly needed: number; readonly most: number }
  /** None was found for a row, though none of the above rules it out. */
  | { readonly kind: 'noneFound'; readonly row: number };

/**
 * Refuses limits that mean nothing.
 *
 * @throws RangeError that says which
 */
export function assertLimits({ columns }: CellMatrix, limits: RoleLimits): void {
  for (const name of ['maxColumnsPerRole', 'maxRowsPerRole', 'maxRolesPerRow'] as const) {
    const most = limits[name];
    if (most !== undefined && !(Number.isSafeInteger(most) && most >= 1))
      throw new RangeError(`${name} must be a whole number from 1 on, not ${most}`);
  }
  for (const [a, b] of limits.apart ?? [])
    if (!(a >= 0 && a < columns && b >= 0 && b < columns && a !== b))
      throw new RangeError(`columns ${a} and ${b} cannot be kept apart: they must be two of ${columns}`);
}

/** The first thing wrong with fixed roles. O(rows · columns of each, + pairs). */
export function conflictOfFixed(
  matrix: CellMatrix,
  fixed: readonly Biclique[],
  limits: RoleLimits,
): Conflict | undefined {
  const rolesOf = new Map<number, number>();
  for (const [role, { rows, columns }] of fixed.entries()) {
    for (const row of rows)
      for (const column of columns)
        if (row >= matrix.rows || cellAt(matrix, row, column) === NO_CELL)
          return { kind: 'fixedRoleNotHeld', role, row, column };
    const has = new Set(columns);
    for (const [a, b] of limits.apart ?? [])
      if (has.has(a) && has.has(b)) return { kind: 'fixedRoleHoldsPair', role, columns: [a, b] };
    const wide = sum(columns, matrix.columnWeights);
    if (wide > (limits.maxColumnsPerRole ?? Infinity))
      return { kind: 'fixedRoleTooWide', role, columns: wide, most: limits.maxColumnsPerRole! };
    const large = sum(rows, matrix.rowWeights);
    if (large > (limits.maxRowsPerRole ?? Infinity))
      return { kind: 'fixedRoleTooLarge', role, rows: large, most: limits.maxRowsPerRole! };
    for (const row of rows) {
      const roles = (rolesOf.get(row) ?? 0) + 1;
      rolesOf.set(row, roles);
    }
  }
  for (const [row, roles] of rolesOf)
    if (roles > (limits.maxRolesPerRow ?? Infinity))
      return { kind: 'fixedRolesOfRow', row, roles, most: limits.maxRolesPerRow! };
  return undefined;
}

/** The same conflict of classes, told by a row and a column of the estate. */
export function conflictOnEstate(conflict: Conflict, { rowClasses, columnClasses }: Collapsed): Conflict {
  const first = ({ bounds, members }: Classes, each: number): number => members[bounds[each]!]!;
  return {
    ...conflict,
    ...('row' in conflict && { row: first(rowClasses, conflict.row) }),
    ...('column' in conflict && { column: first(columnClasses, conflict.column) }),
  };
}

const sum = (items: Uint32Array, weights: Uint32Array | undefined): number =>
  items.reduce((total, item) => total + (weights?.[item] ?? 1), 0);
