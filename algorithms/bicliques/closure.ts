/** Maximal bicliques: all rows that have the columns, then all columns that those rows have. */
import type { Biclique, CellMatrix, ColumnView } from './cell-matrix.ts';

/** Rows that have all of the columns, ascending; every row when there are none. O(cells of the columns). */
export function rowsWithAll(matrix: CellMatrix, view: ColumnView, columns: Iterable<number>): Uint32Array {
  return meet([...columns], view.bounds, view.rows, matrix.rows);
}

/** Columns that all of the rows have, ascending; every column when there are none. O(cells of the rows). */
export function columnsOfAll(matrix: CellMatrix, rows: Iterable<number>): Uint32Array {
  return meet([...rows], matrix.bounds, matrix.cells, matrix.columns);
}

/** The maximal biclique with all the columns that some columns entail (the concept that they generate). */
export function closure(matrix: CellMatrix, view: ColumnView, columns: Iterable<number>): Biclique {
  const rows = rowsWithAll(matrix, view, columns);
  return { rows, columns: columnsOfAll(matrix, rows) };
}

/** What the lists of all the lines have in common; begins with the shortest. */
function meet(lines: number[], bounds: Uint32Array, items: Uint32Array, universe: number): Uint32Array {
  if (lines.length === 0) return Uint32Array.from({ length: universe }, (_, item) => item);
  const size = (line: number): number => bounds[line + 1]! - bounds[line]!;
  lines.sort((a, b) => size(a) - size(b));
  let common = items.slice(bounds[lines[0]!]!, bounds[lines[0]! + 1]!);
  for (let i = 1; i < lines.length && common.length > 0; i++) {
    const list = items.subarray(bounds[lines[i]!]!, bounds[lines[i]! + 1]!);
    common = common.filter((item) => has(list, item));
  }
  return common;
}

function has(sorted: Uint32Array, item: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < item) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === item;
}
