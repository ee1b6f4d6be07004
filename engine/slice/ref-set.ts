/** A set of a store's numbers: a bit for each number up to the largest, so that a set of millions stays small. */
export class RefSet {
  #bits: Uint32Array;
  #size = 0;

  constructor(bits = new Uint32Array(64)) {
    this.#bits = bits;
  }

  static of(refs: Iterable<number>): RefSet {
    const set = new RefSet();
    for (const ref of refs) set.add(ref);
    return set;
  }

  get size(): number {
    return this.#size;
  }

  has(ref: number): boolean {
    const word = this.#bits[ref >>> 5];
    return word !== undefined && (word & (1 << (ref & 31))) !== 0;
  }

  add(ref: number): void {
    if (this.has(ref)) return;
    const at = ref >>> 5;
    if (at >= this.#bits.length) this.#grow(at + 1);
    this.#bits[at]! |= 1 << (ref & 31);
    this.#size++;
  }

  #grow(words: number): void {
    const larger = new Uint32Array(Math.max(words, this.#bits.length * 2));
    larger.set(this.#bits);
    this.#bits = larger;
  }

  copy(): RefSet {
    const made = new RefSet(this.#bits.slice());
    made.#size = this.#size;
    return made;
  }

  /** The numbers, ascending. */
  refs(): number[] {
    const found: number[] = [];
    this.#bits.forEach((word, at) => {
      for (let bit = 0; word !== 0 && bit < 32; bit++) if ((word & (1 << bit)) !== 0) found.push(at * 32 + bit);
    });
    return found;
  }
}
