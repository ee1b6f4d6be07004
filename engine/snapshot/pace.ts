/** How long work may hold the event loop before others have a turn, in milliseconds. */
const TURN = 6;

export interface PaceOptions {
  /** Ends the work: what is awaited rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which the work is to stop with what it has. */
  readonly deadline?: number | undefined;
  /** Milliseconds after which the work is given up here, to be done elsewhere: it then ends with `TakesLonger`. */
  readonly most?: number | undefined;
  /** In a thread that has nothing else to do: asked now and then whether the work was given up. There are no turns there. */
  readonly givenUp?: (() => boolean) | undefined;
}

/** Thrown by work that takes longer than it is given. */
export class TakesLonger extends Error {}

/** Thrown by work that nobody waits for any more. */
export class GivenUp extends Error {}

/** Keeps long work from holding up everything else: it asks `isDue` at every step, and rests when it is. */
export class Pace {
  readonly #signal: AbortSignal | undefined;
  readonly #givenUp: (() => boolean) | undefined;
  readonly #end: number;
  readonly #most: number;
  #turnEnd: number;

  constructor({ signal, deadline, most, givenUp }: PaceOptions = {}) {
    const now = performance.now();
    this.#signal = signal;
    this.#givenUp = givenUp;
    this.#end = now + (deadline ?? Number.POSITIVE_INFINITY);
    this.#most = now + (most ?? Number.POSITIVE_INFINITY);
    this.#turnEnd = now + TURN;
  }

  /** True when it is somebody else's turn. */
  isDue(): boolean {
    return performance.now() >= this.#turnEnd;
  }

  /** True when the time is up. */
  isOver(): boolean {
    return performance.now() >= this.#end;
  }

  /** For work that cannot rest midway. @throws what `rest` throws */
  check(): void {
    this.#signal?.throwIfAborted();
    if (this.#givenUp?.() === true) throw new GivenUp();
    if (performance.now() >= this.#most) throw new TakesLonger();
  }

  /** @throws the reason of the signal; TakesLonger, GivenUp */
  async rest(): Promise<void> {
    this.check();
    if (this.#givenUp === undefined) await new Promise<void>((resolve) => setImmediate(resolve));
    this.#signal?.throwIfAborted();
    this.#turnEnd = performance.now() + TURN;
  }
}
