/** Edges, with effect (relationships) and without (`DanglingEdge`), as a batch finds, makes and removes them. */
import { type EdgeKind, GRANT_FIELDS } from '../../engine/model/index.ts';
import { EDGE_COLUMNS, edgeColumn } from '../edge-columns.ts';
import { type Statement, statement } from '../statement.ts';
import { wordOf } from '../words.ts';
import { perEdgeKind } from './per-kind.ts';

/** The properties of an edge as the expressions of a RETURN. */
const edgeColumns = (of: string): string => EDGE_COLUMNS.map((column) => edgeColumn(of, column)).join(', ');

const ENDS = 'coalesce(a.longId, a.id), coalesce(b.longId, b.id)';
const FOUND = `id(r), r.since, type(r), ${ENDS}, ${edgeColumns('r')}`;
const DANGLING = `id(d), d.since, d.kind, coalesce(d.longFrom, d.from), coalesce(d.longTo, d.to), ${edgeColumns('d')}`;

/** Edges of a kind by their ids: Neo4j's id, since, kind, from, to, then the columns of an edge. */
export const FIND_EDGES = perEdgeKind((kind) =>
  statement({
    name: `ingest.find-edges.${wordOf(kind)}`,
    mode: 'read',
    parameters: { ids: 'LIST<STRING>' },
    text: `
      UNWIND $ids AS key
      MATCH (a)-[r:${kind} {id: key}]->(b)
      RETURN ${FOUND}
    `,
  }),
);

export const EDGES_OF_SOURCES = perEdgeKind((kind) =>
  statement({
    name: `ingest.edges-of-sources.${wordOf(kind)}`,
    mode: 'read',
    parameters: { sources: 'LIST<STRING>' },
    text: `
      MATCH (a)-[r:${kind}]->(b)
      WHERE r.source IN $sources
      RETURN ${FOUND}
    `,
  }),
);

/** All edges of some nodes, with the ends: Neo4j's id, id and kind of each. */
export const EDGES_OF_NODES = statement({
  name: 'ingest.edges-of-nodes',
  mode: 'read',
  parameters: { refs: 'LIST<INTEGER>' },
  text: `
    UNWIND $refs AS ref
    MATCH (n:Entity) WHERE id(n) = ref
    MATCH (n)-[r]-(other:Entity)
    WITH r, startNode(r) AS a, endNode(r) AS b
    WHERE r.id IS NOT NULL AND r.since IS NOT NULL
    RETURN ${FOUND}, id(a), a.kind, id(b), b.kind
  `,
});

const GRANT_COLUMNS: readonly string[] = GRANT_FIELDS;

/** What an edge of a kind can hold, in the order of a row. */
export const columnsOf = (kind: EdgeKind): readonly (typeof EDGE_COLUMNS)[number][] =>
  EDGE_COLUMNS.filter((column) => kind === 'GRANTS' || !GRANT_COLUMNS.includes(column));

const createEdges = (name: string, columns: readonly string[]): Statement =>
  statement({
    name,
    mode: 'write',
    parameters: { type: 'STRING', rows: 'LIST<LIST>', version: 'INTEGER' },
    text: `
      UNWIND $rows AS row
      MATCH (a) WHERE id(a) = row[0]
      MATCH (b) WHERE id(b) = row[1]
      CREATE (a)-[:$($type) {
        ${columns.map((column, i) => `${column}: row[${i + 2}]`).join(', ')},
        since: $version
      }]->(b)
    `,
  });

/**
 * Edges of one kind, which is told: one plan serves all that hold the same. Rows are lists: Neo4j's ids of the ends, then the
 * columns of the kind. What is null is not set.
 */
export const CREATE_EDGES = createEdges('ingest.create-edges', columnsOf('MEMBER_OF'));
export const CREATE_GRANTS = createEdges('ingest.create-grants', columnsOf('GRANTS'));

export const DELETE_EDGES = perEdgeKind((kind) =>
  statement({
    name: `ingest.delete-edges.${wordOf(kind)}`,
    mode: 'write',
    parameters: { refs: 'LIST<INTEGER>' },
    text: `
      UNWIND $refs AS ref
      MATCH ()-[r:${kind}]->() WHERE id(r) = ref
      DELETE r
    `,
  }),
);

export const MARK_EDGES = perEdgeKind((kind) =>
  statement({
    name: `ingest.mark-edges.${wordOf(kind)}`,
    mode: 'write',
    parameters: { refs: 'LIST<INTEGER>', until: 'INTEGER' },
    text: `
      UNWIND $refs AS ref
      MATCH ()-[r:${kind}]->() WHERE id(r) = ref
      SET r.until = $until
    `,
  }),
);

export const UNMARK_EDGES = perEdgeKind((kind) =>
  statement({
    name: `ingest.unmark-edges.${wordOf(kind)}`,
    mode: 'write',
    parameters: { ids: 'LIST<STRING>', until: 'INTEGER' },
    text: `
      UNWIND $ids AS key
      MATCH ()-[r:${kind} {id: key}]->() WHERE r.until = $until
      REMOVE r.until
    `,
  }),
);

export const SWEEP_EDGES = perEdgeKind((kind) =>
  statement({
    name: `ingest.sweep-edges.${wordOf(kind)}`,
    mode: 'write',
    parameters: { ids: 'LIST<STRING>', until: 'INTEGER' },
    text: `
      UNWIND $ids AS key
      MATCH ()-[r:${kind} {id: key}]->() WHERE r.until = $until
      DELETE r
    `,
  }),
);

/** Takes back edges that a batch made which did not get to its end. */
export const UNMAKE_EDGES = perEdgeKind((kind) =>
  statement({
    name: `ingest.unmake-edges.${wordOf(kind)}`,
    mode: 'write',
    parameters: { ids: 'LIST<STRING>', since: 'INTEGER' },
    text: `
      UNWIND $ids AS key
      MATCH ()-[r:${kind} {id: key}]->() WHERE r.since = $since
      DELETE r
    `,
  }),
);

export const FIND_DANGLING = statement({
  name: 'ingest.find-dangling',
  mode: 'read',
  parameters: { ids: 'LIST<STRING>' },
  text: `
    UNWIND $ids AS key
    MATCH (d:DanglingEdge {id: key})
    RETURN ${DANGLING}
  `,
});

export const DANGLING_OF_SOURCES = statement({
  name: 'ingest.dangling-of-sources',
  mode: 'read',
  parameters: { sources: 'LIST<STRING>' },
  text: `
    MATCH (d:DanglingEdge)
    WHERE d.source IN $sources
    RETURN ${DANGLING}
  `,
});

/** Edges without effect that lead from or to some nodes. */
export const DANGLING_AT = statement({
  name: 'ingest.dangling-at',
  mode: 'read',
  parameters: { ids: 'LIST<STRING>' },
  text: `
    UNWIND $ids AS key
    CALL (key) {
      MATCH (d:DanglingEdge {from: key}) RETURN d
      UNION
      MATCH (d:DanglingEdge {to: key}) RETURN d
    }
    RETURN ${DANGLING}
  `,
});

export const CREATE_DANGLING = statement({
  name: 'ingest.create-dangling',
  mode: 'write',
  parameters: { rows: 'LIST<MAP>' },
  text: `
    UNWIND $rows AS row
    CREATE (d:DanglingEdge)
    SET d = row
  `,
});

export const DELETE_DANGLING = statement({
  name: 'ingest.delete-dangling',
  mode: 'write',
  parameters: { refs: 'LIST<INTEGER>' },
  text: `
    UNWIND $refs AS ref
    MATCH (d:DanglingEdge) WHERE id(d) = ref
    DETACH DELETE d
  `,
});

export const MARK_DANGLING = statement({
  name: 'ingest.mark-dangling',
  mode: 'write',
  parameters: { refs: 'LIST<INTEGER>', until: 'INTEGER' },
  text: `
    UNWIND $refs AS ref
    MATCH (d:DanglingEdge) WHERE id(d) = ref
    SET d.until = $until
  `,
});

export const UNMARK_DANGLING = statement({
  name: 'ingest.unmark-dangling',
  mode: 'write',
  parameters: { ids: 'LIST<STRING>', until: 'INTEGER' },
  text: `
    UNWIND $ids AS key
    MATCH (d:DanglingEdge {id: key}) WHERE d.until = $until
    REMOVE d.until
  `,
});

export const SWEEP_DANGLING = statement({
  name: 'ingest.sweep-dangling',
  mode: 'write',
  parameters: { ids: 'LIST<STRING>', until: 'INTEGER' },
  text: `
    UNWIND $ids AS key
    MATCH (d:DanglingEdge {id: key}) WHERE d.until = $until
    DETACH DELETE d
  `,
});

export const UNMAKE_DANGLING = statement({
  name: 'ingest.unmake-dangling',
  mode: 'write',
  parameters: { ids: 'LIST<STRING>', since: 'INTEGER' },
  text: `
    UNWIND $ids AS key
    MATCH (d:DanglingEdge {id: key}) WHERE d.since = $since
    DETACH DELETE d
  `,
});

export const EDGE_STATEMENTS: readonly Statement[] = [
  ...[FIND_EDGES, EDGES_OF_SOURCES, DELETE_EDGES].flatMap((each) => Object.values(each)),
  ...[MARK_EDGES, UNMARK_EDGES, SWEEP_EDGES, UNMAKE_EDGES].flatMap((each) => Object.values(each)),
  EDGES_OF_NODES,
  CREATE_EDGES,
  CREATE_GRANTS,
  FIND_DANGLING,
  DANGLING_OF_SOURCES,
  DANGLING_AT,
  CREATE_DANGLING,
  DELETE_DANGLING,
  MARK_DANGLING,
  UNMARK_DANGLING,
  SWEEP_DANGLING,
  UNMAKE_DANGLING,
];
