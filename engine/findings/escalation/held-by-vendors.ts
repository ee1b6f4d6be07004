/** Whether what a vendor manages is had by nobody but others that it manages: then nobody in the estate gave it away. */
import { counts, type Frame } from '../../access/frame.ts';
import { isIdentity, TAKE } from '../../snapshot/snapshot.ts';
import type { FindingGround } from '../rule.ts';
import { isVendors, isVendorsEdge } from '../vendors-own.ts';
import { membersOfOne } from './who-stands-behind.ts';

/**
 * True when a vendor manages a principal and each user and service account that is it, or is a member of it, or may assume it as a role. Who
 * can act as one of these is not asked: what they can begin so begins with that.
 *
 * O(edges between them)
 *
 * @param frame must not count take-overs
 */
export function isHeldByVendorsAlone(ground: FindingGround, frame: Frame, principal: number): boolean {
  const { snapshot } = ground;
  if (!isVendors(ground, principal)) return false;
  for (const member of membersOfOne(frame, principal)) {
    if (isIdentity(snapshot, member)) {
      if (!isVendors(ground, member)) return false;
      continue;
    }
    for (const edge of snapshot.adjacency[TAKE]!.into.of(member))
      if (counts(frame, edge) && !isVendorsEdge(ground, edge)) return false;
  }
  return true;
}
