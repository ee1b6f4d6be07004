/** What was measured, as JSON without a path, address or host name in it, and as tables. */
import { machine, today } from '../machine.ts';
import { duration } from '../report.ts';
import type { BulkResult } from './bulk.ts';
import type { PartResult } from './parts.ts';
import { MEMORY } from './server.ts';

/** What there is depends on the parts that were chosen. */
export interface EstateParts {
  readonly server?: string;
  readonly coldStore?: PartResult;
  readonly warmBare?: PartResult;
  readonly coldBare?: PartResult;
  readonly warmStore?: PartResult;
  readonly compile?: PartResult;
  readonly ask?: PartResult;
  readonly follow?: PartResult;
  readonly bulk?: BulkResult;
  /** MiB. */
  readonly serverMemory?: number | undefined;
}

export type EstateReport = ReturnType<typeof estateReport>;

export function estateReport(users: number, seed: number, parts: EstateParts) {
  const { server, coldStore, warmBare, coldBare, warmStore, compile, ask, follow, bulk, serverMemory } = parts;
  return {
    estate: { users, seed },
    server: { version: server, ...MEMORY, residentMebibytes: serverMemory },
    load: {
      cold: pair(coldStore, coldBare),
      warm: pair(warmStore, warmBare),
    },
    compile: compile && { runs: compile.done, memory: compile.memory },
    follow: follow?.follow,
    questions: ask?.ask?.questions,
    askMemory: ask?.memory,
    bulk,
  };
}

/** The store's load beside the bare loop's, both on a server in the same state. */
function pair(store: PartResult | undefined, bare: PartResult | undefined) {
  const [ours] = store?.done ?? [];
  const [theirs] = bare?.done ?? [];
  if (ours === undefined || theirs === undefined) return undefined;
  return {
    store: { ...ours, memory: store!.memory },
    bare: { ...theirs, memory: bare!.memory },
    /** Above 1: the store is faster. */
    ratio: Number((theirs.seconds / ours.seconds).toPrecision(3)),
  };
}

export const machineReport = (estates: readonly EstateReport[]) => ({
  measuredAt: today(),
  machine: { ...machine(), neo4j: estates[0]?.server.version },
});

const count = (value: number): string => value.toLocaleString('en-US');

export function printEstate({ estate, server, load, compile, follow, questions, bulk }: EstateReport): void {
  console.log(
    `\n${count(estate.users)} users, seed ${estate.seed}; ${server.version}, heap ${server.heap}, page cache ${server.pageCache}`,
  );
  for (const [state, both] of Object.entries(load)) {
    if (both === undefined) continue;
    for (const [who, { seconds, rate }] of [
      ['store', both.store],
      ['bare loop', both.bare],
    ] as const)
      console.log(line(`load, ${state} server, ${who}`, `${seconds.toFixed(1)} s`, `${count(rate)} elements a second`));
    console.log(line(`load, ${state} server, ratio`, `${both.ratio}`, 'above 1: the store is faster'));
  }
  for (const { name, seconds, rate } of compile?.runs ?? [])
    console.log(line(`compile, ${name}`, `${seconds.toFixed(1)} s`, `${count(rate)} elements a second`));
  if (follow !== undefined)
    console.log(
      line(
        `follow, ${follow.changes} changes`,
        `${follow.seen.median} ms`,
        `p99 ${follow.seen.p99} ms, most ${follow.seen.most} ms; applied in ${follow.applied.median} ms`,
      ),
    );
  for (const { name, seconds, rate } of bulk?.steps ?? [])
    console.log(line(`bulk: ${name}`, `${seconds.toFixed(1)} s`, `${count(rate)} elements a second`));
  if (questions !== undefined) printQuestions(questions);
}

const line = (what: string, value: string, more: string): string => `${what.padEnd(44)}${value.padStart(10)}   ${more}`;

function printQuestions(questions: NonNullable<EstateReport['questions']>): void {
  console.log(
    `\n${'question'.padEnd(42)}${['snapshot', 'p99', 'Cypher', 'p99', 'ratio', 'p99', 'in store'].map((title) => title.padStart(10)).join('')}   same answers`,
  );
  for (const { name, snapshot, cypher, store, ratio, compared } of questions) {
    const values = [snapshot.median, snapshot.p99, cypher.median, cypher.p99].map(duration);
    const cells = [...values, `${ratio.median}x`, `${ratio.p99}x`, duration(store.median)];
    console.log(
      `${name.padEnd(42)}${cells.map((cell) => cell.padStart(10)).join('')}   ${compared.same} of ${compared.same + compared.different}`,
    );
  }
}
