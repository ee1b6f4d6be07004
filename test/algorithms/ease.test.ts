/** EASE against its definition: the inverse by elimination, and the normal equations that its weights must fulfil. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ease, easeScores, type SparseRows } from '../../algorithms/ease.ts';
import { inverseOf } from '../support/gauss-jordan.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

const rowsOf = (rows: readonly (readonly number[])[], columns: number, weights?: readonly number[]): SparseRows => ({
  bounds: Uint32Array.from([0, ...rows.map((_, r) => rows.slice(0, r + 1).flat().length)]),
  cells: Uint32Array.from(rows.flat()),
  columns,
  weights: weights === undefined ? undefined : Float64Array.from(weights),
});

function gramOf(rows: readonly (readonly number[])[], m: number, lambda: number, weights?: readonly number[]) {
  return Array.from({ length: m }, (_, p) =>
    Array.from({ length: m }, (__, q) => {
      const together = rows.reduce(
        (n, row, r) => n + (row.includes(p) && row.includes(q) ? (weights?.[r] ?? 1) : 0),
        0,
      );
      return together + (p === q ? lambda : 0);
    }),
  );
}

const M = 6;
const someRows = fc.array(fc.uniqueArray(fc.nat(M - 1), { maxLength: M }), { maxLength: 8 });

describe('EASE', () => {
  it('is what its paper defines', () => {
    fc.assert(
      fc.property(someRows, fc.double({ min: 0.1, max: 50, noNaN: true }), (rows, lambda) => {
        const inverse = inverseOf(gramOf(rows, M, lambda));
        const weights = ease(rowsOf(rows, M), lambda);
        for (let q = 0; q < M; q++)
          for (let p = 0; p < M; p++)
            expect(weights[q * M + p]).toBeCloseTo(q === p ? 0 : -inverse[q]![p]! / inverse[p]![p]!, 8);
      }),
      runs(300),
    );
  });

  it('takes a row that stands there three times as three rows', () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const weights = rows.map((_, r) => 1 + (r % 3));
        const repeated = rows.flatMap((row, r) => Array.from({ length: weights[r]! }, () => row));
        const [one, other] = [ease(rowsOf(rows, M, weights), 2), ease(rowsOf(repeated, M), 2)];
        expect([...one]).toEqual([...other]);
      }),
      runs(200),
    );
  });

  it('refuses a lambda that makes no inverse', () => {
    for (const lambda of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => ease(rowsOf([[0]], 1), lambda)).toThrow(RangeError);
    expect(ease(rowsOf([], 0), 1)).toHaveLength(0);
  });

  it('can be stopped', () => {
    const stop = () => {
      throw new Error('stopped');
    };
    expect(() => ease(rowsOf([[0, 1]], 2), 1, stop)).toThrow('stopped');
  });

  it('scores each cell by the others of its row', () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const model = ease(rowsOf(rows, M), 2);
        const scores = easeScores(rowsOf(rows, M), model);
        const obvious = rows.flatMap((row) => row.map((p) => row.reduce((sum, q) => sum + model[q * M + p]!, 0)));
        expect([...scores]).toHaveLength(obvious.length);
        obvious.forEach((score, cell) => {
          expect(scores[cell]).toBeCloseTo(score, 12);
        });
      }),
      runs(300),
    );
  });
});
