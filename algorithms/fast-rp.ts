/**
 * Node embeddings by very sparse random projections of the powers of the transition matrix.
 * H. Chen, S. Sultan, Y. Tian, M. Chen, S. Skiena, "Fast and Accurate Network Embeddings via Very Sparse Random Projections",
 * CIKM 2019; each power's rows have length 1 before they are added up, as usual in practice.
 *
 * N₁ = D⁻¹A·L·R, Nₖ = D⁻¹A·Nₖ₋₁, the result Σ weightₖ·Nₖ with rows of length 1. R is drawn as D. Achlioptas did (2003):
 * √3 times 1, 0, -1 with chances 1/6, 2/3, 1/6; L scales node j's row by (its strength)^power.
 * O(powers times arcs times dimensions) time; three matrices of nodes times dimensions 32-bit floats.
 */
import { type Checkpoint, unchecked } from './checkpoint.ts';
import { seededRandom } from './seeded-random.ts';
import { strengths, type WeightedGraph } from './weighted-graph.ts';

export interface FastRpOptions {
  /** Default 128. */
  readonly dimensions?: number;
  /** What each power of the matrix counts, the first power first. Default 0.5, 1, 1, 1. */
  readonly weights?: readonly number[];
  /** Below 0, much-connected nodes tell less about their neighbours. Default -0.5. */
  readonly strengthPower?: number;
  /** Default 1. */
  readonly seed?: number;
  /**
   * One whole number for each node that its row of R is drawn by; default its own number. With keys that stay with what a
   * node stands for, a change elsewhere leaves far-off rows as they were.
   */
  readonly keys?: Uint32Array;
  readonly checkpoint?: Checkpoint;
}

/** Rows of equal width, one after another. */
export interface Embedding {
  readonly dimensions: number;
  /** `rows * dimensions` long; a row has length 1, or is all 0 for a node without arcs. */
  readonly values: Float32Array;
}

const DEFAULT_WEIGHTS: readonly number[] = [0.5, 1, 1, 1];
const SQRT_3 = Math.sqrt(3);

/**
 * @param graph undirected, or directed: then a node is known by where its arcs lead
 * @throws RangeError for dimensions that are no whole number from 1 to 1,024, or weights that are not finite numbers
 */
export function fastRp(graph: WeightedGraph, options: FastRpOptions = {}): Embedding {
  const { dimensions = 128, weights = DEFAULT_WEIGHTS, checkpoint = unchecked } = options;
  if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > 1024)
    throw new RangeError('dimensions must be a whole number from 1 to 1,024');
  if (!weights.every(Number.isFinite)) throw new RangeError('weights must be finite numbers');
  const strength = strengths(graph);
  let power: Float32Array = projection(strength, dimensions, options);
  let next: Float32Array = new Float32Array(power.length);
  const sum = new Float32Array(power.length);
  for (const weight of weights) {
    step(graph, strength, power, next, dimensions, checkpoint);
    [power, next] = [next, power];
    addUnitRows(sum, power, dimensions, weight);
    checkpoint();
  }
  toUnitRows(sum, dimensions);
  return { dimensions, values: sum };
}

/** L·R. A row of R hangs on the seed and the node's key alone. */
function projection(strength: Float64Array, dimensions: number, options: FastRpOptions): Float32Array {
  const { strengthPower = -0.5, seed = 1, keys, checkpoint = unchecked } = options;
  const values = new Float32Array(strength.length * dimensions);
  for (let v = 0; v < strength.length; v++) {
    if ((v & 255) === 0) checkpoint();
    if (strength[v] === 0) continue;
    const scale = SQRT_3 * strength[v]! ** strengthPower;
    const random = seededRandom(((seed & 0x1fffff) ^ 0x155555) * 4_294_967_296 + ((keys?.[v] ?? v) >>> 0));
    for (let d = v * dimensions, end = d + dimensions; d < end; d++) {
      const drawn = random();
      if (drawn < 1 / 6) values[d] = scale;
      else if (drawn < 1 / 3) values[d] = -scale;
    }
  }
  return values;
}

/** Each node's row becomes the mean of its neighbours' rows, by weight. */
function step(
  { nodeCount, bounds, targets, weights }: WeightedGraph,
  strength: Float64Array,
  from: Float32Array,
  to: Float32Array,
  dimensions: number,
  checkpoint: Checkpoint,
): void {
  const row = new Float64Array(dimensions);
  for (let v = 0; v < nodeCount; v++) {
    if ((v & 63) === 0) checkpoint();
    row.fill(0);
    for (let arc = bounds[v]!; arc < bounds[v + 1]!; arc++) {
      const share = weights[arc]! / strength[v]!;
      const base = targets[arc]! * dimensions;
      for (let d = 0; d < dimensions; d++) row[d]! += share * from[base + d]!;
      if ((arc & 1023) === 0) checkpoint();
    }
    to.set(row, v * dimensions);
  }
}

function addUnitRows(sum: Float32Array, power: Float32Array, dimensions: number, weight: number): void {
  for (let base = 0; base < sum.length; base += dimensions) {
    const scale = weight * inverseLength(power, base, dimensions);
    for (let d = base; d < base + dimensions; d++) sum[d]! += scale * power[d]!;
  }
}

function toUnitRows(values: Float32Array, dimensions: number): void {
  for (let base = 0; base < values.length; base += dimensions) {
    const scale = inverseLength(values, base, dimensions);
    for (let d = base; d < base + dimensions; d++) values[d]! *= scale;
  }
}

/** 0 for a row of zeros. */
function inverseLength(values: Float32Array, base: number, dimensions: number): number {
  let squares = 0;
  for (let d = base; d < base + dimensions; d++) squares += values[d]! * values[d]!;
  return squares === 0 ? 0 : 1 / Math.sqrt(squares);
}
