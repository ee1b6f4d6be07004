import type { Change, EdgeRecord, NodeRecord, UseRecord } from '../../engine/model/index.ts';
import type { Loaded, LoadReport } from '../../loaders/loader.ts';

/** What a load tells, in the order in which it tells it. */
export interface Collected {
  readonly source: string;
  readonly complete: readonly string[];
  readonly changes: readonly Change[];
  readonly nodes: readonly NodeRecord[];
  readonly edges: readonly EdgeRecord[];
  readonly uses: readonly UseRecord[];
  readonly report: LoadReport;
}

/** Walks the changes of a load to their end. */
export async function collect(loaded: Loaded): Promise<Collected> {
  const changes: Change[] = [];
  for await (const change of loaded.changes) changes.push(change);
  return {
    source: loaded.source,
    complete: [...loaded.complete],
    changes,
    nodes: changes.flatMap((change) => (change.op === 'PUT_NODE' ? [change.node] : [])),
    edges: changes.flatMap((change) => (change.op === 'PUT_EDGE' ? [change.edge] : [])),
    uses: changes.flatMap((change) => (change.op === 'PUT_USE' ? [change.use] : [])),
    report: loaded.report,
  };
}
