import { EMPTY_INDEX, type IndexState } from './hash-index.ts';
import { createTable, EMPTY_SUM, SealedTable, type TableSum } from './sealed-table.ts';
import { corrupt, type Database } from './sqlite.ts';

/** The form of the folder. A greater number means a form that this program does not know. */
export const FORMAT = 1;

/** The logs of rows. `ids` and `texts` hold what rows of the others refer to by number. */
export const LOGS = ['ids', 'texts', 'nodes', 'edges', 'uses'] as const;
export type LogName = (typeof LOGS)[number];
/** The logs whose rows go when they are withdrawn or replaced. */
export const FACTS = ['nodes', 'edges', 'uses'] as const;
export type FactName = (typeof FACTS)[number];
/** The indexes; `facts` ones lead to live rows only. */
export const INDEXES = ['ids_index', 'nodes_index', 'edges_index', 'uses_index', 'batches_index'] as const;
export type IndexName = (typeof INDEXES)[number];

const DEAD = ['nodes_dead', 'edges_dead', 'uses_dead'] as const;
export const TABLES = [
  ...LOGS,
  ...INDEXES,
  ...DEAD,
  'batches',
  'removals',
  'document_names',
  'document_values',
] as const;
export type TableName = (typeof TABLES)[number];

/** The number of the next row of each log. */
export type Ends = Readonly<Record<LogName, number>>;

/** What a source vouches for. */
export interface SourceCounts {
  readonly nodes: number;
  readonly edges: number;
  readonly uses: number;
  readonly loadedAt: number;
}

/** The one row that tells how the whole database stands; every commit writes it anew. */
export interface State {
  /** Counts commits. */
  readonly sequence: number;
  /** Version of the newest batch. */
  readonly version: number;
  /** The oldest version that can be read. */
  readonly floor: number;
  /** SHA-256 over all batches so far, in hexadecimal. */
  readonly chain: string;
  readonly ends: Ends;
  readonly tables: Readonly<Record<TableName, TableSum>>;
  readonly indexes: Readonly<Record<IndexName, IndexState>>;
  /** By the number of the source's name in `texts`. */
  readonly sources: Readonly<Record<string, SourceCounts>>;
  /** The last revision given to a document, and the last number given to one. */
  readonly documents: { readonly revision: number; readonly number: number };
}

const STATE_TABLE = 'state';
const STATE_KEY = 1;

const forAll = <K extends string, V>(keys: readonly K[], value: V): Record<K, V> =>
  Object.fromEntries(keys.map((key) => [key, value])) as Record<K, V>;

export const FIRST_STATE: State = Object.freeze({
  sequence: 1,
  version: 0,
  floor: 0,
  chain: '0'.repeat(64),
  ends: forAll(LOGS, 1),
  tables: forAll(TABLES, EMPTY_SUM),
  indexes: forAll(INDEXES, EMPTY_INDEX),
  sources: {},
  documents: { revision: 0, number: 0 },
});

/** Makes the tables of an empty store. */
export function createTables(database: Database): void {
  for (const table of [...TABLES, STATE_TABLE]) database.exec(createTable(table));
  writeState(database, FIRST_STATE);
}

const stateTable = (database: Database): SealedTable => new SealedTable(database, STATE_TABLE, EMPTY_SUM);

export function writeState(database: Database, state: State): void {
  stateTable(database).put(STATE_KEY, Buffer.from(JSON.stringify(state)));
}

/** Reads the state as of the transaction that is open. */
export function readState(database: Database): State {
  const body = stateTable(database).get(STATE_KEY);
  if (body === undefined) throw corrupt('its state is missing');
  return JSON.parse(Buffer.from(body).toString()) as State;
}

/** Whether the tables were ever made. */
export const hasTables = (database: Database): boolean =>
  database.get("SELECT 1 AS there FROM sqlite_schema WHERE name = 'state'") !== undefined;
