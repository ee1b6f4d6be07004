/** Sizes and settings of analyses. */

/** Up to so many nodes and arcs an analysis is done in place: in a few milliseconds, less than another thread takes to start. */
export const IN_PLACE = 2_000;
/** graphology is given no more arcs than this: it takes some 20 microseconds for each to build a graph. */
export const GRAPHOLOGY_ARCS = 100_000;
/** PageRank's damping. */
export const DAMPING = 0.85;
/** Betweenness is exact up to about so many arcs to look at, which take some ten seconds; beyond, it is sampled. */
export const EXACT_WORK = 1_000_000_000;
/** Nodes that are tried out to tell how much work the exact computation is. */
export const PROBES = 256;
/** Probability that all errors that are told of a sample hold. */
export const SAMPLE_CONFIDENCE = 0.95;
/** Graph Data Science gives exact betweenness, so it is asked for graphs of no more nodes times arcs than this. */
export const STORE_BETWEENNESS = 10_000_000_000;
