/** Whether taking an edge away could give somebody something. */
import { BOUND, CONTAINMENT, classOf, DENY, GRANT, MEMBERSHIP, type Snapshot } from '../snapshot/snapshot.ts';

/**
 * False where nobody gains anything at any time, in any reach, when the edge goes: it leads to no denial. What else a
 * decision is made of only ever adds to it: fewer contexts, fewer members without a denial among them, fewer allowing grants.
 * May be true without need.
 */
export function mayLiftDenial(snapshot: Snapshot, edge: number): boolean {
  switch (classOf(snapshot, edge)) {
    case MEMBERSHIP:
      return snapshot.reachesDenial[snapshot.target[edge]!] === 1;
    case GRANT:
      return (snapshot.flags[edge]! & DENY) !== 0;
    // What contains a resource may be denied; who is bounded loses the bound.
    case CONTAINMENT:
    case BOUND:
      return true;
    default:
      return false;
  }
}
