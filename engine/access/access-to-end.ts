/** An access that is to end: one action, some identities, and resources of which none is to be within reach of any of them. */
import type { Checkpoint } from '../../algorithms/checkpoint.ts';
import { CONDITIONAL, type Instant, type Reach } from '../model/index.ts';
import type { TermsMatcher } from '../snapshot/action-terms.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { Question } from './decide.ts';
import { type Frame, makeFrame } from './frame.ts';
import { NO_EDITS, supposing } from './suppose.ts';
import type { Workspace } from './workspace.ts';

export interface AccessToEnd {
  readonly frame: Frame;
  /** Node numbers, each once. */
  readonly identities: readonly number[];
  readonly matcher: TermsMatcher;
  /** Node numbers, each once. */
  readonly resources: readonly number[];
}

/** The same as plain values, of a snapshot that is told beside. */
export interface AccessAsked {
  readonly reach: Reach;
  readonly at: Instant;
  readonly identities: readonly number[];
  readonly action: string;
  readonly resources: readonly number[];
}

export const accessIn = (snapshot: Snapshot, asked: AccessAsked): AccessToEnd => ({
  frame: makeFrame(snapshot, asked.reach, asked.at),
  identities: asked.identities,
  matcher: snapshot.terms.matcher(asked.action),
  resources: asked.resources,
});

/**
 * True when none of the identities has the access.
 *
 * @param checkpoint called before each of them is looked at; what it throws ends the work
 */
export function isEnded(
  { frame, identities, matcher, resources }: AccessToEnd,
  work: Workspace,
  checkpoint: Checkpoint,
): boolean {
  return resources.every((resource) => {
    const question = new Question(frame, work, matcher, resource);
    return identities.every((identity) => {
      checkpoint();
      return question.decide(identity) < CONDITIONAL;
    });
  });
}

/** What is asked of the access as it is without some edges. Done when `ask` returns. */
export function withoutEdges<T>(access: AccessToEnd, edges: readonly number[], ask: (access: AccessToEnd) => T): T {
  if (edges.length === 0) return ask(access);
  const { frame } = access;
  return supposing(frame.snapshot, { ...NO_EDITS, edgesGone: edges }, (snapshot) =>
    ask({ ...access, frame: { ...frame, snapshot } }),
  );
}
