/**
 * What a role gives, as a set that says so exactly: two roles with equal sets give the same to whoever has them, at any
 * instant and in any reach. A set holds what its grants, assumptions and bounds say, and those of all that it always
 * includes. What it includes under a condition or for a time stands in the set as that inclusion.
 */
import type { ArcRows } from '../../algorithms/arc-rows.ts';
import { stronglyCondensed } from '../../algorithms/condensation.ts';
import type { Instant } from '../model/index.ts';
import type { Pace } from '../snapshot/pace.ts';
import { BOUND, CONDITIONAL_EDGE, GRANT, MEMBERSHIP, type Snapshot, TAKE, TIMED } from '../snapshot/snapshot.ts';
import { type Given, GivenSets } from './given-sets.ts';
import { stillThere } from './still-there.ts';

export interface RoleGives {
  /** By role, in the order in which they were asked for; of roles that give the same it is the very same array. */
  readonly given: ReadonlyMap<number, Given>;
  /** The number of what one grant edge gives. */
  readonly numberOf: (edge: number) => number;
}

/** True for an edge that is there always and whatever is the case. */
export const isAlways = ({ flags }: Snapshot, edge: number): boolean =>
  (flags[edge]! & (TIMED | CONDITIONAL_EDGE)) === 0;

/**
 * Roles that include each other share what is worked out: each set is put together from those of what a role includes itself.
 * O(roles + what they include + numbers in the sets that differ).
 *
 * @param conditions by edge, see `GraphFacts`
 */
export async function whatRolesGive(
  snapshot: Snapshot,
  roles: readonly number[],
  { at, conditions }: { readonly at: Instant; readonly conditions: Uint32Array },
  pace: Pace,
): Promise<RoleGives> {
  const numbers = new Map<string, number>();
  const numbered = (text: string): number => {
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  };
  const { edgeKind, target, termsOf, flags, windowOf } = snapshot;
  const said = (edge: number): number =>
    numbered([edgeKind[edge], target[edge], termsOf[edge], flags[edge], windowOf[edge], conditions[edge]].join());
  const sets = new GivenSets();
  const { nodes, rows } = inclusionsOf(snapshot, roles, at);
  const { count, component, bounds, targets, members, memberBounds } = stronglyCondensed(rows);
  const ofComponent: Given[] = [];
  for (let c = 0; c < count; c++) {
    if (pace.isDue()) await pace.rest();
    const alike = Array.from(members.subarray(memberBounds[c]!, memberBounds[c + 1]!), (place) => nodes[place]!);
    const own = alike.flatMap((node) => ownOf(snapshot, node, at).map(said));
    const included = targets.subarray(bounds[c]!, bounds[c + 1]!);
    ofComponent.push(sets.union([sets.of(own), ...Array.from(included, (one) => ofComponent[one]!)]));
  }
  const given = new Map<number, Given>();
  for (const [place, role] of roles.entries()) {
    if (pace.isDue()) await pace.rest();
    // Bounds hold where the role is acted as, those of what it includes do not.
    const limits = stillThere(snapshot, BOUND, 'out', role, at).map(said);
    given.set(role, sets.union([ofComponent[component[place]!]!, sets.of(limits)]));
  }
  return { given, numberOf: said };
}

/** The edges that say what a node gives itself: not by what it always includes, which are the other memberships. */
function ownOf(snapshot: Snapshot, node: number, at: Instant): readonly number[] {
  const given = [GRANT, TAKE].flatMap((edgeClass) => stillThere(snapshot, edgeClass, 'out', node, at));
  const included = stillThere(snapshot, MEMBERSHIP, 'out', node, at);
  return [...given, ...included.filter((edge) => !isAlways(snapshot, edge))];
}

/** Some nodes and all that they always include, with the inclusions between them as rows. The nodes asked for come first. */
function inclusionsOf(
  snapshot: Snapshot,
  roles: readonly number[],
  at: Instant,
): { readonly nodes: readonly number[]; readonly rows: ArcRows } {
  const places = new Map(roles.map((role, place) => [role, place]));
  const bounds = [0];
  const targets: number[] = [];
  // A map goes on to what is added to it meanwhile.
  for (const node of places.keys()) {
    for (const edge of stillThere(snapshot, MEMBERSHIP, 'out', node, at)) {
      if (!isAlways(snapshot, edge)) continue;
      const to = snapshot.target[edge]!;
      const place = places.get(to) ?? places.size;
      places.set(to, place);
      targets.push(place);
    }
    bounds.push(targets.length);
  }
  const rows = { nodeCount: places.size, bounds: Uint32Array.from(bounds), targets: Uint32Array.from(targets) };
  return { nodes: [...places.keys()], rows };
}

/**
 * True when a node includes another one, or is it, by memberships that always hold. What is nearer is looked at first, so where one
 * includes the other O(what is nearer), else O(all that it includes).
 */
export function alwaysIncludes(snapshot: Snapshot, node: number, wanted: number, at: Instant): boolean {
  for (const each of includedOf(snapshot, node, at)) if (each === wanted) return true;
  return false;
}

/** A node and all that it includes by memberships that always hold, what is nearer first; walked as far as is asked for. */
export function* includedOf(snapshot: Snapshot, node: number, at: Instant): Iterable<number> {
  const reached = new Set([node]);
  for (const each of reached) {
    yield each;
    for (const edge of stillThere(snapshot, MEMBERSHIP, 'out', each, at))
      if (isAlways(snapshot, edge)) reached.add(snapshot.target[edge]!);
  }
}
