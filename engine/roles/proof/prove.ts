/**
 * The proof of a plan: that nobody gains or loses anything, in any reach, now and whenever something begins or ends. The
 * engine finds who would, and a second computation that has nothing in common with it writes down how everybody stands; both
 * have to find nothing.
 */
import { deltaBetween } from '../../access/ask-what-if.ts';
import { makeFrame } from '../../access/frame.ts';
import type { AccessRow } from '../../access/questions.ts';
import { supposingFor } from '../../access/suppose.ts';
import { type Change, formatInstant, GrantlensError, type Instant, REACHES, type Reach } from '../../model/index.ts';
import type { Pace } from '../../snapshot/pace.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { StoreReader } from '../../store/port.ts';
import { compareSides, type Difference, type TwinProof } from '../twin/compare.ts';
import { supposition } from './supposed-edits.ts';
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
  /** The first rows that the engine found to be gained and lost; empty when the plan is exact. */
  readonly gained: readonly AccessRow[];
  readonly lost: readonly AccessRow[];
  readonly twin: TwinProof;
}

const MOST_INSTANTS = 32;
const DEADLINE = 600_000;
const TOLD = 100;

/**
 * Computes both parts. O(instants · identities behind what changes · what these have).
 *
 * @throws GrantlensError PLAN_GROUND_MOVED for changes that are not about this graph; DEADLINE_EXCEEDED; the reason of the signal
 */
export async function prove(
  ground: ProofGround,
  changes: readonly Change[],
  { mostInstants = MOST_INSTANTS, deadline = DEADLINE }: ProofLimits,
  pace: Pace,
): Promise<Proof> {
  const { reader, at } = ground;
  const { snapshot, edits } = await supposition(ground.snapshot, reader, changes);
  const named = changes.flatMap((change) =>
    change.op === 'PUT_EDGE' ? [change.edge.validFrom, change.edge.validTo] : [],
  );
  const { chosen, inAll } = turningInstants(
    snapshot,
    at,
    named.filter((instant) => instant !== undefined),
    mostInstants,
  );
  const end = performance.now() + deadline;
  const engine: EngineFinding[] = [];
  const [gained, lost]: [AccessRow[], AccessRow[]] = [[], []];
  await supposingFor(snapshot, edits, async (supposed) => {
    for (const when of chosen)
      for (const reach of REACHES) {
        await pace.rest();
        const left = Math.max(1, end - performance.now());
        const delta = await deltaBetween(makeFrame(snapshot, reach, when), supposed, { first: TOLD, deadline: left });
        if (!delta.complete)
          throw new GrantlensError('DEADLINE_EXCEEDED', `The plan could not be proved within ${deadline} ms.`, {
            deadline,
          });
        const { gainedCount, lostCount, alteredCount, identities } = delta;
        engine.push({ reach, at: when, gained: gainedCount, lost: lostCount, altered: alteredCount, identities });
        gained.push(...delta.gained.slice(0, TOLD - gained.length));
        lost.push(...delta.lost.slice(0, TOLD - lost.length));
      }
  });
  const records = { nodes: () => reader.nodeRecords(), edges: () => reader.edgeRecords() };
  const rest = async (): Promise<void> => {
    if (pace.isDue()) await pace.rest();
  };
  const twin = await compareSides(records, changes, chosen, rest);
  return { version: reader.version, instants: chosen, instantsInAll: inAll, engine, gained, lost, twin };
}

/** Why a proof does not hold: whom it hits, and in what. Undefined when it holds. */
export function faultOf({ engine, gained, lost, twin }: Proof): string | undefined {
  const found = engine.find((one) => one.gained + one.lost + one.altered > 0);
  const row = lost[0] ?? gained[0];
  const [difference] = twin.differences;
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
