/** A queue that gives out the least item first. J. Williams, "Algorithm 232: Heapsort", Communications of the ACM 7(6), 1964. */
export class BinaryHeap<T> {
  readonly #items: T[] = [];
  readonly #isLess: (a: T, b: T) => boolean;

  /** @param isLess a strict order; items that are equal in it come in no order that is promised */
  constructor(isLess: (a: T, b: T) => boolean) {
    this.#isLess = isLess;
  }

  get size(): number {
    return this.#items.length;
  }

  /** O(log size). */
  push(item: T): void {
    const items = this.#items;
    let place = items.push(item) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!this.#isLess(item, items[above]!)) break;
      items[place] = items[above]!;
      place = above;
    }
    items[place] = item;
  }

  /** Takes out the least item; `undefined` when there is none. O(log size). */
  pop(): T | undefined {
    const items = this.#items;
    const least = items[0];
    const item = items.pop();
    if (items.length === 0 || item === undefined) return least;
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= items.length) break;
      if (below + 1 < items.length && this.#isLess(items[below + 1]!, items[below]!)) below++;
      if (!this.#isLess(items[below]!, item)) break;
      items[place] = items[below]!;
      place = below;
    }
    items[place] = item;
    return least;
  }
}
