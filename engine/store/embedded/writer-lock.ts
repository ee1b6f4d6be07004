import { readFileSync, writeFileSync } from 'node:fs';
import { GrantlensError } from '../../model/index.ts';
import { fileCall } from './head-file.ts';
import { Database } from './sqlite.ts';

/**
 * The one writing place of a folder: an exclusive transaction on an empty database, which the operating system ends with
 * the process however it dies. The file must not be opened by other means: on POSIX systems closing it would free the lock.
 */
export class WriterLock {
  readonly #database: Database;

  private constructor(database: Database) {
    this.#database = database;
  }

  /** @throws GrantlensError STORE_LOCKED with the fact `pid` where it is known */
  static take(lockPath: string, pidPath: string): WriterLock {
    const database = new Database(lockPath, false);
    try {
      database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    } catch (error) {
      database.close();
      if (error instanceof GrantlensError && error.code === 'STORE_LOCKED') throw lockedBy(pidOf(pidPath), error);
      throw error;
    }
    fileCall(() => writeFileSync(pidPath, `${process.pid}\n`));
    return new WriterLock(database);
  }

  free(): void {
    this.#database.close();
  }
}

function lockedBy(pid: number | undefined, cause: unknown): GrantlensError {
  const who = pid === undefined ? 'Another process' : pid === process.pid ? 'This process already' : `Process ${pid}`;
  return new GrantlensError(
    'STORE_LOCKED',
    `${who} has the store open for writing.`,
    pid === undefined ? {} : { pid },
    cause,
  );
}

/** The file is a hint for people only; the lock itself is what counts. */
function pidOf(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8').trim());
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}
