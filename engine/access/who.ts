/**
 * Who can do one action on one resource, asked backwards: from the grants on the resource and its containers against the
 * edges to the identities. Cost grows with the principals that some grant on the resource concerns, not with the graph.
 */
import { ALLOWED, CONDITIONAL, type DecisionRank } from '../model/index.ts';
import { BOUND, CONDITIONAL_EDGE, GRANT, isIdentity, MEMBERSHIP, TAKE } from '../snapshot/snapshot.ts';
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
    const nodes = Uint32Array.from(this.nodes.filter((node) => isIdentity(frame.snapshot, node))).sort();
    return { nodes, ranks: Uint8Array.from(nodes, (node) => this.#rank[node]!) };
  }

  clear(): void {
    for (const node of this.nodes) this.#rank[node] = 0;
  }
}

/**
 * Bits of each principal as a context of its own: four searches against membership, from the grants that speak. Uses
 * `work.bits`, which `clear` gives back.
 */
export function sayBackwards(question: Question): Said {
  const { frame, work } = question;
  const { snapshot } = frame;
  const grants = snapshot.adjacency[GRANT]!;
  const { bits } = work;
  const nodes: number[] = [];
  for (const container of work.upward.nodes) {
    for (let i = grants.into[container]!; i < grants.into[container + 1]!; i++) {
      const edge = grants.edges[i]!;
      if (!question.speaks(edge)) continue;
      const principal = snapshot.source[edge]!;
      if (bits[principal] === 0) nodes.push(principal);
      bits[principal]! |= question.bitsOfGrant(edge);
    }
  }
  const holders = [...nodes];
  for (const bit of [SURE_ALLOW, SOME_ALLOW, SURE_DENY, SOME_DENY]) {
    spreadBit(
      frame,
      bits,
      nodes,
      holders.filter((node) => (bits[node]! & bit) !== 0),
      bit,
    );
  }
  return { bits, nodes };
}

/** Sets a bit on every principal that reaches one of `starts` by membership; sure bits pass no condition. */
function spreadBit(frame: Frame, bits: Uint8Array, nodes: number[], starts: readonly number[], bit: number): void {
  const { snapshot } = frame;
  const { into, edges } = snapshot.adjacency[MEMBERSHIP]!;
  const sure = bit === SURE_ALLOW || bit === SURE_DENY;
  const queue = [...starts];
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head]!;
    for (let i = into[node]!; i < into[node + 1]!; i++) {
      const edge = edges[i]!;
      const member = snapshot.source[edge]!;
      const known = bits[member]!;
      if ((known & bit) !== 0 || (sure && (snapshot.flags[edge]! & CONDITIONAL_EDGE) !== 0) || !counts(frame, edge))
        continue;
      if (known === 0) nodes.push(member);
      bits[member] = known | bit;
      queue.push(member);
    }
  }
}

function boundedRank(frame: Frame, said: Said, context: number, bits: number): DecisionRank {
  const { out } = frame.snapshot.adjacency[BOUND]!;
  let rank: number = rankOfBits(bits);
  for (let edge = out[context]!; edge < out[context + 1]!; edge++) {
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

function lift(frame: Frame, ranks: Ranks, level: DecisionRank): void {
  const { snapshot } = frame;
  const take = snapshot.adjacency[TAKE]!;
  const membership = snapshot.adjacency[MEMBERSHIP]!;
  const passes = (edge: number): boolean =>
    counts(frame, edge) && (level === CONDITIONAL || (snapshot.flags[edge]! & CONDITIONAL_EDGE) === 0);
  const contexts = ranks.nodes.filter((node) => ranks.of(node) >= level);
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
    const { into, edges } = c < contexts.length ? take : membership;
    const node = c < contexts.length ? contexts[c++]! : takers[t++]!;
    for (let i = into[node]!; i < into[node + 1]!; i++) if (passes(edges[i]!)) reach(snapshot.source[edges[i]!]!);
  }
}
