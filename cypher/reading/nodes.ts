/** Nodes of a version. The last column tells content that a later batch changed in place: the journal has what was there. */
import { type Statement, statement } from '../statement.ts';
import { thereAt } from './there.ts';

/** What is compiled. All kinds at once: a node that gets another kind meanwhile is met all the same. */
export const SCAN_NODES = statement({
  name: 'reading.scan-nodes',
  mode: 'read',
  parameters: { version: 'INTEGER' },
  text: `
    MATCH (n:Entity)
    WHERE ${thereAt('n')}
    RETURN id(n), n.kind, coalesce(n.longId, n.id), n.disabled, n.search, n.changed > $version
  `,
});

export const LIST_NODES = statement({
  name: 'reading.list-nodes',
  mode: 'read',
  parameters: { version: 'INTEGER' },
  text: `
    MATCH (n:Entity)
    WHERE ${thereAt('n')}
    RETURN id(n), coalesce(n.longId, n.id)
  `,
});

export const NODES_BY_REF = statement({
  name: 'reading.nodes-by-ref',
  mode: 'read',
  parameters: { refs: 'LIST<INTEGER>', version: 'INTEGER' },
  text: `
    UNWIND $refs AS ref
    MATCH (n)
    WHERE id(n) = ref AND n:Entity AND ${thereAt('n')}
    RETURN ref, n.kind, coalesce(n.longId, n.id), n.records, n.changed > $version
  `,
});

/** Where the nodes of some ids are. */
export const REFS_OF_NODES = statement({
  name: 'reading.refs-of-nodes',
  mode: 'read',
  parameters: { ids: 'LIST<STRING>', version: 'INTEGER' },
  text: `
    UNWIND $ids AS key
    MATCH (n:Entity {id: key})
    WHERE ${thereAt('n')}
    RETURN coalesce(n.longId, n.id), id(n)
  `,
});

export const NODE_READING: readonly Statement[] = [SCAN_NODES, LIST_NODES, NODES_BY_REF, REFS_OF_NODES];
