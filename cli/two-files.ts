/** Two files of graph JSON Lines as two versions of one store that is there for the while. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Change, type Engine, openEngine } from '../engine/index.ts';
import { type Loaded, loaderFor } from '../loaders/index.ts';
import { closeOnSignal } from './interruption.ts';
import { applyLoaded } from './load-source.ts';
import type { Terminal } from './terminal.ts';

/** Of lines that name none: the same in both files. */
const SOURCE = 'file';

/**
 * Compares what two files tell: what only the first tells of is gone in the second version.
 *
 * @throws InputError, GrantlensError INPUT_NOT_FOUND, INPUT_UNREADABLE
 */
export async function withTwoFiles<T>(
  { stderr }: Terminal,
  files: readonly [string, string],
  use: (engine: Engine, versions: readonly [number, number], signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'grantlens-diff-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const engine = await openEngine({ data: folder, mode: 'write' });
  const abort = new AbortController();
  const forget = closeOnSignal(async (interrupted) => {
    abort.abort(interrupted);
    await engine.close();
    remove();
  });
  try {
    const { signal } = abort;
    const sources = new Set<string>();
    const versions: number[] = [];
    for (const path of files) {
      const loaded = await loaderFor('graph').load({ paths: [path], source: SOURCE, options: {} });
      const { applied } = await applyLoaded(engine, wholly(loaded, sources), { stderr, signal });
      versions.push(applied.version);
    }
    return await use(engine, versions as [number, number], signal);
  } finally {
    forget();
    await engine.close();
    remove();
  }
}

/** The load as all that there is, of the sources before too, which are added to. */
function wholly(loaded: Loaded, sources: Set<string>): Loaded {
  const complete: string[] = [];
  return { ...loaded, complete, changes: changesOf(loaded, complete, sources) };
}

/** Which sources there are is known when the last change has been read. */
async function* changesOf(loaded: Loaded, complete: string[], sources: Set<string>): AsyncGenerator<Change> {
  yield* loaded.changes;
  for (const source of loaded.complete) sources.add(source);
  complete.push(...sources);
}
