/**
 * What gives anyway all that an edge gives, to whoever has the edge. That an edge may go then follows without a look at who
 * they are: wherever the edge says something to a question, in any context, any reach and at any later instant, what covers it
 * says the same there, so the decision is worked out from the same bits.
 */
import {
  classOf,
  DENY,
  GRANT,
  MEMBERSHIP,
  NO_INHERIT,
  type Snapshot,
  TAKE,
  TAKEOVER,
} from '../../snapshot/snapshot.ts';
import type { CoveredActions } from './covered-actions.ts';
import { edgesBetween } from './edges-between.ts';
import { type Hold, holdsWherever } from './holds-wherever.ts';
import { edgesOfWay, lastingContainers, lastingMembers, type Walked, type Ways } from './lasting-ways.ts';

export interface Covering {
  /** Memberships from the edge's source to whom the covering edges leave, each once. */
  readonly memberships: readonly number[];
  /** Grants or assumptions that cover the edge together; of a membership none: the way alone does. */
  readonly edges: readonly number[];
  /** Containment from the resources of these grants to the edge's own. */
  readonly containments: readonly number[];
}

/** Looking for a place in a row costs about as much as looking at this many edges in turn. */
const HALVING = 8;

/**
 * A way to the target of a membership edge without it.
 *
 * O(edges walked)
 */
export function coverOfMembership(walked: Walked, edge: number, hold: Hold): Covering | undefined {
  const { source, target } = walked.snapshot;
  const to = target[edge]!;
  const ways = lastingMembers(walked, source[edge]!, hold, edge, to);
  if (!ways.has(to)) return undefined;
  return { memberships: edgesOfWay(ways, to, source), edges: [], containments: [] };
}

/** @param members of the edge's source, see `lastingMembers` */
export function coverOfAssumption(walked: Walked, edge: number, hold: Hold, members: Ways): Covering | undefined {
  const { snapshot, conditions, gone } = walked;
  const { target, source, edgeKind } = snapshot;
  for (const member of members.keys()) {
    for (const other of edgesBetween(snapshot, TAKE, member, target[edge]!)) {
      if (other === edge || gone[other] === 1 || edgeKind[other] !== edgeKind[edge]) continue;
      if (!holdsWherever(snapshot, conditions, other, hold)) continue;
      return { memberships: edgesOfWay(members, member, source), edges: [other], containments: [] };
    }
  }
  return undefined;
}

/**
 * Grants that together give each pattern of a grant. Of a denial too: who is denied by the one is denied by the others.
 *
 * @param members of the grant's source, see `lastingMembers`
 */
export function coverOfGrant(
  walked: Walked,
  edge: number,
  hold: Hold,
  members: Ways,
  actions: CoveredActions,
): Covering | undefined {
  const { snapshot } = walked;
  const { flags, target, source, termsOf } = snapshot;
  const open = new Set(actions.speaking(termsOf[edge]!));
  const none = { memberships: [], edges: [], containments: [] };
  if (open.size === 0) return (flags[edge]! & DENY) === 0 ? none : undefined;
  const containers = lastingContainers(walked, target[edge]!, hold);
  const found: number[] = [];
  for (const other of grantsOn(snapshot, members, containers)) {
    if (!mayCover(walked, edge, other, hold)) continue;
    const before = open.size;
    for (const place of actions.covered(termsOf[other]!, termsOf[edge]!, (flags[edge]! & DENY) !== 0))
      open.delete(place);
    if (open.size < before) found.push(other);
    if (open.size > 0) continue;
    return {
      memberships: unique(found.flatMap((each) => edgesOfWay(members, source[each]!, source))),
      edges: found,
      containments: unique(found.flatMap((each) => edgesOfWay(containers, target[each]!, target))),
    };
  }
  return undefined;
}

const unique = (edges: readonly number[]): readonly number[] => [...new Set(edges)];

/** True when a grant on the same resource, or what contains it, says of it what the other one does, actions aside. */
function mayCover({ snapshot, conditions, gone }: Walked, edge: number, other: number, hold: Hold): boolean {
  const { flags, target } = snapshot;
  const [own, others] = [flags[edge]!, flags[other]!];
  if (other === edge || gone[other] === 1 || (others & TAKEOVER) !== 0 || ((own ^ others) & DENY) !== 0) return false;
  if ((others & NO_INHERIT) !== 0 && ((own & NO_INHERIT) === 0 || target[other] !== target[edge])) return false;
  return holdsWherever(snapshot, conditions, other, hold);
}

/** Grants of some principals on some resources: through the shorter of a principal's grants and the resources. */
function* grantsOn(snapshot: Snapshot, principals: Ways, resources: Ways): Iterable<number> {
  const { out } = snapshot.adjacency[GRANT]!;
  for (const principal of principals.keys()) {
    const patch = out.patchOf(principal);
    const [first, end] = [out.first(principal, patch), out.end(principal, patch)];
    if (end - first > resources.size * HALVING) {
      for (const resource of resources.keys()) yield* edgesBetween(snapshot, GRANT, principal, resource);
      continue;
    }
    for (let i = first; i < end; i++) {
      const edge = out.edge(i, patch);
      if (resources.has(snapshot.target[edge]!)) yield edge;
    }
  }
}

/** What covers an edge, whatever its kind. */
export function coverOf(walked: Walked, edge: number, hold: Hold, members: Ways, actions: CoveredActions) {
  switch (classOf(walked.snapshot, edge)) {
    case MEMBERSHIP:
      return coverOfMembership(walked, edge, hold);
    case TAKE:
      return coverOfAssumption(walked, edge, hold, members);
    case GRANT:
      return coverOfGrant(walked, edge, hold, members, actions);
    default:
      return undefined;
  }
}
