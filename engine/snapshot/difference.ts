/** What differs between two versions of one space, found in the rows that are not the same. */
import { EDGE_CLASSES, type Snapshot } from './snapshot.ts';

export interface EdgeDifference {
  /** Numbers of edges that are there in the first version only. */
  readonly removed: readonly number[];
  /** Numbers of edges that are there in the second one only. */
  readonly added: readonly number[];
}

/** Cost grows with the rows that were changed since the graph was compiled. */
export function edgeDifference(before: Snapshot, after: Snapshot): EdgeDifference {
  const removed: number[] = [];
  const added: number[] = [];
  for (let edgeClass = 0; edgeClass < EDGE_CLASSES; edgeClass++) {
    const [old, now] = [before.adjacency[edgeClass]!.out, after.adjacency[edgeClass]!.out];
    for (const node of new Set([...old.patchedNodes(), ...now.patchedNodes()])) {
      if (old.patchOf(node) === now.patchOf(node)) continue;
      const [was, is] = [old.of(node), now.of(node)];
      const [had, has] = [new Set(was), new Set(is)];
      for (const edge of was) if (!has.has(edge)) removed.push(edge);
      for (const edge of is) if (!had.has(edge)) added.push(edge);
    }
  }
  return { removed, added };
}

/**
 * Nodes that are in both versions under two numbers, by the first one: those that are of another kind since, and those that
 * two versions came to have independently. Cost grows with the nodes that came since the graph was compiled.
 */
export function renumberedNodes(before: Snapshot, after: Snapshot): ReadonlyMap<number, number> {
  const numbers = new Map<number, number>();
  const { ids } = before;
  for (const node of before.later) {
    const now = after.later.has(node) ? node : after.index.find(ids.at(node));
    if (now >= 0 && now !== node) numbers.set(node, now);
  }
  for (const node of after.later) {
    const then = before.later.has(node) ? node : before.index.find(ids.at(node));
    if (then >= 0 && then !== node) numbers.set(then, node);
  }
  return numbers;
}
