/** Every analyst's query against answers worked out by hand. */
import neo4j, { type Driver } from 'neo4j-driver';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { analystQueries } from '../../../cypher/analyst.ts';
import { neo4jForTests } from '../../support/neo4j.ts';
import { emptied, writeLayout } from '../../support/neo4j-layout.ts';
import { loadIntoStore } from '../load.ts';
import { ANALYST_ANSWERS } from './answers.ts';
import { askAnalyst } from './ask.ts';
import { handMadeEstate } from './estate.ts';

const AT = Date.UTC(2026, 0, 1);
const server = await neo4jForTests();
const queries = analystQueries();

it('every query has an answer that was worked out, and every answer a query', () => {
  expect(Object.keys(ANALYST_ANSWERS).sort()).toEqual(queries.map(({ name }) => name).sort());
});

server.describe('on the estate made by hand', () => {
  const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password));
  afterAll(() => driver.close());
  beforeAll(() => loadIntoStore(server, handMadeEstate()), 300_000);

  it.for(queries)('$name', async (query) => {
    const { parameters, columns, rows } = ANALYST_ANSWERS[query.name]!;
    const answer = await askAnalyst(driver, query, AT, parameters);
    expect(answer.onlyReads).toBe(true);
    expect(answer.columns.slice(0, columns.length)).toEqual(columns);
    expect(answer.rows.map((row) => row.slice(0, columns.length))).toEqual(rows);
  });

  it('lies there as the plain layout of the tests has it', async () => {
    const stored = await laidOut(driver);
    await emptied(driver);
    await writeLayout(driver, handMadeEstate());
    expect(stored).toEqual(await laidOut(driver));
  });
});

/** Nodes, edges and uses, less the versions that they bear, which batches tell. */
async function laidOut(driver: Driver): Promise<readonly unknown[]> {
  const versions = new Set(['since', 'changed', 'until', 'key']);
  const { records } = await driver.executeQuery(`
    MATCH (n:Entity|DanglingEdge|AccessUse)
    RETURN labels(n) AS is, properties(n) AS has, null AS from, null AS to
    UNION ALL
    MATCH (a:Entity)-[r]->(b:Entity) RETURN [type(r)] AS is, properties(r) AS has, a.id AS from, b.id AS to`);
  return records
    .map((record) => {
      const pairs = Object.entries(record.get('has') as object).filter(([name]) => !versions.has(name));
      const has = pairs.map(([name, value]) => `${name}=${JSON.stringify(value)}`).sort();
      return [[...record.get('is')].sort().join(':'), record.get('from'), record.get('to'), ...has].join(' ');
    })
    .sort();
}
