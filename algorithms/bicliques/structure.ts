/** Roles that together cover a matrix, while they are being changed: how often each cell is covered, and what it all costs. */
import type { Biclique, CellMatrix } from './cell-matrix.ts';
import { roleCost, type Shaping } from './shaping.ts';

/** A role of a structure. Never changed: a role that changes is another. */
export interface LiveRole extends Biclique {
  /** The places of its cells, row by row. */
  readonly cells: Uint32Array;
  readonly cost: number;
  /** Which of today's roles it is, a place in `Shaping.origins`, or `NEW`. */
  readonly origin: number;
}

/** @throws RangeError when a cell of the role is not in the matrix */
export function liveRole(shaping: Shaping, role: Biclique, origin: number): LiveRole {
  const { rows, columns } = role;
  return { rows, columns, origin, cells: cellsOf(shaping.matrix, role), cost: roleCost(shaping, role, origin) };
}

/** The places of all cells of a biclique, row by row. O(rows · columns · log). */
export function cellsOf({ bounds, cells }: CellMatrix, { rows, columns }: Biclique): Uint32Array {
  const places = new Uint32Array(rows.length * columns.length);
  let next = 0;
  for (const row of rows) {
    let at = bounds[row]!;
    const end = bounds[row + 1]!;
    for (const column of columns) {
      let high = end;
      // Columns ascend, so that each is looked for after the one before: at first nearby, then by halves.
      for (let step = 1; at + step < end; step *= 2)
        if (cells[at + step]! >= column) {
          high = at + step + 1;
          break;
        }
      while (at < high) {
        const middle = (at + high) >>> 1;
        if (cells[middle]! < column) at = middle + 1;
        else high = middle;
      }
      if (at >= end || cells[at] !== column) throw new RangeError(`row ${row} has no column ${column}`);
      places[next++] = at;
    }
  }
  return places;
}

/**
 * Adding and taking out a role cost its cells. What is not covered though it must be is direct, and costs what its weight
 * says; with `direct` at Infinity the total is finite only when there is none.
 */
export class Structure {
  readonly shaping: Shaping;
  readonly rowOf: Uint32Array;
  /** How many roles cover each cell. */
  readonly counts: Uint32Array;
  readonly required: Uint8Array;
  /** In no particular order, but the same one for the same history. */
  readonly roles: LiveRole[] = [];
  /** The roles of each row and of each column. */
  readonly ofRow: LiveRole[][];
  readonly ofColumn: LiveRole[][];
  /** The sum of the costs of the roles. */
  rolesCost = 0;
  /** The weight of cells that are required and not covered. */
  directWeight = 0;
  readonly #places = new Map<LiveRole, number>();

  constructor(shaping: Shaping, rowOf: Uint32Array) {
    const { matrix } = shaping;
    this.shaping = shaping;
    this.rowOf = rowOf;
    this.counts = new Uint32Array(matrix.cells.length);
    this.required = matrix.required ?? new Uint8Array(matrix.cells.length).fill(1);
    this.ofRow = Array.from({ length: matrix.rows }, () => []);
    this.ofColumn = Array.from({ length: matrix.columns }, () => []);
    for (let cell = 0; cell < matrix.cells.length; cell++)
      if (this.required[cell] === 1) this.directWeight += this.weightOf(cell);
  }

  /** How much of the estate a cell stands for. */
  weightOf(cell: number): number {
    const { rowWeights, columnWeights, matrix } = this.shaping;
    return rowWeights[this.rowOf[cell]!]! * columnWeights[matrix.cells[cell]!]!;
  }

  get cost(): number {
    return this.rolesCost + (this.directWeight === 0 ? 0 : this.directWeight * this.shaping.weights.direct);
  }

  /** How many roles more a row may have. */
  slots(row: number): number {
    const { limits, taken } = this.shaping;
    return (limits.maxRolesPerRow ?? Infinity) - this.ofRow[row]!.length - (taken?.[row] ?? 0);
  }

  add(role: LiveRole): void {
    const { counts, required } = this;
    for (const cell of role.cells)
      if (counts[cell]!++ === 0 && required[cell] === 1) this.directWeight -= this.weightOf(cell);
    for (const row of role.rows) this.ofRow[row]!.push(role);
    for (const column of role.columns) this.ofColumn[column]!.push(role);
    this.#places.set(role, this.roles.length);
    this.roles.push(role);
    this.rolesCost += role.cost;
  }

  /** @param uncovered called with each required cell that no role covers any more */
  remove(role: LiveRole, uncovered?: (cell: number) => void): void {
    const { counts, required } = this;
    for (const cell of role.cells)
      if (--counts[cell]! === 0 && required[cell] === 1) {
        this.directWeight += this.weightOf(cell);
        uncovered?.(cell);
      }
    for (const row of role.rows) dropFrom(this.ofRow[row]!, role);
    for (const column of role.columns) dropFrom(this.ofColumn[column]!, role);
    const place = this.#places.get(role)!;
    const last = this.roles.pop()!;
    if (last !== role) {
      this.roles[place] = last;
      this.#places.set(last, place);
    }
    this.#places.delete(role);
    this.rolesCost -= role.cost;
  }
}

/** Those of one row or column are few, and it is the newest that go first. */
function dropFrom(list: LiveRole[], role: LiveRole): void {
  const place = list.lastIndexOf(role);
  const last = list.pop()!;
  if (place < list.length) list[place] = last;
}
