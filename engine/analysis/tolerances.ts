/** How exact answers are, and how far two implementations of the same may differ: the one place where this is written down. */

/** All PageRank scores together are off by less than this, by whichever implementation. */
export const PAGERANK_TOLERANCE = 1e-8;

/**
 * Betweenness and degree are exact. Sums of fractions come out with other last digits in another order: scores that differ
 * by less than this share of the greatest one count as equal.
 */
export const ROUNDING = 1e-10;

/**
 * Partitions of two implementations are never compared label by label. The modularities of two that compute by the same
 * method lie within this share of each other. It is this wide because both methods are greedy and end in another partition
 * for another order of nodes: seeds of one implementation differ as much (docs/analysis.md has the figures).
 */
export const MODULARITY_TOLERANCE = 0.05;

/** Ours is not worse than another's by more than this share, on the graphs and with the seeds of the tests. */
export const MODULARITY_SHORTFALL = 0.01;
