import type { Space } from './space.ts';

/** Finds the nodes of one version by id. */
export class NodeIndex {
  readonly #space: Space;
  readonly #gone: ReadonlySet<number>;
  readonly #later: ReadonlySet<number>;

  constructor(space: Space, gone: ReadonlySet<number>, later: ReadonlySet<number>) {
    this.#space = space;
    this.#gone = gone;
    this.#later = later;
  }

  /** The number of the node with this id; -1 where there is none. */
  find(id: string): number {
    let node = this.#space.numberOf(id);
    // Another version may have the id under a later number.
    while (node >= this.#space.compiledNodes) {
      if (this.#later.has(node)) return node;
      node = this.#space.numberOf(id, node);
    }
    return node >= 0 && this.#gone.size > 0 && this.#gone.has(node) ? -1 : node;
  }
}
