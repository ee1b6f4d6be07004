/** Where the graph stands. */
import { type Statement, statement } from '../statement.ts';

export const READ_HEAD = statement({
  name: 'reading.head',
  mode: 'read',
  parameters: {},
  text: `
    MATCH (h:GraphHead {name: 'head'})
    RETURN h.version, h.oldest, h.precedence
  `,
});

/** Asked twice a second by every process that follows. */
export const NEWEST_VERSION = statement({
  name: 'reading.newest-version',
  mode: 'read',
  parameters: {},
  text: `
    MATCH (h:GraphHead {name: 'head'})
    RETURN h.version
  `,
});

export const HEAD_READING: readonly Statement[] = [READ_HEAD, NEWEST_VERSION];
