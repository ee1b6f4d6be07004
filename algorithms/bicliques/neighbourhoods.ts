/**
 * The question that dominance asks of a cell, and the two ways to answer it: on rows of bits and on rows of numbers.
 *
 * Cells (u, p) and (x, y) are compatible when (u, y) and (x, p) are there too: then some biclique holds both. The uncovered
 * cells compatible with (u, p) lie in rows A = { x in N(p) : some uncovered y of x is in N(u) } and in columns
 * B = { y in N(u) : some uncovered x of y is in N(p) }. Each of them is compatible with (x, y) too, so that whoever covers (u, p) can
 * cover (x, y) as well, exactly when x has all of B and y all of A: the cells that (u, p) dominates are those of a rectangle.
 */
import { byColumns, type CellMatrix, type ColumnView, requiredCells, rowsOfCells } from './cell-matrix.ts';

/** What is uncovered of a matrix, and the rectangle that a cell dominates. */
export interface Neighbourhoods {
  /**
   * Looks at an uncovered cell.
   *
   * @returns false when it is compatible with no other uncovered cell; else `dominatedRows` and `dominatedColumns` are set
   */
  examine(row: number, column: number): boolean;
  /** The rectangle last found: the first `rowCount` rows and `columnCount` columns. Not all of its cells need be uncovered. */
  readonly dominatedRows: Uint32Array;
  readonly dominatedColumns: Uint32Array;
  rowCount: number;
  columnCount: number;
  /** Takes a cell out of those that are uncovered. */
  cover(cell: number): void;
}

/** A matrix with what all of its readers need, worked out once. */
export interface Cells {
  readonly matrix: CellMatrix;
  readonly view: ColumnView;
  readonly rowOf: Uint32Array;
  /** 1 for cells still to be covered. */
  readonly uncovered: Uint8Array;
  /** How many cells of each row and each column are. */
  readonly rowLeft: Uint32Array;
  readonly columnLeft: Uint32Array;
}

export function uncoveredCells(matrix: CellMatrix): Cells {
  const cells: Cells = {
    matrix,
    view: byColumns(matrix),
    rowOf: rowsOfCells(matrix),
    uncovered: new Uint8Array(matrix.cells.length),
    rowLeft: new Uint32Array(matrix.rows),
    columnLeft: new Uint32Array(matrix.columns),
  };
  for (const cell of requiredCells(matrix)) {
    cells.uncovered[cell] = 1;
    cells.rowLeft[cells.rowOf[cell]!]!++;
    cells.columnLeft[matrix.cells[cell]!]!++;
  }
  return cells;
}

/** Rows of bits may take this much: 256 MiB for the four of them. */
const MOST_WORDS = 1 << 26;

/** The cheaper of the two for a matrix, by what one look at every cell would cost. O(cells). */
export function neighbourhoods(cells: Cells): Neighbourhoods {
  const { matrix, view, rowOf, uncovered } = cells;
  const { rowWords, columnWords } = wordsOf(matrix);
  if (2 * (matrix.rows * rowWords + matrix.columns * columnWords) > MOST_WORDS) return sparseNeighbourhoods(cells);
  const rowSize = (row: number): number => matrix.bounds[row + 1]! - matrix.bounds[row]!;
  const columnSize = (column: number): number => view.bounds[column + 1]! - view.bounds[column]!;
  const entriesOfRows = new Float64Array(matrix.columns);
  const entriesOfColumns = new Float64Array(matrix.rows);
  for (let cell = 0; cell < matrix.cells.length; cell++) {
    entriesOfRows[matrix.cells[cell]!]! += rowSize(rowOf[cell]!);
    entriesOfColumns[rowOf[cell]!]! += columnSize(matrix.cells[cell]!);
  }
  let dense = 0;
  let sparse = 0;
  for (let cell = 0; cell < matrix.cells.length; cell++) {
    if (uncovered[cell] === 0) continue;
    const [row, column] = [rowOf[cell]!, matrix.cells[cell]!];
    dense += columnSize(column) * rowWords + rowSize(row) * columnWords;
    sparse += entriesOfRows[column]! + entriesOfColumns[row]!;
  }
  return dense <= sparse ? denseNeighbourhoods(cells) : sparseNeighbourhoods(cells);
}

const wordsOf = ({ rows, columns }: CellMatrix) => ({ rowWords: (columns + 31) >>> 5, columnWords: (rows + 31) >>> 5 });

/** On bits: a look at (u, p) costs |N(p)| · columns / 32 + |N(u)| · rows / 32. */
export function denseNeighbourhoods({ matrix, view, rowOf, uncovered, rowLeft, columnLeft }: Cells): Neighbourhoods {
  const { rows, columns, bounds, cells } = matrix;
  const { rowWords, columnWords } = wordsOf(matrix);
  const rowBits = new Uint32Array(rows * rowWords);
  const columnBits = new Uint32Array(columns * columnWords);
  const leftRows = new Uint32Array(rows * rowWords);
  for (let cell = 0; cell < cells.length; cell++) {
    const [row, column] = [rowOf[cell]!, cells[cell]!];
    rowBits[row * rowWords + (column >>> 5)]! |= 1 << (column & 31);
    columnBits[column * columnWords + (row >>> 5)]! |= 1 << (row & 31);
    if (uncovered[cell] === 1) leftRows[row * rowWords + (column >>> 5)]! |= 1 << (column & 31);
  }
  /** The words of A and B, and which of them are not zero. */
  const a = new Uint32Array(columnWords);
  const b = new Uint32Array(rowWords);
  const liveA = new Uint32Array(columnWords);
  const liveB = new Uint32Array(rowWords);
  const found: Neighbourhoods = {
    dominatedRows: new Uint32Array(rows),
    dominatedColumns: new Uint32Array(columns),
    rowCount: 0,
    columnCount: 0,
    cover(cell) {
      const [row, column] = [rowOf[cell]!, cells[cell]!];
      leftRows[row * rowWords + (column >>> 5)]! &= ~(1 << (column & 31));
    },
    examine(row, column) {
      const { isAlone, countA, countB } = gather(row, column);
      if (isAlone) return false;
      let count = 0;
      for (let i = view.bounds[column]!; i < view.bounds[column + 1]!; i++) {
        const x = view.rows[i]!;
        if (rowLeft[x] !== 0 && holds(rowBits, x * rowWords, b, liveB, countB)) found.dominatedRows[count++] = x;
      }
      found.rowCount = count;
      count = 0;
      for (let i = bounds[row]!; i < bounds[row + 1]!; i++) {
        const y = cells[i]!;
        if (columnLeft[y] !== 0 && holds(columnBits, y * columnWords, a, liveA, countA))
          found.dominatedColumns[count++] = y;
      }
      found.columnCount = count;
      return true;
    },
  };
  const gathered = { isAlone: false, countA: 0, countB: 0 };
  return found;

  function gather(row: number, column: number) {
    a.fill(0);
    b.fill(0);
    let rowsIn = 0;
    const own = row * rowWords;
    for (let i = view.bounds[column]!; i < view.bounds[column + 1]!; i++) {
      const x = view.rows[i]!;
      if (rowLeft[x] === 0) continue;
      const from = x * rowWords;
      let any = 0;
      for (let word = 0; word < rowWords; word++) {
        const both = leftRows[from + word]! & rowBits[own + word]!;
        if (both === 0) continue;
        any = 1;
        b[word]! |= both;
      }
      if (any === 0) continue;
      rowsIn++;
      a[x >>> 5]! |= 1 << (x & 31);
    }
    let countB = 0;
    for (let word = 0; word < rowWords; word++) if (b[word] !== 0) liveB[countB++] = word;
    const single = countB === 1 ? b[liveB[0]!]! : 0;
    gathered.isAlone = rowsIn === 1 && single !== 0 && (single & (single - 1)) === 0;
    gathered.countA = 0;
    gathered.countB = countB;
    if (!gathered.isAlone)
      for (let word = 0; word < columnWords; word++) if (a[word] !== 0) liveA[gathered.countA++] = word;
    return gathered;
  }
}

/** Whether the bits from a place on have all of the set, of which so many words are not zero. */
function holds(bits: Uint32Array, from: number, set: Uint32Array, live: Uint32Array, count: number): boolean {
  for (let i = 0; i < count; i++) {
    const word = live[i]!;
    if ((set[word]! & ~bits[from + word]!) !== 0) return false;
  }
  return true;
}

/** On lists: a look at (u, p) costs the cells of the rows of N(p) and of the columns of N(u), however wide the matrix. */
export function sparseNeighbourhoods({ matrix, view, uncovered, rowLeft, columnLeft }: Cells): Neighbourhoods {
  const { rows, columns, bounds, cells } = matrix;
  /** Marks are the number of the look that set them, so that they need no clearing. */
  const ofRow = new Uint32Array(columns);
  const inA = new Uint32Array(rows);
  const inB = new Uint32Array(columns);
  let marked = 0xffffffff;
  let rowMark = 0;
  let look = 0;
  const found: Neighbourhoods = {
    dominatedRows: new Uint32Array(rows),
    dominatedColumns: new Uint32Array(columns),
    rowCount: 0,
    columnCount: 0,
    cover() {},
    examine(row, column) {
      look++;
      if (marked !== row) {
        marked = row;
        rowMark++;
        for (let i = bounds[row]!; i < bounds[row + 1]!; i++) ofRow[cells[i]!] = rowMark;
      }
      let sizeA = 0;
      let sizeB = 0;
      for (let i = view.bounds[column]!; i < view.bounds[column + 1]!; i++) {
        const x = view.rows[i]!;
        if (rowLeft[x] === 0) continue;
        for (let cell = bounds[x]!; cell < bounds[x + 1]!; cell++) {
          const y = cells[cell]!;
          if (uncovered[cell] === 0 || ofRow[y] !== rowMark) continue;
          if (inA[x] !== look) {
            inA[x] = look;
            sizeA++;
          }
          if (inB[y] !== look) {
            inB[y] = look;
            sizeB++;
          }
        }
      }
      if (sizeA === 1 && sizeB === 1) return false;
      found.rowCount = rowsWith(column, sizeB);
      found.columnCount = columnsWith(row, sizeA);
      return true;
    },
  };
  return found;

  /** Rows of the column that have all of B. */
  function rowsWith(column: number, sizeB: number): number {
    let count = 0;
    for (let i = view.bounds[column]!; i < view.bounds[column + 1]!; i++) {
      const x = view.rows[i]!;
      if (rowLeft[x] === 0 || bounds[x + 1]! - bounds[x]! < sizeB) continue;
      let held = 0;
      for (let cell = bounds[x]!; cell < bounds[x + 1]!; cell++) if (inB[cells[cell]!] === look) held++;
      if (held === sizeB) found.dominatedRows[count++] = x;
    }
    return count;
  }

  /** Columns of the row that have all of A. */
  function columnsWith(row: number, sizeA: number): number {
    let count = 0;
    for (let i = bounds[row]!; i < bounds[row + 1]!; i++) {
      const y = cells[i]!;
      if (columnLeft[y] === 0 || view.bounds[y + 1]! - view.bounds[y]! < sizeA) continue;
      let held = 0;
      for (let at = view.bounds[y]!; at < view.bounds[y + 1]!; at++) if (inA[view.rows[at]!] === look) held++;
      if (held === sizeA) found.dominatedColumns[count++] = y;
    }
    return count;
  }
}
