/** Takes out of a role what other roles cover as well, or what is cheaper left without a role. */
import type { Biclique } from './cell-matrix.ts';
import type { LiveRole, Structure } from './structure.ts';

/**
 * @param role one of the structure's
 * @param rowsFirst whether it looks at rows before columns; one may keep the other from going
 * @returns what to keep of it; no rows and no columns when nothing. O(cells of the role)
 */
export function trimmed(structure: Structure, role: LiveRole, rowsFirst: boolean): Biclique {
  const rows = new Uint8Array(role.rows.length).fill(1);
  const columns = new Uint8Array(role.columns.length).fill(1);
  for (const isRow of rowsFirst ? [true, false] : [false, true]) {
    const losses = lossesOf(structure, role, rows, columns, isRow);
    const kept = isRow ? rows : columns;
    const ids = isRow ? role.rows : role.columns;
    const prices = isRow ? structure.shaping.rowPrices : structure.shaping.columnPrices;
    for (let i = 0; i < kept.length; i++) {
      const loss = losses[i]!;
      if (loss === 0 || loss * structure.shaping.weights.direct < prices[ids[i]!]!) kept[i] = 0;
    }
  }
  const left = {
    rows: role.rows.filter((_, i) => rows[i] === 1),
    columns: role.columns.filter((_, j) => columns[j] === 1),
  };
  return left.rows.length === 0 || left.columns.length === 0 ? NOTHING : left;
}

const NOTHING: Biclique = { rows: new Uint32Array(0), columns: new Uint32Array(0) };

/** The weight of the cells of each row, or column, that no other role covers and that must be. */
function lossesOf(structure: Structure, role: LiveRole, rows: Uint8Array, columns: Uint8Array, byRow: boolean) {
  const { counts, required } = structure;
  const width = role.columns.length;
  const losses = new Float64Array(byRow ? role.rows.length : width);
  for (let i = 0; i < role.rows.length; i++) {
    if (rows[i] === 0) continue;
    for (let j = 0; j < width; j++) {
      const cell = role.cells[i * width + j]!;
      if (columns[j] === 1 && counts[cell] === 1 && required[cell] === 1)
        losses[byRow ? i : j]! += structure.weightOf(cell);
    }
  }
  return losses;
}
