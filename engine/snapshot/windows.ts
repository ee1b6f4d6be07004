/** Windows of time, each with a number; number 0 is "always". Only ever added to. */
export class Windows {
  /** By start, then by end. */
  readonly #numbers = new Map<number, Map<number, number>>();
  #from = Float64Array.of(Number.NEGATIVE_INFINITY);
  #to = Float64Array.of(Number.POSITIVE_INFINITY);
  #count = 1;

  /** By number; longer than there are windows. */
  get from(): Float64Array {
    return this.#from;
  }

  get to(): Float64Array {
    return this.#to;
  }

  get count(): number {
    return this.#count;
  }

  number(from: number, to: number): number {
    if (from === Number.NEGATIVE_INFINITY && to === Number.POSITIVE_INFINITY) return 0;
    let ends = this.#numbers.get(from);
    if (ends === undefined) {
      ends = new Map();
      this.#numbers.set(from, ends);
    }
    const known = ends.get(to);
    if (known !== undefined) return known;
    const number = this.#count++;
    if (number >= this.#from.length) {
      this.#from = doubled(this.#from);
      this.#to = doubled(this.#to);
    }
    this.#from[number] = from;
    this.#to[number] = to;
    ends.set(to, number);
    return number;
  }

  /** The same windows numbered in order of time, and the new number of each. */
  inOrder(): { readonly windows: Windows; readonly renumber: Uint32Array } {
    const [from, to] = [this.#from, this.#to];
    const order = Array.from({ length: this.#count - 1 }, (_, i) => i + 1);
    order.sort((a, b) => from[a]! - from[b]! || to[a]! - to[b]!);
    const windows = new Windows();
    const renumber = new Uint32Array(this.#count);
    for (const window of order) renumber[window] = windows.number(from[window]!, to[window]!);
    return { windows, renumber };
  }
}

function doubled(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}
