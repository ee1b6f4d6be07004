import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { degrees } from '../../algorithms/degree.ts';
import { graphologyDegrees } from '../../algorithms/interop/graphology.ts';
import { reversed, strengths, type WeightedGraph } from '../../algorithms/weighted-graph.ts';
import { announceSeed, runs } from '../support/seed.ts';
import { arcs, directedOf, karateClub, matrixOf, undirectedOf } from '../support/weighted-graphs.ts';

announceSeed();

function listed({ nodeCount, bounds, targets, weights }: WeightedGraph): number[][] {
  const rows: number[][] = [];
  for (let v = 0; v < nodeCount; v++) {
    for (let arc = bounds[v]!; arc < bounds[v + 1]!; arc++) rows.push([v, targets[arc]!, weights[arc]!]);
  }
  return rows;
}

const entries = (matrix: readonly (readonly number[])[]): number[][] =>
  matrix.flatMap((row, v) => row.flatMap((weight, w) => (weight === 0 ? [] : [[v, w, weight]])));

describe('weighted graphs', () => {
  it('hold what the matrix of weights holds, in order', () => {
    fc.assert(
      fc.property(arcs(), (graph) => {
        const matrix = matrixOf(graph);
        const turned = matrix.map((row, v) => row.map((_, w) => matrix[w]![v]!));
        const both = matrix.map((row, v) => row.map((weight, w) => weight + turned[v]![w]!));
        expect(listed(directedOf(graph))).toEqual(entries(matrix));
        expect(listed(reversed(directedOf(graph)))).toEqual(entries(turned));
        expect(listed(undirectedOf(graph))).toEqual(entries(both));
        expect([...strengths(directedOf(graph))]).toEqual(matrix.map((row) => row.reduce((sum, one) => sum + one, 0)));
      }),
      runs(500),
    );
  });

  it('of the karate club have 34 nodes and 78 edges', () => {
    expect(karateClub().nodeCount).toBe(34);
    expect(karateClub().targets).toHaveLength(2 * 78);
  });
});

describe('degrees', () => {
  it('count arcs out and in, as graphology does', () => {
    fc.assert(
      fc.property(arcs(), (graph) => {
        const matrix = matrixOf(graph);
        const expected = matrix.map((row, v) => row.filter(Boolean).length + matrix.filter((other) => other[v]).length);
        expect([...degrees(directedOf(graph))]).toEqual(expected);
        expect([...graphologyDegrees(directedOf(graph))]).toEqual(expected);
      }),
      runs(300),
    );
  });
});
