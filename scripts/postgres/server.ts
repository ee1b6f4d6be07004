import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { libraries, provisionPostgres } from './provision.ts';

const run = promisify(execFile);

/** A server of its own on a socket in a folder of its own, without passwords. */
export interface RunningPostgres {
  /** The first number of its version. */
  readonly version: number;
  /** Runs a script as the superuser. Gives what psql prints: CSV without names of columns where `csv` is set. */
  sql(
    script: string,
    options?: { readonly database?: string; readonly csv?: boolean; readonly header?: boolean },
  ): Promise<string>;
  /** What `pg_dumpall` or `pg_dump` writes. */
  dump(program: 'pg_dump' | 'pg_dumpall', ...args: readonly string[]): Promise<string>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

/** Milliseconds that a server may take until it answers. */
const PATIENCE = 60_000;
/** Nobody: the server refuses to run as root. */
const NOBODY = 65_534;
const SUPERUSER = 'postgres';
const MOST = 1 << 28;

/** Starts a server. Throws `PostgresNotProvisioned` where none can be had. */
export async function startPostgres(): Promise<RunningPostgres> {
  const bin = await provisionPostgres();
  const folder = await mkdtemp(join(tmpdir(), 'grantlens-postgres-'));
  const isRoot = process.getuid?.() === 0;
  const who = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  if (isRoot) await chown(folder, NOBODY, NOBODY);
  const env = { ...environment(), ...libraries(bin), PGHOST: folder, PGUSER: SUPERUSER };
  const options = { env, cwd: folder, maxBuffer: MOST, ...who };
  const data = join(folder, 'data');
  await run(
    join(bin, 'initdb'),
    ['-D', data, '-U', SUPERUSER, '-A', 'trust', '-N', '-E', 'UTF8', '--locale=C'],
    options,
  );
  const settings = ['listen_addresses=', `unix_socket_directories=${folder}`, 'fsync=off', 'max_connections=20'];
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...settings.flatMap((one) => ['-c', one])], {
    ...options,
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const leave = (): void => void server.kill('SIGKILL');
  process.once('exit', leave);
  const stop = async (): Promise<void> => {
    process.off('exit', leave);
    await end(server);
    await rm(folder, { recursive: true, force: true });
  };
  const sql: RunningPostgres['sql'] = async (script, { database = 'postgres', csv = false, header = false } = {}) => {
    const form = csv ? ['--csv', ...(header ? [] : ['--tuples-only'])] : [];
    const args = ['--no-psqlrc', '--quiet', '-v', 'ON_ERROR_STOP=1', ...form, '-d', database, '-f', '-'];
    const psql = run(join(bin, 'psql'), args, options);
    psql.child.stdin!.end(script);
    return (await psql).stdout;
  };
  try {
    const version = await answered(sql, server);
    return {
      version,
      sql,
      stop,
      dump: async (program, ...args) => (await run(join(bin, program), args, options)).stdout,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function answered(sql: RunningPostgres['sql'], server: ChildProcess): Promise<number> {
  const until = Date.now() + PATIENCE;
  while (Date.now() < until && server.exitCode === null) {
    const text = await sql('SHOW server_version_num', { csv: true }).catch(() => undefined);
    if (text !== undefined) return Math.floor(Number(text) / 10_000);
    await pause(50);
  }
  throw new Error('PostgreSQL did not start');
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = once(server, 'close');
  // A fast shutdown: it waits for nobody.
  server.kill('SIGINT');
  const late = pause(PATIENCE, 'late', { ref: false });
  if ((await Promise.race([ended, late])) === 'late') server.kill('SIGKILL');
  await ended;
}

/** Settings of somebody's own server are not for this one. */
const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^PG[A-Z]/.test(name)));
