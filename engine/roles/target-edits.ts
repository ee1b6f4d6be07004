/** What a target changes, role by role, and how much that is in all. */
import { rightsOf } from './links.ts';
import type { RoleState } from './role-state.ts';
import type { Target, TargetRole } from './target.ts';

export interface RoleEdits {
  readonly membersAdded: number;
  readonly membersRemoved: number;
  readonly contentsAdded: number;
  readonly contentsRemoved: number;
}

/** Of each target role, against the present role that it goes on from, or against nothing. */
export function roleEdits(state: RoleState, { roles }: Target): readonly RoleEdits[] {
  return roles.map((role) => {
    const [members, atoms, juniors] = [membersOf, atomsOf, juniorsOf].map((of) => difference(of(state, role, roles)));
    return {
      membersAdded: members!.added,
      membersRemoved: members!.removed,
      contentsAdded: atoms!.added + juniors!.added,
      contentsRemoved: atoms!.removed + juniors!.removed,
    };
  });
}

/** Present roles that no target role goes on from. */
export function retiredRoles(state: RoleState, { roles }: Target): readonly number[] {
  const based = new Set(roles.map(({ basedOn }) => basedOn));
  return [...state.roles.keys()].filter((role) => !based.has(role));
}

/**
 * The price of a target: assignments, grants and inclusions that come or go, direct grants that do, and 2 for each new role and
 * 1 for each that is retired.
 */
export function editCount(state: RoleState, target: Target): number {
  const { roles, direct } = target;
  const changed = roleEdits(state, target).reduce(
    (sum, { membersAdded, membersRemoved, contentsAdded, contentsRemoved }) =>
      sum + membersAdded + membersRemoved + contentsAdded + contentsRemoved,
    0,
  );
  const retired = retiredRoles(state, target);
  const gone = retired.reduce(
    (sum, role) =>
      sum +
      1 +
      rightsOf(state.rowsOf, role).length +
      rightsOf(state.atomsOf, role).length +
      rightsOf(state.juniorsOf, role).length,
    0,
  );
  const made = 2 * roles.filter(({ basedOn }) => basedOn === undefined).length;
  const grant = (row: number, atom: number): number => row * state.atoms.length + atom;
  const had = state.rows.flatMap((_, row) => rightsOf(state.directOf, row).map((atom) => grant(row, atom)));
  const { added, removed } = difference([had, direct.map(([row, atom]) => grant(row, atom))]);
  return changed + gone + made + added + removed;
}

type Sides = readonly [had: Iterable<unknown>, has: Iterable<unknown>];

const membersOf = ({ rowsOf }: RoleState, { basedOn, rows }: TargetRole): Sides => [
  basedOn === undefined ? [] : rightsOf(rowsOf, basedOn),
  rows,
];

const atomsOf = (state: RoleState, { basedOn, atoms }: TargetRole): Sides => [
  basedOn === undefined ? [] : rightsOf(state.atomsOf, basedOn),
  atoms,
];

const juniorsOf = (state: RoleState, { basedOn, juniors }: TargetRole, roles: readonly TargetRole[]): Sides => [
  basedOn === undefined ? [] : rightsOf(state.juniorsOf, basedOn),
  // A new junior is none that was there before.
  juniors.map((place) => roles[place]!.basedOn ?? `new ${place}`),
];

function difference([had, has]: Sides): { readonly added: number; readonly removed: number } {
  const [before, after] = [new Set(had), new Set(has)];
  return {
    added: [...after].filter((one) => !before.has(one)).length,
    removed: [...before].filter((one) => !after.has(one)).length,
  };
}
