/**
 * When a decision is as it is: the model's own decision, denials, conditions and bounds included, asked once between any two
 * turns at which an edge that it may depend on comes or goes.
 */
import { type DecisionRank, formatInstant, type Instant } from '../model/index.ts';
import { BOUND, CONTAINMENT, GRANT, MEMBERSHIP, TAKE, TIMED } from '../snapshot/snapshot.ts';
import { collectContexts, collectMembers } from './contexts.ts';
import { Question } from './decide.ts';
import { atAnyTime, atInstant, counts } from './frame.ts';
import { reachable } from './path-graph.ts';
import type { TimeWindow } from './questions.ts';

/** Times at which the decision is worked out, at most. */
const MOST_TURNS = 256;

export interface DecisionWindows {
  /** In order; one does not touch the next. */
  readonly windows: readonly TimeWindow[];
  /** Set when there were too many turns. */
  readonly incompleteBecause: string | undefined;
}

/**
 * The windows in which the decision is the same as at the question's instant, that one among them. Leaves the sets of the
 * question's workspace as of another instant.
 *
 * @param rank the decision at the question's instant
 * @param most times at which the decision may be worked out: beyond it those around the instant are
 */
export function decisionWindows(
  question: Question,
  identity: number,
  rank: DecisionRank,
  most: number = MOST_TURNS,
): DecisionWindows {
  const { frame, work, matcher, resource } = question;
  const turns = turnsOf(question, identity);
  /** Where each stretch of time begins; the decision is the same throughout each. */
  const starts = [Number.NEGATIVE_INFINITY, ...turns];
  const here = starts.findLastIndex((start) => start <= frame.at);
  const first = Math.max(0, Math.min(here - (most >> 1), starts.length - most));
  const end = Math.min(starts.length, first + most);
  const windows: { from: Instant; to: Instant }[] = [];
  for (let i = first; i < end; i++) {
    const from = starts[i]!;
    if (i !== here && new Question(atInstant(frame, from), work, matcher, resource).decide(identity) !== rank) continue;
    const to = starts[i + 1] ?? Number.POSITIVE_INFINITY;
    const last = windows.at(-1);
    if (last?.to === from) last.to = to;
    else windows.push({ from, to });
  }
  return {
    windows: windows.map(({ from, to }) => ({ from: finite(from), to: finite(to) })),
    incompleteBecause:
      first === 0 && end === starts.length ? undefined : becauseOfTurns(turns.length, starts[first]!, starts[end]),
  };
}

const finite = (instant: Instant): Instant | null => (Number.isFinite(instant) ? instant : null);

function becauseOfTurns(turns: number, from: Instant, to: Instant | undefined): string {
  const since = Number.isFinite(from) ? ` from ${formatInstant(from)}` : '';
  const until = to === undefined ? '' : ` until ${formatInstant(to)}`;
  return `validWindows were worked out${since}${until} only: ${turns} times at which something begins or ends are too many`;
}

/** Instants at which an edge that the decision may depend on comes or goes, ascending. */
function turnsOf(question: Question, identity: number): readonly Instant[] {
  const { snapshot } = question.frame;
  const turns = new Set<Instant>();
  for (const edge of edgesConcerned(question, identity)) {
    if ((snapshot.flags[edge]! & TIMED) === 0) continue;
    const window = snapshot.windowOf[edge]!;
    for (const end of [snapshot.validFrom[window]!, snapshot.validTo[window]!])
      if (Number.isFinite(end)) turns.add(end);
  }
  return [...turns].sort((a, b) => a - b);
}

/**
 * Edges on which the decision depends at some instant: grants that speak to the question, what leads to their holders, the
 * bounds of whoever comes to them, and what contains the resource. May name a few more.
 */
function* edgesConcerned({ frame, work, matcher, resource }: Question, identity: number): Iterable<number> {
  const { snapshot } = frame;
  const anyTime = atAnyTime(frame);
  const question = new Question(anyTime, work, matcher, resource);
  const contained = snapshot.adjacency[CONTAINMENT]!.into;
  for (const node of work.upward.nodes) yield* contained.of(node);
  const { principals, bounds } = principalsAtAnyTime(question, identity);
  const steps: number[] = [];
  const holders = new Set<number>();
  for (const node of principals) {
    for (const edgeClass of frame.reach === 'ENTITLED' ? [MEMBERSHIP] : [MEMBERSHIP, TAKE])
      for (const edge of snapshot.adjacency[edgeClass]!.out.of(node)) if (counts(anyTime, edge)) steps.push(edge);
    for (const edge of snapshot.adjacency[GRANT]!.out.of(node)) {
      if (!question.speaks(edge)) continue;
      holders.add(node);
      yield edge;
    }
  }
  const leading = reachable(
    steps,
    holders,
    (edge) => snapshot.target[edge]!,
    (edge) => snapshot.source[edge]!,
  );
  for (const edge of steps) if (leading.has(snapshot.target[edge]!)) yield edge;
  for (const edge of bounds) if (leading.has(snapshot.source[edge]!)) yield edge;
}

/** Whatever the identity may be, have or be bounded by at some instant, and the edges of the bounds of whom it may be. */
function principalsAtAnyTime({ frame, work }: Question, identity: number) {
  const { adjacency, target } = frame.snapshot;
  collectContexts(frame, identity, work);
  const principals = new Set(work.attained.nodes);
  const bounds: number[] = [];
  for (const context of work.contexts.nodes)
    for (const edge of adjacency[BOUND]!.out.of(context)) if (counts(frame, edge)) bounds.push(edge);
  const bounding = bounds.map((edge) => target[edge]!);
  collectMembers(frame, bounding, () => true, work.members);
  for (const node of work.members.nodes) principals.add(node);
  return { principals, bounds };
}
