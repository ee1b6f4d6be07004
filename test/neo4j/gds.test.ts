/** A server with Graph Data Science, as the tests of its calls borrow it. */
import neo4j from 'neo4j-driver';
import { afterAll, expect, it } from 'vitest';
import { neo4jForTests } from '../support/neo4j.ts';

const server = await neo4jForTests({ gds: true });

server.describe('Graph Data Science', { timeout: 120_000 }, () => {
  const auth = neo4j.auth.basic(server.user, server.password);
  const driver = neo4j.driver(server.uri, auth, { disableLosslessIntegers: true });
  afterAll(() => driver.close());

  const ask = async (text: string): Promise<readonly unknown[]> => {
    const { records } = await driver.executeQuery(text, {}, { database: server.database });
    return records.map((record) => record.get(0));
  };

  it('runs what the analyses need', async () => {
    await ask('CREATE (a:Page {id: 1})-[:LINKS]->(:Page {id: 2})-[:LINKS]->(:Page {id: 3})-[:LINKS]->(a)');
    await ask("CALL gds.graph.project('pages', 'Page', {LINKS: {orientation: 'UNDIRECTED'}}) YIELD nodeCount");
    for (const name of ['pageRank', 'betweenness']) {
      const call = `CALL gds.${name}.stream('pages', {concurrency: 1}) YIELD score`;
      expect(new Set(await ask(`${call} RETURN round(score, 6)`))).toHaveProperty('size', 1);
    }
    for (const name of ['louvain', 'leiden']) {
      const call = `CALL gds.${name}.stream('pages', {concurrency: 1}) YIELD communityId`;
      expect(await ask(`${call} RETURN DISTINCT communityId`)).toHaveLength(1);
    }
  });

  it('forgets its projections with the data', async () => {
    await server.empty();
    expect(await ask('CALL gds.graph.list() YIELD graphName RETURN graphName')).toEqual([]);
  });
});
