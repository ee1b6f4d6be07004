import type { Snapshot } from './snapshot.ts';

/**
 * The nodes of some kinds that are there, those that came after compiling last.
 *
 * @param first index of a kind in NODE_KINDS
 * @param end index of the kind after the last one
 */
export function* liveNodes({ space, gone, nodeSpace }: Snapshot, first: number, end: number): Iterable<number> {
  for (let node = space.kindStart[first]!; node < space.kindStart[end]!; node++) if (!gone.has(node)) yield node;
  for (let node = space.compiledNodes; node < nodeSpace; node++) {
    const kind = space.kindIndexOf(node);
    if (kind >= first && kind < end && !gone.has(node)) yield node;
  }
}
