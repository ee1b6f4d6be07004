/** What one way alone would give, with the denials and bounds of its last context in force. */
import { ALLOWED, CONDITIONAL, DENIED, type DecisionRank, NONE } from '../model/index.ts';
import type { TermsMatcher } from '../snapshot/action-terms.ts';
import { CONDITIONAL_EDGE, CONTAINMENT, classOf } from '../snapshot/snapshot.ts';
import { type AppliedContext, rowGroups } from './access-rows.ts';
import { boundsOf, membersOf, needsCare } from './contexts.ts';
import { Question, rankOfBits, SOME_ALLOW, SOME_DENY, SURE_ALLOW, SURE_DENY } from './decide.ts';
import type { Way } from './find-paths.ts';
import type { Frame } from './frame.ts';
import { appliedContext } from './on-resource.ts';
import type { PathGraph } from './path-graph.ts';
import type { Workspace } from './workspace.ts';

/** What stands in the way in a context: denials as bits, and the weakest of its bounds. */
interface Limits {
  readonly denials: number;
  readonly bound: DecisionRank;
}

const NO_LIMITS: Limits = { denials: 0, bound: ALLOWED };

/** Judges ways of one path graph. Needs `work.upward` as `pathGraph` left it. */
export class PathJudge {
  readonly #frame: Frame;
  readonly #work: Workspace;
  readonly #graph: PathGraph;
  readonly #question: Question | undefined;
  readonly #limits = new Map<number, Limits>();
  readonly #applied = new Map<number, AppliedContext>();
  readonly #byGrant = new Map<string, DecisionRank>();
  readonly #resource: number;

  constructor(frame: Frame, work: Workspace, graph: PathGraph, matcher: TermsMatcher | undefined) {
    this.#frame = frame;
    this.#work = work;
    this.#graph = graph;
    this.#resource = graph.nodes[1]!;
    this.#question = matcher === undefined ? undefined : new Question(frame, work, matcher, this.#resource);
  }

  /** The decision of a way. */
  rankOf(way: Way): DecisionRank {
    const { snapshot } = this.#frame;
    let context = this.#graph.nodes[0]!;
    let sure = true;
    let grant = -1;
    for (const { edge, to, takes } of way) {
      if (classOf(snapshot, edge) === CONTAINMENT) break;
      if ((snapshot.flags[edge]! & CONDITIONAL_EDGE) !== 0) sure = false;
      if (takes) context = this.#graph.nodes[to]!;
      grant = edge;
    }
    return this.#question === undefined ? this.#anyAction(context, sure, grant) : this.#oneAction(context, sure);
  }

  /** True when a way that ends in this context allows the action, at least under a condition. Needs an action. */
  isOpen(context: number): boolean {
    return this.#oneAction(context, false) >= CONDITIONAL;
  }

  #oneAction(context: number, sure: boolean): DecisionRank {
    const { denials, bound } = this.#limitsOf(context);
    const own = rankOfBits(denials | SOME_ALLOW | (sure ? SURE_ALLOW : 0));
    return Math.min(own, bound) as DecisionRank;
  }

  #limitsOf(context: number): Limits {
    const known = this.#limits.get(context);
    if (known !== undefined) return known;
    if (!needsCare(this.#frame, context)) return NO_LIMITS;
    const denials = this.#bitsOf(context) & (SURE_DENY | SOME_DENY);
    let bound: DecisionRank = ALLOWED;
    for (const each of boundsOf(this.#frame, context)) {
      const rank = rankOfBits(this.#bitsOf(each));
      bound = Math.min(bound, rank === NONE ? DENIED : rank) as DecisionRank;
    }
    const made = { denials, bound };
    this.#limits.set(context, made);
    return made;
  }

  #bitsOf(context: number): number {
    membersOf(this.#frame, context, this.#work.members);
    return this.#question!.bitsOf(this.#work.members);
  }

  /** Without an action: the strongest over all that the grant conveys. */
  #anyAction(context: number, sure: boolean, grant: number): DecisionRank {
    const { snapshot } = this.#frame;
    const terms = snapshot.termsOf[grant]!;
    const key = `${context} ${sure} ${terms}`;
    const known = this.#byGrant.get(key);
    if (known !== undefined) return known;
    const limits = this.#appliedTo(context);
    const rows = rowGroups([{ ...limits, allows: [{ terms: snapshot.terms.all[terms]!, sure }] }]);
    const rank = rows[0]?.rank ?? DENIED;
    this.#byGrant.set(key, rank);
    return rank;
  }

  #appliedTo(context: number): AppliedContext {
    let applied = this.#applied.get(context);
    if (applied === undefined) {
      applied = appliedContext(this.#frame, this.#work, context, this.#resource, true);
      this.#applied.set(context, applied);
    }
    return applied;
  }
}

/**
 * Which ways that come back to a node as another identity are told: those that lose something if any one loop is left out.
 */
export function admitsReturn(judge: PathJudge): (way: Way) => boolean {
  return (way) => {
    const rank = judge.rankOf(way);
    for (let start = 0; start < way.length; start++) {
      for (let end = start; end < way.length; end++) {
        if (way[start]!.from !== way[end]!.to) continue;
        if (judge.rankOf([...way.slice(0, start), ...way.slice(end + 1)]) >= rank) return false;
      }
    }
    return true;
  };
}
