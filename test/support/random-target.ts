/** Roles at random that give everybody exactly what he holds: some present ones as they are, others changed, others new. */
import { rightsOf } from '../../engine/roles/links.ts';
import { isPlain, type RoleState, requiredOf } from '../../engine/roles/role-state.ts';
import { type Target, type TargetRole, targetGives } from '../../engine/roles/target.ts';
import { picker } from './role-graph.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

export function randomTarget(state: RoleState, next: () => number): Target {
  const pick = picker(next);
  const required = state.rows.map((_, row) => new Set(requiredOf(state, row)));
  const roles: Mutable<TargetRole>[] = keptRoles(state, next);
  const unused = state.roles.map((_, role) => role).filter((role) => !roles.some(({ basedOn }) => basedOn === role));
  const add = (atoms: readonly number[], rows: readonly number[]): void => {
    const role: Mutable<TargetRole> = { atoms: [...atoms], juniors: [], rows: [...rows] };
    const sources = new Set(atoms.map((atom) => state.atoms[atom]!.source));
    const fits = unused.filter((one) => {
      const has = rightsOf(state.atomsOf, one).map((atom) => state.atoms[atom]!.source);
      return has.length === 0 || [...sources].every((source) => has.includes(source));
    });
    if (fits.length > 0 && next() < 0.7) role.basedOn = unused.splice(unused.indexOf(pick(fits)), 1)[0]!;
    roles.push(role);
  };
  for (let i = Math.floor(next() * 6); i > 0; i--) {
    const row = Math.floor(next() * state.rows.length);
    const { source } = state.atoms[pick([...required[row]!])] ?? { source: '' };
    const atoms = [...required[row]!].filter((atom) => state.atoms[atom]!.source === source && next() < 0.7);
    const rows = state.rows
      .map((_, one) => one)
      .filter((one) => next() < 0.8 && atoms.every((atom) => required[one]!.has(atom)));
    if (atoms.length > 0)
      add(
        atoms,
        rows.filter((one) => state.rows[one]!.inScope),
      );
  }
  nest(state, roles, next);
  const direct = coverTheRest(state, roles, required, add, next);
  return { roles, direct };
}

/** Some present roles, with all that they include, so that they give what they gave. */
function keptRoles(state: RoleState, next: () => number): Mutable<TargetRole>[] {
  const kept = new Set<number>();
  for (const role of state.roles.keys())
    if (next() < 0.35 || rightsOf(state.rowsOf, role).some((row) => !state.rows[row]!.inScope)) kept.add(role);
  for (const role of kept) for (const junior of rightsOf(state.juniorsOf, role)) kept.add(junior);
  const places = new Map([...kept].map((role, place) => [role, place]));
  return [...kept].map((role) => ({
    basedOn: role,
    atoms: [...rightsOf(state.atomsOf, role)],
    juniors: rightsOf(state.juniorsOf, role).map((junior) => places.get(junior)!),
    rows: rightsOf(state.rowsOf, role).filter((row) => !state.rows[row]!.inScope || next() < 0.7),
  }));
}

/** Lets some roles include others that give a part of what they give. */
function nest(state: RoleState, roles: Mutable<TargetRole>[], next: () => number): void {
  for (const role of roles)
    for (const [place, other] of roles.entries()) {
      if (role === other || next() < 0.5) continue;
      const gives = targetGives({ roles, direct: [] });
      const own = new Set(gives[roles.indexOf(role)]!);
      const its = gives[place]!;
      if (its.length === 0 || its.some((atom) => !own.has(atom)) || role.juniors.includes(place)) continue;
      role.juniors.push(place);
      const without = role.atoms.filter((atom) => !its.includes(atom));
      const whole = role.atoms;
      if (next() < 0.7) role.atoms = without;
      // A circle of roles may have had it from each other alone.
      const after = targetGives({ roles, direct: [] });
      if (after.some((now, i) => now.length !== gives[i]!.length)) role.atoms = whole;
    }
  void state;
}

function coverTheRest(
  state: RoleState,
  roles: readonly TargetRole[],
  required: readonly ReadonlySet<number>[],
  add: (atoms: readonly number[], rows: readonly number[]) => void,
  next: () => number,
): (readonly [number, number])[] {
  const gives = targetGives({ roles, direct: [] });
  const direct: (readonly [number, number])[] = [];
  for (const [row, of] of state.rows.entries()) {
    if (!of.inScope) {
      direct.push(...rightsOf(state.directOf, row).map((atom) => [row, atom] as const));
      continue;
    }
    const held = new Set(roles.flatMap(({ rows }, i) => (rows.includes(row) ? [...gives[i]!] : [])));
    const left = [...required[row]!].filter((atom) => !held.has(atom));
    for (const source of new Set(left.map((atom) => state.atoms[atom]!.source))) {
      const atoms = left.filter((atom) => state.atoms[atom]!.source === source);
      if (isPlain(of) && next() < 0.4) direct.push(...atoms.map((atom) => [row, atom] as const));
      else add(atoms, [row]);
    }
  }
  return direct;
}
