/** Rows that have the same roles and grants before and after: whatever is done to one of them is done to all. */
import { rightsOf } from './links.ts';
import { type RoleState, requiredOf } from './role-state.ts';
import { type Target, targetGives } from './target.ts';

/** Roles are numbered so: present ones first, then new ones in the order of the target. */
export interface Held {
  readonly roles: readonly number[];
  readonly direct: readonly number[];
}

export interface HolderClasses {
  /** Rows of each class, ascending. */
  readonly rows: readonly (readonly number[])[];
  readonly had: readonly Held[];
  readonly has: readonly Held[];
  /**
   * Atoms that those of a class must hold at every moment, and those that they may hold. What may be lost and is not must be held all
   * the time, and what may be gained and is not is never held.
   */
  readonly required: readonly ReadonlySet<number>[];
  readonly allowed: readonly ReadonlySet<number>[];
}

/** O(assignments and direct grants, before and after). Classes are in the order of their first rows. */
export function holderClasses(state: RoleState, target: Target): HolderClasses {
  const will = targetHoldings(state, target);
  const numbers = new Map<string, number>();
  const rows: number[][] = [];
  const had: Held[] = [];
  const has: Held[] = [];
  for (const row of state.rows.keys()) {
    const before = { roles: rightsOf(state.rolesOf, row), direct: rightsOf(state.directOf, row) };
    const after = will[row]!;
    const key = [before.roles, before.direct, after.roles, after.direct, state.optionalOf(row)]
      .map((list) => list.join())
      .join('|');
    const known = numbers.get(key);
    if (known !== undefined) {
      rows[known]!.push(row);
      continue;
    }
    numbers.set(key, rows.length);
    rows.push([row]);
    had.push(before);
    has.push(after);
  }
  const after = new HeldAfter(state, target);
  const sets = rows.map(([row], place) => setsOf(state, row!, () => after.of(has[place]!)));
  return {
    rows,
    had,
    has,
    required: sets.map(({ required }) => required),
    allowed: sets.map(({ allowed }) => allowed),
  };
}

function targetHoldings(state: RoleState, { roles, direct }: Target): readonly Held[] {
  const held = state.rows.map(() => ({ roles: [] as number[], direct: [] as number[] }));
  let next = state.roles.length;
  for (const { basedOn, rows } of roles) {
    const number = basedOn ?? next++;
    for (const row of rows) held[row]!.roles.push(number);
  }
  for (const [row, atom] of direct) held[row]!.direct.push(atom);
  return held.map((of) => ({ roles: once(of.roles), direct: once(of.direct) }));
}

const once = (numbers: readonly number[]): readonly number[] => [...new Set(numbers)].sort((a, b) => a - b);

function setsOf(state: RoleState, row: number, after: () => ReadonlySet<number>) {
  const optional = state.optionalOf(row);
  const all = requiredOf(state, row);
  const allowed = new Set(all);
  const required = new Set(all);
  if (optional.length === 0) return { required, allowed };
  const will = after();
  for (const atom of optional)
    if (will.has(atom)) allowed.add(atom);
    else required.delete(atom);
  return { required, allowed };
}

/** What is held by the roles of a target and by direct grants. */
class HeldAfter {
  readonly #gives: readonly Uint32Array[];
  /** Places in the target, by number of role. */
  readonly #places: ReadonlyMap<number, number>;

  constructor({ roles }: RoleState, target: Target) {
    this.#gives = targetGives(target);
    let next = roles.length;
    this.#places = new Map(target.roles.map(({ basedOn }, place) => [basedOn ?? next++, place]));
  }

  of({ roles, direct }: Held): ReadonlySet<number> {
    const held = new Set(direct);
    for (const role of roles) for (const atom of this.#gives[this.#places.get(role)!]!) held.add(atom);
    return held;
  }
}
