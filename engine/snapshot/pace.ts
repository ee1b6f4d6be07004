/** How long work may hold the event loop before others have a turn, in milliseconds. */
const TURN = 6;

export interface PaceOptions {
  /** Ends the work: what is awaited rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which the work is to stop with what it has. */
  readonly deadline?: number | undefined;
}

/** Keeps long work from holding up everything else: it asks `isDue` at every step, and rests when it is. */
export class Pace {
  readonly #signal: AbortSignal | undefined;
  readonly #end: number;
  #turnEnd: number;

  constructor({ signal, deadline = Number.POSITIVE_INFINITY }: PaceOptions = {}) {
    this.#signal = signal;
    this.#end = performance.now() + deadline;
    this.#turnEnd = performance.now() + TURN;
  }

  /** True when it is somebody else's turn. */
  isDue(): boolean {
    return performance.now() >= this.#turnEnd;
  }

  /** True when the time is up. */
  isOver(): boolean {
    return performance.now() >= this.#end;
  }

  /** @throws the reason of the signal */
  async rest(): Promise<void> {
    this.#signal?.throwIfAborted();
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.#signal?.throwIfAborted();
    this.#turnEnd = performance.now() + TURN;
  }
}
