/** Today's roles as bicliques of what is mined: who has each for good, and what it gives. */
import type { Biclique } from '../../../algorithms/bicliques/cell-matrix.ts';
import { counts, type Frame } from '../../access/frame.ts';
import { type Limits, NO_LIMIT } from '../../peers/limits.ts';
import type { Pace } from '../../snapshot/pace.ts';
import { DENY, GRANT, isIdentity, MEMBERSHIP, NO_INHERIT, TAKEOVER } from '../../snapshot/snapshot.ts';
import { type ActionColumns, atomKey, atomsOfTerms, type MinedAtom } from './action-columns.ts';

export interface PresentRole extends Biclique {
  /** Node number. */
  readonly node: number;
}

/**
 * Classes of rows and columns split so that nobody in one has a role that another in it has not, and no atom in one is given
 * by a role that does not give another; and the roles among them that somebody has and that give something.
 *
 * @param roles node numbers, each once
 * @param label of atoms; those of different ones are in different columns
 */
export async function withPresentRoles(
  frame: Frame,
  columns: ActionColumns,
  limits: Limits,
  roles: readonly number[],
  pace: Pace,
  label: (atom: MinedAtom) => string = () => '',
): Promise<{ readonly columns: ActionColumns; readonly present: readonly PresentRole[] }> {
  const rowOf = new Map<number, number>();
  columns.identities.forEach((members, row) => {
    for (const node of members) rowOf.set(node, row);
  });
  const columnOf = new Map<string, { readonly column: number; readonly place: number }>();
  columns.atoms.forEach((atoms, column) => {
    for (const [place, atom] of atoms.entries()) columnOf.set(atomKey(atom), { column, place });
  });
  const members = new Map<number, number[]>();
  const atoms = new Map<string, number[]>();
  for (const [number, role] of roles.entries()) {
    if (pace.isDue()) await pace.rest();
    for (const node of whoHas(frame, role, limits)) if (rowOf.has(node)) push(members, node, number);
    for (const key of given(frame, role, limits)) if (columnOf.has(key)) push(atoms, key, number);
  }
  const split = splitBy(
    columns,
    (node) => (members.get(node) ?? []).join(),
    (atom) => `${(atoms.get(atomKey(atom)) ?? []).join()} ${label(atom)}`,
  );
  const rowsOf = placesByRole(split.identities, ([first]) => members.get(first!));
  const columnsOf = placesByRole(split.atoms, ([first]) => atoms.get(atomKey(first!)));
  const present = roles.map((node, number) => ({
    node,
    rows: Uint32Array.from(rowsOf.get(number) ?? []),
    columns: Uint32Array.from(columnsOf.get(number) ?? []),
  }));
  return { columns: split, present: present.filter((role) => role.rows.length > 0 && role.columns.length > 0) };
}

function push<Key>(lists: Map<Key, number[]>, key: Key, value: number): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [value]);
  else known.push(value);
}

/** By number of a role, the places of classes whose first it concerns; ascending. */
function placesByRole<T>(
  classes: readonly T[],
  rolesOf: (of: T) => readonly number[] | undefined,
): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>();
  classes.forEach((of, place) => {
    for (const role of rolesOf(of) ?? []) push(places, role, place);
  });
  return places;
}

/** Identities that have a role always and unconditionally. */
function* whoHas(frame: Frame, role: number, limits: Limits): Iterable<number> {
  const { snapshot } = frame;
  const met = new Set([role]);
  for (const node of met) {
    if (isIdentity(snapshot, node)) yield node;
    for (const edge of snapshot.adjacency[MEMBERSHIP]!.into.of(node))
      if (counts(frame, edge) && limits.ofEdge(edge) === NO_LIMIT) met.add(snapshot.source[edge]!);
  }
}

/** Keys of what a role gives always and unconditionally, or as its grants say. */
function* given(frame: Frame, role: number, limits: Limits): Iterable<string> {
  const { snapshot } = frame;
  const { adjacency, flags, target, termsOf } = snapshot;
  const met = new Set([role]);
  for (const node of met) {
    for (const edge of adjacency[GRANT]!.out.of(node)) {
      if ((flags[edge]! & (DENY | TAKEOVER)) !== 0 || !counts(frame, edge)) continue;
      const where = {
        resource: target[edge]!,
        inherits: (flags[edge]! & NO_INHERIT) === 0,
        limit: limits.ofEdge(edge),
      };
      for (const atom of atomsOfTerms(snapshot, termsOf[edge]!, where)) yield atomKey(atom);
    }
    for (const edge of adjacency[MEMBERSHIP]!.out.of(node))
      if (counts(frame, edge) && limits.ofEdge(edge) === NO_LIMIT) met.add(target[edge]!);
  }
}

/** Rows and columns with one for each key within them, in the order in which these are met. */
function splitBy(
  { matrix, identities, atoms }: ActionColumns,
  rowKey: (node: number) => string,
  columnKey: (atom: MinedAtom) => string,
): ActionColumns {
  const rows = identities.map((members) => grouped([...members], rowKey));
  const columns = atoms.map((some) => grouped([...some], columnKey));
  const firstColumn = [0];
  for (const parts of columns) firstColumn.push(firstColumn.at(-1)! + parts.length);
  const bounds = [0];
  const cells: number[] = [];
  rows.forEach((parts, row) => {
    const own: number[] = [];
    for (let i = matrix.bounds[row]!; i < matrix.bounds[row + 1]!; i++)
      for (let c = firstColumn[matrix.cells[i]!]!; c < firstColumn[matrix.cells[i]! + 1]!; c++) own.push(c);
    for (const _ of parts) {
      for (const column of own) cells.push(column);
      bounds.push(cells.length);
    }
  });
  const splitRows = rows.flat().map((members) => Uint32Array.from(members));
  const splitColumns = columns.flat();
  return {
    matrix: {
      rows: splitRows.length,
      columns: splitColumns.length,
      bounds: Uint32Array.from(bounds),
      cells: Uint32Array.from(cells),
      rowWeights: Uint32Array.from(splitRows, ({ length }) => length),
      columnWeights: Uint32Array.from(splitColumns, ({ length }) => length),
    },
    identities: splitRows,
    atoms: splitColumns,
  };
}

function grouped<T>(items: readonly T[], key: (item: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const of = key(item);
    const known = groups.get(of);
    if (known === undefined) groups.set(of, [item]);
    else known.push(item);
  }
  return [...groups.values()];
}
