/**
 * A set of nodes reached with certainty or only under a condition, in the order of reaching, cleared in O(1): a node is
 * in the set when its mark is of the current round.
 */
export class NodeSet {
  readonly #mark: Uint32Array;
  readonly #stride: number;
  #round = 2;
  readonly nodes: number[] = [];

  /**
   * @param marks zeros; the mark of a node is at its number times the stride, so that something else can lie beside it
   */
  constructor(marks: Uint32Array, stride = 1) {
    this.#mark = marks;
    this.#stride = stride;
  }

  clear(): void {
    this.nodes.length = 0;
    this.#round += 2;
    if (this.#round > 0xffff_fff0) {
      for (let i = 0; i < this.#mark.length; i += this.#stride) this.#mark[i] = 0;
      this.#round = 2;
    }
  }

  has(node: number): boolean {
    return this.#mark[node * this.#stride]! >= this.#round;
  }

  /** True when the node is there without any condition. */
  isCertain(node: number): boolean {
    return this.#mark[node * this.#stride] === this.#round + 1;
  }

  /** Adds a node that is not there yet; false when it is. Certain nodes are to be added before the others. */
  add(node: number, certain: boolean): boolean {
    const place = node * this.#stride;
    if (this.#mark[place]! >= this.#round) return false;
    this.#mark[place] = this.#round + (certain ? 1 : 0);
    this.nodes.push(node);
    return true;
  }
}
