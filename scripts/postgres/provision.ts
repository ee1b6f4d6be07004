/** Finds the programs of a PostgreSQL server, or unpacks those of the Debian package into a cache folder. */
import { execFile } from 'node:child_process';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolderOf, keptFolder } from '../cache-folder.ts';

const run = promisify(execFile);

/** Where distributions put the programs of each version. */
const INSTALLED = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt'];
const PROGRAMS = ['initdb', 'postgres', 'pg_dump', 'pg_dumpall', 'psql'];
/** Milliseconds that a download may take. */
const PATIENCE = 600_000;

/** This machine cannot run a server: it has none, and no packages to take it from. */
export class PostgresNotProvisioned extends Error {
  override readonly name = 'PostgresNotProvisioned';
}

/**
 * The folder of the server's programs: that of `GRANTLENS_POSTGRES_BIN`, else the newest that is installed, else unpacked from the
 * packages of the distribution, for which no root is needed. Throws `PostgresNotProvisioned` where none can be had.
 */
export async function provisionPostgres(cache = cacheFolderOf('postgres')): Promise<string> {
  const chosen = process.env['GRANTLENS_POSTGRES_BIN'];
  const found = chosen === undefined ? await installed() : chosen;
  if (found !== undefined && (await isWhole(found))) return found;
  if (chosen !== undefined) throw new PostgresNotProvisioned(`${chosen} does not hold ${PROGRAMS.join(', ')}`);
  return unpacked(cache);
}

async function installed(): Promise<string | undefined> {
  const folders: string[] = [];
  for (const root of INSTALLED) {
    const names = await readdir(root).catch(() => []);
    folders.push(...names.filter((name) => /^(?:postgresql@)?\d+$/.test(name)).map((name) => join(root, name, 'bin')));
  }
  const versionOf = (folder: string): number => Number(/(\d+)\/bin$/.exec(folder)![1]);
  folders.sort((a, b) => versionOf(b) - versionOf(a));
  for (const folder of folders) if (await isWhole(folder)) return folder;
  return undefined;
}

async function isWhole(folder: string): Promise<boolean> {
  const there = await Promise.all(PROGRAMS.map((name) => stat(join(folder, name)).then(Boolean, () => false)));
  return there.every(Boolean);
}

async function unpacked(cache: string): Promise<string> {
  try {
    const { stdout } = await run('apt-cache', ['depends', '--important', 'postgresql']);
    const server = /Depends: (postgresql-\d+)/.exec(stdout)?.[1];
    if (server === undefined) throw new Error('the distribution has no package postgresql');
    const version = server.slice(server.indexOf('-') + 1);
    const folder = await keptFolder(cache, server, async (making) => {
      process.stderr.write(`Unpacking ${server} into ${cache}\n`);
      const packages = join(making, 'packages');
      await mkdir(packages);
      const names = [server, `postgresql-client-${version}`, 'libpq5'];
      await run('apt-get', ['download', ...names], { cwd: packages, timeout: PATIENCE });
      for (const name of await readdir(packages)) await run('dpkg', ['-x', join(packages, name), making]);
    });
    const bin = join(folder, 'usr/lib/postgresql', version, 'bin');
    await run(join(bin, 'postgres'), ['--version'], { env: { ...process.env, ...libraries(bin) } });
    return bin;
  } catch (error) {
    const { stderr = '', message } = error as Error & { readonly stderr?: string };
    throw new PostgresNotProvisioned(
      `there is no PostgreSQL server here (apt-get install postgresql).\n${stderr || message}`.trim(),
    );
  }
}

/** Where programs that were unpacked find their library. */
export const libraries = (bin: string): Readonly<Record<string, string>> => {
  const root = /^(.*)\/usr\/lib\/postgresql\/\d+\/bin$/.exec(bin)?.[1];
  const machine = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  return root === undefined || root === '' ? {} : { LD_LIBRARY_PATH: join(root, 'usr/lib', machine) };
};
