/** Which arcs into a resource count for a sensitive resource in it, or for itself. */
import { NO_INHERIT, type Snapshot } from '../snapshot/snapshot.ts';
import type { Acceptance } from './acceptance.ts';
import type { HubGraph } from './hub-graph.ts';

export class Entrances {
  readonly #snapshot: Snapshot;
  readonly #graph: HubGraph;
  readonly #acceptance: Acceptance;

  constructor(snapshot: Snapshot, graph: HubGraph, acceptance: Acceptance) {
    this.#snapshot = snapshot;
    this.#graph = graph;
    this.#acceptance = acceptance;
  }

  /**
   * True when an arc that reaches a resource counts: containment does always.
   *
   * @param filter of the sensitive resource
   * @param isItself true when the arc reaches the sensitive resource itself, not what contains it
   */
  counts(arc: number, filter: number, isItself: boolean): boolean {
    return (
      this.#graph.sources[arc]! >= this.#graph.principals || this.#gives(this.#graph.edges[arc]!, filter, isItself)
    );
  }

  /** As `counts`, for an arc from a class of leaves. */
  countsOfLeaf(leafArc: number, filter: number, isItself: boolean): boolean {
    return this.#gives(this.#graph.leaves.edges[leafArc]!, filter, isItself);
  }

  #gives(grant: number, filter: number, isItself: boolean): boolean {
    const { flags, termsOf } = this.#snapshot;
    if (!isItself && (flags[grant]! & NO_INHERIT) !== 0) return false;
    return this.#acceptance.takes(filter, termsOf[grant]!);
  }
}
