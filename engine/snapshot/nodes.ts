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
