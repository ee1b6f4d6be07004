import type { Instant } from '../../model/index.ts';
import { CONDITIONAL_EDGE, type Snapshot } from '../../snapshot/snapshot.ts';

/** True when one edge is there whenever another is, from an instant on. */
export function lastsAsLong(snapshot: Snapshot, edge: number, than: number, at: Instant): boolean {
  const { validFrom, validTo, windowOf } = snapshot;
  const [one, other] = [windowOf[edge]!, windowOf[than]!];
  return validFrom[one]! <= Math.max(validFrom[other]!, at) && validTo[one]! >= validTo[other]!;
}

/** True when one edge counts for certain, or under the very condition that another counts under. */
export function isAsCertain({ flags }: Snapshot, edge: number, than: number, conditions: Uint32Array): boolean {
  if ((flags[edge]! & CONDITIONAL_EDGE) === 0) return true;
  return (flags[than]! & CONDITIONAL_EDGE) !== 0 && conditions[edge] === conditions[than];
}
