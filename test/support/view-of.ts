import type { GraphView } from '../../engine/access/questions.ts';
import type { Execution } from '../../engine/api.ts';
import type { EdgeRecord, NodeRecord } from '../../engine/model/index.ts';
import { bySlices, bySnapshot, type Prepare } from '../../engine/open-versions.ts';
import type { GraphStore, StoreReader } from '../../engine/store/port.ts';
import { memoryReader } from './memory-reader.ts';

/** Both ways to answer questions. A suite that is about answers runs for each. */
export const EXECUTIONS: readonly Execution[] = ['snapshot', 'store'];

const PREPARE: Readonly<Record<Execution, Prepare>> = { snapshot: bySnapshot, store: bySlices(undefined) };

/** A view on a graph of plain records. */
export const viewOf = (
  nodes: readonly NodeRecord[],
  edges: readonly EdgeRecord[],
  execution: Execution = 'snapshot',
): Promise<GraphView> => viewOnReader(memoryReader(nodes, edges), execution);

/** A view on the newest version of a store. */
export const viewOnStore = async (store: GraphStore, execution: Execution): Promise<GraphView> =>
  viewOnReader(await store.read(), execution);

/** A view on a reader, which is closed with it. */
async function viewOnReader(reader: StoreReader, execution: Execution): Promise<GraphView> {
  const { open } = await PREPARE[execution](reader);
  return open(() => void reader.close());
}
