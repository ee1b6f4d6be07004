/** Edges that are there at an instant or will be: what is over counts for nothing any more. */
import type { Instant } from '../model/index.ts';
import { EDGE_CLASSES, type Snapshot, TIMED } from '../snapshot/snapshot.ts';

/** True when the time of an edge is over at an instant. */
export function isOver({ flags, validTo, windowOf }: Snapshot, edge: number, at: Instant): boolean {
  return (flags[edge]! & TIMED) !== 0 && validTo[windowOf[edge]!]! <= at;
}

/** Edges of one class that leave a node, or reach it, and are not over. */
export function stillThere(
  snapshot: Snapshot,
  edgeClass: number,
  direction: 'out' | 'into',
  node: number,
  at: Instant,
): readonly number[] {
  const edges: number[] = [];
  for (const edge of snapshot.adjacency[edgeClass]![direction].of(node))
    if (!isOver(snapshot, edge, at)) edges.push(edge);
  return edges;
}

/** All edges that leave a node or reach it, over or not. */
export function edgesAround(
  { adjacency }: Snapshot,
  node: number,
): { readonly out: number[]; readonly into: number[] } {
  const out: number[] = [];
  const into: number[] = [];
  for (let edgeClass = 0; edgeClass < EDGE_CLASSES; edgeClass++) {
    out.push(...adjacency[edgeClass]!.out.of(node));
    into.push(...adjacency[edgeClass]!.into.of(node));
  }
  return { out, into };
}
