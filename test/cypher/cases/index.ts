import type { StatementCase } from '../case.ts';
import { DOCUMENT_CASES } from './documents.ts';
import { GDS_CASES } from './gds.ts';
import { EDGE_CASES } from './ingest-edges.ts';
import { HEAD_CASES } from './ingest-head.ts';
import { NODE_CASES } from './ingest-nodes.ts';
import { QUESTION_CASES } from './questions.ts';
import { READING_CASES } from './reading.ts';
import { SCHEMA_CASES } from './schema.ts';
import { VERIFY_CASES } from './verify.ts';

/** One case for each named statement, by its name. */
export const CASES: Readonly<Record<string, StatementCase>> = {
  ...DOCUMENT_CASES,
  ...EDGE_CASES,
  ...GDS_CASES,
  ...HEAD_CASES,
  ...NODE_CASES,
  ...QUESTION_CASES,
  ...READING_CASES,
  ...SCHEMA_CASES,
  ...VERIFY_CASES,
};
