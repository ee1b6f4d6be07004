import { entityOf } from '../entity-loader.ts';
import type { GraphEdgeResolvers } from '../generated/resolver-types.ts';

export const GraphEdge: GraphEdgeResolvers = {
  from: (edge, _, { entities }) => entityOf(entities, edge.from),
  to: (edge, _, { entities }) => entityOf(entities, edge.to),
  inherit: (edge) => (edge.kind === 'GRANTS' ? (edge.inherit ?? true) : null),
};
