/** Directed multigraphs as compressed sparse rows: loops and parallel arcs stay. O(nodes + arcs) to build. */
import { identityOrder, rowBounds, stableOrderBy } from './sorted-edges.ts';
import { sourcesOf } from './weighted-graph.ts';

/** The arcs of node v are places `bounds[v]` to `bounds[v + 1]`, excluded. */
export interface ArcRows {
  readonly nodeCount: number;
  /** `nodeCount + 1` long. */
  readonly bounds: Uint32Array;
  readonly targets: Uint32Array;
}

export interface NumberedRows extends ArcRows {
  /** The number that the arc at each place had before; in a row they ascend. */
  readonly arcs: Uint32Array;
}

/** Rows of a list of arcs. @param sources node numbers below `nodeCount`, as are the targets, one for each arc */
export function arcRows(nodeCount: number, sources: Uint32Array, targets: Uint32Array): NumberedRows {
  const arcs = stableOrderBy(sources, nodeCount, identityOrder(sources.length));
  return {
    nodeCount,
    bounds: rowBounds(sources, 0, sources.length, nodeCount),
    targets: arcs.map((arc) => targets[arc]!),
    arcs,
  };
}

/** Every arc the other way round; its number is its place in the rows given. */
export function reversedRows({ nodeCount, bounds, targets }: ArcRows): NumberedRows {
  return arcRows(nodeCount, targets, sourcesOf(bounds));
}

/**
 * Which nodes are reached from `start`, itself among them, as 1.
 *
 * @param past a node that is reached but not passed
 */
export function reachedFrom({ nodeCount, bounds, targets }: ArcRows, start: number, past?: number): Uint8Array {
  const reached = new Uint8Array(nodeCount);
  const queue = new Uint32Array(nodeCount);
  let size = 1;
  queue[0] = start;
  reached[start] = 1;
  for (let head = 0; head < size; head++) {
    const v = queue[head]!;
    if (v === past) continue;
    for (let place = bounds[v]!; place < bounds[v + 1]!; place++) {
      const w = targets[place]!;
      if (reached[w] === 1) continue;
      reached[w] = 1;
      queue[size++] = w;
    }
  }
  return reached;
}
