import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drain } from '../../algorithms/drain.ts';
import { announceSeed, runs } from '../support/seed.ts';
import { type Arcs, arcs, directedOf, karateClub, matrixOf } from '../support/weighted-graphs.ts';

announceSeed();

/** Walks against the arcs step by step: where the mass is, summed over many steps, with all that ends beginning anew. */
function bruteForce(graph: Arcs, sensitivity: readonly number[], damping: number): number[] {
  const matrix = matrixOf(graph);
  const total = sensitivity.reduce((sum, each) => sum + each, 0);
  const begin = sensitivity.map((each) => each / total);
  const into = matrix.map((_, v) => matrix.reduce((sum, row) => sum + row[v]!, 0));
  let scores = begin;
  for (let step = 0; step < 500; step++) {
    const ended = scores.reduce((sum, score, v) => sum + (into[v] === 0 ? score : 0), 0);
    scores = scores.map(
      (_, v) =>
        begin[v]! * (1 - damping + damping * ended) +
        damping * matrix[v]!.reduce((sum, weight, w) => sum + (weight > 0 ? (scores[w]! * weight) / into[w]! : 0), 0),
    );
  }
  return scores;
}

describe('drain', () => {
  it('is where walks against the arcs from what is sensitive spend their steps', () => {
    fc.assert(
      fc.property(arcs(), fc.array(fc.nat(3), { minLength: 9, maxLength: 9 }), (graph, weights) => {
        weights[0]! += 1;
        const sensitivity = weights.slice(0, graph.size);
        const { scores, converged } = drain(directedOf(graph), Float64Array.from(sensitivity), { tolerance: 1e-13 });
        expect(converged).toBe(true);
        for (const [v, score] of bruteForce(graph, sensitivity, 0.85).entries())
          expect(scores[v]).toBeCloseTo(score, 10);
      }),
      runs(300),
    );
  });

  it('is higher for the group that more of it goes through, and 0 where nothing sensitive is reached', () => {
    // 0 and 1 are people of group 2, 3 of group 4; 2 has both vaults 5 and 6, 4 has vault 6, 7 has a thing of no worth.
    const graph = directedOf({
      size: 9,
      arcs: [
        [0, 2, 1],
        [1, 2, 1],
        [3, 4, 1],
        [2, 5, 1],
        [2, 6, 1],
        [4, 6, 1],
        [7, 8, 1],
      ],
    });
    const { scores } = drain(graph, Float64Array.of(0, 0, 0, 0, 0, 1, 0.5, 0, 0));
    expect(scores[2]).toBeGreaterThan(scores[4]!);
    expect(scores[0]).toBe(scores[1]);
    expect([scores[7], scores[8]]).toEqual([0, 0]);
    expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 12);
  });

  it('is 0 everywhere when nothing is sensitive', () => {
    expect(drain(karateClub(), new Float64Array(34))).toMatchObject({ error: 0, converged: true });
    expect(drain(karateClub(), new Float64Array(34)).scores.every((score) => score === 0)).toBe(true);
  });

  it('refuses sensitivities that are not one number of 0 or more for each node', () => {
    for (const bad of [[], [1], [1, -1], [Number.NaN, 1]])
      expect(() => drain(directedOf({ size: 2, arcs: [] }), Float64Array.from(bad))).toThrow(RangeError);
  });
});
