import type { GraphView } from '../../engine/access/questions.ts';
import { openView } from '../../engine/access/view.ts';
import type { Execution } from '../../engine/api.ts';
import type { EdgeRecord, NodeRecord } from '../../engine/model/index.ts';
import { BySlices } from '../../engine/preparation.ts';
import { roomForChanges } from '../../engine/snapshot/assemble.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import type { GraphStore, StoreReader } from '../../engine/store/port.ts';
import { ClonedApart } from './cloned-apart.ts';
import { memoryReader } from './memory-reader.ts';

/** Both ways to answer questions. A suite that is about answers runs for each. */
export const EXECUTIONS: readonly Execution[] = ['snapshot', 'store'];

type Open = (reader: StoreReader, onRelease: () => void) => Promise<GraphView>;

/** A snapshot hands long work over at once, to what stands for a thread. */
const OPEN: Readonly<Record<Execution, Open>> = {
  snapshot: async (reader, onRelease) =>
    openView(await compileSnapshot(reader, roomForChanges), reader, onRelease, new ClonedApart()),
  store: async (reader, onRelease) => (await new BySlices(undefined).prepare(reader)).open(onRelease),
};

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
  return OPEN[execution](reader, () => void reader.close());
}
