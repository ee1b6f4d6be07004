/** What statements tell of an edge beside its kind and ends, and in which order. */
import { EDGE_FIELDS, edgeFieldsOf } from '../engine/model/index.ts';

export const EDGE_COLUMNS = Object.freeze(['id', 'source', ...EDGE_FIELDS] as const);

/** Columns that hold a DATETIME. */
export const INSTANT_COLUMNS: readonly string[] = edgeFieldsOf('instant');

/** A column as an expression; instants in milliseconds since 1970. */
export const edgeColumn = (edge: string, column: string): string =>
  `${edge}.${column}${INSTANT_COLUMNS.includes(column) ? '.epochMillis' : ''}`;
