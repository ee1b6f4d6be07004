import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../engine/index.ts';
import { timeChanges } from './changes.ts';
import { timeCompiling } from './compiling.ts';
import { memory, type Timing, timeOnce } from './measure.ts';
import { productEngine, productLoaders } from './product.ts';
import { askQuestions, type QuestionName } from './questions.ts';
import { type Simulated, simulateWhole } from './whole-estate.ts';

export interface StageRequest {
  readonly stage: StageName;
  readonly folder: string;
  readonly users: number;
  readonly seed: number;
  /** Which questions; all when empty. */
  readonly only: readonly QuestionName[];
}

export type StageName = 'generate' | 'load' | 'compile' | 'ask' | 'change';

/** A piece of work that is done once. */
export interface Work {
  readonly name: string;
  readonly seconds: number;
  /** What was worked on: `lines`, and how many a second. */
  readonly items?: number;
  readonly rate?: number;
  /** Milliseconds that the event loop was late meanwhile, at most. */
  readonly late?: number;
}

/** How many there are, by kind or together. */
export interface Counted {
  readonly nodeCounts: Readonly<Record<string, number>>;
  readonly edgeCounts: Readonly<Record<string, number>>;
}

export interface StageResult {
  readonly work: readonly Work[];
  readonly timings: readonly Timing[];
  /** A simulation over the whole estate, and the event loop meanwhile. */
  readonly simulated?: readonly Simulated[];
  /** MiB, at the points named. */
  readonly memory: readonly { readonly at: string; readonly resident: number; readonly most: number }[];
  readonly graph?: Counted;
  /** Bytes. */
  readonly fileSize?: number;
}

export const STAGES: Readonly<Record<StageName, (request: StageRequest) => Promise<StageResult>>> = {
  generate,
  load,
  compile,
  ask,
  change,
};

export const estateFile = (folder: string): string => join(folder, 'estate.jsonl');
export const storeFolder = (folder: string): string => join(folder, 'store');

const worked = (name: string, seconds: number, items: number): Work => ({
  name,
  seconds: Number(seconds.toPrecision(4)),
  items,
  rate: Math.round(items / seconds),
});

async function generate({ folder, users, seed }: StageRequest): Promise<StageResult> {
  const { generateLines } = await productEngine();
  const { createTextSink } = await productLoaders();
  const { seconds, result } = await timeOnce(async () => {
    const sink = await createTextSink(estateFile(folder));
    let lines = 0;
    for (const line of generateLines({ users, seed })) {
      lines += 1;
      const busy = sink.write(`${line}\n`);
      if (busy !== undefined) await busy;
    }
    await sink.close();
    return lines;
  });
  const after = [{ at: 'generated', ...memory() }];
  const fileSize = statSync(estateFile(folder)).size;
  return { work: [worked('generate to a file', seconds, result)], timings: [], memory: after, fileSize };
}

/** From the file to the promise of `apply`, which resolves when the batch is durable: reading, checking, writing. */
async function load({ folder }: StageRequest): Promise<StageResult> {
  const { openEngine } = await productEngine();
  const { loaderFor } = await productLoaders();
  let lines = 0;
  const engine = await openEngine({ data: storeFolder(folder), mode: 'write' });
  const { seconds } = await timeOnce(async () => {
    const loaded = await loaderFor('graph').load({ paths: [estateFile(folder)], source: 'bench', options: {} });
    const { source, complete } = loaded;
    const applied = await engine.apply({ id: 'bench', source, complete, changes: loaded.changes });
    lines = applied.added;
  });
  const after = [{ at: 'loaded', ...memory() }];
  await engine.close();
  return { work: [worked('load to durable', seconds, lines)], timings: [], memory: after };
}

async function compile({ folder, seed }: StageRequest): Promise<StageResult> {
  const { reading, building, nodes, edges, lateReading, lateBuilding, timings } = await timeCompiling(
    storeFolder(folder),
    seed,
  );
  const rows = nodes + edges;
  const late = (milliseconds: number): number => Number(milliseconds.toPrecision(3));
  const work = [
    { ...worked('opening: reading rows', reading, rows), late: late(lateReading) },
    { ...worked('opening: compiling', building, rows), late: late(lateBuilding) },
  ];
  const graph = { nodeCounts: { nodes }, edgeCounts: { edges } };
  return { work, timings, memory: [{ at: 'compiled alone', ...memory() }], graph };
}

async function ask({ folder, users, seed, only }: StageRequest): Promise<StageResult> {
  const { openEngine } = await productEngine();
  const open = async () => {
    const engine = await openEngine({ data: storeFolder(folder), mode: 'read', followEvery: 0 });
    (await engine.view()).release();
    return engine;
  };
  const points = [{ at: 'started', ...memory() }];
  // Of an earlier run.
  rmSync(join(storeFolder(folder), 'compiled'), { force: true });
  const first = await timeOnce(open);
  points.push({ at: 'opened and compiled', ...memory() });
  const graph = await summaryOf(first.result);
  const { timings, after } = await askQuestions(first.result, { users, seed }, only);
  points.push(...after);
  const closing = await timeOnce(() => first.result.close());
  const again = await timeOnce(open);
  await again.result.close();
  const work = [
    { name: 'open and compile', seconds: Number(first.seconds.toPrecision(4)) },
    { name: 'close, when it was kept', seconds: Number(closing.seconds.toPrecision(4)) },
    { name: 'open what was kept', seconds: Number(again.seconds.toPrecision(4)) },
  ];
  return { work, timings, memory: points, graph };
}

async function change({ folder, users, seed }: StageRequest): Promise<StageResult> {
  const { openEngine } = await productEngine();
  const engine = await openEngine({ data: storeFolder(folder), mode: 'write' });
  const timings = await timeChanges(engine, { users, seed });
  const view = await engine.view();
  const simulated = await simulateWhole(view, { users, seed });
  view.release();
  const graph = await summaryOf(engine);
  const after = [{ at: 'changed and supposed', ...memory() }];
  await engine.close();
  return { work: [], timings, memory: after, simulated, graph };
}

async function summaryOf(engine: Engine): Promise<Counted> {
  const view = await engine.view();
  const { nodeCounts, edgeCounts } = await view.summary();
  view.release();
  return { nodeCounts, edgeCounts };
}
