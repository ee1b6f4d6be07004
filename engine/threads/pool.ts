/**
 * A few threads for long work, made when they are first needed and let go when they have had nothing to do for a while.
 * Compiled arrays lie in shared memory, so that a thread costs its scratch space and no copy of the graph.
 */
import { availableParallelism } from 'node:os';
import type { Apart, LongWork, Waiting } from '../access/apart.ts';
import { GrantlensError } from '../model/index.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { Thread } from './thread.ts';
import { nameOf } from './works.ts';

/** Milliseconds that work takes at most without a thread: to hand it over costs one or two. */
const MOST_HERE = 15;
/** Milliseconds that a thread without work is kept. */
const KEPT_FOR = 10_000;
const MOST_THREADS = 4;

export interface ThreadPoolOptions {
  /** Default: one less than there are processors, from 1 to 4. */
  readonly threads?: number;
  /** Default 15 milliseconds. */
  readonly mostHere?: number;
}

const defaultThreads = (): number => Math.min(MOST_THREADS, Math.max(1, availableParallelism() - 1));

export class ThreadPool implements Apart {
  readonly mostHere: number;
  readonly #size: number;
  readonly #idle: Thread[] = [];
  readonly #all = new Set<Thread>();
  readonly #queue: ((thread: Thread) => void)[] = [];
  readonly #closing = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor({ threads = defaultThreads(), mostHere = MOST_HERE }: ThreadPoolOptions = {}) {
    this.#size = threads;
    this.mostHere = mostHere;
  }

  async run<Input, Output>(
    work: LongWork<Input, Output>,
    snapshots: readonly Snapshot[],
    input: Input,
    { signal, deadline = Number.POSITIVE_INFINITY, onProgress }: Waiting,
  ): Promise<Output> {
    const end = performance.now() + deadline;
    const name = nameOf(work);
    const stop = AbortSignal.any([this.#closing.signal, ...(signal === undefined ? [] : [signal])]);
    stop.throwIfAborted();
    const givenUp = new Int32Array(new SharedArrayBuffer(4));
    const done = this.#withThread((thread) => {
      stop.throwIfAborted();
      const task = { work: name, snapshots, input, deadline: Math.max(0, end - performance.now()) };
      return thread.run(task, givenUp, onProgress);
    });
    return unlessAborted(done as Promise<Output>, stop, () => Atomics.store(givenUp, 0, 1));
  }

  async #withThread<T>(use: (thread: Thread) => Promise<T>): Promise<T> {
    const thread = await this.#take();
    try {
      return await use(thread);
    } finally {
      this.#giveBack(thread);
    }
  }

  async #take(): Promise<Thread> {
    clearTimeout(this.#timer);
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#all.size < this.#size) return this.#made();
    return new Promise((resolve) => this.#queue.push(resolve));
  }

  #made(): Thread {
    const thread = new Thread();
    this.#all.add(thread);
    return thread;
  }

  #giveBack(thread: Thread): void {
    let free = thread;
    if (thread.hasEnded) {
      this.#all.delete(thread);
      if (this.#queue.length === 0) return;
      free = this.#made();
    }
    const next = this.#queue.shift();
    if (next !== undefined) {
      next(free);
      return;
    }
    this.#idle.push(free);
    if (this.#idle.length < this.#all.size) return;
    this.#timer = setTimeout(() => void this.#letGo(), KEPT_FOR);
    this.#timer.unref();
  }

  async #letGo(): Promise<void> {
    const idle = this.#idle.splice(0);
    for (const thread of idle) this.#all.delete(thread);
    await Promise.all(idle.map((thread) => thread.stop()));
  }

  /** Ends what runs: it rejects with CLOSED. */
  async close(): Promise<void> {
    this.#closing.abort(new GrantlensError('CLOSED', 'The engine has been closed.'));
    clearTimeout(this.#timer);
    await Promise.all([...this.#all].map((thread) => thread.stop()));
  }
}

/** @param onAbort called when the wait is ended by the signal */
async function unlessAborted<T>(done: Promise<T>, signal: AbortSignal, onAbort: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      onAbort();
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
    done.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
