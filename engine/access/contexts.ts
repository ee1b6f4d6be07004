/**
 * Who an identity can act as, and what each of those is a member of: steps 1 and 2 of the decision.
 * What is reached without a condition is found first, so that a node is marked conditional only if every way to it is.
 */
import { BOUND, CONDITIONAL_EDGE, MEMBERSHIP, TAKE } from '../snapshot/snapshot.ts';
import { counts, type Frame } from './frame.ts';
import type { NodeSet } from './node-set.ts';
import { MEMBERSHIPS, SPECIAL_MEMBERSHIPS, TAKES } from './row-marks.ts';
import type { Workspace } from './workspace.ts';

/** Fills `into` with the members of the given contexts together; a context that is not certain makes nothing certain. */
export function collectMembers(
  frame: Frame,
  contexts: readonly number[],
  isCertain: (context: number) => boolean,
  into: NodeSet,
): void {
  into.clear();
  const later: number[] = [];
  for (const context of contexts) if (isCertain(context)) into.add(context, true);
  spreadMembership(frame, into, 0, true, later);
  const certain = into.nodes.length;
  for (const context of contexts) into.add(context, false);
  for (const node of later) into.add(node, false);
  spreadMembership(frame, into, certain, false, later);
}

const always = (): boolean => true;

/** The members of one context: `member(c)` of the model. */
export function membersOf(frame: Frame, context: number, into: NodeSet): void {
  collectMembers(frame, [context], always, into);
}

/** Follows membership from the nodes at position `from` on. In the certain round, conditional ends are put off. */
function spreadMembership(frame: Frame, set: NodeSet, from: number, certain: boolean, later: number[]): void {
  const { snapshot } = frame;
  const { out } = snapshot.adjacency[MEMBERSHIP]!;
  for (let head = from; head < set.nodes.length; head++) {
    const node = set.nodes[head]!;
    const patch = out.patchOf(node);
    for (let i = out.first(node, patch), end = out.end(node, patch); i < end; i++) {
      const edge = out.edge(i, patch);
      if (!counts(frame, edge)) continue;
      if (certain && (snapshot.flags[edge]! & CONDITIONAL_EDGE) !== 0) later.push(snapshot.target[edge]!);
      else set.add(snapshot.target[edge]!, certain);
    }
  }
}

/**
 * Fills `work.contexts` with the contexts of an identity and `work.attained` with all that they are members of. A node is
 * certain when one chain without any condition leads to it. Linear in the edges walked.
 */
export function collectContexts(frame: Frame, identity: number, work: Workspace): void {
  const { contexts, attained } = work;
  contexts.clear();
  attained.clear();
  const later: number[] = [];
  const laterContexts: number[] = [];
  contexts.add(identity, true);
  attained.add(identity, true);
  spread(frame, work, 0, true, later, laterContexts);
  const certain = attained.nodes.length;
  for (const node of laterContexts) {
    contexts.add(node, false);
    attained.add(node, false);
  }
  for (const node of later) attained.add(node, false);
  spread(frame, work, certain, false, later, laterContexts);
}

function spread(
  frame: Frame,
  work: Workspace,
  from: number,
  certain: boolean,
  later: number[],
  laterContexts: number[],
): void {
  const { snapshot } = frame;
  const { target } = snapshot;
  const { attained, contexts } = work;
  const compiled = snapshot.space.compiledNodes;
  const membership = snapshot.adjacency[MEMBERSHIP]!.out;
  const take = snapshot.adjacency[TAKE]!.out;
  const takes = frame.reach !== 'ENTITLED';
  const { rowMarks } = work;
  for (let head = from; head < attained.nodes.length; head++) {
    const node = attained.nodes[head]!;
    const memberships = membership.patchOf(node);
    const marks = node < compiled ? rowMarks.of(snapshot, node) : 0;
    if (memberships === undefined && frame.without < 0 && (marks & SPECIAL_MEMBERSHIPS) === 0) {
      // Positions are edge numbers where edges leave their nodes.
      if ((marks & MEMBERSHIPS) !== 0)
        for (let edge = membership.first(node, undefined), end = membership.end(node, undefined); edge < end; edge++)
          attained.add(target[edge]!, certain);
    } else {
      for (let i = membership.first(node, memberships), end = membership.end(node, memberships); i < end; i++) {
        const edge = membership.edge(i, memberships);
        if (!counts(frame, edge)) continue;
        if (certain && (snapshot.flags[edge]! & CONDITIONAL_EDGE) !== 0) later.push(target[edge]!);
        else attained.add(target[edge]!, certain);
      }
    }
    if (takes) {
      const takings = take.patchOf(node);
      if (takings === undefined && (marks & TAKES) === 0) continue;
      for (let i = take.first(node, takings), end = take.end(node, takings); i < end; i++) {
        const edge = take.edge(i, takings);
        if (!counts(frame, edge)) continue;
        if (certain && (snapshot.flags[edge]! & CONDITIONAL_EDGE) !== 0) laterContexts.push(snapshot.target[edge]!);
        else {
          contexts.add(snapshot.target[edge]!, certain);
          attained.add(snapshot.target[edge]!, certain);
        }
      }
    }
  }
}

/**
 * True when the context's decision is not simply the sum of its allowing grants: it may meet a denial, or has bounds.
 * May be true without need (a denial that is not in force), never false wrongly.
 */
export function needsCare(frame: Frame, context: number): boolean {
  return frame.snapshot.reachesDenial[context] === 1 || hasBounds(frame, context);
}

function hasBounds(frame: Frame, context: number): boolean {
  const { out } = frame.snapshot.adjacency[BOUND]!;
  const patch = out.patchOf(context);
  for (let i = out.first(context, patch), end = out.end(context, patch); i < end; i++)
    if (counts(frame, out.edge(i, patch))) return true;
  return false;
}

/** The bounds of a context, each once. */
export function boundsOf(frame: Frame, context: number): readonly number[] {
  const { out } = frame.snapshot.adjacency[BOUND]!;
  const bounds: number[] = [];
  for (const edge of out.of(context)) {
    const bound = frame.snapshot.target[edge]!;
    if (counts(frame, edge) && !bounds.includes(bound)) bounds.push(bound);
  }
  return bounds;
}
