import type { Driver, Transaction } from 'neo4j-driver';
import neo4j from 'neo4j-driver';

/** Records with their values in order. */
export type Rows = readonly (readonly unknown[])[];

/** A value that is looked up in the database after `given`, by a query of one row and one column. */
export class Asked {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** For what only the database knows: its own ids. */
export const asked = (text: string): Asked => new Asked(text);

/** One execution of a named statement and what comes of it. All of it happens in a transaction that is rolled back. */
export interface StatementCase {
  /** Cypher that makes what is there before, each by itself. */
  readonly given?: readonly string[];
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** In the order that the statement gives, or `anyOrder`. Ids of Neo4j are told by `REF`. */
  readonly rows: Rows;
  readonly anyOrder?: boolean;
  /** Puts rows into a form that can be compared; `nameOf` tells the id of a node by Neo4j's id. */
  readonly as?: (rows: Rows, nameOf: (ref: unknown) => string) => readonly unknown[];
  /** What is there afterwards: a query, and its rows. */
  readonly after?: readonly [text: string, rows: readonly (readonly unknown[])[]];
  /** What to ask on the generated estate for the table of database hits. */
  readonly profile?: Readonly<Record<string, unknown>>;
}

export interface Outcome {
  readonly rows: readonly unknown[];
  readonly after: Rows | undefined;
}

/** Executes a case. */
export async function execute(
  driver: Driver,
  text: string,
  { given = [], parameters, after, as }: StatementCase,
): Promise<Outcome> {
  const session = driver.session();
  const tx = session.beginTransaction();
  try {
    for (const each of given) await tx.run(each);
    const rows = await rowsOf(tx, text, await sent(tx, parameters ?? {}));
    const names = as === undefined ? new Map() : new Map(await namesIn(tx));
    const compared = as === undefined ? rows : as(rows, (ref) => String(names.get(ref)));
    return { rows: compared, after: after === undefined ? undefined : await rowsOf(tx, after[0], {}) };
  } finally {
    await tx.rollback();
    await session.close();
  }
}

const namesIn = async (tx: Transaction): Promise<readonly [unknown, unknown][]> =>
  (await rowsOf(tx, 'MATCH (n:Entity) RETURN id(n), n.id', {})).map(([ref, id]) => [ref, id]);

/** The parameters with everything in them looked up; whole numbers as the server's INTEGER. */
export async function sent(
  tx: Transaction,
  value: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  return (await deeply(tx, value)) as Record<string, unknown>;
}

async function deeply(tx: Transaction, value: unknown): Promise<unknown> {
  if (value instanceof Asked) return (await tx.run(value.text)).records[0]!.get(0);
  if (typeof value === 'number' && Number.isInteger(value)) return neo4j.int(value);
  if (Array.isArray(value)) return Promise.all(value.map((each) => deeply(tx, each)));
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const pairs: [string, unknown][] = [];
  for (const [key, each] of Object.entries(value)) pairs.push([key, await deeply(tx, each)]);
  return Object.fromEntries(pairs);
}

async function rowsOf(tx: Transaction, text: string, parameters: Record<string, unknown>): Promise<unknown[][]> {
  const { records } = await tx.run(text, parameters);
  return records.map((record) => record.keys.map((key) => plain(record.get(key))));
}

function plain(value: unknown): unknown {
  if (neo4j.isInt(value)) return value.toNumber();
  if (neo4j.isDateTime(value)) return value.toString();
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}
