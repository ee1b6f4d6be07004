/**
 * How much each column of a sparse 0/1 matrix speaks for each other: the linear model B without a diagonal that comes nearest
 * to X = X·B, in closed form. H. Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019.
 *
 * B = I - P·diag(1 / diag(P)) with P = (XᵀX + λI)⁻¹.
 * Time: cells times cells of a row, and m³/2 multiplications for m columns. Space: one m x m matrix of 64-bit floats.
 */
import type { Checkpoint } from './checkpoint.ts';
import { unchecked } from './checkpoint.ts';
import { invertPositive } from './dense-inverse.ts';

export interface SparseRows {
  /** The cells of row r are numbers `bounds[r]` to `bounds[r + 1]`, excluded. */
  readonly bounds: Uint32Array;
  /** Columns, each once in a row. */
  readonly cells: Uint32Array;
  readonly columns: number;
  /** How many times each row stands there; default 1. */
  readonly weights?: Float64Array | undefined;
}

/**
 * @param lambda how much large weights are held down; above 0
 * @returns m x m by rows: in row q, column p, what holding q adds to the score of p
 * @throws RangeError for a lambda that is not a number above 0
 */
export function ease(rows: SparseRows, lambda: number, checkpoint: Checkpoint = unchecked): Float64Array {
  if (!(lambda > 0) || lambda === Number.POSITIVE_INFINITY)
    throw new RangeError('lambda must be a number above 0, and finite');
  const m = rows.columns;
  const inverse = invertPositive(heldTogether(rows, lambda, checkpoint), m, checkpoint);
  const scales = new Float64Array(m);
  for (let p = 0; p < m; p++) scales[p] = -1 / inverse[p * m + p]!;
  for (let q = 0; q < m; q++) {
    const row = q * m;
    for (let p = 0; p < m; p++) inverse[row + p]! *= scales[p]!;
    inverse[row + q] = 0;
    checkpoint();
  }
  return inverse;
}

/**
 * How well each cell is explained by the others of its row: Σ over q in the row of B[q, p], which has no diagonal.
 *
 * @param model as `ease` gives it
 * @returns O(Σ over rows of their cells squared)
 */
export function easeScores(
  { bounds, cells, columns }: SparseRows,
  model: Float64Array,
  checkpoint: Checkpoint = unchecked,
): Float64Array {
  const scores = new Float64Array(cells.length);
  for (let row = 0; row + 1 < bounds.length; row++) {
    const end = bounds[row + 1]!;
    for (let i = bounds[row]!; i < end; i++) {
      const base = cells[i]! * columns;
      for (let j = bounds[row]!; j < end; j++) scores[j]! += model[base + cells[j]!]!;
      if ((i & 63) === 0) checkpoint();
    }
  }
  return scores;
}

/** The lower triangle of XᵀX + λI. */
function heldTogether(
  { bounds, cells, columns, weights }: SparseRows,
  lambda: number,
  checkpoint: Checkpoint,
): Float64Array {
  const gram = new Float64Array(columns * columns);
  for (let row = 0; row + 1 < bounds.length; row++) {
    const weight = weights?.[row] ?? 1;
    const end = bounds[row + 1]!;
    for (let i = bounds[row]!; i < end; i++) {
      const p = cells[i]!;
      for (let j = bounds[row]!; j <= i; j++) {
        const q = cells[j]!;
        gram[p > q ? p * columns + q : q * columns + p]! += weight;
      }
      if ((i & 63) === 0) checkpoint();
    }
  }
  for (let p = 0; p < columns; p++) gram[p * columns + p]! += lambda;
  return gram;
}
