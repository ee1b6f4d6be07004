/**
 * Ends the wait for a server that keeps its connections and says nothing. A connection that is cut tells so by itself, and
 * TCP's keep-alive tells of one whose other end is gone; a server that stands still tells nobody. So while something takes
 * long, the server is asked something small by the way: as long as it answers, the wait goes on.
 */
import { setTimeout } from 'node:timers/promises';

/** Parts of a silence: a process that was busy and looks at the clock late has counted one of them, not all. */
const TICKS = 20;

export interface SignsOfLife {
  /** Milliseconds after which the server is asked, and as many that it has for its answer. */
  readonly silence: number;
  /** Asks the server something small; false when it is not to be reached. */
  readonly ask: () => Promise<boolean>;
  /** What to throw when there was no sign. */
  readonly gone: () => Error;
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
    const answered = await Promise.race([ask(), passed(silence, done).then(() => false)]);
    if (!answered) throw gone();
  }
}

async function passed(milliseconds: number, signal: AbortSignal): Promise<void> {
  for (let tick = 0; tick < TICKS; tick++) await setTimeout(milliseconds / TICKS, undefined, { signal, ref: false });
}
