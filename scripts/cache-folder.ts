/**
 * Programs that are fetched and made once and then kept. A folder is made under a name of its own and then renamed: what has
 * the final name is whole, and of two processes that make it at once the second finds it there.
 */
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What names of folders in the making begin with. */
export const MAKING = '.making-';
/** Milliseconds after which nobody can be at work in a folder any more. */
const ABANDONED_AFTER = 86_400_000;

/** Where programs of a name are kept: `GRANTLENS_<NAME>_CACHE`, else `grantlens/<name>` in the cache folder of the system. */
export function cacheFolderOf(name: string, environment: NodeJS.ProcessEnv = process.env): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = environment;
  const chosen = environment[`GRANTLENS_${name.toUpperCase()}_CACHE`];
  if (chosen) return chosen;
  const system = { darwin: join(homedir(), 'Library', 'Caches'), win32: LOCALAPPDATA }[process.platform as string];
  return join(XDG_CACHE_HOME || system || join(homedir(), '.cache'), 'grantlens', name);
}

/** The folder in the cache, filled when it is not there yet. */
export async function keptFolder(
  cache: string,
  name: string,
  fill: (making: string) => Promise<void>,
): Promise<string> {
  const folder = join(cache, name);
  if (await exists(folder)) return folder;
  await mkdir(cache, { recursive: true, mode: 0o700 });
  await sweep(cache);
  const making = await mkdtemp(join(cache, MAKING));
  try {
    await fill(making);
    await putInPlace(making, folder);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return folder;
}

/** Removes what processes left that were ended while they were making something. */
async function sweep(cache: string): Promise<void> {
  const left = (await readdir(cache)).filter((name) => name.startsWith(MAKING)).map((name) => join(cache, name));
  for (const folder of left) {
    const age = Date.now() - (await stat(folder).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    if (age > ABANDONED_AFTER) await rm(folder, { recursive: true, force: true });
  }
}

async function putInPlace(made: string, place: string): Promise<void> {
  await rename(made, place).catch(async (error) => {
    if (!(await exists(place))) throw error;
  });
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
