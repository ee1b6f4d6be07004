/** What is in a Neo4j and in the memory of its Graph Data Science, to tell whether anything was written or left. */
import neo4j, { type Driver } from 'neo4j-driver';
import type { ServerAddress } from './neo4j-sources.ts';

/** Everything that is in a database, as sorted lines: nodes and relationships with labels, types and properties. */
export async function contentOf(server: ServerAddress): Promise<readonly string[]> {
  const texts = [
    'MATCH (n) RETURN elementId(n) AS id, labels(n) AS words, properties(n) AS properties',
    'MATCH ()-[r]->() RETURN elementId(r) AS id, [type(r), elementId(startNode(r)), elementId(endNode(r))] AS words, properties(r) AS properties',
  ];
  const lines: string[] = [];
  await withDriver(server, async (driver) => {
    for (const text of texts) {
      const { records } = await driver.executeQuery(text, {}, { database: server.database });
      for (const record of records) lines.push(JSON.stringify(record.toObject(), (_, value) => sorted(value)));
    }
  });
  return lines.sort();
}

/** Names of the projections that are in the memory of Graph Data Science. */
export async function projectionsOf(server: ServerAddress): Promise<readonly string[]> {
  let names: readonly string[] = [];
  await withDriver(server, async (driver) => {
    const { records } = await driver.executeQuery('CALL gds.graph.list() YIELD graphName RETURN graphName');
    names = records.map((record) => record.get('graphName') as string);
  });
  return names;
}

const sorted = (value: unknown): unknown =>
  value === null || typeof value !== 'object' || Array.isArray(value)
    ? value
    : Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));

export async function withDriver(server: ServerAddress, use: (driver: Driver) => Promise<void>): Promise<void> {
  const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password));
  try {
    await use(driver);
  } finally {
    await driver.close();
  }
}
