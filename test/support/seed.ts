import type fc from 'fast-check';

/** The seed of all property tests: `PROPERTY_SEED`, or a new one each run. */
export const SEED = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2 ** 31);

/** How many times as many graphs as usual: `PROPERTY_EFFORT`. */
const EFFORT = Number(process.env['PROPERTY_EFFORT'] ?? 1);

/** How long one property may take, in milliseconds: many times what it needs, for machines that are busy. */
export const LONG = 180_000 * Math.max(1, EFFORT);

/** Settings of a property test. What fails is reported with the seed and the path to the failing case. */
export const runs = <T>(numRuns: number): fc.Parameters<T> => ({ numRuns: Math.ceil(numRuns * EFFORT), seed: SEED });

/** Prints the seed of this file's run, so that a passing run can be repeated too. */
export const announceSeed = (): void => void process.stderr.write(`PROPERTY_SEED=${SEED}\n`);
