/** Graphs for the tests of kernels: random small ones, and one that the literature has values for. */
import fc from 'fast-check';
import { directedGraph, undirectedGraph, type WeightedGraph } from '../../algorithms/weighted-graph.ts';

export interface Arcs {
  readonly size: number;
  readonly arcs: readonly (readonly [from: number, to: number, weight: number])[];
}

/** Few nodes, many arcs: with loops, parallel arcs, circles, nodes without arcs, and now and then none at all. */
export const arcs = (most = 9): fc.Arbitrary<Arcs> =>
  fc.integer({ min: 1, max: most }).chain((size) =>
    fc.record({
      size: fc.constant(size),
      arcs: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1), fc.integer({ min: 1, max: 3 })), {
        maxLength: 3 * size,
      }),
    }),
  );

const columns = ({ arcs: list }: Arcs): [Uint32Array, Uint32Array, Float64Array] => [
  Uint32Array.from(list, ([from]) => from),
  Uint32Array.from(list, ([, to]) => to),
  Float64Array.from(list, ([, , weight]) => weight),
];
export const directedOf = (graph: Arcs): WeightedGraph => directedGraph(graph.size, ...columns(graph));
export const undirectedOf = (graph: Arcs): WeightedGraph => undirectedGraph(graph.size, ...columns(graph));

/** Weight of the arc from v to w as `matrix[v][w]`: loops left out, parallel arcs added up. */
export function matrixOf({ size, arcs: list }: Arcs): number[][] {
  const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (const [from, to, weight] of list) if (from !== to) matrix[from]![to]! += weight;
  return matrix;
}

/** Neighbours with a greater number, for each member of W. Zachary's karate club of 1977 (unweighted). */
const KARATE = [
  [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31],
  [2, 3, 7, 13, 17, 19, 21, 30],
  [3, 7, 8, 9, 13, 27, 28, 32],
  [7, 12, 13],
  [6, 10],
  [6, 10, 16],
  [16],
  [],
  [30, 32, 33],
  [33],
  [],
  [],
  [],
  [33],
  [32, 33],
  [32, 33],
  [],
  [],
  [32, 33],
  [33],
  [32, 33],
  [],
  [32, 33],
  [25, 27, 29, 32, 33],
  [25, 27, 31],
  [31],
  [29, 33],
  [33],
  [31, 33],
  [32, 33],
  [32, 33],
  [32, 33],
  [33],
  [],
];

/** W. Zachary, "An information flow model for conflict and fission in small groups", 1977: 34 members, 78 friendships. */
export const karateClub = (): WeightedGraph =>
  undirectedOf({
    size: KARATE.length,
    arcs: KARATE.flatMap((others, member) => others.map((other) => [member, other, 1] as const)),
  });
