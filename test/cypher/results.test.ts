/** Every named statement executed once, on given content, with what must come of it. */
import neo4j from 'neo4j-driver';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { neo4jForTests } from '../support/neo4j.ts';
import { execute } from './case.ts';
import { CASES } from './cases/index.ts';
import { makeSchema } from './schema.ts';
import { namedStatements, needsGds } from './statements.ts';

const server = await neo4jForTests();
const statements = await namedStatements();
/** By what rows say in words: what Neo4j's ids are is not known beforehand. */
const text = (row: unknown): string => JSON.stringify([row].flat().filter((value) => typeof value === 'string'));

it('every statement has a case and every case a statement', () => {
  expect(Object.keys(CASES).sort()).toEqual(statements.map(({ name }) => name));
});

server.describe('executed', () => {
  const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password));
  afterAll(() => driver.close());
  beforeAll(() => makeSchema(driver), 300_000);

  it.for(statements.filter((one) => !needsGds(one)))('$name', async (statement) => {
    const one = CASES[statement.name]!;
    const { rows, after } = await execute(driver, statement.text, one);
    const order = (list: readonly unknown[]) =>
      one.anyOrder === true ? [...list].sort((a, b) => (text(a) < text(b) ? -1 : 1)) : list;
    expect(order(rows)).toEqual(order(one.rows));
    expect(after).toEqual(one.after?.[1]);
  });
});
