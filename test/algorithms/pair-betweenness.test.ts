import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betweenness } from '../../algorithms/betweenness.ts';
import { pairBetweenness, sampledPairBetweenness } from '../../algorithms/pair-betweenness.ts';
import { drawsFor, sampleEpsilon } from '../../algorithms/sample-bound.ts';
import { announceSeed, runs } from '../support/seed.ts';
import { shortestPathsBetween } from '../support/shortest-paths.ts';
import { type Arcs, arcs, directedOf, karateClub } from '../support/weighted-graphs.ts';

announceSeed();

interface Asked {
  readonly graph: Arcs;
  readonly sources: readonly number[];
  readonly targets: readonly number[];
}

const asked = (most = 9): fc.Arbitrary<Asked> =>
  arcs(most).chain((graph) => {
    const weights = fc.array(fc.constantFrom(0, 0, 1, 0.5, 3), { minLength: graph.size, maxLength: graph.size });
    return fc.record({ graph: fc.constant(graph), sources: weights, targets: weights });
  });
const pairsOf = ({ sources, targets }: Asked) => ({
  sources: Float64Array.from(sources),
  targets: Float64Array.from(targets),
});

function bruteForce({ graph, sources, targets }: Asked): number[] {
  const scores = new Array<number>(graph.size).fill(0);
  sources.forEach((source, from) => {
    targets.forEach((target, to) => {
      if (from === to || source * target === 0) return;
      const paths = shortestPathsBetween(graph, from, to);
      for (const path of paths)
        for (const between of path.slice(1, -1)) scores[between]! += (source * target) / paths.length;
    });
  });
  return scores;
}

const closeTo = (actual: Float64Array, expected: ArrayLike<number>): void => {
  for (let v = 0; v < actual.length; v++) expect(actual[v]).toBeCloseTo(expected[v]!, 9);
};

describe('pairBetweenness', () => {
  it('is what all shortest paths between sources and targets, written out, give', () => {
    fc.assert(
      fc.property(asked(), (question) => {
        closeTo(pairBetweenness(directedOf(question.graph), pairsOf(question)), bruteForce(question));
      }),
      runs(500),
    );
  });

  it('is betweenness when all are sources and targets', () => {
    fc.assert(
      fc.property(arcs(12), (graph) => {
        const all = new Float64Array(graph.size).fill(1);
        closeTo(pairBetweenness(directedOf(graph), { sources: all, targets: all }), betweenness(directedOf(graph)));
      }),
      runs(200),
    );
  });

  it('refuses weights that are not one finite number of 0 or more for each node', () => {
    const good = Float64Array.of(1, 1);
    const graph = directedOf({ size: 2, arcs: [[0, 1, 1]] });
    for (const bad of [[1], [1, -1], [1, Number.NaN], [1, Infinity]].map((each) => Float64Array.from(each))) {
      expect(() => pairBetweenness(graph, { sources: bad, targets: good })).toThrow(/sources must/);
      expect(() => pairBetweenness(graph, { sources: good, targets: bad })).toThrow(/targets must/);
    }
  });
});

describe('sampledPairBetweenness', () => {
  it('is exact when there are no more sources than pivots', () => {
    fc.assert(
      fc.property(asked(), fc.nat(), (question, seed) => {
        const graph = directedOf(question.graph);
        const sampled = sampledPairBetweenness(graph, pairsOf(question), { pivots: question.graph.size, seed });
        expect(sampled.exact).toBe(true);
        expect(sampled.scores).toEqual(pairBetweenness(graph, pairsOf(question)));
        expect(sampled.errors.every((error) => error === 0)).toBe(true);
      }),
      runs(200),
    );
  });

  it('keeps within its errors far more often than it promises, whatever the weights', () => {
    fc.assert(
      fc.property(asked(14), fc.nat(1_000_000), (question, seed) => {
        const graph = directedOf(question.graph);
        const exact = bruteForce(question);
        let broken = 0;
        for (let run = 0; run < 40; run++) {
          const options = { pivots: 2, seed: seed + run, delta: 0.5 };
          const { scores, errors } = sampledPairBetweenness(graph, pairsOf(question), options);
          if (scores.some((score, v) => Math.abs(score - exact[v]!) > errors[v]! + 1e-9)) broken++;
        }
        expect(broken).toBeLessThanOrEqual(20);
      }),
      runs(100),
    );
  });

  it('is right on average', () => {
    const all = Float64Array.from({ length: 34 }, (_, v) => 1 + (v % 3));
    const pairs = { sources: all, targets: all };
    const exact = pairBetweenness(karateClub(), pairs);
    const sums = new Float64Array(34);
    const draws = 4_000;
    for (let seed = 0; seed < draws; seed++) {
      const { scores } = sampledPairBetweenness(karateClub(), pairs, { pivots: 1, seed });
      for (let v = 0; v < 34; v++) sums[v]! += scores[v]! / draws;
    }
    // All targets weigh 67: Hoeffding's bound of the mean over all seeds, which are fixed.
    const slack = 67 * 67 * sampleEpsilon(draws, 34, 1e-6);
    for (let v = 0; v < 34; v++) expect(Math.abs(sums[v]! - exact[v]!)).toBeLessThan(slack);
    expect(Math.abs(sums[0]! / exact[0]! - 1)).toBeLessThan(0.05);
  });

  it('gives the same for the same seed', () => {
    const all = new Float64Array(34).fill(1);
    const sample = (seed: number) =>
      sampledPairBetweenness(karateClub(), { sources: all, targets: all }, { pivots: 5, seed });
    expect(sample(7)).toEqual(sample(7));
    expect(sample(7).scores).not.toEqual(sample(8).scores);
  });

  it('refuses pivots and probabilities that are none', () => {
    const all = new Float64Array(34).fill(1);
    const pairs = { sources: all, targets: all };
    for (const options of [{ pivots: 0 }, { pivots: 1.5 }, { pivots: 3, delta: 0 }, { pivots: 3, delta: 1 }])
      expect(() => sampledPairBetweenness(karateClub(), pairs, { seed: 1, ...options })).toThrow(RangeError);
  });
});

describe('drawsFor', () => {
  it('tells the fewest draws that keep to an epsilon', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.5, noNaN: true }),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.double({ min: 0.001, max: 0.5, noNaN: true }),
        (epsilon, quantities, delta) => {
          const draws = drawsFor(epsilon, quantities, delta);
          expect(sampleEpsilon(draws, quantities, delta)).toBeLessThanOrEqual(epsilon * (1 + 1e-12));
          if (draws > 1) expect(sampleEpsilon(draws - 1, quantities, delta)).toBeGreaterThan(epsilon);
        },
      ),
      runs(200),
    );
  });
});
