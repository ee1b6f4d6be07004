import { setTimeout } from 'node:timers/promises';
import { type AnalysisRules, type Engine, type EngineView, GrantlensError, openEngine } from '../engine/index.ts';
import { closeOnSignal } from './interruption.ts';
import { nearIds } from './near-ids.ts';
import type { StorePlace } from './store-place.ts';
import type { Terminal } from './terminal.ts';

/** What every command is given. */
export interface Session extends StorePlace {
  readonly json: boolean;
  /** The command, told to other processes that would write meanwhile. */
  readonly command?: string;
  /** Milliseconds to wait while another process writes. */
  readonly patience?: number;
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
  const engine = await openWhenFree(session, mode);
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

/** Milliseconds between two looks at a store that another process writes. */
const LOOK_AGAIN = 250;

/** Opens the engine; where another process has the store for writing, waits for it as long as the session may. */
async function openWhenFree(session: Session, mode: 'read' | 'write'): Promise<Engine> {
  const { data, execution, rules, command, patience = 0, terminal } = session;
  const purpose = command === undefined ? {} : { purpose: command };
  const until = performance.now() + patience;
  for (let told = false; ; ) {
    try {
      return await openEngine({ data, mode, execution, rules, followEvery: 0, ...purpose });
    } catch (error) {
      const isLocked = error instanceof GrantlensError && error.code === 'STORE_LOCKED';
      if (!isLocked || performance.now() >= until) throw error;
      if (!told) terminal.note(`${error.message} Waiting.`);
      told = true;
      await setTimeout(LOOK_AGAIN);
    }
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
