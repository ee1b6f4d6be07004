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
import { MOST_OTHER_RESOURCES } from './questions.ts';
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
  /** Resources that the identity would reach besides the one in question; the most that are counted where there are as many or more. */
  readonly otherResources: number;
}

const MOST_TRIED = 64;
const MOST_TOLD = 5;

/**
 * Options for an identity that is not ALLOWED; empty when denials or bounds leave none.
 *
 * @param mostCounted at which counting what an option opens stops
 */
export function grantOptions(
  frame: Frame,
  work: Workspace,
  identity: number,
  resource: number,
  matcher: TermsMatcher,
  mostCounted = MOST_OTHER_RESOURCES,
): readonly Option[] {
  const tried = [[direct(identity, resource)], ...bundles(frame, work, identity, resource, matcher)];
  const good: Option[] = [];
  const openings = new Openings(frame, work, resource, mostCounted);
  for (const additions of tried) {
    const most = good.length < MOST_TOLD ? mostCounted + 1 : good.at(-1)!.otherResources;
    // The first of those that open as many is told: one that opens as many as the last of enough need not be tried.
    if (most === 0) break;
    if (!allows(frame, work, identity, resource, matcher, additions)) continue;
    const otherResources = openings.count(additions, most);
    if (otherResources >= most) continue;
    good.splice(firstBeyond(good, otherResources), 0, { additions, otherResources });
    good.length = Math.min(good.length, MOST_TOLD);
  }
  return good.length > 0 ? good : withBounds(frame, work, identity, resource, matcher);
}

/** The place after all that open no more. */
function firstBeyond(good: readonly Option[], otherResources: number): number {
  const place = good.findIndex((option) => option.otherResources > otherResources);
  return place < 0 ? good.length : place;
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

/** Counts what the targets of assignments reach by allowing grants. */
class Openings {
  readonly #frame: Frame;
  readonly #work: Workspace;
  readonly #resource: number;
  readonly #most: number;
  /** Principals whose own grants open as many as are counted: often one stands behind most of what is tried. */
  readonly #lavish = new Set<number>();

  constructor(frame: Frame, work: Workspace, resource: number, most: number) {
    this.#frame = frame;
    this.#work = work;
    this.#resource = resource;
    this.#most = most;
  }

  /**
   * Resources besides the one in question; the most where there are as many or more. Uses `work.visited` and `work.members`.
   *
   * @param enough a number from which on it does not matter how many there are: at least that many are told then
   */
  count(additions: readonly Addition[], enough: number): number {
    const { visited } = this.#work;
    const end = Math.min(this.#most, enough + 1);
    visited.clear();
    for (const { kind, to } of additions) {
      if (kind === 'GRANTS' || isResource(this.#frame.snapshot, to)) continue;
      membersOf(this.#frame, to, this.#work.members);
      const { nodes } = this.#work.members;
      if (nodes.some((member) => this.#lavish.has(member))) return this.#most;
      for (const member of nodes) {
        const before = visited.nodes.length;
        this.#visitGranted(member, end);
        if (visited.nodes.length - before >= this.#most) this.#lavish.add(member);
        if (visited.nodes.length >= this.#most) return this.#most;
        if (visited.nodes.length >= end) return enough;
      }
    }
    return visited.nodes.length - (visited.has(this.#resource) ? 1 : 0);
  }

  /** Adds what a principal's own grants open, until as many as are wanted are there. */
  #visitGranted(member: number, end: number): void {
    const { snapshot } = this.#frame;
    const { visited } = this.#work;
    const { out } = snapshot.adjacency[GRANT]!;
    const patch = out.patchOf(member);
    for (let i = out.first(member, patch), last = out.end(member, patch); i < last; i++) {
      const edge = out.edge(i, patch);
      if ((snapshot.flags[edge]! & DENY) !== 0 || !counts(this.#frame, edge)) continue;
      const from = visited.nodes.length;
      if (visited.add(snapshot.target[edge]!, true)) this.#visitContained(from, end);
      if (visited.nodes.length >= end) return;
    }
  }

  /** Adds what the resources from a place on contain. */
  #visitContained(from: number, end: number): void {
    const { snapshot } = this.#frame;
    const { visited } = this.#work;
    const { out } = snapshot.adjacency[CONTAINMENT]!;
    for (let head = from; head < visited.nodes.length; head++) {
      const node = visited.nodes[head]!;
      const patch = out.patchOf(node);
      for (let i = out.first(node, patch), last = out.end(node, patch); i < last; i++) {
        if (visited.nodes.length >= end) return;
        const edge = out.edge(i, patch);
        if (counts(this.#frame, edge)) visited.add(snapshot.target[edge]!, true);
      }
    }
  }
}
