/** What Louvain and Leiden work on: a graph whose nodes are groups of nodes of the graph they were given. */
import { strengths, type WeightedGraph } from './weighted-graph.ts';

/** Undirected, each edge as two arcs. What lies inside a node is no arc; it counts in the node's strength. */
export interface Level {
  readonly nodeCount: number;
  readonly bounds: Uint32Array;
  readonly targets: Uint32Array;
  readonly weights: Float64Array;
  /** Of each node: the weights of its arcs and twice the weight inside. Their sum is the same on all levels. */
  readonly strength: Float64Array;
}

export const levelOf = (graph: WeightedGraph): Level => ({ ...graph, strength: strengths(graph) });

/** Settings that are the same on all levels. */
export interface Objective {
  readonly resolution: number;
  /** Twice the weight of all edges. */
  readonly total: number;
}

/** A partition whose communities are numbered 0, 1, 2, … in the order of their first nodes. */
export interface Partition {
  readonly community: Uint32Array;
  readonly count: number;
}

export const singletons = (nodeCount: number): Partition => ({
  community: Uint32Array.from({ length: nodeCount }, (_, v) => v),
  count: nodeCount,
});

/** Numbers communities in the order of their first nodes. @param community numbers below `community.length` */
export function numbered(community: Uint32Array): Partition {
  const numbers = new Uint32Array(community.length);
  let count = 0;
  const renumbered = community.map((c) => {
    if (numbers[c] === 0) numbers[c] = ++count;
    return numbers[c]! - 1;
  });
  return { community: renumbered, count };
}

/** Which group of `outer` each node is in, when `inner` tells its group and `outer` that group's group. */
export const composed = (inner: Uint32Array, outer: Uint32Array): Uint32Array => inner.map((group) => outer[group]!);

/** Splits communities so that each is connected; those that are stay whole. O(nodes + arcs). */
export function connectedParts({ nodeCount, bounds, targets }: Level, community: Uint32Array): Partition {
  const part = new Uint32Array(nodeCount);
  const queue = new Uint32Array(nodeCount);
  let count = 0;
  for (let first = 0; first < nodeCount; first++) {
    if (part[first] !== 0) continue;
    part[first] = ++count;
    queue[0] = first;
    for (let head = 0, size = 1; head < size; head++) {
      const v = queue[head]!;
      for (let arc = bounds[v]!; arc < bounds[v + 1]!; arc++) {
        const w = targets[arc]!;
        if (part[w] !== 0 || community[w] !== community[v]) continue;
        part[w] = count;
        queue[size++] = w;
      }
    }
  }
  return { community: part.map((number) => number - 1), count };
}

/** The level on which each community is one node. O(nodes + arcs). */
export function aggregated(level: Level, { community, count }: Partition): Level {
  const memberBounds = new Uint32Array(count + 2);
  for (const c of community) memberBounds[c + 2]!++;
  for (let c = 2; c < memberBounds.length; c++) memberBounds[c]! += memberBounds[c - 1]!;
  const members = new Uint32Array(level.nodeCount);
  for (let v = 0; v < level.nodeCount; v++) members[memberBounds[community[v]! + 1]!++] = v;
  const bounds = new Uint32Array(count + 1);
  const targets = new Uint32Array(level.targets.length);
  const weights = new Float64Array(level.targets.length);
  const strength = new Float64Array(count);
  /** Where the arc to a community is in the row that is being written, plus one; 0 for not yet. */
  const placeOf = new Uint32Array(count);
  let size = 0;
  for (let c = 0; c < count; c++) {
    const first = size;
    for (let i = memberBounds[c]!; i < memberBounds[c + 1]!; i++) {
      const v = members[i]!;
      strength[c]! += level.strength[v]!;
      for (let arc = level.bounds[v]!; arc < level.bounds[v + 1]!; arc++) {
        const other = community[level.targets[arc]!]!;
        if (other === c) continue;
        if (placeOf[other] === 0) {
          targets[size] = other;
          placeOf[other] = ++size;
        }
        weights[placeOf[other]! - 1]! += level.weights[arc]!;
      }
    }
    for (let place = first; place < size; place++) placeOf[targets[place]!] = 0;
    bounds[c + 1] = size;
  }
  return { nodeCount: count, bounds, targets: targets.slice(0, size), weights: weights.slice(0, size), strength };
}
