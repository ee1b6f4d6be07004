/**
 * A cover of what dominance leaves: one biclique after the other, and dominance again after each (A. Ene et al., "Fast exact and
 * heuristic methods for role minimization problems", SACMAT 2008, for the line with the fewest cells; R. Belohlavek,
 * V. Vychodil, "Discovery of optimal factors in binary data via a novel method of matrix decomposition", JCSS 76(1), 2010, for
 * bicliques with the most).
 */
import type { Checkpoint } from '../checkpoint.ts';
import type { Random } from '../seeded-random.ts';
import type { Biclique, CellMatrix } from './cell-matrix.ts';
import { type GrowthRules, growing } from './growth.ts';
import { kernelOf } from './kernel.ts';
import { type Lines, openCellsOf } from './open-cells.ts';

export interface Peeled {
  /** Maximal bicliques that cover all that must be covered. */
  readonly bicliques: readonly Biclique[];
  /** Seeds found on the way, which are pairwise incompatible: no cover has fewer bicliques. */
  readonly bound: number;
}

export function peel(matrix: CellMatrix, random: Random, noise: number, checkpoint: Checkpoint): Peeled {
  const kernel = kernelOf(matrix, checkpoint);
  const openCells = openCellsOf(matrix, kernel.cells.rowOf);
  const grow = growing(random);
  const rules: GrowthRules = {
    role: 1,
    linePrices: new Float64Array(Math.max(matrix.rows, matrix.columns)),
    bitPrices: new Float64Array(Math.max(matrix.rows, matrix.columns)),
    noise,
  };
  kernel.reduce();
  for (let rest = kernel.rest(); rest.length > 0; rest = kernel.rest()) {
    const open = openCells(rest);
    const row = fewestOpen(open.rows, random);
    const column = fewestOpen(open.columns, random);
    const isRow = open.rows.openCounts[row]! <= open.columns.openCounts[column]!;
    const [lines, others, pivot] = isRow ? [open.rows, open.columns, row] : [open.columns, open.rows, column];
    const growth = grow(lines, others, pivot, true, rules)!;
    const inLines = new Set(Array.from(growth.lines.subarray(0, growth.count), (line) => lines.ids[line]!));
    const inSet = (id: number): boolean => {
      const bit = indexOf(others, id);
      return (growth.set[bit >>> 5]! & (1 << (bit & 31))) !== 0;
    };
    const { rowOf } = kernel.cells;
    const own = rest.filter((cell) => {
      const [line, other] = isRow ? [rowOf[cell]!, matrix.cells[cell]!] : [matrix.cells[cell]!, rowOf[cell]!];
      return inLines.has(line) && inSet(other);
    });
    kernel.cover(own);
    kernel.reduce();
  }
  return { bicliques: kernel.build(), bound: kernel.seeds };
}

function fewestOpen({ count, openCounts }: Lines, random: Random): number {
  const start = Math.floor(random() * count);
  let best = start;
  for (let step = 1; step < count; step++) {
    const line = (start + step) % count;
    if (openCounts[line]! > 0 && openCounts[line]! < openCounts[best]!) best = line;
  }
  return best;
}

function indexOf({ ids, count }: Lines, id: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ids[middle]! < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
