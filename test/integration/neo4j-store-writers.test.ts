/** Several writers at once, servers that are slow, and transactions that need more memory than there is. */
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import neo4j, { type Driver } from 'neo4j-driver';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ChangeBatch } from '../../engine/model/index.ts';
import { type Neo4jStoreOptions, openNeo4jStore } from '../../engine/store/neo4j/index.ts';
import type { GraphStore } from '../../engine/store/port.ts';
import { bundled } from '../support/bundled.ts';
import { oneOwnNeo4j } from '../support/neo4j.ts';
import { clearData } from '../support/neo4j-stores.ts';
import { killWriting, startWriting } from '../support/neo4j-writing-processes.ts';
import { listed, recordsOf } from '../support/read-graph.ts';
import { LONG } from '../support/seed.ts';

const { describe, server } = await oneOwnNeo4j();
let driver: Driver;
let program = '';
beforeAll(async () => {
  program = await bundled('test/support/neo4j-writing-process.ts');
  const { uri, user, password } = server();
  driver = neo4j.driver(uri, neo4j.auth.basic(user, password));
});
afterAll(async () => {
  await driver?.close();
  if (program !== '') rmSync(dirname(program), { recursive: true, force: true });
});

const users = (id: string, count: number, source = 'hr', size = 10): ChangeBatch => ({
  id,
  source,
  complete: [],
  changes: Array.from({ length: count }, (_, i) => ({
    op: 'PUT_NODE' as const,
    node: { kind: 'User' as const, id: `u:${id}:${i}`, source, attributes: { note: 'x'.repeat(size) } },
  })),
});

const opened: GraphStore[] = [];
async function open(options: Partial<Neo4jStoreOptions> = {}): Promise<GraphStore> {
  const store = await openNeo4jStore({
    connection: server(),
    mode: 'write',
    chunkRows: 20,
    retryFor: 2_000,
    ...options,
  });
  opened.push(store);
  return store;
}

async function countNow(store: GraphStore): Promise<number> {
  const reader = await store.read();
  const { nodes } = await recordsOf(reader);
  await reader.close();
  return nodes.length;
}

describe('writers of one graph', () => {
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    await clearData(server());
  }, LONG);

  it(
    'apply their batches one after another, of one source and of several, large ones and small ones',
    async () => {
      const stores = [await open(), await open(), await open()];
      const batches = stores.flatMap((store, i) => [
        store.apply(users(`large-${i}`, 90, 'hr')),
        store.apply(users(`small-${i}`, 3, `source-${i}`)),
      ]);
      const versions = (await Promise.all(batches)).map(({ version }) => version);
      expect([...versions].sort()).toEqual([1, 2, 3, 4, 5, 6]);
      expect(await countNow(stores[0]!)).toBe(3 * 93);
      await stores[0]!.verify();
    },
    LONG,
  );

  it.for([
    { on: 'one source', sources: ['hr', 'hr'] },
    { on: 'two sources', sources: ['hr', 'ldap'] },
  ])(
    'in processes of their own have each acknowledged batch there once, on $on',
    { timeout: 2 * LONG },
    async ({ sources }) => {
      const writing = await Promise.all(
        sources.map((source, i) => startWriting(program, server(), ['20', source, `process-${i}`])),
      );
      await Promise.all(writing.map(({ untilTold }) => untilTold(8)));
      await Promise.all(writing.map(killWriting));
      const store = await open({ lease: 500 });
      // Takes back what one of them was at when it was killed.
      const last = await store.apply(users('last', 1));
      const batches = await listed(store.batches(0));
      expect(batches.map(({ version }) => version)).toEqual(Array.from({ length: last.version }, (_, i) => i + 1));
      const idOf = new Map(batches.map(({ version, id }) => [version, id]));
      for (const { version, id } of writing.flatMap(({ told }) => told())) expect(idOf.get(version)).toBe(id);
      expect(new Set(idOf.values()).size).toBe(last.version);
      await expectOwnNodes(store, [...idOf.values()]);
      await store.verify();
    },
  );

  it(
    'know a batch that both bring',
    async () => {
      const stores = [await open(), await open()];
      const applied = await Promise.all(stores.map((store) => store.apply(users('same', 70))));
      expect(applied.map(({ repeated }) => repeated).sort()).toEqual([false, true]);
      expect(await countNow(stores[0]!)).toBe(70);
    },
    LONG,
  );

  it(
    'show a reader no part of a large batch before all of it',
    async () => {
      const writer = await open();
      const reading = await open({ mode: 'read' });
      let counted = 0;
      let writing = true;
      const done = writer.apply(users('slow', 1_000)).finally(() => (writing = false));
      while (writing) {
        expect([0, 1_000]).toContain(await countNow(reading));
        counted++;
      }
      await done;
      expect(counted).toBeGreaterThan(0);
      expect(await countNow(reading)).toBe(1_000);
    },
    LONG,
  );

  it(
    'wait for another one no longer than they are told to',
    async () => {
      const store = await open({ patience: 3_000 });
      await store.apply(users('first', 1));
      await driver.executeQuery(
        "MATCH (h:GraphHead) SET h.pending = 'other', h.pendingToken = 'theirs', h.pendingWriter = 'elsewhere, process 7', h.pendingUntil = timestamp() + 3600000, h.pendingChunks = 0",
      );
      const locked = { code: 'STORE_LOCKED', message: expect.stringContaining('elsewhere, process 7') };
      await expect(store.apply(users('second', 1))).rejects.toMatchObject(locked);
      await expect(store.apply(users('third', 50))).rejects.toMatchObject(locked);
      await driver.executeQuery('MATCH (h:GraphHead) SET h.pendingUntil = timestamp() - 1');
      expect(await store.apply(users('second', 1))).toMatchObject({ version: 2 });
    },
    LONG,
  );

  it(
    'tell who waits for a lock that nobody frees',
    async () => {
      const store = await open({ patience: 3_000, retryFor: 1_000 });
      const session = driver.session();
      const holding = session.beginTransaction();
      try {
        await holding.run("MATCH (h:GraphHead {name: 'head'}) SET h.name = 'head'");
        await expect(store.apply(users('small', 1))).rejects.toMatchObject({ code: 'STORE_LOCKED' });
        await expect(store.apply(users('large', 50))).rejects.toMatchObject({ code: 'STORE_LOCKED' });
        await expect(store.documents.put('run/1', 1, 0)).rejects.toMatchObject({ code: 'STORE_LOCKED' });
        expect(await store.version()).toBe(0);
      } finally {
        await holding.rollback();
        await session.close();
      }
      expect(await store.apply(users('small', 1))).toMatchObject({ version: 1, repeated: false });
    },
    LONG,
  );

  it(
    'give up a batch whose claim another one has taken over',
    async () => {
      const [slow, other] = [await open({ lease: 300 }), await open()];
      await slow.apply(users('before', 1));
      const taken = slow.apply(users('slow', 2_000)).catch((error: unknown) => error);
      await claimedBy(1);
      await driver.executeQuery('MATCH (h:GraphHead) SET h.pendingUntil = timestamp() - 1');
      const applied = await other.apply(users('other', 1));
      const outcome = (await taken) as { code?: string; version?: number };
      // Either it showed life in time and came first, or it was rolled back.
      if (outcome.code === undefined) expect([outcome.version, applied.version]).toEqual([2, 3]);
      else expect([outcome.code, applied.version]).toEqual(['STORE_LOCKED', 2]);
      expect(await countNow(other)).toBe(outcome.code === undefined ? 2_002 : 2);
      await other.verify();
      expect(await slow.apply(users('slow', 2_000))).toMatchObject({ repeated: outcome.code === undefined });
      expect(await countNow(other)).toBe(2_002);
    },
    LONG,
  );

  it(
    'get through a server that stands still for a while',
    async () => {
      const store = await open({ lease: 300, retryFor: 30_000 });
      const applying = store.apply(users('still', 600));
      await claimedBy(2);
      process.kill(server().pid()!, 'SIGSTOP');
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      process.kill(server().pid()!, 'SIGCONT');
      expect(await applying).toMatchObject({ version: 1, added: 600 });
      expect(await countNow(store)).toBe(600);
    },
    LONG,
  );

  it(
    'take back what they wrote of a batch that fails midway',
    async () => {
      const store = await open();
      await store.apply(users('before', 30));
      const broken = users('broken', 100).changes as { node: { attributes: unknown } }[];
      // Something that no server takes: the driver refuses it when its part is sent.
      Object.defineProperty(broken[90]!.node, 'id', { value: { toString: () => 'u:broken' } });
      await expect(store.apply({ ...users('broken', 0), changes: broken as unknown as [] })).rejects.toBeInstanceOf(
        Error,
      );
      expect(await countNow(store)).toBe(30);
      expect(await store.apply(users('after', 1))).toMatchObject({ version: 2 });
      expect(await listed(store.batches(0))).toHaveLength(2);
      await store.verify();
    },
    LONG,
  );

  it(
    'try smaller transactions when the server has too little memory for one',
    async () => {
      await server().restart({ 'db.memory.transaction.max': '2m' });
      try {
        const store = await open({ chunkRows: 4_000, retryFor: 5_000 });
        expect(await store.apply(users('small', 3_000, 'hr', 2_000))).toMatchObject({ version: 1, added: 3_000 });
        expect(await countNow(store)).toBe(3_000);
        const single = users('huge', 1, 'hr', 8_000_000);
        await expect(store.apply(single)).rejects.toMatchObject({ code: 'STORE_OUT_OF_MEMORY' });
        expect(await store.apply(users('after', 1))).toMatchObject({ version: 2 });
        await store.verify();
      } finally {
        await server().restart({ 'db.memory.transaction.max': '0' });
      }
    },
    3 * LONG,
  );
});

/** Waits until a large batch has written so many parts. */
async function claimedBy(chunks: number): Promise<void> {
  for (;;) {
    const { records } = await driver.executeQuery(
      'MATCH (h:GraphHead) RETURN coalesce(h.pendingChunks, 0) >= $chunks',
      {
        chunks,
      },
    );
    if (records[0]?.get(0) === true) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Of each batch of a writing process all nodes, once, and no others but that of `last`. */
async function expectOwnNodes(store: GraphStore, batches: readonly string[]): Promise<void> {
  const reader = await store.read();
  const { nodes } = await recordsOf(reader);
  await reader.close();
  const expected = batches.flatMap((id) => {
    const [, name, i] = /^(.+)-(\d+)$/.exec(id) ?? [];
    if (name === undefined) return ['u:last:0'];
    return Array.from({ length: Number(i) % 2 === 0 ? 3 : 60 }, (_, n) => `u:${name}:${i}:${n}`);
  });
  expect(nodes.map(({ id }) => id).sort()).toEqual(expected.sort());
}
