/** Loads the sources of a configuration one after another, then makes the joins anew. */
import { type Engine, GrantlensError, InputError, type JoinReport } from '../engine/index.ts';
import { loaderFor } from '../loaders/index.ts';
import { UsageError } from './failure.ts';
import { Interrupted } from './interruption.ts';
import { applyLoaded, type LoadOutcome } from './load-source.ts';
import type { SyncConfig, SyncJoin, SyncSource } from './sync-config.ts';

/** How one part of a run went. */
export type PartOutcome = (
  | { readonly loaded: LoadOutcome }
  | { readonly joined: JoinReport }
  | { readonly failed: GrantlensError }
) & { readonly name: string; readonly seconds: number };

export interface RunOptions {
  readonly stderr: NodeJS.WriteStream;
  readonly signal: AbortSignal;
  /** Whether the first part that fails ends the run. */
  readonly failFast: boolean;
  /** Applies also what withdraws more than may, and tells so: on a copy. */
  readonly tellTooMuch: boolean;
  /** Milliseconds to wait while another process loads a source; default: not. */
  readonly patience?: number;
  /** Told each part as it is done. */
  readonly onDone: (outcome: PartOutcome) => Promise<void>;
}

/**
 * The parts of a configuration of these names; all of it where none is named. A source that is named brings the joins that look
 * at it.
 *
 * @throws UsageError for a name that is not there
 */
export function chosenParts({ sources, joins }: SyncConfig, only: readonly string[]): SyncConfig {
  if (only.length === 0) return { sources, joins };
  const known = [...sources, ...joins].map(({ name }) => name);
  const unknown = only.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new UsageError(`There is no source or join "${unknown}" in the file.`, `It has ${known.join(', ')}.`);
  const looksAt = (join: SyncJoin): readonly string[] => [
    join.name,
    join.people,
    ...join.accounts.map(({ source }) => source),
  ];
  return {
    sources: sources.filter(({ name }) => only.includes(name)),
    joins: joins.filter((join) => looksAt(join).some((name) => only.includes(name))),
  };
}

/** What fails is told and does not stop the others, unless it is to. @throws Interrupted, and what is a mistake of ours */
export async function runParts(
  engine: Engine,
  parts: SyncConfig,
  options: RunOptions,
): Promise<readonly PartOutcome[]> {
  const outcomes: PartOutcome[] = [];
  const work = [
    ...parts.sources.map((source) => ({ name: source.name, run: () => load(engine, source, options) })),
    ...parts.joins.map((join) => ({ name: join.name, run: () => makeJoin(engine, join, options) })),
  ];
  for (const { name, run } of work) {
    const started = performance.now();
    const outcome = await run().catch((error: unknown) => ({ failed: asFailure(error) }));
    options.signal.throwIfAborted();
    const told = { ...outcome, name, seconds: Math.round(performance.now() - started) / 1_000 };
    outcomes.push(told);
    await options.onDone(told);
    if ('failed' in outcome && options.failFast) break;
  }
  return outcomes;
}

async function load(engine: Engine, source: SyncSource, run: RunOptions) {
  const { name, format, paths, options, maxWithdrawn } = source;
  const { stderr, signal, tellTooMuch, patience = 0 } = run;
  const loaded = await loaderFor(format).load({ paths, source: name, options });
  return { loaded: await applyLoaded(engine, loaded, { stderr, signal, maxWithdrawn, tellTooMuch, patience }) };
}

async function makeJoin(engine: Engine, join: SyncJoin, { tellTooMuch, patience = 0, signal }: RunOptions) {
  const { maxWithdrawn, ...rule } = join;
  const hold = await engine.hold(`join:${rule.name}`, { purpose: 'join', patience, signal });
  try {
    return { joined: await engine.join(rule, { maxWithdrawn, tellTooMuch }) };
  } finally {
    await hold.release();
  }
}

function asFailure(error: unknown): GrantlensError {
  if (error instanceof InputError || error instanceof GrantlensError) return error;
  if (error instanceof Interrupted || !(error instanceof Error && 'syscall' in error)) throw error;
  return new GrantlensError('INPUT_UNREADABLE', error.message, {}, error);
}
