import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { analystQueries } from '../../cypher/analyst.ts';
import type { Statement } from '../../cypher/index.ts';

const FOLDER = join(import.meta.dirname, '../../cypher');

/** Every named statement of every file in `cypher/`, by name. Statements may lie in lists and in records by kind. */
export async function namedStatements(): Promise<readonly Statement[]> {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const found = new Set<Statement>();
  for (const file of files) collect(await import(join(FOLDER, file)), found);
  return byName(found);
}

/** True for those that only run where the Graph Data Science plugin is. */
export const needsGds = ({ name }: Pick<Statement, 'name'>): boolean => name.startsWith('gds.');

/** Those that `cypher/index.ts` gives to others. */
export async function indexedStatements(): Promise<readonly Statement[]> {
  const found = new Set<Statement>();
  collect(await import('../../cypher/index.ts'), found);
  return byName(found);
}

/** The analyst's queries as if they were named statements, for plans and database hits. */
export const analystStatements = (): readonly Pick<Statement, 'name' | 'text'>[] =>
  analystQueries().map(({ name, text }) => ({ name: `analyst.${name}`, text }));

function collect(value: unknown, found: Set<Statement>): void {
  if (value === null || typeof value !== 'object') return;
  if (isStatement(value)) found.add(value);
  else for (const each of Object.values(value)) collect(each, found);
}

const isStatement = (value: object): value is Statement =>
  ['name', 'mode', 'parameters', 'text'].every((field) => Object.hasOwn(value, field));

const byName = (statements: Iterable<Statement>): readonly Statement[] =>
  [...statements].sort((a, b) => (a.name < b.name ? -1 : 1));
