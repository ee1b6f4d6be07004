import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { STDIN, shownPath } from './open-bytes.ts';
import { aboutPath, unreadable } from './unreadable.ts';

/** A file that can be read from its start again and again. */
export interface TwiceReadable {
  readonly path: string;
  /** How messages name it. */
  readonly shownAs: string;
  /** Call when it has been read: removes the copy, if there is one. */
  discard(): Promise<void>;
}

/**
 * The file itself, or, for standard input and pipes, a copy of what they bring in the folder for temporary files, which
 * only its owner may read.
 *
 * @throws GrantlensError INPUT_NOT_FOUND, INPUT_UNREADABLE
 */
export async function twiceReadable(path: string): Promise<TwiceReadable> {
  const shownAs = shownPath(path);
  try {
    if (path !== STDIN && (await stat(path)).isFile()) return { path, shownAs, discard: async () => {} };
  } catch (error) {
    throw aboutPath(shownAs, error);
  }
  const ending = /\.(gz|zst)$/.exec(path)?.[0] ?? '';
  const copy = join(tmpdir(), `grantlens-${randomBytes(9).toString('hex')}${ending}`);
  // A process that ends in the middle must not leave behind what it was told in confidence.
  const atExit = (): void => rmSync(copy, { force: true });
  process.once('exit', atExit);
  const discard = async (): Promise<void> => {
    process.off('exit', atExit);
    await rm(copy, { force: true });
  };
  try {
    const stream = path === STDIN ? process.stdin : createReadStream(path);
    await pipeline(stream, createWriteStream(copy, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    await discard();
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    throw unreadable(shownAs, `it could not be kept in ${tmpdir()} (${code})`, {}, error);
  }
  return { path: copy, shownAs, discard };
}
