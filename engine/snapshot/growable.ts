/** Typed arrays that grow as they are filled: doubling, so appending is O(1) on average. */
type Growable = Uint8Array | Uint32Array | Float64Array;

export class Column<A extends Growable> {
  #array: A;
  #length = 0;

  constructor(make: new (length: number) => A, capacity = 1024) {
    this.#array = new make(capacity);
  }

  push(value: number): void {
    if (this.#length === this.#array.length) {
      const larger = new (this.#array.constructor as new (length: number) => A)(this.#length * 2);
      larger.set(this.#array as never);
      this.#array = larger;
    }
    this.#array[this.#length++] = value;
  }

  get length(): number {
    return this.#length;
  }

  /** The values so far, without a copy. */
  values(): A {
    return this.#array.subarray(0, this.#length) as A;
  }
}
