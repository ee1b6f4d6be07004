/** Breadth-first search over one of the graphs. */
import type { MultiDirectedGraph } from 'graphology';

type AnyGraph = Pick<MultiDirectedGraph, 'hasNode' | 'forEachOutboundEdge' | 'forEachInboundEdge'>;
export type Direction = 'out' | 'in';

/** Calls for the edges at a node and the node at their other end; for none where the graph has no such node. */
export function eachStep<A>(
  graph: AnyGraph,
  node: string,
  direction: Direction,
  visit: (other: string, attributes: A) => void,
): void {
  if (!graph.hasNode(node)) return;
  if (direction === 'out') graph.forEachOutboundEdge(node, (_, attributes, _from, to) => visit(to, attributes as A));
  else graph.forEachInboundEdge(node, (_, attributes, from) => visit(from, attributes as A));
}

/** The nodes that edges lead to from the first ones, those included, in the order of their distance. */
export function reached<A>(
  graph: AnyGraph,
  first: Iterable<string>,
  direction: Direction,
  wanted: (attributes: A) => boolean = () => true,
): Set<string> {
  const found = new Set(first);
  for (const node of found)
    eachStep<A>(graph, node, direction, (other, attributes) => {
      if (wanted(attributes)) found.add(other);
    });
  return found;
}
