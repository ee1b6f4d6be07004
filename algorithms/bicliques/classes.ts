/** A matrix by its classes, as far as limits, fixed roles and today's roles allow to take rows or columns for equal. */
import type { Checkpoint } from '../checkpoint.ts';
import { type Biclique, type CellMatrix, cellAt } from './cell-matrix.ts';
import { type Collapsed, collapse } from './collapse.ts';
import type { Origin, RoleLimits } from './shaping.ts';

export interface Classed {
  readonly collapsed: Collapsed;
  /** The limits, on classes. */
  readonly limits: RoleLimits;
  /** Today's roles, of classes. */
  readonly origins: readonly Origin[];
}

/**
 * Rows in different roles of today stay apart, so that each role is one of whole classes; and so do rows, or columns, where
 * roles may have only so many, since a class is never split.
 *
 * @param matrix with what fixed roles cover no longer required
 * @param origins bicliques of the matrix
 */
export function classed(
  matrix: CellMatrix,
  limits: RoleLimits,
  origins: readonly Origin[],
  checkpoint?: Checkpoint,
): Classed {
  const rowLabels =
    limits.maxRowsPerRole === undefined
      ? labels(
          matrix.rows,
          origins.map((role) => role.rows),
        )
      : apart(matrix.rows);
  const lists = origins.map((role) => role.columns);
  for (const column of new Set(limits.apart?.flat())) lists.push(Uint32Array.of(column));
  const columnLabels = limits.maxColumnsPerRole === undefined ? labels(matrix.columns, lists) : apart(matrix.columns);
  const collapsed = collapse(matrix, { rowLabels, columnLabels, ...(checkpoint && { checkpoint }) });
  const { rowClasses, columnClasses } = collapsed;
  return {
    collapsed,
    origins: origins.map(({ origin, rows, columns }) => ({
      origin,
      rows: distinct(rows, rowClasses.of),
      columns: distinct(columns, columnClasses.of),
    })),
    limits: {
      ...limits,
      ...(limits.apart && {
        apart: limits.apart.map(([a, b]) => [columnClasses.of[a]!, columnClasses.of[b]!] as const),
      }),
    },
  };
}

/** The matrix with all that some bicliques have no longer required. */
export function withoutCovered(matrix: CellMatrix, covered: readonly Biclique[]): CellMatrix {
  if (covered.length === 0) return matrix;
  const required = matrix.required?.slice() ?? new Uint8Array(matrix.cells.length).fill(1);
  for (const { rows, columns } of covered)
    for (const row of rows) for (const column of columns) required[cellAt(matrix, row, column)] = 0;
  return { ...matrix, required };
}

const apart = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, item) => item);

/** Items get the same label when they are in the same lists. */
function labels(count: number, lists: readonly Uint32Array[]): Uint32Array {
  const label = new Uint32Array(count);
  let next = 1;
  for (const list of lists) {
    // Each label splits in those that are in the list and those that are not.
    const inside = new Map<number, number>();
    for (const item of new Set(list)) {
      const was = label[item]!;
      const now = inside.get(was) ?? next++;
      inside.set(was, now);
      label[item] = now;
    }
  }
  return label;
}

const distinct = (items: Uint32Array, of: Uint32Array): Uint32Array =>
  Uint32Array.from(new Set(Array.from(items, (item) => of[item]!))).sort();
