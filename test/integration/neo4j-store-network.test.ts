/** What a network does to a store: answers to commits that are lost, with the server or without it, delays, and silence. */
import neo4j from 'neo4j-driver';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { FINISH_BATCH } from '../../cypher/index.ts';
import type { Neo4jConnection } from '../../engine/store/neo4j/connection.ts';
import { type Neo4jStoreOptions, openNeo4jStore } from '../../engine/store/neo4j/index.ts';
import type { GraphStore } from '../../engine/store/port.ts';
import { BoltProxy, type CommitFate } from '../support/bolt-proxy.ts';
import { randomOf } from '../support/mutate.ts';
import { oneOwnNeo4j } from '../support/neo4j.ts';
import { clearData } from '../support/neo4j-stores.ts';
import { listed, recordsOf } from '../support/read-graph.ts';
import { announceSeed, LONG, runs, SEED } from '../support/seed.ts';
import { batchOfVersion, History } from '../support/version-batches.ts';

announceSeed();
const { describe, server } = await oneOwnNeo4j();
const SIZE = 10;
const history = new History(SIZE);
/** All changes of a batch in one transaction, and so few that it takes several. */
const WAYS = { 'in one transaction': 10_000, 'in parts': 15 };
type Way = keyof typeof WAYS;

let proxy: BoltProxy;
const opened: GraphStore[] = [];

const direct = (): Neo4jConnection => {
  const { uri, user, password, database } = server();
  return { uri, user, password, database };
};

async function open(options: Partial<Neo4jStoreOptions> = {}): Promise<GraphStore> {
  const connection = { ...direct(), uri: proxy.uri };
  const store = await openNeo4jStore({ connection, mode: 'write', lease: 1_000, retryFor: 30_000, ...options });
  opened.push(store);
  return store;
}

/** The fate of one COMMIT, by its number from now on; all others arrive. */
function only(commit: number, fate: CommitFate): () => CommitFate {
  const before = proxy.commits;
  return () => (proxy.commits - before === commit ? fate : 'passes');
}

/** The graph must be that of a version, whole, with each batch once, and everything in it must fit together. */
async function expectVersion(store: GraphStore, version: number): Promise<void> {
  const reader = await store.read();
  expect(reader.version).toBe(version);
  const graph = history.at(version);
  expect(await recordsOf(reader)).toEqual({ nodes: graph.nodes(), edges: graph.edges(), uses: graph.uses() });
  await reader.close();
  const batches = await listed(store.batches(0));
  expect(batches.map(({ id }) => id)).toEqual(Array.from({ length: version }, (_, i) => `version-${i + 1}`));
  expect(batches.map((batch) => batch.version)).toEqual(Array.from({ length: version }, (_, i) => i + 1));
  await store.verify();
}

describe('a store on a network that fails', () => {
  beforeAll(async () => {
    proxy = await BoltProxy.before(server().uri);
    await openNeo4jStore({ connection: direct(), mode: 'write' }).then((store) => store.close());
  }, LONG);
  afterAll(() => proxy?.close());
  beforeEach(() => clearData(direct()), LONG);
  afterEach(async () => {
    proxy.fate = () => 'passes';
    proxy.beforeLoss = async () => {};
    proxy.delay = 0;
    proxy.goOn();
    for (const store of opened.splice(0)) await store.close();
  }, LONG);

  for (const way of Object.keys(WAYS) as Way[]) {
    for (const fate of ['is lost', 'loses its answer'] as const)
      it(
        `applies a batch ${way} once when any one of its commits ${fate}`,
        async () => {
          const store = await open({ chunkRows: WAYS[way] });
          const cut = await eachCommit(fate, async (version) => {
            expect(await store.apply(batchOfVersion(version, SIZE))).toMatchObject({ version, repeated: false });
          });
          await expectVersion(store, cut);
          expect(cut).toBeGreaterThan(way === 'in parts' ? 5 : 2);
        },
        LONG,
      );

    it(
      `knows a batch ${way} again when the server was killed between its last commit and the answer`,
      async () => {
        const store = await open({ chunkRows: WAYS[way], retryFor: 500 });
        await store.apply(batchOfVersion(1, SIZE));
        // The transaction that makes a batch visible.
        proxy.fate = (transaction) => (transaction.includes(FINISH_BATCH.text) ? 'loses its answer' : 'passes');
        proxy.beforeLoss = () => server().kill();
        const lost = proxy.lostAnswers;
        await expect(store.apply(batchOfVersion(2, SIZE))).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
        expect(proxy.lostAnswers).toBe(lost + 1);
        await store.close();
        proxy.fate = () => 'passes';
        await server().restart();
        const again = await open({ chunkRows: WAYS[way] });
        await expectVersion(again, 2);
        expect(await again.apply(batchOfVersion(2, SIZE))).toMatchObject({ version: 2, repeated: true });
        await expectVersion(again, 2);
        expect(await again.apply(batchOfVersion(3, SIZE))).toMatchObject({ version: 3, repeated: false });
        await expectVersion(again, 3);
      },
      2 * LONG,
    );
  }

  it(
    'opens, puts documents and compacts as if nothing were, whichever answer is lost',
    async () => {
      const work = async (store: GraphStore) => {
        const revision = await store.documents.put('run/1', { a: 1 }, 0);
        const next = await store.documents.put('run/1', { a: 2 }, revision);
        expect(await store.documents.get('run/1')).toEqual({ value: { a: 2 }, revision: next });
        await store.documents.delete('run/1', next);
        expect(await store.documents.get('run/1')).toBeUndefined();
        await store.compact({ keepVersions: 1 });
      };
      for (const fate of ['is lost', 'loses its answer'] as const)
        for (let cut = 1, hit = true; hit; cut++) {
          await clearData(direct());
          const before = proxy.commits;
          proxy.fate = only(cut, fate);
          const store = await open({ precedence: ['hr'] });
          await store.apply(batchOfVersion(1, SIZE));
          await work(store);
          hit = proxy.commits - before >= cut;
          await store.verify();
          expect(await store.version()).toBe(1);
        }
    },
    2 * LONG,
  );

  it(
    'has each acknowledged batch once on a network that loses every third commit or its answer',
    async () => {
      const random = randomOf(SEED);
      const store = await open({ chunkRows: WAYS['in parts'], retryFor: 3_000 });
      proxy.fate = () => (['is lost', 'loses its answer', ...Array(4).fill('passes')] as CommitFate[])[random(6)]!;
      const versions = runs(6).numRuns!;
      for (let version = 1; version <= versions; version++) {
        const applied = await untilAcknowledged(store, version);
        expect(applied.version).toBe(version);
      }
      proxy.fate = () => 'passes';
      expect(proxy.lostAnswers).toBeGreaterThan(0);
      await expectVersion(store, versions);
    },
    3 * LONG,
  );

  it(
    'is slow on a slow network, and right',
    async () => {
      proxy.delay = 25;
      const store = await open({ chunkRows: WAYS['in parts'] });
      await store.apply(batchOfVersion(1, SIZE));
      await expectVersion(store, 1);
    },
    LONG,
  );

  it(
    'waits while nothing comes for a while',
    async () => {
      const store = await open({ chunkRows: WAYS['in parts'], silence: 60_000 });
      proxy.fate = () => {
        proxy.fate = () => 'passes';
        proxy.hold();
        setTimeout(() => proxy.goOn(), 2_500);
        return 'passes';
      };
      expect(await store.apply(batchOfVersion(1, SIZE))).toMatchObject({ version: 1, repeated: false });
      await expectVersion(store, 1);
    },
    LONG,
  );

  it(
    'gives up a server that says nothing at all, and applies the batch once when it is tried again',
    async () => {
      const store = await open({ chunkRows: WAYS['in parts'], silence: 500, retryFor: 500 });
      await store.apply(batchOfVersion(1, SIZE));
      proxy.hold();
      const silent = { code: 'STORE_UNREACHABLE', hint: expect.stringContaining('stands still') };
      await expect(store.apply(batchOfVersion(2, SIZE))).rejects.toMatchObject(silent);
      await expect(store.version()).rejects.toMatchObject(silent);
      await expect(open({ silence: 500, retryFor: 500 })).rejects.toMatchObject(silent);
      proxy.goOn();
      expect((await untilAcknowledged(store, 2)).version).toBe(2);
      await expectVersion(store, 2);
    },
    LONG,
  );

  it(
    'closes while the server says nothing',
    async () => {
      const store = await open({ silence: 500, retryFor: 500 });
      proxy.hold();
      const applying = store.apply(batchOfVersion(1, SIZE)).catch((error: unknown) => error);
      await store.close();
      expect(await applying).toMatchObject({ code: 'STORE_UNREACHABLE' });
    },
    LONG,
  );

  it(
    'waits for a server that works on something long',
    async () => {
      const store = await open({ silence: 200 });
      const driver = neo4j.driver(server().uri, neo4j.auth.basic(server().user, server().password));
      const session = driver.session();
      const holding = session.beginTransaction();
      try {
        await holding.run("MATCH (h:GraphHead {name: 'head'}) SET h.name = 'head'");
        const applying = store.apply(batchOfVersion(1, SIZE));
        // Several times as long as it would wait for a server that is silent.
        await new Promise((resolve) => setTimeout(resolve, 2_000));
        await holding.rollback();
        expect(await applying).toMatchObject({ version: 1 });
      } finally {
        await session.close();
        await driver.close();
      }
    },
    LONG,
  );
});

/**
 * Makes one version after another; in the nth the nth commit meets its fate. Ends with the first batch that has fewer
 * commits than that.
 *
 * @returns how many versions were made
 */
async function eachCommit(fate: CommitFate, make: (version: number) => Promise<void>): Promise<number> {
  for (let cut = 1; ; cut++) {
    const before = proxy.commits;
    proxy.fate = only(cut, fate);
    await make(cut);
    if (proxy.commits - before < cut) return cut;
  }
}

/** Applies a batch again for as long as the server cannot be reached. */
async function untilAcknowledged(store: GraphStore, version: number) {
  for (;;) {
    try {
      return await store.apply(batchOfVersion(version, SIZE));
    } catch (error) {
      expect((error as { code?: string }).code).toMatch(/^STORE_(UNREACHABLE|LOCKED)$/);
    }
  }
}
