/** What a list of changes would do to who can do what. */
import { Pace } from '../snapshot/pace.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Affected } from './affected.ts';
import { type Apart, hereOrApart } from './apart.ts';
import { pageSize } from './cursor.ts';
import { findAffected, findDelta } from './delta-work.ts';
import type { Frame } from './frame.ts';
import { frameOf, type Ground, invalid } from './ground.ts';
import { editsOf } from './proposed-changes.ts';
import type { AccessDelta, Patience, WhatIfQuestion } from './questions.ts';
import type { Revoked } from './revoked.ts';
import { supposingFor } from './suppose.ts';

/** Milliseconds that a question about the whole graph may take, when nobody says. */
const DEADLINE = 30_000;

export async function askWhatIf(ground: Ground, asked: WhatIfQuestion): Promise<AccessDelta> {
  const frame = frameOf(ground, asked);
  const { edits, proposed } = await editsOf(ground, asked.changes);
  const { apart } = ground;
  const delta = await supposingFor(ground.snapshot, edits, (supposed) =>
    deltaBetween(frame, supposed, asked, { apart }),
  );
  return { ...delta, proposed };
}

/** Who gains and who loses what between the version of a frame and another of the same space. */
export const deltaBetween = (frame: Frame, after: Snapshot, asked: Patience, part: Part = {}): Promise<AccessDelta> =>
  deltaOf(frame, { ...frame, snapshot: after }, asked, part);

/** Leaves those of the identities and resources that somebody wants to know of. */
export type Within = (affected: Affected, pace: Pace) => Promise<Affected>;

/** What is looked at, what of the difference is not told, and where long work is done; default: everything, here. */
export interface Part {
  readonly within?: Within | undefined;
  readonly less?: Revoked | undefined;
  readonly apart?: Apart | undefined;
}

/**
 * The same between two frames of one reach, perhaps of two instants.
 *
 * @throws the reason of the signal
 */
export async function deltaOf(
  before: Frame,
  after: Frame,
  asked: Patience,
  { within, less, apart }: Part = {},
): Promise<AccessDelta> {
  const first = pageSize(asked.first);
  const { signal, deadline = DEADLINE } = asked;
  if (!(deadline > 0)) throw invalid('deadline', 'deadline must be more than 0 milliseconds');
  const end = performance.now() + deadline;
  const left = () => ({ signal, deadline: Math.max(0, end - performance.now()) });
  const snapshots = [before.snapshot, after.snapshot];
  const frames = { reach: after.reach, before: before.at, after: after.at };
  const chosen =
    within && (await within(await hereOrApart(apart, findAffected, snapshots, frames, { signal }), new Pace(left())));
  const input = { ...frames, within: chosen, less, first };
  const { identitiesDone, ...found } = await hereOrApart(apart, findDelta, snapshots, input, left());
  const complete = identitiesDone === found.identities;
  return {
    ...found,
    proposed: [],
    complete,
    ...(complete
      ? {}
      : {
          incompleteBecause: `the time of ${deadline} ms was up; ${identitiesDone} of ${found.identities} identities that may be concerned were looked at`,
        }),
  };
}
