/**
 * Points of many dimensions on a plane on which they differ most: principal components.
 * K. Pearson, "On lines and planes of closest fit to systems of points in space", 1901; the eigenvectors by C. Jacobi's
 * rotations of 1846 in their cyclic form (G. Golub, C. Van Loan, "Matrix Computations", 8.5), which need no start that is
 * drawn and converge however near two eigenvalues lie. O(points·d² + sweeps·d³) time, O(d²) space beside the answer.
 */
import { type Checkpoint, unchecked } from './checkpoint.ts';
import type { Embedding } from './fast-rp.ts';

export interface PlanarMap {
  /** x and y of each point, one point after another. The mean of all is (0, 0). */
  readonly coordinates: Float64Array;
  /** Share of the points' variance that each axis has, in [0, 1]; 0 when all points are the same. */
  readonly explained: readonly [number, number];
}

const MOST_SWEEPS = 60;
/** Off-diagonal squares below this share of all squares are rounding. */
const ROUNDING = 1e-24;

/**
 * The sign of an axis is such that its greatest component, the first of equally great ones, is above 0.
 *
 * @param points rows of any length; a plane needs no two of them
 */
export function planarMap({ values, dimensions }: Embedding, checkpoint: Checkpoint = unchecked): PlanarMap {
  const count = values.length / dimensions;
  const mean = new Float64Array(dimensions);
  for (let i = 0; i < values.length; i++) mean[i % dimensions]! += values[i]! / count;
  const scatter = scatterOf(values, dimensions, mean, checkpoint);
  let total = 0;
  for (let d = 0; d < dimensions; d++) total += scatter[d * dimensions + d]!;
  const axes = greatestAxes(scatter, dimensions, checkpoint);
  const coordinates = new Float64Array(2 * count);
  for (let point = 0; point < count; point++) {
    if ((point & 1023) === 0) checkpoint();
    axes.forEach(({ direction }, axis) => {
      let sum = 0;
      for (let d = 0; d < dimensions; d++) sum += (values[point * dimensions + d]! - mean[d]!) * direction[d]!;
      coordinates[2 * point + axis] = sum;
    });
  }
  const share = (axis: number): number => (total > 0 ? Math.min(1, Math.max(0, (axes[axis]?.size ?? 0) / total)) : 0);
  return { coordinates, explained: [share(0), share(1)] };
}

/** Sum over the points of (x - mean)·(x - mean)ᵀ. */
function scatterOf(values: Float32Array, d: number, mean: Float64Array, checkpoint: Checkpoint): Float64Array {
  const scatter = new Float64Array(d * d);
  const off = new Float64Array(d);
  for (let base = 0, point = 0; base < values.length; base += d, point++) {
    if ((point & 255) === 0) checkpoint();
    for (let i = 0; i < d; i++) off[i] = values[base + i]! - mean[i]!;
    for (let i = 0; i < d; i++) {
      const own = off[i]!;
      if (own === 0) continue;
      for (let j = 0; j <= i; j++) scatter[i * d + j]! += own * off[j]!;
    }
  }
  for (let i = 0; i < d; i++) for (let j = 0; j < i; j++) scatter[j * d + i] = scatter[i * d + j]!;
  return scatter;
}

interface Axis {
  readonly direction: Float64Array;
  readonly size: number;
}

/** Up to two eigenvectors with the greatest eigenvalues. @param a symmetric; is written over */
function greatestAxes(a: Float64Array, d: number, checkpoint: Checkpoint): readonly Axis[] {
  const vectors = new Float64Array(d * d);
  for (let i = 0; i < d; i++) vectors[i * d + i] = 1;
  const squares = a.reduce((sum, one) => sum + one * one, 0);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let outside = 0;
    for (let p = 0; p < d; p++) for (let q = 0; q < p; q++) outside += 2 * a[p * d + q]! ** 2;
    if (outside <= squares * ROUNDING) break;
    for (let p = 0; p < d; p++) {
      checkpoint();
      for (let q = 0; q < p; q++) if (a[p * d + q] !== 0) rotate(a, vectors, d, p, q);
    }
  }
  return Array.from({ length: d }, (_, i) => i)
    .sort((x, y) => a[y * d + y]! - a[x * d + x]! || x - y)
    .slice(0, 2)
    .map((i) => ({ direction: withSign(vectors.slice(i * d, (i + 1) * d)), size: a[i * d + i]! }));
}

/** Turns rows and columns p and q so that what they share becomes 0. Rows of `vectors` are the axes. */
function rotate(a: Float64Array, vectors: Float64Array, d: number, p: number, q: number): void {
  const theta = (a[q * d + q]! - a[p * d + p]!) / (2 * a[p * d + q]!);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  turnRows(a, d, p, q, cosine, sine);
  for (let k = 0; k < d; k++) {
    const [x, y] = [a[k * d + p]!, a[k * d + q]!];
    a[k * d + p] = cosine * x - sine * y;
    a[k * d + q] = sine * x + cosine * y;
  }
  a[p * d + q] = 0;
  a[q * d + p] = 0;
  turnRows(vectors, d, p, q, cosine, sine);
}

function turnRows(a: Float64Array, d: number, p: number, q: number, cosine: number, sine: number): void {
  for (let k = 0; k < d; k++) {
    const [x, y] = [a[p * d + k]!, a[q * d + k]!];
    a[p * d + k] = cosine * x - sine * y;
    a[q * d + k] = sine * x + cosine * y;
  }
}

/** Components as great as the greatest but for rounding count as equally great. */
function withSign(direction: Float64Array): Float64Array {
  const greatest = direction.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
  const first = direction.find((one) => Math.abs(one) >= greatest * (1 - 1e-9)) ?? 0;
  return first < 0 ? direction.map((one) => -one) : direction;
}
