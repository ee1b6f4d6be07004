/**
 * Who can do one action on one resource, asked backwards: from the grants on the resource and its containers against the
 * edges to the identities. Cost grows with the principals that some grant on the resource concerns, not with the graph.
 */
import { ALLOWED, CONDITIONAL, type DecisionRank } from '../model/index.ts';
import {
  BOUND,
  CONDITIONAL_EDGE,
  GRANT,
  GROUP,
  isIdentity,
  MEMBERSHIP,
  type Snapshot,
  TAKE,
} from '../snapshot/snapshot.ts';
import { type Question, rankOfBits, SOME_ALLOW, SOME_DENY, SURE_ALLOW, SURE_DENY } from './decide.ts';
import { counts, type Frame } from './frame.ts';
import { membersAt, SPECIAL, SPECIAL_MEMBER } from './members.ts';
import { Touched } from './touched.ts';

/** Identities that are ALLOWED or CONDITIONAL, with their decision, in the order of node numbers. */
export interface Holders {
  readonly nodes: Uint32Array;
  /** ALLOWED or CONDITIONAL, for each node. */
  readonly ranks: Uint8Array;
}

/** What the grants on one resource say of each principal: bits by node, and the nodes of which they say anything. */
interface Said {
  readonly bits: Uint8Array;
  readonly touched: Touched;
}

/** All identities that can. */
export function whoCan(question: Question): Holders {
  const { frame, work } = question;
  const said: Said = { bits: work.bits, touched: new Touched(frame.snapshot, work.bits) };
  const ranks = new Ranks(frame.snapshot, work.ranks);
  try {
    sayBackwards(question, said);
    rankAll(frame, said, ranks);
    if (frame.reach !== 'ENTITLED') liftThroughTakes(frame, ranks);
    return ranks.take();
  } finally {
    said.touched.clear();
    ranks.touched.clear();
  }
}

/** The decision by bits. */
const RANKS = Uint8Array.from({ length: 16 }, (_, bits) => rankOfBits(bits));

function rankAll(frame: Frame, { bits, touched }: Said, ranks: Ranks): void {
  const bounded = hasBounds(frame.snapshot);
  const principals = touched.all();
  for (let i = 0; i < principals.length; i++) {
    const principal = principals[i]!;
    const rank = RANKS[bits[principal]!]! as DecisionRank;
    if (rank < CONDITIONAL) continue;
    const bound = bounded ? boundedRank(frame, bits, principal, rank) : rank;
    if (bound >= CONDITIONAL) ranks.raise(principal, bound);
  }
}

/** False where nobody at all is bounded. */
function hasBounds({ adjacency, space }: Snapshot): boolean {
  const { out } = adjacency[BOUND]!;
  return out.patched > 0 || out.bounds[0]! < out.bounds[space.compiledNodes]!;
}

/** Ranks by node while they are worked out. */
class Ranks {
  readonly touched: Touched;
  readonly #rank: Uint8Array;

  constructor(snapshot: Snapshot, rank: Uint8Array) {
    this.#rank = rank;
    this.touched = new Touched(snapshot, rank);
  }

  of(node: number): number {
    return this.#rank[node]!;
  }

  raise(node: number, rank: DecisionRank): void {
    if (this.#rank[node] === 0) this.touched.add(node);
    this.#rank[node] = rank;
  }

  /** The identities among them, in order. */
  take(): Holders {
    const nodes = this.touched.identities();
    const ranks = new Uint8Array(nodes.length);
    for (let i = 0; i < nodes.length; i++) ranks[i] = this.#rank[nodes[i]!]!;
    return { nodes, ranks };
  }
}

/** Bits of each principal as a context of its own: searches against membership, from the grants that speak. */
function sayBackwards(question: Question, said: Said): void {
  const { bits, touched } = said;
  const holders: number[] = [];
  for (const edge of grantsThatSpeak(question)) {
    const principal = question.frame.snapshot.source[edge]!;
    if (bits[principal] === 0) {
      touched.add(principal);
      holders.push(principal);
    }
    bits[principal]! |= question.bitsOfGrant(edge);
  }
  spreadBits(question.frame, said, holders, SURE_ALLOW, SOME_ALLOW);
  spreadBits(question.frame, said, holders, SURE_DENY, SOME_DENY);
}

/** Grants on the resource and what contains it. `work.upward` must hold these. */
function* grantsThatSpeak(question: Question): Iterable<number> {
  const grants = question.frame.snapshot.adjacency[GRANT]!.into;
  for (const container of question.work.upward.nodes) {
    const patch = grants.patchOf(container);
    for (let i = grants.first(container, patch), end = grants.end(container, patch); i < end; i++) {
      const edge = grants.edge(i, patch);
      if (question.speaks(edge)) yield edge;
    }
  }
}

/**
 * Gives the members of those who have a bit that bit: first what is sure, over edges without a condition, then what there is
 * under conditions, from where the first search stopped.
 */
function spreadBits(frame: Frame, said: Said, holders: readonly number[], sure: number, some: number): void {
  const { bits, touched } = said;
  const later: number[] = [];
  const both = sure | some;
  const certain = holders.filter((node) => (bits[node]! & sure) !== 0);
  spread(frame, said, certain, both, later);
  const starts = holders.filter((node) => (bits[node]! & both) === some);
  for (const node of later) {
    if ((bits[node]! & some) !== 0) continue;
    if (bits[node] === 0) touched.add(node);
    bits[node]! |= some;
    starts.push(node);
  }
  spread(frame, said, starts, some, undefined);
}

/** Sets bits on every principal that reaches one of `starts` by membership; members under a condition go to `later`, if given. */
function spread(frame: Frame, said: Said, starts: readonly number[], mask: number, later: number[] | undefined): void {
  const { snapshot, without } = frame;
  const { bits, touched } = said;
  const { source, flags } = snapshot;
  const { into } = snapshot.adjacency[MEMBERSHIP]!;
  const identities = snapshot.space.kindStart[GROUP]!;
  const queue = [...starts];
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head]!;
    const patch = into.patchOf(node);
    if (patch === undefined && without < 0) {
      spreadToRow(frame, said, node, mask, later, queue);
      continue;
    }
    for (let i = into.first(node, patch), end = into.end(node, patch); i < end; i++) {
      const edge = into.edge(i, patch);
      const member = source[edge]!;
      const known = bits[member]!;
      if ((known & mask) === mask) continue;
      const special = flags[edge]! & SPECIAL;
      if ((special !== 0 || edge === without) && !counts(frame, edge)) continue;
      if (later !== undefined && (special & CONDITIONAL_EDGE) !== 0) {
        later.push(member);
        continue;
      }
      if (known === 0) touched.add(member);
      bits[member] = known | mask;
      // Nobody is a member of an identity.
      if (member >= identities && !isIdentity(snapshot, member)) queue.push(member);
    }
  }
}

/** The same to the members of one compiled row, which lie side by side. */
function spreadToRow(
  frame: Frame,
  { bits, touched }: Said,
  node: number,
  mask: number,
  later: number[] | undefined,
  queue: number[],
): void {
  const { snapshot } = frame;
  const { into } = snapshot.adjacency[MEMBERSHIP]!;
  const identities = snapshot.space.kindStart[GROUP]!;
  const [first, end] = [into.bounds[node]!, into.bounds[node + 1]!];
  const words = membersAt(snapshot, first, end);
  for (let i = first; i < end; i++) {
    const word = words[i]!;
    const member = (word & ~SPECIAL_MEMBER) - 1;
    const known = bits[member]!;
    if ((known & mask) === mask) continue;
    if (word >= SPECIAL_MEMBER) {
      const edge = into.edge(i, undefined);
      if (!counts(frame, edge)) continue;
      if (later !== undefined && (snapshot.flags[edge]! & CONDITIONAL_EDGE) !== 0) {
        later.push(member);
        continue;
      }
    }
    if (known === 0) touched.add(member);
    bits[member] = known | mask;
    if (member >= identities && !isIdentity(snapshot, member)) queue.push(member);
  }
}

function boundedRank(frame: Frame, bits: Uint8Array, context: number, rank: DecisionRank): DecisionRank {
  const { target, adjacency } = frame.snapshot;
  const { out } = adjacency[BOUND]!;
  const patch = out.patchOf(context);
  let least: number = rank;
  for (let i = out.first(context, patch), end = out.end(context, patch); i < end; i++) {
    const edge = out.edge(i, patch);
    if (counts(frame, edge)) least = Math.min(least, rankOfBits(bits[target[edge]!]!));
  }
  return least as DecisionRank;
}

/**
 * Principals that have an access for sure as contexts of their own, before bounds, nearest to the grant first: told as they
 * are found, so that who wants a few of many pays for those.
 */
export function* surelyAllowed(question: Question): Iterable<number> {
  const { frame, work } = question;
  const { snapshot } = frame;
  const { visited } = work;
  const { into } = snapshot.adjacency[MEMBERSHIP]!;
  const granted = new Map<number, number>();
  for (const edge of grantsThatSpeak(question)) {
    const principal = snapshot.source[edge]!;
    granted.set(principal, (granted.get(principal) ?? 0) | question.bitsOfGrant(edge));
  }
  visited.clear();
  for (const [principal, bits] of granted) if ((bits & SURE_ALLOW) !== 0) visited.add(principal, true);
  for (let told = 0, head = 0; told < visited.nodes.length; ) {
    yield visited.nodes[told++]!;
    if (told < visited.nodes.length) continue;
    for (; head < visited.nodes.length && told === visited.nodes.length; head++) {
      for (const edge of into.of(visited.nodes[head]!))
        if ((snapshot.flags[edge]! & CONDITIONAL_EDGE) === 0 && counts(frame, edge))
          visited.add(snapshot.source[edge]!, true);
    }
  }
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
  if (ranks.touched.count < end - first || out.patched > 0)
    return Array.from(ranks.touched.all()).filter((node) => ranks.of(node) >= level && into.count(node) > 0);
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
