/** One thread, and what it has been told so far. */
import { Worker } from 'node:worker_threads';
import type { Progress } from '../snapshot/pace.ts';
import type { ProgressMessage, WorkAnswer } from './messages.ts';
import { threadProgram } from './program.ts';
import { outputOf, type Task, Telling } from './telling.ts';

interface Waiting {
  readonly resolve: (answer: WorkAnswer) => void;
  readonly reject: (error: unknown) => void;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

export class Thread {
  readonly #worker: Worker;
  readonly #telling = new Telling();
  #ended: Error | undefined;
  #waiting: Waiting | undefined;

  constructor() {
    this.#worker = new Worker(threadProgram('thread-main', import.meta.url), { execArgv: [] });
    // A process that has nothing else to do may end: who waits for an answer keeps it from that.
    this.#worker.unref();
    this.#worker.on('message', (message: WorkAnswer | ProgressMessage) => {
      if ('progress' in message) this.#waiting?.onProgress?.(message.progress);
      else this.#settle()?.resolve(message);
    });
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', () => this.#end(new Error('the thread ended')));
  }

  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  /**
   * Does one piece of work; one at a time.
   *
   * @param givenUp one number in shared memory; not 0 when nobody waits any more
   * @param onProgress told now and then how far the work is
   */
  async run(task: Task, givenUp: Int32Array, onProgress?: (progress: Progress) => void): Promise<unknown> {
    if (this.#ended !== undefined) throw this.#ended;
    const message = this.#telling.messageFor(task, givenUp);
    this.#worker.ref();
    const answer = await new Promise<WorkAnswer>((resolve, reject) => {
      this.#waiting = { resolve, reject, onProgress };
      this.#worker.postMessage(message);
    });
    return outputOf(answer);
  }

  #settle() {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.#worker.unref();
    return waiting;
  }

  #end(error: Error): void {
    this.#ended ??= error;
    this.#settle()?.reject(this.#ended);
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
