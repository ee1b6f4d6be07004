import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betweenness, betweennessWork, sampledBetweenness } from '../../algorithms/betweenness.ts';
import { graphologyBetweenness } from '../../algorithms/interop/graphology.ts';
import { reachBounds } from '../../algorithms/reach-bounds.ts';
import { reachCounts } from '../../algorithms/reach-counts.ts';
import { announceSeed, runs } from '../support/seed.ts';
import { shortestPathsBetween } from '../support/shortest-paths.ts';
import { type Arcs, arcs, directedOf, karateClub, matrixOf } from '../support/weighted-graphs.ts';

announceSeed();

function bruteForce(graph: Arcs): number[] {
  const scores = new Array<number>(graph.size).fill(0);
  for (let from = 0; from < graph.size; from++) {
    for (let to = 0; to < graph.size; to++) {
      if (from === to) continue;
      const paths = shortestPathsBetween(graph, from, to);
      for (const path of paths) for (const between of path.slice(1, -1)) scores[between]! += 1 / paths.length;
    }
  }
  return scores;
}

function reachable(graph: Arcs): boolean[][] {
  const matrix = matrixOf(graph);
  const reach = matrix.map((row, v) => row.map((weight, w) => weight > 0 || v === w));
  for (let k = 0; k < graph.size; k++) {
    for (const row of reach) if (row[k]) for (let w = 0; w < graph.size; w++) if (reach[k]![w]) row[w] = true;
  }
  return reach;
}

const closeTo = (actual: Float64Array, expected: ArrayLike<number>, digits = 9): void => {
  for (let v = 0; v < actual.length; v++) expect(actual[v]).toBeCloseTo(expected[v]!, digits);
};

describe('betweenness', () => {
  it('is what counting all shortest paths gives, and what graphology gives', () => {
    fc.assert(
      fc.property(arcs(), (graph) => {
        const scores = betweenness(directedOf(graph));
        closeTo(scores, bruteForce(graph));
        closeTo(scores, graphologyBetweenness(directedOf(graph)));
      }),
      runs(400),
    );
  });

  it('of the karate club is what the literature has', () => {
    // Each edge is two arcs, so each pair counts twice.
    const scores = betweenness(karateClub()).map((score) => score / 2);
    closeTo(scores.subarray(0, 5), [231.0714, 28.4786, 75.8508, 6.2881, 0.3333], 4);
    closeTo(scores.subarray(31), [73.0095, 76.6905, 160.5516], 4);
  });

  it('takes a path of nodes', () => {
    const path = directedOf({ size: 6, arcs: [0, 1, 2, 3, 4].map((v) => [v, v + 1, 1] as const) });
    expect([...betweenness(path)]).toEqual([0, 4, 6, 6, 4, 0]);
  });

  it('answers for a graph without nodes and one without arcs', () => {
    expect(betweenness(directedOf({ size: 0, arcs: [] }))).toHaveLength(0);
    expect([...betweenness(directedOf({ size: 2, arcs: [] }))]).toEqual([0, 0]);
    expect(betweennessWork(directedOf({ size: 2, arcs: [] }), 5, 1)).toBe(0);
  });

  it('tells the arcs that it looks at', () => {
    const path = directedOf({ size: 4, arcs: [0, 1, 2].map((v) => [v, v + 1, 1] as const) });
    expect(betweennessWork(path, 10, 1)).toBe(3 + 2 + 1);
  });
});

describe('sampledBetweenness', () => {
  it('is exact when all sources are drawn', () => {
    fc.assert(
      fc.property(arcs(), fc.nat(), (graph, seed) => {
        const sampled = sampledBetweenness(directedOf(graph), { sources: graph.size, seed });
        expect(sampled.exact).toBe(true);
        expect(sampled.scores).toEqual(betweenness(directedOf(graph)));
        expect(sampled.errors.every((error) => error === 0)).toBe(true);
      }),
      runs(200),
    );
  });

  it('is right on average: over all samples of one source each', () => {
    fc.assert(
      fc.property(arcs(), (graph) => {
        const matrix = matrixOf(graph);
        const sources = matrix.filter((row) => row.some(Boolean)).length;
        const sums = new Float64Array(graph.size);
        const draws = 400;
        for (let seed = 0; seed < draws; seed++) {
          const { scores } = sampledBetweenness(directedOf(graph), { sources: 1, seed });
          for (let v = 0; v < graph.size; v++) sums[v]! += scores[v]! / draws;
        }
        // Hoeffding's bound for the mean of the draws themselves; one in ten thousand million may be outside.
        const slack = sources * graph.size * Math.sqrt(Math.log(2e10) / (2 * draws));
        const exact = betweenness(directedOf(graph));
        for (let v = 0; v < graph.size; v++) expect(Math.abs(sums[v]! - exact[v]!)).toBeLessThanOrEqual(slack);
      }),
      runs(20),
    );
  });

  it('keeps within the error that it tells, far more often than it promises', () => {
    const graph = karateClub();
    const exact = betweenness(graph);
    let broken = 0;
    for (let seed = 0; seed < 200; seed++) {
      const { scores, errors } = sampledBetweenness(graph, { sources: 12, seed, confidence: 0.9 });
      if (scores.some((score, v) => Math.abs(score - exact[v]!) > errors[v]!)) broken++;
    }
    expect(broken).toBeLessThanOrEqual(20);
  });

  it('refuses sources and confidences that are none', () => {
    for (const options of [
      { sources: 0 },
      { sources: 2.5 },
      { sources: 3, confidence: 1 },
      { sources: 3, confidence: 0 },
    ])
      expect(() => sampledBetweenness(karateClub(), { seed: 1, ...options })).toThrow(RangeError);
  });

  it('gives the same for the same seed, and something else for another', () => {
    const options = { sources: 8, seed: 7 };
    expect(sampledBetweenness(karateClub(), options)).toEqual(sampledBetweenness(karateClub(), options));
    const other = sampledBetweenness(karateClub(), { ...options, seed: 8 });
    expect(other.scores).not.toEqual(sampledBetweenness(karateClub(), options).scores);
  });
});

describe('what nodes reach', () => {
  it('is counted exactly', () => {
    fc.assert(
      fc.property(arcs(14), fc.infiniteStream(fc.boolean()), (graph, marks) => {
        const marked = Array.from({ length: graph.size }, (_, v) => v).filter(() => marks.next().value);
        const expected = reachable(graph).map((row) => marked.filter((v) => row[v]).length);
        expect([...reachCounts(directedOf(graph), Uint32Array.from(marked))]).toEqual(expected);
      }),
      runs(400),
    );
  });

  it('is counted exactly for more marks than are worked on together', () => {
    const size = 700;
    const chain = { size, arcs: Array.from({ length: size - 1 }, (_, v) => [v, v + 1, 1] as const) };
    const all = Uint32Array.from({ length: size }, (_, v) => v);
    expect([...reachCounts(directedOf(chain), all)]).toEqual(Array.from(all, (v) => size - v));
  });

  it('is never more than the bound, which is exact on trees', () => {
    fc.assert(
      fc.property(arcs(14), (graph) => {
        const bounds = reachBounds(directedOf(graph));
        reachable(graph).forEach((row, v) => {
          expect(bounds[v]!).toBeGreaterThanOrEqual(row.filter(Boolean).length - 1);
          expect(bounds[v]!).toBeLessThan(graph.size);
        });
      }),
      runs(300),
    );
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 20 }), (parents) => {
        const tree = { size: parents.length + 1, arcs: parents.map((p, i) => [p % (i + 1), i + 1, 1] as const) };
        const counts = reachable(tree).map((row) => row.filter(Boolean).length - 1);
        expect([...reachBounds(directedOf(tree))]).toEqual(counts);
      }),
      runs(200),
    );
  });
});
