/** Long work of what differs between two frames: what may be concerned, and who gains and loses what. */
import type { Instant, Reach } from '../model/index.ts';
import { accessDifference, concernedBy } from './access-delta.ts';
import type { Affected } from './affected.ts';
import type { LongWork } from './apart.ts';
import { deltaRows } from './delta-rows.ts';
import { type Frame, makeFrame } from './frame.ts';
import type { AccessDelta } from './questions.ts';
import { lessRevoked, type Revoked } from './revoked.ts';
import { withOwnWorkspace } from './workspace.ts';

/** The frames that are compared: their snapshots are the work's two. */
export interface ComparedFrames {
  readonly reach: Reach;
  readonly before: Instant;
  readonly after: Instant;
}

export interface DeltaInput extends ComparedFrames {
  /** What is looked at; default: everything that may be concerned. */
  readonly within?: Affected | undefined;
  /** What is not told because it was to end. */
  readonly less?: Revoked | undefined;
  /** How many rows are told on each side. */
  readonly first: number;
}

export type FoundDelta = Omit<AccessDelta, 'proposed' | 'complete' | 'incompleteBecause'> & {
  readonly identitiesDone: number;
};

const framesOf = (
  [before, after]: Parameters<LongWork<never, never>>[0],
  asked: ComparedFrames,
): readonly [Frame, Frame] => [
  makeFrame(before!, asked.reach, asked.before),
  makeFrame(after!, asked.reach, asked.after),
];

export const findAffected: LongWork<ComparedFrames, Affected> = async (snapshots, asked, pace) =>
  concernedBy(framesOf(snapshots, asked), pace);

export const findDelta: LongWork<DeltaInput, FoundDelta> = async (snapshots, asked, pace) => {
  const frames = framesOf(snapshots, asked);
  const after = frames[1].snapshot;
  const { within, less, first } = asked;
  return withOwnWorkspace(after, async (work) => {
    const all = await accessDifference(frames, work, pace, within);
    const found = less === undefined ? all : lessRevoked(all, less);
    return {
      version: after.version,
      gainedCount: found.gained,
      lostCount: found.lost,
      alteredCount: found.altered,
      gained: deltaRows(after, found.classes, 'gained', first),
      lost: deltaRows(after, found.classes, 'lost', first),
      altered: deltaRows(after, found.classes, 'altered', first),
      identities: found.identities,
      identitiesDone: found.identitiesDone,
    };
  });
};
