/**
 * Finds COMMIT in what a driver sends: Bolt's handshake, then messages in chunks of two bytes of length and as many of
 * content, a chunk of length 0 after each message (https://neo4j.com/docs/bolt/current/bolt/message/). A driver waits for
 * the answer to a COMMIT before it sends anything else.
 */
const HANDSHAKE = 20;
/** The server's answer by which it offers its versions as a list; the driver then sends the one it takes, and a byte. */
const OFFERS_A_LIST = 0x00_00_01_ff;
const CHOICE = 5;
/** A structure without fields, and the tag of the message. */
const COMMIT = [0xb0, 0x12];

export class CommitFinder {
  #before = HANDSHAKE;
  #shaken = false;
  #length: number[] = [];
  #left = 0;
  #message: number[] = [];

  /** To be told what the server says, in order with what the driver sends. */
  answered(piece: Buffer): void {
    if (!this.#shaken && piece.length >= 4 && piece.readUInt32BE() === OFFERS_A_LIST) this.#before += CHOICE;
    this.#shaken = true;
  }

  /** True when a COMMIT ends in this piece of what the driver sends. */
  in(piece: Buffer): boolean {
    let found = false;
    for (let at = this.#skipped(piece); at < piece.length; ) {
      if (this.#left > 0) at += this.#content(piece, at);
      else if (this.#lengthByte(piece[at++]!)) found = true;
    }
    return found;
  }

  #skipped(piece: Buffer): number {
    const skipped = Math.min(this.#before, piece.length);
    this.#before -= skipped;
    return skipped;
  }

  #content(piece: Buffer, at: number): number {
    const taken = Math.min(this.#left, piece.length - at);
    // One byte more than a COMMIT has tells it from what is longer.
    for (let i = at; i < at + taken && this.#message.length <= COMMIT.length; i++) this.#message.push(piece[i]!);
    this.#left -= taken;
    return taken;
  }

  /** True at the end of a COMMIT. */
  #lengthByte(byte: number): boolean {
    this.#length.push(byte);
    if (this.#length.length < 2) return false;
    this.#left = this.#length[0]! * 256 + this.#length[1]!;
    this.#length = [];
    if (this.#left > 0) return false;
    const message = this.#message;
    this.#message = [];
    return message.length === COMMIT.length && message.every((each, i) => each === COMMIT[i]);
  }
}
