/** Neighbours of a row against looking at every other row. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SparseRows } from '../../algorithms/ease.ts';
import { inverseFrequencies, type Likeness, neighbourFinder, transposed } from '../../algorithms/neighbours.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

const COLUMNS = 7;
const someRows = fc.array(fc.uniqueArray(fc.nat(COLUMNS - 1), { maxLength: COLUMNS }), { minLength: 1, maxLength: 9 });
const rowsOf = (rows: readonly (readonly number[])[], weights?: readonly number[]): SparseRows => ({
  bounds: Uint32Array.from([0, ...rows.map((_, r) => rows.slice(0, r + 1).flat().length)]),
  cells: Uint32Array.from(rows.flat()),
  columns: COLUMNS,
  weights: weights && Float64Array.from(weights),
});

function likeness(
  rows: readonly (readonly number[])[],
  weights: readonly number[],
  by: Likeness,
  a: number,
  b: number,
): number {
  const shared = rows[a]!.filter((column) => rows[b]!.includes(column));
  if (by === 'JACCARD') return shared.length / new Set([...rows[a]!, ...rows[b]!]).size;
  const all = weights.reduce((sum, one) => sum + one, 0);
  const worth = (columns: readonly number[]): number =>
    columns.reduce((sum, column) => {
      const holders = rows.reduce((count, row, r) => count + (row.includes(column) ? weights[r]! : 0), 0);
      return sum + Math.log(all / holders) ** 2;
    }, 0);
  return worth(shared) / Math.sqrt(worth(rows[a]!) * worth(rows[b]!));
}

describe('neighbours of a row', () => {
  it('are those most like it', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 9, maxLength: 9 });
    fc.assert(
      fc.property(
        someRows,
        weights,
        fc.constantFrom<Likeness>('JACCARD', 'COSINE'),
        fc.nat(4),
        (rows, counts, by, most) => {
          const own = counts.slice(0, rows.length);
          const find = neighbourFinder(rowsOf(rows, own), { by });
          rows.forEach((_, row) => {
            const all = rows
              .map((__, other) => ({ other, likeness: other === row ? 0 : likeness(rows, own, by, row, other) }))
              .filter((one) => one.likeness > 1e-12)
              .map((one) => one.likeness)
              .sort((a, b) => b - a);
            const found = find(row, most);
            expect(found.rows).toHaveLength(Math.min(most, all.length));
            found.rows.forEach((other, i) => {
              expect(found.likeness[i]).toBeCloseTo(likeness(rows, own, by, row, other), 9);
              expect(found.likeness[i]).toBeCloseTo(all[i]!, 9);
            });
          });
        },
      ),
      runs(500),
    );
  });

  it('turns a matrix round and back', () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const sorted = rowsOf(rows.map((row) => [...row].sort((a, b) => a - b)));
        expect(transposed(transposed(sorted))).toEqual({
          bounds: sorted.bounds,
          cells: sorted.cells,
          columns: COLUMNS,
        });
      }),
      runs(200),
    );
  });

  it('holds what everybody has for worth nothing', () => {
    expect(inverseFrequencies(rowsOf([[0, 1], [0]]))[0]).toBe(0);
    expect(inverseFrequencies(rowsOf([[0, 1], [0]]))[1]).toBeCloseTo(Math.log(2), 12);
    expect(inverseFrequencies(rowsOf([[0]], [3]))[5]).toBe(0);
  });

  it('stops when the checkpoint throws', () => {
    const stop = (): never => {
      throw new Error('enough');
    };
    expect(() => neighbourFinder(rowsOf([[0], [0, 1]]), { by: 'JACCARD', checkpoint: stop })(0, 1)).toThrow('enough');
  });
});
