/** What a list of changes would do to who can do what. */

import { Pace } from '../snapshot/pace.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { type AccessDifference, accessDifference, type Within } from './access-delta.ts';
import { pageSize } from './cursor.ts';
import { deltaRows } from './delta-rows.ts';
import type { Frame } from './frame.ts';
import { frameOf, type Ground, invalid } from './ground.ts';
import { editsOf } from './proposed-changes.ts';
import type { AccessDelta, Patience, WhatIfQuestion } from './questions.ts';
import { supposingFor } from './suppose.ts';
import { withOwnWorkspace } from './workspace.ts';

/** Milliseconds that a question about the whole graph may take, when nobody says. */
const DEADLINE = 30_000;

export async function askWhatIf(ground: Ground, asked: WhatIfQuestion): Promise<AccessDelta> {
  const frame = frameOf(ground, asked);
  const { edits, proposed } = await editsOf(ground, asked.changes);
  const delta = await supposingFor(ground.snapshot, edits, (supposed) => deltaBetween(frame, supposed, asked));
  return { ...delta, proposed };
}

/**
 * Who gains and who loses what between the version of a frame and another of the same space.
 *
 * @param told what of the difference is told
 * @throws the reason of the signal
 */
export async function deltaBetween(
  frame: Frame,
  after: Snapshot,
  asked: Patience,
  told?: (found: AccessDifference) => AccessDifference,
): Promise<AccessDelta> {
  return deltaOf(frame, { ...frame, snapshot: after }, asked, { told });
}

/** What is looked at, and what of the difference is told; default: everything. */
export interface Part {
  readonly within?: Within | undefined;
  readonly told?: ((found: AccessDifference) => AccessDifference) | undefined;
}

/**
 * The same between two frames, perhaps of two instants.
 *
 * @throws the reason of the signal
 */
export async function deltaOf(
  before: Frame,
  frame: Frame,
  asked: Patience,
  { within, told = (found) => found }: Part = {},
): Promise<AccessDelta> {
  const after = frame.snapshot;
  const first = pageSize(asked.first);
  const deadline = asked.deadline ?? DEADLINE;
  if (!(deadline > 0)) throw invalid('deadline', 'deadline must be more than 0 milliseconds');
  const pace = new Pace({ signal: asked.signal, deadline });
  return withOwnWorkspace(after, async (work) => {
    const found = told(await accessDifference(before, frame, work, pace, within));
    const complete = found.identitiesDone === found.identities;
    return {
      version: after.version,
      gainedCount: found.gained,
      lostCount: found.lost,
      alteredCount: found.altered,
      gained: deltaRows(after, found.classes, 'gained', first),
      lost: deltaRows(after, found.classes, 'lost', first),
      altered: deltaRows(after, found.classes, 'altered', first),
      identities: found.identities,
      proposed: [],
      complete,
      ...(complete
        ? {}
        : {
            incompleteBecause: `the time of ${deadline} ms was up; ${found.identitiesDone} of ${found.identities} identities that may be concerned were looked at`,
          }),
    };
  });
}
