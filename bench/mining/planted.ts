/** Matrices made of roles drawn at random: how many there were is known, though not that no fewer would do. */
import type { CellMatrix } from '../../algorithms/bicliques/cell-matrix.ts';
import { seededRandom } from '../../algorithms/seeded-random.ts';

export interface Planting {
  readonly rows: number;
  readonly columns: number;
  readonly roles: number;
  /** A role has from 2 to so many columns, a row from 1 to so many roles. */
  readonly columnsPerRole: number;
  readonly rolesPerRow: number;
}

export function planted({ rows, columns, roles, columnsPerRole, rolesPerRow }: Planting, seed: number): CellMatrix {
  const random = seededRandom(seed);
  const below = (count: number): number => Math.floor(random() * count);
  const sets = Array.from({ length: roles }, () => {
    return Array.from({ length: 2 + below(columnsPerRole - 1) }, () => below(columns));
  });
  const lists = Array.from({ length: rows }, () => {
    const held = new Set<number>();
    for (let left = 1 + below(rolesPerRow); left > 0; left--)
      for (const column of sets[below(roles)]!) held.add(column);
    return Uint32Array.from(held).sort();
  });
  const bounds = new Uint32Array(rows + 1);
  lists.forEach((list, row) => {
    bounds[row + 1] = bounds[row]! + list.length;
  });
  const cells = new Uint32Array(bounds[rows]!);
  lists.forEach((list, row) => {
    cells.set(list, bounds[row]!);
  });
  return { rows, columns, bounds, cells };
}
