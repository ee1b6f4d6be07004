import type { Change, EdgeRecord, NodeRecord } from '../../../engine/model/index.ts';
import type { OracleGraph } from './world.ts';

/** The graph that changes give when they are put into an empty one, in their order. */
export async function graphOf(changes: Iterable<Change> | AsyncIterable<Change>): Promise<OracleGraph> {
  const nodes = new Map<string, NodeRecord>();
  const edges = new Map<string, EdgeRecord>();
  for await (const change of changes) applyChange(nodes, edges, change);
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

/** The graph after a few changes. */
export async function graphAfter(graph: OracleGraph, changes: Iterable<Change>): Promise<OracleGraph> {
  const before: Change[] = [
    ...graph.nodes.map((node): Change => ({ op: 'PUT_NODE', node })),
    ...graph.edges.map((edge): Change => ({ op: 'PUT_EDGE', edge })),
  ];
  return graphOf([...before, ...changes]);
}

function applyChange(nodes: Map<string, NodeRecord>, edges: Map<string, EdgeRecord>, change: Change): void {
  if (change.op === 'PUT_NODE') nodes.set(JSON.stringify([change.node.id, change.node.source]), change.node);
  else if (change.op === 'REMOVE_NODE') nodes.delete(JSON.stringify([change.id, change.source]));
  else if (change.op === 'PUT_EDGE') edges.set(change.edge.id, change.edge);
  else if (change.op === 'REMOVE_EDGE') edges.delete(change.id);
}
