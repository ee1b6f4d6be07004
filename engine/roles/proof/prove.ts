/**
 * The proof of a plan: that nobody gains or loses anything, in any reach, now and whenever something begins or ends. The
 * engine finds who would, and a second computation that has nothing in common with it writes down how everybody stands; both
 * have to find nothing.
 */
import { deltaBetween } from '../../access/ask-what-if.ts';
import { type Frame, makeFrame } from '../../access/frame.ts';
import type { AccessDelta, AccessRow } from '../../access/questions.ts';
import { supposingFor } from '../../access/suppose.ts';
import { type Change, formatInstant, GrantlensError, type Instant, REACHES, type Reach } from '../../model/index.ts';
import type { Pace } from '../../snapshot/pace.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { StoreReader } from '../../store/port.ts';
import { compareSides, type Difference, type TwinProof } from '../twin/compare.ts';
import { type Supposition, supposition } from './supposed-edits.ts';
import { turningInstants } from './turning-instants.ts';

export interface ProofGround {
  readonly snapshot: Snapshot;
  readonly reader: StoreReader;
  readonly at: Instant;
}

export interface ProofLimits {
  /** Instants that are looked at, the first one included; default 32. */
  readonly mostInstants?: number | undefined;
  /** Milliseconds for the engine's part; default 600,000. */
  readonly deadline?: number | undefined;
}

/** What the engine found in one reach at one instant. */
export interface EngineFinding {
  /** Counted from 1: after this step; the last one is the whole plan. */
  readonly step: number;
  readonly reach: Reach;
  readonly at: Instant;
  readonly gained: number;
  readonly lost: number;
  /** Patterns that are allowed as much as before, with other exceptions. */
  readonly altered: number;
  /** Identities that were looked at. */
  readonly identities: number;
}

export interface Proof {
  /** Of the graph that the changes were proved on. */
  readonly version: number;
  readonly instants: readonly Instant[];
  /** How many instants there are at which something begins or ends, the first one included. More than were looked at: see docs. */
  readonly instantsInAll: number;
  readonly engine: readonly EngineFinding[];
  /** Steps after which the engine looked as well, and at how many of the instants. */
  readonly steps: number;
  readonly stepInstants: number;
  /** The first rows that the engine found to be gained and lost; empty when the plan is exact. */
  readonly gained: readonly AccessRow[];
  readonly lost: readonly AccessRow[];
  readonly twin: TwinProof;
}

const MOST_INSTANTS = 32;
const DEADLINE = 600_000;
const TOLD = 100;
/** Steps times instants that are looked at midway; with more, the first instant alone is. */
const MOST_MIDWAY = 128;

/**
 * Computes both parts: of the whole plan at all instants, and by the engine after each step, so that nobody gains or loses
 * anything if no more of it is done. O((steps + instants) · identities behind what changes · what these have).
 *
 * @param steps changes that are applied together, one after the other
 * @throws GrantlensError PLAN_GROUND_MOVED for changes that are not about this graph; DEADLINE_EXCEEDED; the reason of the signal
 */
export async function prove(
  ground: ProofGround,
  steps: readonly (readonly Change[])[],
  { mostInstants = MOST_INSTANTS, deadline = DEADLINE }: ProofLimits,
  pace: Pace,
): Promise<Proof> {
  const { reader, at } = ground;
  const changes = steps.flat();
  const whole = await supposition(ground.snapshot, reader, changes);
  const { chosen, inAll } = turningInstants(whole.snapshot, at, instantsNamed(changes), mostInstants);
  const midway = steps.length * chosen.length <= MOST_MIDWAY ? chosen : [at];
  const engine = new EngineProof(pace, deadline);
  for (let done = 1; done < steps.length; done++)
    await engine.look(await supposition(whole.snapshot, reader, steps.slice(0, done).flat()), midway, done);
  await engine.look(whole, chosen, steps.length);
  const records = { nodes: () => reader.nodeRecords(), edges: () => reader.edgeRecords() };
  const rest = async (): Promise<void> => {
    if (pace.isDue()) await pace.rest();
  };
  const twin = await compareSides(records, changes, chosen, rest);
  return {
    version: reader.version,
    instants: chosen,
    instantsInAll: inAll,
    engine: engine.findings,
    steps: steps.length,
    stepInstants: midway.length,
    gained: engine.gained,
    lost: engine.lost,
    twin,
  };
}

const instantsNamed = (changes: readonly Change[]): readonly Instant[] =>
  changes
    .flatMap((change) => (change.op === 'PUT_EDGE' ? [change.edge.validFrom, change.edge.validTo] : []))
    .filter((instant) => instant !== undefined);

class EngineProof {
  readonly findings: EngineFinding[] = [];
  readonly gained: AccessRow[] = [];
  readonly lost: AccessRow[] = [];
  readonly #pace: Pace;
  readonly #deadline: number;
  readonly #end: number;

  constructor(pace: Pace, deadline: number) {
    this.#pace = pace;
    this.#deadline = deadline;
    this.#end = performance.now() + deadline;
  }

  async look({ snapshot, edits }: Supposition, instants: readonly Instant[], step: number): Promise<void> {
    await supposingFor(snapshot, edits, async (supposed) => {
      for (const at of instants)
        for (const reach of REACHES) {
          await this.#pace.rest();
          this.#note(await this.#delta(makeFrame(snapshot, reach, at), supposed), { step, reach, at });
        }
    });
  }

  async #delta(frame: Frame, supposed: Snapshot): Promise<AccessDelta> {
    const deadline = Math.max(1, this.#end - performance.now());
    const delta = await deltaBetween(frame, supposed, { first: TOLD, deadline });
    if (delta.complete) return delta;
    throw new GrantlensError('DEADLINE_EXCEEDED', `The plan could not be proved within ${this.#deadline} ms.`, {
      deadline: this.#deadline,
    });
  }

  #note(delta: AccessDelta, where: Pick<EngineFinding, 'step' | 'reach' | 'at'>): void {
    const { gainedCount, lostCount, alteredCount, identities } = delta;
    this.findings.push({ ...where, gained: gainedCount, lost: lostCount, altered: alteredCount, identities });
    this.gained.push(...delta.gained.slice(0, TOLD - this.gained.length));
    this.lost.push(...delta.lost.slice(0, TOLD - this.lost.length));
  }
}

/** Why a proof does not hold: whom it hits, and in what. Undefined when it holds. */
export function faultOf({ engine, gained, lost, twin, steps }: Proof): string | undefined {
  const found = engine.find((one) => one.gained + one.lost + one.altered > 0);
  const row = lost[0] ?? gained[0];
  const [difference] = twin.differences;
  if (found !== undefined && found.step < steps && row !== undefined)
    return `after step ${found.step} of ${steps} ${sayRow(row, lost.length > 0)}`;
  if (found !== undefined && difference === undefined && row !== undefined)
    return `the engine finds that ${sayRow(row, lost.length > 0)}, and the second computation finds nothing`;
  if (found === undefined && difference !== undefined)
    return `the second computation finds that ${sayDifference(difference)}, and the engine finds nothing`;
  if (row !== undefined) return sayRow(row, lost.length > 0);
  if (difference !== undefined) return sayDifference(difference);
  if (found !== undefined)
    return `${found.altered} accesses would have other exceptions, in the reach ${found.reach} at ${formatInstant(found.at)}`;
  return undefined;
}

const sayRow = ({ identity, actions, resource }: AccessRow, isLost: boolean): string =>
  `${JSON.stringify(identity)} would ${isLost ? 'lose' : 'gain'} ${actions.join(', ')} on ${JSON.stringify(resource)}`;

function sayDifference({ identity, reach, at, gained, lost }: Difference): string {
  const what = lost[0] ?? gained[0] ?? 'something';
  return `${JSON.stringify(identity)} would ${lost.length > 0 ? 'lose' : 'gain'} ${what}, in the reach ${reach} at ${formatInstant(at)}`;
}

/** @throws GrantlensError PLAN_REFUSED when the proof does not hold */
export function mustHold(proof: Proof): void {
  const fault = faultOf(proof);
  if (fault === undefined) return;
  const row = proof.lost[0] ?? proof.gained[0];
  const identity = row?.identity ?? proof.twin.differences[0]?.identity;
  throw new GrantlensError('PLAN_REFUSED', `The plan is refused: ${fault}.`, {
    ...(identity === undefined ? {} : { identity }),
    ...(row === undefined ? {} : { resource: row.resource, actions: row.actions }),
  });
}
