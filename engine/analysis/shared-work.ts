/**
 * Work that several ask for at once is done once; it stops when nobody waits for it any more. The last results are kept.
 */
import type { Progress } from '../snapshot/pace.ts';

const RESULTS_KEPT = 8;

/** Is told how far work is. */
export type ProgressListener = (progress: Progress) => void;

interface Entry<T> {
  readonly result: Promise<T>;
  readonly stop: AbortController;
  readonly listeners: Set<ProgressListener>;
  waiting: number;
  done: boolean;
}

export class SharedWork<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #kept: number;
  #closed: unknown;

  /** @param kept how many results are kept */
  constructor(kept = RESULTS_KEPT) {
    this.#kept = kept;
  }

  /**
   * @param start does the work; its signal tells when nobody waits any more, and it may tell how far it is
   * @throws the reason of the caller's signal
   */
  async ask(
    key: string,
    start: (signal: AbortSignal, tell: ProgressListener) => Promise<T>,
    signal?: AbortSignal,
    onProgress?: ProgressListener,
  ): Promise<T> {
    signal?.throwIfAborted();
    if (this.#closed !== undefined) throw this.#closed;
    const entry = this.#entries.get(key) ?? this.#begin(key, start);
    // Moved to the end: the entry that was not asked for the longest goes first.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.waiting++;
    if (onProgress !== undefined) entry.listeners.add(onProgress);
    try {
      return await unlessAborted(entry.result, signal);
    } finally {
      entry.waiting--;
      if (onProgress !== undefined) entry.listeners.delete(onProgress);
      if (entry.waiting === 0 && !entry.done) this.#drop(key, entry, signal?.reason);
    }
  }

  /** Stops what runs and waits until it has stopped; later questions are refused with the reason. */
  async close(reason: unknown): Promise<void> {
    this.#closed = reason;
    const running = [...this.#entries.values()];
    for (const entry of running) entry.stop.abort(reason);
    this.#entries.clear();
    await Promise.allSettled(running.map((entry) => entry.result));
  }

  #begin(key: string, start: (signal: AbortSignal, tell: ProgressListener) => Promise<T>): Entry<T> {
    const stop = new AbortController();
    const listeners = new Set<ProgressListener>();
    const tell = (progress: Progress): void => {
      for (const listener of listeners) listener(progress);
    };
    const entry: Entry<T> = { result: start(stop.signal, tell), stop, listeners, waiting: 0, done: false };
    entry.result.then(
      () => this.#keep(entry),
      () => this.#forget(key, entry),
    );
    return entry;
  }

  #keep(entry: Entry<T>): void {
    entry.done = true;
    const done = [...this.#entries].filter(([, other]) => other.done);
    for (const [key] of done.slice(0, Math.max(0, done.length - this.#kept))) this.#entries.delete(key);
  }

  #forget(key: string, entry: Entry<T>): void {
    entry.done = true;
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
  }

  #drop(key: string, entry: Entry<T>, reason: unknown): void {
    this.#forget(key, entry);
    entry.stop.abort(reason);
  }
}

function unlessAborted<T>(result: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return result;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    result.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
