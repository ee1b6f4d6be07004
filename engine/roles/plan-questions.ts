/** Questions about restructure plans, and the shapes of their answers. What they mean: docs/restructure.md. */
import type { Waiting } from '../access/apart.ts';
import type { Instant } from '../model/index.ts';
import type { Applied, PlanTrail } from './apply-plan.ts';
import type { PlanComparison } from './compare-plans.ts';
import type { PlannedDuty } from './duties/state-duties.ts';
import type { AgreedList } from './exceptions/agreed-exception.ts';
import type { KeptPlan } from './kept-plans.ts';
import type { PlanObjective } from './mining/questions.ts';
import type { RolePlan } from './plan.ts';
import type { FrontPoint } from './restructure.ts';
import type { Verification } from './verify-plan.ts';

type Asking = Pick<Waiting, 'signal' | 'onProgress'>;

export interface RolePlanQuestion extends Asking {
  /** Default: now. The plan is proved from then on. */
  readonly at?: Instant | undefined;
  /** Default LEAST_COMPLEXITY. LEAST_CHANGE weighs an edit as much as a unit of complexity. */
  readonly objective?: PlanObjective | undefined;
  /** In place of an objective: what one edit costs against one unit of structural complexity, from 0 up. */
  readonly price?: number | undefined;
  /** Ids of what may change; default: all of the graph. */
  readonly scope?: readonly string[] | undefined;
  /** Ids of roles that the plan may not touch. */
  readonly keep?: readonly string[] | undefined;
  /**
   * Share of what is held that may be left as direct grants, in [0, 1]; default 0: roles give all of it. What is granted
   * directly today stays so where that is no more than the share; else what is cheapest, up to the share.
   */
  readonly exceptionShare?: number | undefined;
  /** What may be lost or gained by the plan: see `readExceptions` and `listedExceptions`. Default: nothing. */
  readonly exceptions?: AgreedList | undefined;
  readonly maxEntitlementsPerRole?: number | undefined;
  readonly maxRolesPerIdentity?: number | undefined;
  /** True: no role may hold something of both sides of a rule that the engine was opened with. Default false. */
  readonly separateDuties?: boolean | undefined;
  /** A whole number; default 1. */
  readonly seed?: number | undefined;
  /** Milliseconds of search in all; from 0 to 3,600,000, default from 3,000 to 20,000 by what is held in scope. */
  readonly deadline?: number | undefined;
  /** Milliseconds for the proof; default 240,000. Where it takes longer a plan of fewer edits is proved instead. */
  readonly proofDeadline?: number | undefined;
  /** In place of a deadline: steps of each search, the same on any machine. */
  readonly iterations?: number | undefined;
}

/** One way to arrange the roles that no other is better than in everything. */
export type PlanFrontPoint = Omit<FrontPoint, 'target'>;

export interface MadePlan {
  readonly plan: RolePlan;
  /** Fewest edits first. The plan is for the point at `chosen`. */
  readonly front: readonly PlanFrontPoint[];
  readonly chosen: number;
  /** The place of the point that was asked for, where it could not be proved in time; else null. */
  readonly unproved: number | null;
  /** Of duties that were to be kept apart, what no arrangement of roles keeps apart. */
  readonly duties: readonly PlannedDuty[];
  readonly seconds: number;
}

/** Plans of a store. Errors besides those named: PLAN_NOT_FOUND, INPUT_INVALID for a file that is no plan. */
export interface RolePlans {
  /**
   * A plan from the roles as they are on the newest version, with its proof. It is not kept.
   *
   * @throws InputError for exceptions that name what is not there
   * @throws GrantlensError ARGUMENT_INVALID, NODE_NOT_FOUND, NOTHING_TO_RESTRUCTURE, NO_SUCH_ROLES, PLAN_REFUSED, EXECUTION_UNSUPPORTED
   */
  make(question: RolePlanQuestion): Promise<MadePlan>;
  /** @throws GrantlensError STORE_LOCKED */
  keep(plan: RolePlan): Promise<KeptPlan>;
  list(): Promise<readonly KeptPlan[]>;
  get(id: string): Promise<RolePlan>;
  drop(id: string): Promise<void>;
  /** @param first roles of each list */
  compare(fromId: string, toId: string, first: number): Promise<PlanComparison>;
  /** Held against the newest version. */
  verify(plan: RolePlan, asking?: Asking): Promise<Verification>;
  /** @param until so many steps in all; default all */
  apply(plan: RolePlan, asking?: Asking & { readonly until?: number | undefined }): Promise<Applied>;
  undo(plan: RolePlan, asking?: Asking): Promise<Applied>;
  trail(id: string): Promise<PlanTrail>;
}
