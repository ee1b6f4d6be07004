/** Questions about the graph as it would be. */
import { GrantlensError } from '../model/index.ts';
import { type Edits, extended, hasRoomFor } from '../snapshot/extend.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

export const NO_EDITS: Edits = { version: 0, nodes: [], nodesGone: [], edges: [], edgesGone: [] };

/**
 * Asks about a snapshot with edits made; there must be room for them. What is asked must be done when `ask` returns: the
 * numbers of what was supposed are given to others then.
 */
export function supposing<T>(snapshot: Snapshot, edits: Edits, ask: (supposed: Snapshot) => T): T {
  const { space } = snapshot;
  const mark = space.mark();
  const supposed = extended(snapshot, { ...edits, version: snapshot.version }, true);
  const until = space.mark();
  try {
    return ask(supposed);
  } finally {
    space.giveBack(mark, until);
  }
}

/**
 * The same for what takes several turns.
 *
 * @throws GrantlensError LIMIT_EXCEEDED when there is no room for the edits
 */
export async function supposingFor<T>(
  snapshot: Snapshot,
  edits: Edits,
  ask: (supposed: Snapshot) => Promise<T>,
): Promise<T> {
  mustHaveRoom(snapshot, { nodes: edits.nodes.length, edges: edits.edges.length });
  const { space } = snapshot;
  const mark = space.mark();
  const supposed = extended(snapshot, edits);
  const until = space.mark();
  try {
    return await ask(supposed);
  } finally {
    space.giveBack(mark, until);
  }
}

/**
 * The same for versions of which each is made of the one before it.
 *
 * @param room of all edits together
 * @param ask is given what makes a version; all of them are forgotten when it has ended
 * @throws GrantlensError LIMIT_EXCEEDED when there is no room for the edits
 */
export async function supposingInTurn<T>(
  snapshot: Snapshot,
  room: Parameters<typeof hasRoomFor>[1],
  ask: (suppose: (before: Snapshot, edits: Edits) => Snapshot) => Promise<T>,
): Promise<T> {
  mustHaveRoom(snapshot, room);
  const { space } = snapshot;
  const mark = space.mark();
  let until = mark;
  try {
    return await ask((before, edits) => {
      const supposed = extended(before, edits);
      until = space.mark();
      return supposed;
    });
  } finally {
    space.giveBack(mark, until);
  }
}

function mustHaveRoom(snapshot: Snapshot, room: Parameters<typeof hasRoomFor>[1]): void {
  if (!hasRoomFor(snapshot, room))
    throw new GrantlensError('LIMIT_EXCEEDED', 'There is no room for so many changes at a time.');
}
