/** Who gives something: by a grant, a denial or something to act as, of its own or of what it belongs to, now or later. */
import type { Instant } from '../model/index.ts';
import { GRANT, MEMBERSHIP, type Snapshot, TAKE } from '../snapshot/snapshot.ts';
import { isOver, stillThere } from './still-there.ts';

/** By node number, 1 for yes: from whoever has an edge that gives something back over all memberships. O(nodes + edges). */
export function giving(snapshot: Snapshot, at: Instant): Uint8Array {
  const { adjacency, nodeSpace, source } = snapshot;
  const gives = new Uint8Array(nodeSpace);
  const open: number[] = [];
  const meet = (node: number): void => {
    if (gives[node] === 1) return;
    gives[node] = 1;
    open.push(node);
  };
  for (const edgeClass of [GRANT, TAKE]) {
    const { out } = adjacency[edgeClass]!;
    for (let node = 0; node < nodeSpace; node++) {
      const patch = out.patchOf(node);
      for (let i = out.first(node, patch), end = out.end(node, patch); i < end; i++) {
        if (isOver(snapshot, out.edge(i, patch), at)) continue;
        meet(node);
        break;
      }
    }
  }
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (const edge of stillThere(snapshot, MEMBERSHIP, 'into', node, at)) meet(source[edge]!);
  return gives;
}
