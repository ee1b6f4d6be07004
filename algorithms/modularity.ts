/**
 * Modularity of a partition, with a resolution.
 * M. Newman, M. Girvan, "Finding and evaluating community structure in networks", Physical Review E 69, 2004;
 * J. Reichardt, S. Bornholdt, "Statistical mechanics of community detection", Physical Review E 74, 2006 (resolution).
 * Q = sum over communities of (weight inside / total weight) - resolution · (strength / 2·total weight)^2. O(nodes + arcs).
 */
import { strengths, type WeightedGraph } from './weighted-graph.ts';

/**
 * @param graph undirected: each edge as two arcs
 * @param community a number below `nodeCount` for each node
 * @returns at most 1; 0 for a graph without edges
 */
export function modularity(graph: WeightedGraph, community: Uint32Array, resolution = 1): number {
  const { nodeCount, bounds, targets, weights } = graph;
  const strength = strengths(graph);
  const inside = new Float64Array(nodeCount);
  const sums = new Float64Array(nodeCount);
  let total = 0;
  for (let v = 0; v < nodeCount; v++) {
    const own = community[v]!;
    sums[own]! += strength[v]!;
    total += strength[v]!;
    for (let arc = bounds[v]!; arc < bounds[v + 1]!; arc++) {
      if (community[targets[arc]!] === own) inside[own]! += weights[arc]!;
    }
  }
  if (total === 0) return 0;
  let quality = 0;
  for (let c = 0; c < nodeCount; c++) quality += inside[c]! / total - resolution * (sums[c]! / total) ** 2;
  return quality;
}
