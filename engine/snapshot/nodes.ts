import { NODE_KINDS } from '../model/index.ts';
import { compareNodes, sortNodes } from './order.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * The nodes of some kinds that are there, those that came after compiling last.
 *
 * @param first index of a kind in NODE_KINDS
 * @param end index of the kind after the last one
 */
export function* liveNodes({ space, gone, later }: Snapshot, first: number, end: number): Iterable<number> {
  for (let node = space.kindStart[first]!; node < space.kindStart[end]!; node++) if (!gone.has(node)) yield node;
  for (const node of later) {
    const kind = space.kindIndexOf(node);
    if (kind >= first && kind < end) yield node;
  }
}

/** True when a node is there in this version. */
export const isThere = ({ space, gone, later }: Snapshot, node: number): boolean =>
  node < space.compiledNodes ? gone.size === 0 || !gone.has(node) : later.has(node);

/** All nodes that are there, in order. Linear: the compiled ones are in order, and the others are few. */
export function nodesInOrder(snapshot: Snapshot): Uint32Array {
  const { space, gone, later } = snapshot;
  const come = sortNodes(snapshot, Uint32Array.from(later));
  const nodes = new Uint32Array(space.compiledNodes - gone.size + come.length);
  let count = 0;
  let next = 0;
  for (let node = 0; node < space.compiledNodes; node++) {
    while (next < come.length && compareNodes(snapshot, come[next]!, node) < 0) nodes[count++] = come[next++]!;
    if (gone.size === 0 || !gone.has(node)) nodes[count++] = node;
  }
  while (next < come.length) nodes[count++] = come[next++]!;
  return nodes;
}

/** How many nodes of each kind there are before each kind: `kindStart` of nodes in order. */
export function kindStartOf(nodeCounts: Uint32Array): Uint32Array {
  const start = new Uint32Array(NODE_KINDS.length + 1);
  nodeCounts.forEach((count, kind) => {
    start[kind + 1] = start[kind]! + count;
  });
  return start;
}
