/** Runs a job in a thread of its own, so that questions go on being answered; small ones in place. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
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
    const worker = new Worker(program(), {
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

/** The built program runs as it is; the sources need what runs TypeScript, in each thread anew. */
function program(): URL {
  const built = !import.meta.url.endsWith('.ts');
  const file = new URL(`./thread-main.${built ? 'js' : 'ts'}`, import.meta.url);
  if (built) return file;
  const tsx = new URL('index.mjs', pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm/api')));
  const lines = [`import { register } from '${tsx}';`, 'register();', `await import('${file}');`];
  return new URL(`data:text/javascript,${encodeURIComponent(lines.join('\n'))}`);
}
