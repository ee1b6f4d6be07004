import { randomUUID } from 'node:crypto';
import type { AppliedBatch, Change, Engine, EngineView } from '../engine/index.ts';
import type { GraphToMatch, Loaded, LoadReport } from '../loaders/index.ts';
import { Progress } from './progress.ts';

/** The share of its nodes, or of its edges, that a load may withdraw from a source, when nobody says. */
export const MAX_WITHDRAWN = 0.2;

/** What a load did, and what it left aside. */
export interface LoadOutcome {
  readonly applied: AppliedBatch;
  /** Nodes and edges that were read. */
  readonly nodes: number;
  readonly edges: number;
  /** Facts of use that were read. */
  readonly uses: number;
  readonly report: LoadReport;
}

export interface LoadOptions {
  /** Where progress is told. */
  readonly stderr: NodeJS.WriteStream;
  /** Ends the load; nothing is applied then. */
  readonly signal: AbortSignal;
  /** Checks all, applies nothing. */
  readonly dryRun?: boolean;
  /** The share of a source that may be withdrawn; default: all of it. */
  readonly maxWithdrawn?: number;
  /** Applies also what withdraws more, and tells so. */
  readonly tellTooMuch?: boolean;
  /** Milliseconds to wait while another process loads the source; default: not. */
  readonly patience?: number;
}

/** Applies what a loader reads as one batch: all of it or nothing. */
export async function applyLoaded(engine: Engine, loaded: Loaded, options: LoadOptions): Promise<LoadOutcome> {
  const { stderr, signal, patience = 0, ...applying } = options;
  const { source, complete, match } = loaded;
  const hold = await engine.hold(source, { purpose: 'load', patience, signal });
  const count = { nodes: 0, edges: 0, uses: 0 };
  const progress = new Progress(stderr, `reading ${source}`, 'changes');
  const view = match === undefined ? undefined : await engine.view();
  try {
    if (view !== undefined) match!(graphOf(view));
    const changes = counted(loaded.changes, count, progress, signal);
    const applied = await engine.apply({ id: randomUUID(), source, complete, changes }, applying);
    return { applied, ...count, report: loaded.report };
  } finally {
    view?.release();
    progress.end();
    await hold.release();
  }
}

const graphOf = (view: EngineView): GraphToMatch => ({
  kindsOf: async (ids) => (await view.entities(ids)).map((entity) => entity?.kind),
  containersOf: (id) => view.containersOf(id),
  resources: () => view.nodeIds('Resource'),
});

/** Counts what passes, in one step of asynchronous iteration a change: a load has millions of them. */
async function* counted(
  changes: Iterable<Change> | AsyncIterable<Change>,
  count: { nodes: number; edges: number; uses: number },
  progress: Progress,
  signal: AbortSignal,
): AsyncGenerator<Change> {
  for await (const change of changes) {
    signal.throwIfAborted();
    if (change.op === 'PUT_NODE') count.nodes += 1;
    if (change.op === 'PUT_EDGE') count.edges += 1;
    if (change.op === 'PUT_USE') count.uses += 1;
    progress.step();
    yield change;
  }
  signal.throwIfAborted();
}
