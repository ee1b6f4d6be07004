/**
 * What a role gives, as a set that says so exactly: two roles with equal sets give the same to whoever has them, at any
 * instant and in any reach. A set holds what its grants, assumptions and bounds say, and those of all that it always
 * includes. What it includes under a condition or for a time stands in the set as that inclusion.
 */
import type { Instant } from '../model/index.ts';
import type { Pace } from '../snapshot/pace.ts';
import { BOUND, CONDITIONAL_EDGE, GRANT, MEMBERSHIP, type Snapshot, TAKE, TIMED } from '../snapshot/snapshot.ts';
import { stillThere } from './still-there.ts';

/** Sorted numbers, each once. Equal numbers stand for the same thing given. */
export type Given = Uint32Array;

export interface RoleGives {
  /** By role. */
  readonly given: ReadonlyMap<number, Given>;
  /** The number of what one grant edge gives. */
  readonly numberOf: (edge: number) => number;
}

/** True for an edge that is there always and whatever is the case. */
export const isAlways = ({ flags }: Snapshot, edge: number): boolean =>
  (flags[edge]! & (TIMED | CONDITIONAL_EDGE)) === 0;

/**
 * O(roles · what they include).
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
  const own = new Map<number, readonly number[]>();
  /** What a node gives by edges of its own, and what it always includes. */
  const ofNode = (node: number): readonly number[] => {
    const known = own.get(node);
    if (known !== undefined) return known;
    const found = [GRANT, TAKE].flatMap((c) => stillThere(snapshot, c, 'out', node, at)).map(said);
    for (const edge of stillThere(snapshot, MEMBERSHIP, 'out', node, at))
      if (!isAlways(snapshot, edge)) found.push(said(edge));
    own.set(node, found);
    return found;
  };
  const given = new Map<number, Given>();
  for (const role of roles) {
    if (pace.isDue()) await pace.rest();
    const set = new Set<number>();
    for (const node of alwaysIncluded(snapshot, role, at)) for (const number of ofNode(node)) set.add(number);
    // Bounds hold where the role is acted as, those of what it includes do not.
    for (const edge of stillThere(snapshot, BOUND, 'out', role, at)) set.add(said(edge));
    given.set(role, Uint32Array.from(set).sort());
  }
  return { given, numberOf: said };
}

/** A node and all that it includes by memberships that always hold. */
export function alwaysIncluded(snapshot: Snapshot, node: number, at: Instant): ReadonlySet<number> {
  const reached = new Set([node]);
  for (const each of reached)
    for (const edge of stillThere(snapshot, MEMBERSHIP, 'out', each, at))
      if (isAlways(snapshot, edge)) reached.add(snapshot.target[edge]!);
  return reached;
}
