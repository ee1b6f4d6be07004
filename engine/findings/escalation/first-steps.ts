/** What a take-over opens to those who can take it with what they have by design. */
import { needsCare } from '../../access/contexts.ts';
import { Question } from '../../access/decide.ts';
import { counts, type Frame, makeFrame } from '../../access/frame.ts';
import { whoCan } from '../../access/who.ts';
import type { Workspace } from '../../access/workspace.ts';
import { ALLOWED, CONDITIONAL, type Instant } from '../../model/index.ts';
import type { SensitivityTable } from '../../sensitivity/sensitivity-table.ts';
import type { Pace } from '../../snapshot/pace.ts';
import {
  CONDITIONAL_EDGE,
  DENY,
  GRANT,
  isIdentity,
  isResource,
  NO_INHERIT,
  type Snapshot,
  TAKE,
} from '../../snapshot/snapshot.ts';
import { allowingWay, containmentTo, edgesOfWay } from '../shown-way.ts';
import { type Sensitive, SensitiveBelow } from './sensitive-below.ts';
import { Standing } from './standing.ts';
import { TermsCover } from './terms-cover.ts';
import { membersOfOne, whoStandsBehind } from './who-stands-behind.ts';

/** The most sensitive that a step opens. */
export interface Opened extends Sensitive {
  /** To how many identities: those who can take the step and do not have it by design. */
  readonly identities: number;
  /** The step and what follows, in the order in which it is walked. */
  readonly edges: readonly number[];
  /** True where it is opened under a condition only. */
  readonly isConditional: boolean;
}

/** So many identities are asked one by one rather than all who can looked for. */
const FEW = 32;
/** Principals of which it is remembered what they have. */
const MOST_REMEMBERED = 256;

/** Who can take a step first. */
interface Behind {
  readonly of: number;
  readonly identities: readonly number[];
  /** True when one of those between, or the principal, may meet a denial or a bound. */
  readonly needsCare: boolean;
  /** What all of these have, all of them have; one of each identity where these are few. */
  readonly shared: readonly Standing[];
}

/** What a step leads to. */
interface Ahead {
  /** Allowing grants, of what may be sensitive. */
  readonly grants: readonly number[];
  /** Nothing where it is a resource, of which every action is taken over. */
  readonly standing?: Standing;
}

export class FirstSteps {
  readonly #work: Workspace;
  readonly #byDesign: Frame;
  readonly #escalated: Frame;
  readonly #sensitive: SensitiveBelow;
  readonly #cover: TermsCover;
  readonly #ahead = new Map<number, Ahead>();
  readonly #standings = new Map<number, Standing>();
  #behind: Behind | undefined;

  private constructor(work: Workspace, byDesign: Frame, escalated: Frame, sensitive: SensitiveBelow) {
    this.#work = work;
    this.#byDesign = byDesign;
    this.#escalated = escalated;
    this.#sensitive = sensitive;
    this.#cover = new TermsCover(byDesign.snapshot.terms);
  }

  /** @param work must not be used by others until all is told */
  static async at(
    snapshot: Snapshot,
    at: Instant,
    table: SensitivityTable,
    work: Workspace,
    pace: Pace,
  ): Promise<FirstSteps> {
    const escalated = makeFrame(snapshot, 'ESCALATION', at);
    const sensitive = await SensitiveBelow.of(escalated, table, pace);
    return new FirstSteps(work, makeFrame(snapshot, 'ASSUMABLE', at), escalated, sensitive);
  }

  /**
   * The greatest weight that a step opens to somebody; undefined when it opens nothing, or nobody can take it first. Grants are
   * left out that give no more than those who can take it have. Of the others it ends at the first that is opened.
   *
   * O(grants ahead · containers of their resources) and, for each action and resource looked at, what the few behind have on
   * the resource, or what anybody has.
   *
   * @param step a CONTROLS edge
   */
  async opened(step: number, pace: Pace): Promise<Opened | undefined> {
    const { snapshot } = this.#escalated;
    if (!counts(this.#escalated, step)) return undefined;
    const [from, to] = [snapshot.source[step]!, snapshot.target[step]!];
    const behind = this.#whoStandsBehind(from);
    if (behind.identities.length === 0) return undefined;
    const { grants, standing } = isResource(snapshot, to) ? { grants: this.#sensitiveOnly([step]) } : this.#aheadOf(to);
    const more = grants.filter((grant) => !behind.shared.every((each) => each.covers(grant, this.#cover, this.#work)));
    for (const sensitive of this.#sensitive.given(more)) {
      if (pace.isDue()) await pace.rest();
      const gaining = this.#gaining(from, standing, sensitive, behind);
      if (gaining === 0) continue;
      const isConditional = this.#isConditional(step, sensitive);
      return { ...sensitive, identities: gaining, edges: this.#chain(step, sensitive), isConditional };
    }
    return undefined;
  }

  /** Steps come from one principal after the other: those behind the last one are remembered. */
  #whoStandsBehind(principal: number): Behind {
    if (this.#behind?.of !== principal) {
      const who = whoStandsBehind(this.#byDesign, [principal]);
      const shared =
        who.identities.length <= FEW
          ? who.identities.map((identity) => this.#standingOf(identity))
          : [this.#sharedBehind(principal)];
      this.#behind = { of: principal, ...who, shared };
    }
    return this.#behind;
  }

  /** What whoever can act with what a principal has has by that: not what it has itself, where a member of it may be denied that or bounded. */
  #sharedBehind(principal: number): Standing {
    const isOwn = [...membersOfOne(this.#byDesign, principal)].some((member) => needsCare(this.#byDesign, member));
    return Standing.of(this.#byDesign, principal, this.#work, isOwn ? principal : -1);
  }

  #standingOf(identity: number): Standing {
    return remembered(this.#standings, identity, () => Standing.of(this.#byDesign, identity, this.#work));
  }

  /** Whatever a principal comes to, take-overs after it among the ways. */
  #aheadOf(principal: number): Ahead {
    return remembered(this.#ahead, principal, () => {
      const { snapshot } = this.#escalated;
      const standing = Standing.of(this.#escalated, principal, this.#work);
      const grants = this.#work.attained.nodes.flatMap((node) => [...snapshot.adjacency[GRANT]!.out.of(node)]);
      return { grants: this.#eachOnce(this.#sensitiveOnly(grants)), standing };
    });
  }

  #sensitiveOnly(grants: readonly number[]): readonly number[] {
    const { flags, target } = this.#escalated.snapshot;
    return grants.filter(
      (edge) =>
        (flags[edge]! & DENY) === 0 && this.#sensitive.isSensitive(target[edge]!) && counts(this.#escalated, edge),
    );
  }

  /** The first of the grants that give the same on the same. */
  #eachOnce(grants: readonly number[]): readonly number[] {
    const { flags, target, termsOf } = this.#escalated.snapshot;
    const first = new Map<string, number>();
    for (const grant of grants) {
      const key = `${target[grant]} ${termsOf[grant]} ${flags[grant]! & NO_INHERIT}`;
      if (!first.has(key)) first.set(key, grant);
    }
    return [...first.values()];
  }

  /** How many can have it by a step and do not have it by design. @param ahead nothing where a resource is taken over */
  #gaining(from: number, ahead: Standing | undefined, sensitive: Sensitive, behind: Behind): number {
    const byDesign = this.#question(this.#byDesign, sensitive);
    if (behind.shared.every((each) => each.has(byDesign))) return 0;
    const escalated = this.#question(this.#escalated, sensitive);
    if (ahead === undefined) return this.#lacking(byDesign, this.#takingResource(escalated, from, behind));
    return ahead.has(escalated) ? this.#lacking(byDesign, behind.identities) : 0;
  }

  #question(frame: Frame, { action, resource }: Sensitive): Question {
    return new Question(frame, this.#work, frame.snapshot.terms.matcher(action), resource);
  }

  /** A denial or a bound of whoever takes over a resource holds against that too. */
  #takingResource(question: Question, from: number, behind: Behind): readonly number[] {
    if (!behind.needsCare) return behind.identities;
    const open = [...membersOfOne(this.#byDesign, from)].filter(
      (context) => !needsCare(question.frame, context) || question.decideContext(context) >= CONDITIONAL,
    );
    return whoActsAs(this.#byDesign, open);
  }

  #lacking(question: Question, identities: readonly number[]): number {
    if (identities.length <= FEW)
      return identities.filter((identity) => !this.#standingOf(identity).has(question)).length;
    const having = new Set(whoCan(question).nodes);
    return identities.filter((identity) => !having.has(identity)).length;
  }

  #isConditional(step: number, sensitive: Sensitive): boolean {
    const { snapshot } = this.#escalated;
    if ((snapshot.flags[step]! & CONDITIONAL_EDGE) !== 0) return true;
    const to = snapshot.target[step]!;
    return !isResource(snapshot, to) && this.#question(this.#escalated, sensitive).decide(to) < ALLOWED;
  }

  #chain(step: number, sensitive: Sensitive): readonly number[] {
    const { snapshot } = this.#escalated;
    const to = snapshot.target[step]!;
    const question = this.#question(this.#escalated, sensitive);
    if (isResource(snapshot, to)) return [step, ...containmentTo(question, to)];
    return [step, ...edgesOfWay(allowingWay(question, to)!)];
  }
}

/** What is known of a node, looked for if it is not; beyond MOST_REMEMBERED all is forgotten. */
function remembered<T>(known: Map<number, T>, node: number, look: () => T): T {
  const before = known.get(node);
  if (before !== undefined) return before;
  const found = look();
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(node, found);
  return found;
}

/** Identities among some contexts, and those that can act as one of these. */
function whoActsAs(frame: Frame, contexts: readonly number[]): readonly number[] {
  const { snapshot } = frame;
  const takers = contexts.flatMap((context) =>
    [...snapshot.adjacency[TAKE]!.into.of(context)]
      .filter((edge) => counts(frame, edge))
      .map((edge) => snapshot.source[edge]!),
  );
  const { identities } = whoStandsBehind(frame, takers);
  return [...new Set([...contexts.filter((context) => isIdentity(snapshot, context)), ...identities])];
}
