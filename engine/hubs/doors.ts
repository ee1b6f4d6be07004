/**
 * Resources that contain sensitive ones, by the filter of what they contain: who comes in through one depends on which
 * grants count behind it. Made as they are met.
 */
export class Doors {
  readonly #numbers = new Map<number, number>();
  readonly #filters: number;
  /** Of each door: the node of the hub graph, the filter, how many sensitive resources are behind it, what these weigh. */
  readonly nodes: number[] = [];
  readonly filters: number[] = [];
  readonly resources: number[] = [];
  readonly weights: number[] = [];

  /** @param filters how many there are */
  constructor(filters: number) {
    this.#filters = filters;
  }

  /** The door of a node that was met, or undefined. */
  find(node: number, filter: number): number | undefined {
    return this.#numbers.get(node * this.#filters + filter);
  }

  /** Tells that so many sensitive resources of a filter are behind a node. */
  add(node: number, filter: number, resources: number, weight: number): void {
    let door = this.find(node, filter);
    if (door === undefined) {
      door = this.nodes.push(node) - 1;
      this.filters.push(filter);
      this.resources.push(0);
      this.weights.push(0);
      this.#numbers.set(node * this.#filters + filter, door);
    }
    this.resources[door]! += resources;
    this.weights[door]! += weight;
  }
}
