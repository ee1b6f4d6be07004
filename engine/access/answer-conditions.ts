/** Which conditions a CONDITIONAL answer depends on: the definition is in docs/model.md, "Which conditions an answer depends on". */
import { CONDITIONAL } from '../model/index.ts';
import { sortedEdges } from '../snapshot/order.ts';
import { CONDITIONAL_EDGE, DENY, GRANT, MEMBERSHIP, TAKE } from '../snapshot/snapshot.ts';
import { boundsOf, collectContexts, membersOf } from './contexts.ts';
import { capped, type Question, rankOfBits, SURE_ALLOW } from './decide.ts';
import { counts, type Frame } from './frame.ts';
import type { NodeSet } from './node-set.ts';

/** Edges whose conditions the identity's CONDITIONAL answer depends on, by number. */
export function conditionEdges(question: Question, identity: number): readonly number[] {
  const { frame, work } = question;
  collectContexts(frame, identity, work);
  const found = new Set<number>();
  for (const context of work.contexts.nodes) {
    const sure = work.contexts.isCertain(context);
    const rank = question.decideContext(context);
    if ((sure ? rank : capped(rank)) !== CONDITIONAL) continue;
    if (!sure) addWayIn(frame, work.attained, context, found);
    for (const principal of [context, ...boundsOf(frame, context)]) addGrants(question, principal, found);
  }
  return sortedEdges(frame.snapshot, found);
}

function addWayIn(frame: Frame, attained: NodeSet, context: number, found: Set<number>): void {
  const done = new Set<number>();
  for (const edge of edgesInto(frame, TAKE, context)) {
    if (!attained.has(frame.snapshot.source[edge]!)) continue;
    addIfConditional(frame, edge, found);
    addWaysTo(frame, attained, frame.snapshot.source[edge]!, [MEMBERSHIP, TAKE], found, done);
  }
}

function addGrants(question: Question, principal: number, found: Set<number>): void {
  const { frame, work } = question;
  const { snapshot } = frame;
  membersOf(frame, principal, work.members);
  const bits = question.bitsOf(work.members);
  if (rankOfBits(bits) !== CONDITIONAL) return;
  const done = new Set<number>();
  const { out } = snapshot.adjacency[GRANT]!;
  for (const member of work.members.nodes) {
    for (const edge of out.of(member)) {
      if (!question.speaks(edge)) continue;
      if ((snapshot.flags[edge]! & DENY) === 0 && (bits & SURE_ALLOW) !== 0) continue;
      addIfConditional(frame, edge, found);
      addWaysTo(frame, work.members, member, [MEMBERSHIP], found, done);
    }
  }
}

/** Conditions of all edges that lead to a node within a set, and to where they start; none for a node that is certain. */
function addWaysTo(
  frame: Frame,
  within: NodeSet,
  start: number,
  classes: readonly number[],
  found: Set<number>,
  done: Set<number>,
): void {
  const queue = [start];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (done.has(node) || within.isCertain(node)) continue;
    done.add(node);
    for (const edgeClass of classes) {
      if (edgeClass === TAKE && frame.reach === 'ENTITLED') continue;
      for (const edge of edgesInto(frame, edgeClass, node)) {
        const source = frame.snapshot.source[edge]!;
        if (!within.has(source)) continue;
        addIfConditional(frame, edge, found);
        queue.push(source);
      }
    }
  }
}

function* edgesInto(frame: Frame, edgeClass: number, node: number): Iterable<number> {
  for (const edge of frame.snapshot.adjacency[edgeClass]!.into.of(node)) if (counts(frame, edge)) yield edge;
}

function addIfConditional(frame: Frame, edge: number, found: Set<number>): void {
  if ((frame.snapshot.flags[edge]! & CONDITIONAL_EDGE) !== 0) found.add(edge);
}
