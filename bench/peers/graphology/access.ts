/**
 * The questions by plain traversals: what a program does by hand that has its graph in graphology. It is the whole decision rule
 * (docs/model.md) for the reach ASSUMABLE: nested memberships, inheritance, containment, assumption, denials, exceptions, conditions,
 * grants that are not inherited, bounds.
 */
import type { Decision } from '../../../engine/index.ts';
import { conveys } from '../conveys.ts';
import { type Rank, rankOf } from '../rows.ts';
import type { AccessGraphs, GrantAttributes, StepAttributes } from './graph.ts';
import { eachStep, reached } from './traversal.ts';

const [NONE, DENIED, CONDITIONAL, ALLOWED] = (['NONE', 'DENIED', 'CONDITIONAL', 'ALLOWED'] satisfies Decision[]).map(
  rankOf,
) as [Rank, Rank, Rank, Rank];

const sureOnly = ({ sure }: StepAttributes): boolean => sure;

/** What grants say about one thing: of some effect under conditions, of some effect for certain. */
interface Verdict {
  mayAllow: boolean;
  allows: boolean;
  mayDeny: boolean;
  denies: boolean;
}
const noVerdict = (): Verdict => ({ mayAllow: false, allows: false, mayDeny: false, denies: false });

function hear(verdict: Verdict, denies: boolean, certain: boolean): void {
  if (denies) {
    verdict.mayDeny = true;
    verdict.denies ||= certain;
  } else {
    verdict.mayAllow = true;
    verdict.allows ||= certain;
  }
}

function rankOfVerdict({ mayAllow, allows, mayDeny, denies }: Verdict): Rank {
  if (denies) return DENIED;
  if (allows && !mayDeny) return ALLOWED;
  return mayAllow ? CONDITIONAL : NONE;
}

/** The weaker of what a context has by itself and what its bound leaves. */
const within = (own: Rank, bound: Rank): Rank => Math.min(own, bound === NONE ? DENIED : bound) as Rank;
const capped = (rank: Rank, sure: boolean): Rank => (rank === ALLOWED && !sure ? CONDITIONAL : rank);

/** Answers questions about one estate at its instant. Ids are not checked. */
export class TraversalAccess {
  readonly #graphs: AccessGraphs;

  constructor(graphs: AccessGraphs) {
    this.#graphs = graphs;
  }

  check(identity: string, action: string, resource: string): Rank {
    const holders = this.#holders(action, resource);
    if (holders.size === 0) return NONE;
    let best: Rank = NONE;
    for (const [context, sure] of this.#contexts(identity)) {
      const bounds = this.#boundsOf(context).map((bound) => this.#rankBy(bound, holders));
      const rank = bounds.reduce(within, this.#rankBy(context, holders));
      best = Math.max(best, capped(rank, sure)) as Rank;
    }
    return best;
  }

  /** Every resource on which the identity may do it. */
  accessOf(identity: string, action: string): Map<string, Rank> {
    const best = new Map<string, Rank>();
    for (const [context, sure] of this.#contexts(identity))
      for (const [resource, rank] of this.ofContext(context, action))
        best.set(resource, Math.max(best.get(resource) ?? NONE, capped(rank, sure)) as Rank);
    return best;
  }

  /** Every resource on which a context may do it, within its bounds; what it can assume is not looked at. */
  ofContext(context: string, action: string): Map<string, Rank> {
    const own = this.#resourcesOf(context, action);
    const bounds = this.#boundsOf(context).map((bound) => this.#resourcesOf(bound, action));
    const listed = new Map<string, Rank>();
    for (const [resource, rank] of own) {
      const left = bounds.reduce((weakest, bound) => within(weakest, bound.get(resource) ?? NONE), rank);
      if (left >= CONDITIONAL) listed.set(resource, left);
    }
    return listed;
  }

  /** Every identity that may do it, those that are disabled left out. */
  whoCan(action: string, resource: string): Map<string, Rank> {
    const ranks = this.#contextRanks(this.#holders(action, resource));
    const found = new Map<string, Rank>();
    for (const identity of this.#actors(contextsOf(ranks, CONDITIONAL), false)) found.set(identity, CONDITIONAL);
    for (const identity of this.#actors(contextsOf(ranks, ALLOWED), true)) found.set(identity, ALLOWED);
    return found;
  }

  /** Who holds a grant that applies on the resource, and what those grants say. */
  #holders(action: string, resource: string): Map<string, Verdict> {
    const { containment, grants } = this.#graphs;
    const holders = new Map<string, Verdict>();
    for (const scope of reached(containment, [resource], 'in'))
      eachStep<GrantAttributes>(grants, scope, 'in', (holder, grant) => {
        if ((!grant.inherit && scope !== resource) || !conveys(grant, action)) return;
        const verdict = holders.get(holder) ?? noVerdict();
        holders.set(holder, verdict);
        hear(verdict, grant.denies, grant.sure);
      });
    return holders;
  }

  /** The identity and all that it can act as, and whether without a condition on the way. */
  #contexts(identity: string): Map<string, boolean> {
    const contexts = new Map<string, boolean>();
    for (const context of this.#assumed(identity, () => true)) contexts.set(context, false);
    for (const context of this.#assumed(identity, sureOnly)) contexts.set(context, true);
    return contexts;
  }

  #assumed(identity: string, wanted: (step: StepAttributes) => boolean): Set<string> {
    const { memberships, assumptions } = this.#graphs;
    const contexts = new Set([identity]);
    for (const context of contexts)
      for (const member of reached(memberships, [context], 'out', wanted))
        eachStep<StepAttributes>(assumptions, member, 'out', (other, step) => {
          if (wanted(step)) contexts.add(other);
        });
    return contexts;
  }

  #boundsOf(context: string): string[] {
    const bounds: string[] = [];
    eachStep(this.#graphs.bounds, context, 'out', (bound) => bounds.push(bound));
    return bounds;
  }

  /** By the memberships of a context, without bounds. */
  #rankBy(context: string, holders: ReadonlyMap<string, Verdict>): Rank {
    const { memberships } = this.#graphs;
    const certain = reached(memberships, [context], 'out', sureOnly);
    const verdict = noVerdict();
    for (const member of reached(memberships, [context], 'out')) {
      const said = holders.get(member);
      if (said === undefined) continue;
      const sure = certain.has(member);
      if (said.mayAllow) hear(verdict, false, said.allows && sure);
      if (said.mayDeny) hear(verdict, true, said.denies && sure);
    }
    return rankOfVerdict(verdict);
  }

  /** What the grants of a context's memberships say of each resource, without bounds. */
  #resourcesOf(context: string, action: string): Map<string, Rank> {
    const { memberships, grants, containment } = this.#graphs;
    const certain = reached(memberships, [context], 'out', sureOnly);
    const verdicts = new Map<string, Verdict>();
    for (const member of reached(memberships, [context], 'out'))
      eachStep<GrantAttributes>(grants, member, 'out', (scope, grant) => {
        if (!conveys(grant, action)) return;
        for (const resource of grant.inherit ? reached(containment, [scope], 'out') : [scope]) {
          const verdict = verdicts.get(resource) ?? noVerdict();
          verdicts.set(resource, verdict);
          hear(verdict, grant.denies, grant.sure && certain.has(member));
        }
      });
    return new Map([...verdicts].map(([resource, verdict]) => [resource, rankOfVerdict(verdict)]));
  }

  /** Whatever has one of the holders among its memberships, with its rank as a context. */
  #contextRanks(holders: ReadonlyMap<string, Verdict>): Map<string, Rank> {
    const { memberships } = this.#graphs;
    const membersOf = (wanted: (verdict: Verdict) => boolean, step?: (attributes: StepAttributes) => boolean) =>
      reached(
        memberships,
        [...holders].filter(([, verdict]) => wanted(verdict)).map(([holder]) => holder),
        'in',
        step,
      );
    const mayAllow = membersOf((verdict) => verdict.mayAllow);
    const allows = membersOf((verdict) => verdict.allows, sureOnly);
    const mayDeny = membersOf((verdict) => verdict.mayDeny);
    const denies = membersOf((verdict) => verdict.denies, sureOnly);
    const unbounded = (context: string): Rank =>
      rankOfVerdict({
        mayAllow: mayAllow.has(context),
        allows: allows.has(context),
        mayDeny: mayDeny.has(context),
        denies: denies.has(context),
      });
    const ranks = new Map<string, Rank>();
    for (const context of mayAllow) {
      const bounds = this.#boundsOf(context).map(unbounded);
      ranks.set(context, bounds.reduce(within, unbounded(context)));
    }
    return ranks;
  }

  /** The identities among the contexts, and those that can act as one of them. */
  #actors(contexts: readonly string[], sure: boolean): string[] {
    const { memberships, assumptions } = this.#graphs;
    const wanted = sure ? sureOnly : () => true;
    const acting = new Set<string>();
    const admit = (context: string): void =>
      eachStep<StepAttributes>(assumptions, context, 'in', (who, step) => {
        if (wanted(step)) acting.add(who);
      });
    contexts.forEach(admit);
    for (const who of acting) {
      admit(who);
      eachStep<StepAttributes>(memberships, who, 'in', (member, step) => {
        if (wanted(step)) acting.add(member);
      });
    }
    return [...new Set([...contexts, ...acting])].filter((id) => this.#isListed(id));
  }

  #isListed(id: string): boolean {
    const { kind, disabled } = this.#graphs.memberships.getNodeAttributes(id);
    return (kind === 'User' || kind === 'ServiceAccount') && !disabled;
  }
}

const contextsOf = (ranks: ReadonlyMap<string, Rank>, least: Rank): string[] =>
  [...ranks].filter(([, rank]) => rank >= least).map(([context]) => context);
