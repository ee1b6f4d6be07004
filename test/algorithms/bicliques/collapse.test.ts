import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assertMatrix,
  byColumns,
  type CellMatrix,
  cellAt,
  NO_CELL,
} from '../../../algorithms/bicliques/cell-matrix.ts';
import { collapse, expand } from '../../../algorithms/bicliques/collapse.ts';
import { components } from '../../../algorithms/bicliques/components.ts';
import { cellMatrix, has } from '../../support/cell-matrices.ts';
import { announceSeed, runs } from '../../support/seed.ts';

announceSeed();

/** A line as text: what it has, and what of it must be. */
const row = (matrix: CellMatrix, at: number): string =>
  Array.from({ length: matrix.columns }, (_, column) => state(matrix, at, column)).join('');
const column = (matrix: CellMatrix, at: number): string =>
  Array.from({ length: matrix.rows }, (_, each) => state(matrix, each, at)).join('');

function state(matrix: CellMatrix, at: number, to: number): string {
  const cell = cellAt(matrix, at, to);
  if (cell === NO_CELL) return '.';
  return matrix.required?.[cell] === 0 ? 'o' : 'x';
}

describe('collapse', () => {
  it('takes rows and columns together exactly when they are equal, and loses none', () => {
    fc.assert(
      fc.property(
        cellMatrix(6),
        fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 12, maxLength: 12 }),
        (matrix, draws) => {
          const rowLabels = Uint32Array.from(draws.slice(0, matrix.rows));
          const collapsed = collapse(matrix, { rowLabels });
          assertMatrix(collapsed.matrix);
          const { rowClasses, columnClasses } = collapsed;
          for (let a = 0; a < matrix.rows; a++)
            for (let b = 0; b < matrix.rows; b++)
              expect(rowClasses.of[a] === rowClasses.of[b]).toBe(
                row(matrix, a) === row(matrix, b) && rowLabels[a] === rowLabels[b],
              );
          for (let a = 0; a < matrix.columns; a++)
            for (let b = 0; b < matrix.columns; b++)
              expect(columnClasses.of[a] === columnClasses.of[b]).toBe(column(matrix, a) === column(matrix, b));
          for (let a = 0; a < matrix.rows; a++)
            for (let b = 0; b < matrix.columns; b++)
              expect(state(collapsed.matrix, rowClasses.of[a]!, columnClasses.of[b]!)).toBe(state(matrix, a, b));
          const sum = (weights: Uint32Array): number => weights.reduce((total, weight) => total + weight, 0);
          expect(sum(collapsed.matrix.rowWeights!)).toBe(matrix.rows);
          expect(sum(collapsed.matrix.columnWeights!)).toBe(matrix.columns);
        },
      ),
      runs(500),
    );
  });

  it('gives back all members of classes', () => {
    fc.assert(
      fc.property(cellMatrix(6), (matrix) => {
        const collapsed = collapse(matrix);
        const all = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, item) => item);
        const whole = { rows: all(collapsed.matrix.rows), columns: all(collapsed.matrix.columns) };
        expect(expand(collapsed, whole)).toEqual({ rows: all(matrix.rows), columns: all(matrix.columns) });
      }),
      runs(200),
    );
  });

  it('splits what hangs together from what does not', () => {
    fc.assert(
      fc.property(cellMatrix(7), (matrix) => {
        const parts = components(matrix);
        expect(parts.reduce((total, part) => total + part.matrix.cells.length, 0)).toBe(matrix.cells.length);
        const partOf = new Map<number, number>();
        parts.forEach((part, at) => {
          assertMatrix(part.matrix);
          for (const each of part.rows) partOf.set(each, at);
          part.rows.forEach((whole, local) => {
            part.columns.forEach((wholeColumn, localColumn) => {
              expect(state(part.matrix, local, localColumn)).toBe(state(matrix, whole, wholeColumn));
            });
          });
        });
        const reached = reachable(matrix);
        for (const [a, of] of partOf) for (const [b, other] of partOf) expect(reached[a]!.has(b)).toBe(of === other);
      }),
      runs(300),
    );
  });

  it('turns rows into columns', () => {
    fc.assert(
      fc.property(cellMatrix(6), (matrix) => {
        const view = byColumns(matrix);
        for (let to = 0; to < matrix.columns; to++) {
          const rows = [...view.rows.subarray(view.bounds[to]!, view.bounds[to + 1]!)];
          expect(rows).toEqual(Array.from({ length: matrix.rows }, (_, at) => at).filter((at) => has(matrix, at, to)));
          for (let i = view.bounds[to]!; i < view.bounds[to + 1]!; i++)
            expect(view.places[i]).toBe(cellAt(matrix, view.rows[i]!, to));
        }
      }),
      runs(200),
    );
  });
});

/** Rows that a row reaches by shared columns. */
function reachable(matrix: CellMatrix): Set<number>[] {
  return Array.from({ length: matrix.rows }, (_, start) => {
    const seen = new Set([start]);
    for (const at of seen)
      for (let other = 0; other < matrix.rows; other++)
        for (let to = 0; to < matrix.columns; to++) if (has(matrix, at, to) && has(matrix, other, to)) seen.add(other);
    return seen;
  });
}
