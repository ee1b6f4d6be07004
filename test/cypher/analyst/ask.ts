import neo4j, { type Driver, isPath, type Path, type RecordShape } from 'neo4j-driver';
import type { AnalystQuery } from '../../../cypher/analyst.ts';

export interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  /** By the server's own judgement, the query changes nothing. */
  readonly onlyReads: boolean;
}

/**
 * Runs an analyst's query with its own standards, but for those that are given. Numbers come as numbers, instants as text, paths as
 * `a -KIND-> b`.
 *
 * @param at the instant asked about, in milliseconds since 1970
 */
export async function askAnalyst(
  driver: Driver,
  query: AnalystQuery,
  at: number,
  given: Readonly<Record<string, number | string>> = {},
): Promise<Answer> {
  const parameters = { ...(await standardsOf(driver, query)), ...asSent(given) };
  if ('at' in parameters) parameters['at'] = neo4j.types.DateTime.fromStandardDate(new Date(at));
  const { keys, records, summary } = await driver.executeQuery(query.text, parameters);
  const rows = records.map((record) => keys.map((key) => plain(record.get(key))));
  return { columns: keys, rows, onlyReads: summary.queryType === 'r' };
}

/** The standards are expressions; the server says what they are. */
export async function standardsOf(driver: Driver, { parameters }: AnalystQuery): Promise<RecordShape> {
  if (parameters.length === 0) return {};
  const list = parameters.map(({ name, standard }) => `${standard} AS ${name}`).join(', ');
  const { records } = await driver.executeQuery(`RETURN ${list}`);
  return records[0]!.toObject();
}

const asSent = (given: Readonly<Record<string, number | string>>): RecordShape =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, Number.isInteger(value) ? BigInt(value) : value]),
  );

function plain(value: unknown): unknown {
  if (neo4j.isInt(value)) return value.toNumber();
  if (isPath(value)) return written(value);
  if (neo4j.isDateTime(value)) return value.toString();
  return Array.isArray(value) ? value.map(plain) : value;
}

function written({ start, segments }: Path): string {
  const steps = segments.map(({ relationship, end }) => ` -${relationship.type}-> ${end.properties['id']}`);
  return `${start.properties['id']}${steps.join('')}`;
}
