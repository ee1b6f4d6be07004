/** One identity, one action, one resource: steps 3 to 6 of the decision. */
import { ALLOWED, CONDITIONAL, DENIED, type DecisionRank, NONE } from '../model/index.ts';
import type { TermsMatcher } from '../snapshot/action-terms.ts';
import { compareNodes } from '../snapshot/order.ts';
import { CONDITIONAL_EDGE, CONTAINMENT, DENY, GRANT, NO_INHERIT, type Snapshot } from '../snapshot/snapshot.ts';
import { boundsOf, collectContexts, collectMembers, membersOf, needsCare } from './contexts.ts';
import { counts, type Frame } from './frame.ts';
import type { NodeSet } from './node-set.ts';
import { grantBit } from './row-marks.ts';
import type { Workspace } from './workspace.ts';

/** What the grants of principals say to one question, as bits. */
export const SURE_ALLOW = 1;
export const SOME_ALLOW = 2;
export const SURE_DENY = 4;
export const SOME_DENY = 8;

/** The decision of a context from what all its grants say (step 5, without bounds). */
export function rankOfBits(bits: number): DecisionRank {
  if ((bits & SURE_DENY) !== 0) return DENIED;
  if ((bits & SURE_ALLOW) !== 0 && (bits & SOME_DENY) === 0) return ALLOWED;
  return (bits & SOME_ALLOW) !== 0 ? CONDITIONAL : NONE;
}

/** What remains of a decision that is reached only under a condition. */
export const capped = (rank: DecisionRank): DecisionRank => (rank === ALLOWED ? CONDITIONAL : rank);

/** One question with its resource's containers laid out; asked of any number of contexts. */
export class Question {
  readonly frame: Frame;
  readonly work: Workspace;
  readonly matcher: TermsMatcher;
  readonly resource: number;
  /** The bits of grants on the resource and its containers: most other grants are told from these by them. */
  readonly #grantBits: number;

  constructor(frame: Frame, work: Workspace, matcher: TermsMatcher, resource: number) {
    this.frame = frame;
    this.work = work;
    this.matcher = matcher;
    this.resource = resource;
    collectUpward(frame, resource, work.upward);
    let bits = 0;
    for (const container of work.upward.nodes) bits |= grantBit(container);
    this.#grantBits = bits;
  }

  /** The identity's decision: the strongest over its contexts. */
  decide(identity: number): DecisionRank {
    const { frame, work } = this;
    collectContexts(frame, identity, work);
    const { contexts } = work;
    if (!contexts.nodes.some((context) => needsCare(frame, context))) return rankOfBits(this.#allowsOf(work.attained));
    const special = contexts.nodes.filter((context) => needsCare(frame, context));
    let best: DecisionRank = NONE;
    if (special.length < contexts.nodes.length) {
      const free = contexts.nodes.filter((context) => !needsCare(frame, context));
      collectMembers(frame, free, (context) => contexts.isCertain(context), work.members);
      best = rankOfBits(this.bitsOf(work.members));
    }
    for (const context of special) {
      if (best === ALLOWED) return best;
      const rank = this.decideContext(context);
      best = Math.max(best, contexts.isCertain(context) ? rank : capped(rank)) as DecisionRank;
    }
    return best;
  }

  /** The decision of one context as if it were reached for certain, its bounds included. Uses `work.members`. */
  decideContext(context: number): DecisionRank {
    let rank = this.#decideAlone(context);
    if (rank === NONE) return NONE;
    for (const bound of boundsOf(this.frame, context)) {
      if (rank === DENIED) return DENIED;
      rank = Math.min(rank, Math.max(this.#decideAlone(bound), DENIED)) as DecisionRank;
    }
    return rank;
  }

  #decideAlone(context: number): DecisionRank {
    membersOf(this.frame, context, this.work.members);
    return rankOfBits(this.bitsOf(this.work.members));
  }

  /** What the grants of all members together say, those of uncertain members never for sure. */
  bitsOf(members: NodeSet): number {
    let bits = 0;
    for (const member of members.nodes) {
      const said = this.bitsOfGrants(member);
      bits |= members.isCertain(member) ? said : said & ~(SURE_ALLOW | SURE_DENY);
    }
    return bits;
  }

  /** As `bitsOf` where no denial is met: the first sure grant decides. */
  #allowsOf(members: NodeSet): number {
    const { nodes } = members;
    let bits = 0;
    for (let i = 0; i < nodes.length; i++) {
      const said = this.bitsOfGrants(nodes[i]!);
      if (said === 0) continue;
      bits |= members.isCertain(nodes[i]!) ? said : said & ~(SURE_ALLOW | SURE_DENY);
      if ((bits & SURE_ALLOW) !== 0) break;
    }
    return bits;
  }

  /** What the grants that leave one principal say. Looks through the shorter of its grants and the resource's containers. */
  bitsOfGrants(principal: number): number {
    const { snapshot } = this.frame;
    const { out } = snapshot.adjacency[GRANT]!;
    const patch = out.patchOf(principal);
    if (patch === undefined && (this.work.rowMarks.of(snapshot, principal) & this.#grantBits) === 0) return 0;
    const first = out.first(principal, patch);
    const end = out.end(principal, patch);
    let bits = 0;
    if (first === end) return bits;
    const { nodes } = this.work.upward;
    if (end - first <= nodes.length * 8) {
      for (let i = first; i < end; i++) bits |= this.#bitsOfEdge(out.edge(i, patch));
      return bits;
    }
    for (const container of nodes) {
      for (let i = firstTo(snapshot, principal, container); i < end; i++) {
        const edge = out.edge(i, patch);
        if (snapshot.target[edge] !== container) break;
        bits |= this.#bitsOfEdge(edge);
      }
    }
    return bits;
  }

  #bitsOfEdge(edge: number): number {
    const { snapshot } = this.frame;
    if ((this.#grantBits & grantBit(snapshot.target[edge]!)) === 0 || !this.speaks(edge)) return 0;
    return bitsOfFlags(snapshot.flags[edge]!);
  }

  /** True when a grant on a target, with these flags and terms, speaks to the question (step 4). */
  #applies(target: number, flags: number, terms: number): boolean {
    if (!this.work.upward.has(target)) return false;
    if ((flags & NO_INHERIT) !== 0 && target !== this.resource) return false;
    return this.matcher.matches(terms);
  }

  /** What a grant edge that speaks to the question says. */
  bitsOfGrant(edge: number): number {
    return bitsOfFlags(this.frame.snapshot.flags[edge]!);
  }

  /** True when this grant edge speaks to the question. */
  speaks(edge: number): boolean {
    const { snapshot } = this.frame;
    return (
      this.#applies(snapshot.target[edge]!, snapshot.flags[edge]!, snapshot.termsOf[edge]!) && counts(this.frame, edge)
    );
  }
}

function bitsOfFlags(flags: number): number {
  const sure = (flags & CONDITIONAL_EDGE) === 0;
  if ((flags & DENY) !== 0) return sure ? SURE_DENY | SOME_DENY : SOME_DENY;
  return sure ? SURE_ALLOW | SOME_ALLOW : SOME_ALLOW;
}

/** The first place among a principal's grants, which are in the order of their targets, whose target does not come before the one given. */
function firstTo(snapshot: Snapshot, principal: number, wanted: number): number {
  const { out } = snapshot.adjacency[GRANT]!;
  const patch = out.patchOf(principal);
  let low = out.first(principal, patch);
  let high = out.end(principal, patch);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareNodes(snapshot, snapshot.target[out.edge(middle, patch)]!, wanted) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Fills `into` with a resource and every resource that contains it: `up(r)` of the model. */
export function collectUpward(frame: Frame, resource: number, into: NodeSet): void {
  const { snapshot } = frame;
  const containers = snapshot.adjacency[CONTAINMENT]!.into;
  into.clear();
  into.add(resource, true);
  for (let head = 0; head < into.nodes.length; head++) {
    const node = into.nodes[head]!;
    const patch = containers.patchOf(node);
    for (let i = containers.first(node, patch), end = containers.end(node, patch); i < end; i++) {
      const edge = containers.edge(i, patch);
      if (counts(frame, edge)) into.add(snapshot.source[edge]!, true);
    }
  }
}
