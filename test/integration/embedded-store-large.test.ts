/** Many pages and full buckets: a history large enough that single look-ups, whole scans and merged pages all come up. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openEmbeddedStore } from '../../engine/store/embedded/index.ts';
import type { GraphStore } from '../../engine/store/port.ts';
import { listed, recordsOf } from '../support/read-graph.ts';
import { LONG } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { batchOfVersion, History } from '../support/version-batches.ts';

const temporary = temporaryFolder();
/** Puts of a usual batch; every ninth has ten times as many. */
const SIZE = 700;

async function expectVersion(store: GraphStore, history: History, version: number): Promise<void> {
  const graph = history.at(version);
  const reader = await store.read(version);
  const records = await recordsOf(reader);
  expect(records.nodes).toEqual(graph.nodes());
  expect(records.edges).toEqual(graph.edges());
  expect(records.uses).toEqual(graph.uses());
  for (const edge of records.edges.slice(0, 200)) expect(await reader.edgeById(edge.id)).toEqual(edge);
  const ids = new Map<number, string>();
  await reader.scanNodes((ref, _kind, id) => void ids.set(ref, id));
  const entities = await reader.entities([...ids.keys()]);
  expect(entities.map((entity) => entity?.id)).toEqual([...ids.values()]);
  let effective = 0;
  await reader.scanEdges(() => void (effective += 1));
  expect(effective).toBe(graph.edges().filter((edge) => graph.hasEffect(edge)).length);
  await reader.close();
}

it(
  'keeps a long history of large and small batches',
  async () => {
    const history = new History(SIZE);
    const open = (name: string) => openEmbeddedStore({ folder: join(temporary.path, name), mode: 'write' });
    let store = await open('large');
    for (let version = 1; version <= 27; version++) {
      await store.apply(batchOfVersion(version, SIZE));
      if (version % 6 === 0) await store.compact({ keepVersions: 3 });
      if (version % 5 === 0) {
        await store.close();
        store = await open('large');
      }
      if (version % 3 === 0) await expectVersion(store, history, version);
    }
    await store.verify();
    for (const version of [22, 25, 26]) await expectVersion(store, history, version);
    const copy = await open('copy');
    await copy.apply({ ...batchOfVersion(1), id: 'at-22', complete: [], changes: changesOf(history, 22) });
    for (const { id, source, changes, withdrawnUses } of await listed(store.batches(22))) {
      await copy.apply({ id, source, complete: [], changes, withdrawnUses });
    }
    await copy.verify();
    await store.close();
    await expectVersionIs(copy, history, 27);
    await copy.close();
  },
  4 * LONG,
);

/** The changes that make a version from nothing. Edges that have no effect cannot be put; the ends must be there. */
function changesOf(history: History, version: number) {
  const graph = history.at(version);
  return [
    ...graph.nodes().map((node) => ({ op: 'PUT_NODE' as const, node })),
    ...graph.edges().map((edge) => ({ op: 'PUT_EDGE' as const, edge })),
    ...graph.uses().map((use) => ({ op: 'PUT_USE' as const, use })),
  ];
}

async function expectVersionIs(store: GraphStore, history: History, version: number): Promise<void> {
  const graph = history.at(version);
  const reader = await store.read();
  expect(await recordsOf(reader)).toEqual({ nodes: graph.nodes(), edges: graph.edges(), uses: graph.uses() });
  await reader.close();
}
