import { randomUUID } from 'node:crypto';
import type { AppliedBatch, Change, Engine } from '../engine/index.ts';
import type { Loaded, LoadReport } from '../loaders/index.ts';
import { Progress } from './progress.ts';

/** What a load did, and what it left aside. */
export interface LoadOutcome {
  readonly applied: AppliedBatch;
  /** Nodes and edges that were read. */
  readonly nodes: number;
  readonly edges: number;
  readonly report: LoadReport;
}

/** Applies what a loader reads as one batch: all of it or nothing. @param dryRun checks all, applies nothing */
export async function applyLoaded(
  engine: Engine,
  loaded: Loaded,
  stderr: NodeJS.WriteStream,
  dryRun = false,
): Promise<LoadOutcome> {
  const count = { nodes: 0, edges: 0 };
  const progress = new Progress(stderr, `reading ${loaded.source}`, 'changes');
  const { source, complete } = loaded;
  const changes = counted(loaded.changes, count, progress);
  try {
    const applied = await engine.apply({ id: randomUUID(), source, complete, changes }, { dryRun });
    return { applied, ...count, report: loaded.report };
  } finally {
    progress.end();
  }
}

/** Counts what passes, in one step of asynchronous iteration a change: a load has millions of them. */
async function* counted(
  changes: Iterable<Change> | AsyncIterable<Change>,
  count: { nodes: number; edges: number },
  progress: Progress,
): AsyncGenerator<Change> {
  for await (const change of changes) {
    if (change.op === 'PUT_NODE') count.nodes += 1;
    if (change.op === 'PUT_EDGE') count.edges += 1;
    progress.step();
    yield change;
  }
}
