import { entityOf } from '../entity-loader.ts';
import type { AnalysisImplementationResolvers, CentralityScoreResolvers } from '../generated/resolver-types.ts';

/** The API's words for who can compute, and the engine's. */
export const AnalysisImplementation: AnalysisImplementationResolvers = {
  OURS: 'ours',
  GRAPHOLOGY: 'graphology',
  GRAPH_DATA_SCIENCE: 'graph-data-science',
};

export const CentralityScore: CentralityScoreResolvers = {
  entity: ({ one }, _, { entities }) => entityOf(entities, one.id),
  score: ({ one }) => one.score,
  rank: ({ one }) => one.rank,
  error: ({ one }) => one.error,
  implementation: ({ answer }) => answer.implementation,
  because: ({ answer }) => answer.because,
  version: ({ answer }) => answer.version,
};
