/**
 * How many other nodes each node reaches, at most. One pass over the strongly connected components from the sinks: what
 * the neighbouring components reach is added up, which counts twice what is reached in two ways. O(nodes + arcs).
 */
import { stronglyCondensed } from './condensation.ts';
import type { WeightedGraph } from './weighted-graph.ts';

/** Exact on forests that point away from their roots; never too small; at most `nodeCount - 1`. */
export function reachBounds(graph: WeightedGraph): Float64Array {
  const { component, count, bounds, targets, memberBounds } = stronglyCondensed(graph);
  /** Nodes in a component and behind it, at most. */
  const reach = new Float64Array(count);
  for (let c = 0; c < count; c++) {
    let sum = memberBounds[c + 1]! - memberBounds[c]!;
    for (let arc = bounds[c]!; arc < bounds[c + 1]!; arc++) sum += reach[targets[arc]!]!;
    reach[c] = Math.min(sum, graph.nodeCount);
  }
  return Float64Array.from(component, (c) => reach[c]! - 1);
}
