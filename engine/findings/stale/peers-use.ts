/** How many others have the same as an edge gives, and how many of them used it lately. */
import { EDGE_KINDS, type Instant } from '../../model/index.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';

export interface Peers {
  /** Those that have it, the edge itself not counted. */
  readonly others: number;
  readonly using: number;
}

/** Counts edges that give the same: of one kind, to the same node, on the same terms, under a condition or not. */
export class PeersUse {
  readonly #snapshot: Snapshot;
  readonly #lastUsedAt: Float64Array;
  readonly #since: Instant;
  readonly #all = new Map<number, number>();
  readonly #using = new Map<number, number>();

  /** @param since use from then on is lately */
  constructor(snapshot: Snapshot, lastUsedAt: Float64Array, since: Instant) {
    this.#snapshot = snapshot;
    this.#lastUsedAt = lastUsedAt;
    this.#since = since;
  }

  /** Adds an edge that is there. */
  add(edge: number): void {
    const key = this.#keyOf(edge);
    this.#all.set(key, (this.#all.get(key) ?? 0) + 1);
    if (this.#isUsing(edge)) this.#using.set(key, (this.#using.get(key) ?? 0) + 1);
  }

  /** Of an edge that was added. */
  of(edge: number): Peers {
    const key = this.#keyOf(edge);
    return { others: this.#all.get(key)! - 1, using: (this.#using.get(key) ?? 0) - (this.#isUsing(edge) ? 1 : 0) };
  }

  #isUsing(edge: number): boolean {
    return this.#lastUsedAt[edge]! >= this.#since;
  }

  /** Below 2^53 as long as nodes times terms are below 2^49. */
  #keyOf(edge: number): number {
    const { target, termsOf, terms, edgeKind } = this.#snapshot;
    return (target[edge]! * terms.all.length + termsOf[edge]!) * EDGE_KINDS.length + edgeKind[edge]!;
  }
}
