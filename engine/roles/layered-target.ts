/**
 * Roles of a target that are made of others: what a role grants itself and a smaller one gives too becomes an inclusion, where that is
 * less to look after. Nobody gains or loses anything by it, and everybody is assigned what he was.
 */
import { rightsOf } from './links.ts';
import { fixedRoles } from './mined-target.ts';
import type { RoleState } from './role-state.ts';
import { type Target, type TargetRole, targetGives } from './target.ts';

/** Roles that one is compared with at most, those that give most first. */
const MOST_COMPARED = 1_000;

/**
 * Roles that holders out of scope have stay as they are. A role includes only roles of its own source.
 * O(what roles give, for each role that gives the same rare entitlement).
 *
 * @param price of an edit against a unit of structural complexity, from 0 up
 */
export function layeredTarget(state: RoleState, target: Target, price: number): Target {
  const gives = targetGives(target);
  const fixed = fixedRoles(state);
  const smaller = new SmallerRoles(gives);
  const sources = gives.map((atoms) => sourceOf(state, atoms));
  const roles = target.roles.map((role, place): TargetRole => {
    if (sources[place] === undefined || (role.basedOn !== undefined && fixed.has(role.basedOn))) return role;
    const among = smaller.of(place).filter((other) => sources[other] === sources[place]);
    return layered(state, target, { role, among, gives, price });
  });
  return { ...target, roles };
}

/** The one source of some atoms; undefined where there are several or none. */
function sourceOf({ atoms }: RoleState, list: Uint32Array): string | undefined {
  const sources = new Set(Array.from(list, (atom) => atoms[atom]!.source));
  return sources.size === 1 ? [...sources][0] : undefined;
}

interface Layering {
  readonly role: TargetRole;
  /** Places of roles that give a part of what the role gives. */
  readonly among: readonly number[];
  readonly gives: readonly Uint32Array[];
  readonly price: number;
}

/** Takes in one smaller role after the other, that which saves most first. */
function layered(state: RoleState, { roles }: Target, { role, among, gives, price }: Layering): TargetRole {
  const { basedOn } = role;
  const had = new Set(basedOn === undefined ? [] : rightsOf(state.atomsOf, basedOn));
  const included = new Set(basedOn === undefined ? [] : rightsOf(state.juniorsOf, basedOn));
  const own = new Set(role.atoms);
  const juniors = [...role.juniors];
  // A grant that goes is an edit, and one that need not come is none.
  const worthOf = (atom: number): number => 1 + (had.has(atom) ? -price : price);
  for (;;) {
    let [best, most] = [-1, 0];
    for (const place of among) {
      if (juniors.includes(place)) continue;
      const { basedOn: of } = roles[place]!;
      let saved = -1 - (of !== undefined && included.has(of) ? -price : price);
      for (const atom of gives[place]!) if (own.has(atom)) saved += worthOf(atom);
      if (saved > most + 1e-9) [best, most] = [place, saved];
    }
    if (best < 0) break;
    juniors.push(best);
    for (const atom of gives[best]!) own.delete(atom);
  }
  if (juniors.length === role.juniors.length) return role;
  return { ...role, atoms: role.atoms.filter((atom) => own.has(atom)), juniors: juniors.sort((a, b) => a - b) };
}

/** For each role those that give a part of what it gives: never two that give the same, so that none includes itself. */
class SmallerRoles {
  readonly #gives: readonly Uint32Array[];
  /** Places of roles by the rarest of what they give. */
  readonly #byRarest = new Map<number, number[]>();

  constructor(gives: readonly Uint32Array[]) {
    this.#gives = gives;
    const counts = new Map<number, number>();
    for (const atoms of gives) for (const atom of atoms) counts.set(atom, (counts.get(atom) ?? 0) + 1);
    for (const [place, atoms] of gives.entries()) {
      // To include what gives one entitlement saves nothing.
      if (atoms.length < 2) continue;
      const rarest = atoms.reduce((a, b) => (counts.get(b)! < counts.get(a)! ? b : a));
      const known = this.#byRarest.get(rarest);
      if (known === undefined) this.#byRarest.set(rarest, [place]);
      else known.push(place);
    }
  }

  of(place: number): readonly number[] {
    const own = this.#gives[place]!;
    const has = new Set(own);
    return Array.from(own)
      .flatMap((atom) => this.#byRarest.get(atom) ?? [])
      .filter((other) => this.#gives[other]!.length < own.length && this.#gives[other]!.every((atom) => has.has(atom)))
      .sort((a, b) => this.#gives[b]!.length - this.#gives[a]!.length || a - b)
      .slice(0, MOST_COMPARED);
  }
}
