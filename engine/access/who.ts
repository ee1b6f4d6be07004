/**
 * Who can do one action on one resource, asked backwards: from the grants on the resource and its containers against the
 * edges to the identities. Cost grows with the principals that some grant on the resource concerns, not with the graph.
 */
import { ALLOWED, CONDITIONAL, type DecisionRank } from '../model/index.ts';
import { sortNodes } from '../snapshot/order.ts';
import { BOUND, CONDITIONAL_EDGE, GRANT, GROUP, isIdentity, MEMBERSHIP, TAKE } from '../snapshot/snapshot.ts';
import { needsCare } from './contexts.ts';
import { type Question, rankOfBits, SOME_ALLOW, SOME_DENY, SURE_ALLOW, SURE_DENY } from './decide.ts';
import { counts, type Frame } from './frame.ts';

/** Identities that are ALLOWED or CONDITIONAL, with their decision, in the order of node numbers. */
export interface Holders {
  readonly nodes: Uint32Array;
  /** ALLOWED or CONDITIONAL, for each node. */
  readonly ranks: Uint8Array;
}

/** What the grants on one resource say of each principal: bits by node, and the nodes of which they say anything. */
export interface Said {
  readonly bits: Uint8Array;
  readonly nodes: readonly number[];
}

/** All identities that can. */
export function whoCan(question: Question): Holders {
  const { frame, work } = question;
  const said = sayBackwards(question);
  const ranks = new Ranks(work.ranks);
  try {
    for (const principal of said.nodes) {
      const bits = said.bits[principal]!;
      if ((bits & SOME_ALLOW) === 0) continue;
      const rank = needsCare(frame, principal) ? boundedRank(frame, said, principal, bits) : rankOfBits(bits);
      if (rank >= CONDITIONAL) ranks.raise(principal, rank);
    }
    if (frame.reach !== 'ENTITLED') liftThroughTakes(frame, ranks);
    return ranks.take(frame);
  } finally {
    clear(said);
    ranks.clear();
  }
}

/** Leaves the workspace as it was found. */
export function clear(said: Said): void {
  for (const node of said.nodes) said.bits[node] = 0;
}

/** Sorting a number takes about as long as looking at this many nodes. */
const SORT_COST = 32;

/** Ranks by node while they are worked out. */
class Ranks {
  readonly #rank: Uint8Array;
  readonly nodes: number[] = [];

  constructor(rank: Uint8Array) {
    this.#rank = rank;
  }

  of(node: number): number {
    return this.#rank[node]!;
  }

  raise(node: number, rank: DecisionRank): void {
    if (this.#rank[node] === 0) this.nodes.push(node);
    this.#rank[node] = rank;
  }

  /** The identities among them, in order. */
  take(frame: Frame): Holders {
    const nodes = this.#identities(frame);
    const ranks = new Uint8Array(nodes.length);
    for (let i = 0; i < nodes.length; i++) ranks[i] = this.#rank[nodes[i]!]!;
    return { nodes, ranks };
  }

  /** Few are sorted; of many it is quicker to look at every identity in turn. */
  #identities(frame: Frame): Uint32Array {
    const { snapshot } = frame;
    const identities = snapshot.space.kindStart[GROUP]!;
    const few = this.nodes.length * SORT_COST < identities;
    if (few || snapshot.nodeSpace > snapshot.space.compiledNodes) {
      const found = Uint32Array.from(this.nodes.filter((node) => isIdentity(snapshot, node)));
      return sortNodes(snapshot, found);
    }
    const found = new Uint32Array(this.nodes.length);
    let count = 0;
    for (let node = 0; node < identities; node++) if (this.#rank[node] !== 0) found[count++] = node;
    return found.subarray(0, count);
  }

  clear(): void {
    for (const node of this.nodes) this.#rank[node] = 0;
  }
}

/**
 * Bits of each principal as a context of its own: searches against membership, from the grants that speak. Uses
 * `work.bits`, which `clear` gives back.
 */
export function sayBackwards(question: Question): Said {
  const { frame, work } = question;
  const { snapshot } = frame;
  const grants = snapshot.adjacency[GRANT]!.into;
  const { bits } = work;
  const nodes: number[] = [];
  for (const container of work.upward.nodes) {
    const patch = grants.patchOf(container);
    for (let i = grants.first(container, patch), end = grants.end(container, patch); i < end; i++) {
      const edge = grants.edge(i, patch);
      if (!question.speaks(edge)) continue;
      const principal = snapshot.source[edge]!;
      if (bits[principal] === 0) nodes.push(principal);
      bits[principal]! |= question.bitsOfGrant(edge);
    }
  }
  const holders = [...nodes];
  spreadBits(frame, { bits, nodes }, holders, SURE_ALLOW, SOME_ALLOW);
  spreadBits(frame, { bits, nodes }, holders, SURE_DENY, SOME_DENY);
  return { bits, nodes };
}

/**
 * Gives the members of those who have a bit that bit: first what is sure, over edges without a condition, then what there is
 * under conditions, from where the first search stopped.
 */
function spreadBits(
  frame: Frame,
  said: { bits: Uint8Array; nodes: number[] },
  holders: readonly number[],
  sure: number,
  some: number,
): void {
  const { bits } = said;
  const later: number[] = [];
  const both = sure | some;
  spread(
    frame,
    said,
    holders.filter((node) => (bits[node]! & sure) !== 0),
    both,
    later,
  );
  const starts = holders.filter((node) => (bits[node]! & both) === some);
  for (const node of later) {
    if ((bits[node]! & some) !== 0) continue;
    if (bits[node] === 0) said.nodes.push(node);
    bits[node]! |= some;
    starts.push(node);
  }
  spread(frame, said, starts, some, undefined);
}

/** Sets bits on every principal that reaches one of `starts` by membership; members under a condition go to `later`, if given. */
function spread(
  frame: Frame,
  said: { bits: Uint8Array; nodes: number[] },
  starts: readonly number[],
  mask: number,
  later: number[] | undefined,
): void {
  const { snapshot } = frame;
  const { bits, nodes } = said;
  const { into } = snapshot.adjacency[MEMBERSHIP]!;
  const queue = [...starts];
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head]!;
    const patch = into.patchOf(node);
    for (let i = into.first(node, patch), end = into.end(node, patch); i < end; i++) {
      const edge = into.edge(i, patch);
      const member = snapshot.source[edge]!;
      const known = bits[member]!;
      if ((known & mask) === mask || !counts(frame, edge)) continue;
      if (later !== undefined && (snapshot.flags[edge]! & CONDITIONAL_EDGE) !== 0) later.push(member);
      else {
        if (known === 0) nodes.push(member);
        bits[member] = known | mask;
        // Nobody is a member of an identity.
        if (!isIdentity(snapshot, member)) queue.push(member);
      }
    }
  }
}

function boundedRank(frame: Frame, said: Said, context: number, bits: number): DecisionRank {
  const { out } = frame.snapshot.adjacency[BOUND]!;
  let rank: number = rankOfBits(bits);
  for (const edge of out.of(context)) {
    if (counts(frame, edge)) rank = Math.min(rank, rankOfBits(said.bits[frame.snapshot.target[edge]!]!));
  }
  return rank as DecisionRank;
}

/**
 * Gives each principal that can act as a context what that context has: first what is ALLOWED over ways without a
 * condition, then the rest, capped.
 */
function liftThroughTakes(frame: Frame, ranks: Ranks): void {
  lift(frame, ranks, ALLOWED);
  lift(frame, ranks, CONDITIONAL);
}

/** Those of a rank whom somebody can act as: looked for among them or among the edges to such, whatever is less. */
function takenAmong(frame: Frame, ranks: Ranks, level: DecisionRank): number[] {
  const { adjacency, space, target } = frame.snapshot;
  const { out, into } = adjacency[TAKE]!;
  const [first, end] = [out.bounds[0]!, out.bounds[space.compiledNodes]!];
  if (ranks.nodes.length < end - first || out.patched > 0)
    return ranks.nodes.filter((node) => ranks.of(node) >= level && into.count(node) > 0);
  const found = new Set<number>();
  for (let edge = first; edge < end; edge++) if (ranks.of(target[edge]!) >= level) found.add(target[edge]!);
  return [...found];
}

function lift(frame: Frame, ranks: Ranks, level: DecisionRank): void {
  const { snapshot } = frame;
  const take = snapshot.adjacency[TAKE]!;
  const membership = snapshot.adjacency[MEMBERSHIP]!;
  const passes = (edge: number): boolean =>
    counts(frame, edge) && (level === CONDITIONAL || (snapshot.flags[edge]! & CONDITIONAL_EDGE) === 0);
  const contexts = takenAmong(frame, ranks, level);
  const takers: number[] = [];
  const isTaker = new Set<number>();
  const reach = (principal: number): void => {
    if (isTaker.has(principal)) return;
    isTaker.add(principal);
    takers.push(principal);
    if (ranks.of(principal) < level) {
      ranks.raise(principal, level);
      contexts.push(principal);
    }
  };
  for (let c = 0, t = 0; c < contexts.length || t < takers.length; ) {
    const { into } = c < contexts.length ? take : membership;
    const node = c < contexts.length ? contexts[c++]! : takers[t++]!;
    const patch = into.patchOf(node);
    for (let i = into.first(node, patch), end = into.end(node, patch); i < end; i++) {
      const edge = into.edge(i, patch);
      if (passes(edge)) reach(snapshot.source[edge]!);
    }
  }
}
