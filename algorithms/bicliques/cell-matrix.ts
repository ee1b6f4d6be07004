/** A Boolean matrix by its cells, and bicliques in it: sets of rows and columns whose cells are all there. */

export interface CellMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Where the cells of each row begin and end, `rows + 1` numbers. */
  readonly bounds: Uint32Array;
  /** The column of each cell; ascending within a row. A cell is known by its place here. */
  readonly cells: Uint32Array;
  /** 1 for cells that must be covered, 0 for those that may, but need not be; all must when absent. */
  readonly required?: Uint8Array;
  /** How many rows of the estate one row stands for; 1 each when absent. */
  readonly rowWeights?: Uint32Array;
  /** How many columns of the estate one column stands for; 1 each when absent. */
  readonly columnWeights?: Uint32Array;
}

/** Every one of the rows has every one of the columns. Both ascend. */
export interface Biclique {
  readonly rows: Uint32Array;
  readonly columns: Uint32Array;
}

/** The same matrix by its columns. */
export interface ColumnView {
  /** Where the cells of each column begin and end, `columns + 1` numbers. */
  readonly bounds: Uint32Array;
  /** The row of each cell; ascending within a column. */
  readonly rows: Uint32Array;
  /** The place of the same cell in `CellMatrix.cells`. */
  readonly places: Uint32Array;
}

/** In place of a cell that is not there. */
export const NO_CELL = 0xffffffff;

/**
 * A matrix from its cells in any order; cells that are given twice are one.
 *
 * @throws RangeError when a row or a column is not below its count
 */
export function matrixOf(
  rows: number,
  columns: number,
  cells: readonly (readonly [row: number, column: number])[],
): CellMatrix {
  for (const [row, column] of cells)
    if (!(row >= 0 && row < rows && column >= 0 && column < columns))
      throw new RangeError(`cell (${row}, ${column}) lies outside of ${rows} rows and ${columns} columns`);
  const sorted = [...cells].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const distinct = sorted.filter(
    ([row, column], i) => i === 0 || row !== sorted[i - 1]![0] || column !== sorted[i - 1]![1],
  );
  const bounds = new Uint32Array(rows + 1);
  for (const [row] of distinct) bounds[row + 1]!++;
  for (let row = 0; row < rows; row++) bounds[row + 1]! += bounds[row]!;
  return { rows, columns, bounds, cells: Uint32Array.from(distinct, ([, column]) => column) };
}

/**
 * Refuses what is no matrix. O(cells).
 *
 * @throws RangeError that says where
 */
export function assertMatrix({ rows, columns, bounds, cells, required, rowWeights, columnWeights }: CellMatrix): void {
  if (bounds.length !== rows + 1 || bounds[0] !== 0 || bounds[rows] !== cells.length)
    throw new RangeError(`bounds of ${rows} rows must be ${rows + 1} numbers from 0 to ${cells.length}`);
  for (let row = 0; row < rows; row++) {
    if (bounds[row]! > bounds[row + 1]!) throw new RangeError(`bounds descend at row ${row}`);
    for (let cell = bounds[row]!; cell < bounds[row + 1]!; cell++) {
      if (cells[cell]! >= columns) throw new RangeError(`row ${row} has column ${cells[cell]} of only ${columns}`);
      if (cell > bounds[row]! && cells[cell]! <= cells[cell - 1]!)
        throw new RangeError(`columns of row ${row} must ascend, and each occur once`);
    }
  }
  assertLength('required', required, cells.length);
  assertLength('rowWeights', rowWeights, rows);
  assertLength('columnWeights', columnWeights, columns);
}

function assertLength(name: string, values: ArrayLike<number> | undefined, length: number): void {
  if (values !== undefined && values.length !== length)
    throw new RangeError(`${name} must be ${length} numbers, not ${values.length}`);
}

/** O(rows + columns + cells). */
export function byColumns({ rows, columns, bounds, cells }: CellMatrix): ColumnView {
  const ends = new Uint32Array(columns + 1);
  for (const column of cells) ends[column + 1]!++;
  for (let column = 0; column < columns; column++) ends[column + 1]! += ends[column]!;
  const next = ends.slice();
  const view = { bounds: ends, rows: new Uint32Array(cells.length), places: new Uint32Array(cells.length) };
  for (let row = 0; row < rows; row++)
    for (let cell = bounds[row]!; cell < bounds[row + 1]!; cell++) {
      const place = next[cells[cell]!]!++;
      view.rows[place] = row;
      view.places[place] = cell;
    }
  return view;
}

/** The row of each cell. */
export function rowsOfCells({ rows, bounds, cells }: CellMatrix): Uint32Array {
  const of = new Uint32Array(cells.length);
  for (let row = 0; row < rows; row++) of.fill(row, bounds[row]!, bounds[row + 1]!);
  return of;
}

/** The place of a cell, `NO_CELL` where there is none. O(log cells of the row). */
export function cellAt({ bounds, cells }: CellMatrix, row: number, column: number): number {
  let low = bounds[row]!;
  let high = bounds[row + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cells[middle]! < column) low = middle + 1;
    else high = middle;
  }
  return low < bounds[row + 1]! && cells[low] === column ? low : NO_CELL;
}

/** Cells that must be covered, by their places. */
export function requiredCells({ cells, required }: CellMatrix): Uint32Array {
  const places = Uint32Array.from(cells, (_, cell) => cell);
  return required === undefined ? places : places.filter((cell) => required[cell] !== 0);
}
