import fc from 'fast-check';
import { DirectedGraph } from 'graphology';
import hitsModule from 'graphology-metrics/centrality/hits.js';
import { describe, expect, it } from 'vitest';
import { hits } from '../../algorithms/hits.ts';
import { announceSeed, runs } from '../support/seed.ts';
import { type Arcs, arcs, directedOf, karateClub, matrixOf } from '../support/weighted-graphs.ts';

announceSeed();

const product = (one: readonly number[][], other: readonly number[][]): number[][] =>
  one.map((row) => other[0]!.map((_, w) => row.reduce((sum, each, v) => sum + each * other[v]![w]!, 0)));
const transposed = (matrix: readonly number[][]): number[][] => matrix.map((_, v) => matrix.map((row) => row[v]!));
const sumOf = (scores: ArrayLike<number>): number => Array.from(scores).reduce((sum, score) => sum + score, 0);
const toSum1 = (scores: readonly number[]): number[] => scores.map((score) => score / sumOf(scores));
const off = (one: ArrayLike<number>, other: ArrayLike<number>): number =>
  sumOf(Array.from(one, (score, v) => Math.abs(score - other[v]!)));

/** (A·Aᵀ) to the power of 2^24 on equal hubs, by squaring the dense matrix. */
function bruteForce(graph: Arcs): { hubs: number[]; authorities: number[] } {
  const weights = matrixOf(graph);
  let power = product(weights, transposed(weights));
  for (let i = 0; i < 24; i++) {
    const most = Math.max(...power.flat());
    power = power.map((row) => row.map((each) => each / most));
    power = product(power, power);
  }
  const hubs = toSum1(power.map((row) => sumOf(row)));
  return { hubs, authorities: toSum1(transposed(weights).map((row) => sumOf(row.map((w, v) => w * hubs[v]!)))) };
}

const hasArcs = (graph: Arcs): boolean => graph.arcs.some(([from, to]) => from !== to);

function graphologyHits(graph: Arcs): { hubs: number[]; authorities: number[] } {
  const built = new DirectedGraph();
  const matrix = matrixOf(graph);
  for (let v = 0; v < graph.size; v++) built.addNode(v);
  for (const [v, row] of matrix.entries())
    for (const [w, weight] of row.entries()) if (weight > 0) built.addDirectedEdge(v, w, { weight });
  const run = hitsModule as unknown as typeof hitsModule.default;
  const { hubs, authorities } = run(built, { maxIterations: 100_000, tolerance: 1e-13 });
  const byNode = (scores: Record<string, number>) => matrix.map((_, v) => scores[v]!);
  return { hubs: byNode(hubs), authorities: byNode(authorities) };
}

describe('hits', () => {
  it('is the leading eigenvectors, by powers of the dense matrix', () => {
    fc.assert(
      fc.property(arcs().filter(hasArcs), (graph) => {
        const found = hits(directedOf(graph), { tolerance: 1e-11, maxIterations: 1_000_000 });
        const expected = bruteForce(graph);
        expect(found.converged).toBe(true);
        expect(off(found.hubs, expected.hubs)).toBeLessThan(1e-7);
        expect(off(found.authorities, expected.authorities)).toBeLessThan(1e-7);
        expect(sumOf(found.hubs)).toBeCloseTo(1, 12);
        expect(sumOf(found.authorities)).toBeCloseTo(1, 12);
      }),
      runs(400),
    );
  });

  it('is what graphology-metrics gives, on simple weighted graphs', () => {
    fc.assert(
      fc.property(arcs().filter(hasArcs), (graph) => {
        const found = hits(directedOf(graph), { tolerance: 1e-11, maxIterations: 1_000_000 });
        const theirs = graphologyHits(graph);
        expect(off(found.hubs, theirs.hubs)).toBeLessThan(1e-7);
        expect(off(found.authorities, theirs.authorities)).toBeLessThan(1e-7);
      }),
      runs(200),
    );
  });

  it('does not depend on the unit of the weights', () => {
    fc.assert(
      fc.property(arcs(), fc.constantFrom(1e-150, 1e-3, 1e150), (graph, unit) => {
        const scaled = { ...graph, arcs: graph.arcs.map(([from, to, weight]) => [from, to, weight * unit] as const) };
        const one = hits(directedOf(graph), { maxIterations: 100_000 });
        const other = hits(directedOf(scaled), { maxIterations: 100_000 });
        expect(off(one.hubs, other.hubs)).toBeLessThan(1e-7);
        expect(off(one.authorities, other.authorities)).toBeLessThan(1e-7);
      }),
      runs(100),
    );
  });

  it('tells how far off it is when it stops early', () => {
    const exact = hits(karateClub(), { tolerance: 1e-14 });
    expect(hits(karateClub(), { maxIterations: 1 })).toMatchObject({
      iterations: 1,
      error: Infinity,
      converged: false,
    });
    // The first steps still have all directions in them.
    for (const maxIterations of [8, 10, 15, 20, 30]) {
      const { hubs, authorities, error, iterations, converged } = hits(karateClub(), { maxIterations, tolerance: 0 });
      expect({ iterations, converged }).toEqual({ iterations: maxIterations, converged: false });
      expect(Math.max(off(hubs, exact.hubs), off(authorities, exact.authorities))).toBeLessThan(1.1 * error);
    }
  });

  it('does not take slow progress for the end', () => {
    // Two stars of almost the same weight: the lighter one goes, by the ratio of their squares a step.
    const graph = directedOf({
      size: 4,
      arcs: [
        [0, 1, 1_000],
        [2, 3, 999],
      ],
    });
    const few = hits(graph, { maxIterations: 100, tolerance: 1e-3 });
    expect(few.converged).toBe(false);
    const enough = hits(graph, { maxIterations: 100_000, tolerance: 1e-9 });
    expect(enough.converged).toBe(true);
    expect(off(enough.hubs, [1, 0, 0, 0])).toBeLessThan(2e-9);
  });

  it('stops when the checkpoint throws', () => {
    const stop = (): never => {
      throw new Error('enough');
    };
    expect(() => hits(karateClub(), { checkpoint: stop })).toThrow('enough');
  });
});
