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
  readonly nodes: readonly number[];
  /** ALLOWED or CONDITIONAL, for each node. */
  readonly ranks: readonly DecisionRank[];
}

/** What the grants on one resource say of each principal, by node; only principals of which they say anything. */
export type Said = Map<number, number>;

/** All identities that can. */
export function whoCan(question: Question): Holders {
  const { frame } = question;
  const said = sayBackwards(question);
  const ranks = new Map<number, DecisionRank>();
  for (const [principal, bits] of said) {
    if ((bits & SOME_ALLOW) === 0) continue;
    const rank = needsCare(frame, principal) ? boundedRank(question, said, principal, bits) : rankOfBits(bits);
    if (rank >= CONDITIONAL) ranks.set(principal, rank);
  }
  if (frame.reach !== 'ENTITLED') liftThroughTakes(frame, ranks);
  const nodes = [...ranks.keys()].filter((node) => isIdentity(frame.snapshot, node)).sort((a, b) => a - b);
  return { nodes, ranks: nodes.map((node) => ranks.get(node)!) };
}

/** Bits of each principal as a context of its own: four searches against membership, from the grants that speak. */
export function sayBackwards(question: Question): Said {
  const { frame, work } = question;
  const { snapshot } = frame;
  const grants = snapshot.adjacency[GRANT]!;
  const direct: Said = new Map();
  for (const container of work.upward.nodes) {
    for (let i = grants.into[container]!; i < grants.into[container + 1]!; i++) {
      const edge = grants.edges[i]!;
      if (!question.speaks(edge)) continue;
      const principal = snapshot.source[edge]!;
      direct.set(principal, (direct.get(principal) ?? 0) | question.bitsOfGrant(edge));
    }
  }
  const said: Said = new Map(direct);
  for (const [sure, some] of [
    [SURE_ALLOW, SOME_ALLOW],
    [SURE_DENY, SOME_DENY],
  ] as const) {
    const starts = [...direct].filter(([, bits]) => (bits & some) !== 0);
    if (starts.length === 0) continue;
    spreadBit(
      frame,
      said,
      starts.filter(([, bits]) => (bits & sure) !== 0).map(([node]) => node),
      sure,
      false,
    );
    spreadBit(
      frame,
      said,
      starts.map(([node]) => node),
      some,
      true,
    );
  }
  return said;
}

/** Sets a bit on every principal that reaches one of `starts` by membership; over conditional edges only if allowed to. */
function spreadBit(frame: Frame, said: Said, starts: readonly number[], bit: number, overConditions: boolean): void {
  const { snapshot } = frame;
  const membership = snapshot.adjacency[MEMBERSHIP]!;
  const queue = [...starts];
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head]!;
    for (let i = membership.into[node]!; i < membership.into[node + 1]!; i++) {
      const edge = membership.edges[i]!;
      if (!counts(frame, edge) || (!overConditions && (snapshot.flags[edge]! & CONDITIONAL_EDGE) !== 0)) continue;
      const member = snapshot.source[edge]!;
      const known = said.get(member) ?? 0;
      if ((known & bit) !== 0) continue;
      said.set(member, known | bit);
      queue.push(member);
    }
  }
}

function boundedRank(question: Question, said: Said, context: number, bits: number): DecisionRank {
  const { frame } = question;
  const { out } = frame.snapshot.adjacency[BOUND]!;
  let rank: number = rankOfBits(bits);
  for (let edge = out[context]!; edge < out[context + 1]!; edge++) {
    if (counts(frame, edge)) rank = Math.min(rank, rankOfBits(said.get(frame.snapshot.target[edge]!) ?? 0));
  }
  return rank as DecisionRank;
}

/**
 * Gives each principal that can act as a context what that context has: first what is ALLOWED over ways without a
 * condition, then the rest, capped.
 */
function liftThroughTakes(frame: Frame, ranks: Map<number, DecisionRank>): void {
  lift(frame, ranks, ALLOWED);
  lift(frame, ranks, CONDITIONAL);
}

function lift(frame: Frame, ranks: Map<number, DecisionRank>, level: DecisionRank): void {
  const { snapshot } = frame;
  const take = snapshot.adjacency[TAKE]!;
  const membership = snapshot.adjacency[MEMBERSHIP]!;
  const passes = (edge: number): boolean =>
    counts(frame, edge) && (level === CONDITIONAL || (snapshot.flags[edge]! & CONDITIONAL_EDGE) === 0);
  const contexts = [...ranks].filter(([, rank]) => rank >= level).map(([node]) => node);
  const takers: number[] = [];
  const isTaker = new Set<number>();
  const reach = (principal: number): void => {
    if (isTaker.has(principal)) return;
    isTaker.add(principal);
    takers.push(principal);
    if ((ranks.get(principal) ?? 0) < level) {
      ranks.set(principal, level);
      contexts.push(principal);
    }
  };
  for (let c = 0, t = 0; c < contexts.length || t < takers.length; ) {
    if (c < contexts.length) {
      const context = contexts[c++]!;
      for (let i = take.into[context]!; i < take.into[context + 1]!; i++) {
        const edge = take.edges[i]!;
        if (passes(edge)) reach(snapshot.source[edge]!);
      }
    } else {
      const taker = takers[t++]!;
      for (let i = membership.into[taker]!; i < membership.into[taker + 1]!; i++) {
        const edge = membership.edges[i]!;
        if (passes(edge)) reach(snapshot.source[edge]!);
      }
    }
  }
}
