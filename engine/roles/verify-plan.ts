/** Whether a plan still holds for the graph as it is now: what it stands on is as it was, and its proof is found again. */
import { GrantlensError, type Instant } from '../model/index.ts';
import type { Pace } from '../snapshot/pace.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { StoreReader } from '../store/port.ts';
import { type AgreedException, exceptionText } from './exceptions/agreed-exception.ts';
import type { RolePlan } from './plan.ts';
import { edgesTouched, type Moved, presentGround, progressOf } from './plan-ground.ts';
import { faultOf, type Proof, type ProofLimits, prove } from './proof/prove.ts';
import { type ToldMove, toldMoves } from './told-moves.ts';

/**
 * HOLDS: what is left of it may be carried out. DONE: all of it has been. MOVED: the graph is otherwise than the plan has it, by
 * what is told. FAILS: the graph is what it was, and the proof does not hold.
 */
export type PlanVerdict = 'HOLDS' | 'DONE' | 'MOVED' | 'FAILS';

export interface Verification {
  readonly verdict: PlanVerdict;
  /** Of the graph that was looked at. */
  readonly version: number;
  /** Steps that the graph shows to be done, and how many there are. */
  readonly done: number;
  readonly steps: number;
  readonly movedCount: number;
  /** The first hundred. */
  readonly moved: readonly ToldMove[];
  /** What the plan may take or give by agreement. */
  readonly exceptions: readonly AgreedException[];
  /** Why the proof does not hold. */
  readonly because: string | null;
  /** The proof of the steps that are left; null when they were not looked at. */
  readonly proof: Proof | null;
}

const TOLD = 100;

export interface LiveGraph {
  readonly snapshot: Snapshot;
  readonly reader: StoreReader;
}

export interface VerifyOptions extends ProofLimits {
  /** From when on it is proved; default: now. */
  readonly at?: Instant | undefined;
}

/** How far a plan has been carried out on a graph, and what of its ground has moved. O(what stands around its roles). */
export async function planProgress(
  graph: LiveGraph,
  plan: RolePlan,
): Promise<{ readonly done: number; readonly moved: readonly Moved[] }> {
  return progressOf(plan, await presentGround(graph, plan.groundRoles, edgesTouched(plan.steps)));
}

/** @throws GrantlensError DEADLINE_EXCEEDED; the reason of the signal */
export async function verifyPlan(
  graph: LiveGraph,
  plan: RolePlan,
  options: VerifyOptions,
  pace: Pace,
): Promise<Verification> {
  const { done, moved } = await planProgress(graph, plan);
  const told = await toldMoves(graph.reader, plan, moved.slice(0, TOLD));
  const common = {
    exceptions: plan.exceptions ?? [],
    version: graph.reader.version,
    done,
    steps: plan.steps.length,
    movedCount: moved.length,
    moved: told,
  };
  if (moved.length > 0) return { verdict: 'MOVED', ...common, because: null, proof: null };
  if (done === plan.steps.length) return { verdict: 'DONE', ...common, because: null, proof: null };
  const left = plan.steps.slice(done).map(({ changes }) => changes);
  const agreed = { exceptions: plan.exceptions, begun: agreedUntil(plan, done) };
  const found = await proved({ ...graph, at: options.at ?? Date.now() }, left, { ...options, ...agreed }, pace);
  if (typeof found === 'string') return { verdict: 'FAILS', ...common, because: found, proof: null };
  const because = faultOf(found) ?? null;
  if (because === null) return { verdict: 'HOLDS', ...common, because, proof: found };
  // The roles are as they were, and somebody comes by what they give in another way than he did.
  return { verdict: graph.reader.version === plan.version ? 'FAILS' : 'MOVED', ...common, because, proof: found };
}

/** What holders have lost and gained by agreement after some steps. */
export const agreedUntil = ({ proof }: RolePlan, done: number) =>
  (proof.holdings.agreed ?? []).filter(({ step }) => step <= done);

async function proved(...asked: Parameters<typeof prove>): Promise<Proof | string> {
  try {
    return await prove(...asked);
  } catch (error) {
    if (error instanceof GrantlensError && (error.code === 'PLAN_REFUSED' || error.code === 'PLAN_GROUND_MOVED'))
      return error.message;
    throw error;
  }
}

/** In a sentence. */
export function verdictText(verified: Verification): string {
  const { verdict, exceptions } = verified;
  const text = textOf(verified);
  const [first] = exceptions;
  if (first === undefined || (verdict !== 'HOLDS' && verdict !== 'DONE')) return text;
  const more = exceptions.length > 1 ? `, and ${exceptions.length - 1} more` : '';
  return `${text} By agreement ${exceptionText(first)}${more}.`;
}

function textOf({ verdict, done, steps, moved, movedCount, because }: Verification): string {
  switch (verdict) {
    case 'DONE':
      return 'The plan has been carried out.';
    case 'HOLDS':
      return done === 0
        ? 'The plan holds.'
        : `The plan holds: ${done} of ${steps} steps are done, the others may follow.`;
    case 'FAILS':
      return `The plan does not hold: ${because}.`;
    case 'MOVED': {
      if (because !== null) return `The graph has moved since the plan was made: with it ${because}.`;
      const more = movedCount > 1 ? `, and ${movedCount - 1} more` : '';
      return `The graph has moved since the plan was made: ${moved[0]!.text}${more}.`;
    }
  }
}
