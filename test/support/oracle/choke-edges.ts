import type { EdgeRecord } from '../../../engine/model/index.ts';
import { type Asked, decide, isAllowing } from './decide.ts';
import { allowingWays, allPaths } from './paths.ts';
import type { OracleGraph } from './world.ts';

/** The edges that every allowing way uses and without which nothing of the access is left, by id. */
export function chokeEdges(graph: OracleGraph, asked: Asked): readonly EdgeRecord[] {
  const at = asked.at ?? Date.now();
  const ways = allowingWays(allPaths(graph, { ...asked, at }));
  if (ways.length === 0) return [];
  const onEveryWay = graph.edges.filter((edge) => ways.every((way) => way.edges.some(({ id }) => id === edge.id)));
  const needed = onEveryWay.filter((edge) => !isAllowing(decide(without(graph, edge), { ...asked, at })));
  return needed.sort((a, b) => (a.id < b.id ? -1 : 1));
}

const without = (graph: OracleGraph, gone: EdgeRecord): OracleGraph => ({
  nodes: graph.nodes,
  edges: graph.edges.filter((edge) => edge.id !== gone.id),
});
