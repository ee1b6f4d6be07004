/**
 * The edges by which somebody comes to all that they attain. Of those who have nothing else and whose edges lead to the same, what one
 * attains and over which edges is what another attains, but for these first ones.
 */
import { counts, type Frame } from '../../access/frame.ts';
import { BOUND, CONDITIONAL_EDGE, GRANT, MEMBERSHIP, TAKE } from '../../snapshot/snapshot.ts';

/** Memberships and assumptions of one principal that count, in the order of its rows. */
export interface OwnEdges {
  readonly edges: readonly number[];
  /** Of each edge the class, the target and whether it has a condition: equal lists say that edges at equal places do the same. */
  readonly leads: readonly number[];
}

/** `undefined` where edges of other kinds have a say: grants of its own, bounds, and somebody who can act as it. O(its edges). */
export function ownEdges(frame: Frame, principal: number): OwnEdges | undefined {
  const { adjacency, flags, target } = frame.snapshot;
  if (adjacency[GRANT]!.out.count(principal) > 0 || adjacency[BOUND]!.out.count(principal) > 0) return undefined;
  if (adjacency[TAKE]!.into.count(principal) > 0 || adjacency[MEMBERSHIP]!.into.count(principal) > 0) return undefined;
  const edges: number[] = [];
  const leads: number[] = [];
  for (const edgeClass of [MEMBERSHIP, TAKE]) {
    const { out } = adjacency[edgeClass]!;
    const patch = out.patchOf(principal);
    for (let i = out.first(principal, patch), end = out.end(principal, patch); i < end; i++) {
      const edge = out.edge(i, patch);
      if (!counts(frame, edge)) continue;
      edges.push(edge);
      leads.push(edgeClass, target[edge]!, flags[edge]! & CONDITIONAL_EDGE);
    }
  }
  return { edges, leads };
}

export const leadAlike = (one: OwnEdges, other: OwnEdges): boolean =>
  one.leads.length === other.leads.length && one.leads.every((lead, i) => lead === other.leads[i]);

/** Equal for edges that lead alike; 0 for none. */
export function hashOfLeads(own: OwnEdges | undefined): number {
  let hash = 0;
  for (const lead of own?.leads ?? []) hash = Math.imul(hash ^ lead, 0x01000193) + 1;
  return hash >>> 0;
}
