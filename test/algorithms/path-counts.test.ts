import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactSums } from '../../algorithms/exact-sums.ts';
import { pathsByLength, pathsFrom, pathsTo } from '../../algorithms/path-counts.ts';
import { topologicalOrder } from '../../algorithms/topological-order.ts';
import {
  acyclicMultigraph,
  type Multigraph,
  multigraph,
  reachedIn,
  rowsOf,
  simplePathsIn,
} from '../support/multigraphs.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

/** A row of diamonds, each with so many ways from one end to the other. */
const diamonds = (count: number, ways: number): Multigraph => ({
  size: count + 1,
  arcs: Array.from({ length: count * ways }, (_, arc) => [Math.floor(arc / ways), Math.floor(arc / ways) + 1] as const),
});

const orderOf = (graph: Multigraph): Uint32Array => topologicalOrder(rowsOf(graph))!;

describe('topologicalOrder', () => {
  it('has each node before those that it leads to, and is none exactly when there is a cycle', () => {
    fc.assert(
      fc.property(multigraph(6, 2), (graph) => {
        const order = topologicalOrder(rowsOf(graph));
        const isCyclic = graph.arcs.some(([from, to]) => reachedIn(graph, to)[from]);
        expect(order === undefined).toBe(isCyclic);
        if (order === undefined) return;
        expect([...order].sort((a, b) => a - b)).toEqual([...new Array(graph.size).keys()]);
        for (const [from, to] of graph.arcs) expect(order.indexOf(from)).toBeLessThan(order.indexOf(to));
      }),
      runs(500),
    );
  });
});

describe('path counts', () => {
  it('are as many as there are paths: from a node, to a node, and by length', () => {
    fc.assert(
      fc.property(acyclicMultigraph(7, 2), (graph) => {
        const rows = rowsOf(graph);
        const order = orderOf(graph);
        const from = pathsFrom(rows, order, 0);
        const to = pathsTo(rows, order, 0);
        for (let v = 0; v < graph.size; v++) {
          const there = simplePathsIn(graph, 0, v);
          const back = simplePathsIn(graph, v, 0).length;
          expect([from.exact(v), from.nearest[v]]).toEqual([BigInt(there.length), there.length]);
          expect([to.exact(v), to.nearest[v]]).toEqual([BigInt(back), back]);
          const longest = Math.max(-1, ...there.map((path) => path.length));
          const byLength = Array.from({ length: longest + 1 }, (_, length) =>
            BigInt(there.filter((path) => path.length === length).length),
          );
          expect(pathsByLength(rows, 0, v)).toEqual(byLength);
          const short = pathsByLength(rows, 0, v, 1);
          expect(short.reduce((sum, each) => sum + each, 0n)).toBe(
            BigInt(there.filter((path) => path.length <= 1).length),
          );
        }
      }),
      runs(500),
    );
  });

  it('by length are those of walks where there are cycles', () => {
    const graph = {
      size: 2,
      arcs: [
        [0, 1],
        [1, 0],
      ] as const,
    };
    expect(pathsByLength(rowsOf(graph), 0, 1, 5)).toEqual([0n, 1n, 0n, 1n, 0n, 1n]);
  });

  it.each([
    [52, 2],
    [53, 2],
    [54, 2],
    [60, 3],
    [1_500, 3],
  ])('stay exact in a row of %d diamonds of %d ways', (count, ways) => {
    const graph = diamonds(count, ways);
    const rows = rowsOf(graph);
    const expected = BigInt(ways) ** BigInt(count);
    const from = pathsFrom(rows, orderOf(graph), 0);
    expect(from.exact(count)).toBe(expected);
    expect(from.isLarge(count)).toBe(expected > BigInt(Number.MAX_SAFE_INTEGER));
    expect(from.nearest[count]).toBe(Number(expected));
    expect(from.isLarge(1)).toBe(false);
    expect(pathsTo(rows, orderOf(graph), count).exact(0)).toBe(expected);
    expect(pathsByLength(rows, 0, count).at(-1)).toBe(expected);
  });

  it('of a grid are the binomial coefficients', () => {
    const side = 40;
    const arcs: [number, number][] = [];
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        if (column + 1 < side) arcs.push([row * side + column, row * side + column + 1]);
        if (row + 1 < side) arcs.push([row * side + column, (row + 1) * side + column]);
      }
    }
    const graph = { size: side * side, arcs };
    let expected = 1n;
    for (let i = 1n; i <= 39n; i++) expected = (expected * (39n + i)) / i;
    expect(pathsFrom(rowsOf(graph), orderOf(graph), 0).exact(side * side - 1)).toBe(expected);
  });
});

describe('ExactSums', () => {
  it('are what big integers sum up to', () => {
    const start = fc.array(fc.maxSafeNat(), { minLength: 4, maxLength: 4 });
    const step = fc.tuple(fc.nat(3), fc.nat(3));
    fc.assert(
      fc.property(start, fc.array(step, { maxLength: 60 }), (values, steps) => {
        const sums = new ExactSums(4);
        sums.nearest.set(values);
        const exact = values.map(BigInt);
        for (const [place, other] of steps) {
          sums.add(place, sums, other);
          exact[place] = exact[place]! + exact[other]!;
        }
        exact.forEach((sum, place) => {
          expect(sums.exact(place)).toBe(sum);
          expect(sums.nearest[place]).toBe(Number(sum));
          expect(sums.isLarge(place)).toBe(sum > BigInt(Number.MAX_SAFE_INTEGER));
        });
        expect(sums.hasLarge).toBe(exact.some((sum) => sum > BigInt(Number.MAX_SAFE_INTEGER)));
      }),
      runs(500),
    );
  });
});
