/** A thread that does one piece of work after another on versions that it is told of. */
import { parentPort } from 'node:worker_threads';
import type { WorkMessage } from './messages.ts';
import { Workbench } from './workbench.ts';

const bench = new Workbench((progress) => parentPort!.postMessage({ progress }));
parentPort!.on('message', async (message: WorkMessage) => parentPort!.postMessage(await bench.do(message)));
