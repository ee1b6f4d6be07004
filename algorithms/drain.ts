/**
 * How much of what is sensitive drains into each node: PageRank on the reversed graph that teleports to sensitive nodes
 * alone, each as often as it weighs. A walk begins at a sensitive resource, goes against the arcs to those who have it, each
 * as likely as its arc weighs, and begins anew with a probability of 1 - damping or where nobody is left. The score of a
 * node is the share of all steps that are spent there: a group through which the most sensitive things are had is high, and
 * one that reaches nothing sensitive is 0.
 * (The personalised PageRank of L. Page and others, 1999, on the reversed graph: see `page-rank.ts`.)
 */
import { type PageRank, type PageRankOptions, pageRank } from './page-rank.ts';
import { reversed, type WeightedGraph } from './weighted-graph.ts';

/**
 * @param graph directed, from who has to what is had
 * @param sensitivity one for each node, 0 or more
 * @returns scores that sum to 1; all 0 when nothing is sensitive
 * @throws RangeError when `sensitivity` has another length, a negative number, or one that is not finite
 */
export function drain(
  graph: WeightedGraph,
  sensitivity: Float64Array,
  options: Omit<PageRankOptions, 'teleport'> = {},
): PageRank {
  if (sensitivity.length === graph.nodeCount && sensitivity.every((weight) => weight === 0))
    return { scores: new Float64Array(graph.nodeCount), iterations: 0, error: 0, converged: true };
  return pageRank(reversed(graph), { ...options, teleport: sensitivity });
}
