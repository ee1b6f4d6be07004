/** How long work may hold the event loop before others have a turn, in milliseconds. */
const TURN = 6;
/** Milliseconds between two tellings of how far the work is. */
const TELL_EVERY = 100;

/** How far work is. */
export interface Progress {
  /** What is being done, in a word or two. */
  readonly stage: string;
  /** From 0 to 1, within the stage. */
  readonly share: number;
}

export interface PaceOptions {
  /** Ends the work: what is awaited rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which the work is to stop with what it has. */
  readonly deadline?: number | undefined;
  /** Milliseconds after which the work is given up here, to be done elsewhere: it then ends with `TakesLonger`. */
  readonly most?: number | undefined;
  /** In a thread that has nothing else to do: asked now and then whether the work was given up. There are no turns there. */
  readonly givenUp?: (() => boolean) | undefined;
  /** Told now and then how far the work is. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Thrown by work that takes longer than it is given. */
export class TakesLonger extends Error {}

/** Thrown by work that nobody waits for any more. */
export class GivenUp extends Error {}

/** Keeps long work from holding up everything else: it asks `isDue` at every step, and rests when it is. */
export class Pace {
  readonly #signal: AbortSignal | undefined;
  readonly #givenUp: (() => boolean) | undefined;
  readonly #onProgress: ((progress: Progress) => void) | undefined;
  readonly #end: number;
  readonly #most: number;
  #turnEnd: number;
  #stage = '';
  #nextTelling = Number.NEGATIVE_INFINITY;

  constructor({ signal, deadline, most, givenUp, onProgress }: PaceOptions = {}) {
    const now = performance.now();
    this.#signal = signal;
    this.#givenUp = givenUp;
    this.#onProgress = onProgress;
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

  /**
   * Says how far the work is; to be called as often as one likes, it is told ten times a second at most, and at once for
   * a new stage.
   *
   * @param stage what is being done, in a word or two
   */
  progress(stage: string, done: number, of: number): void {
    if (this.#onProgress === undefined) return;
    const now = performance.now();
    if (stage === this.#stage && now < this.#nextTelling) return;
    this.#stage = stage;
    this.#nextTelling = now + TELL_EVERY;
    this.#onProgress({ stage, share: of > 0 ? Math.min(1, done / of) : 1 });
  }

  /** @throws the reason of the signal; TakesLonger, GivenUp */
  async rest(): Promise<void> {
    this.check();
    if (this.#givenUp === undefined) await new Promise<void>((resolve) => setImmediate(resolve));
    this.#signal?.throwIfAborted();
    this.#turnEnd = performance.now() + TURN;
  }
}
