/**
 * Carries a plan out on the store, step by step, and undoes it. Each step is a batch, and is written down in a document of
 * the store. Whoever was interrupted goes on where the graph itself shows that he was.
 */
import { GrantlensError, type Instant, type JsonValue } from '../model/index.ts';
import type { Pace } from '../snapshot/pace.ts';
import type { DocumentStore } from '../store/port.ts';
import type { RolePlan } from './plan.ts';
import type { PlanStep } from './plan-steps.ts';
import { type PlanStore, withVersion } from './plan-store.ts';
import { faultOf, prove } from './proof/prove.ts';
import { toldMoves } from './told-moves.ts';
import {
  agreedUntil,
  planProgress,
  type Verification,
  type VerifyOptions,
  verdictText,
  verifyPlan,
} from './verify-plan.ts';

/** One line of the trail. FOUND: the graph showed that the step was done, though nobody had written so. */
export interface TrailEntry {
  /** Counted from 1. */
  readonly step: number;
  readonly title: string;
  readonly what: 'DONE' | 'UNDONE' | 'FOUND';
  /** Of the graph, after it. */
  readonly version: number;
  readonly at: Instant;
  readonly changes: number;
}

export interface PlanTrail {
  readonly plan: string;
  readonly entries: readonly TrailEntry[];
}

export interface Applied {
  /** Steps that are done now. */
  readonly done: number;
  readonly steps: number;
  readonly version: number;
  readonly trail: PlanTrail;
}

export interface ApplyOptions extends VerifyOptions {
  /** Stops after so many steps are done in all; default: all of them. */
  readonly until?: number | undefined;
}

const TRAIL = 'role-plan-trails/';
/** Who brings the batches. */
const BATCH_SOURCE = 'role-plan';

/** What was done of a plan, and when; without entries when nothing was. */
export async function planTrail(documents: DocumentStore, planId: string): Promise<PlanTrail> {
  return (await keptTrail(documents, planId)).trail;
}

async function keptTrail(documents: DocumentStore, planId: string) {
  const found = await documents.get(TRAIL + planId);
  const trail = (found?.value ?? { plan: planId, entries: [] }) as unknown as PlanTrail;
  return { trail, revision: found?.revision ?? 0 };
}

/**
 * Carries out what is left of a plan. Before the first step the plan is verified; when somebody else has written meanwhile, it
 * is verified again before the next. What was done until then stays done, and everybody has what he had.
 *
 * @throws GrantlensError PLAN_GROUND_MOVED when the graph is not what the plan stands on; PLAN_REFUSED when the proof does not
 *   hold; ARGUMENT_INVALID; what the store throws
 */
export async function applyPlan(store: PlanStore, plan: RolePlan, options: ApplyOptions, pace: Pace): Promise<Applied> {
  const until = untilOf(options.until, plan);
  let { done, version } = await mayGoOn(store, plan, options, pace);
  await noteFound(store, plan, done, version);
  while (done < until) {
    await pace.rest();
    const applied = await doStep(store, plan, done, 'DONE');
    done += 1;
    const isAlone = applied === version + 1;
    version = applied;
    if (!isAlone && done < until) ({ done, version } = await mayGoOn(store, plan, options, pace));
  }
  return { done, steps: plan.steps.length, version, trail: await planTrail(store.documents, plan.id) };
}

/**
 * Takes back what was done of a plan, the last step first. That nobody gains or loses anything by it is proved first.
 *
 * @throws as `applyPlan` does
 */
export async function undoPlan(store: PlanStore, plan: RolePlan, options: VerifyOptions, pace: Pace): Promise<Applied> {
  let { done, version } = await mayGoBack(store, plan, options, pace);
  await noteFound(store, plan, done, version);
  while (done > 0) {
    await pace.rest();
    const applied = await doStep(store, plan, done - 1, 'UNDONE');
    done -= 1;
    const isAlone = applied === version + 1;
    version = applied;
    if (!isAlone && done > 0) ({ done, version } = await mayGoBack(store, plan, options, pace));
  }
  return { done, steps: plan.steps.length, version, trail: await planTrail(store.documents, plan.id) };
}

function untilOf(until: number | undefined, { steps }: RolePlan): number {
  if (until === undefined) return steps.length;
  if (Number.isSafeInteger(until) && until >= 0 && until <= steps.length) return until;
  throw new GrantlensError('ARGUMENT_INVALID', `until must be a whole number from 0 to ${steps.length}, is ${until}.`, {
    argument: 'until',
  });
}

async function mayGoOn(store: PlanStore, plan: RolePlan, options: VerifyOptions, pace: Pace): Promise<Verification> {
  const verified = await withVersion(store, (version) => verifyPlan(version, plan, options, pace));
  const { verdict } = verified;
  if (verdict === 'HOLDS' || verdict === 'DONE') return verified;
  const { version, done, moved } = verified;
  throw new GrantlensError(verdict === 'MOVED' ? 'PLAN_GROUND_MOVED' : 'PLAN_REFUSED', verdictText(verified), {
    version,
    done,
    moved: moved.map(({ text }) => text),
  });
}

async function mayGoBack(store: PlanStore, plan: RolePlan, options: VerifyOptions, pace: Pace) {
  return withVersion(store, async ({ snapshot, reader }) => {
    const { done, moved } = await planProgress({ snapshot, reader }, plan);
    const told = await toldMoves(reader, plan, moved.slice(0, 100));
    const facts = { version: reader.version, done, moved: told.map(({ text }) => text) };
    if (told.length > 0)
      throw new GrantlensError(
        'PLAN_GROUND_MOVED',
        `The graph has moved since the plan was carried out: ${told[0]!.text}${moved.length > 1 ? `, and ${moved.length - 1} more` : ''}.`,
        facts,
      );
    const undoing = plan.steps
      .slice(0, done)
      .reverse()
      .map(({ inverse }) => inverse);
    const agreed = { exceptions: plan.exceptions, begun: agreedUntil(plan, done), isUndoing: true };
    const ground = { snapshot, reader, at: options.at ?? Date.now() };
    const fault = faultOf(await prove(ground, undoing, { ...options, ...agreed }, pace));
    if (fault !== undefined) throw new GrantlensError('PLAN_REFUSED', `The plan cannot be undone: ${fault}.`, facts);
    return { done, version: reader.version };
  });
}

/** @returns the version after it */
async function doStep(store: PlanStore, plan: RolePlan, place: number, what: 'DONE' | 'UNDONE'): Promise<number> {
  const step: PlanStep = plan.steps[place]!;
  const changes = what === 'DONE' ? step.changes : step.inverse;
  const { trail } = await keptTrail(store.documents, plan.id);
  // A step that is done again after it was undone is another batch.
  const id = `${plan.id} ${what} ${place + 1} ${trail.entries.length}`;
  const { version, appliedAt } = await store.apply({ id, source: BATCH_SOURCE, complete: [], changes });
  const { title } = step;
  await note(store.documents, plan, [
    { step: place + 1, title, what, version, at: appliedAt, changes: changes.length },
  ]);
  return version;
}

/** Steps that are done and of which nobody has written so: who did them was interrupted, or did them elsewhere. */
async function noteFound(store: PlanStore, plan: RolePlan, done: number, version: number): Promise<void> {
  const { entries } = await planTrail(store.documents, plan.id);
  const written = new Set<number>();
  for (const { step, what } of entries) {
    if (what === 'UNDONE') written.delete(step);
    else written.add(step);
  }
  const found = plan.steps.slice(0, done).flatMap(({ title, changes }, i): readonly TrailEntry[] => {
    if (written.has(i + 1)) return [];
    return [{ step: i + 1, title, what: 'FOUND', version, at: Date.now(), changes: changes.length }];
  });
  if (found.length > 0) await note(store.documents, plan, found);
}

async function note(documents: DocumentStore, plan: RolePlan, entries: readonly TrailEntry[]): Promise<void> {
  const { trail, revision } = await keptTrail(documents, plan.id);
  const longer: PlanTrail = { plan: plan.id, entries: [...trail.entries, ...entries] };
  await documents.put(TRAIL + plan.id, longer as unknown as JsonValue, revision);
}
