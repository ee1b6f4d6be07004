/** Order of the nodes of a graph without cycles. A. Kahn, "Topological sorting of large networks", Communications of the ACM 5(11), 1962. */
import type { ArcRows } from './arc-rows.ts';

/** All nodes, each before those that its arcs lead to; `undefined` when there is a cycle. O(nodes + arcs). */
export function topologicalOrder({ nodeCount, bounds, targets }: ArcRows): Uint32Array | undefined {
  const waitsFor = new Uint32Array(nodeCount);
  for (let place = 0; place < targets.length; place++) waitsFor[targets[place]!]!++;
  const order = new Uint32Array(nodeCount);
  let size = 0;
  for (let v = 0; v < nodeCount; v++) if (waitsFor[v] === 0) order[size++] = v;
  for (let head = 0; head < size; head++) {
    const v = order[head]!;
    for (let place = bounds[v]!; place < bounds[v + 1]!; place++)
      if (--waitsFor[targets[place]!]! === 0) order[size++] = targets[place]!;
  }
  return size === nodeCount ? order : undefined;
}
