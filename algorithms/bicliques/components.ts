/** Parts of a matrix that share neither rows nor columns: each is covered by itself. */
import type { CellMatrix } from './cell-matrix.ts';
import { byColumns } from './cell-matrix.ts';

export interface Component {
  readonly matrix: CellMatrix;
  /** The row and the column of the whole that each of the part is; ascending. */
  readonly rows: Uint32Array;
  readonly columns: Uint32Array;
}

/**
 * Components with at least one cell, by their first row. Rows and columns without a cell are in none. O(rows + columns + cells).
 */
export function components(matrix: CellMatrix): Component[] {
  const { of, count } = labels(matrix);
  const rowsOf: number[][] = Array.from({ length: count }, () => []);
  for (let row = 0; row < matrix.rows; row++) if (of[row]! > 0) rowsOf[of[row]! - 1]!.push(row);
  const local = new Uint32Array(matrix.columns);
  return rowsOf.map((rows) => part(matrix, Uint32Array.from(rows), local));
}

/** The component of each row plus 1, 0 for rows without cells. */
function labels(matrix: CellMatrix) {
  const { rows, columns, bounds, cells } = matrix;
  const view = byColumns(matrix);
  const of = new Uint32Array(rows);
  const seen = new Uint8Array(columns);
  const waiting = new Uint32Array(rows);
  let count = 0;
  for (let start = 0; start < rows; start++) {
    if (of[start] !== 0 || bounds[start] === bounds[start + 1]) continue;
    of[start] = ++count;
    waiting[0] = start;
    for (let left = 1; left > 0; ) {
      const row = waiting[--left]!;
      for (let cell = bounds[row]!; cell < bounds[row + 1]!; cell++) {
        const column = cells[cell]!;
        if (seen[column] === 1) continue;
        seen[column] = 1;
        for (let i = view.bounds[column]!; i < view.bounds[column + 1]!; i++) {
          const other = view.rows[i]!;
          if (of[other] !== 0) continue;
          of[other] = count;
          waiting[left++] = other;
        }
      }
    }
  }
  return { of, count };
}

/** @param local room for one number a column of the whole */
function part(matrix: CellMatrix, rows: Uint32Array, local: Uint32Array): Component {
  const { bounds, cells, required, rowWeights, columnWeights } = matrix;
  const places: number[] = [];
  const ends = new Uint32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++) {
    for (let cell = bounds[rows[i]!]!; cell < bounds[rows[i]! + 1]!; cell++) places.push(cell);
    ends[i + 1] = places.length;
  }
  const columns = Uint32Array.from(new Set(places.map((place) => cells[place]!))).sort();
  for (let i = 0; i < columns.length; i++) local[columns[i]!] = i;
  return {
    rows,
    columns,
    matrix: {
      rows: rows.length,
      columns: columns.length,
      bounds: ends,
      cells: Uint32Array.from(places, (place) => local[cells[place]!]!),
      ...(required !== undefined && { required: Uint8Array.from(places, (place) => required[place]!) }),
      ...(rowWeights !== undefined && { rowWeights: Uint32Array.from(rows, (row) => rowWeights[row]!) }),
      ...(columnWeights !== undefined && { columnWeights: Uint32Array.from(columns, (each) => columnWeights[each]!) }),
    },
  };
}
