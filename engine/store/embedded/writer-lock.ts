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
  static take(lockPath: string, pidPath: string, purpose?: string): WriterLock {
    const database = new Database(lockPath, false);
    try {
      database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    } catch (error) {
      database.close();
      if (error instanceof GrantlensError && error.code === 'STORE_LOCKED') throw lockedBy(holderOf(pidPath), error);
      throw error;
    }
    const about = [process.pid, new Date().toISOString(), ...(purpose === undefined ? [] : [purpose])];
    fileCall(() => writeFileSync(pidPath, `${about.join('\n')}\n`));
    return new WriterLock(database);
  }

  free(): void {
    this.#database.close();
  }
}

/** Who writes, as far as it is known. */
interface Holder {
  readonly pid?: number;
  /** ISO 8601. */
  readonly since?: string;
  readonly purpose?: string;
}

function lockedBy(holder: Holder, cause: unknown): GrantlensError {
  const { pid, since, purpose } = holder;
  const who = pid === undefined ? 'Another process' : pid === process.pid ? 'This process already' : `Process ${pid}`;
  const doing = purpose === undefined ? '' : ` (${purpose})`;
  const from = since === undefined ? '' : `, since ${since}`;
  return new GrantlensError(
    'STORE_LOCKED',
    `${who}${doing} has the store open for writing${from}.`,
    { ...holder },
    cause,
  );
}

/** The file is a hint for people only; the lock itself is what counts. Its lines: process id, since when, what for. */
function holderOf(path: string): Holder {
  try {
    const [id = '', since = '', purpose = ''] = readFileSync(path, 'utf8').slice(0, MOST_HINT).split('\n');
    const pid = Number(id.trim());
    if (!(Number.isSafeInteger(pid) && pid > 0)) return {};
    const known = Number.isNaN(Date.parse(since)) ? {} : { since };
    return { pid, ...known, ...(purpose === '' ? {} : { purpose }) };
  } catch {
    return {};
  }
}

const MOST_HINT = 1_000;
