/**
 * The proof of a plan: that nobody gains or loses anything, in any reach, now or later, however much of it is done. It has three
 * parts, and all have to find nothing. The engine finds who would gain or lose, after each step where that is not too much, and
 * after all of them at several instants. A second computation, which has nothing in common with the engine, follows what roles
 * give to their holders through every step, for all times at once; and it writes down how everybody who is concerned stands.
 */
import type { Apart } from '../../access/apart.ts';
import type { AccessRow } from '../../access/questions.ts';
import { supposingFor } from '../../access/suppose.ts';
import { type Change, type EdgeRecord, formatInstant, GrantlensError, type Instant } from '../../model/index.ts';
import type { Pace } from '../../snapshot/pace.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { StoreReader } from '../../store/port.ts';
import { type AgreedException, turned } from '../exceptions/agreed-exception.ts';
import { AgreedRegion } from '../exceptions/agreed-region.ts';
import { AgreedGrants } from '../twin/agreed-grants.ts';
import { compareSides, type Difference, type TwinProof } from '../twin/compare.ts';
import { followHoldings, type HoldingDifference, type HoldingsProof } from '../twin/holdings.ts';
import { AgreedChanges, type AgreedProof } from './agreed-changes.ts';
import { agreedDenials, maskEdits } from './agreed-mask.ts';
import { concernedRecords } from './concerned-records.ts';
import { type EngineFinding, EngineProof, notInTime } from './engine-proof.ts';
import { type Supposition, supposition } from './supposed-edits.ts';
import { turningInstants } from './turning-instants.ts';

export interface ProofGround {
  readonly snapshot: Snapshot;
  readonly reader: StoreReader;
  readonly at: Instant;
}

export interface ProofLimits {
  /** Instants at which decisions are looked at, the first one included; default 4. What holders are given is followed for all. */
  readonly mostInstants?: number | undefined;
  /** Milliseconds for all of it; default 600,000. */
  readonly deadline?: number | undefined;
  /** What may be lost or gained; default: nothing. */
  readonly exceptions?: readonly AgreedException[] | undefined;
  /** What holders have lost and gained of that before the first step, where some of a plan is done. */
  readonly begun?: readonly HoldingDifference[] | undefined;
  /** True when the steps take a plan back: what it lost is gained. */
  readonly isUndoing?: boolean | undefined;
  /** Threads for the engine's part; without them it is done here, a few milliseconds at a time. */
  readonly apart?: Apart | undefined;
  /** Ends what threads do. */
  readonly signal?: AbortSignal | undefined;
}

export interface Proof {
  /** Of the graph that the changes were proved on. */
  readonly version: number;
  readonly instants: readonly Instant[];
  /** How many instants there are at which something begins or ends, the first one included. More than were looked at: see docs. */
  readonly instantsInAll: number;
  readonly engine: readonly EngineFinding[];
  /** Steps in all, and how many the engine looked after, the last one included. */
  readonly steps: number;
  readonly stepsLookedAt: number;
  /** The first rows that the engine found to be gained and lost; empty when the plan is exact. */
  readonly gained: readonly AccessRow[];
  readonly lost: readonly AccessRow[];
  readonly holdings: HoldingsProof;
  readonly twin: TwinProof;
  /** What is lost and gained because it was agreed; absent where nothing was. Of that `gained`, `lost` and `engine` say nothing. */
  readonly agreed?: AgreedProof;
}

const MOST_INSTANTS = 4;
const DEADLINE = 600_000;

/**
 * Computes all parts. O((steps + instants) · identities behind what changes · what these have).
 *
 * @param steps changes that are applied together, one after the other
 * @throws GrantlensError PLAN_GROUND_MOVED for changes that are not about this graph; DEADLINE_EXCEEDED; the reason of the signal
 */
export async function prove(
  ground: ProofGround,
  steps: readonly (readonly Change[])[],
  limits: ProofLimits,
  pace: Pace,
): Promise<Proof> {
  const {
    mostInstants = MOST_INSTANTS,
    deadline = DEADLINE,
    exceptions = [],
    begun,
    isUndoing,
    apart,
    signal,
  } = limits;
  const { reader, at } = ground;
  const end = performance.now() + deadline;
  const changes = steps.flat();
  const inEffect = isUndoing === true ? turned(exceptions) : exceptions;
  const denials = agreedDenials(new AgreedRegion(ground.snapshot, inEffect), inEffect);
  const whole = await supposition(ground.snapshot, reader, changes, denials.length);
  const { chosen, inAll } = turningInstants(whole.snapshot, at, instantsNamed(changes), mostInstants);
  const rest = async (): Promise<void> => {
    if (!pace.isDue()) return;
    if (performance.now() >= end) throw notInTime(deadline);
    await pace.rest();
  };
  pace.progress('reading what is concerned', 0, 1);
  const records = await concernedRecords(
    reader,
    changes,
    rest,
    exceptions.map(({ resource }) => resource),
  );
  // What is refused out of hand is refused soonest.
  pace.progress('following what roles give', 0, 1);
  const holdings = await followHoldings(records, steps, at, {
    agreed: await AgreedGrants.read(records, exceptions),
    begun,
    rest,
  });
  const engine = new EngineProof(pace, { deadline, end, apart, signal });
  const asked = { whole, instants: chosen, steps, at, exceptions: inEffect, denials };
  const { midway, agreed } = await lookByEngine(engine, asked);
  pace.progress('proving a second time', 0, 1);
  const twin = await compareSides(records, changes, chosen, {
    agreed: await AgreedGrants.read(records, inEffect),
    rest: async (done, of) => {
      if (pace.isDue()) pace.progress('proving a second time', done, of);
      await rest();
    },
  });
  return {
    version: reader.version,
    instants: chosen,
    instantsInAll: inAll,
    engine: engine.findings,
    steps: steps.length,
    stepsLookedAt: Math.min(midway + 1, steps.length),
    gained: engine.gained,
    lost: engine.lost,
    holdings,
    twin,
    ...(agreed === undefined ? {} : { agreed }),
  };
}

interface Looked {
  readonly whole: Supposition;
  readonly instants: readonly Instant[];
  readonly steps: readonly (readonly Change[])[];
  readonly at: Instant;
  readonly exceptions: readonly AgreedException[];
  readonly denials: readonly EdgeRecord[];
}

/** @returns how many steps were looked at before the last one, and what differs as it was agreed */
async function lookByEngine(engine: EngineProof, { whole, instants, steps, at, exceptions, denials }: Looked) {
  const look = async (seen: Supposition): Promise<number> => {
    await engine.lookAtAll(seen, instants, steps.length);
    return engine.lookMidway(seen, steps, at);
  };
  if (exceptions.length === 0) return { midway: await look(whole), agreed: undefined };
  const { snapshot } = whole;
  const region = new AgreedRegion(snapshot, exceptions);
  const mask = maskEdits(snapshot.version, denials);
  const midway = await supposingFor(snapshot, mask, (masked) => look({ ...whole, snapshot: masked }));
  const agreed = new AgreedChanges(region);
  await engine.lookAtAgreed(whole, instants, agreed, region.identities);
  return { midway, agreed: agreed.result() };
}

const instantsNamed = (changes: readonly Change[]): readonly Instant[] =>
  changes
    .flatMap((change) => (change.op === 'PUT_EDGE' ? [change.edge.validFrom, change.edge.validTo] : []))
    .filter((instant) => instant !== undefined);

/** Why a proof does not hold: whom it hits, and in what. Undefined when it holds. */
export function faultOf(proof: Proof): string | undefined {
  const fault = faultIn(proof);
  return fault === undefined || proof.agreed === undefined ? fault : `${fault}; that is none of the agreed exceptions`;
}

function faultIn({ engine, gained, lost, holdings, twin, steps }: Proof): string | undefined {
  const found = engine.find((one) => one.gained + one.lost + one.altered > 0);
  const row = lost[0] ?? gained[0];
  const [difference] = twin.differences;
  const [held] = holdings.differences;
  const plain = held === undefined ? difference && sayDifference(difference) : sayHeld(held, steps);
  const byEngine =
    row !== undefined
      ? sayRow(row, lost.length > 0)
      : found &&
        `${found.altered} accesses would have other exceptions, in the reach ${found.reach} at ${formatInstant(found.at)}`;
  if (byEngine === undefined && plain === undefined) return undefined;
  if (byEngine === undefined) return `${plain}, by the second computation; the engine finds nothing`;
  if (plain === undefined) return `${byEngine}, by the engine; the second computation finds nothing`;
  return held === undefined ? byEngine : `after step ${held.step} of ${steps} ${byEngine}`;
}

const sayRow = ({ identity, actions, resource }: AccessRow, isLost: boolean): string =>
  `${JSON.stringify(identity)} would ${isLost ? 'lose' : 'gain'} ${actions.join(', ')} on ${JSON.stringify(resource)}`;

function sayDifference({ identity, reach, at, gained, lost }: Difference): string {
  const what = lost[0] ?? gained[0] ?? 'something';
  return `${JSON.stringify(identity)} would ${lost.length > 0 ? 'lose' : 'gain'} ${what}, in the reach ${reach} at ${formatInstant(at)}`;
}

function sayHeld({ step, holder, gained, lost }: HoldingDifference, steps: number): string {
  const what = lost[0] ?? gained[0] ?? 'something';
  return `after step ${step} of ${steps} ${JSON.stringify(holder)} would ${lost.length > 0 ? 'lose' : 'gain'} ${what}`;
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
