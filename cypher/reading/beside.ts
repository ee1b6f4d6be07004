/** What lies beside the graph: uses, and how sources stand. */
import { type Statement, statement } from '../statement.ts';
import { thereAt } from './there.ts';

export const SCAN_USES = statement({
  name: 'reading.scan-uses',
  mode: 'read',
  parameters: { version: 'INTEGER' },
  text: `
    MATCH (u:AccessUse)
    WHERE ${thereAt('u')}
    RETURN u.identity, u.action, u.resource, u.source, u.lastUsedAt.epochMillis, u.useCount
  `,
});

/** Sources as they stand now. */
export const SOURCES_NOW = statement({
  name: 'reading.sources-now',
  mode: 'read',
  parameters: {},
  text: `
    MATCH (s:SourceStatus)
    RETURN coalesce(s.longSource, s.source), s.nodes, s.edges, s.uses, s.loadedAt
  `,
});

/** What each batch up to a version said of the sources that it concerned, oldest first. */
export const SOURCES_TOLD = statement({
  name: 'reading.sources-told',
  mode: 'read',
  parameters: { version: 'INTEGER' },
  text: `
    MATCH (b:GraphBatch)
    WHERE b.version <= $version AND b.sources IS NOT NULL
    RETURN b.sources
    ORDER BY b.version
  `,
});

export const BESIDE_READING: readonly Statement[] = [SCAN_USES, SOURCES_NOW, SOURCES_TOLD];
