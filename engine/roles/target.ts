/** Roles as they are to be, and whether everybody holds with them what he holds now. */
import { GrantlensError } from '../model/index.ts';
import { atomText } from './atom.ts';
import { givenAtoms } from './given-atoms.ts';
import { rightsOf } from './links.ts';
import { isPlain, type RoleState, type Row, requiredOf } from './role-state.ts';

export interface TargetRole {
  /** The present role that it goes on from, by number; each at most once. Absent for a new one. */
  readonly basedOn?: number;
  /** Of a new role: the present role whose place it takes. */
  readonly insteadOf?: number;
  /** Of a new role; default: made of what it gives. */
  readonly name?: string;
  /** Why, in a sentence. */
  readonly rationale?: string;
  /** Atoms that it grants itself. */
  readonly atoms: readonly number[];
  /** Places in the list of target roles. */
  readonly juniors: readonly number[];
  readonly rows: readonly number[];
}

export interface Target {
  readonly roles: readonly TargetRole[];
  /** Direct grants: row and atom. Rows must be plain. */
  readonly direct: readonly (readonly [row: number, atom: number])[];
}

/** The roles as they are, as a target that changes nothing. */
export function presentTarget(state: RoleState): Target {
  const { roles, rows, atomsOf, juniorsOf, rowsOf, directOf } = state;
  return {
    roles: roles.map((_, role) => ({
      basedOn: role,
      atoms: rightsOf(atomsOf, role),
      juniors: rightsOf(juniorsOf, role),
      rows: rightsOf(rowsOf, role),
    })),
    direct: rows.flatMap((_, row) => rightsOf(directOf, row).map((atom) => [row, atom] as const)),
  };
}

/** By target role, the atoms that it gives. */
export const targetGives = ({ roles }: Target): readonly Uint32Array[] =>
  givenAtoms(
    roles.map(({ atoms }) => atoms),
    roles.map(({ juniors }) => juniors),
  );

/**
 * @throws GrantlensError TARGET_INVALID, with the first row and atom that would be gained or lost; for rows out of scope that
 *   change, new roles over several sources, roles that are gone on from twice, and numbers that there are not
 */
export function checkTarget(state: RoleState, target: Target): void {
  checkNumbers(state, target);
  checkSources(state, target);
  checkScope(state, target);
  checkHoldings(state, target);
}

const invalid = (message: string, facts: Readonly<Record<string, unknown>> = {}): GrantlensError =>
  new GrantlensError('TARGET_INVALID', message, facts);

function checkNumbers(state: RoleState, { roles, direct }: Target): void {
  const taken = new Set<number>();
  const check = (what: string, numbers: readonly number[], count: number): void => {
    for (const number of numbers)
      if (!Number.isInteger(number) || number < 0 || number >= count)
        throw invalid(`There is no ${what} ${number}; there are ${count}.`, { [what]: number });
  };
  for (const { basedOn, atoms, juniors, rows } of roles) {
    check('atom', atoms, state.atoms.length);
    check('target role', juniors, roles.length);
    check('row', rows, state.rows.length);
    if (basedOn === undefined) continue;
    check('role', [basedOn], state.roles.length);
    if (taken.has(basedOn))
      throw invalid(`Two target roles go on from ${JSON.stringify(state.roles[basedOn]!.id)}.`, {
        role: state.roles[basedOn]!.id,
      });
    taken.add(basedOn);
  }
  for (const [row, atom] of direct) {
    check('row', [row], state.rows.length);
    check('atom', [atom], state.atoms.length);
    if (!isPlain(state.rows[row]!))
      throw invalid(
        `A direct grant to ${JSON.stringify(state.rows[row]!.id)} is asked for under the condition or for the time of an assignment.`,
      );
  }
}

/** A role is carried out in one system. One that already is in several may stay so. */
function checkSources(state: RoleState, target: Target): void {
  for (const { basedOn, atoms } of target.roles) {
    const known =
      basedOn === undefined ? [] : rightsOf(state.atomsOf, basedOn).map((atom) => state.atoms[atom]!.source);
    const sources = new Set(atoms.map((atom) => state.atoms[atom]!.source));
    const strange = [...sources].filter((source) => !known.includes(source));
    if (strange.length > (known.length === 0 ? 1 : 0) && sources.size > 1)
      throw invalid(`A role would be made of grants of several sources: ${[...sources].sort().join(', ')}.`);
  }
}

function checkScope(state: RoleState, target: Target): void {
  const { roles, direct } = target;
  const [wantedRoles, wantedAtoms] = [numberLists(state), numberLists(state)];
  // A new role is none that anybody has.
  for (const { basedOn, rows } of roles) for (const row of rows) wantedRoles[row]!.push(basedOn ?? -1);
  for (const [row, atom] of direct) wantedAtoms[row]!.push(atom);
  for (const [row, { inScope, id }] of state.rows.entries()) {
    if (inScope) continue;
    if (
      !isSame(wantedRoles[row]!, rightsOf(state.rolesOf, row)) ||
      !isSame(wantedAtoms[row]!, rightsOf(state.directOf, row))
    )
      throw invalid(`${JSON.stringify(id)} is out of scope, and its assignments or grants would change.`, { id });
  }
}

const numberLists = ({ rows }: RoleState): number[][] => rows.map(() => []);

/** @param wanted in any order, perhaps some twice. @param present ascending, each once */
function isSame(wanted: readonly number[], present: readonly number[]): boolean {
  if (wanted.length < present.length) return false;
  const distinct = [...new Set(wanted)].sort((a, b) => a - b);
  return distinct.length === present.length && distinct.every((one, i) => one === present[i]);
}

function checkHoldings(state: RoleState, target: Target): void {
  const gives = targetGives(target);
  const [rolesOf, directOf] = [numberLists(state), numberLists(state)];
  for (const [number, { rows }] of target.roles.entries()) for (const row of rows) rolesOf[row]!.push(number);
  for (const [row, atom] of target.direct) directOf[row]!.push(atom);
  // Roles that give what they gave are known by the number that they had.
  const asBefore = target.roles.map(({ basedOn }, place) =>
    basedOn !== undefined && isSame(Array.from(gives[place]!), Array.from(state.given[basedOn]!)) ? basedOn : -1,
  );
  const seen = new Set<string>();
  for (const [row, of] of state.rows.entries()) {
    const [had, hadDirect] = [rightsOf(state.rolesOf, row), rightsOf(state.directOf, row)];
    const has = rolesOf[row]!.map((place) => asBefore[place]!);
    if (isSame(has, had) && isSame(directOf[row]!, hadDirect)) continue;
    // Who has the same before and after is decided on alike.
    const stands = [had, hadDirect, rolesOf[row]!, directOf[row]!];
    const key = `${stands.map((list) => list.join()).join(' ')} ${state.optionalOf(row).join()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    checkRow(state, of, row, [...directOf[row]!, ...rolesOf[row]!.flatMap((role) => Array.from(gives[role]!))]);
  }
}

function checkRow(state: RoleState, of: Row, row: number, gets: readonly number[]): void {
  const required = new Set(requiredOf(state, row));
  const optional = new Set(state.optionalOf(row));
  const held = new Set(gets);
  for (const atom of held)
    if (!required.has(atom) && !optional.has(atom))
      throw invalid(wrongText(state, of, atom, 'gain'), factsOf(state, of, atom));
  for (const atom of required)
    if (!held.has(atom) && !optional.has(atom))
      throw invalid(wrongText(state, of, atom, 'lose'), factsOf(state, of, atom));
}

const wrongText = (state: RoleState, { id }: Row, atom: number, what: string): string =>
  `${JSON.stringify(id)} would ${what}: ${atomText(state.atoms[atom]!)}.`;

const factsOf = (state: RoleState, { id }: Row, atom: number) => ({
  holder: id,
  actions: state.atoms[atom]!.actions,
  resource: state.atoms[atom]!.resource,
});
