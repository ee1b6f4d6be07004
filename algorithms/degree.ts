import type { WeightedGraph } from './weighted-graph.ts';

/** How many arcs leave or reach each node: in a simple directed graph, in-degree plus out-degree. O(nodes + arcs). */
export function degrees({ nodeCount, bounds, targets }: WeightedGraph): Float64Array {
  const counts = new Float64Array(nodeCount);
  for (let v = 0; v < nodeCount; v++) counts[v] = bounds[v + 1]! - bounds[v]!;
  for (const target of targets) counts[target]!++;
  return counts;
}
