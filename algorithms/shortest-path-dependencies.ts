/**
 * What the shortest paths from one source give to the nodes between: the inner part of betweenness.
 * U. Brandes, "A faster algorithm for betweenness centrality", Journal of Mathematical Sociology 25(2), 2001, with ends that
 * weigh: U. Brandes, "On variants of shortest-path betweenness centrality and their generic computation", Social
 * Networks 30(2), 2008. Unweighted arcs. A source takes O(the arcs it reaches); O(nodes) space.
 */
import type { ArcRows } from './arc-rows.ts';

/** The workspace of the searches; between two of them every array but `scores` is as it was. */
export class ShortestPathDependencies {
  readonly scores: Float64Array;
  readonly #graph: ArcRows;
  readonly #ends: Float64Array;
  readonly #order: Uint32Array;
  /** Counted from 1 at the source; 0 for nodes that were not reached. */
  readonly #distance: Uint32Array;
  readonly #paths: Float64Array;
  readonly #dependency: Float64Array;

  /** @param ends how much a path that ends in a node counts, one for each node; left out, 1 */
  constructor(graph: ArcRows, ends: Float64Array = new Float64Array(graph.nodeCount).fill(1)) {
    const { nodeCount } = graph;
    this.#graph = graph;
    this.#ends = ends;
    this.scores = new Float64Array(nodeCount);
    this.#order = new Uint32Array(nodeCount);
    this.#distance = new Uint32Array(nodeCount);
    this.#paths = new Float64Array(nodeCount);
    this.#dependency = new Float64Array(nodeCount);
  }

  /** Adds what the pairs that begin at one node give to the nodes between. @returns how many arcs were looked at */
  addFrom(source: number, weight = 1): number {
    const { bounds, targets } = this.#graph;
    const ends = this.#ends;
    const order = this.#order;
    const distance = this.#distance;
    const paths = this.#paths;
    const dependency = this.#dependency;
    const scores = this.scores;
    let size = 1;
    let arcs = 0;
    order[0] = source;
    distance[source] = 1;
    paths[source] = 1;
    for (let head = 0; head < size; head++) {
      const v = order[head]!;
      const further = distance[v]! + 1;
      const last = bounds[v + 1]!;
      arcs += last - bounds[v]!;
      for (let arc = bounds[v]!; arc < last; arc++) {
        const w = targets[arc]!;
        if (distance[w] === 0) {
          distance[w] = further;
          order[size++] = w;
          paths[w] = paths[v]!;
        } else if (distance[w] === further) paths[w]! += paths[v]!;
      }
    }
    // Backwards over the same arcs: no list of predecessors is kept.
    for (let i = size - 1; i > 0; i--) {
      const v = order[i]!;
      const further = distance[v]! + 1;
      let sum = 0;
      for (let arc = bounds[v]!; arc < bounds[v + 1]!; arc++) {
        const w = targets[arc]!;
        if (distance[w] === further) sum += (ends[w]! + dependency[w]!) / paths[w]!;
      }
      dependency[v] = sum * paths[v]!;
      scores[v]! += weight * dependency[v]!;
    }
    for (let i = 0; i < size; i++) {
      const v = order[i]!;
      distance[v] = 0;
      dependency[v] = 0;
    }
    return arcs;
  }
}
