/** Batches, the parts of their journal, and how sources stand. */
import { type Statement, statement } from '../statement.ts';

export const FIND_BATCH = statement({
  name: 'ingest.find-batch',
  mode: 'read',
  parameters: { id: 'STRING' },
  text: `
    MATCH (b:GraphBatch {id: $id})
    RETURN b.version, coalesce(b.longId, b.id), b.source, b.appliedAt, b.added, b.changed, b.removed, b.token
  `,
});

export const CREATE_CHUNK = statement({
  name: 'ingest.create-chunk',
  mode: 'write',
  parameters: { version: 'INTEGER', number: 'INTEGER', data: 'BYTES', digest: 'STRING' },
  text: 'CREATE (:JournalChunk {version: $version, number: $number, data: $data, digest: $digest})',
});

export const READ_SOURCES = statement({
  name: 'ingest.read-sources',
  mode: 'read',
  parameters: {},
  text: 'MATCH (s:SourceStatus) RETURN coalesce(s.longSource, s.source), s.nodes, s.edges, s.uses',
});

export const SET_SOURCES = statement({
  name: 'ingest.set-sources',
  mode: 'write',
  parameters: { rows: 'LIST<MAP>' },
  text: `
    UNWIND $rows AS row
    MERGE (s:SourceStatus {source: row.source})
    SET s = row
  `,
});

/** How many facts there are: from counts that the database keeps, so it costs nothing. */
export const COUNT_NODES = statement({
  name: 'ingest.count-nodes',
  mode: 'read',
  parameters: {},
  text: 'MATCH (n:Entity) RETURN count(n)',
});

export const COUNT_DANGLING = statement({
  name: 'ingest.count-dangling',
  mode: 'read',
  parameters: {},
  text: 'MATCH (d:DanglingEdge) RETURN count(d)',
});

export const LIST_CHUNKS = statement({
  name: 'ingest.list-chunks',
  mode: 'read',
  parameters: { version: 'INTEGER' },
  text: 'MATCH (c:JournalChunk {version: $version}) RETURN c.number ORDER BY c.number',
});

export const READ_CHUNK = statement({
  name: 'ingest.read-chunk',
  mode: 'read',
  parameters: { version: 'INTEGER', number: 'INTEGER' },
  text: 'MATCH (c:JournalChunk {version: $version}) WHERE c.number = $number RETURN c.data, c.digest',
});

export const DELETE_CHUNK = statement({
  name: 'ingest.delete-chunk',
  mode: 'write',
  parameters: { version: 'INTEGER', number: 'INTEGER' },
  text: 'MATCH (c:JournalChunk {version: $version}) WHERE c.number = $number DELETE c',
});

/** Versions up to one from here on cannot be read. Only in a transaction that has the lock. */
export const SET_OLDEST = statement({
  name: 'ingest.set-oldest',
  mode: 'write',
  parameters: { oldest: 'INTEGER' },
  text: `MATCH (h:GraphHead {name: 'head'}) WHERE h.oldest < $oldest SET h.oldest = $oldest`,
});

export const DROP_CHUNKS = statement({
  name: 'ingest.drop-chunks',
  mode: 'write',
  parameters: { oldest: 'INTEGER' },
  text: `
    MATCH (c:JournalChunk) WHERE c.version <= $oldest
    WITH c LIMIT 20
    DELETE c
    RETURN count(*)
  `,
});

export const JOURNAL_STATEMENTS: readonly Statement[] = [
  FIND_BATCH,
  CREATE_CHUNK,
  READ_SOURCES,
  SET_SOURCES,
  COUNT_NODES,
  COUNT_DANGLING,
  LIST_CHUNKS,
  READ_CHUNK,
  DELETE_CHUNK,
  SET_OLDEST,
  DROP_CHUNKS,
];
