/** Runs a job in a thread of its own, so that questions go on being answered; small ones in place. */
import { Worker } from 'node:worker_threads';
import { threadProgram } from '../threads/program.ts';
import { type Job, type JobResult, runJob } from './job.ts';
import { IN_PLACE } from './limits.ts';

/**
 * @param signal ends the thread; the promise then rejects with the signal's reason
 */
export async function runJobApart(job: Job, signal: AbortSignal): Promise<JobResult> {
  signal.throwIfAborted();
  const { nodeCount, sources } = job.graph;
  if (nodeCount + sources.length <= IN_PLACE) return runJob(job);
  return turns.next(() => runInThread(job, signal));
}

/** One thread at a time in a process: the other cores are for questions. */
class Turns {
  #last: Promise<unknown> = Promise.resolve();

  next<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    return turn;
  }
}
const turns = new Turns();

function runInThread(job: Job, signal: AbortSignal): Promise<JobResult> {
  signal.throwIfAborted();
  const { sources, targets } = job.graph;
  return new Promise((resolve, reject) => {
    const worker = new Worker(threadProgram('thread-main', import.meta.url), {
      execArgv: [],
      workerData: job,
      transferList: [sources.buffer, targets.buffer],
    });
    const stop = (): void => {
      reject(signal.reason);
      void worker.terminate();
    };
    signal.addEventListener('abort', stop, { once: true });
    worker.once('message', (result: JobResult) => resolve(result));
    worker.once('error', reject);
    worker.once('exit', () => {
      signal.removeEventListener('abort', stop);
      reject(new Error('the thread of an analysis ended without a result'));
    });
  });
}
