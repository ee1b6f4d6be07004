import type { GraphView } from '../../engine/access/questions.ts';
import { openView } from '../../engine/access/view.ts';
import type { EdgeRecord, NodeRecord } from '../../engine/model/index.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { memoryReader } from './memory-reader.ts';

/** A view on a graph of plain records. */
export async function viewOf(
  nodes: readonly NodeRecord[],
  edges: readonly EdgeRecord[],
  precedence: readonly string[] = [],
): Promise<GraphView> {
  const reader = memoryReader(nodes, edges, 1, precedence);
  return openView(await compileSnapshot(reader), reader, () => {});
}
