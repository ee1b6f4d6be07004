/** The engine's part of a proof: who would gain or lose what, found by the same code that answers questions. */
import type { Affected } from '../../access/affected.ts';
import type { Apart } from '../../access/apart.ts';
import { deltaBetween } from '../../access/ask-what-if.ts';
import { makeFrame } from '../../access/frame.ts';
import type { AccessDelta, AccessRow } from '../../access/questions.ts';
import { supposingFor, supposingInTurn } from '../../access/suppose.ts';
import { type Change, GrantlensError, type Instant, REACHES, type Reach } from '../../model/index.ts';
import type { Pace } from '../../snapshot/pace.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { AgreedChanges } from './agreed-changes.ts';
import {
  type Differing,
  differingByReach,
  differingByTime,
  onlyDiffering,
  type Versions,
} from './differing-principals.ts';
import { StepEdits } from './step-edits.ts';
import type { Supposition } from './supposed-edits.ts';

/** What the engine found in one reach at one instant. */
export interface EngineFinding {
  /** Counted from 1: what this step changes; the last one stands for the whole plan. */
  readonly step: number;
  readonly reach: Reach;
  readonly at: Instant;
  readonly gained: number;
  readonly lost: number;
  /** Patterns that are allowed as much as before, with other exceptions. */
  readonly altered: number;
  /** Identities that were looked at: of others the same is known from another reach or instant. */
  readonly identities: number;
}

/** Where long work is done, and until when. */
export interface EngineLimits {
  /** Milliseconds for all of the proof. */
  readonly deadline: number;
  /** By `performance.now()`. */
  readonly end: number;
  readonly apart: Apart | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Rows that are told of what is gained and lost. */
const TOLD = 100;
/** Rows of one look that are compared with what was agreed. */
const MOST_COMPARED = 10_000;
/** Identities that are looked at midway, all steps together; what is left of the steps then is left to the second computation. */
const MOST_MIDWAY = 1_000_000;

export class EngineProof {
  readonly findings: EngineFinding[] = [];
  readonly gained: AccessRow[] = [];
  readonly lost: AccessRow[] = [];
  readonly #pace: Pace;
  readonly #limits: EngineLimits;

  constructor(pace: Pace, limits: EngineLimits) {
    this.#pace = pace;
    this.#limits = limits;
  }

  /**
   * All changes at once: in the first reach at the first instant for all who are concerned, and at others for those of whom
   * something may be decided otherwise there.
   *
   * @throws GrantlensError DEADLINE_EXCEEDED; the reason of the signal
   */
  async lookAtAll({ snapshot, edits }: Supposition, instants: readonly Instant[], steps: number): Promise<void> {
    await supposingFor(snapshot, edits, async (supposed) => {
      const versions = [snapshot, supposed] as const;
      const [first, ...later] = instants;
      this.#pace.progress('proving by the engine', 0, instants.length);
      await this.#lookAt(versions, first!, steps);
      for (const [i, at] of later.entries()) {
        this.#pace.progress('proving by the engine', i + 1, instants.length);
        await this.#pace.rest();
        const differing = differingByTime(versions, first!, at);
        for (const reach of REACHES) await this.#look(versions, { step: steps, reach, at }, differing);
      }
    });
  }

  /**
   * One step after the other, the last one left out: each against the one before it, so that only those are looked at whom it
   * touches. When nobody gains or loses by any of them nobody does up to any of them.
   *
   * @returns how many steps were looked at
   * @throws GrantlensError DEADLINE_EXCEEDED; the reason of the signal
   */
  async lookMidway(whole: Supposition, steps: readonly (readonly Change[])[], at: Instant): Promise<number> {
    const changes = steps.slice(0, -1);
    const edits = new StepEdits(whole);
    const room = { nodes: steps.flat().length, edges: steps.flat().filter(({ op }) => op === 'PUT_EDGE').length };
    return supposingInTurn(whole.snapshot, room, async (suppose) => {
      let [before, looked] = [whole.snapshot, 0];
      for (const [i, step] of changes.entries()) {
        if (looked > MOST_MIDWAY) return i;
        this.#pace.progress('proving step by step', i, changes.length);
        const after = edits.made(before, step, suppose);
        looked += await this.#lookAt([before, after], at, i + 1);
        before = after;
      }
      return changes.length;
    });
  }

  /**
   * What all changes at once come to for those of whom something is agreed.
   *
   * @throws GrantlensError LIMIT_EXCEEDED for more than can be compared; DEADLINE_EXCEEDED; the reason of the signal
   */
  async lookAtAgreed(
    { snapshot, edits }: Supposition,
    instants: readonly Instant[],
    agreed: AgreedChanges,
    whom: ReadonlySet<number>,
  ): Promise<void> {
    await supposingFor(snapshot, edits, async (supposed) => {
      const within = async ({ identities, resources }: Affected): Promise<Affected> => ({
        identities: identities.filter((identity) => whom.has(identity)),
        resources,
      });
      for (const at of instants)
        for (const reach of REACHES) {
          await this.#pace.rest();
          const delta = await this.#delta(snapshot, supposed, { reach, at }, within, MOST_COMPARED);
          const { gainedCount, lostCount, alteredCount } = delta;
          if (Math.max(gainedCount, lostCount, alteredCount) > MOST_COMPARED)
            throw new GrantlensError(
              'LIMIT_EXCEEDED',
              `More than ${MOST_COMPARED} accesses would change by what was agreed, more than are compared with it.`,
            );
          const before =
            alteredCount === 0
              ? []
              : (await this.#delta(supposed, snapshot, { reach, at }, within, MOST_COMPARED)).altered;
          const { gained, lost } = agreed.add(at, delta, before);
          this.gained.push(...gained.slice(0, TOLD - this.gained.length));
          this.lost.push(...lost.slice(0, TOLD - this.lost.length));
        }
    });
  }

  /** @returns how many identities were looked at */
  async #lookAt(versions: Versions, at: Instant, step: number): Promise<number> {
    let looked = 0;
    for (const reach of REACHES) {
      await this.#pace.rest();
      const differing = reach === 'ENTITLED' ? undefined : differingByReach(versions, reach);
      looked += await this.#look(versions, { step, reach, at }, differing);
    }
    return looked;
  }

  async #look(
    [before, after]: Versions,
    where: Pick<EngineFinding, 'step' | 'reach' | 'at'>,
    differing: Differing,
  ): Promise<number> {
    const delta = await this.#delta(before, after, where, async (affected) => onlyDiffering(affected, differing));
    const { gainedCount, lostCount, alteredCount, identities } = delta;
    this.findings.push({ ...where, gained: gainedCount, lost: lostCount, altered: alteredCount, identities });
    this.gained.push(...delta.gained.slice(0, TOLD - this.gained.length));
    this.lost.push(...delta.lost.slice(0, TOLD - this.lost.length));
    return identities;
  }

  async #delta(
    before: Snapshot,
    after: Snapshot,
    { reach, at }: Pick<EngineFinding, 'reach' | 'at'>,
    within: (affected: Affected) => Promise<Affected>,
    first = TOLD,
  ): Promise<AccessDelta> {
    const { apart, signal } = this.#limits;
    const deadline = Math.max(1, this.#limits.end - performance.now());
    const asked = { first, deadline, signal };
    const delta = await deltaBetween(makeFrame(before, reach, at), after, asked, { apart, within });
    if (delta.complete) return delta;
    throw notInTime(this.#limits.deadline);
  }
}

export const notInTime = (deadline: number): GrantlensError =>
  new GrantlensError('DEADLINE_EXCEEDED', `The plan could not be proved within ${Math.round(deadline)} ms.`, {
    deadline,
  });
