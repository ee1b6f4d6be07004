/**
 * Projections of the graph into the memory of Graph Data Science. They are no part of the database: nothing is written, and
 * each is dropped when its analysis has ended.
 *
 * What is projected is the graph of one version at one instant: all nodes, and the edges of the kinds asked for, but denying
 * grants. Parallel edges become one, whose weight is their number; edges from a node to itself are left out. The memory's
 * sizes are told.
 */
import { statement } from '../statement.ts';

const PARAMETERS = {
  graph: 'STRING',
  version: 'INTEGER',
  at: 'INTEGER',
  kinds: 'LIST<STRING>',
} as const;

const EDGES = `
MATCH (a:Entity)
WHERE a.since <= $version AND (a.until IS NULL OR a.until > $version)
OPTIONAL MATCH (a)-[edge]->(b:Entity)
WHERE a <> b AND type(edge) IN $kinds AND (edge.effect IS NULL OR edge.effect <> 'DENY')
  AND edge.since <= $version AND (edge.until IS NULL OR edge.until > $version)
  AND (edge.validFrom IS NULL OR edge.validFrom <= datetime({epochMillis: $at}))
  AND (edge.validTo IS NULL OR edge.validTo > datetime({epochMillis: $at}))`;

/** For centrality: edges as they point. */
export const PROJECT_DIRECTED = statement({
  name: 'gds.project-directed',
  mode: 'read',
  parameters: PARAMETERS,
  text: `${EDGES}
WITH a AS source, b AS target, count(edge) AS weight
WITH gds.graph.project($graph, source, target, {relationshipProperties: {weight: toFloat(weight)}}) AS projected
RETURN projected.nodeCount AS nodes, projected.relationshipCount AS edges`,
});

/** For communities: edges both ways at once, so that two nodes have one edge however they are joined. */
export const PROJECT_UNDIRECTED = statement({
  name: 'gds.project-undirected',
  mode: 'read',
  parameters: PARAMETERS,
  text: `${EDGES}
WITH CASE WHEN b IS NULL OR a.id < b.id THEN a ELSE b END AS source,
  CASE WHEN b IS NULL OR a.id < b.id THEN b ELSE a END AS target, count(edge) AS weight
WITH gds.graph.project($graph, source, target, {relationshipProperties: {weight: toFloat(weight)}},
  {undirectedRelationshipTypes: ['*']}) AS projected
RETURN projected.nodeCount AS nodes, projected.relationshipCount AS edges`,
});

/** Does nothing where there is no such projection. */
export const DROP_PROJECTION = statement({
  name: 'gds.drop',
  mode: 'read',
  parameters: { graph: 'STRING' },
  text: 'CALL gds.graph.drop($graph, false) YIELD graphName RETURN graphName',
});
