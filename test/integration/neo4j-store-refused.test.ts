/** What a Neo4j server can refuse, and what is told then: clearly, and without the password. */
import { inspect } from 'node:util';
import neo4j from 'neo4j-driver';
import { afterEach, expect, it } from 'vitest';
import { type ErrorCode, GrantlensError } from '../../engine/model/index.ts';
import { checkServer } from '../../engine/store/neo4j/ground.ts';
import { type Neo4jStoreOptions, openNeo4jStore } from '../../engine/store/neo4j/index.ts';
import { ownNeo4j } from '../support/neo4j-own.ts';
import { LONG } from '../support/seed.ts';

const { describe, server } = await ownNeo4j();

const batch = (id: string) => ({
  id,
  source: 'hr',
  complete: [],
  changes: [{ op: 'PUT_NODE' as const, node: { kind: 'User' as const, id: 'u:ada', source: 'hr', attributes: {} } }],
});

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
  openNeo4jStore({ connection: connection(), mode: 'write', retryFor: 1_000, ...options });

/** The call must fail with a code and say nothing of the password, its cause chain included. */
async function expectRefusal(work: Promise<unknown>, code: ErrorCode, secret = server().password): Promise<void> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(GrantlensError);
  expect((error as GrantlensError).code, inspect(error)).toBe(code);
  const told = inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(error) + (error as Error).stack;
  expect(told).not.toContain(secret);
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
    'tells a database that can only be read, and still reads it',
    async () => {
      const store = await open();
      await store.apply(batch('before'));
      await server().restart({ 'server.databases.default_to_read_only': 'true' });
      try {
        await expectRefusal(store.apply(batch('refused')), 'STORE_READ_ONLY');
        await expectRefusal(store.documents.put('run/1', 1, 0), 'STORE_READ_ONLY');
        expect(await store.version()).toBe(1);
        await store.close();
        const reading = await open({ mode: 'read' });
        expect(await reading.version()).toBe(1);
        await expectRefusal(reading.apply(batch('refused')), 'STORE_READ_ONLY');
        await reading.close();
      } finally {
        await server().restart({ 'server.databases.default_to_read_only': 'false' });
      }
    },
    3 * LONG,
  );
});
