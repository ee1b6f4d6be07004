/** Everything that lies in the database, whole, to be held against what it should be. */
import { EDGE_COLUMNS, INSTANT_COLUMNS } from '../edge-columns.ts';
import { perEdgeKind } from '../ingest/per-kind.ts';
import { type Statement, statement } from '../statement.ts';
import { wordOf } from '../words.ts';
import { DANGLING_ENDS, ENDS } from './edges.ts';

/** Milliseconds since 1970 of a time; null for what is no time, which would end the statement. */
const instant = (property: string): string =>
  `CASE WHEN ${property} IS :: ZONED DATETIME THEN ${property}.epochMillis END`;

const fieldsOf = (edge: string): string =>
  EDGE_COLUMNS.map((field) => {
    const property = `${edge}.${field}`;
    return `${INSTANT_COLUMNS.includes(field) ? instant(property) : property} AS ${field}`;
  }).join(', ');

export const VERIFY_HEAD = statement({
  name: 'verify.head',
  mode: 'read',
  parameters: {},
  text: `
    MATCH (h:GraphHead {name: 'head'})
    RETURN h.version, h.oldest, h.chain, h.precedence, h.pendingToken, h.pendingChunks, h.sweeping, h.documents
  `,
});

export const VERIFY_NODES = statement({
  name: 'verify.nodes',
  mode: 'read',
  parameters: {},
  text: `
    MATCH (n:Entity)
    RETURN labels(n), properties(n)
  `,
});

export const VERIFY_EDGES = perEdgeKind((kind) =>
  statement({
    name: `verify.edges.${wordOf(kind)}`,
    mode: 'read',
    parameters: {},
    text: `
      MATCH (a)-[r:${kind}]->(b)
      RETURN r.since, r.until, keys(r), a.kind, b.kind, type(r) AS kind, ${ENDS}, ${fieldsOf('r')}
    `,
  }),
);

/** With the kinds of the ends, null for an end that is gone. */
export const VERIFY_DANGLING = statement({
  name: 'verify.dangling',
  mode: 'read',
  parameters: {},
  text: `
    MATCH (d:DanglingEdge)
    OPTIONAL MATCH (a:Entity {id: d.from})
    OPTIONAL MATCH (b:Entity {id: d.to})
    RETURN d.since, d.until, keys(d), a.kind, b.kind, d.kind AS kind, ${DANGLING_ENDS}, ${fieldsOf('d')}
  `,
});

export const VERIFY_USES = statement({
  name: 'verify.uses',
  mode: 'read',
  parameters: {},
  text: `
    MATCH (u:AccessUse)
    RETURN u.since, u.until, u.key, u.identity, u.action, u.resource, u.source, ${instant('u.lastUsedAt')}, u.useCount
  `,
});

export const VERIFY_DOCUMENTS = statement({
  name: 'verify.documents',
  mode: 'read',
  parameters: {},
  text: `
    MATCH (d:GraphDocument)
    RETURN d.name, d.longName, d.value, d.revision
  `,
});

export const VERIFY_READING: readonly Statement[] = [
  VERIFY_HEAD,
  VERIFY_NODES,
  ...Object.values(VERIFY_EDGES),
  VERIFY_DANGLING,
  VERIFY_USES,
  VERIFY_DOCUMENTS,
];
