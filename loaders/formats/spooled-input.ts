/**
 * Standard input for readers that have to read it from its start more than once: it is written to a temporary file of the user
 * alone, which is gone when the process ends, however that is asked for.
 */
import { rmSync } from 'node:fs';
import { mkdtemp, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBytes, STDIN } from './open-bytes.ts';
import { inBytes } from './size.ts';
import { inputError } from './unreadable.ts';

/** Bytes of standard input that are kept at most. */
export const MOST_SPOOLED = 16 * 1024 ** 3;

/** Standard input gives itself once; who asks again is told the same file. */
let spooled: Promise<string> | undefined;

/** @returns the path of a file that holds all of standard input. @throws InputError when there is more than `most` of it */
export function spooledInput(most = MOST_SPOOLED): Promise<string> {
  spooled ??= spool(openBytes(STDIN), most);
  return spooled;
}

/** Writes bytes to a file that only the user may read, and that goes with the process. */
export async function spool(bytes: AsyncIterable<Buffer>, most: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'grantlens-stdin-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const path = join(folder, 'stdin');
  const file = await open(path, 'wx', 0o600);
  try {
    let taken = 0;
    for await (const chunk of bytes) {
      taken += chunk.length;
      if (taken > most)
        throw inputError('stdin', undefined, `is larger than ${inBytes(most)}; write it to a file and name that`);
      await file.write(chunk);
    }
    return path;
  } catch (error) {
    remove();
    process.off('exit', remove);
    throw error;
  } finally {
    await file.close();
  }
}
