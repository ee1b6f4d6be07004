/** A miner to test with: again and again the set of columns that covers most of what is left. Not good, and exact. */
import type { MinedRole, MiningMatrix } from '../../engine/roles/mining-matrix.ts';
import type { Miner } from '../../engine/roles/restructure.ts';

/** Roles are sought among what rows hold and what two rows have in common; with a high price, among present roles first. */
export const greedyMiner: Miner = async (matrix, price) => {
  const held = Array.from(
    { length: matrix.rows },
    (_, row) => new Set(matrix.cells.slice(matrix.bounds[row]!, matrix.bounds[row + 1]!)),
  );
  const left = held.map((columns) => new Set(columns));
  const roles: MinedRole[] = [];
  const add = (columns: readonly number[], origin?: number): void => {
    const rows = [...held.keys()].filter(
      (row) => columns.every((column) => held[row]!.has(column)) && columns.some((column) => left[row]!.has(column)),
    );
    if (rows.length === 0 || columns.length === 0) return;
    roles.push({ rows, columns, ...(origin === undefined ? {} : { origin }) });
    for (const row of rows) for (const column of columns) left[row]!.delete(column);
  };
  if (price >= 1) for (const { columns, origin } of matrix.present) add(columns, origin);
  for (;;) {
    const best = bestOf(matrix, held, left);
    if (best === undefined) return roles;
    add(best);
  }
};

function bestOf(
  { weights }: MiningMatrix,
  held: readonly ReadonlySet<number>[],
  left: readonly ReadonlySet<number>[],
): readonly number[] | undefined {
  let best: readonly number[] | undefined;
  let most = 0;
  for (const [a, one] of held.entries())
    for (const other of held.slice(a)) {
      const columns = [...one].filter((column) => other.has(column));
      let covers = 0;
      for (const [row, has] of held.entries())
        if (columns.every((column) => has.has(column)))
          covers += columns.filter((column) => left[row]!.has(column)).length * weights[row]!;
      if (covers <= most) continue;
      best = columns;
      most = covers;
    }
  // What only one holder needs is cheaper as a direct grant.
  return most > 1 ? best : undefined;
}
