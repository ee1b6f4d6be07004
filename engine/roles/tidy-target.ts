/**
 * The roles as they are, less what is plainly too much: what remains gives everybody the same. Nothing is found anew; that is
 * what mining is for.
 */
import { coveredRoles } from './detect.ts';
import { rightsOf } from './links.ts';
import type { RoleState } from './role-state.ts';
import type { Target, TargetRole } from './target.ts';

/**
 * Of roles in scope that give the same one stays; assignments and direct grants that roles of the holder cover go; direct
 * grants that are all that a role gives become an assignment; what may be lost goes where nothing else comes with it; roles that
 * nobody has and none includes go.
 * O(what holders have).
 */
export function tidyTarget(state: RoleState): Target {
  const { rows, rolesOf, directOf, given } = state;
  const stands = standsFor(state);
  const homes = homesOf(state, stands);
  const rowsOf: Set<number>[] = state.roles.map(() => new Set());
  const direct: (readonly [number, number])[] = [];
  for (const [row, { inScope }] of rows.entries()) {
    if (!inScope) {
      for (const role of rightsOf(rolesOf, row)) rowsOf[role]!.add(row);
      direct.push(...rightsOf(directOf, row).map((atom) => [row, atom] as const));
      continue;
    }
    const optional = new Set(state.optionalOf(row));
    const own = rightsOf(directOf, row).filter((atom) => !optional.has(atom));
    const left = rightsOf(rolesOf, row).filter((role) => !isWithin(given[role]!, optional));
    const roles = new Set(left.map((role) => stands[role]!));
    for (const role of homesFor(state, homes, new Set(own))) roles.add(role);
    const { covered, giver } = coveredRoles(
      state,
      [...roles].sort((a, b) => a - b),
    );
    for (const role of roles) if (!covered.includes(role) && given[role]!.length > 0) rowsOf[role]!.add(row);
    direct.push(...own.filter((atom) => !giver.has(atom)).map((atom) => [row, atom] as const));
  }
  return { roles: needed(state, rowsOf), direct };
}

const isWithin = (atoms: Uint32Array, all: ReadonlySet<number>): boolean =>
  all.size > 0 && atoms.every((atom) => all.has(atom));

/** By role, the first one that gives the same from the same sources; itself where holders out of scope have it. */
function standsFor(state: RoleState): readonly number[] {
  const { roles, atomsOf, given } = state;
  const firsts = new Map<string, number>();
  return roles.map((_, role) => {
    const sources = new Set(rightsOf(atomsOf, role).map((atom) => state.atoms[atom]!.source));
    const key = `${[...sources].sort().join('\n')}\n${given[role]!.join()}`;
    const first = firsts.get(key) ?? role;
    firsts.set(key, first);
    return first;
  });
}

/** Roles that hold two atoms or more, by each atom. */
function homesOf({ roles, given }: RoleState, stands: readonly number[]): ReadonlyMap<number, readonly number[]> {
  const homes = new Map<number, number[]>();
  for (const role of roles.keys()) {
    const gives = given[role]!;
    if (stands[role] !== role || gives.length < 2) continue;
    const known = homes.get(gives[0]!);
    if (known === undefined) homes.set(gives[0]!, [role]);
    else known.push(role);
  }
  return homes;
}

/** Roles that give nothing but direct grants of one holder, the larger ones first, none for what another one gives. */
function homesFor(
  { given }: RoleState,
  homes: ReadonlyMap<number, readonly number[]>,
  direct: ReadonlySet<number>,
): readonly number[] {
  if (direct.size < 2) return [];
  const fitting = [...direct]
    .flatMap((atom) => homes.get(atom) ?? [])
    .filter((role) => given[role]!.every((a) => direct.has(a)));
  const left = new Set(direct);
  const chosen: number[] = [];
  for (const role of fitting.sort((a, b) => given[b]!.length - given[a]!.length || a - b)) {
    const news = given[role]!.filter((atom) => left.has(atom)).length;
    if (news < 2) continue;
    chosen.push(role);
    for (const atom of given[role]!) left.delete(atom);
  }
  return chosen;
}

/** Roles that somebody is assigned, and all that these include, as they are but for their holders. */
function needed(state: RoleState, rowsOf: readonly ReadonlySet<number>[]): readonly TargetRole[] {
  const { roles, atomsOf, juniorsOf } = state;
  const kept = new Set([...roles.keys()].filter((role) => rowsOf[role]!.size > 0));
  for (const role of kept) for (const junior of rightsOf(juniorsOf, role)) kept.add(junior);
  const numbers = [...kept].sort((a, b) => a - b);
  const places = new Map(numbers.map((role, place) => [role, place]));
  return numbers.map((role) => ({
    basedOn: role,
    atoms: rightsOf(atomsOf, role),
    juniors: rightsOf(juniorsOf, role).map((junior) => places.get(junior)!),
    rows: [...rowsOf[role]!].sort((a, b) => a - b),
  }));
}
