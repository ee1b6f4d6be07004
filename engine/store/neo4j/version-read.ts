/** What every part of a reader needs: the version, and what has happened since. */
import type { GrantlensError } from '../../model/index.ts';
import type { Neo4jDoor } from './door.ts';
import type { LaterBatches } from './later-batches.ts';
import { serverError } from './server-error.ts';

export interface VersionRead {
  readonly door: Neo4jDoor;
  readonly version: number;
  readonly precedence: readonly string[];
  readonly later: LaterBatches;
}

/** Reads that meet what a batch did that was then taken back are tried so often. */
const TRIES = 20;

/**
 * Tries again while `attempt` gives undefined: it met content that is later than the version and that no batch explains,
 * because the batch was rolled back meanwhile.
 *
 * @throws GrantlensError STORE_CORRUPT when that does not end
 */
export async function untilExplained<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < TRIES; tries++) {
    const found = await attempt();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 10 * tries));
  }
  throw corrupt('some of its content is of a later version than any batch');
}

export const corrupt = (what: string): GrantlensError =>
  serverError('STORE_CORRUPT', `The graph in Neo4j contradicts itself: ${what}.`);

/** The port's number of what has an internal id of Neo4j: one more, so that 0 is nobody's. */
export function refOf(internal: number): number {
  if (internal < MOST_INTERNAL) return internal + 1;
  throw serverError('STORE_FAILED', 'Neo4j gives its entities ids beyond 2^32.', {
    facts: { id: internal },
    hint: 'Keep the graph in a database of the format "aligned" or "standard".',
  });
}
/** Snapshots keep refs in 32 bits. */
const MOST_INTERNAL = 2 ** 32 - 1;

/** The internal id behind a ref; undefined for what is no ref. */
export const internalOf = (ref: number): number | undefined =>
  Number.isSafeInteger(ref) && ref >= 1 ? ref - 1 : undefined;

export const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
