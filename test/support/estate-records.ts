import { generateEstate } from '../../engine/generate/index.ts';
import type { EdgeRecord, NodeRecord } from '../../engine/model/index.ts';

/** A generated company as plain records. */
export function estateRecords(users: number, seed = 1): { nodes: NodeRecord[]; edges: EdgeRecord[] } {
  const nodes: NodeRecord[] = [];
  const edges: EdgeRecord[] = [];
  for (const change of generateEstate({ users, seed })) {
    if (change.op === 'PUT_NODE') nodes.push(change.node);
    if (change.op === 'PUT_EDGE') edges.push(change.edge);
  }
  return { nodes, edges };
}
