/**
 * Numbers that look random and follow from (seed, stream, index) alone, so that any part of an estate can be worked out
 * again without the parts before it, and on any machine: 32-bit integer arithmetic and exact divisions only; no
 * `Math.pow` or `Math.log`, whose last bits differ between platforms.
 *
 * The generator is a Weyl sequence through the 32-bit finalizer of MurmurHash3 (splitmix style, period 2^32).
 */
export class Draws {
  readonly #base: number;
  #state = 0;

  /** @param seed a safe integer; @param stream names what is drawn, so that two streams never follow each other */
  constructor(seed: number, stream: string) {
    let base = mix(seed | 0) ^ mix((Math.floor(seed / 4_294_967_296) | 0) + 0x51ed270b);
    for (let i = 0; i < stream.length; i++) base = mix(Math.imul(base, 31) + stream.charCodeAt(i));
    this.#base = base;
    this.at(0);
  }

  /** Moves to the start of the numbers of one index. */
  at(index: number): this {
    this.#state = mix(this.#base ^ mix(index + 0x2545f491));
    return this;
  }

  /** A whole number of 32 bits. */
  bits(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    return mix(this.#state) >>> 0;
  }

  /** In [0, 1). */
  unit(): number {
    return this.bits() / 4_294_967_296;
  }

  /** A whole number in [0, limit). */
  below(limit: number): number {
    return Math.floor(this.unit() * limit);
  }

  /** A whole number in [low, high], both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** A whole number in [0, limit), small ones far more often: half of the draws fall into the first quarter. */
  skewed(limit: number): number {
    const share = this.unit();
    return Math.floor(share * share * limit);
  }

  /** `count` different whole numbers in [low, high), or all there are when they are fewer; in no order. */
  several(count: number, low: number, high: number): number[] {
    const size = high - low;
    if (count >= size) return Array.from({ length: Math.max(0, size) }, (_, i) => low + i);
    const chosen: number[] = [];
    while (chosen.length < count) {
      const one = low + this.below(size);
      if (!chosen.includes(one)) chosen.push(one);
    }
    return chosen;
  }
}

function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
