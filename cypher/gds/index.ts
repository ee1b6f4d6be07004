/** The statements of this folder: an analysis in Graph Data Science is a projection, a stream, and the drop. */
import { findGds, gdsVersion } from './plugin.ts';
import { dropProjection, newestVersion, projectDirected, projectUndirected } from './projection.ts';
import { streamBetweenness, streamLeiden, streamLouvain, streamPageRank } from './streams.ts';

export const gds = Object.freeze({
  findGds,
  gdsVersion,
  projectDirected,
  projectUndirected,
  newestVersion,
  streamPageRank,
  streamBetweenness,
  streamLouvain,
  streamLeiden,
  dropProjection,
});
