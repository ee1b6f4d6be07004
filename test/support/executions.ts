/** Suites about answers run for both ways of answering: on a snapshot, and in the store. */
import type fc from 'fast-check';
import { describe } from 'vitest';
import type { GraphView } from '../../engine/access/questions.ts';
import type { Execution } from '../../engine/api.ts';
import type { EdgeRecord, NodeRecord } from '../../engine/model/index.ts';
import { runs } from './seed.ts';
import { EXECUTIONS, viewOf } from './view-of.ts';

export interface By {
  readonly execution: Execution;
  /** A view on a graph of plain records that answers this way. */
  viewOf(nodes: readonly NodeRecord[], edges: readonly EdgeRecord[]): Promise<GraphView>;
  /** Settings of a property test that has so many runs on a snapshot. */
  runs<T>(numRuns: number): fc.Parameters<T>;
}

/** A question in the store compiles a part of the graph, which takes some ten times as long on a graph of ten nodes. */
const SHARE: Readonly<Record<Execution, number>> = { snapshot: 1, store: 1 / 4 };

/** Declares the same tests for each way of answering. */
export function forEachExecution(suite: (by: By) => void): void {
  for (const execution of EXECUTIONS)
    describe(`by ${execution}`, () =>
      suite({
        execution,
        viewOf: (nodes, edges) => viewOf(nodes, edges, execution),
        runs: (numRuns) => runs(Math.max(4, numRuns * SHARE[execution])),
      }));
}
