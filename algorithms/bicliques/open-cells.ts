/**
 * Cells to be covered anew, with their rows and columns numbered among themselves: a small matrix of bits, by rows and by
 * columns, however large the one that they are of.
 */
import type { CellMatrix } from './cell-matrix.ts';

/** Rows, or columns, as lines of bits over the other. */
export interface Lines {
  /** How many there are, and how many words each takes. */
  count: number;
  words: number;
  /** The number of each in the matrix, ascending. */
  readonly ids: Uint32Array;
  /** What each line has, of the other's lines. */
  full: Uint32Array;
  /** What of it is open. */
  open: Uint32Array;
  /** How many are. */
  openCounts: Uint32Array;
}

export interface OpenCells {
  readonly rows: Lines;
  readonly columns: Lines;
  /** How many cells are open. */
  left: number;
}

/** Makes such matrices one after the other, in the same memory. */
export function openCellsOf(matrix: CellMatrix, rowOf: Uint32Array) {
  const { bounds, cells } = matrix;
  const rowIndex = new Int32Array(matrix.rows).fill(-1);
  const columnIndex = new Int32Array(matrix.columns).fill(-1);
  const rows = emptyLines(matrix.rows);
  const columns = emptyLines(matrix.columns);
  const made: OpenCells = { rows, columns, left: 0 };

  /** @param open cells, each once; O(cells of their rows + rows · columns / 32) */
  return (open: ArrayLike<number>): OpenCells => {
    for (let i = 0; i < rows.count; i++) rowIndex[rows.ids[i]!] = -1;
    for (let i = 0; i < columns.count; i++) columnIndex[columns.ids[i]!] = -1;
    number(rows, rowIndex, open, rowOf);
    number(columns, columnIndex, open, cells);
    makeRoom(rows, columns.count);
    makeRoom(columns, rows.count);
    for (let i = 0; i < rows.count; i++) {
      const row = rows.ids[i]!;
      for (let cell = bounds[row]!; cell < bounds[row + 1]!; cell++) {
        const j = columnIndex[cells[cell]!]!;
        if (j < 0) continue;
        rows.full[i * rows.words + (j >>> 5)]! |= 1 << (j & 31);
        columns.full[j * columns.words + (i >>> 5)]! |= 1 << (i & 31);
      }
    }
    for (let at = 0; at < open.length; at++) {
      const i = rowIndex[rowOf[open[at]!]!]!;
      const j = columnIndex[cells[open[at]!]!]!;
      rows.open[i * rows.words + (j >>> 5)]! |= 1 << (j & 31);
      columns.open[j * columns.words + (i >>> 5)]! |= 1 << (i & 31);
      rows.openCounts[i]!++;
      columns.openCounts[j]!++;
    }
    made.left = open.length;
    return made;
  };
}

const emptyLines = (most: number): Lines => ({
  count: 0,
  words: 0,
  ids: new Uint32Array(most),
  full: new Uint32Array(0),
  open: new Uint32Array(0),
  openCounts: new Uint32Array(most),
});

function number(lines: Lines, index: Int32Array, open: ArrayLike<number>, of: Uint32Array): void {
  let count = 0;
  for (let at = 0; at < open.length; at++) {
    const id = of[open[at]!]!;
    if (index[id] !== -1) continue;
    index[id] = 0;
    lines.ids[count++] = id;
  }
  const ids = lines.ids.subarray(0, count).sort();
  for (let i = 0; i < count; i++) index[ids[i]!] = i;
  lines.count = count;
}

function makeRoom(lines: Lines, others: number): void {
  lines.words = (others + 31) >>> 5;
  const size = lines.count * lines.words;
  if (lines.full.length < size) {
    lines.full = new Uint32Array(size * 2);
    lines.open = new Uint32Array(size * 2);
  } else {
    lines.full.fill(0, 0, size);
    lines.open.fill(0, 0, size);
  }
  lines.openCounts.fill(0, 0, lines.count);
}

/** Covers what lies in the first lines and in the bits of a set over them. */
export function close(
  open: OpenCells,
  lines: Lines,
  others: Lines,
  picked: ArrayLike<number>,
  count: number,
  set: Uint32Array,
): void {
  for (let at = 0; at < count; at++) {
    const i = picked[at]!;
    for (let word = 0; word < lines.words; word++) {
      const place = i * lines.words + word;
      let closing = lines.open[place]! & set[word]!;
      lines.open[place]! &= ~closing;
      for (; closing !== 0; closing &= closing - 1) {
        const j = word * 32 + 31 - Math.clz32(closing & -closing);
        others.open[j * others.words + (i >>> 5)]! &= ~(1 << (i & 31));
        lines.openCounts[i]!--;
        others.openCounts[j]!--;
        open.left--;
      }
    }
  }
}
