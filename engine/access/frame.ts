/** What a question is asked of: a snapshot at an instant, in a reach, perhaps less an edge. */
import type { Instant, Reach } from '../model/index.ts';
import { type Snapshot, TAKEOVER, TIMED } from '../snapshot/snapshot.ts';

export interface Frame {
  readonly snapshot: Snapshot;
  readonly at: Instant;
  readonly reach: Reach;
  /** The one edge that is to be taken as absent; -1 for none. */
  readonly without: number;
}

export function makeFrame(snapshot: Snapshot, reach: Reach, at: Instant): Frame {
  return { snapshot, reach, at, without: -1 };
}

/** The same question with one edge gone. */
export const withoutEdge = (frame: Frame, edge: number): Frame => ({ ...frame, without: edge });

/** The same question at another instant. */
export const atInstant = (frame: Frame, at: Instant): Frame => ({ ...frame, at });

/** The same question with every edge there, whatever its window: no instant is before or after this one. */
export const atAnyTime = (frame: Frame): Frame => ({ ...frame, at: Number.NaN });

/** True when the edge counts in this frame. Which reaches a take-over counts in is part of it. */
export function counts(frame: Frame, edge: number): boolean {
  const { snapshot } = frame;
  const flags = snapshot.flags[edge]!;
  if ((flags & (TIMED | TAKEOVER)) !== 0) {
    if ((flags & TAKEOVER) !== 0 && frame.reach !== 'ESCALATION') return false;
    if ((flags & TIMED) !== 0) {
      const window = snapshot.windowOf[edge]!;
      if (frame.at < snapshot.validFrom[window]! || frame.at >= snapshot.validTo[window]!) return false;
    }
  }
  return edge !== frame.without;
}
