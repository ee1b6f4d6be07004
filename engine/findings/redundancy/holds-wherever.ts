/** Whether an edge holds wherever another does: from an instant on, and under whatever conditions. */
import type { Instant } from '../../model/index.ts';
import { CONDITIONAL_EDGE, type Snapshot, TIMED } from '../../snapshot/snapshot.ts';

/** When an edge holds, from an instant on. */
export interface Hold {
  readonly from: Instant;
  /** Excluded. */
  readonly to: Instant;
  /** The number of the text of its condition; 0 for none. */
  readonly condition: number;
}

/** @param conditions by edge, see `GraphFacts` */
export function holdOf(snapshot: Snapshot, conditions: Uint32Array, at: Instant, edge: number): Hold {
  const { flags, windowOf, validFrom, validTo } = snapshot;
  const condition = (flags[edge]! & CONDITIONAL_EDGE) === 0 ? 0 : conditions[edge]!;
  if ((flags[edge]! & TIMED) === 0) return { from: at, to: Number.POSITIVE_INFINITY, condition };
  const window = windowOf[edge]!;
  return { from: Math.max(at, validFrom[window]!), to: validTo[window]!, condition };
}

/**
 * True when an edge holds all the time that the other one does, and has no condition or the very same one. What conditions
 * mean is nowhere looked at: texts that differ are taken to differ. Reflexive and transitive.
 */
export function holdsWherever(
  { flags, windowOf, validFrom, validTo }: Snapshot,
  conditions: Uint32Array,
  edge: number,
  hold: Hold,
): boolean {
  const flag = flags[edge]!;
  if ((flag & CONDITIONAL_EDGE) !== 0 && (hold.condition === 0 || conditions[edge] !== hold.condition)) return false;
  if ((flag & TIMED) === 0) return true;
  const window = windowOf[edge]!;
  return validFrom[window]! <= hold.from && validTo[window]! >= hold.to;
}

/** Equal for equal holds. */
export const holdKey = ({ from, to, condition }: Hold): string => `${from} ${to} ${condition}`;
