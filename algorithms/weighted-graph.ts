/** Simple weighted graphs as compressed sparse rows: what centrality and community kernels work on. */
import { identityOrder, rowBounds, stableOrderBy } from './sorted-edges.ts';

/**
 * At most one arc from a node to another, none from a node to itself. The arcs of node v are numbers `bounds[v]` to
 * `bounds[v + 1]`, excluded; in a row the targets ascend. An undirected graph has each edge as two arcs of equal weight.
 */
export interface WeightedGraph {
  readonly nodeCount: number;
  /** `nodeCount + 1` long. */
  readonly bounds: Uint32Array;
  readonly targets: Uint32Array;
  /** Above 0, one for each arc. */
  readonly weights: Float64Array;
}

/**
 * Collapses parallel arcs into one whose weight is their sum, and leaves out arcs from a node to itself.
 *
 * @param weights above 0; left out, each arc weighs 1
 * @returns O(nodes + arcs)
 */
export function directedGraph(
  nodeCount: number,
  sources: Uint32Array,
  targets: Uint32Array,
  weights?: Float64Array,
): WeightedGraph {
  const order = stableOrderBy(sources, nodeCount, stableOrderBy(targets, nodeCount, identityOrder(sources.length)));
  const from = new Uint32Array(order.length);
  const to = new Uint32Array(order.length);
  const sums = new Float64Array(order.length);
  let count = 0;
  for (const arc of order) {
    const source = sources[arc]!;
    const target = targets[arc]!;
    if (source === target) continue;
    const weight = weights === undefined ? 1 : weights[arc]!;
    if (count > 0 && from[count - 1] === source && to[count - 1] === target) sums[count - 1]! += weight;
    else {
      from[count] = source;
      to[count] = target;
      sums[count++] = weight;
    }
  }
  return {
    nodeCount,
    bounds: rowBounds(from, 0, count, nodeCount),
    targets: to.slice(0, count),
    weights: sums.slice(0, count),
  };
}

/** The same without direction: the weight between two nodes is the sum over both directions. */
export function undirectedGraph(
  nodeCount: number,
  sources: Uint32Array,
  targets: Uint32Array,
  weights?: Float64Array,
): WeightedGraph {
  const both = weights === undefined ? undefined : new Float64Array(2 * weights.length);
  both?.set(weights!);
  both?.set(weights!, weights!.length);
  return directedGraph(nodeCount, joined(sources, targets), joined(targets, sources), both);
}

function joined(first: Uint32Array, second: Uint32Array): Uint32Array {
  const both = new Uint32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** Every arc the other way round. */
export function reversed({ nodeCount, bounds, targets, weights }: WeightedGraph): WeightedGraph {
  return directedGraph(nodeCount, targets, sourcesOf(bounds), weights);
}

/** The source of each arc. */
export function sourcesOf(bounds: Uint32Array): Uint32Array {
  const nodeCount = bounds.length - 1;
  const sources = new Uint32Array(bounds[nodeCount]!);
  for (let v = 0; v < nodeCount; v++) sources.fill(v, bounds[v]!, bounds[v + 1]!);
  return sources;
}

/** Sum of the weights of each node's arcs. */
export function strengths({ nodeCount, bounds, weights }: WeightedGraph): Float64Array {
  const sums = new Float64Array(nodeCount);
  for (let v = 0; v < nodeCount; v++) {
    let sum = 0;
    for (let arc = bounds[v]!; arc < bounds[v + 1]!; arc++) sum += weights[arc]!;
    sums[v] = sum;
  }
  return sums;
}
