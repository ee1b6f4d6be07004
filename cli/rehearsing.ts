/** Loads that are tried on a copy of the graph: what they would change, and who would gain or lose access by it. */
import { type AccessDelta, type Engine, type GraphDiff, openRehearsal, type Rehearsal } from '../engine/index.ts';
import { closeOnSignal } from './interruption.ts';
import type { Session } from './session.ts';

/** What differs between two versions. */
export interface Consequences {
  readonly graph: GraphDiff;
  readonly access: AccessDelta;
}

/** Copies the graph for the while of some work, also on Ctrl-C. */
export async function withRehearsal<T>(
  { data, rules, terminal, shown }: Session,
  use: (rehearsal: Rehearsal, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  let rehearsal: Rehearsal | undefined;
  const forget = closeOnSignal(async (interrupted) => {
    abort.abort(interrupted);
    await rehearsal?.close();
  });
  try {
    const slow = setTimeout(() => terminal.note(`copying ${shown} to try the load on the copy …`), 2_000);
    rehearsal = await openRehearsal({ data, mode: 'read', rules }, abort.signal).finally(() => clearTimeout(slow));
    return await use(rehearsal, abort.signal);
  } finally {
    forget();
    await rehearsal?.close();
  }
}

/** @param first items of each list */
export async function consequencesSince(
  engine: Engine,
  fromVersion: number,
  first: number,
  signal: AbortSignal,
): Promise<Consequences> {
  const versions = { fromVersion, toVersion: engine.version };
  const graph = await engine.graphDiff({ ...versions, first });
  const access = await engine.accessDiff({ ...versions, first, deadline: Number.MAX_SAFE_INTEGER, signal });
  return { graph, access };
}
