/**
 * What of a matrix is hard to cover with few bicliques. Row dominance and essential columns of the covering table "cells by
 * maximal bicliques" (the reductions of Quine and McCluskey; P. McGeer, J. Sanghavi, R. Brayton, A. Sangiovanni-Vincentelli,
 * "Espresso-signature: a new exact minimizer for logic functions", IEEE Transactions on VLSI 1(4), 1993), without building the table:
 * see neighbourhoods.ts for how the dominance factorises into rows and columns. That access matrices reduce far: A. Ene et al.,
 * "Fast exact and heuristic methods for role minimization problems", SACMAT 2008.
 *
 * A cell that is compatible with no other uncovered one is a seed: it takes a biclique of its own. Seeds are pairwise
 * incompatible, and stay so when further cells are covered, hence no cover has fewer bicliques than there are seeds.
 *
 * A pass looks at each uncovered cell whose neighbourhood changed, at the cost of one look (neighbourhoods.ts); there are
 * 2 to 5 passes on matrices that occur.
 */
import { type Checkpoint, unchecked } from '../checkpoint.ts';
import { type Biclique, type CellMatrix, cellAt, NO_CELL } from './cell-matrix.ts';
import { closure } from './closure.ts';
import { type Cells, type Neighbourhoods, neighbourhoods, uncoveredCells } from './neighbourhoods.ts';

/** In place of a dominator. */
const SEED = 0xfffffffe;

export interface Kernel {
  readonly cells: Cells;
  /** How many seeds were found so far. */
  readonly seeds: number;
  /** Cells that are uncovered, ascending. */
  rest(): Uint32Array;
  /** Dominance to the fixpoint. */
  reduce(): void;
  /** Takes uncovered cells out, pairwise compatible, for one biclique of the caller's choice. */
  cover(cells: Uint32Array): void;
  /**
   * Maximal bicliques, once nothing is uncovered: one for each seed and one for each choice of the caller's, each grown by what
   * its cells dominated. Together they have every cell that was to be covered.
   */
  build(): Biclique[];
}

/** @param checkpoint called once a row */
export function kernelOf(matrix: CellMatrix, checkpoint: Checkpoint = unchecked, by = neighbourhoods): Kernel {
  const cells = uncoveredCells(matrix);
  const near: Neighbourhoods = by(cells);
  const { view, uncovered, rowLeft, columnLeft } = cells;
  /** Cells in the order in which they were settled, with the dominator of each, or `SEED`. */
  const settled: number[] = [];
  const dominators: number[] = [];
  const chosen: Uint32Array[] = [];
  /** The pass in which a cell of the row or column last was settled. */
  const rowChanged = new Uint32Array(matrix.rows).fill(1);
  const columnChanged = new Uint32Array(matrix.columns).fill(1);
  let pass = 1;
  let seeds = 0;
  const order = Uint32Array.from({ length: matrix.rows }, (_, row) => row).sort(
    (x, y) => rowLeft[x]! - rowLeft[y]! || x - y,
  );

  return {
    cells,
    get seeds() {
      return seeds;
    },
    rest: () => Uint32Array.from(cells.rowOf.keys()).filter((cell) => uncovered[cell] === 1),
    reduce() {
      let before: number;
      do {
        before = settled.length;
        pass++;
        for (const row of order) {
          if (rowLeft[row] === 0) continue;
          checkpoint();
          for (let cell = matrix.bounds[row]!; cell < matrix.bounds[row + 1]!; cell++)
            if (uncovered[cell] === 1 && hasChanged(row, matrix.cells[cell]!)) look(row, cell);
        }
      } while (settled.length > before);
    },
    cover(covered) {
      chosen.push(covered);
      for (const cell of covered) if (uncovered[cell] === 1) remove(cell);
    },
    build,
  };

  /** Whether anything near a cell was settled in this pass or the last. Errs on the safe side. */
  function hasChanged(row: number, column: number): boolean {
    const isRecent = (at: number): boolean => at >= pass - 1;
    let any = false;
    for (let i = view.bounds[column]!; i < view.bounds[column + 1]! && !any; i++)
      any = isRecent(rowChanged[view.rows[i]!]!);
    if (!any) return false;
    for (let i = matrix.bounds[row]!; i < matrix.bounds[row + 1]!; i++)
      if (isRecent(columnChanged[matrix.cells[i]!]!)) return true;
    return false;
  }

  function look(row: number, cell: number): void {
    if (!near.examine(row, matrix.cells[cell]!)) {
      seeds++;
      settle(cell, SEED);
      return;
    }
    const { dominatedRows, dominatedColumns, rowCount, columnCount } = near;
    for (let i = 0; i < rowCount; i++)
      for (let j = 0; j < columnCount; j++) {
        const other = cellAt(matrix, dominatedRows[i]!, dominatedColumns[j]!);
        if (other !== NO_CELL && other !== cell && uncovered[other] === 1) settle(other, cell);
      }
  }

  function settle(cell: number, dominator: number): void {
    settled.push(cell);
    dominators.push(dominator);
    remove(cell);
  }

  function remove(cell: number): void {
    const [row, column] = [cells.rowOf[cell]!, matrix.cells[cell]!];
    uncovered[cell] = 0;
    rowLeft[row]!--;
    columnLeft[column]!--;
    rowChanged[row] = pass;
    columnChanged[column] = pass;
    near.cover(cell);
  }

  /**
   * Backwards, so that the dominator of a cell has its biclique before the cell joins it. All that is in it by then was uncovered
   * when the cell was dominated, hence compatible with it.
   */
  function build(): Biclique[] {
    const groupOf = new Map<number, number>();
    const groups = chosen.map((own, at) => {
      for (const cell of own) groupOf.set(cell, at);
      return {
        rows: new Set(Array.from(own, (cell) => cells.rowOf[cell]!)),
        columns: new Set(Array.from(own, (cell) => matrix.cells[cell]!)),
      };
    });
    for (let i = settled.length - 1; i >= 0; i--) {
      const cell = settled[i]!;
      const at = dominators[i] === SEED ? groups.length : groupOf.get(dominators[i]!)!;
      const group = (groups[at] ??= { rows: new Set(), columns: new Set() });
      groupOf.set(cell, at);
      group.rows.add(cells.rowOf[cell]!);
      group.columns.add(matrix.cells[cell]!);
    }
    return groups.map(({ columns }) => closure(matrix, view, columns));
  }
}
