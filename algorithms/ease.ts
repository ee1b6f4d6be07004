/**
 * How much each column of a sparse 0/1 matrix speaks for each other: the linear model B without a diagonal that comes nearest
 * to X = X·B, in closed form. H. Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019.
 *
 * B = I - P·diag(1 / diag(P)) with P = (XᵀX + λI)⁻¹. The inverse is by Cholesky's factor, a block of columns at a time.
 * Time: cells times cells of a row, and m³ for m columns. Space: two m x m matrices of 64-bit floats.
 */
import type { Checkpoint } from './checkpoint.ts';
import { unchecked } from './checkpoint.ts';

export interface SparseRows {
  /** The cells of row r are numbers `bounds[r]` to `bounds[r + 1]`, excluded. */
  readonly bounds: Uint32Array;
  /** Columns, each once in a row. */
  readonly cells: Uint32Array;
  readonly columns: number;
  /** How many times each row stands there; default 1. */
  readonly weights?: Float64Array | undefined;
}

/** Columns that are worked on together: three blocks of this side fit into a core's nearest memory. */
const BLOCK = 48;

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
  for (let p = 0; p < m; p++) {
    const scale = -1 / inverse[p * m + p]!;
    for (let q = 0; q < m; q++) inverse[q * m + p] = q === p ? 0 : inverse[q * m + p]! * scale;
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

/** XᵀX + λI. */
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
      const base = cells[i]! * columns;
      for (let j = bounds[row]!; j < end; j++) gram[base + cells[j]!]! += weight;
      if ((i & 63) === 0) checkpoint();
    }
  }
  for (let p = 0; p < columns; p++) gram[p * columns + p]! += lambda;
  return gram;
}

/**
 * The inverse of a symmetric positive definite m x m matrix: A = L·Lᵀ, then M = L⁻¹, then A⁻¹ = Mᵀ·M.
 *
 * @param a is written over
 * @throws RangeError when it is not positive definite
 */
export function invertPositive(a: Float64Array, m: number, checkpoint: Checkpoint = unchecked): Float64Array {
  factor(a, m, checkpoint);
  invertLower(a, m, checkpoint);
  return timesTransposed(a, m, checkpoint);
}

/** Puts Cholesky's factor into the lower triangle. Row by row within blocks of columns, so that a block of rows stays near. */
function factor(a: Float64Array, m: number, checkpoint: Checkpoint): void {
  for (let from = 0; from < m; from += BLOCK) {
    const to = Math.min(m, from + BLOCK);
    for (let i = from; i < m; i++) {
      const row = i * m;
      const last = Math.min(to, i + 1);
      for (let j = from; j < last; j++) {
        const sum = a[row + j]! - dot(a, row + from, j * m + from, j - from);
        if (i !== j) a[row + j] = sum / a[j * m + j]!;
        else if (sum > 0) a[row + j] = Math.sqrt(sum);
        else throw new RangeError('the matrix is not positive definite');
      }
    }
    // What is right of the block loses what the block explains, a tile at a time.
    for (let tile = to; tile < m; tile += BLOCK) {
      checkpoint();
      const tileEnd = Math.min(m, tile + BLOCK);
      for (let i = tile; i < m; i++) {
        const row = i * m;
        const last = Math.min(tileEnd, i + 1);
        for (let j = tile; j < last; j++) a[row + j]! -= dot(a, row + from, j * m + from, to - from);
      }
    }
  }
}

function dot(a: Float64Array, x: number, y: number, length: number): number {
  let even = 0;
  let odd = 0;
  let k = 0;
  for (; k + 1 < length; k += 2) {
    even += a[x + k]! * a[y + k]!;
    odd += a[x + k + 1]! * a[y + k + 1]!;
  }
  if (k < length) even += a[x + k]! * a[y + k]!;
  return even + odd;
}

/** Turns a lower triangle into its inverse, in place: row i of it follows from the rows before. */
function invertLower(a: Float64Array, m: number, checkpoint: Checkpoint): void {
  const sums = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    if ((i & 15) === 0) checkpoint();
    sums.fill(0, 0, i);
    const row = i * m;
    for (let k = 0; k < i; k++) {
      const factor = a[row + k]!;
      if (factor === 0) continue;
      const other = k * m;
      for (let j = 0; j <= k; j++) sums[j]! += factor * a[other + j]!;
    }
    const scale = 1 / a[row + i]!;
    for (let j = 0; j < i; j++) a[row + j] = -scale * sums[j]!;
    a[row + i] = scale;
  }
}

/** Mᵀ·M of a lower triangle M: rows of M are added up, those of a block for a few rows of the product at a time. */
function timesTransposed(lower: Float64Array, m: number, checkpoint: Checkpoint): Float64Array {
  const product = new Float64Array(m * m);
  for (let from = 0; from < m; from += BLOCK) {
    const to = Math.min(m, from + BLOCK);
    for (let p = 0; p < to; p++) {
      if ((p & 15) === 0) checkpoint();
      const base = p * m;
      for (let k = Math.max(from, p); k < to; k++) {
        const factor = lower[k * m + p]!;
        if (factor === 0) continue;
        const row = k * m;
        for (let j = 0; j <= p; j++) product[base + j]! += factor * lower[row + j]!;
      }
    }
  }
  for (let p = 0; p < m; p++) for (let j = 0; j < p; j++) product[j * m + p] = product[p * m + j]!;
  return product;
}
