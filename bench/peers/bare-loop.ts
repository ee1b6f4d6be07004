/**
 * Writing a graph to Neo4j as one does by hand: the constraint on `Entity.id` first, then nodes, then relationships whose
 * ends are matched by id, by UNWIND … CREATE of 10,000 rows a transaction. It checks nothing, keeps no journal, and makes no
 * more of a node than its labels and its scalar attributes; relationships keep every property that the product keeps.
 */
import neo4j, { type Driver } from 'neo4j-driver';
import type { Change, EdgeRecord, NodeRecord, UseRecord } from '../../engine/index.ts';
import { productProperties } from '../product.ts';

const ROWS = 10_000;

type Row = Record<string, unknown>;
interface Step {
  readonly statement: string;
  readonly rows: readonly Row[];
}

/** Rows by statement. Made before the clock runs. */
export async function bareSteps(changes: Iterable<Change>): Promise<readonly Step[]> {
  const { edgeProperties, labelsOf } = await productProperties();
  const nodes = new Map<string, Map<string, Row>>();
  const edges = new Map<string, Row[]>();
  const uses: Row[] = [];
  for (const change of changes) {
    if (change.op === 'PUT_NODE') addNode(nodes, change.node);
    if (change.op === 'PUT_EDGE') at(edges, change.edge.kind, () => []).push(edgeRow(change.edge, edgeProperties));
    if (change.op === 'PUT_USE') uses.push(useRow(change.use));
  }
  return [
    ...[...nodes].map(([kind, rows]) => ({
      statement: `UNWIND $rows AS row CREATE (n:${labelsOf(kind as NodeRecord['kind']).join(':')}) SET n = row`,
      rows: [...rows.values()],
    })),
    ...[...edges].map(([kind, rows]) => ({
      statement: `UNWIND $rows AS row
        MATCH (a:Entity {id: row.from}) MATCH (b:Entity {id: row.to}) CREATE (a)-[r:${kind}]->(b) SET r = row.properties`,
      rows,
    })),
    { statement: 'UNWIND $rows AS row CREATE (n:AccessUse) SET n = row', rows: uses },
  ];
}

function addNode(nodes: Map<string, Map<string, Row>>, { kind, attributes, ...rest }: NodeRecord): void {
  const scalars = Object.entries(attributes).filter(([, value]) => typeof value !== 'object');
  const ofKind = at(nodes, kind, () => new Map<string, Row>());
  ofKind.set(rest.id, { ...ofKind.get(rest.id), ...Object.fromEntries(scalars), ...rest });
}

const edgeRow = (edge: EdgeRecord, properties: (edge: EdgeRecord) => Row): Row => ({
  from: edge.from,
  to: edge.to,
  properties: properties(edge),
});

const useRow = (use: UseRecord): Row => ({
  ...use,
  lastUsedAt: neo4j.types.DateTime.fromStandardDate(new Date(use.lastUsedAt)),
  useCount: neo4j.int(use.useCount),
});

function at<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const there = map.get(key) ?? make();
  map.set(key, there);
  return there;
}

/** Runs the loop. */
export async function runBareLoop(driver: Driver, database: string, steps: readonly Step[]): Promise<void> {
  const session = driver.session({ database });
  try {
    await session.run('CREATE CONSTRAINT bare_entity_id FOR (n:Entity) REQUIRE n.id IS UNIQUE');
    await session.run('CALL db.awaitIndexes(300)');
    for (const { statement, rows } of steps) {
      for (let first = 0; first < rows.length; first += ROWS)
        await session.executeWrite((tx) => tx.run(statement, { rows: rows.slice(first, first + ROWS) }));
    }
  } finally {
    await session.close();
  }
}
