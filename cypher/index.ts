import { GDS_STATEMENTS } from './gds/index.ts';
import { DOCUMENT_STATEMENTS } from './ingest/documents.ts';
import { EDGE_STATEMENTS } from './ingest/edges.ts';
import { HEAD_STATEMENTS } from './ingest/head.ts';
import { JOURNAL_STATEMENTS } from './ingest/journal.ts';
import { NODE_STATEMENTS } from './ingest/nodes.ts';
import { HOLD_STATEMENTS } from './ingest/source-holds.ts';
import { USE_STATEMENTS } from './ingest/uses.ts';
import { GROUND_STATEMENTS } from './schema/ground.ts';
import { SCHEMA_STATEMENTS } from './schema/migrations.ts';
import type { Statement } from './statement.ts';

export { EDGE_COLUMNS } from './edge-columns.ts';
export * from './gds/index.ts';
export * from './ingest/documents.ts';
export * from './ingest/edges.ts';
export * from './ingest/head.ts';
export * from './ingest/journal.ts';
export * from './ingest/nodes.ts';
export * from './ingest/source-holds.ts';
export * from './ingest/uses.ts';
export {
  BETWEEN,
  COUNT_KINDS,
  HIERARCHY,
  QUESTION_STATEMENTS,
  SEARCH,
  shapeKey,
  WALKS,
  WHETHER_SWEPT,
} from './questions/walks.ts';
export * from './reading/index.ts';
export * from './schema/ground.ts';
export * from './schema/migrations.ts';
export { type ParameterType, type Statement, type StatementMode, statement } from './statement.ts';

/** Every statement by which a graph is written. */
export const WRITING_STATEMENTS: readonly Statement[] = [
  ...SCHEMA_STATEMENTS,
  ...GROUND_STATEMENTS,
  ...HEAD_STATEMENTS,
  ...HOLD_STATEMENTS,
  ...NODE_STATEMENTS,
  ...EDGE_STATEMENTS,
  ...USE_STATEMENTS,
  ...JOURNAL_STATEMENTS,
  ...DOCUMENT_STATEMENTS,
];

/** Every statement by which analyses are run in the database. None writes. */
export const ANALYSIS_STATEMENTS: readonly Statement[] = GDS_STATEMENTS;
