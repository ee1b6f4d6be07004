/** The statements of Graph Data Science executed once, on a server that has the plugin, with what must come of each. */
import neo4j from 'neo4j-driver';
import { afterAll, afterEach, expect, it } from 'vitest';
import { neo4jForTests } from '../support/neo4j.ts';
import { LONG } from '../support/seed.ts';
import { execute } from './case.ts';
import { CASE_GRAPH, GDS_CASES } from './cases/gds.ts';
import { namedStatements, needsGds } from './statements.ts';

const server = await neo4jForTests({ gds: true });
const text = (value: unknown): string => JSON.stringify(value);
const statements = (await namedStatements()).filter(needsGds);

server.describe('executed in Graph Data Science', () => {
  const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password));
  afterEach(() => driver.executeQuery(`CALL gds.graph.drop('${CASE_GRAPH}', false)`));
  afterAll(() => driver.close());

  it.for(statements)('$name', { timeout: LONG }, async (statement) => {
    const one = GDS_CASES[statement.name]!;
    const { rows } = await execute(driver, statement.text, one);
    expect([...rows].sort((a, b) => (text(a) < text(b) ? -1 : 1))).toEqual(one.rows);
  });
});
