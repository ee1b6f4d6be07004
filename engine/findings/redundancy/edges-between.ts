/** The edges of one class from one node to another, found by halving: rows are in the order of their targets. */
import { compareNodes } from '../../snapshot/order.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';

/** O(log of the edges that leave `from`, and the edges found). In the order of the row. */
export function edgesBetween(snapshot: Snapshot, edgeClass: number, from: number, to: number): readonly number[] {
  const { out } = snapshot.adjacency[edgeClass]!;
  const { target } = snapshot;
  const patch = out.patchOf(from);
  const end = out.end(from, patch);
  let low = out.first(from, patch);
  for (let high = end; low < high; ) {
    const middle = (low + high) >> 1;
    if (compareNodes(snapshot, target[out.edge(middle, patch)]!, to) < 0) low = middle + 1;
    else high = middle;
  }
  const edges: number[] = [];
  for (; low < end; low++) {
    const edge = out.edge(low, patch);
    if (target[edge] !== to) break;
    edges.push(edge);
  }
  return edges;
}
