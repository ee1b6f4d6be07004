/** Does work as a thread does it, with all that goes there and comes back cloned, and without the thread. */
import type { Apart, LongWork, Waiting } from '../../engine/access/apart.ts';
import type { Snapshot } from '../../engine/snapshot/snapshot.ts';
import { outputOf, Telling } from '../../engine/threads/telling.ts';
import { Workbench } from '../../engine/threads/workbench.ts';
import { nameOf } from '../../engine/threads/works.ts';

export class ClonedApart implements Apart {
  readonly mostHere = 0;
  readonly #telling = new Telling();
  readonly #bench = new Workbench();

  async run<Input, Output>(
    work: LongWork<Input, Output>,
    snapshots: readonly Snapshot[],
    input: Input,
    { signal, deadline = Number.POSITIVE_INFINITY }: Waiting,
  ): Promise<Output> {
    signal?.throwIfAborted();
    const givenUp = new Int32Array(new SharedArrayBuffer(4));
    const message = this.#telling.messageFor({ work: nameOf(work), snapshots, input, deadline }, givenUp);
    return outputOf(structuredClone(await this.#bench.do(structuredClone(message)))) as Output;
  }
}
