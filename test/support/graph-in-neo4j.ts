/** Puts plain records into a Neo4j as version 1 of a graph, laid out as the store lays it out, without the store. */
import neo4j, { type Driver } from 'neo4j-driver';
import { EDGE_KINDS, type EdgeRecord, NODE_KINDS, type NodeRecord } from '../../engine/model/index.ts';
import { edgeProperties, labelsOf, nodeProperties } from '../../engine/store/neo4j/properties.ts';
import type { ServerAddress } from './neo4j-sources.ts';

const VERSION = neo4j.int(1);

export async function putGraph(
  server: ServerAddress,
  nodes: readonly NodeRecord[],
  edges: readonly EdgeRecord[],
): Promise<void> {
  await withDriver(server, async (driver) => {
    const run = (text: string, parameters = {}) => driver.executeQuery(text, parameters, { database: server.database });
    await run('CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE');
    await run("CREATE (:GraphHead {name: 'head', version: $version, sweptTo: 0})", { version: VERSION });
    const since = { since: VERSION };
    const versions = new Map<string, NodeRecord[]>();
    for (const node of nodes) versions.set(node.id, [...(versions.get(node.id) ?? []), node]);
    for (const kind of NODE_KINDS) {
      const ofKind = [...versions.values()].filter(([first]) => first!.kind === kind);
      const rows = ofKind.map((each) => ({ ...nodeProperties(each, []), ...since }));
      await run(`UNWIND $rows AS row CREATE (n:${labelsOf(kind).join(':')}) SET n = row`, { rows });
    }
    for (const kind of EDGE_KINDS) {
      const rows = edges
        .filter((edge) => edge.kind === kind)
        .map((edge) => ({ from: edge.from, to: edge.to, properties: { ...edgeProperties(edge), ...since } }));
      const text = `UNWIND $rows AS row MATCH (a:Entity {id: row.from}) MATCH (b:Entity {id: row.to})
        CREATE (a)-[r:${kind}]->(b) SET r = row.properties`;
      await run(text, { rows });
    }
  });
}

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

async function withDriver(server: ServerAddress, use: (driver: Driver) => Promise<void>): Promise<void> {
  const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password));
  try {
    await use(driver);
  } finally {
    await driver.close();
  }
}
