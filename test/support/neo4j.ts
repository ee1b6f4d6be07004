/** Real Neo4j servers for tests: see docs/neo4j-server.md for where they come from. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import neo4j, { type Driver } from 'neo4j-driver';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import { type Neo4jOptions, type RunningNeo4j, startNeo4j } from '../../scripts/neo4j/index.ts';
import type { Lent, Wanted } from './neo4j-broker.ts';
import type { ServerAddress } from './neo4j-sources.ts';

type Describe = typeof describe | typeof describe.skip;

/** A server that one test file has to itself. */
export interface Neo4jForTests extends ServerAddress {
  /** `describe` where there is a server; elsewhere the tests are skipped. */
  readonly describe: Describe;
  /** Removes all data, constraints and indexes. */
  readonly empty: () => Promise<void>;
}

/**
 * Waits for an empty server for this test file, which gives it back at its end. Call it at the top of the file, with
 * `await`, and write the tests in its `describe`. Where no server is to be had they are skipped, and one line of the run
 * says so; with `CI` set that is an error.
 */
export async function neo4jForTests({ gds = false }: Partial<Wanted> = {}): Promise<Neo4jForTests> {
  const lent = await borrow({ gds });
  if (lent === undefined || !('uri' in lent)) return { ...NOWHERE, describe: describe.skip, empty: async () => {} };
  const empty = () =>
    withDriver(lent, async (driver) => {
      if (gds) await dropProjections(driver, lent.database);
      await emptyDatabase(driver, lent.database);
    });
  await empty();
  return { ...lent, describe, empty };
}

/** Starts servers for one test file that stops, kills or configures them. */
export interface OwnNeo4j {
  /** `describe` where a server can be started; elsewhere the tests are skipped. */
  readonly describe: Describe;
  /** Starts one, as `startNeo4j` does; it is stopped at the end of the file if it was not before. */
  readonly start: typeof startNeo4j;
}

/** For the few files that need a server that no one else uses: for all others there is {@link neo4jForTests}. */
export async function ownNeo4j(): Promise<OwnNeo4j> {
  const lent = await borrow({ gds: false, own: true });
  const started: RunningNeo4j[] = [];
  afterAll(() => Promise.all(started.map((server) => server.stop())), 60_000);
  const start: typeof startNeo4j = async (options) => {
    const server = await startNeo4j(options);
    started.push(server);
    return server;
  };
  return { describe: lent !== undefined ? describe : describe.skip, start };
}

/** One server that a test file restarts, kills and sets up as it likes. */
export interface OneOwnNeo4j extends OwnNeo4j {
  /** The server: from the first `beforeAll` on. */
  readonly server: () => RunningNeo4j;
}

/** {@link ownNeo4j} with one server that is started before the tests. It bears wrong passwords, which would lock the user out for a while. */
export async function oneOwnNeo4j(options: Neo4jOptions = {}): Promise<OneOwnNeo4j> {
  const own = await ownNeo4j();
  let server: RunningNeo4j | undefined;
  if (own.describe === describe)
    beforeAll(async () => {
      const settings = { 'dbms.security.auth_max_failed_attempts': '0', ...options.settings };
      server = await own.start({ ...options, settings });
    }, 300_000);
  return { ...own, server: () => server! };
}

/** An address, because the body of a `describe` that is skipped runs all the same. */
const NOWHERE: ServerAddress = { uri: 'neo4j://127.0.0.1:1', user: 'neo4j', password: '', database: 'neo4j' };

/** Removes all data, constraints and indexes of a database. */
export async function emptyDatabase(driver: Driver, database: string): Promise<void> {
  const session = driver.session({ database });
  try {
    await session.run('MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS');
    await dropAll(driver, database, 'CONSTRAINT', 'SHOW CONSTRAINTS YIELD name');
    await dropAll(driver, database, 'INDEX', "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'");
  } finally {
    await session.close();
  }
}

async function dropAll(driver: Driver, database: string, kind: 'CONSTRAINT' | 'INDEX', show: string): Promise<void> {
  const { records } = await driver.executeQuery(show, {}, { database });
  const names = records.map((record) => record.get('name') as string);
  for (const name of names)
    await driver.executeQuery(`DROP ${kind} \`${name.replaceAll('`', '``')}\``, {}, { database });
}

/** Of Graph Data Science, which keeps them in memory. */
async function dropProjections(driver: Driver, database: string): Promise<void> {
  const list = 'CALL gds.graph.list() YIELD graphName CALL gds.graph.drop(graphName) YIELD nodeCount RETURN count(*)';
  await driver.executeQuery(list, {}, { database });
}

/** What the broker lends, or undefined where there is nothing to lend; that is told once a run, and with `CI` thrown. */
async function borrow(wanted: Wanted): Promise<Exclude<Lent, { missing: string } | { failed: string }> | undefined> {
  const socket = connect(inject('neo4jBroker'));
  afterAll(() => {
    socket.destroy();
  });
  socket.write(`${JSON.stringify(wanted)}\n`);
  const [line] = (await once(createInterface({ input: socket }), 'line')) as [string];
  const lent = JSON.parse(line) as Lent;
  if ('failed' in lent) throw new Error(lent.failed);
  if (!('missing' in lent)) return lent;
  if (process.env['CI']) throw new Error(`CI is set and there is no Neo4j to test against. ${lent.missing}`);
  const why = lent.missing.replaceAll('\n', ' ');
  if (lent.first) process.stderr.write(`Tests against Neo4j are skipped: ${why} See docs/neo4j-server.md.\n`);
  return undefined;
}

async function withDriver(server: ServerAddress, use: (driver: Driver) => Promise<void>): Promise<void> {
  const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password));
  try {
    await use(driver);
  } finally {
    await driver.close();
  }
}
