/**
 * Writes records into an empty Neo4j as the layout of the store says, statement by statement and as plainly as can be: the
 * slow twin of the store's writer, for tests that need a graph of known content and nothing else.
 */
import neo4j, { type Driver } from 'neo4j-driver';
import {
  EDGE_KINDS,
  type EdgeRecord,
  mayJoin,
  NODE_KINDS,
  type NodeKind,
  type NodeRecord,
  type UseRecord,
} from '../../engine/model/index.ts';
import { datetime, edgeProperties, labelsOf, nodeProperties } from '../../engine/store/neo4j/properties.ts';

export interface Records {
  readonly nodes: readonly NodeRecord[];
  readonly edges: readonly EdgeRecord[];
  readonly uses?: readonly UseRecord[];
}

const AT_A_TIME = 5_000;
/** The version that everything came with. */
const VERSION = neo4j.int(1);

/** Takes out everything but constraints and indexes. */
export async function emptied(driver: Driver): Promise<void> {
  const session = driver.session();
  try {
    await session.run('MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS');
  } finally {
    await session.close();
  }
}

/** Writes the records into a database that holds nothing yet. */
export async function writeLayout(driver: Driver, { nodes, edges, uses = [] }: Records): Promise<void> {
  const kinds = new Map(nodes.map((node) => [node.id, node.kind]));
  const has = ({ kind, from, to }: EdgeRecord): boolean => {
    const [a, b] = [kinds.get(from), kinds.get(to)];
    return a !== undefined && b !== undefined && mayJoin(kind, a, b);
  };
  await driver.executeQuery('CREATE CONSTRAINT IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE');
  await driver.executeQuery('CALL db.awaitIndexes(300)');
  for (const kind of NODE_KINDS) await writeNodes(driver, kind, nodes);
  for (const kind of EDGE_KINDS)
    await writeEdges(
      driver,
      kind,
      edges.filter((edge) => edge.kind === kind && has(edge)),
    );
  await writeDangling(
    driver,
    edges.filter((edge) => !has(edge)),
  );
  await writeUses(driver, uses);
  await driver.executeQuery(`CREATE (:GraphHead {name: 'head', version: 1, format: 1, oldest: 1, sweptTo: 1})`);
  await driver.executeQuery(`UNWIND $sources AS source CREATE (s:SourceStatus {loadedAt: 0}) SET s += source`, {
    sources: statusesOf(nodes, edges),
  });
}

async function writeNodes(driver: Driver, kind: NodeKind, nodes: readonly NodeRecord[]): Promise<void> {
  const versions = new Map<string, NodeRecord[]>();
  for (const node of nodes) {
    if (node.kind === kind) versions.set(node.id, [...(versions.get(node.id) ?? []), node]);
  }
  const rows = [...versions.values()].map((each) => ({
    ...nodeProperties(each, []),
    since: VERSION,
    changed: VERSION,
  }));
  await inParts(driver, `UNWIND $rows AS row CREATE (n:${labelsOf(kind).join(':')}) SET n = row`, rows);
}

async function writeEdges(driver: Driver, kind: string, edges: readonly EdgeRecord[]): Promise<void> {
  const rows = edges.map((edge) => ({
    from: edge.from,
    to: edge.to,
    properties: { ...edgeProperties(edge), since: VERSION },
  }));
  await inParts(
    driver,
    `UNWIND $rows AS row
     MATCH (a:Entity {id: row.from}) MATCH (b:Entity {id: row.to})
     CREATE (a)-[r:${kind}]->(b) SET r = row.properties`,
    rows,
  );
}

async function writeDangling(driver: Driver, edges: readonly EdgeRecord[]): Promise<void> {
  const rows = edges.map((edge) => ({
    ...edgeProperties(edge),
    kind: edge.kind,
    from: edge.from,
    to: edge.to,
    since: VERSION,
  }));
  await inParts(driver, 'UNWIND $rows AS row CREATE (n:DanglingEdge) SET n = row', rows);
}

async function writeUses(driver: Driver, uses: readonly UseRecord[]): Promise<void> {
  const rows = uses.map((use) => ({
    ...use,
    lastUsedAt: datetime(use.lastUsedAt),
    useCount: BigInt(use.useCount),
    since: VERSION,
  }));
  await inParts(driver, 'UNWIND $rows AS row CREATE (n:AccessUse) SET n = row', rows);
}

function statusesOf(nodes: readonly NodeRecord[], edges: readonly EdgeRecord[]): readonly object[] {
  const sources = [...new Set([...nodes, ...edges].map(({ source }) => source))].sort();
  const told = (records: readonly { readonly source: string }[], source: string) =>
    neo4j.int(records.filter((record) => record.source === source).length);
  return sources.map((source) => ({ source, nodes: told(nodes, source), edges: told(edges, source) }));
}

async function inParts(driver: Driver, text: string, rows: readonly object[]): Promise<void> {
  for (let i = 0; i < rows.length; i += AT_A_TIME)
    await driver.executeQuery(text, { rows: rows.slice(i, i + AT_A_TIME) });
}
