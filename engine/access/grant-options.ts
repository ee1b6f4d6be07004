/**
 * The smallest additions that would turn an answer into ALLOWED. Each proposal is tried out on the graph before it is
 * made; those that open the fewest other resources come first.
 */
import { ALLOWED, EDGE_KINDS, type EdgeKind } from '../model/index.ts';
import type { TermsMatcher } from '../snapshot/action-terms.ts';
import { type EdgeEdit, hasRoomFor } from '../snapshot/extend.ts';
import {
  CONTAINMENT,
  DENY,
  GRANT,
  GROUP,
  isResource,
  kindIndexOf,
  NO_INHERIT,
  ROLE,
  type Snapshot,
  TAKE,
  TAKEOVER,
} from '../snapshot/snapshot.ts';
import { boundsOf, membersOf } from './contexts.ts';
import { Question, rankOfBits } from './decide.ts';
import { counts, type Frame } from './frame.ts';
import { NO_EDITS, supposing } from './suppose.ts';
import { surelyAllowed } from './who.ts';
import type { Workspace } from './workspace.ts';

/** One addition, by node numbers; a grant's action is the question's. */
export interface Addition {
  readonly kind: EdgeKind;
  readonly from: number;
  readonly to: number;
}

export interface Option {
  readonly additions: readonly Addition[];
  /** Resources that the identity would reach besides the one in question, as far as they are counted. */
  readonly otherResources: number;
}

const MOST_TRIED = 64;
const MOST_TOLD = 5;
/** Resources at which the counting of what an option opens stops. */
export const MOST_COUNTED = 10_000;

/** Options for an identity that is not ALLOWED; empty when denials or bounds leave none. */
export function grantOptions(
  frame: Frame,
  work: Workspace,
  identity: number,
  resource: number,
  matcher: TermsMatcher,
): readonly Option[] {
  const tried = [[direct(identity, resource)], ...bundles(frame, work, identity, resource, matcher)];
  const good: Option[] = tried
    .filter((additions) => allows(frame, work, identity, resource, matcher, additions))
    .map((additions) => ({ additions, otherResources: opened(frame, work, additions, resource) }));
  if (good.length === 0) good.push(...withBounds(frame, work, identity, resource, matcher));
  return good.sort((a, b) => a.otherResources - b.otherResources).slice(0, MOST_TOLD);
}

const direct = (principal: number, resource: number): Addition => ({ kind: 'GRANTS', from: principal, to: resource });

/** Roles, groups and other identities that have the access, nearest to the grant first. */
export function bundles(
  frame: Frame,
  work: Workspace,
  identity: number,
  resource: number,
  matcher: TermsMatcher,
): Addition[][] {
  const question = new Question(frame, work, matcher, resource);
  const found: Addition[][] = [];
  for (const principal of surelyAllowed(question)) {
    if (found.length >= MOST_TRIED) break;
    if (principal === identity) continue;
    const kind = kindIndexOf(frame.snapshot, principal);
    if (kind === GROUP) found.push([{ kind: 'MEMBER_OF', from: identity, to: principal }]);
    if (kind === ROLE) found.push([{ kind: 'HAS_ROLE', from: identity, to: principal }]);
    if (frame.reach !== 'ENTITLED' && isAssumed(frame, principal)) {
      found.push([{ kind: 'CAN_ASSUME', from: identity, to: principal }]);
    }
  }
  return found;
}

/** True for what somebody can assume already: not every role is made for it. */
function isAssumed(frame: Frame, principal: number): boolean {
  const { adjacency, flags } = frame.snapshot;
  return adjacency[TAKE]!.into.of(principal).some((edge) => (flags[edge]! & TAKEOVER) === 0);
}

/** A direct grant, and one to each bound that does not let it through. */
function withBounds(
  frame: Frame,
  work: Workspace,
  identity: number,
  resource: number,
  matcher: TermsMatcher,
): Option[] {
  const question = new Question(frame, work, matcher, resource);
  const closed = boundsOf(frame, identity).filter((bound) => {
    membersOf(frame, bound, work.members);
    return rankOfBits(question.bitsOf(work.members)) !== ALLOWED;
  });
  if (closed.length === 0) return [];
  const additions = [direct(identity, resource), ...closed.map((bound) => direct(bound, resource))];
  return allows(frame, work, identity, resource, matcher, additions) ? [{ additions, otherResources: 0 }] : [];
}

/** True when the question would be answered ALLOWED with the additions. */
export function allows(
  frame: Frame,
  work: Workspace,
  identity: number,
  resource: number,
  matcher: TermsMatcher,
  additions: readonly Addition[],
): boolean {
  const { snapshot } = frame;
  if (!hasRoomFor(snapshot, { nodes: 0, edges: additions.length })) return false;
  const edits = { ...NO_EDITS, edges: additions.map((addition) => edgeOf(snapshot, addition)) };
  return supposing(snapshot, edits, (supposed) => {
    const question = new Question({ ...frame, snapshot: supposed }, work, matcher, resource);
    return question.decide(identity) === ALLOWED;
  });
}

/** "Every action" stands for the question's one action: no other is asked about. */
function edgeOf({ ids }: Snapshot, { kind, from, to }: Addition): EdgeEdit {
  return {
    id: '',
    ref: 0,
    kind: EDGE_KINDS.indexOf(kind),
    from: ids.at(from),
    to: ids.at(to),
    flags: kind === 'GRANTS' ? NO_INHERIT : 0,
    actions: kind === 'GRANTS' ? ['*'] : [],
    exceptActions: [],
    validFrom: Number.NEGATIVE_INFINITY,
    validTo: Number.POSITIVE_INFINITY,
  };
}

/** How many resources the target of an assignment reaches by allowing grants, less the one in question. */
function opened(frame: Frame, work: Workspace, additions: readonly Addition[], resource: number): number {
  const { snapshot } = frame;
  work.visited.clear();
  for (const { kind, to } of additions) {
    if (kind === 'GRANTS' || isResource(snapshot, to)) continue;
    membersOf(frame, to, work.members);
    for (const member of work.members.nodes) addGranted(frame, work, member);
  }
  const { out } = snapshot.adjacency[CONTAINMENT]!;
  for (let head = 0; head < work.visited.nodes.length && work.visited.nodes.length < MOST_COUNTED; head++) {
    const node = work.visited.nodes[head]!;
    const patch = out.patchOf(node);
    for (let i = out.first(node, patch), end = out.end(node, patch); i < end; i++) {
      const edge = out.edge(i, patch);
      if (counts(frame, edge)) work.visited.add(snapshot.target[edge]!, true);
    }
  }
  return work.visited.nodes.length - (work.visited.has(resource) ? 1 : 0);
}

function addGranted(frame: Frame, work: Workspace, member: number): void {
  const { snapshot } = frame;
  const { out } = snapshot.adjacency[GRANT]!;
  const patch = out.patchOf(member);
  for (let i = out.first(member, patch), end = out.end(member, patch); i < end; i++) {
    const edge = out.edge(i, patch);
    if ((snapshot.flags[edge]! & DENY) === 0 && counts(frame, edge)) work.visited.add(snapshot.target[edge]!, true);
  }
}
