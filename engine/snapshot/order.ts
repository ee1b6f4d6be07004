/**
 * The order of nodes and edges, which answers are told in: nodes by kind, then id; edges by class, source, target, kind,
 * id. Among compiled ones it is the order of their numbers.
 */
import { classOf, type Snapshot } from './snapshot.ts';

/** Negative when node `a` comes before node `b`. */
export function compareNodes({ space }: Snapshot, a: number, b: number): number {
  if (a < space.compiledNodes && b < space.compiledNodes) return a - b;
  const byPlace = space.placeOf(a) - space.placeOf(b);
  if (byPlace !== 0) return byPlace;
  // Both came later, between the same two.
  const byKind = space.kindIndexOf(a) - space.kindIndexOf(b);
  if (byKind !== 0) return byKind;
  const [one, other] = [space.ids.at(a), space.ids.at(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Puts node numbers in order, in place. */
export function sortNodes(snapshot: Snapshot, nodes: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  return snapshot.nodeSpace === snapshot.space.compiledNodes
    ? nodes.sort()
    : nodes.sort((a, b) => compareNodes(snapshot, a, b));
}

/** Negative when edge `a` comes before edge `b`. Both must be in this version. */
export function compareEdges(snapshot: Snapshot, a: number, b: number): number {
  const { space, source, target, edgeKind } = snapshot;
  if (a === b || (a < space.compiledEdges && b < space.compiledEdges)) return a - b;
  return (
    classOf(snapshot, a) - classOf(snapshot, b) ||
    compareNodes(snapshot, source[a]!, source[b]!) ||
    compareNodes(snapshot, target[a]!, target[b]!) ||
    edgeKind[a]! - edgeKind[b]! ||
    byPlaceInRow(snapshot, a, b)
  );
}

/** Edges that are alike in all but their ids stand in their row in the order of these. */
function byPlaceInRow(snapshot: Snapshot, a: number, b: number): number {
  const row = snapshot.adjacency[classOf(snapshot, a)]!.out.of(snapshot.source[a]!);
  for (const edge of row) {
    if (edge === a) return -1;
    if (edge === b) return 1;
  }
  return 0;
}

/** Edge numbers in order, as a new list. */
export function sortedEdges(snapshot: Snapshot, edges: Iterable<number>): number[] {
  const list = [...edges];
  return snapshot.edgeSpace === snapshot.space.compiledEdges
    ? list.sort((a, b) => a - b)
    : list.sort((a, b) => compareEdges(snapshot, a, b));
}
