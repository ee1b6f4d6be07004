/**
 * Who holds which action on what: the matrix that roles are mined from. A grant of several actions is as many atoms, so that what
 * one grant gives in one piece and another in two is the same. What is had under a condition or for a time is another atom
 * than what is had for good.
 */
import type { CellMatrix } from '../../../algorithms/bicliques/cell-matrix.ts';
import { columnSize, type EntitlementMatrix } from '../../peers/entitlement-matrix.ts';
import { foldCase, overlap } from '../../snapshot/action-pattern.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';

/** An action on a resource, as it is granted. */
export interface MinedAtom {
  readonly action: string;
  /** Patterns taken out of it: those of its grant that overlap it. */
  readonly exceptActions: readonly string[];
  /** Node number. */
  readonly resource: number;
  readonly inherits: boolean;
  /** Number of what limits it, see `Limits`. */
  readonly limit: number;
}

export interface ActionColumns {
  /** Rows and columns are classes of identities and of atoms that stand alike; weights say how many they stand for. */
  readonly matrix: CellMatrix;
  /** Of each row: node numbers of its identities, in order. */
  readonly identities: readonly Uint32Array[];
  /** Of each column: its atoms, at least one. */
  readonly atoms: readonly (readonly MinedAtom[])[];
}

/** Which part of a matrix is mined. */
export interface Part {
  readonly hasIdentity: (node: number) => boolean;
  readonly hasResource: (node: number) => boolean;
}

/** O(cells + atoms). */
export function actionColumns(snapshot: Snapshot, matrix: EntitlementMatrix, part: Part): ActionColumns {
  const { atoms, columnsOf } = atomColumns(snapshot, matrix, part);
  const identities: Uint32Array[] = [];
  const bounds = [0];
  const cells: number[] = [];
  const seen = new Uint32Array(atoms.length).fill(0xffffffff);
  for (let row = 0; row < matrix.rows; row++) {
    const members = matrix.identities
      .subarray(matrix.rowBounds[row]!, matrix.rowBounds[row + 1]!)
      .filter(part.hasIdentity);
    if (members.length === 0) continue;
    const own: number[] = [];
    for (let i = matrix.cellBounds[row]!; i < matrix.cellBounds[row + 1]!; i++)
      for (const column of columnsOf[matrix.cells[i]!]!) {
        if (seen[column] === row) continue;
        seen[column] = row;
        own.push(column);
      }
    if (own.length === 0) continue;
    identities.push(members);
    for (const column of Uint32Array.from(own).sort()) cells.push(column);
    bounds.push(cells.length);
  }
  return {
    matrix: {
      rows: identities.length,
      columns: atoms.length,
      bounds: Uint32Array.from(bounds),
      cells: Uint32Array.from(cells),
      rowWeights: Uint32Array.from(identities, ({ length }) => length),
      columnWeights: Uint32Array.from(atoms, ({ length }) => length),
    },
    identities,
    atoms,
  };
}

/** Atoms that are in the same classes of entitlements are one column. */
function atomColumns(snapshot: Snapshot, matrix: EntitlementMatrix, { hasResource }: Part) {
  const known = new Map<string, { readonly atom: MinedAtom; readonly classes: number[] }>();
  for (let column = 0; column < matrix.columns; column++) {
    const first = matrix.columnBounds[column]!;
    for (let e = first; e < first + columnSize(matrix, column); e++) {
      if (!hasResource(matrix.resources[e]!)) continue;
      for (const atom of atomsOf(snapshot, matrix, e)) {
        const key = atomKey(atom);
        const same = known.get(key);
        if (same === undefined) known.set(key, { atom, classes: [column] });
        else if (same.classes.at(-1) !== column) same.classes.push(column);
      }
    }
  }
  const numbers = new Map<string, number>();
  const atoms: MinedAtom[][] = [];
  const columnsOf = Array.from({ length: matrix.columns }, (): number[] => []);
  for (const { atom, classes } of known.values()) {
    const key = classes.join();
    let number = numbers.get(key);
    if (number === undefined) {
      number = atoms.push([]) - 1;
      numbers.set(key, number);
      for (const column of classes) columnsOf[column]!.push(number);
    }
    atoms[number]!.push(atom);
  }
  return { atoms, columnsOf };
}

function atomsOf(snapshot: Snapshot, matrix: EntitlementMatrix, e: number): readonly MinedAtom[] {
  const where = { resource: matrix.resources[e]!, inherits: matrix.inherits[e] === 1, limit: matrix.limits[e]! };
  return atomsOfTerms(snapshot, matrix.terms[e]!, where);
}

/** One for each action of a grant. */
export function atomsOfTerms(
  snapshot: Snapshot,
  terms: number,
  where: Pick<MinedAtom, 'resource' | 'inherits' | 'limit'>,
): readonly MinedAtom[] {
  const { actions, exceptActions, foldedActions, foldedExcept } = snapshot.terms.all[terms]!;
  return actions.map((action, i) => ({
    action,
    exceptActions: exceptActions.filter((_, j) => overlap(foldedActions[i]!, foldedExcept[j]!)),
    ...where,
  }));
}

/** Equal for atoms that are the same but for letter case. */
export function atomKey({ action, exceptActions, resource, inherits, limit }: MinedAtom): string {
  return JSON.stringify([foldCase(action), exceptActions.map(foldCase), resource, inherits, limit]);
}
