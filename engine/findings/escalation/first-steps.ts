/** What a take-over opens to those who can take it with what they have by design. */
import { collectContexts, needsCare } from '../../access/contexts.ts';
import { Question } from '../../access/decide.ts';
import { counts, type Frame, makeFrame } from '../../access/frame.ts';
import { whoCan } from '../../access/who.ts';
import type { Workspace } from '../../access/workspace.ts';
import { ALLOWED, CONDITIONAL, type Instant } from '../../model/index.ts';
import type { SensitivityTable } from '../../sensitivity/sensitivity-table.ts';
import type { Pace } from '../../snapshot/pace.ts';
import { CONDITIONAL_EDGE, DENY, GRANT, isIdentity, isResource, type Snapshot, TAKE } from '../../snapshot/snapshot.ts';
import { allowingWay, containmentTo, edgesOfWay } from '../shown-way.ts';
import { type Sensitive, SensitiveBelow } from './sensitive-below.ts';
import { type Behind, membersOfOne, whoStandsBehind } from './who-stands-behind.ts';

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
/** Targets whose grants are remembered. */
const MOST_REMEMBERED = 256;

export class FirstSteps {
  readonly #work: Workspace;
  readonly #byDesign: Frame;
  readonly #escalated: Frame;
  readonly #sensitive: SensitiveBelow;
  readonly #grants = new Map<number, readonly number[]>();
  #behind: { readonly of: number; readonly who: Behind } | undefined;

  private constructor(work: Workspace, byDesign: Frame, escalated: Frame, sensitive: SensitiveBelow) {
    this.#work = work;
    this.#byDesign = byDesign;
    this.#escalated = escalated;
    this.#sensitive = sensitive;
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
   * The greatest weight that a step opens to somebody; undefined when it opens nothing, or nobody can take it first. Ends at
   * the first that is opened: cost grows with what those who can take it have already.
   *
   * @param step a CONTROLS edge
   */
  async opened(step: number, pace: Pace): Promise<Opened | undefined> {
    const { snapshot } = this.#escalated;
    if (!counts(this.#escalated, step)) return undefined;
    const [from, to] = [snapshot.source[step]!, snapshot.target[step]!];
    const behind = this.#whoStandsBehind(from);
    if (behind.identities.length === 0) return undefined;
    const grants = isResource(snapshot, to) ? this.#sensitiveOnly([step]) : this.#grantsFrom(to);
    for (const sensitive of this.#sensitive.given(grants)) {
      if (pace.isDue()) await pace.rest();
      const gaining = this.#gaining(step, sensitive, behind);
      if (gaining === 0) continue;
      const isConditional = this.#isConditional(step, sensitive);
      return { ...sensitive, identities: gaining, edges: this.#chain(step, sensitive), isConditional };
    }
    return undefined;
  }

  /** Steps come from one principal after the other: those behind the last one are remembered. */
  #whoStandsBehind(principal: number): Behind {
    if (this.#behind?.of !== principal)
      this.#behind = { of: principal, who: whoStandsBehind(this.#byDesign, [principal]) };
    return this.#behind.who;
  }

  /** Allowing grants of whatever a principal comes to, take-overs after it among the ways. */
  #grantsFrom(principal: number): readonly number[] {
    const known = this.#grants.get(principal);
    if (known !== undefined) return known;
    const { snapshot } = this.#escalated;
    collectContexts(this.#escalated, principal, this.#work);
    const grants = this.#work.attained.nodes.flatMap((node) => [...snapshot.adjacency[GRANT]!.out.of(node)]);
    const sensitive = this.#sensitiveOnly(grants);
    if (this.#grants.size >= MOST_REMEMBERED) this.#grants.clear();
    this.#grants.set(principal, sensitive);
    return sensitive;
  }

  #sensitiveOnly(grants: readonly number[]): readonly number[] {
    const { flags, target } = this.#escalated.snapshot;
    return grants.filter(
      (edge) =>
        (flags[edge]! & DENY) === 0 && this.#sensitive.isSensitive(target[edge]!) && counts(this.#escalated, edge),
    );
  }

  /** How many can have it by the step and do not have it by design. */
  #gaining(step: number, sensitive: Sensitive, behind: Behind): number {
    const { snapshot } = this.#escalated;
    const [from, to] = [snapshot.source[step]!, snapshot.target[step]!];
    const byDesign = this.#question(this.#byDesign, sensitive);
    // With no denial and no bound on the way whoever stands behind it has what it has.
    if (!behind.needsCare && byDesign.decide(from) >= CONDITIONAL) return 0;
    const escalated = this.#question(this.#escalated, sensitive);
    if (isResource(snapshot, to)) return this.#lacking(byDesign, this.#takingResource(escalated, from, behind));
    return escalated.decide(to) >= CONDITIONAL ? this.#lacking(byDesign, behind.identities) : 0;
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
      return identities.filter((identity) => question.decide(identity) < CONDITIONAL).length;
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
