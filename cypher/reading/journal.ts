/** The journal: its batches, and the parts that hold what each changed. */
import { type Statement, statement } from '../statement.ts';

/** The parts of the journal after a version, also those of a batch that is still being applied. */
export const LATER_CHUNKS = statement({
  name: 'reading.later-chunks',
  mode: 'read',
  parameters: { after: 'INTEGER' },
  text: `
    MATCH (c:JournalChunk)
    WHERE c.version > $after
    RETURN c.version, c.number, c.digest
    ORDER BY c.version, c.number
  `,
});

export const CHUNKS_OF_VERSION = statement({
  name: 'reading.chunks-of-version',
  mode: 'read',
  parameters: { version: 'INTEGER' },
  text: `
    MATCH (c:JournalChunk {version: $version})
    RETURN c.number, c.digest
    ORDER BY c.number
  `,
});

/** One part, whole: a few hundred kilobytes. */
export const CHUNK_DATA = statement({
  name: 'reading.chunk-data',
  mode: 'read',
  parameters: { version: 'INTEGER', number: 'INTEGER' },
  text: `
    MATCH (c:JournalChunk {version: $version})
    WHERE c.number = $number
    RETURN c.data, c.digest
  `,
});

export const BATCHES_BETWEEN = statement({
  name: 'reading.batches-between',
  mode: 'read',
  parameters: { after: 'INTEGER', to: 'INTEGER' },
  text: `
    MATCH (b:GraphBatch)
    WHERE b.version > $after AND b.version <= $to
    RETURN b.version, coalesce(b.longId, b.id), b.source, b.appliedAt, b.added, b.changed, b.removed, b.digest, b.chain
    ORDER BY b.version
  `,
});

export const JOURNAL_READING: readonly Statement[] = [LATER_CHUNKS, CHUNKS_OF_VERSION, CHUNK_DATA, BATCHES_BETWEEN];
