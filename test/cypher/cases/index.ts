import type { StatementCase } from '../case.ts';
import { DOCUMENT_CASES } from './documents.ts';
import { EDGE_CASES } from './ingest-edges.ts';
import { HEAD_CASES } from './ingest-head.ts';
import { NODE_CASES } from './ingest-nodes.ts';
import { QUESTION_CASES } from './questions.ts';
import { SCHEMA_CASES } from './schema.ts';

/** One case for each named statement, by its name. */
export const CASES: Readonly<Record<string, StatementCase>> = {
  ...DOCUMENT_CASES,
  ...EDGE_CASES,
  ...HEAD_CASES,
  ...NODE_CASES,
  ...QUESTION_CASES,
  ...SCHEMA_CASES,
};
