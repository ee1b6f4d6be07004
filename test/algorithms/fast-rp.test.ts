/** FastRP against products of whole matrices, with R read off by what one power of a graph of single arcs shows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Embedding, type FastRpOptions, fastRp } from '../../algorithms/fast-rp.ts';
import { seededRandom } from '../../algorithms/seeded-random.ts';
import { directedGraph, undirectedGraph } from '../../algorithms/weighted-graph.ts';
import { announceSeed, runs } from '../support/seed.ts';
import { type Arcs, arcs, matrixOf, undirectedOf } from '../support/weighted-graphs.ts';

announceSeed();

const DIMENSIONS = 16;
const rowOf = ({ values, dimensions }: Embedding, row: number): number[] => [
  ...values.subarray(row * dimensions, (row + 1) * dimensions),
];
const unit = (row: readonly number[]): number[] => {
  const length = Math.hypot(...row);
  return length === 0 ? [...row] : row.map((x) => x / length);
};
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/** R row by row: a node that leads to node v alone has, after one power, the direction of v's row. */
function directions(size: number, seed: number): number[][] {
  const nodes = Uint32Array.from({ length: size }, (_, v) => v);
  const pointing = fastRp(
    directedGraph(
      2 * size,
      Uint32Array.from([...nodes.map((v) => v + size), ...nodes]),
      Uint32Array.from([...nodes, ...nodes.map((v) => v + size)]),
    ),
    { dimensions: DIMENSIONS, weights: [1], seed },
  );
  return Array.from(nodes, (v) => rowOf(pointing, v + size).map((x) => Math.sign(x)));
}

function obvious(graph: Arcs, weights: readonly number[], strengthPower: number, seed: number): number[][] {
  const one = matrixOf(graph);
  const both = one.map((row, v) => row.map((weight, w) => weight + one[w]![v]!));
  const strength = both.map((row) => row.reduce((sum, x) => sum + x, 0));
  const drawn = directions(graph.size, seed);
  let power = drawn.map((row, v) =>
    row.map((x) => (strength[v] === 0 ? 0 : Math.sqrt(3) * x * strength[v]! ** strengthPower)),
  );
  const sum = drawn.map((row) => row.map(() => 0));
  for (const weight of weights) {
    const before = power;
    power = both.map((row, v) =>
      drawn[v]!.map((_, d) =>
        strength[v] === 0 ? 0 : row.reduce((total, x, w) => total + (x * before[w]![d]!) / strength[v]!, 0),
      ),
    );
    power.forEach((row, v) => {
      // What cancels out is rounding there and here, and no direction.
      unit(row.map((x) => (Math.abs(x) < 1e-6 ? 0 : x))).forEach((x, d) => {
        sum[v]![d]! += weight * x;
      });
    });
  }
  return sum.map(unit);
}

describe('FastRP', () => {
  it('is what its paper defines', () => {
    fc.assert(
      fc.property(
        arcs(),
        fc.constantFrom([1], [0.5, 1], [0.5, 1, 1, 1]),
        fc.constantFrom(0, -0.5),
        fc.nat(99),
        (graph, weights, strengthPower, seed) => {
          const options: FastRpOptions = { dimensions: DIMENSIONS, weights, strengthPower, seed };
          const embedding = fastRp(undirectedOf(graph), options);
          obvious(graph, weights, strengthPower, seed).forEach((row, v) => {
            rowOf(embedding, v).forEach((x, d) => {
              expect(x).toBeCloseTo(row[d]!, 3);
            });
          });
        },
      ),
      runs(200),
    );
  });

  it('puts nodes of one dense part near each other, and far from others', () => {
    const random = seededRandom(7);
    const [sources, targets]: [number[], number[]] = [[], []];
    for (let edge = 0; edge < 3000; edge++) {
      const part = Math.floor(random() * 4) * 25;
      const other = random() < 0.05 ? Math.floor(random() * 4) * 25 : part;
      sources.push(part + Math.floor(random() * 25));
      targets.push(other + Math.floor(random() * 25));
    }
    const embedding = fastRp(undirectedGraph(100, Uint32Array.from(sources), Uint32Array.from(targets)));
    const means = { near: [0, 0], far: [0, 0] };
    for (let v = 0; v < 100; v++)
      for (let w = 0; w < v; w++) {
        const mean = Math.floor(v / 25) === Math.floor(w / 25) ? means.near : means.far;
        mean[0]! += dot(rowOf(embedding, v), rowOf(embedding, w));
        mean[1]!++;
      }
    expect(means.near[0]! / means.near[1]!).toBeGreaterThan(means.far[0]! / means.far[1]! + 0.3);
  });

  it('gives nodes with the same neighbours the same row, and nodes without arcs none', () => {
    const embedding = fastRp(
      undirectedOf({
        size: 5,
        arcs: [
          [0, 2, 1],
          [1, 2, 1],
          [0, 3, 2],
          [1, 3, 2],
        ],
      }),
    );
    expect(rowOf(embedding, 0)).toEqual(rowOf(embedding, 1));
    expect(Math.hypot(...rowOf(embedding, 0))).toBeCloseTo(1, 5);
    expect(new Set(rowOf(embedding, 4))).toEqual(new Set([0]));
  });

  it('hangs on the keys of nodes and not on their numbers', () => {
    const one = fastRp(
      undirectedOf({
        size: 3,
        arcs: [
          [0, 1, 1],
          [1, 2, 1],
        ],
      }),
      { keys: Uint32Array.of(7, 8, 9) },
    );
    const other = fastRp(
      undirectedOf({
        size: 3,
        arcs: [
          [2, 1, 1],
          [1, 0, 1],
        ],
      }),
      { keys: Uint32Array.of(9, 8, 7) },
    );
    for (let v = 0; v < 3; v++) expect(rowOf(one, v)).toEqual(rowOf(other, 2 - v));
  });

  it('refuses what is out of bounds', () => {
    const graph = undirectedOf({ size: 1, arcs: [] });
    for (const dimensions of [0, 1.5, 1025, Number.NaN])
      expect(() => fastRp(graph, { dimensions })).toThrow(RangeError);
    expect(() => fastRp(graph, { weights: [Number.NaN] })).toThrow(RangeError);
  });
});
