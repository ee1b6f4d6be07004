import neo4j, { type Driver } from 'neo4j-driver';
import { type RunningNeo4j, startNeo4j } from '../../scripts/neo4j/index.ts';

/** How a part of the bench reaches the server. Passed between processes, never as an argument. */
export interface Address {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export const MEMORY = { heap: '4g', pageCache: '1g' } as const;

/** A new server, with the memory that the bench gives it. */
export const freshServer = (): Promise<RunningNeo4j> => startNeo4j(MEMORY);

export const addressOf = ({ uri, user, password, database }: RunningNeo4j): Address => ({
  uri,
  user,
  password,
  database,
});

/** A driver with default settings. Direct, so that no question waits for a routing table. */
export const driverTo = ({ uri, user, password }: Address): Driver =>
  neo4j.driver(uri.replace('neo4j:', 'bolt:'), neo4j.auth.basic(user, password));

/** Takes out all data, constraints and indexes, so that the next load finds a warm server without a graph. */
export async function wipe(address: Address): Promise<void> {
  const driver = driverTo(address);
  const { database } = address;
  const session = driver.session({ database });
  const names = async (text: string) => (await session.run(text)).records.map((record) => record.get('name') as string);
  try {
    for (const name of await names('SHOW CONSTRAINTS YIELD name')) await session.run(`DROP CONSTRAINT \`${name}\``);
    for (const name of await names("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name"))
      await session.run(`DROP INDEX \`${name}\``);
    await session.run('MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 20000 ROWS');
    await session.run('MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 20000 ROWS');
  } finally {
    await session.close();
    await driver.close();
  }
}

/** What the server says it is. */
export async function versionOf(address: Address): Promise<string> {
  const driver = driverTo(address);
  try {
    return (await driver.getServerInfo({ database: address.database })).agent ?? 'unknown';
  } finally {
    await driver.close();
  }
}
