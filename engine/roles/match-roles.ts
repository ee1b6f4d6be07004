/** Which present role each wanted one goes on from: so that people meet roles they know, and as little as possible changes. */
import { rightsOf } from './links.ts';
import type { RoleState } from './role-state.ts';

/** A role as it is to be: atoms that it gives, however, and rows; ascending. */
export interface Wanted {
  readonly atoms: readonly number[];
  readonly rows: readonly number[];
  /** The present role that whoever made it had in mind. */
  readonly origin?: number;
}

/** Share of what two roles give together that both must give, to be the same role to people. */
const SAME_ENOUGH = 0.5;
/** Present roles that a wanted one is compared with at most: those that give most of the same. */
const MOST_COMPARED = 50;

interface Match {
  readonly place: number;
  readonly role: number;
  /** Assignments and atoms in which the two differ. */
  readonly cost: number;
}

/**
 * By place of the wanted roles, the present role; undefined for new ones. The cheapest pairs are taken first; a pair that was
 * meant to be one counts as cheaper than any that was not. O(wanted · present roles that give the same · their sizes).
 *
 * @param fixed present roles that must stay what they are: only a role that gives exactly the same goes on from one
 */
export function matchRoles(
  state: RoleState,
  wanted: readonly Wanted[],
  fixed: ReadonlySet<number>,
): readonly (number | undefined)[] {
  const givers = giversOf(state);
  const matches = wanted.flatMap((want, place) => candidates(state, want, place, givers, fixed));
  matches.sort((a, b) => a.cost - b.cost || a.place - b.place || a.role - b.role);
  const origins: (number | undefined)[] = wanted.map(() => undefined);
  const taken = new Set<number>();
  for (const isMeant of [true, false])
    for (const { place, role } of matches) {
      if (origins[place] !== undefined || taken.has(role) || isMeant !== (wanted[place]!.origin === role)) continue;
      origins[place] = role;
      taken.add(role);
    }
  return origins;
}

function candidates(
  state: RoleState,
  want: Wanted,
  place: number,
  givers: ReadonlyMap<number, readonly number[]>,
  fixed: ReadonlySet<number>,
): readonly Match[] {
  const common = new Map<number, number>();
  for (const atom of want.atoms)
    for (const role of givers.get(atom) ?? []) common.set(role, (common.get(role) ?? 0) + 1);
  const rows = new Set(want.rows);
  const likely = [...common].sort(([a, n], [b, m]) => m - n || a - b).slice(0, MOST_COMPARED);
  return likely.flatMap(([role, both]) => {
    const gives = state.given[role]!.length;
    const together = gives + want.atoms.length - both;
    if (fixed.has(role) ? both !== together : both / together < SAME_ENOUGH && want.origin !== role) return [];
    if (both !== together && !fitsSources(state, want, role)) return [];
    const had = rightsOf(state.rowsOf, role).filter((row) => state.rows[row]!.inScope);
    const stay = had.filter((row) => rows.has(row)).length;
    return [{ place, role, cost: together - both + (had.length - stay) + (rows.size - stay) }];
  });
}

/** A role goes on in the systems that it is in. */
function fitsSources(state: RoleState, { atoms }: Wanted, role: number): boolean {
  const own = new Set(rightsOf(state.atomsOf, role).map((atom) => state.atoms[atom]!.source));
  return own.size === 0 || atoms.every((atom) => own.has(state.atoms[atom]!.source));
}

function giversOf({ given }: RoleState): ReadonlyMap<number, readonly number[]> {
  const givers = new Map<number, number[]>();
  for (const [role, atoms] of given.entries())
    for (const atom of atoms) {
      const known = givers.get(atom);
      if (known === undefined) givers.set(atom, [role]);
      else known.push(role);
    }
  return givers;
}
