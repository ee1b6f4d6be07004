import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Space } from '../snapshot/space.ts';
import { NodeSet } from './node-set.ts';
import { RowMarks } from './row-marks.ts';

/**
 * Scratch space that questions on snapshots of one space share. Questions are synchronous, so they take turns; each set is named
 * after its one use, so that no two uses meet.
 */
export interface Workspace {
  /** Everything an identity attains over all its contexts. */
  readonly attained: NodeSet;
  readonly contexts: NodeSet;
  /** The members of one context or bound. */
  readonly members: NodeSet;
  /** A resource and what contains it. */
  readonly upward: NodeSet;
  readonly visited: NodeSet;
  /** Number per node; whoever uses it leaves it zeroed. */
  readonly number: Uint32Array;
  /** Bits per node, and ranks per node; whoever uses them leaves them zeroed. */
  readonly bits: Uint8Array;
  readonly ranks: Uint8Array;
  readonly rowMarks: RowMarks;
}

const workspaces = new WeakMap<Space, Workspace>();

/** The workspace of a snapshot and of all that follow from the same compiled one, made at first use: 30 bytes a node. */
export function workspaceOf({ space }: Snapshot): Workspace {
  const known = workspaces.get(space);
  if (known !== undefined) return known;
  const made = makeWorkspace(space);
  workspaces.set(space, made);
  return made;
}

/** One that is kept for those who need a workspace for longer than a turn. */
const spare = new WeakMap<Space, Workspace>();

/** Lends a workspace of its own to work that takes several turns. */
export async function withOwnWorkspace<T>({ space }: Snapshot, use: (work: Workspace) => Promise<T>): Promise<T> {
  const work = spare.get(space) ?? makeWorkspace(space);
  spare.delete(space);
  try {
    return await use(work);
  } finally {
    spare.set(space, work);
  }
}

function makeWorkspace(space: Space): Workspace {
  const set = (): NodeSet => new NodeSet(new Uint32Array(space.nodeRoom));
  // Whoever adds a node to what is attained looks at its rows next: one line of memory has both.
  const attained = new Uint32Array(space.nodeRoom * 2);
  return {
    attained: new NodeSet(attained, 2),
    contexts: set(),
    members: set(),
    upward: set(),
    visited: set(),
    number: new Uint32Array(space.nodeRoom),
    bits: new Uint8Array(space.nodeRoom),
    ranks: new Uint8Array(space.nodeRoom),
    rowMarks: new RowMarks(attained),
  };
}
