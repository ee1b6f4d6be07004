import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Cut,
  type CutNetwork,
  type CutsEnd,
  cutsInOrder,
  minimumCut,
  minimumCuts,
  wholeCapacities,
} from '../../algorithms/minimum-cut.ts';
import { type Multigraph, multigraph, reachedIn, sourcesIn, targetsIn } from '../support/multigraphs.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';

announceSeed();

interface Case {
  readonly graph: Multigraph;
  readonly capacities: readonly number[];
}

const INFINITE = Number.POSITIVE_INFINITY;

/** From node 0 to node 1, with capacities that tie often. */
const cases = (capacity: fc.Arbitrary<number>): fc.Arbitrary<Case> =>
  multigraph(6, 2)
    .filter(({ size }) => size > 1)
    .map((graph) => ({ ...graph, arcs: graph.arcs.slice(0, 11) }))
    .chain((graph) =>
      fc.record({
        graph: fc.constant(graph),
        capacities: fc.array(capacity, { minLength: graph.arcs.length, maxLength: graph.arcs.length }),
      }),
    );
const anyCapacity = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 3 }) },
  { weight: 1, arbitrary: fc.constant(INFINITE) },
);

const networkOf = ({ graph, capacities }: Case): CutNetwork => ({
  nodeCount: graph.size,
  sources: sourcesIn(graph),
  targets: targetsIn(graph),
  capacities: Float64Array.from(capacities),
  source: 0,
  sink: 1,
});

/** All sets of arcs that separate and need each of their arcs, by trying every set. */
function everyCut({ graph, capacities }: Case): Cut[] {
  const cuttable = capacities.flatMap((capacity, arc) => (capacity < INFINITE ? [arc] : []));
  const separates = (isCut: (arc: number) => boolean): boolean =>
    !reachedIn({ size: graph.size, arcs: graph.arcs.filter((_, arc) => !isCut(arc)) }, 0)[1];
  const cuts: Cut[] = [];
  for (let set = 0; set < 1 << cuttable.length; set++) {
    const arcs = cuttable.filter((_, i) => (set >> i) & 1);
    if (!separates((arc) => arcs.includes(arc))) continue;
    if (arcs.some((left) => separates((arc) => arc !== left && arcs.includes(arc)))) continue;
    cuts.push({ arcs: Uint32Array.from(arcs), value: arcs.reduce((sum, arc) => sum + capacities[arc]!, 0) });
  }
  return cuts;
}

const freeOf = (of: Case, cut: Cut): number => cut.arcs.reduce((n, arc) => n + Number(of.capacities[arc] === 0), 0);
const name = (cut: Cut): string => `${cut.value}: ${cut.arcs.join(' ')}`;
const names = (cuts: readonly Cut[]): string[] => cuts.map(name).sort();

function least(of: Case): Cut[] {
  const cuts = everyCut(of);
  const value = Math.min(...cuts.map((cut) => cut.value));
  const cheapest = cuts.filter((cut) => cut.value === value);
  const free = Math.min(...cheapest.map((cut) => freeOf(of, cut)));
  return cheapest.filter((cut) => freeOf(of, cut) === free);
}

function ended(cuts: Generator<Cut, CutsEnd>): { readonly cuts: Cut[]; readonly end: CutsEnd } {
  const told: Cut[] = [];
  for (;;) {
    const next = cuts.next();
    if (next.done) return { cuts: told, end: next.value };
    told.push(next.value);
  }
}

const NO_LIMIT = { limit: INFINITE, flows: INFINITE };

describe('minimumCut', () => {
  it('is the cheapest set of arcs that separates, nearest to either end', () => {
    fc.assert(
      fc.property(cases(anyCapacity), (of) => {
        const cut = minimumCut(networkOf(of));
        const cheapest = least(of);
        if ('uncuttable' in cut) {
          expect(cheapest).toEqual([]);
          expect(cut.value).toBe(INFINITE);
          expect(cut.uncuttable.every((arc) => of.capacities[arc] === INFINITE)).toBe(true);
          expect([0, ...cut.uncuttable.map((arc) => of.graph.arcs[arc]![1])]).toEqual([
            ...cut.uncuttable.map((arc) => of.graph.arcs[arc]![0]),
            1,
          ]);
          return;
        }
        /** Nodes that are left to the source, of which the nearest cut leaves the fewest and the farthest the most. */
        const left = (arcs: Uint32Array): number =>
          reachedIn({ ...of.graph, arcs: of.graph.arcs.filter((_, arc) => !arcs.includes(arc)) }, 0).filter(Boolean)
            .length;
        const lefts = cheapest.map(({ arcs }) => left(arcs));
        expect(names(cheapest)).toContain(name({ value: cut.value, arcs: cut.sourceMost }));
        expect(names(cheapest)).toContain(name({ value: cut.value, arcs: cut.sinkMost }));
        expect(left(cut.sourceMost)).toBe(Math.min(...lefts));
        expect(left(cut.sinkMost)).toBe(Math.max(...lefts));
      }),
      runs(1_000),
    );
  });

  it('of the network of Ford and Fulkerson as textbooks have it is 23', () => {
    // T. Cormen et al., "Introduction to Algorithms", figure 26.1: s = 0, t = 1, v1..v4 = 2..5.
    const arcs = [
      [0, 2, 16],
      [0, 3, 13],
      [2, 4, 12],
      [3, 2, 4],
      [3, 5, 14],
      [4, 3, 9],
      [5, 4, 7],
      [4, 1, 20],
      [5, 1, 4],
    ] as const;
    const of = {
      graph: { size: 6, arcs: arcs.map(([from, to]) => [from, to] as const) },
      capacities: arcs.map((a) => a[2]),
    };
    expect(minimumCut(networkOf(of))).toEqual({
      value: 23,
      sourceMost: Uint32Array.of(2, 6, 8),
      sinkMost: Uint32Array.of(2, 6, 8),
    });
  });

  it('of ends that nothing connects is empty, and of one node there is none', () => {
    const of = { graph: { size: 2, arcs: [[1, 0] as const] }, capacities: [1] };
    expect(minimumCut(networkOf(of))).toEqual({
      value: 0,
      sourceMost: new Uint32Array(),
      sinkMost: new Uint32Array(),
    });
    expect(ended(cutsInOrder(networkOf(of), NO_LIMIT))).toEqual({
      cuts: [{ value: 0, arcs: new Uint32Array() }],
      end: 'ALL',
    });
    expect(minimumCut({ ...networkOf(of), sink: 0 })).toEqual({ value: INFINITE, uncuttable: [] });
  });

  it.each([[-1], [0.5], [Number.NaN], [2 ** 53]])('refuses a capacity of %d', (capacity) => {
    const of = { graph: { size: 2, arcs: [[0, 1] as const] }, capacities: [capacity] };
    expect(() => minimumCut(networkOf(of))).toThrow(RangeError);
  });

  it('refuses capacities that are not exact together', () => {
    const of = { graph: { size: 2, arcs: [[0, 1] as const, [0, 1] as const] }, capacities: [2 ** 52, 2 ** 52] };
    expect(() => minimumCut(networkOf(of))).toThrow('not exact');
  });

  it('can be stopped', () => {
    const of = { graph: { size: 2, arcs: [[0, 1] as const] }, capacities: [1] };
    const stop = (): never => {
      throw new Error('stopped');
    };
    expect(() => minimumCut(networkOf(of), stop)).toThrow('stopped');
    expect(() => ended(cutsInOrder(networkOf(of), { ...NO_LIMIT, checkpoint: stop }))).toThrow('stopped');
  });
});

describe('minimumCuts', () => {
  it('are all of the cheapest, each once, the one nearest to the source first', () => {
    fc.assert(
      fc.property(cases(anyCapacity), (of) => {
        const { cuts, end } = ended(minimumCuts(networkOf(of), NO_LIMIT));
        expect(names(cuts)).toEqual(names(least(of)));
        expect(end).toBe('ALL');
        const first = minimumCut(networkOf(of));
        if ('sourceMost' in first) expect(cuts[0]).toEqual({ value: first.value, arcs: first.sourceMost });
      }),
      runs(1_000),
    );
  });

  it('of a chain of equal arcs are its arcs, and no more than asked for', () => {
    const size = 40;
    const chain = [0, ...Array.from({ length: size - 2 }, (_, i) => i + 2), 1];
    const graph = { size, arcs: chain.slice(1).map((to, i) => [chain[i]!, to] as const) };
    const network = networkOf({ graph, capacities: graph.arcs.map(() => 7) });
    expect(ended(minimumCuts(network, NO_LIMIT)).cuts).toHaveLength(39);
    const some = ended(minimumCuts(network, { limit: 5 }));
    expect(some.cuts).toHaveLength(5);
    expect(some.end).toBe('LIMIT');
    expect(ended(minimumCuts(network, { limit: 39 })).end).toBe('ALL');
  });
});

describe('cutsInOrder', () => {
  it(
    'are all cuts that need each of their arcs, each once, the cheapest first',
    () => {
      fc.assert(
        fc.property(cases(anyCapacity), (of) => {
          const { cuts, end } = ended(cutsInOrder(networkOf(of), NO_LIMIT));
          expect(names(cuts)).toEqual(names(everyCut(of)));
          expect(end).toBe('ALL');
          const ranks = cuts.map((cut) => cut.value * 100 + freeOf(of, cut));
          expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
          expect(ended(cutsInOrder(networkOf(of), NO_LIMIT)).cuts).toEqual(cuts);
        }),
        runs(1_000),
      );
    },
    LONG,
  );

  it('begin with as many as asked for, and say which limit was hit', () => {
    fc.assert(
      fc.property(cases(anyCapacity), fc.nat(4), fc.nat(8), (of, limit, flows) => {
        const all = ended(cutsInOrder(networkOf(of), NO_LIMIT)).cuts;
        const few = ended(cutsInOrder(networkOf(of), { limit, flows: INFINITE }));
        expect(few.cuts).toEqual(all.slice(0, limit));
        expect(few.end).toBe(all.length > limit ? 'LIMIT' : 'ALL');
        const some = ended(cutsInOrder(networkOf(of), { limit: INFINITE, flows }));
        expect(some.cuts).toEqual(all.slice(0, some.cuts.length));
        if (some.end === 'ALL') expect(some.cuts).toEqual(all);
        else expect(some.end).toBe('FLOWS');
      }),
      runs(300),
    );
  });
});

describe('wholeCapacities', () => {
  it('makes ties of decimals that are ties', () => {
    const { capacities, perUnit } = wholeCapacities([0.1, 0.2, 0.3, 5, INFINITE, 2.5e-3, 1e3]);
    expect([...capacities]).toEqual([1000, 2000, 3000, 50_000, INFINITE, 25, 10_000_000]);
    expect(perUnit).toBe(10_000);
    expect(wholeCapacities([1e21 / 1e18, 4]).capacities).toEqual(Float64Array.of(1000, 4));
  });

  it('gives the costs back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10 ** 9 }), { maxLength: 20 }), fc.nat(5), (wholes, decimals) => {
        const costs = wholes.map((whole) => whole / 10 ** decimals);
        const { capacities, perUnit } = wholeCapacities(costs);
        expect([...capacities].map((capacity) => capacity / perUnit)).toEqual(costs);
        expect(capacities.every(Number.isSafeInteger)).toBe(true);
        expect(10 ** decimals % perUnit).toBe(0);
      }),
      runs(500),
    );
  });

  it.each([[[-1]], [[Number.NaN]], [[1e-20, 1]], [[2 ** 53, 1]]])('refuses %j', (costs) => {
    expect(() => wholeCapacities(costs)).toThrow(RangeError);
  });
});
