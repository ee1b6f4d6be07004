/** What of the graph differs between two versions: found by what was touched, told as the store tells it. */
import { pageSize } from './access/cursor.ts';
import type { GraphDiff, RecordDiff } from './api.ts';
import type { EdgeRecord, Entity } from './model/index.ts';
import { edgeDifference } from './snapshot/difference.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import type { GraphStore, StoreReader } from './store/port.ts';
import { inOneSpace, touchedBetween, type Version } from './version-pair.ts';

/** @param first items of each list */
export async function graphDifference(
  store: GraphStore,
  from: Version,
  to: Version,
  first: number | undefined,
): Promise<GraphDiff> {
  const most = pageSize(first);
  const touched = await touchedBetween(store, from.reader.version, to.reader.version);
  const ids = [...touched.nodes];
  const [nodesBefore, nodesAfter] = await Promise.all([from, to].map(({ reader }) => entitiesById(reader, ids)));
  const [before, after] = await inOneSpace(store, from, to);
  const { removed, added } = edgeDifference(before, after);
  const edgesBefore = await edgesById(before, from.reader, removed);
  const edgesAfter = await edgesById(after, to.reader, added);
  return {
    fromVersion: from.reader.version,
    toVersion: to.reader.version,
    nodes: recordDiff(nodesBefore!, nodesAfter!, most),
    edges: recordDiff(edgesBefore, edgesAfter, most),
  };
}

async function entitiesById(reader: StoreReader, ids: readonly string[]): Promise<ReadonlyMap<string, Entity>> {
  const { nodes } = await reader.refsOf(ids, []);
  const entities = await reader.entities(nodes.filter((ref) => ref !== undefined));
  return new Map(entities.flatMap((entity) => (entity === undefined ? [] : [[entity.id, entity]])));
}

async function edgesById(
  { edgeRef }: Snapshot,
  reader: StoreReader,
  edges: readonly number[],
): Promise<ReadonlyMap<string, EdgeRecord>> {
  const records = await reader.edges(edges.map((edge) => edgeRef[edge]!));
  return new Map(records.flatMap((record) => (record === undefined ? [] : [[record.id, record]])));
}

function recordDiff<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>, most: number): RecordDiff<T> {
  const same = (id: string): boolean => JSON.stringify(before.get(id)) === JSON.stringify(after.get(id));
  const added = [...after.keys()].filter((id) => !before.has(id)).sort();
  const removed = [...before.keys()].filter((id) => !after.has(id)).sort();
  const changed = [...before.keys()].filter((id) => after.has(id) && !same(id)).sort();
  return {
    addedCount: added.length,
    removedCount: removed.length,
    changedCount: changed.length,
    added: added.slice(0, most).map((id) => after.get(id)!),
    removed: removed.slice(0, most).map((id) => before.get(id)!),
    changed: changed.slice(0, most).map((id) => ({ before: before.get(id)!, after: after.get(id)! })),
  };
}
