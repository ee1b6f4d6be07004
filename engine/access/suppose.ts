/** Questions about the graph as it would be. */
import { type Edits, extended } from '../snapshot/extend.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

export const NO_EDITS: Edits = { version: 0, nodes: [], nodesGone: [], edges: [], edgesGone: [] };

/**
 * Asks about a snapshot with edits made; there must be room for them. What is asked must be done when `ask` returns: the
 * numbers of what was supposed are given to others then.
 */
export function supposing<T>(snapshot: Snapshot, edits: Edits, ask: (supposed: Snapshot) => T): T {
  const { space } = snapshot;
  const mark = space.mark();
  const supposed = extended(snapshot, { ...edits, version: snapshot.version });
  const until = space.mark();
  try {
    return ask(supposed);
  } finally {
    space.giveBack(mark, until);
  }
}
