import neo4j from 'neo4j-driver';
import { afterAll, expect, it } from 'vitest';
import { neo4jForTests } from '../support/neo4j.ts';

const server = await neo4jForTests();

server.describe('a server for the tests of one file', () => {
  const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password));
  afterAll(() => driver.close());

  const names = async (text: string): Promise<readonly string[]> => {
    const { records } = await driver.executeQuery(text, {}, { database: server.database });
    return records.map((record) => record.get('name') as string);
  };

  it('is empty at the start and after empty()', async () => {
    const left = async () => [
      ...(await names('MATCH (n) RETURN toString(elementId(n)) AS name')),
      ...(await names('SHOW CONSTRAINTS YIELD name')),
      ...(await names("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'")),
    ];
    expect(await left()).toEqual([]);
    await names('CREATE CONSTRAINT `a ``b``` FOR (n:Thing) REQUIRE n.id IS UNIQUE');
    await names('CREATE INDEX plain FOR ()-[r:LIKES]-() ON (r.since)');
    await names('UNWIND range(1, 100) AS id CREATE (:Thing {id: id})-[:LIKES {since: id}]->(:Other)');
    expect(await left()).toHaveLength(203);
    await server.empty();
    expect(await left()).toEqual([]);
  });
});
