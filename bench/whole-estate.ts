/**
 * A simulation over the whole estate beside questions: how long it takes, and how long the event loop was held up meanwhile.
 * The delay is that of a timer of one millisecond, so an idle loop shows about one.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { EstateOptions, GraphView } from '../engine/index.ts';
import { mostAssigned } from './changes.ts';
import { drawSubjects } from './subjects.ts';

const ROLES = 200;
const ROUNDS = 3;
/** Minutes at most, whatever the machine. */
const DEADLINE = 300_000;

export interface Simulated {
  readonly seconds: number;
  readonly identities: number;
  readonly lost: number;
  readonly complete: boolean;
  /** Milliseconds that the event loop was late. */
  readonly delay: { readonly median: number; readonly p99: number; readonly max: number };
  /** Checks that were answered meanwhile. */
  readonly checks: number;
}

/** The roles that most edges lead to go, all of them, while checks are asked one after the other. */
export async function simulateWhole(view: GraphView, options: EstateOptions): Promise<readonly Simulated[]> {
  const roles = await mostAssigned(view, ROLES);
  const changes = roles.map((id) => ({ op: 'REMOVE_NODE', id }));
  const { checks: questions } = await drawSubjects(options, view, 1_000);
  const rounds: Simulated[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    let going = true;
    let checks = 0;
    const asking = (async () => {
      while (going) {
        await view.check(questions[checks % questions.length]!);
        checks++;
        // Others have a turn, as they have where questions come over a network.
        await new Promise<void>((resolve) => setImmediate(resolve));
      }
    })();
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const began = performance.now();
    const delta = await view.whatIf({ changes, deadline: DEADLINE });
    const seconds = (performance.now() - began) / 1_000;
    delay.disable();
    going = false;
    await asking;
    const milliseconds = (nanoseconds: number) => Number((nanoseconds / 1e6).toPrecision(3));
    rounds.push({
      seconds: Number(seconds.toPrecision(4)),
      identities: delta.identities,
      lost: delta.lostCount,
      complete: delta.complete,
      delay: {
        median: milliseconds(delay.percentile(50)),
        p99: milliseconds(delay.percentile(99)),
        max: milliseconds(delay.max),
      },
      checks,
    });
  }
  return rounds;
}
