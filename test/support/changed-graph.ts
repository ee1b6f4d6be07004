/** A graph after some changes, done to its records in the plainest way. */
import type { Change, EdgeRecord, NodeRecord } from '../../engine/model/index.ts';
import type { OracleGraph } from './oracle/index.ts';

export function changed({ nodes, edges }: OracleGraph, changes: readonly Change[]): OracleGraph {
  const allNodes = new Map(nodes.map((node) => [`${node.id} ${node.source}`, node] as [string, NodeRecord]));
  const allEdges = new Map(edges.map((edge) => [edge.id, edge] as [string, EdgeRecord]));
  for (const change of changes) {
    if (change.op === 'PUT_NODE') allNodes.set(`${change.node.id} ${change.node.source}`, change.node);
    else if (change.op === 'PUT_EDGE') allEdges.set(change.edge.id, change.edge);
    else if (change.op === 'REMOVE_NODE') must(allNodes.delete(`${change.id} ${change.source}`), change.id);
    else if (change.op === 'REMOVE_EDGE') must(allEdges.delete(change.id), change.id);
  }
  return { nodes: [...allNodes.values()], edges: [...allEdges.values()] };
}

function must(found: boolean, id: string): void {
  if (!found) throw new Error(`there is no ${id} to remove`);
}
