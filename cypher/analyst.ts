/**
 * The queries in `cypher/analyst/`: Cypher for people, to paste into Neo4j Browser, Bloom or cypher-shell. Each file is a header of
 * comments in a fixed form, `:param` commands that set the defaults, and one query that only reads.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ANALYST_AREAS = ['access', 'roles', 'groups', 'accounts', 'escalation', 'sources'] as const;
export type AnalystArea = (typeof ANALYST_AREAS)[number];

export interface AnalystParameter {
  readonly name: string;
  readonly meaning: string;
  /** As a Cypher expression: `0.7`, `'user:ann'`, `datetime()`. */
  readonly standard: string;
}

export interface AnalystQuery {
  /** Name of the file without its ending. */
  readonly name: string;
  readonly title: string;
  readonly area: AnalystArea;
  readonly question: string;
  /** Who asks this. */
  readonly for: string;
  /** `graph` gives paths, which Browser draws. */
  readonly shows: 'table' | 'graph';
  /** The query that shows the same as a table or a graph. */
  readonly pair?: string;
  readonly parameters: readonly AnalystParameter[];
  readonly reading: string;
  /** What the query does not decide. */
  readonly limits: string;
  /** The query alone, as a driver takes it. */
  readonly text: string;
  /** The whole file, as Browser and cypher-shell take it. */
  readonly file: string;
}

const FIELDS = ['Area', 'Question', 'For', 'Shows', 'Pair', 'Parameter', 'Reading', 'Limits'] as const;
type Field = (typeof FIELDS)[number];

/** All of them, by area and then by name. */
export function analystQueries(): readonly AnalystQuery[] {
  const folder = folderOfQueries();
  const names = readdirSync(folder).filter((name) => name.endsWith('.cypher'));
  const queries = names.map((name) =>
    analystQuery(name.replace(/\.cypher$/, ''), readFileSync(new URL(name, folder), 'utf8')),
  );
  const place = ({ area, name }: AnalystQuery) => `${ANALYST_AREAS.indexOf(area)} ${name}`;
  return queries.sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

/** Beside this file, or, for what is built of it, beside the source. */
function folderOfQueries(): URL {
  const places = ['./analyst/', '../../cypher/analyst/'].map((place) => new URL(place, import.meta.url));
  return places.find((place) => existsSync(fileURLToPath(place))) ?? places[0]!;
}

/** @throws Error when the file is not in the fixed form: a mistake of who wrote it */
export function analystQuery(name: string, file: string): AnalystQuery {
  const lines = file.split('\n');
  const header = lines.slice(
    0,
    lines.findIndex((line) => !line.startsWith('//')),
  );
  const body = lines.slice(header.length);
  const fields = fieldsOf(name, header.slice(2));
  if (header[1] !== '//') throw malformed(name, 'a title and an empty comment come first');
  const pair = textsOf(fields, 'Pair')[0];
  return Object.freeze({
    name,
    title: header[0]!.slice(3),
    area: among(name, ANALYST_AREAS, only(name, fields, 'Area')),
    question: only(name, fields, 'Question'),
    for: only(name, fields, 'For'),
    shows: among(name, ['table', 'graph'] as const, only(name, fields, 'Shows')),
    ...(pair === undefined ? {} : { pair }),
    parameters: parametersOf(name, textsOf(fields, 'Parameter'), body),
    reading: only(name, fields, 'Reading'),
    limits: only(name, fields, 'Limits'),
    text: body
      .filter((line) => !line.startsWith(':param '))
      .join('\n')
      .trim(),
    file,
  });
}

type Fields = readonly (readonly [field: Field, text: string])[];

/** `// Field: text`, which may go on over lines that are set in by two more spaces. */
function fieldsOf(name: string, lines: readonly string[]): Fields {
  const found: [Field, string][] = [];
  for (const line of lines) {
    const [, field, text] = /^\/\/ (\w+): (.+)$/.exec(line) ?? [];
    const last = found.at(-1);
    if (field !== undefined) found.push([among(name, FIELDS, field), text!]);
    else if (last !== undefined && line.startsWith('//   ')) last[1] += ` ${line.slice(2).trim()}`;
    else throw malformed(name, `${JSON.stringify(line)} is no field`);
  }
  const order = found.map(([field]) => FIELDS.indexOf(field));
  if (order.some((place, i) => place < (order[i - 1] ?? 0)))
    throw malformed(name, `fields come in the order ${FIELDS.join(', ')}`);
  return found;
}

/** Each parameter is told in the header and set by a `:param` command, in the same order. */
function parametersOf(name: string, told: readonly string[], body: readonly string[]): readonly AnalystParameter[] {
  const set = body.flatMap((line) => {
    const [, parameter, standard] = /^:param (\w+) => (.+);$/.exec(line) ?? [];
    return parameter === undefined ? [] : [{ parameter, standard: standard! }];
  });
  const parameters = told.map((text, i) => {
    const [, parameter, meaning] = /^(\w+) - (.+)$/.exec(text) ?? [];
    if (parameter === undefined || set[i]?.parameter !== parameter)
      throw malformed(name, `the parameter ${JSON.stringify(text)} is not set by the :param command in its place`);
    return { name: parameter, meaning: meaning!, standard: set[i].standard };
  });
  if (set.length !== told.length)
    throw malformed(name, 'a :param command sets a parameter that the header does not tell');
  return parameters;
}

const textsOf = (fields: Fields, wanted: Field): readonly string[] =>
  fields.filter(([field]) => field === wanted).map(([, text]) => text);

function only(name: string, fields: Fields, wanted: Field): string {
  const [text, ...more] = textsOf(fields, wanted);
  if (text === undefined || more.length > 0) throw malformed(name, `the field ${wanted} must be there once`);
  return text;
}

function among<T extends string>(name: string, values: readonly T[], text: string): T {
  if ((values as readonly string[]).includes(text)) return text as T;
  throw malformed(name, `${JSON.stringify(text)} is none of ${values.join(', ')}`);
}

const malformed = (name: string, what: string): Error => new Error(`cypher/analyst/${name}.cypher: ${what}`);
