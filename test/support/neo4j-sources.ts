/**
 * Where tests get a Neo4j from, in the order of looking: `NEO4J_TEST_URI`, Docker, JDK and Maven. The first that is there
 * is taken; one that is there and fails is a failure, not a reason to look on.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import neo4j from 'neo4j-driver';
import { generatedPassword, NotProvisioned, provision, startNeo4j } from '../../scripts/neo4j/index.ts';

const run = promisify(execFile);
const IMAGE = 'neo4j:5.26-community';

/** Servers that take half a gigabyte each; few files ask for Graph Data Science. */
const MOST = (gds: boolean): number => (gds ? 1 : 2);

/** How to reach a server. */
export interface ServerAddress {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** A server that the tests started, or were given. */
export interface TestServer extends ServerAddress {
  /** Whether its process is there; true where that cannot be seen. */
  readonly alive: () => boolean;
  readonly stop: () => Promise<void>;
}

/** A way to get servers. */
export interface ServerSource {
  /** How many servers may run at once. */
  readonly most: (gds: boolean) => number;
  /** The same server whether Graph Data Science is asked for or not. */
  readonly one: boolean;
  readonly start: (gds: boolean) => Promise<TestServer>;
}

/** The way there is on this machine, or why there is none. */
export async function findSource(): Promise<ServerSource | { readonly missing: string }> {
  return given() ?? (await docker()) ?? (await jdk());
}

/** A server somebody runs; whatever is in it goes. With `gds` it must have the plugin. */
function given(): ServerSource | undefined {
  const { NEO4J_TEST_URI, NEO4J_TEST_USER, NEO4J_TEST_PASSWORD, NEO4J_TEST_DATABASE } = process.env;
  if (!NEO4J_TEST_URI) return undefined;
  const server: TestServer = {
    uri: NEO4J_TEST_URI,
    user: NEO4J_TEST_USER || 'neo4j',
    password: NEO4J_TEST_PASSWORD ?? '',
    database: NEO4J_TEST_DATABASE || 'neo4j',
    alive: () => true,
    stop: async () => {},
  };
  return { most: () => 1, one: true, start: async () => server };
}

async function docker(): Promise<ServerSource | undefined> {
  const there = await run('docker', ['version', '--format', '{{.Server.Version}}']).then(
    () => true,
    () => false,
  );
  return there ? { most: MOST, one: false, start: startContainer } : undefined;
}

/** The password goes by a file: arguments of a process are public. */
async function startContainer(gds: boolean): Promise<TestServer> {
  const password = generatedPassword();
  const folder = await mkdtemp(join(tmpdir(), 'grantlens-docker-'));
  const environment = [`NEO4J_AUTH=neo4j/${password}`, ...(gds ? ['NEO4J_PLUGINS=["graph-data-science"]'] : [])];
  await writeFile(join(folder, 'env'), environment.join('\n'), { mode: 0o600 });
  const args = ['run', '--detach', '--rm', '--publish', '127.0.0.1::7687', '--env-file', join(folder, 'env'), IMAGE];
  const { stdout } = await run('docker', args).finally(() => rm(folder, { recursive: true }));
  const container = stdout.trim();
  const stop = async () => {
    await run('docker', ['rm', '--force', '--volumes', container]);
  };
  try {
    const { stdout: address } = await run('docker', ['port', container, '7687/tcp']);
    const uri = `neo4j://${address.trim()}`;
    const server = { uri, user: 'neo4j', password, database: 'neo4j', alive: () => true, stop };
    await untilItAnswers(server);
    return server;
  } catch (error) {
    await stop();
    throw error;
  }
}

async function untilItAnswers({ uri, user, password }: ServerAddress): Promise<void> {
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password));
  try {
    for (let left = 180; ; left--) {
      const error = await driver.verifyConnectivity().then(
        () => undefined,
        (reason) => reason,
      );
      if (error === undefined) return;
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  } finally {
    await driver.close();
  }
}

/** Started from Maven Central: see scripts/neo4j. */
export async function jdk(): Promise<ServerSource | { readonly missing: string }> {
  try {
    await provision();
  } catch (error) {
    if (error instanceof NotProvisioned) return { missing: error.message };
    throw error;
  }
  // Tests try wrong passwords; a real server then locks the account for a while.
  const settings = { 'dbms.security.auth_max_failed_attempts': '0' };
  const start = async (gds: boolean): Promise<TestServer> => {
    const server = await startNeo4j({ gds, settings });
    const { uri, user, password, database } = server;
    return { uri, user, password, database, alive: () => server.pid() !== undefined, stop: () => server.stop() };
  };
  return { most: MOST, one: false, start };
}
