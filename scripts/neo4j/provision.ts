/** Puts the jars of a Neo4j server and its launcher into a cache folder. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolderOf, keptFolder } from '../cache-folder.ts';
import { findJdk, type Jdk } from './jdk.ts';
import { copyJars, GDS_VERSION, holdsProcedures, NEO4J_VERSION, type Packages, pomOf } from './packages.ts';

const run = promisify(execFile);
const LAUNCHER = join(import.meta.dirname, 'Launcher.java');

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
export const cacheFolder = (environment?: NodeJS.ProcessEnv): string => cacheFolderOf('neo4j', environment);

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
  const folder = await keptFolder(cache, await nameOf({ gds, version }), (making) => {
    process.stderr.write(`Fetching Neo4j ${version} from Maven Central into ${cache}\n`);
    return fill(making, { gds, version, jdk });
  });
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

async function fill(making: string, { gds, version, jdk }: Packages & { readonly jdk: Jdk }): Promise<void> {
  await writeFile(join(making, 'pom.xml'), pomOf({ gds, version }));
  await called(jdk.mvn, copyJars(join(making, 'pom.xml'), join(making, 'lib')));
  if (gds) await linkPlugins(making);
  await compileLauncher(making, jdk);
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

async function called(program: string, args: readonly string[]): Promise<void> {
  await run(program, args, { maxBuffer: 1 << 26 }).catch((error: { stdout?: string; stderr?: string }) => {
    const told = `${error.stdout ?? ''}${error.stderr ?? ''}`.trim().split('\n').slice(-5).join('\n');
    throw new NotProvisioned(`Neo4j could not be provisioned: ${program} failed.\n${told || String(error)}`);
  });
}
