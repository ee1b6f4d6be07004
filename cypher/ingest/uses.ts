/** Uses, kept beside the graph. `key` is their four names in one text, which an index takes. */
import { type Statement, statement } from '../statement.ts';

const FOUND = `id(u), u.since, u.identity, u.action, u.resource, u.source, u.lastUsedAt.epochMillis, u.useCount`;

export const FIND_USES = statement({
  name: 'ingest.find-uses',
  mode: 'read',
  parameters: { keys: 'LIST<STRING>' },
  text: `
    UNWIND $keys AS key
    MATCH (u:AccessUse {key: key})
    RETURN ${FOUND}
  `,
});

export const USES_OF_SOURCES = statement({
  name: 'ingest.uses-of-sources',
  mode: 'read',
  parameters: { sources: 'LIST<STRING>' },
  text: `
    MATCH (u:AccessUse)
    WHERE u.source IN $sources
    RETURN ${FOUND}
  `,
});

export const CREATE_USES = statement({
  name: 'ingest.create-uses',
  mode: 'write',
  parameters: { rows: 'LIST<MAP>' },
  text: `
    UNWIND $rows AS row
    CREATE (u:AccessUse)
    SET u = row
  `,
});

export const DELETE_USES = statement({
  name: 'ingest.delete-uses',
  mode: 'write',
  parameters: { refs: 'LIST<INTEGER>' },
  text: `
    UNWIND $refs AS ref
    MATCH (u:AccessUse) WHERE id(u) = ref
    DETACH DELETE u
  `,
});

export const MARK_USES = statement({
  name: 'ingest.mark-uses',
  mode: 'write',
  parameters: { refs: 'LIST<INTEGER>', until: 'INTEGER' },
  text: `
    UNWIND $refs AS ref
    MATCH (u:AccessUse) WHERE id(u) = ref
    SET u.until = $until
  `,
});

export const UNMARK_USES = statement({
  name: 'ingest.unmark-uses',
  mode: 'write',
  parameters: { keys: 'LIST<STRING>', until: 'INTEGER' },
  text: `
    UNWIND $keys AS key
    MATCH (u:AccessUse {key: key}) WHERE u.until = $until
    REMOVE u.until
  `,
});

export const SWEEP_USES = statement({
  name: 'ingest.sweep-uses',
  mode: 'write',
  parameters: { keys: 'LIST<STRING>', until: 'INTEGER' },
  text: `
    UNWIND $keys AS key
    MATCH (u:AccessUse {key: key}) WHERE u.until = $until
    DETACH DELETE u
  `,
});

export const UNMAKE_USES = statement({
  name: 'ingest.unmake-uses',
  mode: 'write',
  parameters: { keys: 'LIST<STRING>', since: 'INTEGER' },
  text: `
    UNWIND $keys AS key
    MATCH (u:AccessUse {key: key}) WHERE u.since = $since
    DETACH DELETE u
  `,
});

export const USE_STATEMENTS: readonly Statement[] = [
  FIND_USES,
  USES_OF_SOURCES,
  CREATE_USES,
  DELETE_USES,
  MARK_USES,
  UNMARK_USES,
  SWEEP_USES,
  UNMAKE_USES,
];
