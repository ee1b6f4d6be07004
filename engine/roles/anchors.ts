/**
 * Roles that a plan leaves where they are. A role may be rearranged only if all that matters of it is who has it and what
 * it grants: whoever is acted as, taken over or bound, and whatever denies, means something by being that very node.
 */
import { EDGE_KINDS } from '../model/index.ts';
import { liveNodes } from '../snapshot/nodes.ts';
import {
  BOUND,
  CONDITIONAL_EDGE,
  DENY,
  GRANT,
  MEMBERSHIP,
  ROLE,
  type Snapshot,
  TAKE,
  TAKEOVER,
  TIMED,
} from '../snapshot/snapshot.ts';

/**
 * Why a role stays. ASSUMED: somebody may act as it or take it over. ACTS: it may act as others or take something over.
 * BOUNDS: it bounds or is bounded. DENIES: it carries a denial. CONDITIONAL: it includes another role, or is included,
 * under a condition or for a time. WAITED_FOR: an edge names it whose other end is gone and may come back. VENDOR: it is managed
 * by a vendor, and cannot be changed by whoever carries out a plan. KEPT: as asked.
 * INCLUDES: it includes such a role, however far.
 */
export type AnchorReason =
  | 'ASSUMED'
  | 'ACTS'
  | 'BOUNDS'
  | 'DENIES'
  | 'CONDITIONAL'
  | 'WAITED_FOR'
  | 'VENDOR'
  | 'KEPT'
  | 'INCLUDES';

const INHERITS = EDGE_KINDS.indexOf('INHERITS');

/**
 * Every role that stays, by node number. Time plays no part: an edge that is over anchors too. O(edges that leave roles).
 *
 * @param keep roles that somebody wants to stay
 * @param managed roles that a vendor manages
 * @param waitedFor ids of nodes that edges without effect name
 */
export function anchoredRoles(
  snapshot: Snapshot,
  keep: ReadonlySet<number>,
  managed: ReadonlySet<number>,
  waitedFor: ReadonlySet<string>,
): ReadonlyMap<number, AnchorReason> {
  const anchored = new Map<number, AnchorReason>();
  for (const role of liveNodes(snapshot, ROLE, ROLE + 1)) {
    const reason = ownReason(snapshot, role);
    if (reason !== undefined) anchored.set(role, reason);
    else if (keep.has(role)) anchored.set(role, 'KEPT');
    else if (managed.has(role)) anchored.set(role, 'VENDOR');
    else if (waitedFor.has(snapshot.ids.at(role))) anchored.set(role, 'WAITED_FOR');
    for (const edge of sometimesIncluded(snapshot, role))
      if (!anchored.has(snapshot.target[edge]!)) anchored.set(snapshot.target[edge]!, 'CONDITIONAL');
  }
  // Map iteration meets what is added on the way.
  for (const role of anchored.keys())
    for (const edge of snapshot.adjacency[MEMBERSHIP]!.into.of(role))
      if (snapshot.edgeKind[edge] === INHERITS && !anchored.has(snapshot.source[edge]!))
        anchored.set(snapshot.source[edge]!, 'INCLUDES');
  return anchored;
}

function ownReason(snapshot: Snapshot, role: number): AnchorReason | undefined {
  const { adjacency, flags } = snapshot;
  if (adjacency[TAKE]!.into.count(role) > 0) return 'ASSUMED';
  if (adjacency[TAKE]!.out.count(role) > 0) return 'ACTS';
  if (adjacency[BOUND]!.into.count(role) + adjacency[BOUND]!.out.count(role) > 0) return 'BOUNDS';
  for (const edge of adjacency[GRANT]!.out.of(role)) {
    if ((flags[edge]! & TAKEOVER) !== 0) return 'ACTS';
    if ((flags[edge]! & DENY) !== 0) return 'DENIES';
  }
  return sometimesIncluded(snapshot, role).length > 0 ? 'CONDITIONAL' : undefined;
}

/** Inclusions under a condition or for a time. */
function sometimesIncluded({ adjacency, flags }: Snapshot, role: number): readonly number[] {
  return [...adjacency[MEMBERSHIP]!.out.of(role)].filter((edge) => (flags[edge]! & (TIMED | CONDITIONAL_EDGE)) !== 0);
}
