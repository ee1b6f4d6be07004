/**
 * The inverse of a dense symmetric positive definite matrix, in place, in one pass over it for every 64 columns.
 *
 * With the block K of columns factored, A_KK = L·Lᵀ, and V = L⁻¹·A_K. (all of its row but the block itself, where V is -L⁻¹),
 * A - VᵀV is at once what Cholesky's factor still has to do after K, the inverse of the factor up to K, and minus the
 * product of that inverse with itself. So one update of the lower triangle serves all three steps of an inversion by Cholesky,
 * and when every block was the pivot once there stands minus the inverse. P. Bientinesi, B. Gunter, R. van de Geijn,
 * "Families of Algorithms Related to the Inversion of a Symmetric Positive Definite Matrix", ACM TOMS 35(1), 2008 (the one
 * sweep); J. Goodnight, "A Tutorial on the SWEEP Operator", The American Statistician 33(3), 1979 (pivots of one column).
 *
 * The update is done as in K. Goto, R. van de Geijn, "Anatomy of High-Performance Matrix Multiplication", ACM TOMS 34(3), 2008:
 * V lies in panels of four columns, and tiles of 4 x 4 are summed up in registers, so that eight loads serve 16 products.
 *
 * Time: m³/2 multiplications. Space: 64 columns beside the matrix.
 */
import type { Checkpoint } from './checkpoint.ts';
import { unchecked } from './checkpoint.ts';

/** Columns that are the pivot together: a panel of them takes 2 KB, their triangle 32 KB, as much as a core's nearest memory. */
const BLOCK = 64;
/** Side of a tile. Sixteen sums are about what a processor has registers for. */
const TILE = 4;
/** Panels that are kept near while all others pass by: half of a core's nearest memory. */
const NEAR = 10;
/** Panels between two checkpoints, each against those that are near. */
const CHECK_EVERY = 16;
/** Side of the squares in which the result is mirrored, so that rows read across stay near. */
const MIRRORED = 32;

/** Columns of the matrix in panels of four: entry (k, j) is at `(⌊j / 4⌋ · depth + k) · 4 + j mod 4`. */
interface Panels {
  readonly values: Float64Array;
  readonly depth: number;
}

/**
 * @param a m x m by rows; its lower triangle is read, and all of it is written over by the inverse
 * @returns `a`
 * @throws RangeError when the matrix is not positive definite, or not of numbers; `a` is of no use then
 */
export function invertPositive(a: Float64Array, m: number, checkpoint: Checkpoint = unchecked): Float64Array {
  const values = new Float64Array(Math.ceil(m / TILE) * TILE * BLOCK);
  const triangle = new Float64Array(BLOCK * BLOCK);
  for (let from = 0; from < m; from += BLOCK) {
    const depth = Math.min(BLOCK, m - from);
    const panels = { values, depth };
    factor(triangle, a, m, from, depth);
    takeOut(panels, a, m, from);
    solve(triangle, panels, m, checkpoint);
    subtract(a, m, panels, checkpoint);
  }
  negateAndMirror(a, m, checkpoint);
  return a;
}

/** Cholesky's factor of the block at (from, from) into the lower triangle of `into`, its rows `depth` long. */
function factor(into: Float64Array, a: Float64Array, m: number, from: number, depth: number): void {
  for (let i = 0; i < depth; i++) {
    const row = i * depth;
    for (let j = 0; j <= i; j++) {
      const other = j * depth;
      let sum = a[(from + i) * m + from + j]!;
      for (let k = 0; k < j; k++) sum -= into[row + k]! * into[other + k]!;
      if (j < i) into[row + j] = sum / into[other + j]!;
      else if (sum > 0 && sum < Number.POSITIVE_INFINITY) into[row + i] = Math.sqrt(sum);
      else throw new RangeError('the matrix is not positive definite');
    }
  }
}

/** Moves the block's rows and columns from the lower triangle into the panels; -1 on its own diagonal; zeros stay behind. */
function takeOut({ values, depth }: Panels, a: Float64Array, m: number, from: number): void {
  const to = from + depth;
  for (let k = 0; k < depth; k++) {
    const row = (from + k) * m;
    for (let j = 0; j < from; j++) values[place(j, k, depth)] = a[row + j]!;
    for (let j = from; j < to; j++) values[place(j, k, depth)] = j === from + k ? -1 : 0;
    a.fill(0, row, row + to);
  }
  for (let j = to; j < m; j++) {
    const row = j * m + from;
    for (let k = 0; k < depth; k++) values[place(j, k, depth)] = a[row + k]!;
    a.fill(0, row, row + depth);
  }
  // The last panel may be wider than what is left.
  const padded = Math.ceil(m / TILE) * TILE;
  for (let j = m; j < padded; j++) for (let k = 0; k < depth; k++) values[place(j, k, depth)] = 0;
}

function place(column: number, k: number, depth: number): number {
  return ((column >>> 2) * depth + k) * TILE + (column & 3);
}

/** Panels become V of L·V = panels, four columns together. */
function solve(l: Float64Array, { values: v, depth }: Panels, m: number, checkpoint: Checkpoint): void {
  const size = depth * TILE;
  const end = Math.ceil(m / TILE) * size;
  for (let panel = 0; panel < end; panel += size) {
    for (let k = 0; k < depth; k++) {
      const at = panel + k * TILE;
      let s0 = v[at]!;
      let s1 = v[at + 1]!;
      let s2 = v[at + 2]!;
      let s3 = v[at + 3]!;
      let x = k * depth;
      for (let p = panel; p < at; p += TILE) {
        const factor = l[x++]!;
        s0 -= factor * v[p]!;
        s1 -= factor * v[p + 1]!;
        s2 -= factor * v[p + 2]!;
        s3 -= factor * v[p + 3]!;
      }
      const pivot = l[x]!;
      v[at] = s0 / pivot;
      v[at + 1] = s1 / pivot;
      v[at + 2] = s2 / pivot;
      v[at + 3] = s3 / pivot;
    }
    checkpoint();
  }
}

/** Subtracts VᵀV from the lower triangle. Tiles on the diagonal are whole: what is right of it is never read. */
function subtract(a: Float64Array, m: number, { values, depth }: Panels, checkpoint: Checkpoint): void {
  const size = depth * TILE;
  const panels = Math.ceil(m / TILE);
  const whole = Math.floor(m / TILE);
  for (let near = 0; near < panels; near += NEAR) {
    for (let i = near; i < whole; i++) {
      const end = Math.min(near + NEAR, i + 1);
      for (let j = near; j < end; j++) subtractTile(a, i * TILE * m + j * TILE, m, values, i * size, j * size, size);
      if (i % CHECK_EVERY === 0) checkpoint();
    }
  }
  for (let i = whole * TILE; i < m; i++) for (let j = 0; j <= i; j++) a[i * m + j]! -= productAt(values, depth, i, j);
}

/** The products of panel x and panel y, from a tile of `a`. Kept in sixteen variables: an array of sums is ten times slower. */
function subtractTile(
  a: Float64Array,
  at: number,
  m: number,
  v: Float64Array,
  x: number,
  y: number,
  size: number,
): void {
  let c00 = 0;
  let c01 = 0;
  let c02 = 0;
  let c03 = 0;
  let c10 = 0;
  let c11 = 0;
  let c12 = 0;
  let c13 = 0;
  let c20 = 0;
  let c21 = 0;
  let c22 = 0;
  let c23 = 0;
  let c30 = 0;
  let c31 = 0;
  let c32 = 0;
  let c33 = 0;
  const end = (x + size) | 0;
  for (let p = x | 0, q = y | 0; p < end; p = (p + TILE) | 0, q = (q + TILE) | 0) {
    const x0 = v[p]!;
    const x1 = v[p + 1]!;
    const x2 = v[p + 2]!;
    const x3 = v[p + 3]!;
    const y0 = v[q]!;
    c00 += x0 * y0;
    c10 += x1 * y0;
    c20 += x2 * y0;
    c30 += x3 * y0;
    const y1 = v[q + 1]!;
    c01 += x0 * y1;
    c11 += x1 * y1;
    c21 += x2 * y1;
    c31 += x3 * y1;
    const y2 = v[q + 2]!;
    c02 += x0 * y2;
    c12 += x1 * y2;
    c22 += x2 * y2;
    c32 += x3 * y2;
    const y3 = v[q + 3]!;
    c03 += x0 * y3;
    c13 += x1 * y3;
    c23 += x2 * y3;
    c33 += x3 * y3;
  }
  subtractFour(a, at, c00, c01, c02, c03);
  subtractFour(a, at + m, c10, c11, c12, c13);
  subtractFour(a, at + 2 * m, c20, c21, c22, c23);
  subtractFour(a, at + 3 * m, c30, c31, c32, c33);
}

function subtractFour(a: Float64Array, at: number, c0: number, c1: number, c2: number, c3: number): void {
  a[at]! -= c0;
  a[at + 1]! -= c1;
  a[at + 2]! -= c2;
  a[at + 3]! -= c3;
}

function productAt(values: Float64Array, depth: number, i: number, j: number): number {
  let sum = 0;
  for (let k = 0; k < depth; k++) sum += values[place(i, k, depth)]! * values[place(j, k, depth)]!;
  return sum;
}

function negateAndMirror(a: Float64Array, m: number, checkpoint: Checkpoint): void {
  for (let rows = 0; rows < m; rows += MIRRORED) {
    const rowsEnd = Math.min(m, rows + MIRRORED);
    for (let columns = 0; columns < rowsEnd; columns += MIRRORED) {
      for (let i = rows; i < rowsEnd; i++) {
        const end = Math.min(columns + MIRRORED, i + 1);
        for (let j = columns; j < end; j++) a[j * m + i] = a[i * m + j] = 0 - a[i * m + j]!;
      }
    }
    checkpoint();
  }
}
