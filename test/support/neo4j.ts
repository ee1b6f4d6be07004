/** Real Neo4j servers for tests: see docs/neo4j-server.md for where they come from. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import neo4j, { type Driver } from 'neo4j-driver';
import { afterAll, describe, inject } from 'vitest';
import type { Lent, Wanted } from './neo4j-broker.ts';
import type { ServerAddress } from './neo4j-sources.ts';

/** A server that one test file has to itself. */
export interface Neo4jForTests extends ServerAddress {
  /** `describe` where there is a server; elsewhere the tests are skipped. */
  readonly describe: typeof describe | typeof describe.skip;
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
  if ('failed' in lent) throw new Error(lent.failed);
  if ('missing' in lent) return without(lent);
  const empty = () => withDriver(lent, (driver) => emptyDatabase(driver, lent.database));
  await empty();
  return { ...lent, describe, empty };
}

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

async function borrow(wanted: Wanted): Promise<Lent> {
  const socket = connect(inject('neo4jBroker'));
  afterAll(() => {
    socket.destroy();
  });
  socket.write(`${JSON.stringify(wanted)}\n`);
  const [line] = (await once(createInterface({ input: socket }), 'line')) as [string];
  return JSON.parse(line) as Lent;
}

function without({ missing, first }: { readonly missing: string; readonly first: boolean }): Neo4jForTests {
  if (process.env['CI']) throw new Error(`CI is set and there is no Neo4j to test against. ${missing}`);
  if (first) process.stderr.write(`Tests against Neo4j are skipped: ${missing.replaceAll('\n', ' ')}\n`);
  // An address, because the body of a `describe` that is skipped runs all the same.
  const none = { uri: 'neo4j://127.0.0.1:1', user: 'neo4j', password: '', database: 'neo4j' };
  return { ...none, describe: describe.skip, empty: async () => {} };
}

async function withDriver(server: ServerAddress, use: (driver: Driver) => Promise<void>): Promise<void> {
  const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password));
  try {
    await use(driver);
  } finally {
    await driver.close();
  }
}
