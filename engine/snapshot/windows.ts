/** Windows of time, each with a number; number 0 is "always". Only ever added to, but for numbers that are given back. */
import { shared64 } from './shared-arrays.ts';

export class Windows {
  /** By start, then by end; made when a number is first asked for. */
  #numbers: Map<number, Map<number, number>> | undefined;
  #from: Float64Array;
  #to: Float64Array;
  #count: number;

  private constructor(from: Float64Array, to: Float64Array, count: number) {
    this.#from = from;
    this.#to = to;
    this.#count = count;
  }

  /** No windows but "always". */
  static none(): Windows {
    return new Windows(shared64(1).fill(Number.NEGATIVE_INFINITY), shared64(1).fill(Number.POSITIVE_INFINITY), 1);
  }

  /** Windows as others had them: their arrays, and how many of them there are. */
  static of(from: Float64Array, to: Float64Array, count: number): Windows {
    return new Windows(from, to, count);
  }

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
    this.#numbers ??= this.#numbered();
    const known = this.#numbers.get(from)?.get(to);
    if (known !== undefined) return known;
    const number = this.#count++;
    if (number >= this.#from.length) {
      this.#from = doubled(this.#from);
      this.#to = doubled(this.#to);
    }
    this.#from[number] = from;
    this.#to[number] = to;
    note(this.#numbers, from, to, number);
    return number;
  }

  #numbered(): Map<number, Map<number, number>> {
    const numbers = new Map<number, Map<number, number>>();
    for (let i = 1; i < this.#count; i++) note(numbers, this.#from[i]!, this.#to[i]!, i);
    return numbers;
  }

  /** Takes over the windows that others have by now. */
  become(from: Float64Array, to: Float64Array, count: number): void {
    this.#from = from;
    this.#to = to;
    this.#count = count;
    this.#numbers = undefined;
  }

  /** Forgets numbers from one on that nobody looks at any more. */
  giveBack(from: number): void {
    for (; this.#count > from; this.#count--)
      this.#numbers?.get(this.#from[this.#count - 1]!)?.delete(this.#to[this.#count - 1]!);
  }

  /** The same windows numbered in order of time, and the new number of each. */
  inOrder(): { readonly windows: Windows; readonly renumber: Uint32Array } {
    const [from, to] = [this.#from, this.#to];
    const order = Array.from({ length: this.#count - 1 }, (_, i) => i + 1);
    order.sort((a, b) => from[a]! - from[b]! || to[a]! - to[b]!);
    const windows = Windows.none();
    const renumber = new Uint32Array(this.#count);
    for (const window of order) renumber[window] = windows.number(from[window]!, to[window]!);
    return { windows, renumber };
  }
}

function note(numbers: Map<number, Map<number, number>>, from: number, to: number, number: number): void {
  const ends = numbers.get(from);
  if (ends === undefined) numbers.set(from, new Map([[to, number]]));
  else ends.set(to, number);
}

function doubled(array: Float64Array): Float64Array {
  const larger = shared64(array.length * 2);
  larger.set(array);
  return larger;
}
