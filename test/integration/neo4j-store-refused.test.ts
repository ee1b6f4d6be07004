/** What a Neo4j server can refuse, and what is told then: clearly, and without the password. */
import { inspect } from 'node:util';
import neo4j from 'neo4j-driver';
import { afterEach, expect, it } from 'vitest';
import { type ErrorCode, GrantlensError } from '../../engine/model/index.ts';
import { checkServer } from '../../engine/store/neo4j/ground.ts';
import { type Neo4jStoreOptions, openNeo4jStore } from '../../engine/store/neo4j/index.ts';
import type { GraphStore } from '../../engine/store/port.ts';
import { oneOwnNeo4j } from '../support/neo4j.ts';
import { contentOf, withDriver } from '../support/neo4j-content.ts';
import { listed, recordsOf } from '../support/read-graph.ts';
import { LONG } from '../support/seed.ts';

const { describe, server, start } = await oneOwnNeo4j();
/** The last release before the oldest that the store takes. */
const OLDER = '5.25.1';

const batch = (id: string) => ({
  id,
  source: 'hr',
  complete: [],
  changes: [putUser('u:ada')],
});

const putUser = (id: string, department?: string) => ({
  op: 'PUT_NODE' as const,
  node: { kind: 'User' as const, id, source: 'hr', attributes: department === undefined ? {} : { department } },
});

/** Of several transactions, where one takes 20 rows. */
const many = (id: string) => ({ ...batch(id), changes: Array.from({ length: 50 }, (_, i) => putUser(`u:${i}`)) });

async function query(text: string, parameters: Record<string, unknown> = {}): Promise<void> {
  const { uri, user, password, database } = server();
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password));
  await driver.executeQuery(text, parameters, { database }).finally(() => driver.close());
}

const connection = () => {
  const { uri, user, password, database } = server();
  return { uri, user, password, database };
};

const open = (options: Partial<Neo4jStoreOptions> = {}) =>
  openNeo4jStore({ connection: connection(), mode: 'write', retryFor: 1_000, chunkRows: 20, ...options });

/** The call must fail with a code and say nothing of the password, its cause chain included. Gives the hint. */
async function expectRefusal(work: Promise<unknown>, code: ErrorCode, secret = server().password): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(GrantlensError);
  expect((error as GrantlensError).code, inspect(error)).toBe(code);
  const told = inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(error) + (error as Error).stack;
  expect(told).not.toContain(secret);
  return (error as GrantlensError).hint;
}

/** The graph of one batch, by all that reads. */
async function expectGraph(store: GraphStore, revision: number): Promise<void> {
  expect(await store.version()).toBe(1);
  const reader = await store.read();
  expect((await recordsOf(reader)).nodes.map(({ id }) => id)).toEqual(['u:ada']);
  await reader.close();
  expect((await listed(store.batches(0))).map(({ id }) => id)).toEqual(['before']);
  expect(await store.documents.get('run/1')).toEqual({ value: 'kept', revision });
  await store.verify();
}

describe('a Neo4j server that refuses', () => {
  afterEach(async () => {
    await query('MATCH (n) DETACH DELETE n');
  }, LONG);

  it(
    'tells a wrong password',
    async () => {
      const wrong = { ...connection(), password: 'wrong-and-secret' };
      await expectRefusal(open({ connection: wrong }), 'STORE_AUTH_FAILED', 'wrong-and-secret');
    },
    LONG,
  );

  it(
    'tells an unknown database',
    async () => {
      await expectRefusal(open({ connection: { ...connection(), database: 'nowhere' } }), 'STORE_DATABASE_NOT_FOUND');
    },
    LONG,
  );

  it(
    'tells a server that is not there',
    async () => {
      await expectRefusal(open({ connection: { ...connection(), uri: 'neo4j://127.0.0.1:1' } }), 'STORE_UNREACHABLE');
    },
    LONG,
  );

  it(
    'tells a reader that nothing was ever written',
    async () => {
      await expectRefusal(open({ mode: 'read' }), 'STORE_NOT_FOUND');
    },
    LONG,
  );

  it(
    'refuses servers that are older than 5.26, and takes calendar versions',
    () => {
      for (const agent of ['Neo4j/4.4.40', 'Neo4j/5.25.1', 'Memgraph/v3', ''])
        expect(() => checkServer(agent)).toThrow(expect.objectContaining({ code: 'STORE_VERSION_UNSUPPORTED' }));
      for (const agent of ['Neo4j/5.26.0', 'Neo4j/5.26.30', 'Neo4j/2025.10.1']) checkServer(agent);
    },
    LONG,
  );

  it(
    'refuses a graph of a newer format',
    async () => {
      await (await open()).close();
      await query("MATCH (h:GraphHead {name: 'head'}) SET h.format = 99");
      await expectRefusal(open(), 'STORE_NEWER_FORMAT');
      await expectRefusal(open({ mode: 'read' }), 'STORE_NEWER_FORMAT');
    },
    LONG,
  );

  it(
    'refuses a database with nodes of someone else under its labels, and bears other labels',
    async () => {
      await query("CREATE (:Entity {id: 'not ours'})");
      await expectRefusal(open(), 'STORE_FOREIGN');
      await query('MATCH (n) DETACH DELETE n');
      await query("CREATE (:Movie {title: 'The Matrix'})-[:GRANTS]->(:Person {id: 'u:ada'})");
      const store = await open();
      expect(await store.apply(batch('beside'))).toMatchObject({ version: 1, added: 1 });
      expect(await store.apply({ ...batch('gone'), complete: ['hr'], changes: [] })).toMatchObject({ removed: 1 });
      const reader = await store.read();
      await reader.scanEdges(() => expect.unreachable('an edge of someone else'));
      await reader.close();
      await store.close();
    },
    LONG,
  );

  it(
    'refuses a rule of someone else on its labels',
    async () => {
      await query('DROP CONSTRAINT grantlens_entity_id IF EXISTS');
      await query('CREATE CONSTRAINT theirs FOR (n:Entity) REQUIRE n.id IS UNIQUE');
      await expectRefusal(open(), 'STORE_FOREIGN');
      await query('DROP CONSTRAINT theirs');
    },
    LONG,
  );

  it(
    'tells a server that was restarted between calls nothing of it, and goes on',
    async () => {
      const store = await open({ retryFor: 30_000 });
      await store.apply(batch('before'));
      await server().restart();
      expect(await store.version()).toBe(1);
      expect(await store.apply({ ...batch('after'), complete: ['hr'], changes: [] })).toMatchObject({ removed: 1 });
      await store.close();
    },
    3 * LONG,
  );

  it(
    'tells a database that can only be read, what to do, and still reads it',
    async () => {
      const store = await open();
      await store.apply(batch('before'));
      const revision = await store.documents.put('run/1', 'kept', 0);
      await server().restart({ 'server.databases.default_to_read_only': 'true' });
      try {
        const writes = [
          () => store.apply(batch('refused')),
          () => store.apply(many('refused')),
          () => store.documents.put('run/1', 1, revision),
          () => store.documents.delete('run/1', revision),
          () => store.compact(),
          // One that wants nothing but to open it for writing may: nothing is missing there.
          () => open().then((again) => again.apply(batch('refused')).finally(() => again.close())),
        ];
        for (const write of writes) expect(await expectRefusal(write(), 'STORE_READ_ONLY')).toContain('read_only');
        await expectGraph(store, revision);
        await store.close();
        const reading = await open({ mode: 'read' });
        await expectGraph(reading, revision);
        expect(await expectRefusal(reading.apply(batch('refused')), 'STORE_READ_ONLY')).toContain('for writing');
        await reading.close();
      } finally {
        await server().restart({ 'server.databases.default_to_read_only': 'false' });
      }
      const after = await open();
      expect(await after.apply(batch('refused'))).toMatchObject({ version: 2, repeated: false });
      await after.close();
    },
    3 * LONG,
  );

  it(
    'tells that a new database which can only be read cannot become a graph',
    async () => {
      await server().restart({ 'server.databases.read_only': 'neo4j' });
      try {
        expect(await expectRefusal(open(), 'STORE_READ_ONLY')).toContain('read_only');
        await expectRefusal(open({ mode: 'read' }), 'STORE_NOT_FOUND');
      } finally {
        await server().restart({ 'server.databases.read_only': '' });
      }
    },
    3 * LONG,
  );

  it(
    'tells what someone else put in the way of a graph that is there, and applies the batch when it is gone',
    async () => {
      const store = await open();
      await store.apply(batch('before'));
      const grace = { ...batch('grace'), changes: [putUser('u:grace')] };
      await query("CREATE (:Entity {id: 'u:grace', theirs: true})");
      const hint = await expectRefusal(store.apply(grace), 'STORE_FOREIGN');
      expect(hint).toContain('Take out the node');
      await expectRefusal(
        store.apply({ ...many('grace'), changes: [putUser('u:grace'), ...many('').changes] }),
        'STORE_FOREIGN',
      );
      expect(await store.version()).toBe(1);
      await query('MATCH (n:Entity {theirs: true}) DELETE n');
      expect(await store.apply(grace)).toMatchObject({ version: 2, repeated: false });
      await query('CREATE CONSTRAINT theirs FOR (n:Entity) REQUIRE n.department IS UNIQUE');
      try {
        const same = [putUser('u:joan', 'Finance'), putUser('u:jane', 'Finance')];
        await expectRefusal(store.apply({ ...batch('same'), changes: same }), 'STORE_FOREIGN');
        await expectRefusal(open(), 'STORE_FOREIGN');
        const reading = await open({ mode: 'read' });
        expect(await reading.version()).toBe(2);
        await reading.close();
      } finally {
        await query('DROP CONSTRAINT theirs');
      }
      await store.verify();
      await store.close();
    },
    LONG,
  );
});

describe('a Neo4j server that is older than the store needs', () => {
  it(
    'is refused by its version, for reading and for writing, and left as it is',
    async () => {
      const older = await start({ version: OLDER });
      try {
        const { uri, user, password, database } = older;
        const there = { uri, user, password, database };
        for (const mode of ['read', 'write'] as const) {
          const told = await expectRefusal(open({ connection: there, mode }), 'STORE_VERSION_UNSUPPORTED', password);
          expect(told).toBe('Use Neo4j 5.26 or later.');
        }
        await withDriver(there, async (driver) => {
          const { records } = await driver.executeQuery('SHOW CONSTRAINTS', {}, { database });
          expect(records).toEqual([]);
        });
        expect(await contentOf(there)).toEqual([]);
      } finally {
        await older.stop();
      }
    },
    3 * LONG,
  );
});
