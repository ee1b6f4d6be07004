import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphologyPageRank } from '../../algorithms/interop/graphology.ts';
import { type PageRankOptions, pageRank } from '../../algorithms/page-rank.ts';
import { announceSeed, runs } from '../support/seed.ts';
import { type Arcs, arcs, directedOf, karateClub, matrixOf } from '../support/weighted-graphs.ts';

announceSeed();

const closeTo = (actual: Float64Array, expected: ArrayLike<number>, digits: number): void => {
  expect(actual).toHaveLength(expected.length);
  for (let v = 0; v < actual.length; v++) expect(actual[v]).toBeCloseTo(expected[v]!, digits);
};

/** Solves the linear equations of PageRank by elimination: x = d·(Mᵀ + t·danglingᵀ)·x + (1 - d)·t. */
function solved(graph: Arcs, { damping = 0.85, teleport }: PageRankOptions): number[] {
  const matrix = matrixOf(graph);
  const n = graph.size;
  const sum = teleport?.reduce((total, one) => total + one, 0) ?? n;
  const t = Array.from({ length: n }, (_, v) => (teleport?.[v] ?? 1) / sum);
  const rows = Array.from({ length: n }, (_, v) => [
    ...Array.from({ length: n }, (__, w) => {
      const strength = matrix[w]!.reduce((total, one) => total + one, 0);
      const share = strength === 0 ? t[v]! : matrix[w]![v]! / strength;
      return (v === w ? 1 : 0) - damping * share;
    }),
    (1 - damping) * t[v]!,
  ]);
  for (let column = 0; column < n; column++) {
    const pivot = rows
      .slice(column)
      .reduce((best, row) => (Math.abs(row[column]!) > Math.abs(best[column]!) ? row : best));
    const place = rows.indexOf(pivot);
    [rows[column], rows[place]] = [rows[place]!, rows[column]!];
    for (const row of rows) {
      if (row === pivot || row[column] === 0) continue;
      const factor = row[column]! / pivot[column]!;
      for (let i = column; i <= n; i++) row[i]! -= factor * pivot[i]!;
    }
  }
  return rows.map((row, v) => row[n]! / row[v]!);
}

const dampings = fc.constantFrom(0, 0.5, 0.85, 0.95);

describe('pageRank', () => {
  it('solves the equations of PageRank, weighted, with nodes without arcs, with any teleport distribution', () => {
    fc.assert(
      fc.property(arcs(), dampings, fc.array(fc.nat(3), { minLength: 9, maxLength: 9 }), (graph, damping, shares) => {
        shares[0]! += 1;
        const teleport = Float64Array.from(shares.slice(0, graph.size));
        const options = { damping, teleport };
        const { scores, converged } = pageRank(directedOf(graph), { ...options, tolerance: 1e-13 });
        expect(converged).toBe(true);
        closeTo(scores, solved(graph, options), 10);
        expect(scores.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
      }),
      runs(500),
    );
  });

  it('equals what graphology computes', () => {
    fc.assert(
      fc.property(arcs(), (graph) => {
        const ours = pageRank(directedOf(graph), { tolerance: 1e-12 });
        closeTo(ours.scores, graphologyPageRank(directedOf(graph), { tolerance: 1e-12 }), 10);
      }),
      runs(300),
    );
  });

  it('is a multiple of what starts from 1 - d and lets the mass of nodes without arcs vanish', () => {
    fc.assert(
      fc.property(arcs(), (graph) => {
        const matrix = matrixOf(graph);
        let scores = matrix.map(() => 0.15);
        for (let step = 0; step < 400; step++) {
          scores = matrix.map((_, v) =>
            matrix.reduce((sum, row, w) => {
              const strength = row.reduce((total, one) => total + one, 0);
              return strength === 0 ? sum : sum + (0.85 * scores[w]! * row[v]!) / strength;
            }, 0.15),
          );
        }
        const sum = scores.reduce((total, one) => total + one, 0);
        const ours = pageRank(directedOf(graph), { tolerance: 1e-13 });
        closeTo(
          ours.scores,
          scores.map((one) => one / sum),
          10,
        );
      }),
      runs(200),
    );
  });

  it('gives what igraph 0.11 gives (computed with its PRPACK solver)', () => {
    const arcsOfExample = [
      [0, 1, 1],
      [1, 2, 2],
      [2, 0, 1],
      [2, 3, 3],
      [3, 4, 1],
    ] as const;
    const graph = directedOf({ size: 5, arcs: arcsOfExample });
    const tolerance = 1e-14;
    const uniform = [
      0.12174869136542879, 0.17746141688931275, 0.2248172335846141, 0.21729601563888976, 0.2586766425217546,
    ];
    closeTo(pageRank(graph, { tolerance }).scores, uniform, 12);
    const personal = [
      0.15251963630739476, 0.12964169086128552, 0.11019543723209271, 0.32845580302660915, 0.2791874325726178,
    ];
    closeTo(pageRank(graph, { tolerance, teleport: Float64Array.of(1, 0, 0, 2, 0) }).scores, personal, 12);
    const karate = pageRank(karateClub(), { tolerance }).scores;
    closeTo(karate.subarray(0, 4), [0.0969972854, 0.0528769241, 0.0570785095, 0.0358598578], 9);
    closeTo(karate.subarray(31), [0.0371580871, 0.071693226, 0.1009191823], 9);
  });

  it('is off by no more than its bound when it stops early', () => {
    const exact = pageRank(karateClub(), { tolerance: 1e-15 }).scores;
    for (const maxIterations of [1, 2, 5, 10, 20]) {
      const { scores, error, iterations, converged } = pageRank(karateClub(), { maxIterations });
      expect(iterations).toBe(maxIterations);
      expect(converged).toBe(false);
      const off = scores.reduce((sum, score, v) => sum + Math.abs(score - exact[v]!), 0);
      expect(off).toBeLessThanOrEqual(error + 1e-12);
    }
  });

  it('answers for a graph without nodes and one without arcs', () => {
    expect(pageRank(directedOf({ size: 0, arcs: [] })).scores).toHaveLength(0);
    closeTo(pageRank(directedOf({ size: 4, arcs: [] })).scores, [0.25, 0.25, 0.25, 0.25], 12);
  });

  it('refuses a teleport vector that is no distribution', () => {
    const graph = directedOf({ size: 2, arcs: [] });
    for (const teleport of [[1], [0, 0], [-1, 2], [Number.NaN, 1], [Infinity, 1]])
      expect(() => pageRank(graph, { teleport: Float64Array.from(teleport) })).toThrow(RangeError);
  });

  it('stops when the checkpoint throws', () => {
    const stop = (): never => {
      throw new Error('enough');
    };
    expect(() => pageRank(karateClub(), { checkpoint: stop })).toThrow('enough');
  });
});
