/** A set of whole numbers that lie close together: a bit each, in pieces that are made when they are met. */
export class RefSet {
  readonly #pieces = new Map<number, Uint32Array>();

  add(value: number): void {
    const place = Math.floor(value / BITS);
    let piece = this.#pieces.get(place);
    if (piece === undefined) {
      piece = new Uint32Array(BITS / 32);
      this.#pieces.set(place, piece);
    }
    const bit = value % BITS;
    piece[bit >>> 5]! |= 1 << (bit & 31);
  }

  has(value: number): boolean {
    const piece = this.#pieces.get(Math.floor(value / BITS));
    const bit = value % BITS;
    return piece !== undefined && (piece[bit >>> 5]! & (1 << (bit & 31))) !== 0;
  }
}

/** Numbers of a piece: 8 kB. */
const BITS = 65_536;
