/** How long a walk over a store may hold the event loop before others have a turn, in milliseconds. */
const TURN = 6;

/** Keeps a long walk from holding up everything else: it asks `isDue` every so often, and passes when it is. */
export class Turns {
  #end = performance.now() + TURN;

  /** True when it is somebody else's turn. */
  isDue(): boolean {
    return performance.now() >= this.#end;
  }

  /** Lets the event loop turn once. */
  async pass(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.#end = performance.now() + TURN;
  }
}
