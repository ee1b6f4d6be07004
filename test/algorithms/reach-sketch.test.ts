import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reachCounts } from '../../algorithms/reach-counts.ts';
import { estimatedReach, estimatedReaching } from '../../algorithms/reach-sketch.ts';
import { seededRandom } from '../../algorithms/seeded-random.ts';
import { directedGraph, reversed, type WeightedGraph } from '../../algorithms/weighted-graph.ts';
import { announceSeed, runs } from '../support/seed.ts';
import { arcs, directedOf, karateClub } from '../support/weighted-graphs.ts';

announceSeed();

/** Mostly from lower to higher numbers, with some circles; nodes of few arcs and of many. */
function layered(nodes: number, seed: number): WeightedGraph {
  const random = seededRandom(seed);
  const from: number[] = [];
  const to: number[] = [];
  for (let v = 0; v < nodes; v++) {
    for (let arc = Math.floor(4 * random() ** 3); arc >= 0; arc--) {
      from.push(v);
      to.push(random() < 0.02 ? Math.floor(random() * nodes) : Math.min(nodes - 1, v + Math.ceil(random() * 400)));
    }
  }
  return directedGraph(nodes, Uint32Array.from(from), Uint32Array.from(to));
}

/** Over many seeds, always the same: root mean square and mean of the error of a count, as shares of it. */
function errorsOver(seeds: number, count: number, registers: number): { spread: number; bias: number } {
  // Marks that are not reached make room: an estimate is cut off at the number of marks.
  const nodes = 4 * count + 1;
  const marked = Uint32Array.from({ length: nodes - 1 }, (_, i) => i + 1);
  const star = directedGraph(nodes, new Uint32Array(count), marked.slice(0, count));
  let squares = 0;
  let sum = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const off = estimatedReach(star, marked, { registers, seed }).counts[0]! / count - 1;
    squares += off ** 2;
    sum += off;
  }
  return { spread: Math.sqrt(squares / seeds), bias: sum / seeds };
}

describe('estimatedReach', () => {
  it.each([64, 256])(
    'has the standard error that it tells and no bias, from small sets on, with %i registers',
    (registers) => {
      const standardError = 1.04 / Math.sqrt(registers);
      const seeds = 200;
      for (const count of [1, 2, 5, 20, 64, 160, 200, 320, 640, 1_300, 5_000]) {
        const { spread, bias } = errorsOver(seeds, count, registers);
        // The spread of 200 seeds is itself known to 5 %; the mean to the standard error divided by the root of 200.
        expect(spread).toBeLessThan(1.15 * standardError);
        expect(Math.abs(bias)).toBeLessThan((4 * standardError) / Math.sqrt(seeds));
      }
    },
  );

  it.each([64, 256])('is near the exact counts on graphs with circles, with %i registers', (registers) => {
    for (const seed of [1, 2, 3]) {
      const graph = layered(3_000, seed);
      const marked = Uint32Array.from({ length: 3_000 }, (_, v) => v).filter((v) => v % 3 !== 0);
      for (const [estimates, exact] of [
        [estimatedReach(graph, marked, { registers, seed }), reachCounts(graph, marked)],
        [estimatedReaching(graph, marked, { registers, seed }), reachCounts(reversed(graph), marked)],
      ] as const) {
        let outside = 0;
        exact.forEach((count, v) => {
          if (count === 0) expect(estimates.counts[v]).toBe(0);
          else if (Math.abs(estimates.counts[v]! / count - 1) > 3 * estimates.standardError) outside++;
        });
        // Three standard errors; the nodes of one graph share most of what they reach, so they are off together.
        expect(outside).toBeLessThan(0.02 * 3_000);
      }
    }
  });

  it('is within one of the exact count on small graphs', () => {
    fc.assert(
      fc.property(arcs(14), fc.infiniteStream(fc.boolean()), (graph, marks) => {
        const marked = Uint32Array.from({ length: graph.size }, (_, v) => v).filter(() => marks.next().value);
        const { counts } = estimatedReach(directedOf(graph), marked, { registers: 65_536 });
        // So many registers that hardly two nodes share one: the count is that of the registers used.
        reachCounts(directedOf(graph), marked).forEach((count, v) => {
          expect(Math.abs(counts[v]! - count)).toBeLessThan(1 + 1e-3);
        });
      }),
      runs(100),
    );
  });

  it('does not count a mark twice, nor more than there are', () => {
    const marked = Uint32Array.of(3, 3, 5, 5, 5);
    const { counts } = estimatedReach(karateClub(), marked, { seed: 4 });
    for (const count of counts) expect(count).toBeLessThanOrEqual(2);
    expect(counts).toEqual(estimatedReach(karateClub(), Uint32Array.of(5, 3), { seed: 4 }).counts);
  });

  it('gives the same for the same seed, and something else for another', () => {
    const graph = layered(500, 1);
    const marked = Uint32Array.from({ length: 500 }, (_, v) => v);
    expect(estimatedReach(graph, marked, { seed: 7 })).toEqual(estimatedReach(graph, marked, { seed: 7 }));
    expect(estimatedReach(graph, marked, { seed: 7 })).not.toEqual(estimatedReach(graph, marked, { seed: 8 }));
  });

  it('refuses a number of registers that it cannot hash to', () => {
    for (const registers of [0, 8, 100, 131_072, Number.NaN])
      expect(() => estimatedReach(karateClub(), new Uint32Array(0), { registers })).toThrow(RangeError);
  });
});
