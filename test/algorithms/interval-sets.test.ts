import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALWAYS,
  areEqual,
  contains,
  type IntervalSet,
  intersection,
  interval,
  NEVER,
  union,
} from '../../algorithms/interval-sets.ts';
import { windowsAlongPaths } from '../../algorithms/windows-along-paths.ts';
import { multigraph, rowsOf, simplePathsIn } from '../support/multigraphs.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

const INFINITE = Number.POSITIVE_INFINITY;
const end = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 9 }) },
  { weight: 1, arbitrary: fc.constantFrom(INFINITE, -INFINITE) },
);
const anyInterval = fc.tuple(end, end).map(([from, to]) => interval(from, to));
const anySet = fc.array(anyInterval, { maxLength: 4 }).map((parts) => parts.reduce(union, NEVER));

/** Instants that tell sets with whole ends up to 9 apart. */
const INSTANTS = Array.from({ length: 23 }, (_, i) => (i - 1) / 2).concat(-1e9, 1e9, -INFINITE);
const members = (set: IntervalSet): boolean[] => INSTANTS.map((instant) => contains(set, instant));

describe('interval sets', () => {
  it('join and meet as sets of instants do', () => {
    fc.assert(
      fc.property(anySet, anySet, (a, b) => {
        expect(members(union(a, b))).toEqual(INSTANTS.map((at) => contains(a, at) || contains(b, at)));
        expect(members(intersection(a, b))).toEqual(INSTANTS.map((at) => contains(a, at) && contains(b, at)));
      }),
      runs(1_000),
    );
  });

  it('are the same row exactly when they are the same set', () => {
    fc.assert(
      fc.property(anySet, anySet, (a, b) => {
        for (const set of [union(a, b), intersection(a, b)]) {
          expect(set.length % 2).toBe(0);
          for (let i = 1; i < set.length; i++) expect(set[i]!).toBeGreaterThan(set[i - 1]!);
        }
        const isSame = members(a).every((is, i) => is === members(b)[i]);
        expect(areEqual(a, b)).toBe(isSame);
        expect(areEqual(union(a, b), union(b, a))).toBe(true);
        expect(areEqual(intersection(a, union(a, b)), a)).toBe(true);
      }),
      runs(1_000),
    );
  });

  it('hold their first instant and not their last', () => {
    expect(members(interval(1, 2)).filter(Boolean)).toHaveLength(2);
    expect([contains(interval(1, 2), 1), contains(interval(1, 2), 2)]).toEqual([true, false]);
    expect(union(interval(1, 2), interval(2, 3))).toEqual([1, 3]);
    expect(intersection(interval(1, 2), interval(2, 3))).toEqual(NEVER);
    expect(interval(2, 2)).toEqual(NEVER);
    expect(intersection(ALWAYS, interval(-INFINITE, 4))).toEqual([-INFINITE, 4]);
    expect(() => interval(Number.NaN, 1)).toThrow(RangeError);
  });
});

describe('windowsAlongPaths', () => {
  it('are the union over all paths of what their arcs have in common', () => {
    fc.assert(
      fc.property(multigraph(5, 2), fc.infiniteStream(fc.oneof(anySet, fc.constant(ALWAYS))), (graph, stream) => {
        const rows = rowsOf(graph);
        const windows = graph.arcs.map(() => stream.next().value as IntervalSet);
        const when = windowsAlongPaths(
          rows,
          [...rows.arcs].map((arc) => windows[arc]!),
          0,
        );
        when.forEach((set, v) => {
          const expected = simplePathsIn(graph, 0, v)
            .map((path) => path.reduce((common, arc) => intersection(common, windows[arc]!), ALWAYS))
            .reduce(union, NEVER);
          expect(set).toEqual(expected);
        });
      }),
      runs(500),
    );
  });
});
