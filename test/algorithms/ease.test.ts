/** EASE against its definition: the inverse by elimination, and the normal equations that its weights must fulfil. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ease, easeScores, invertPositive, type SparseRows } from '../../algorithms/ease.ts';
import { seededRandom } from '../../algorithms/seeded-random.ts';
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

/** Gauss and Jordan, with the largest pivot. */
function inverseOf(a: readonly (readonly number[])[]): number[][] {
  const m = a.length;
  const wide = a.map((row, i) => [...row, ...Array.from({ length: m }, (_, j) => (i === j ? 1 : 0))]);
  for (let c = 0; c < m; c++) {
    let best = c;
    for (let r = c; r < m; r++) if (Math.abs(wide[r]![c]!) > Math.abs(wide[best]![c]!)) best = r;
    [wide[c], wide[best]] = [wide[best]!, wide[c]!];
    const pivot = wide[c]![c]!;
    wide[c] = wide[c]!.map((x) => x / pivot);
    for (let r = 0; r < m; r++) {
      if (r === c) continue;
      const times = wide[r]![c]!;
      wide[r] = wide[r]!.map((x, j) => x - times * wide[c]![j]!);
    }
  }
  return wide.map((row) => row.slice(m));
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

  it('inverts matrices of many blocks', () => {
    for (const m of [1, 47, 48, 49, 97, 150]) {
      const random = seededRandom(m);
      const x = Array.from({ length: m }, () => Array.from({ length: m }, () => random() - 0.5));
      const a = new Float64Array(m * m);
      for (let i = 0; i < m; i++)
        for (let j = 0; j < m; j++) a[i * m + j] = x.reduce((sum, row) => sum + row[i]! * row[j]!, i === j ? 1 : 0);
      const inverse = invertPositive(a.slice(), m);
      let worst = 0;
      for (let i = 0; i < m; i++)
        for (let j = 0; j < m; j++) {
          let sum = i === j ? -1 : 0;
          for (let k = 0; k < m; k++) sum += a[i * m + k]! * inverse[k * m + j]!;
          worst = Math.max(worst, Math.abs(sum));
        }
      expect(worst).toBeLessThan(1e-9);
    }
  });

  it('refuses what has no inverse, and a lambda that makes none', () => {
    expect(() => invertPositive(Float64Array.from([1, 2, 2, 1]), 2)).toThrow(RangeError);
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
