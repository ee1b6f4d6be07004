/** An analysis in Graph Data Science: a projection, a stream of results, the drop. */
import type { Statement } from '../statement.ts';
import { FIND_GDS, GDS_VERSION } from './plugin.ts';
import { DROP_PROJECTION, PROJECT_DIRECTED, PROJECT_UNDIRECTED } from './projection.ts';
import { STREAM_BETWEENNESS, STREAM_LEIDEN, STREAM_LOUVAIN, STREAM_PAGE_RANK } from './streams.ts';

export * from './plugin.ts';
export * from './projection.ts';
export * from './streams.ts';

export const GDS_STATEMENTS: readonly Statement[] = [
  FIND_GDS,
  GDS_VERSION,
  PROJECT_DIRECTED,
  PROJECT_UNDIRECTED,
  STREAM_PAGE_RANK,
  STREAM_BETWEENNESS,
  STREAM_LOUVAIN,
  STREAM_LEIDEN,
  DROP_PROJECTION,
];
