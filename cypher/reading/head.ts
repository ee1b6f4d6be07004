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

export const HEAD_READING: readonly Statement[] = [READ_HEAD];
