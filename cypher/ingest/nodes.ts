/** Nodes of the graph, as a batch finds, makes, changes and removes them. */
import { isIdentityKind, isPrincipalKind, type NodeKind } from '../../engine/model/index.ts';
import { type Statement, statement } from '../statement.ts';
import { wordOf } from '../words.ts';
import { perNodeKind } from './per-kind.ts';

/** The labels of a kind of node beside `Entity`. */
export const kindLabels = (kind: NodeKind): readonly string[] => [
  ...(isPrincipalKind(kind) ? ['Principal'] : []),
  ...(isIdentityKind(kind) ? ['Identity'] : []),
  kind,
];

/** Whole nodes by their ids. */
export const FIND_NODES = statement({
  name: 'ingest.find-nodes',
  mode: 'read',
  parameters: { ids: 'LIST<STRING>' },
  text: `
    UNWIND $ids AS key
    MATCH (n:Entity {id: key})
    RETURN id(n), coalesce(n.longId, n.id), n.kind, n.since, n.changed, n.records
  `,
});

/** What an edge has to know of its ends. */
export const FIND_ENDS = statement({
  name: 'ingest.find-ends',
  mode: 'read',
  parameters: { ids: 'LIST<STRING>' },
  text: `
    UNWIND $ids AS key
    MATCH (n:Entity {id: key})
    RETURN id(n), coalesce(n.longId, n.id), n.kind
  `,
});

/** All nodes that some sources vouch for. */
export const NODES_OF_SOURCES = statement({
  name: 'ingest.nodes-of-sources',
  mode: 'read',
  parameters: { sources: 'LIST<STRING>' },
  text: `
    MATCH (n:Entity)
    WHERE any(source IN n.sources WHERE source IN $sources)
    RETURN id(n), coalesce(n.longId, n.id), n.kind, n.since, n.changed, n.records
  `,
});

/** What a node can hold, in the order of a row, but for the versions that made and changed it. */
export const NODE_COLUMNS = [
  'id',
  'longId',
  'name',
  'kind',
  'sources',
  'records',
  'search',
  'disabled',
  'enabled',
  'department',
  'title',
  'manager',
  'employeeType',
  'owner',
  'distinguishedName',
  'email',
  'definition',
  'resourceType',
  'sensitivity',
] as const;

/**
 * Nodes of one kind, whose labels beside `Entity` are told: one plan serves all kinds. Rows are lists: shorter on the way than
 * maps, and what is null is not set. Gives Neo4j's ids in the order of the rows.
 */
export const CREATE_NODES = statement({
  name: 'ingest.create-nodes',
  mode: 'write',
  parameters: { labels: 'LIST<STRING>', rows: 'LIST<LIST>', version: 'INTEGER' },
  text: `
    UNWIND range(0, size($rows) - 1) AS place
    WITH place, $rows[place] AS row
    CREATE (n:Entity:$($labels) {
      ${NODE_COLUMNS.map((column, i) => `${column}: row[${i}]`).join(', ')},
      since: $version, changed: $version
    })
    RETURN collect(place), collect(id(n))
  `,
});

/** Puts what a node holds in the place of what it held. */
export const CHANGE_NODES = statement({
  name: 'ingest.change-nodes',
  mode: 'write',
  parameters: { rows: 'LIST<MAP>' },
  text: `
    UNWIND $rows AS row
    MATCH (n:Entity) WHERE id(n) = row.ref
    SET n = row.properties
  `,
});

/** Gives nodes another kind. */
export const RELABEL_NODES = perNodeKind((kind) =>
  statement({
    name: `ingest.relabel-nodes.${wordOf(kind)}`,
    mode: 'write',
    parameters: { refs: 'LIST<INTEGER>' },
    text: `
      UNWIND $refs AS ref
      MATCH (n:Entity) WHERE id(n) = ref
      REMOVE n:Principal:Identity:User:ServiceAccount:Group:Role:Resource
      SET n:${kindLabels(kind).join(':')}
    `,
  }),
);

/** With whatever others have tied to them: a node that no source vouches for any more is gone. */
export const DELETE_NODES = statement({
  name: 'ingest.delete-nodes',
  mode: 'write',
  parameters: { refs: 'LIST<INTEGER>' },
  text: `
    UNWIND $refs AS ref
    MATCH (n:Entity) WHERE id(n) = ref
    DETACH DELETE n
  `,
});

export const MARK_NODES = statement({
  name: 'ingest.mark-nodes',
  mode: 'write',
  parameters: { refs: 'LIST<INTEGER>', until: 'INTEGER' },
  text: `
    UNWIND $refs AS ref
    MATCH (n:Entity) WHERE id(n) = ref
    SET n.until = $until
  `,
});

/** Takes back the mark of a removal that did not come about. */
export const UNMARK_NODES = statement({
  name: 'ingest.unmark-nodes',
  mode: 'write',
  parameters: { ids: 'LIST<STRING>', until: 'INTEGER' },
  text: `
    UNWIND $ids AS key
    MATCH (n:Entity {id: key}) WHERE n.until = $until
    REMOVE n.until
  `,
});

export const SWEEP_NODES = statement({
  name: 'ingest.sweep-nodes',
  mode: 'write',
  parameters: { ids: 'LIST<STRING>', until: 'INTEGER' },
  text: `
    UNWIND $ids AS key
    MATCH (n:Entity {id: key}) WHERE n.until = $until
    DETACH DELETE n
  `,
});

/** Takes back nodes that a batch made which did not get to its end. */
export const UNMAKE_NODES = statement({
  name: 'ingest.unmake-nodes',
  mode: 'write',
  parameters: { ids: 'LIST<STRING>', since: 'INTEGER' },
  text: `
    UNWIND $ids AS key
    MATCH (n:Entity {id: key}) WHERE n.since = $since
    DETACH DELETE n
  `,
});

/** Nodes that are merged from several sources, whose content follows from the order of precedence. */
export const MERGED_NODES = statement({
  name: 'ingest.merged-nodes',
  mode: 'read',
  parameters: {},
  text: `
    MATCH (n:Entity)
    WHERE size(n.sources) > 1
    RETURN id(n), coalesce(n.longId, n.id), n.kind, n.since, n.changed, n.records
  `,
});

export const SET_PRECEDENCE = statement({
  name: 'ingest.set-precedence',
  mode: 'write',
  parameters: { precedence: 'LIST<STRING>' },
  text: `MATCH (h:GraphHead {name: 'head'}) SET h.precedence = $precedence`,
});

export const NODE_STATEMENTS: readonly Statement[] = [
  FIND_NODES,
  FIND_ENDS,
  NODES_OF_SOURCES,
  CREATE_NODES,
  CHANGE_NODES,
  ...Object.values(RELABEL_NODES),
  DELETE_NODES,
  MARK_NODES,
  UNMARK_NODES,
  SWEEP_NODES,
  UNMAKE_NODES,
  MERGED_NODES,
  SET_PRECEDENCE,
];
