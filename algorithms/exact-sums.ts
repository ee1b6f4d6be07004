/**
 * A row of sums of whole numbers that stay exact: doubles up to 2^53 - 1, big integers beyond. While sums are small it costs
 * what doubles cost.
 */
export class ExactSums {
  /** Exact where `isLarge` says no, else the nearest double (Infinity beyond 1.8e308). */
  readonly nearest: Float64Array;
  readonly #large = new Map<number, bigint>();

  constructor(length: number) {
    this.nearest = new Float64Array(length);
  }

  /** True when some sum is beyond 2^53 - 1. */
  get hasLarge(): boolean {
    return this.#large.size > 0;
  }

  isLarge(place: number): boolean {
    return this.#large.size > 0 && this.#large.has(place);
  }

  exact(place: number): bigint {
    return this.#large.get(place) ?? BigInt(this.nearest[place]!);
  }

  /** Adds what another row (or this one) has at a place. */
  add(place: number, from: ExactSums, other: number): void {
    const sum = this.nearest[place]! + from.nearest[other]!;
    // Both are whole: when the rounded sum is within the bound so are the two, and the sum is exact.
    if (sum <= Number.MAX_SAFE_INTEGER) this.nearest[place] = sum;
    else this.#setLarge(place, this.exact(place) + from.exact(other));
  }

  /** Sets a sum to 1. */
  setOne(place: number): void {
    this.nearest[place] = 1;
    this.#large.delete(place);
  }

  /** Sets a sum to 0. */
  drop(place: number): void {
    this.nearest[place] = 0;
    this.#large.delete(place);
  }

  #setLarge(place: number, sum: bigint): void {
    this.#large.set(place, sum);
    this.nearest[place] = Number(sum);
  }
}
