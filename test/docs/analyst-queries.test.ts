import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { analystQueries, analystQuery } from '../../cypher/analyst.ts';
import { analystPage } from '../../scripts/analyst-page.ts';

it('docs/analyst-queries.md is what the headers of the queries say', () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/analyst-queries.md'), 'utf8');
  expect(page, 'run `npm run docs:cypher`').toBe(analystPage(analystQueries()));
});

it('queries that show the same as a table and as a graph name each other', () => {
  const queries = new Map(analystQueries().map((query) => [query.name, query]));
  for (const { name, pair, shows } of queries.values()) {
    if (pair === undefined) continue;
    expect(queries.get(pair)).toMatchObject({ pair: name, shows: shows === 'graph' ? 'table' : 'graph' });
  }
});

it('a query takes each of its parameters, and no other', () => {
  for (const { name, parameters, text } of analystQueries()) {
    const used = new Set([...text.matchAll(/\$(\w+)/g)].map(([, parameter]) => parameter));
    expect([name, [...used].sort()]).toEqual([name, parameters.map((one) => one.name).sort()]);
  }
});

const HEADER = ['// T', '//', '// Area: roles', '// Question: Q?', '// For: us', '// Shows: table'];
const REST = ['// Reading: as', '//   it stands.', '// Limits: none.', '', 'RETURN 1'];

it('a file in the fixed form is read', () => {
  expect(analystQuery('q', [...HEADER, ...REST].join('\n'))).toMatchObject({
    title: 'T',
    reading: 'as it stands.',
    parameters: [],
    text: 'RETURN 1',
  });
});

it.each([
  ['without a question', [...HEADER.slice(0, 3), ...HEADER.slice(4), ...REST], /Question must be there once/],
  ['of an unknown area', [...HEADER.with(2, '// Area: other'), ...REST], /"other" is none of/],
  [
    'with fields in another order',
    [...HEADER.slice(0, 5), ...REST.slice(0, 2), HEADER[5]!, ...REST.slice(2)],
    /in the order/,
  ],
  ['with an unknown field', [...HEADER, '// Author: me', ...REST], /"Author" is none of/],
  ['with a parameter that is not set', [...HEADER, '// Parameter: a - b', ...REST], /is not set/],
  [
    'with a parameter that is not told',
    [...HEADER, ...REST.slice(0, 3), ':param a => 1;', ...REST.slice(3)],
    /does not tell/,
  ],
])('a file %s is refused', (_, lines, message) => {
  expect(() => analystQuery('q', lines.join('\n'))).toThrow(message);
});
