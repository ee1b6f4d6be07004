/** Which roles that stay or come take the place of one that goes, where that can be said in a few words. */
import { rightsOf } from './links.ts';
import type { RoleState } from './role-state.ts';
import { type Target, targetGives } from './target.ts';

/**
 * TWIN: another one gives the same and was assigned to the same. SAME_CONTENT: it gives the same, and was assigned to others.
 * SUBSUMED: it gives more, and all who had the role are assigned it. SHARED_OUT: a few together give the role's all to everybody
 * who had it.
 */
export interface RetiredBecause {
  readonly how: 'TWIN' | 'SAME_CONTENT' | 'SUBSUMED' | 'SHARED_OUT';
  /** Names, the first one that gives most. */
  readonly instead: readonly string[];
}

/** Roles that are named in place of one. */
const MOST_NAMED = 3;

/**
 * By number of the retired role; none for what has no holders, and for what many roles share.
 * O(holders of the retired roles · their roles, and what these give).
 *
 * @param names of the target's roles
 */
export function retiredBecause(
  state: RoleState,
  target: Target,
  names: readonly string[],
  retired: readonly number[],
): ReadonlyMap<number, RetiredBecause> {
  const gives = targetGives(target);
  const rolesOf = new Map<number, number[]>();
  const concerned = new Set(retired.flatMap((role) => rightsOf(state.rowsOf, role)));
  for (const [place, { rows }] of target.roles.entries())
    for (const row of rows) if (concerned.has(row)) rolesOf.set(row, [...(rolesOf.get(row) ?? []), place]);
  const found = new Map<number, RetiredBecause>();
  for (const role of retired) {
    const rows = rightsOf(state.rowsOf, role);
    const content = state.given[role]!;
    if (rows.length === 0 || content.length === 0) continue;
    const common = commonTo(rows.map((row) => rolesOf.get(row) ?? []));
    const because = becauseOf(state, target, role, common, gives);
    if (because !== undefined)
      found.set(role, { how: because.how, instead: because.places.map((place) => names[place]!) });
  }
  return found;
}

function commonTo(lists: readonly (readonly number[])[]): readonly number[] {
  const [first = [], ...others] = lists.map((list) => new Set(list));
  return [...first].filter((one) => others.every((other) => other.has(one)));
}

function becauseOf(
  state: RoleState,
  { roles }: Target,
  role: number,
  common: readonly number[],
  gives: readonly Uint32Array[],
): { readonly how: RetiredBecause['how']; readonly places: readonly number[] } | undefined {
  const content = state.given[role]!;
  const overlap = (place: number, of: ReadonlySet<number>): number =>
    gives[place]!.filter((atom) => of.has(atom)).length;
  const left = new Set<number>(content);
  const whole = common.filter((place) => overlap(place, left) === content.length);
  const same = whole.find((place) => gives[place]!.length === content.length);
  if (same !== undefined) {
    const { basedOn } = roles[same]!;
    const rows = rightsOf(state.rowsOf, role).join();
    const isTwin = basedOn !== undefined && rightsOf(state.rowsOf, basedOn).join() === rows;
    return { how: isTwin ? 'TWIN' : 'SAME_CONTENT', places: [same] };
  }
  const [smallest] = [...whole].sort((a, b) => gives[a]!.length - gives[b]!.length || a - b);
  if (smallest !== undefined) return { how: 'SUBSUMED', places: [smallest] };
  const places: number[] = [];
  while (left.size > 0 && places.length < MOST_NAMED) {
    const [best] = [...common].sort((a, b) => overlap(b, left) - overlap(a, left) || a - b);
    if (best === undefined || overlap(best, left) === 0) return undefined;
    places.push(best);
    for (const atom of gives[best]!) left.delete(atom);
  }
  return left.size === 0 ? { how: 'SHARED_OUT', places } : undefined;
}
