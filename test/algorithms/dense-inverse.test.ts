/** The blocked inverse against elimination, at sizes around the edges of tiles and blocks, and against its definition beyond. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { invertPositive } from '../../algorithms/dense-inverse.ts';
import { seededRandom } from '../../algorithms/seeded-random.ts';
import { inverseOf } from '../support/gauss-jordan.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

/** XᵀX + I of a random X, of which only some share of the entries is not zero. */
function positive(m: number, seed: number, share = 1): number[][] {
  const random = seededRandom(seed);
  const x = Array.from({ length: m }, () => Array.from({ length: m }, () => (random() < share ? random() - 0.5 : 0)));
  return Array.from({ length: m }, (_, i) =>
    Array.from({ length: m }, (__, j) => x.reduce((sum, row) => sum + row[i]! * row[j]!, i === j ? 1 : 0)),
  );
}

const flat = (matrix: readonly (readonly number[])[]): Float64Array => Float64Array.from(matrix.flat());

function furthest(one: Float64Array, other: Float64Array): number {
  return one.reduce((worst, value, i) => Math.max(worst, Math.abs(value - other[i]!)), 0);
}

describe('the inverse of a positive definite matrix', () => {
  it.each([0, 1, 2, 3, 4, 5, 7, 8, 9, 39, 40, 41, 63, 64, 65, 67, 68, 69, 127, 128, 129, 131, 192, 193])(
    'is what elimination gives, with %i columns',
    (m) => {
      for (const share of [1, 0.02]) {
        const matrix = positive(m, m + 1, share);
        expect(furthest(invertPositive(flat(matrix), m), flat(inverseOf(matrix)))).toBeLessThan(1e-10);
      }
    },
  );

  it('is what elimination gives, for whatever matrix', () => {
    fc.assert(
      fc.property(fc.nat(90), fc.nat(), fc.double({ min: 0.01, max: 1, noNaN: true }), (m, seed, share) => {
        const matrix = positive(m, seed, share);
        expect(furthest(invertPositive(flat(matrix), m), flat(inverseOf(matrix)))).toBeLessThan(1e-10);
      }),
      runs(40),
    );
  });

  it('makes the unit matrix with a matrix of many blocks', () => {
    const m = 331;
    const matrix = positive(m, 1);
    const inverse = invertPositive(flat(matrix), m);
    let worst = 0;
    for (let i = 0; i < m; i++)
      for (let j = 0; j < m; j++) {
        let sum = i === j ? -1 : 0;
        for (let k = 0; k < m; k++) sum += matrix[i]![k]! * inverse[k * m + j]!;
        worst = Math.max(worst, Math.abs(sum));
      }
    expect(worst).toBeLessThan(1e-9);
  });

  it('is symmetric to the bit, the same each time, and written over the matrix', () => {
    const m = 150;
    const matrix = flat(positive(m, 3));
    const inverse = invertPositive(matrix.slice(), m);
    for (let i = 0; i < m; i++) for (let j = 0; j < i; j++) expect(inverse[i * m + j]).toBe(inverse[j * m + i]);
    expect(invertPositive(matrix, m)).toBe(matrix);
    expect([...matrix]).toEqual([...inverse]);
  });

  it('reads the lower triangle alone', () => {
    const m = 70;
    const matrix = flat(positive(m, 4));
    const lower = matrix.map((value, at) => (at % m > Math.floor(at / m) ? Number.NaN : value));
    expect([...invertPositive(lower, m)]).toEqual([...invertPositive(matrix, m)]);
  });

  it('is refused where there is none', () => {
    expect(() => invertPositive(Float64Array.from([1, 2, 2, 1]), 2)).toThrow(RangeError);
    expect(() => invertPositive(Float64Array.from([0]), 1)).toThrow(RangeError);
    expect(() => invertPositive(Float64Array.from([Number.NaN]), 1)).toThrow(RangeError);
    expect(() => invertPositive(Float64Array.from([Number.POSITIVE_INFINITY]), 1)).toThrow(RangeError);
    const m = 100;
    const late = flat(positive(m, 5));
    late[m * m - 1] = -1;
    expect(() => invertPositive(late, m)).toThrow('the matrix is not positive definite');
  });

  it('can be stopped', () => {
    let calls = 0;
    const stop = () => {
      if (++calls === 3) throw new Error('stopped');
    };
    expect(() => invertPositive(flat(positive(80, 6)), 80, stop)).toThrow('stopped');
  });
});
