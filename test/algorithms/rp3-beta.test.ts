/** RP3β against the sum over all walks, one by one, of which none takes the cell that is judged. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SparseRows } from '../../algorithms/ease.ts';
import { rp3BetaScores } from '../../algorithms/rp3-beta.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

type Lists = readonly (readonly number[])[];
const rowsOf = (rows: Lists, columns: number, weights?: readonly number[]): SparseRows => ({
  bounds: Uint32Array.from([0, ...rows.map((_, r) => rows.slice(0, r + 1).flat().length)]),
  cells: Uint32Array.from(rows.flat()),
  columns,
  weights: weights && Float64Array.from(weights),
});

function obvious(rows: Lists, beta: number): number[] {
  const holders = (column: number): number => rows.filter((row) => row.includes(column)).length;
  return rows.flatMap((row, u) =>
    row.map((p) => {
      let walks = 0;
      for (const q of row)
        rows.forEach((other, v) => {
          if (q === p || v === u || !other.includes(q) || !other.includes(p)) return;
          walks += 1 / row.length / holders(q) / other.length;
        });
      return walks === 0 ? 0 : walks / (holders(p) - 1) ** beta;
    }),
  );
}

const someRows = fc.array(fc.uniqueArray(fc.nat(5), { maxLength: 6 }), { maxLength: 8 });

describe('RP3β', () => {
  it('is what its definition says', () => {
    fc.assert(
      fc.property(someRows, fc.constantFrom(0, 0.5, 1), (rows, beta) => {
        const scores = rp3BetaScores(rowsOf(rows, 6), beta);
        obvious(rows, beta).forEach((score, cell) => {
          expect(scores[cell]).toBeCloseTo(score, 10);
        });
      }),
      runs(500),
    );
  });

  it('takes a row as often as it stands there', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(someRows, weights, (rows, counts) => {
        const spread = rows.flatMap((row, r) => Array.from({ length: counts[r]! }, () => row));
        const [scores, single] = [rp3BetaScores(rowsOf(rows, 6, counts), 0.7), rp3BetaScores(rowsOf(spread, 6), 0.7)];
        let at = 0;
        let place = 0;
        rows.forEach((row, r) => {
          for (let i = 0; i < row.length; i++) expect(scores[at + i]).toBeCloseTo(single[place + i]!, 10);
          at += row.length;
          place += row.length * counts[r]!;
        });
      }),
      runs(300),
    );
  });

  it('refuses a beta below 0 and stops when the checkpoint throws', () => {
    for (const beta of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => rp3BetaScores(rowsOf([[0]], 1), beta)).toThrow(RangeError);
    const stop = (): never => {
      throw new Error('enough');
    };
    expect(() => rp3BetaScores(rowsOf([[0]], 1), 1, stop)).toThrow('enough');
  });
});
