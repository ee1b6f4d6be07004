/** Every analyst's query against answers worked out by hand. */
import neo4j from 'neo4j-driver';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { analystQueries } from '../../../cypher/analyst.ts';
import { neo4jForTests } from '../../support/neo4j.ts';
import { writeLayout } from '../../support/neo4j-layout.ts';
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
  beforeAll(() => writeLayout(driver, handMadeEstate()));

  it.for(queries)('$name', async (query) => {
    const { parameters, columns, rows } = ANALYST_ANSWERS[query.name]!;
    const answer = await askAnalyst(driver, query, AT, parameters);
    expect(answer.onlyReads).toBe(true);
    expect(answer.columns.slice(0, columns.length)).toEqual(columns);
    expect(answer.rows.map((row) => row.slice(0, columns.length))).toEqual(rows);
  });
});
