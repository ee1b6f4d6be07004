import type { GraphView } from '../../engine/access/questions.ts';
import type { Execution } from '../../engine/api.ts';
import type { EdgeRecord, NodeRecord } from '../../engine/model/index.ts';
import { bySlices, bySnapshot, type Prepare } from '../../engine/open-versions.ts';
import { memoryReader } from './memory-reader.ts';

/** Both ways to answer questions. A suite that is about answers runs for each. */
export const EXECUTIONS: readonly Execution[] = ['snapshot', 'store'];

const PREPARE: Readonly<Record<Execution, Prepare>> = { snapshot: bySnapshot, store: bySlices(undefined) };

/** A view on a graph of plain records. */
export async function viewOf(
  nodes: readonly NodeRecord[],
  edges: readonly EdgeRecord[],
  execution: Execution = 'snapshot',
): Promise<GraphView> {
  const open = await PREPARE[execution](memoryReader(nodes, edges));
  return open(() => {});
}
