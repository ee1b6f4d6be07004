/**
 * What a miner is given: for each source, who has to hold what, with holders that stand alike as one row, and the roles there
 * are as a place to start from.
 */
import { rightsOf } from './links.ts';
import { isPlain, neededOf, type RoleState } from './role-state.ts';

export interface MiningMatrix {
  /** The connector in which the roles are carried out: none of them spans two. */
  readonly source: string;
  /** Classes of holders: equal cells, equal present roles. */
  readonly rows: number;
  readonly columns: number;
  /** Holders of each class. */
  readonly weights: Uint32Array;
  /** Columns that row r has to hold: `cells[bounds[r]]` to `cells[bounds[r + 1]]`, excluded; ascending. */
  readonly bounds: Uint32Array;
  readonly cells: Uint32Array;
  /** Of each cell 1 where the holder is granted it directly today. */
  readonly direct: Uint8Array;
  /** The same of columns that it may hold besides. */
  readonly optionalBounds: Uint32Array;
  readonly optionalCells: Uint32Array;
  /** 1 for rows that may be granted directly what no role gives; the others are assigned for a time or under a condition. */
  readonly mayHoldDirectly: Uint8Array;
  /** Roles as they are, for what of them is in this matrix. */
  readonly present: readonly MinedRole[];
  /** Rows of the state, by row. */
  readonly stateRows: readonly (readonly number[])[];
  /** Atoms of the state, by column. */
  readonly atoms: Uint32Array;
}

/** Some rows that hold all of some columns. */
export interface MinedRole {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** The present role that it goes on from, by number, where the miner knows. */
  readonly origin?: number;
}

/** One for each source that anybody in scope holds something of, by name. O(what holders in scope hold). */
export function miningMatrices(state: RoleState): readonly MiningMatrix[] {
  const sources = [...new Set(state.atoms.map(({ source }) => source))].sort();
  const drafts = new Map(sources.map((source) => [source, new MatrixDraft(state, source)]));
  for (const [row, { inScope }] of state.rows.entries()) {
    if (!inScope) continue;
    const required = bySource(state, neededOf(state, row));
    const optional = bySource(state, state.optionalOf(row));
    const roles = rightsOf(state.rolesOf, row);
    for (const [source, cells] of required) drafts.get(source)!.add(row, cells, optional.get(source) ?? [], roles);
  }
  return [...drafts.values()].flatMap((draft) => draft.matrix());
}

function bySource({ atoms }: RoleState, list: readonly number[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const atom of list) {
    const { source } = atoms[atom]!;
    const known = found.get(source);
    if (known === undefined) found.set(source, [atom]);
    else known.push(atom);
  }
  return found;
}

interface Line {
  readonly cells: readonly number[];
  /** Those of the cells that are granted directly. */
  readonly direct: ReadonlySet<number>;
  readonly optional: readonly number[];
  readonly roles: readonly number[];
  readonly plain: boolean;
  readonly rows: number[];
}

class MatrixDraft {
  readonly #state: RoleState;
  readonly #source: string;
  readonly #lines = new Map<string, Line>();

  constructor(state: RoleState, source: string) {
    this.#state = state;
    this.#source = source;
  }

  add(row: number, cells: readonly number[], optional: readonly number[], allRoles: readonly number[]): void {
    const { given, atoms, rows, directOf } = this.#state;
    const plain = isPlain(rows[row]!);
    const roles = allRoles.filter((role) => given[role]!.some((atom) => atoms[atom]!.source === this.#source));
    const granted = new Set(rightsOf(directOf, row));
    const direct = new Set(cells.filter((atom) => granted.has(atom)));
    const key = `${plain} ${cells.join()} ${optional.join()} ${roles.join()} ${[...direct].join()}`;
    const known = this.#lines.get(key);
    if (known === undefined) this.#lines.set(key, { cells, direct, optional, roles, plain, rows: [row] });
    else known.rows.push(row);
  }

  /** None where nobody holds anything. */
  matrix(): readonly MiningMatrix[] {
    const lines = [...this.#lines.values()];
    if (lines.length === 0) return [];
    const used = new Set(lines.flatMap(({ cells, optional }) => [...cells, ...optional]));
    const atoms = Uint32Array.from(used).sort();
    const columns = new Map(Array.from(atoms, (atom, column) => [atom, column]));
    const inColumns = (list: readonly number[]): readonly number[] => list.map((atom) => columns.get(atom)!);
    const [cells, optional] = [
      compressed(lines.map((line) => inColumns(line.cells))),
      compressed(lines.map((line) => inColumns(line.optional))),
    ];
    return [
      {
        source: this.#source,
        rows: lines.length,
        columns: atoms.length,
        weights: Uint32Array.from(lines, ({ rows }) => rows.length),
        bounds: cells.bounds,
        cells: cells.values,
        direct: Uint8Array.from(lines.flatMap((line) => line.cells.map((atom) => (line.direct.has(atom) ? 1 : 0)))),
        optionalBounds: optional.bounds,
        optionalCells: optional.values,
        mayHoldDirectly: Uint8Array.from(lines, ({ plain }) => (plain ? 1 : 0)),
        present: this.#present(lines, columns),
        stateRows: lines.map(({ rows }) => rows),
        atoms,
      },
    ];
  }

  #present(lines: readonly Line[], columns: ReadonlyMap<number, number>): readonly MinedRole[] {
    const rowsOf = new Map<number, number[]>();
    for (const [row, { roles }] of lines.entries())
      for (const role of roles) {
        const known = rowsOf.get(role);
        if (known === undefined) rowsOf.set(role, [row]);
        else known.push(row);
      }
    return [...rowsOf]
      .sort(([a], [b]) => a - b)
      .map(([origin, rows]) => ({
        origin,
        rows,
        columns: [...this.#state.given[origin]!].flatMap((atom) => columns.get(atom) ?? []),
      }));
  }
}

function compressed(lists: readonly (readonly number[])[]): {
  readonly bounds: Uint32Array;
  readonly values: Uint32Array;
} {
  const bounds = new Uint32Array(lists.length + 1);
  for (const [i, list] of lists.entries()) bounds[i + 1] = bounds[i]! + list.length;
  return { bounds, values: Uint32Array.from(lists.flat()) };
}
