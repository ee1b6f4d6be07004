/**
 * XXH64 with seed 0 over a stream of bytes, of which the low 32 bits are told: the checksum of a zstd frame
 * (RFC 8878, section 3.1.1; the hash after its specification, xxhash.com). 64-bit words are pairs of 32-bit halves,
 * because BigInt costs a hundred times as much.
 */

const P1 = [0x9e3779b1, 0x85ebca87] as const;
const P2 = [0xc2b2ae3d, 0x27d4eb4f] as const;
const P3 = [0x165667b1, 0x9e3779f9] as const;
const P4 = [0x85ebca77, 0xc2b2ae63] as const;
const P5 = [0x27d4eb2f, 0x165667c5] as const;
type Word = readonly [high: number, low: number];

/** One 64-bit accumulator. */
class Half64 {
  high = 0;
  low = 0;

  set(high: number, low: number): this {
    this.high = high >>> 0;
    this.low = low >>> 0;
    return this;
  }

  add(high: number, low: number): this {
    const sum = this.low + (low >>> 0);
    this.high = (this.high + high + (sum > 0xffffffff ? 1 : 0)) >>> 0;
    this.low = sum >>> 0;
    return this;
  }

  xor(high: number, low: number): this {
    return this.set(this.high ^ high, this.low ^ low);
  }

  xorShifted(bits: number): this {
    if (bits >= 32) return this.xor(0, this.high >>> (bits - 32));
    return this.xor(this.high >>> bits, (this.low >>> bits) | (this.high << (32 - bits)));
  }

  /** Rotates left by 1 to 31 bits. */
  rotate(bits: number): this {
    const { high, low } = this;
    return this.set((high << bits) | (low >>> (32 - bits)), (low << bits) | (high >>> (32 - bits)));
  }

  multiply([high, low]: Word): this {
    const a = this.low;
    const a0 = a & 0xffff;
    const a1 = a >>> 16;
    const b0 = low & 0xffff;
    const b1 = low >>> 16;
    const low0 = a0 * b0;
    const middle = a1 * b0 + (low0 >>> 16);
    const middle2 = a0 * b1 + (middle & 0xffff);
    const carried = a1 * b1 + Math.floor(middle / 0x10000) + Math.floor(middle2 / 0x10000);
    const crossed = Math.imul(this.high, low) + Math.imul(a, high);
    return this.set(carried + crossed, (middle2 << 16) | (low0 & 0xffff));
  }

  /** One step of a lane: adds the input times P2, rotates by 31, multiplies by P1. */
  round(high: number, low: number): this {
    const input = SCRATCH.set(high, low).multiply(P2);
    return this.add(input.high, input.low).rotate(31).multiply(P1);
  }
}

const SCRATCH = new Half64();
const STRIPE = 32;

export class Xxh64 {
  readonly #lanes = [new Half64(), new Half64(), new Half64(), new Half64()] as const;
  #rest = Buffer.alloc(0);
  #length = 0;

  constructor() {
    const [first, second, , fourth] = this.#lanes;
    first.set(...P1).add(...P2);
    second.set(...P2);
    fourth.set(...negative(P1));
  }

  update(bytes: Uint8Array): void {
    this.#length += bytes.length;
    const input =
      this.#rest.length === 0
        ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
        : Buffer.concat([this.#rest, bytes]);
    const whole = input.length - (input.length % STRIPE);
    for (let at = 0; at < whole; at += STRIPE) {
      for (let lane = 0; lane < 4; lane++) {
        const word = at + lane * 8;
        this.#lanes[lane]!.round(input.readUInt32LE(word + 4), input.readUInt32LE(word));
      }
    }
    this.#rest = Buffer.from(input.subarray(whole));
  }

  /** The low 32 bits of the hash of everything so far. Ends the hashing. */
  low32(): number {
    const hash = this.#merged();
    hash.add(Math.floor(this.#length / 0x100000000), this.#length);
    this.#mixRest(hash);
    return hash.xorShifted(33).multiply(P2).xorShifted(29).multiply(P3).xorShifted(32).low;
  }

  #merged(): Half64 {
    const hash = new Half64();
    if (this.#length < STRIPE) return hash.set(...P5);
    const turned = [1, 7, 12, 18].map((bits, i) => copyOf(this.#lanes[i]!).rotate(bits));
    for (const word of turned) hash.add(word.high, word.low);
    for (const lane of this.#lanes) {
      const mixed = new Half64().round(lane.high, lane.low);
      hash
        .xor(mixed.high, mixed.low)
        .multiply(P1)
        .add(...P4);
    }
    return hash;
  }

  #mixRest(hash: Half64): void {
    const rest = this.#rest;
    let at = 0;
    for (; at + 8 <= rest.length; at += 8) {
      const word = new Half64().round(rest.readUInt32LE(at + 4), rest.readUInt32LE(at));
      hash
        .xor(word.high, word.low)
        .rotate(27)
        .multiply(P1)
        .add(...P4);
    }
    if (at + 4 <= rest.length) {
      const word = new Half64().set(0, rest.readUInt32LE(at)).multiply(P1);
      hash
        .xor(word.high, word.low)
        .rotate(23)
        .multiply(P2)
        .add(...P3);
      at += 4;
    }
    for (; at < rest.length; at++) {
      const word = new Half64().set(0, rest[at]!).multiply(P5);
      hash.xor(word.high, word.low).rotate(11).multiply(P1);
    }
  }
}

const copyOf = (word: Half64): Half64 => new Half64().set(word.high, word.low);
const negative = ([high, low]: Word): Word => (low === 0 ? [-high, 0] : [~high, -low]);
