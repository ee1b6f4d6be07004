/**
 * Ends the wait for a server that keeps its connections and says nothing. A connection that is cut tells so by itself, and
 * TCP's keep-alive tells of one whose other end is gone; a server that stands still tells nobody. So while something takes
 * long, the server is asked something small by the way: as long as it answers, the wait goes on.
 */
import { setTimeout } from 'node:timers/promises';

/** Milliseconds between two tries to reach a server that refuses to be reached. */
const TRY_AGAIN = 1_000;

/** Parts of a silence: a process that was busy and looks at the clock late has counted one of them, not all. */
const TICKS = 20;

export interface SignsOfLife {
  /** Milliseconds after which the server is asked, and as many that it has for its answer. */
  readonly silence: number;
  /** Asks the server something small, once; rejects when it is not to be reached, which is no silence. */
  readonly ask: () => Promise<void>;
  /**
   * What to throw when there was no sign.
   *
   * @param reason what the server's last refusal was; undefined where it said nothing at all
   */
  readonly gone: (reason: unknown) => unknown;
}

/** Waits for `work` as long as there are signs of life. Work that is given up is not ended by this, and what it ends in is nobody's. */
export async function whileItLives<T>(work: Promise<T>, signs: SignsOfLife): Promise<T> {
  const done = new AbortController();
  try {
    return await Promise.race([work, untilSilent(signs, done.signal)]);
  } finally {
    done.abort();
    work.catch(() => {});
  }
}

async function untilSilent({ silence, ask, gone }: SignsOfLife, done: AbortSignal): Promise<never> {
  for (;;) {
    await passed(silence, done);
    const waited = new AbortController();
    const asking = new Asking(ask, waited.signal);
    const answered = await Promise.race([asking.answered, passed(silence, done).then(() => false)]).finally(() =>
      waited.abort(),
    );
    if (!answered) throw gone(asking.refusal);
  }
}

/** Asks until there is an answer. */
class Asking {
  readonly answered: Promise<boolean>;
  /** The last one. */
  refusal: unknown;

  constructor(ask: () => Promise<void>, end: AbortSignal) {
    this.answered = this.#ask(ask, end);
  }

  async #ask(ask: () => Promise<void>, end: AbortSignal): Promise<boolean> {
    while (!end.aborted) {
      try {
        await ask();
        return true;
      } catch (error) {
        this.refusal = error;
      }
      await setTimeout(TRY_AGAIN, undefined, { signal: end, ref: false }).catch(() => {});
    }
    return false;
  }
}

async function passed(milliseconds: number, signal: AbortSignal): Promise<void> {
  for (let tick = 0; tick < TICKS; tick++) await setTimeout(milliseconds / TICKS, undefined, { signal, ref: false });
}
