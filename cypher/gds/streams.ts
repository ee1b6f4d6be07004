/** Analyses of a projection by Graph Data Science. Each tells the id of every node and a number; none writes anything. */
import { statement } from '../statement.ts';

const ID = 'coalesce(gds.util.asNode(nodeId).longId, gds.util.asNode(nodeId).id) AS id';

/** Scores begin at 1 - damping and are not divided by anything. */
export const STREAM_PAGE_RANK = statement({
  name: 'gds.page-rank',
  mode: 'read',
  parameters: { graph: 'STRING', damping: 'FLOAT', tolerance: 'FLOAT' },
  text: `
    CALL gds.pageRank.stream($graph, {
      dampingFactor: $damping, tolerance: $tolerance, maxIterations: 1000, relationshipWeightProperty: 'weight'
    })
    YIELD nodeId, score
    RETURN ${ID}, score AS value`,
});

/** Exact, unweighted, not divided by anything. */
export const STREAM_BETWEENNESS = statement({
  name: 'gds.betweenness',
  mode: 'read',
  parameters: { graph: 'STRING' },
  text: `
    CALL gds.betweenness.stream($graph)
    YIELD nodeId, score
    RETURN ${ID}, score AS value`,
});

/** With one thread, so that equal graphs give equal communities. */
export const STREAM_LOUVAIN = statement({
  name: 'gds.louvain',
  mode: 'read',
  parameters: { graph: 'STRING' },
  text: `
    CALL gds.louvain.stream($graph, {
      relationshipWeightProperty: 'weight', maxLevels: 30, maxIterations: 100, tolerance: 1e-8, concurrency: 1
    })
    YIELD nodeId, communityId
    RETURN ${ID}, communityId AS value`,
});

export const STREAM_LEIDEN = statement({
  name: 'gds.leiden',
  mode: 'read',
  parameters: { graph: 'STRING', resolution: 'FLOAT', seed: 'INTEGER' },
  text: `
    CALL gds.leiden.stream($graph, {
      relationshipWeightProperty: 'weight', gamma: $resolution, randomSeed: $seed,
      maxLevels: 30, tolerance: 1e-8, concurrency: 1
    })
    YIELD nodeId, communityId
    RETURN ${ID}, communityId AS value`,
});
