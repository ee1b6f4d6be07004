import type { Snapshot } from '../snapshot/snapshot.ts';
import { NodeSet } from './node-set.ts';

/**
 * Scratch space that questions on one snapshot share. Questions are synchronous, so they take turns; each set is named
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
}

const workspaces = new WeakMap<Snapshot, Workspace>();

/** The workspace of a snapshot, made at first use: 24 bytes a node. */
export function workspaceOf(snapshot: Snapshot): Workspace {
  const known = workspaces.get(snapshot);
  if (known !== undefined) return known;
  const set = (): NodeSet => new NodeSet(snapshot.nodeCount);
  const made = {
    attained: set(),
    contexts: set(),
    members: set(),
    upward: set(),
    visited: set(),
    number: new Uint32Array(snapshot.nodeCount),
  };
  workspaces.set(snapshot, made);
  return made;
}
