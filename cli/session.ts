import { type AnalysisRules, type Engine, type EngineView, GrantlensError, openEngine } from '../engine/index.ts';
import { closeOnSignal } from './interruption.ts';
import { nearIds } from './near-ids.ts';
import type { StorePlace } from './store-place.ts';
import type { Terminal } from './terminal.ts';

/** What every command is given. */
export interface Session extends StorePlace {
  readonly json: boolean;
  readonly terminal: Terminal;
  /** What analyses go by besides the graph. */
  readonly rules?: Partial<AnalysisRules>;
}

/** Opens the store's engine, closes it whatever happens, also on Ctrl-C. `signal` tells long work of that. */
export async function withEngine<T>(
  session: Session,
  mode: 'read' | 'write',
  use: (engine: Engine, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { data, execution, rules } = session;
  const engine = await openEngine({ data, mode, execution, rules, followEvery: 0 });
  const abort = new AbortController();
  const forget = closeOnSignal((interrupted) => {
    abort.abort(interrupted);
    return engine.close();
  });
  try {
    return await use(engine, abort.signal);
  } finally {
    forget();
    await engine.close();
  }
}

/** Asks one version of the graph, the newest unless one is named. An id that is not there is told with ids that are near it. */
export function withView<T>(
  session: Session,
  use: (view: EngineView, signal: AbortSignal) => Promise<T>,
  { version }: { readonly version?: number } = {},
): Promise<T> {
  return withEngine(session, 'read', async (engine, signal) => {
    const view = await engine.view({ version });
    try {
      return await use(view, signal);
    } catch (error) {
      throw await withNearIds(view, error);
    } finally {
      view.release();
    }
  });
}

async function withNearIds(view: EngineView, error: unknown): Promise<unknown> {
  if (!(error instanceof GrantlensError) || error.code !== 'NODE_NOT_FOUND') return error;
  const id = error.facts['id'];
  if (typeof id !== 'string') return error;
  return new GrantlensError(error.code, error.message, { ...error.facts, near: await nearIds(view, id) }, error);
}
