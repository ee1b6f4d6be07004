import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Change, makeEdge } from '../../engine/model/index.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import type { Snapshot } from '../../engine/snapshot/snapshot.ts';
import { Neo4jDoor } from '../../engine/store/neo4j/door.ts';
import { openNeo4jStore } from '../../engine/store/neo4j/index.ts';
import type { GraphStore, StoreReader } from '../../engine/store/port.ts';
import { byHand } from '../support/cypher-by-hand.ts';
import { memoryReader } from '../support/memory-reader.ts';
import { neo4jForTests } from '../support/neo4j.ts';
import { clearData } from '../support/neo4j-stores.ts';
import { Versions } from '../support/neo4j-versions.ts';
import { expectReader, listed, recordsOf } from '../support/read-graph.ts';
import { arraysOf } from '../support/snapshot-content.ts';

const server = await neo4jForTests();
const MINUTES = 240_000;

/** All refs that a reader tells of. */
async function refsOf(reader: StoreReader) {
  const nodes: number[] = [];
  const edges: number[] = [];
  await reader.scanNodes((ref) => void nodes.push(ref));
  await reader.scanTerms(() => {});
  await reader.scanEdges((ref) => void edges.push(ref));
  return { nodes, edges };
}

/** All but the number of the version, which the plain records do not have. */
const content = (snapshot: Snapshot): unknown => arraysOf({ ...snapshot, version: 0 });

server.describe('a reader of Neo4j', () => {
  let door: Neo4jDoor;
  let versions: Versions;
  let others: GraphStore[] = [];
  const open = async (settings: { readonly chunkRows?: number } = {}): Promise<GraphStore> => {
    const store = await openNeo4jStore({ connection: server, mode: 'write', ...settings });
    others.push(store);
    return store;
  };
  beforeEach(async () => {
    await clearData(server);
    door = new Neo4jDoor(server);
    versions = new Versions(await open());
  }, MINUTES);
  afterEach(async () => {
    for (const store of others) await store.close();
    others = [];
    await door.close();
  });

  it(
    'keeps its version while batches of both sizes change, remove and bring back',
    async () => {
      await versions.goOn(2);
      const readers = [await versions.store.read()];
      const refs = [await refsOf(readers[0]!)];
      for (const chunkRows of [10_000, 5, 10_000]) {
        const more = new Versions(await open({ chunkRows }));
        more.graphs.splice(0, 1, ...versions.graphs);
        await more.goOn(2);
        versions.graphs.splice(0, versions.graphs.length, ...more.graphs);
        readers.push(await versions.store.read());
        refs.push(await refsOf(readers.at(-1)!));
      }
      for (const [i, reader] of readers.entries()) {
        await expectReader(reader, versions.graphs[reader.version]!, []);
        expect(await refsOf(reader).then(({ nodes }) => nodes)).toEqual(refs[i]!.nodes);
        const again = await refsOf(reader).then(({ edges }) => edges);
        expect([...again].sort()).toEqual([...refs[i]!.edges].sort());
        await reader.close();
      }
    },
    MINUTES,
  );

  it(
    'sees whole versions while large batches come in parts and are swept',
    async () => {
      await versions.goOn(1);
      const writer = new Versions(await open({ chunkRows: 7 }));
      writer.graphs.splice(0, 1, ...versions.graphs);
      const writing = writer.goOn(4, 10).then(() => true);
      let done = false;
      const checked = new Set<number>();
      while (!done) {
        const reader = await versions.store.read();
        const found = await recordsOf(reader);
        const scanned = await compileSnapshot(reader);
        done = await Promise.race([writing, new Promise<boolean>((resolve) => setImmediate(resolve, false))]);
        // The batch may be acknowledged a moment after it can be read.
        while (writer.graphs.length <= reader.version) await new Promise((resolve) => setTimeout(resolve, 5));
        const graph = writer.graphs[reader.version]!;
        expect(found).toEqual({ nodes: graph.nodes(), edges: graph.edges(), uses: graph.uses() });
        expect(content(scanned)).toEqual(content(await compileSnapshot(memoryReader(graph.nodes(), graph.edges()))));
        checked.add(reader.version);
        await reader.close();
      }
      expect(checked.size).toBeGreaterThan(1);
    },
    MINUTES,
  );

  it(
    'compiles to the arrays that the plain records compile to',
    async () => {
      await versions.goOn(3, 20);
      const reader = await versions.store.read();
      const { nodes, edges } = await recordsOf(reader);
      expect(content(await compileSnapshot(reader))).toEqual(
        content(await compileSnapshot(memoryReader(nodes, edges))),
      );
    },
    MINUTES,
  );

  it(
    'waits for content that a batch wrote and took back, and says so when it stays',
    async () => {
      await versions.goOn(1);
      const before = await recordsOf(await versions.store.read());
      const half =
        "MATCH (n:Entity) WITH n ORDER BY n.id LIMIT 3 SET n.changed = 2, n.kept = n.records, n.records = ['{}']";
      const back = 'MATCH (n:Entity) WHERE n.kept IS NOT NULL SET n.changed = 1, n.records = n.kept REMOVE n.kept';
      await byHand(door, half);
      const reader = await versions.store.read();
      const reading = recordsOf(reader);
      const scanning = listed(reader.nodeRecords());
      await new Promise((resolve) => setTimeout(resolve, 100));
      await byHand(door, back);
      expect(await reading).toEqual(before);
      expect(await scanning).toEqual(before.nodes);
      await byHand(door, half);
      await expect(reader.scanNodes(() => {})).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    },
    MINUTES,
  );

  it(
    'is told when another process has cut the journal that it needs, and reads on while it needs none',
    async () => {
      const ada: Change = { op: 'PUT_NODE', node: { kind: 'User', id: 'u:ada', source: 'hr', attributes: {} } };
      const fin: Change = { op: 'PUT_NODE', node: { kind: 'Group', id: 'g:fin', source: 'hr', attributes: {} } };
      const edge = makeEdge({ kind: 'MEMBER_OF', from: 'u:ada', to: 'g:fin', source: 'hr' });
      await versions.apply({ id: '1', source: 'hr', complete: [], changes: [ada, fin, { op: 'PUT_EDGE', edge }] });
      const reader = await versions.store.read();
      const refs = await refsOf(reader);
      const other = await open();
      const gone: Change = { op: 'REMOVE_EDGE', id: edge.id, source: 'hr' };
      await other.apply({ id: '2', source: 'hr', complete: [], changes: [gone] });
      await other.compact();
      expect(await reader.entities(refs.nodes)).toMatchObject([{ id: 'u:ada' }, { id: 'g:fin' }]);
      const cut = { code: 'VERSION_NOT_FOUND' };
      await expect(reader.edges(refs.edges)).rejects.toMatchObject(cut);
      await expect(reader.scanNodes(() => {})).rejects.toMatchObject(cut);
      await expect(listed(reader.edgeRecords())).rejects.toMatchObject(cut);
      await expect(reader.danglingEdges(1)).rejects.toMatchObject(cut);
      await expect(versions.store.read(1)).rejects.toMatchObject(cut);
      await reader.close();
    },
    MINUTES,
  );

  it(
    'is left what it needs by compaction in its own process',
    async () => {
      await versions.goOn(2);
      const reader = await versions.store.read();
      await versions.goOn(3);
      await versions.store.compact();
      await expectReader(reader, versions.graphs[2]!, []);
      await reader.close();
      await versions.store.compact();
      await expect(versions.store.read(4)).rejects.toMatchObject({ code: 'VERSION_NOT_FOUND' });
      await expectReader(await versions.store.read(), versions.newest, []);
    },
    MINUTES,
  );

  it(
    'orders by code units what Neo4j orders by code points',
    async () => {
      const ids = ['u:\uffee', 'u:\u{1f600}', 'u:z'];
      const groups = ['g:\uffee', 'g:\u{1f600}'];
      const changes: Change[] = ids.map((id) => ({
        op: 'PUT_NODE',
        node: { kind: 'User', id, source: 'hr', attributes: {} },
      }));
      for (const id of groups)
        changes.push({ op: 'PUT_NODE', node: { kind: 'Group', id, source: 'hr', attributes: {} } });
      for (const from of ids)
        for (const to of groups)
          for (const key of ['\uffee', '\u{1f600}'])
            changes.push({ op: 'PUT_EDGE', edge: makeEdge({ kind: 'MEMBER_OF', from, to, key, source: 'hr' }) });
      for (const identity of ids)
        changes.push({
          op: 'PUT_USE',
          use: { identity, action: 'read', resource: 'r', source: 'hr', lastUsedAt: 5, useCount: 1 },
        });
      await versions.apply({ id: 'order', source: 'hr', complete: [], changes });
      await expectReader(await versions.store.read(), versions.newest, []);
    },
    MINUTES,
  );

  it(
    'tells a journal of many parts as one that gives the same graph',
    async () => {
      const writer = new Versions(await open({ chunkRows: 5 }));
      await writer.goOn(5, 8);
      const batches = await listed(writer.store.batches(0));
      expect(batches.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
      await clearData(server);
      const copy = await open();
      for (const { id, source, changes, withdrawnUses } of batches)
        await copy.apply({ id, source, complete: [], changes, withdrawnUses });
      const graph = writer.newest;
      expect(await recordsOf(await copy.read())).toEqual({
        nodes: graph.nodes(),
        edges: graph.edges(),
        uses: graph.uses(),
      });
      const order = ['REMOVE_EDGE', 'REMOVE_NODE', 'PUT_NODE', 'PUT_EDGE', 'PUT_USE'];
      for (const { changes } of batches) {
        const places = changes.map(({ op }) => order.indexOf(op));
        expect(places).toEqual([...places].sort());
      }
    },
    MINUTES,
  );

  it(
    'does not tell a journal with a part that is missing or altered',
    async () => {
      const store = await open({ chunkRows: 5 });
      await new Versions(store).goOn(2, 8);
      await byHand(door, 'MATCH (c:JournalChunk {version: 2, number: 1}) DELETE c');
      await expect(listed(store.batches(0))).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
      await expect(listed(store.batches(1))).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
      await byHand(door, "MATCH (c:JournalChunk {version: 1, number: 0}) SET c.digest = 'x'");
      await expect(listed(store.batches(0))).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
      expect(await listed(store.batches(2))).toEqual([]);
      expect(await listed(store.batches(9))).toEqual([]);
      for (const after of [-1, 0.5, Number.NaN])
        await expect(listed(store.batches(after))).rejects.toMatchObject({ code: 'VERSION_NOT_FOUND' });
    },
    MINUTES,
  );
});
