/** Edges of a version. What a relationship says never changes: a changed edge is another relationship. */
import { EDGE_KINDS } from '../../engine/model/index.ts';
import { EDGE_COLUMNS, edgeColumn } from '../edge-columns.ts';
import { perEdgeKind } from '../ingest/per-kind.ts';
import { type Statement, statement } from '../statement.ts';
import { wordOf } from '../words.ts';
import { thereAt } from './there.ts';

/** The columns as expressions of a RETURN, each with a name of its own. */
export const columnsOf = (edge: string): string =>
  EDGE_COLUMNS.map((column) => `${edgeColumn(edge, column)} AS ${column}`).join(', ');

export const ENDS = 'coalesce(a.longId, a.id) AS from, coalesce(b.longId, b.id) AS to';
export const DANGLING_ENDS = 'coalesce(d.longFrom, d.from) AS from, coalesce(d.longTo, d.to) AS to';

/** How many relationships of a kind there are, of whatever version: the server knows without counting. */
export const COUNT_EDGES = perEdgeKind((kind) =>
  statement({
    name: `reading.count-edges.${wordOf(kind)}`,
    mode: 'read',
    parameters: {},
    text: `
      MATCH ()-[r:${kind}]->()
      RETURN count(r)
    `,
  }),
);

const TERMS_AND_FLAGS = `r.actions AS actions, r.exceptActions AS exceptActions,
        r.effect = 'DENY' AS deny, r.inherit = false AS stops`;
const NO_TERMS_OR_FLAGS = 'null AS actions, null AS exceptActions, null AS deny, null AS stops';

/**
 * The edges of a kind in lists: edges with the same terms and flags together, since a value in a list costs the driver far
 * less than one in a record of its own. The remainder of the internal id keeps lists short, and `from` and `to` choose
 * remainders, so that the server need not gather a whole kind at once. A time without a bound is told as false, since a
 * list that is collected has no nulls.
 */
export const SCAN_EDGES = perEdgeKind((kind) =>
  statement({
    name: `reading.scan-edges.${wordOf(kind)}`,
    mode: 'read',
    parameters: { version: 'INTEGER', slices: 'INTEGER', from: 'INTEGER', to: 'INTEGER' },
    text: `
      MATCH (a)-[r:${kind}]->(b)
      WHERE id(r) % $slices >= $from AND id(r) % $slices < $to
        AND ${thereAt('r')}
      WITH id(r) % $slices AS slice, ${kind === 'GRANTS' ? TERMS_AND_FLAGS : NO_TERMS_OR_FLAGS},
        r.condition IS NOT NULL AS conditional, id(r) AS ref, id(a) AS from, id(b) AS to,
        r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
      RETURN slice, actions, exceptActions, deny, stops, conditional,
        collect(ref) AS refs, collect(from) AS froms, collect(to) AS tos,
        collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
    `,
  }),
);

/** The action patterns that grants have. */
export const SCAN_TERMS = statement({
  name: 'reading.scan-terms',
  mode: 'read',
  parameters: { version: 'INTEGER' },
  text: `
    MATCH ()-[r:GRANTS]->()
    WHERE ${thereAt('r')}
    RETURN DISTINCT r.actions, r.exceptActions
  `,
});

export const EDGES_BY_REF = statement({
  name: 'reading.edges-by-ref',
  mode: 'read',
  parameters: { refs: 'LIST<INTEGER>', version: 'INTEGER' },
  text: `
    UNWIND $refs AS ref
    MATCH (a:Entity)-[r]->(b:Entity)
    WHERE id(r) = ref AND ${thereAt('r')}
    RETURN ref, type(r) AS kind, ${ENDS}, ${columnsOf('r')}
  `,
});

/** The edge of an id, with effect or without, by the indexes of the types. The first column stands for the ref. */
export const EDGE_BY_ID = statement({
  name: 'reading.edge-by-id',
  mode: 'read',
  parameters: { id: 'STRING', version: 'INTEGER' },
  text: [
    ...EDGE_KINDS.map(
      (kind) => `MATCH (a:Entity)-[r:${kind} {id: $id}]->(b:Entity)
WHERE ${thereAt('r')}
RETURN id(r) AS ref, type(r) AS kind, ${ENDS}, ${columnsOf('r')}`,
    ),
    `MATCH (d:DanglingEdge {id: $id})
WHERE ${thereAt('d')}
RETURN null AS ref, d.kind AS kind, ${DANGLING_ENDS}, ${columnsOf('d')}`,
  ].join('\nUNION ALL\n'),
});

/** Where the edges of some ids are, by the indexes of the types. */
export const REFS_OF_EDGES = statement({
  name: 'reading.refs-of-edges',
  mode: 'read',
  parameters: { ids: 'LIST<STRING>', version: 'INTEGER' },
  text: EDGE_KINDS.map(
    (kind) => `UNWIND $ids AS key
MATCH ()-[r:${kind} {id: key}]->()
WHERE ${thereAt('r')}
RETURN r.id AS id, id(r) AS ref`,
  ).join('\nUNION ALL\n'),
});

/** Edges without effect: their ids, and what they are sorted by first. */
export const LIST_DANGLING = statement({
  name: 'reading.list-dangling',
  mode: 'read',
  parameters: { version: 'INTEGER' },
  text: `
    MATCH (d:DanglingEdge)
    WHERE ${thereAt('d')}
    RETURN d.id, d.kind, ${DANGLING_ENDS}
  `,
});

export const DANGLING_BY_ID = statement({
  name: 'reading.dangling-by-id',
  mode: 'read',
  parameters: { ids: 'LIST<STRING>', version: 'INTEGER' },
  text: `
    UNWIND $ids AS key
    MATCH (d:DanglingEdge {id: key})
    WHERE ${thereAt('d')}
    RETURN null AS ref, d.kind AS kind, ${DANGLING_ENDS}, ${columnsOf('d')}
  `,
});

export const EDGE_READING: readonly Statement[] = [
  ...Object.values(COUNT_EDGES),
  ...Object.values(SCAN_EDGES),
  SCAN_TERMS,
  EDGES_BY_REF,
  EDGE_BY_ID,
  REFS_OF_EDGES,
  LIST_DANGLING,
  DANGLING_BY_ID,
];
