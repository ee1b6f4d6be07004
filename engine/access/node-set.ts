/**
 * A set of nodes reached with certainty or only under a condition, in the order of reaching, cleared in O(1): a node is
 * in the set when its mark is of the current round.
 */
export class NodeSet {
  readonly #mark: Uint32Array;
  #round = 2;
  readonly nodes: number[] = [];

  constructor(nodeCount: number) {
    this.#mark = new Uint32Array(nodeCount);
  }

  clear(): void {
    this.nodes.length = 0;
    this.#round += 2;
    if (this.#round > 0xffff_fff0) {
      this.#mark.fill(0);
      this.#round = 2;
    }
  }

  has(node: number): boolean {
    return this.#mark[node]! >= this.#round;
  }

  /** True when the node is there without any condition. */
  isCertain(node: number): boolean {
    return this.#mark[node] === this.#round + 1;
  }

  /** Adds a node that is not there yet; false when it is. Certain nodes are to be added before the others. */
  add(node: number, certain: boolean): boolean {
    if (this.#mark[node]! >= this.#round) return false;
    this.#mark[node] = this.#round + (certain ? 1 : 0);
    this.nodes.push(node);
    return true;
  }
}
