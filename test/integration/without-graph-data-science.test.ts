/** A database without the plugin: said clearly, and computed by us. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { graphOfReader } from '../../engine/analysis/access-graph.ts';
import { Analyses } from '../../engine/analysis/analyses.ts';
import { gdsAnalytics } from '../../engine/store/neo4j/analytics.ts';
import { Neo4jDoor } from '../../engine/store/neo4j/door.ts';
import { estateRecords } from '../support/estate-records.ts';
import { memoryReader } from '../support/memory-reader.ts';
import { neo4jForTests } from '../support/neo4j.ts';
import { LONG } from '../support/seed.ts';

const server = await neo4jForTests();

server.describe('without Graph Data Science', { timeout: LONG }, () => {
  const { nodes, edges } = estateRecords(5);
  let door: Neo4jDoor;
  beforeAll(() => {
    door = new Neo4jDoor({ ...server });
  });
  afterAll(() => door.close());

  it('there is no name of the plugin', async () => {
    expect(await gdsAnalytics(door).name()).toBeUndefined();
  });

  it('we compute, and say why; to ask for the plugin is an error', async () => {
    const analyses = new Analyses(() => graphOfReader(memoryReader(nodes, edges)), gdsAnalytics(door));
    const { implementation, because } = await analyses.centrality({ measure: 'PAGERANK' });
    expect([implementation, because]).toEqual(['ours', 'the database does not have the Graph Data Science plugin']);
    const asked = analyses.centrality({ measure: 'PAGERANK', implementation: 'graph-data-science' });
    await expect(asked).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      message: expect.stringContaining('the database does not have the Graph Data Science plugin'),
    });
  });
});
