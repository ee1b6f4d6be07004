/**
 * Puts the jars of a Neo4j server and its launcher into a cache folder. A folder is made under a name of its own and then
 * renamed: what has the final name is whole, and of two processes that provision at once the second finds it there.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { link, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { findJdk, type Jdk } from './jdk.ts';
import { copyJars, GDS_VERSION, holdsProcedures, NEO4J_VERSION, type Packages, pomOf } from './packages.ts';

const run = promisify(execFile);
const LAUNCHER = join(import.meta.dirname, 'Launcher.java');
/** What names of folders in the making begin with. */
export const MAKING = '.making-';
/** Milliseconds after which nobody can be at work in a folder any more. */
const ABANDONED_AFTER = 86_400_000;

/** A server's program on disk: `java`, the class path, and the plugin folder where it has one. */
export interface Provision {
  readonly folder: string;
  readonly jdk: Jdk;
  readonly classPath: string;
  readonly plugins?: string;
}

/** This machine cannot run a server: it lacks Java or Maven, or the packages could not be had. */
export class NotProvisioned extends Error {
  override readonly name = 'NotProvisioned';
}

/** Where the servers are kept: `GRANTLENS_NEO4J_CACHE`, else `grantlens/neo4j` in the cache folder of the system. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const { GRANTLENS_NEO4J_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = environment;
  if (GRANTLENS_NEO4J_CACHE) return GRANTLENS_NEO4J_CACHE;
  const system = { darwin: join(homedir(), 'Library', 'Caches'), win32: LOCALAPPDATA }[process.platform as string];
  return join(XDG_CACHE_HOME || system || join(homedir(), '.cache'), 'grantlens', 'neo4j');
}

/**
 * The server's program, fetched from Maven Central the first time (about 125 MB, with Graph Data Science 140 MB).
 * Another version than that of this project is for trying what happens there. Throws `NotProvisioned` where it cannot be had.
 */
export async function provision({
  gds = false,
  version = NEO4J_VERSION,
  cache = cacheFolder(),
} = {}): Promise<Provision> {
  const jdk = await findJdk();
  if ('missing' in jdk) throw new NotProvisioned(`Neo4j needs a JDK 17 or 21 and Maven: ${jdk.missing}.`);
  const folder = join(cache, await nameOf({ gds, version }));
  if (!(await exists(folder))) {
    process.stderr.write(`Fetching Neo4j ${version} from Maven Central into ${folder}\n`);
    await fill(folder, { gds, version, cache, jdk });
  }
  const jars = (await readdir(join(folder, 'lib'))).sort().map((jar) => join(folder, 'lib', jar));
  const classPath = [...jars, join(folder, 'launcher.jar')].join(delimiter);
  return { folder, jdk, classPath, ...(gds && { plugins: join(folder, 'plugins') }) };
}

/** Changes with whatever goes into the folder, so that what an older version of this file made is not taken for it. */
async function nameOf({ gds, version }: Packages): Promise<string> {
  const sum = createHash('sha256')
    .update(pomOf({ gds, version }))
    .update(await readFile(LAUNCHER));
  return `neo4j-${version}${gds ? `-gds-${GDS_VERSION}` : ''}-${sum.digest('hex').slice(0, 12)}`;
}

interface Filling extends Packages {
  readonly cache: string;
  readonly jdk: Jdk;
}

async function fill(folder: string, { gds, version, cache, jdk }: Filling): Promise<void> {
  await mkdir(cache, { recursive: true, mode: 0o700 });
  await sweep(cache);
  const making = await mkdtemp(join(cache, MAKING));
  try {
    await writeFile(join(making, 'pom.xml'), pomOf({ gds, version }));
    await called(jdk.mvn, copyJars(join(making, 'pom.xml'), join(making, 'lib')));
    if (gds) await linkPlugins(making);
    await compileLauncher(making, jdk);
    await putInPlace(making, folder);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

/** Removes what processes left that were ended while they provisioned. */
async function sweep(cache: string): Promise<void> {
  const left = (await readdir(cache)).filter((name) => name.startsWith(MAKING)).map((name) => join(cache, name));
  for (const folder of left) {
    const age = Date.now() - (await stat(folder).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    if (age > ABANDONED_AFTER) await rm(folder, { recursive: true, force: true });
  }
}

async function linkPlugins(folder: string): Promise<void> {
  await mkdir(join(folder, 'plugins'));
  const jars = (await readdir(join(folder, 'lib'))).filter(holdsProcedures);
  for (const jar of jars) await link(join(folder, 'lib', jar), join(folder, 'plugins', jar));
}

/** Into a jar, because Java archives classes from jars only. */
async function compileLauncher(folder: string, { javac, jar }: Jdk): Promise<void> {
  const classes = join(folder, 'classes');
  await called(javac, ['-proc:none', '-cp', join(folder, 'lib', '*'), '-d', classes, LAUNCHER]);
  await called(jar, ['--create', '--file', join(folder, 'launcher.jar'), '-C', classes, '.']);
  await rm(classes, { recursive: true });
}

async function putInPlace(made: string, place: string): Promise<void> {
  await rename(made, place).catch(async (error) => {
    if (!(await exists(place))) throw error;
  });
}

async function called(program: string, args: readonly string[]): Promise<void> {
  await run(program, args, { maxBuffer: 1 << 26 }).catch((error: { stdout?: string; stderr?: string }) => {
    const told = `${error.stdout ?? ''}${error.stderr ?? ''}`.trim().split('\n').slice(-5).join('\n');
    throw new NotProvisioned(`Neo4j could not be provisioned: ${program} failed.\n${told || String(error)}`);
  });
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
