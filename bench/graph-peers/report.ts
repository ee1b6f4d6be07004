/** What is said of a task that all were asked: times in turns, and whether the answers agree. */
import type { WeightedGraph } from '../../algorithms/weighted-graph.ts';
import { built } from '../built.ts';
import type { Ran } from './python-peers.ts';
import { isPartition, type Task } from './tasks.ts';

const { modularity } = await built<typeof import('../../algorithms/modularity.ts')>('algorithms/modularity');

export interface TaskReport {
  readonly task: Task;
  readonly results: readonly (Measured | { readonly name: string; readonly missing: string })[];
}

interface Measured {
  readonly name: string;
  readonly version?: string;
  readonly runs: number;
  /** Milliseconds. */
  readonly median: number;
  readonly least: number;
  /** How many times as long as ours: the median over the rounds. */
  readonly ratio: number;
  /** Of a partition: modularity by our kernel, the median and the range over the runs, each with another seed. */
  readonly modularity?: { readonly median: number; readonly least: number; readonly most: number };
  readonly communities?: number;
  /** Of scores: how far they are from ours, in all and at most, after both are divided by their sum. */
  readonly difference?: { readonly total: number; readonly most: number };
}

export interface Comparison {
  readonly task: Task;
  readonly ran: ReadonlyMap<string, readonly Ran[]>;
  readonly missing: ReadonlyMap<string, string>;
  readonly versions: Readonly<Record<string, string>>;
  readonly undirected: WeightedGraph;
}

export function compared({ task, ran, missing, versions, undirected }: Comparison): TaskReport {
  const [ours] = ran.values();
  const results = [...ran].map(([name, runs]) => {
    const why = missing.get(name);
    if (why !== undefined) return { name, missing: why };
    const version = versions[name];
    const times = runs.map(({ seconds }) => 1_000 * seconds);
    return {
      name,
      ...(version === undefined ? {} : { version }),
      runs: runs.length,
      median: rounded(median(times)),
      least: rounded(Math.min(...times)),
      ratio: rounded(
        median(runs.map(({ seconds, oursBeside }, round) => seconds / (oursBeside ?? ours![round]!.seconds))),
      ),
      ...(isPartition(task)
        ? quality(undirected, runs)
        : { difference: difference(runs[0]!.result, ours![0]!.result) }),
    };
  });
  return { task, results };
}

function quality(graph: WeightedGraph, runs: readonly Ran[]) {
  const qualities = runs.map(({ result }) => modularity(graph, result as Uint32Array));
  const counts = runs.map(({ result }) => new Set(result).size);
  const [middle, least, most] = [median(qualities), Math.min(...qualities), Math.max(...qualities)];
  return {
    modularity: { median: fixed(middle), least: fixed(least), most: fixed(most) },
    communities: median(counts),
  };
}

function difference(theirs: ArrayLike<number>, ours: ArrayLike<number>) {
  const [sum, ourSum] = [total(theirs), total(ours)];
  let off = 0;
  let most = 0;
  for (let v = 0; v < ours.length; v++) {
    const one = Math.abs(theirs[v]! / sum - ours[v]! / ourSum);
    off += one;
    if (one > most) most = one;
  }
  return { total: rounded(off), most: rounded(most) };
}

function total(scores: ArrayLike<number>): number {
  let sum = 0;
  for (let v = 0; v < scores.length; v++) sum += scores[v]!;
  return sum === 0 ? 1 : sum;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

const rounded = (value: number): number => Number(value.toPrecision(3));
const fixed = (value: number): number => Number(value.toFixed(4));

export function printTask({ task, results }: TaskReport): void {
  console.log(`\n${task}`);
  for (const result of results) {
    if ('missing' in result) {
      console.log(`  ${result.name}: not measured. ${result.missing}`);
      continue;
    }
    const {
      name,
      version = '',
      runs,
      median: middle,
      least,
      ratio,
      modularity: found,
      communities,
      difference: off,
    } = result;
    const answer =
      found === undefined
        ? `off from ours by ${off!.total} in all, ${off!.most} at most`
        : `modularity ${found.median} (${found.least} to ${found.most}), ${communities} communities`;
    const times = `${middle} ms median, ${least} ms least of ${runs}, ${ratio}x`;
    console.log(`  ${`${name} ${version}`.padEnd(22)} ${times.padEnd(50)} ${answer}`);
  }
}
