import { generateEstate } from '../../engine/generate/index.ts';
import type { EdgeRecord, NodeRecord, UseRecord } from '../../engine/model/index.ts';

/** A generated company as plain records. */
export function estateRecords(
  users: number,
  seed = 1,
): { nodes: NodeRecord[]; edges: EdgeRecord[]; uses: UseRecord[] } {
  const nodes: NodeRecord[] = [];
  const edges: EdgeRecord[] = [];
  const uses: UseRecord[] = [];
  for (const change of generateEstate({ users, seed })) {
    if (change.op === 'PUT_NODE') nodes.push(change.node);
    if (change.op === 'PUT_EDGE') edges.push(change.edge);
    if (change.op === 'PUT_USE') uses.push(change.use);
  }
  return { nodes, edges, uses };
}
