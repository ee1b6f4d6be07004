import { type EdgeRecord, GrantlensError } from '../model/index.ts';
import type { Ground } from './ground.ts';

/** The records of edges, in their order. @throws GrantlensError STORE_CORRUPT when the store does not have one */
export async function edgeRecords(
  ground: Pick<Ground, 'snapshot' | 'reader'>,
  edges: readonly number[],
): Promise<readonly EdgeRecord[]> {
  const records = await ground.reader.edges(edges.map((edge) => ground.snapshot.edgeRef[edge]!));
  return records.map((record) => record ?? missingEdge());
}

function missingEdge(): never {
  throw new GrantlensError('STORE_CORRUPT', 'The store no longer has an edge of the version that is being read.');
}
