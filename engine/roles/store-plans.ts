/** Plans of one store: made on its newest version, kept in its documents, carried out on it. */
import type { Apart } from '../access/apart.ts';
import type { SodRules } from '../findings/find-all.ts';
import { GrantlensError } from '../model/index.ts';
import { Pace } from '../snapshot/pace.ts';
import { type Applied, applyPlan, type PlanTrail, planTrail, undoPlan } from './apply-plan.ts';
import { comparePlans, type PlanComparison } from './compare-plans.ts';
import { rulesToKeep } from './duties/rules-to-keep.ts';
import { dutiesHeld, stateDuties } from './duties/state-duties.ts';
import { knownExceptions } from './exceptions/known-names.ts';
import { withOptionalCells } from './exceptions/optional-cells.ts';
import { dropPlan, type KeptPlan, keepPlan, keptPlan, listPlans } from './kept-plans.ts';
import { makePlan, type PlanOptions } from './make-plan.ts';
import { PLAN_OBJECTIVES } from './mining/questions.ts';
import { named } from './named-target.ts';
import type { RolePlan } from './plan.ts';
import { type SearchLimits, threadedMiner } from './plan-miner.ts';
import type { MadePlan, RolePlanQuestion, RolePlans } from './plan-questions.ts';
import { type PlanStore, withVersion } from './plan-store.ts';
import type { ProofLimits } from './proof/prove.ts';
import { readRoleState } from './read-role-state.ts';
import { type FrontPoint, type Restructuring, restructure, USUAL_PRICES } from './restructure.ts';
import type { RoleState } from './role-state.ts';
import { type Verification, verifyPlan } from './verify-plan.ts';

export interface PlansGround extends PlanStore {
  /** Threads to search in. */
  readonly apart: Apart;
  /** Duties that may be asked to be kept apart. */
  readonly sod?: SodRules | undefined;
}

/** A question, with what was agreed and what there is to say about that. */
type AskedPlan = RolePlanQuestion & { readonly agreed: Pick<PlanOptions, 'exceptions' | 'notes'> };

/** Milliseconds for the proofs of one question. */
const PROOF = 240_000;
/** Milliseconds that the last of them is given at least: it is the plan of fewest edits, mostly of none. */
const LEAST_PROOF = 10_000;
const LONGEST_SEARCH = 3_600_000;
const LEAST_CHANGE_PRICE = 1;

export class StorePlans implements RolePlans {
  readonly #ground: PlansGround;

  constructor(ground: PlansGround) {
    this.#ground = ground;
  }

  async make(asked: RolePlanQuestion): Promise<MadePlan> {
    const began = performance.now();
    checkQuestion(asked);
    return withVersion(this.#ground, async ({ snapshot, reader }) => {
      const { at = Date.now(), scope, keep, signal, onProgress } = asked;
      const pace = new Pace({ signal, onProgress });
      pace.progress('reading roles', 0, 1);
      const sod = asked.separateDuties === true ? rulesToKeep(this.#ground.sod, snapshot) : undefined;
      const exceptions = asked.exceptions === undefined ? [] : knownExceptions(snapshot, asked.exceptions);
      const read = await readRoleState({ snapshot, reader }, { at, scope, keep }, pace);
      const { state, notes } = await withOptionalCells(read, exceptions, pace);
      const prices = pricesOf(asked);
      const duties = sod && stateDuties(state, sod);
      const miner = threadedMiner(snapshot, this.#ground.apart, searchLimits(asked, prices.length), asked, duties);
      const found = await restructure(state, miner, prices, pace, duties);
      const wanted = chosenPoint(found, asked);
      const { plan, chosen } = await this.#proved(
        state,
        found,
        wanted,
        { ...asked, agreed: { exceptions, notes } },
        pace,
      );
      const front = found.front.map(({ target: _, ...point }) => point);
      const held = duties === undefined ? [] : dutiesHeld(state, duties);
      const unproved = chosen === wanted ? null : wanted;
      return { plan, front, chosen, unproved, duties: held, seconds: Math.round(performance.now() - began) / 1_000 };
    });
  }

  /** The plan of a point or, where the time is up before it is proved, of the next one with fewer edits; the first one has none. */
  async #proved(state: RoleState, { front }: Restructuring, wanted: number, asked: AskedPlan, pace: Pace) {
    const { scope, keep, proofDeadline = PROOF } = asked;
    const end = performance.now() + proofDeadline;
    for (let chosen = wanted; ; chosen--) {
      // What is left is for those that may follow too.
      const left = (end - performance.now()) / (chosen === wanted ? 1.25 : 2);
      if (left <= 0 && chosen > 0) continue;
      const deadline = chosen > 0 ? left : Math.max(LEAST_PROOF, left);
      const options = { scope, keep, deadline, ...asked.agreed, ...this.#where(asked) };
      pace.progress('naming roles', 0, 1);
      const target = await named(state, front[chosen]!.target, pace);
      try {
        return { plan: await makePlan(state, target, options, pace), chosen };
      } catch (error) {
        if (!(error instanceof GrantlensError) || error.code !== 'DEADLINE_EXCEEDED' || chosen === 0) throw error;
      }
    }
  }

  #where({ signal }: Pick<RolePlanQuestion, 'signal'>): Pick<ProofLimits, 'apart' | 'signal'> {
    return { apart: this.#ground.apart, signal };
  }

  keep(plan: RolePlan): Promise<KeptPlan> {
    return keepPlan(this.#ground.documents, plan, Date.now());
  }

  list(): Promise<readonly KeptPlan[]> {
    return listPlans(this.#ground.documents);
  }

  get(id: string): Promise<RolePlan> {
    return keptPlan(this.#ground.documents, id);
  }

  drop(id: string): Promise<void> {
    return dropPlan(this.#ground.documents, id);
  }

  async compare(fromId: string, toId: string, first: number): Promise<PlanComparison> {
    return comparePlans(await this.get(fromId), await this.get(toId), first);
  }

  verify(plan: RolePlan, asking: Parameters<RolePlans['verify']>[1] = {}): Promise<Verification> {
    return withVersion(this.#ground, (version) => verifyPlan(version, plan, this.#where(asking), new Pace(asking)));
  }

  apply(plan: RolePlan, { until, ...asking }: Parameters<RolePlans['apply']>[1] = {}): Promise<Applied> {
    return applyPlan(this.#ground, plan, { until, ...this.#where(asking) }, new Pace(asking));
  }

  undo(plan: RolePlan, asking: Parameters<RolePlans['undo']>[1] = {}): Promise<Applied> {
    return undoPlan(this.#ground, plan, this.#where(asking), new Pace(asking));
  }

  trail(id: string): Promise<PlanTrail> {
    return planTrail(this.#ground.documents, id);
  }
}

const invalid = (argument: string, message: string): GrantlensError =>
  new GrantlensError('ARGUMENT_INVALID', `${message}.`, { argument });

function checkQuestion(asked: RolePlanQuestion): void {
  const {
    objective = 'LEAST_COMPLEXITY',
    price,
    exceptionShare = 0,
    seed = 1,
    deadline = 0,
    iterations = 0,
    proofDeadline,
  } = asked;
  if (!PLAN_OBJECTIVES.includes(objective))
    throw invalid(
      'objective',
      `objective must be one of ${PLAN_OBJECTIVES.join(', ')}, is ${JSON.stringify(objective)}`,
    );
  if (price !== undefined && !(price >= 0 && price <= 1_000_000))
    throw invalid('price', `price must be from 0 to 1,000,000, is ${price}`);
  if (!(exceptionShare >= 0 && exceptionShare <= 1))
    throw invalid('exceptionShare', `exceptionShare must be from 0 to 1, is ${exceptionShare}`);
  if (!Number.isSafeInteger(seed)) throw invalid('seed', `seed must be a whole number, is ${seed}`);
  if (!(deadline >= 0 && deadline <= LONGEST_SEARCH))
    throw invalid('deadline', `deadline must be from 0 to ${LONGEST_SEARCH} milliseconds, is ${deadline}`);
  if (proofDeadline !== undefined && !(proofDeadline >= 0 && proofDeadline <= LONGEST_SEARCH))
    throw invalid(
      'proofDeadline',
      `proofDeadline must be from 0 to ${LONGEST_SEARCH} milliseconds, is ${proofDeadline}`,
    );
  if (!(Number.isInteger(iterations) && iterations >= 0))
    throw invalid('iterations', `iterations must be a whole number from 0 on, is ${iterations}`);
  for (const name of ['maxEntitlementsPerRole', 'maxRolesPerIdentity'] as const) {
    const most = asked[name];
    if (most !== undefined && !(Number.isSafeInteger(most) && most >= 1))
      throw invalid(name, `${name} must be a whole number from 1 on, is ${most}`);
  }
  if (asked.at !== undefined && !Number.isFinite(asked.at))
    throw invalid('at', 'at must be an instant: milliseconds since 1970');
}

/** One where a price is named or roles are counted, else some, to choose from. */
function pricesOf({ objective, price }: RolePlanQuestion): readonly number[] {
  if (price !== undefined) return [price];
  return objective === 'FEWEST_ROLES' ? [0] : USUAL_PRICES;
}

function searchLimits(asked: RolePlanQuestion, prices: number): SearchLimits {
  const { objective, price, seed = 1, iterations, exceptionShare = 0 } = asked;
  const { deadline } = asked;
  const { maxEntitlementsPerRole: columns, maxRolesPerIdentity: roles } = asked;
  return {
    seed,
    searchFor: deadline === undefined ? undefined : deadline / prices,
    prices,
    iterations,
    fewest: objective === 'FEWEST_ROLES' && price === undefined,
    exceptionShare,
    limits: {
      ...(columns !== undefined && { maxColumnsPerRole: columns }),
      ...(roles !== undefined && { maxRolesPerRow: roles }),
    },
  };
}

/** The place in the front of what was asked for. */
function chosenPoint({ front }: Restructuring, { objective = 'LEAST_COMPLEXITY', price }: RolePlanQuestion): number {
  const worth = ({ metrics, edits }: FrontPoint): number => {
    if (price !== undefined) return metrics.structuralComplexity + price * edits;
    if (objective === 'FEWEST_ROLES') return metrics.roles + metrics.structuralComplexity * 1e-9;
    return metrics.structuralComplexity + (objective === 'LEAST_CHANGE' ? LEAST_CHANGE_PRICE * edits : 0);
  };
  return front.reduce((best, point, i) => (worth(point) < worth(front[best]!) ? i : best), 0);
}
