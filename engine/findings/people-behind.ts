/** How many identities have what a principal has. */

import type { Instant } from '../model/index.ts';
import { isIdentity, MEMBERSHIP, type Snapshot } from '../snapshot/snapshot.ts';
import { isOver } from './still-there.ts';

/** Beyond so many nodes nobody counts: severities no longer tell them apart. */
export const MOST_BEHIND = 1_000;

/** Counts identities behind principals, each principal once. */
export class PeopleBehind {
  readonly #snapshot: Snapshot;
  readonly #at: Instant;
  readonly #known = new Map<number, number>();

  constructor(snapshot: Snapshot, at: Instant) {
    this.#snapshot = snapshot;
    this.#at = at;
  }

  /** Of the first `MOST_BEHIND` nodes that belong to the principal, itself counted, those that are identities. */
  count(principal: number): number {
    let known = this.#known.get(principal);
    if (known === undefined) {
      known = this.#counted(principal);
      this.#known.set(principal, known);
    }
    return known;
  }

  #counted(principal: number): number {
    const { adjacency, source } = this.#snapshot;
    const { into } = adjacency[MEMBERSHIP]!;
    const met = new Set([principal]);
    for (const node of met) {
      const patch = into.patchOf(node);
      for (let i = into.first(node, patch), end = into.end(node, patch); i < end && met.size < MOST_BEHIND; i++) {
        const edge = into.edge(i, patch);
        if (!isOver(this.#snapshot, edge, this.#at)) met.add(source[edge]!);
      }
    }
    let identities = 0;
    for (const node of met) if (isIdentity(this.#snapshot, node)) identities++;
    return identities;
  }
}
