import type { Space } from './space.ts';

/** Finds the nodes of one version by id. */
export class NodeIndex {
  readonly #space: Space;
  readonly #nodeSpace: number;
  readonly #gone: ReadonlySet<number>;

  constructor(space: Space, nodeSpace: number, gone: ReadonlySet<number>) {
    this.#space = space;
    this.#nodeSpace = nodeSpace;
    this.#gone = gone;
  }

  /** The number of the node with this id; -1 where there is none. */
  find(id: string): number {
    const node = this.#space.numberOf(id, this.#nodeSpace);
    return node >= 0 && this.#gone.size > 0 && this.#gone.has(node) ? this.#earlier(id, node) : node;
  }

  /** A node that is gone may have been another kind of node before, and be that again. */
  #earlier(id: string, gone: number): number {
    for (let node = gone; node >= this.#space.compiledNodes; ) {
      node = this.#space.numberOf(id, node);
      if (!this.#gone.has(node)) return node;
    }
    return -1;
  }
}
