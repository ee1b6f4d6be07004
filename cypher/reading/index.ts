import type { Statement } from '../statement.ts';
import { BESIDE_READING } from './beside.ts';
import { EDGE_READING } from './edges.ts';
import { HEAD_READING } from './head.ts';
import { JOURNAL_READING } from './journal.ts';
import { NODE_READING } from './nodes.ts';
import { VERIFY_READING } from './verify.ts';

export * from './beside.ts';
export {
  COUNT_EDGES,
  DANGLING_BY_ID,
  EDGE_BY_ID,
  EDGES_BY_REF,
  LIST_DANGLING,
  REFS_OF_EDGES,
  SCAN_EDGES,
  SCAN_TERMS,
} from './edges.ts';
export * from './head.ts';
export * from './journal.ts';
export * from './nodes.ts';
export { thereAt } from './there.ts';
export * from './verify.ts';

/** Every statement by which a graph is read. */
export const READING_STATEMENTS: readonly Statement[] = [
  ...HEAD_READING,
  ...NODE_READING,
  ...EDGE_READING,
  ...BESIDE_READING,
  ...JOURNAL_READING,
  ...VERIFY_READING,
];
