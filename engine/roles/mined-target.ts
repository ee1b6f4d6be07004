/** From mined roles, source by source, to a target: which present role each goes on from, and what is left to grant directly. */
import { rightsOf } from './links.ts';
import { matchRoles, type Wanted } from './match-roles.ts';
import type { MinedRole, MiningMatrix } from './mining-matrix.ts';
import { isPlain, neededOf, type RoleState } from './role-state.ts';
import { type Target, type TargetRole, targetGives } from './target.ts';

/**
 * Roles that holders out of scope have stay for them as they are, with all that they include. What no mined role gives to a
 * holder is granted directly, or by a role of its own where it is held for a time or under a condition.
 *
 * @param mined roles of each matrix, in the order of the matrices
 * @param mayBeOne whether what was found apart may be one role again
 */
export function minedTarget(
  state: RoleState,
  matrices: readonly MiningMatrix[],
  mined: readonly (readonly MinedRole[])[],
  mayBeOne: (atoms: readonly number[]) => boolean = () => true,
): Target {
  const fixed = fixedRoles(state);
  const parts = matrices.flatMap((matrix, i) => mined[i]!.map((role) => wantedOf(matrix, role)));
  // A role over several sources that cannot go on as it is falls apart after all.
  const joining = [...state.roles.keys()].filter((role) => !mayBeOne([...state.given[role]!]));
  for (const apart = new Set(joining); ; ) {
    const wanted = joinedOverSources(state, parts, apart);
    const { direct, roles: more } = leftOver(state, wanted);
    const all = [...wanted, ...more].filter(({ atoms, rows }) => atoms.length > 0 && rows.length > 0);
    const roles = withOrigins(state, all, fixed);
    const mixed = all.flatMap(({ origin }, place) =>
      origin !== undefined && wouldMix(state, all[place]!, roles[place]!) ? [origin] : [],
    );
    if (mixed.length === 0) return { roles, direct };
    for (const role of mixed) apart.add(role);
  }
}

/** True for a role that would grant itself what belongs to several sources, and does not do so now. */
function wouldMix(state: RoleState, { atoms: gives }: Wanted, { basedOn, atoms }: TargetRole): boolean {
  const sourcesOf = (list: readonly number[]): Set<string> => new Set(list.map((atom) => state.atoms[atom]!.source));
  if (sourcesOf(gives).size < 2) return false;
  const own = basedOn === undefined ? [] : sourcesOf(rightsOf(state.atomsOf, basedOn));
  const known = new Set(own);
  return sourcesOf(atoms).size > 1 && [...sourcesOf(atoms)].some((source) => !known.has(source));
}

function wantedOf({ stateRows, atoms }: MiningMatrix, { rows, columns, origin }: MinedRole): Wanted {
  return {
    rows: rows.flatMap((row) => stateRows[row]!).sort((a, b) => a - b),
    atoms: columns.map((column) => atoms[column]!).sort((a, b) => a - b),
    ...(origin === undefined ? {} : { origin }),
  };
}

/** Roles that somebody out of scope has, and all that these include. */
export function fixedRoles(state: RoleState): ReadonlySet<number> {
  const fixed = new Set<number>();
  for (const role of state.roles.keys())
    if (rightsOf(state.rowsOf, role).some((row) => !state.rows[row]!.inScope)) fixed.add(role);
  for (const role of fixed) for (const junior of rightsOf(state.juniorsOf, role)) fixed.add(junior);
  return fixed;
}

/** A present role over several sources is one again, where its parts were all found for the same holders. */
function joinedOverSources(state: RoleState, wanted: readonly Wanted[], apart: ReadonlySet<number>): readonly Wanted[] {
  const byContent = new Map<string, number>();
  const keyOf = (atoms: readonly number[], rows: readonly number[]): string => `${atoms.join()} ${rows.join()}`;
  for (const [place, { atoms, rows }] of wanted.entries()) byContent.set(keyOf(atoms, rows), place);
  const gone = new Set<number>();
  const joined: Wanted[] = [];
  for (const role of state.roles.keys()) {
    const parts = sourceParts(state, role);
    if (parts.length < 2 || apart.has(role)) continue;
    const rows = rightsOf(state.rowsOf, role).filter((row) => state.rows[row]!.inScope);
    const places = parts.map((atoms) => byContent.get(keyOf(atoms, rows)));
    if (places.some((place) => place === undefined || gone.has(place))) continue;
    for (const place of places) gone.add(place!);
    joined.push({ atoms: [...state.given[role]!], rows, origin: role });
  }
  return [...wanted.filter((_, place) => !gone.has(place)), ...joined];
}

function sourceParts({ given, atoms }: RoleState, role: number): readonly (readonly number[])[] {
  const parts = new Map<string, number[]>();
  for (const atom of given[role]!) {
    const { source } = atoms[atom]!;
    parts.set(source, [...(parts.get(source) ?? []), atom]);
  }
  return [...parts.values()];
}

/** What holders in scope have to hold and no role gives, and direct grants of the others. */
function leftOver(
  state: RoleState,
  wanted: readonly Wanted[],
): { readonly direct: Target['direct']; readonly roles: readonly Wanted[] } {
  const held = new Map<number, Set<number>>();
  for (const { rows, atoms } of wanted)
    for (const row of rows) {
      const known = held.get(row) ?? new Set();
      for (const atom of atoms) known.add(atom);
      held.set(row, known);
    }
  const direct: (readonly [number, number])[] = [];
  const sets = new Map<string, { readonly atoms: readonly number[]; readonly rows: number[] }>();
  for (const [row, of] of state.rows.entries()) {
    const needed = of.inScope ? neededOf(state, row) : rightsOf(state.directOf, row);
    const left = of.inScope ? needed.filter((atom) => !held.get(row)?.has(atom)) : needed;
    if (!of.inScope || isPlain(of)) direct.push(...left.map((atom) => [row, atom] as const));
    else
      for (const atoms of partsBySource(state, left)) {
        const known = sets.get(atoms.join());
        if (known === undefined) sets.set(atoms.join(), { atoms, rows: [row] });
        else known.rows.push(row);
      }
  }
  return { direct, roles: [...sets.values()] };
}

function partsBySource({ atoms }: RoleState, list: readonly number[]): readonly (readonly number[])[] {
  const parts = new Map<string, number[]>();
  for (const atom of list) {
    const { source } = atoms[atom]!;
    parts.set(source, [...(parts.get(source) ?? []), atom]);
  }
  return [...parts.values()];
}

/** Target roles with their origins; of those that go on from a present role, what it grants and includes stays where it may. */
function withOrigins(state: RoleState, wanted: readonly Wanted[], fixed: ReadonlySet<number>): readonly TargetRole[] {
  const origins = matchRoles(state, wanted, fixed);
  const placeOf = new Map<number, number>();
  for (const [place, origin] of origins.entries()) if (origin !== undefined) placeOf.set(origin, place);
  const content = wanted.map(({ atoms }) => new Set(atoms));
  // Present roles that stay though no wanted one goes on from them come after the others.
  const extra = [...new Set([...fixed, ...includedOnly(state, wanted, placeOf)])].filter((role) => !placeOf.has(role));
  extra.sort((a, b) => a - b);
  for (const [i, role] of extra.entries()) placeOf.set(role, wanted.length + i);
  const roles = wanted.map((role, place): TargetRole => {
    const origin = origins[place];
    if (origin === undefined) return { atoms: role.atoms, juniors: [], rows: role.rows };
    if (fixed.has(origin)) return fixedRole(state, origin, placeOf, role.rows);
    const has = content[place]!;
    const juniors = rightsOf(state.juniorsOf, origin).flatMap((junior) => {
      const at = placeOf.get(junior);
      if (at === undefined) return [];
      const gives = at < wanted.length ? wanted[at]!.atoms : state.given[junior]!;
      return gives.every((atom: number) => has.has(atom)) ? [at] : [];
    });
    const covered = new Set(
      juniors.flatMap((at) => (at < wanted.length ? wanted[at]!.atoms : [...state.given[extra[at - wanted.length]!]!])),
    );
    const own = new Set(rightsOf(state.atomsOf, origin));
    return {
      basedOn: origin,
      atoms: role.atoms.filter((atom) => own.has(atom) || !covered.has(atom)),
      juniors,
      rows: role.rows,
    };
  });
  return withoutGaps([...roles, ...extra.map((role) => fixedRole(state, role, placeOf, []))], wanted);
}

/**
 * Roles that are included by roles which go on as they are, and by which these are shorter to write. They stay with all that they
 * include, unless some of that goes on as something else.
 */
function includedOnly(
  state: RoleState,
  wanted: readonly Wanted[],
  placeOf: ReadonlyMap<number, number>,
): ReadonlySet<number> {
  const isAsItWas = (role: number): boolean => {
    const place = placeOf.get(role);
    return place === undefined || wanted[place]!.atoms.join() === state.given[role]!.join();
  };
  const found = new Set<number>();
  for (const role of placeOf.keys()) {
    if (!isAsItWas(role)) continue;
    for (const junior of rightsOf(state.juniorsOf, role)) {
      const below = new Set([junior]);
      for (const one of below) for (const other of rightsOf(state.juniorsOf, one)) below.add(other);
      if ([...below].every(isAsItWas)) for (const one of below) found.add(one);
    }
  }
  return found;
}

function fixedRole(
  state: RoleState,
  role: number,
  placeOf: ReadonlyMap<number, number>,
  inScope: readonly number[],
): TargetRole {
  const outside = rightsOf(state.rowsOf, role).filter((row) => !state.rows[row]!.inScope);
  return {
    basedOn: role,
    atoms: rightsOf(state.atomsOf, role),
    juniors: rightsOf(state.juniorsOf, role).map((junior) => placeOf.get(junior)!),
    rows: [...new Set([...outside, ...inScope])].sort((a, b) => a - b),
  };
}

/** Roles that include each other in a circle may each have left to the other what neither grants: they grant it themselves. */
function withoutGaps(roles: readonly TargetRole[], wanted: readonly Wanted[]): readonly TargetRole[] {
  const gives = targetGives({ roles, direct: [] });
  return roles.map((role, place) => {
    const has = new Set(gives[place]!);
    const missing = (wanted[place]?.atoms ?? []).filter((atom) => !has.has(atom));
    return missing.length === 0 ? role : { ...role, atoms: [...role.atoms, ...missing].sort((a, b) => a - b) };
  });
}
