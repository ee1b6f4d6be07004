/** Stores on real Neo4j servers, for the contract of stores. */
import neo4j from 'neo4j-driver';
import { afterAll, beforeAll } from 'vitest';
import type { Neo4jConnection } from '../../engine/store/neo4j/connection.ts';
import { type Neo4jStoreOptions, openNeo4jStore } from '../../engine/store/neo4j/index.ts';
import type { GraphStore } from '../../engine/store/port.ts';
import { type RunningNeo4j, startNeo4j } from '../../scripts/neo4j/index.ts';
import type { StoreMaker } from '../contract/store-contract.ts';

/**
 * Makes stores on a server that is given. Community has one database a server. The contract has up to three stores at a
 * time, of which it uses two: a store gets one of two servers when it is first used. Call it where the tests are described.
 */
export function neo4jStores(given: Neo4jConnection, settings: Partial<Neo4jStoreOptions> = {}): StoreMaker {
  const free: Neo4jConnection[] = [given];
  const openings = new Map<GraphStore, Opening>();
  let second: RunningNeo4j | undefined;
  beforeAll(async () => {
    second = await startNeo4j();
    free.unshift(second);
    // The first one on a server makes constraints and indexes: not in the time of a test.
    for (const connection of free) await openNeo4jStore({ connection, mode: 'write' }).then((store) => store.close());
  }, 300_000);
  afterAll(() => second?.stop(), 60_000);

  const freeServer = async (): Promise<Neo4jConnection> => {
    const connection = free.pop();
    if (connection === undefined) throw new Error('three stores are used at once');
    await clearData(connection);
    return connection;
  };
  const make = (precedence?: readonly string[], connection?: Neo4jConnection): GraphStore => {
    const opening: Opening = { connection };
    const store = lazyStore(async () => {
      opening.connection ??= await freeServer();
      const order = precedence === undefined ? {} : { precedence };
      return openNeo4jStore({ connection: opening.connection, mode: 'write', ...order, ...settings });
    });
    openings.set(store, opening);
    return store;
  };
  return {
    create: async ({ precedence } = {}) => make(precedence),
    async reopen(store) {
      await store.close();
      return make(undefined, openings.get(store)!.connection);
    },
    async drop(store) {
      await store.close();
      free.push(openings.get(store)!.connection!);
    },
  };
}

interface Opening {
  connection: Neo4jConnection | undefined;
}

/** Takes all data out and leaves constraints and indexes, which would take a second to make anew. */
export async function clearData({ uri, user, password, database }: Neo4jConnection): Promise<void> {
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password));
  const at = database === undefined ? {} : { database };
  await driver.executeQuery('MATCH (n) DETACH DELETE n', {}, at).finally(() => driver.close());
}

/** A store that is opened when it is first used. */
function lazyStore(open: () => Promise<GraphStore>): GraphStore {
  let opened: Promise<GraphStore> | undefined;
  const use = (): Promise<GraphStore> => (opened ??= open());
  return {
    version: async () => (await use()).version(),
    apply: async (batch, options) => (await use()).apply(batch, options),
    read: async (version) => (await use()).read(version),
    async *batches(after) {
      yield* (await use()).batches(after);
    },
    documents: {
      get: async (name) => (await use()).documents.get(name),
      put: async (name, value, revision) => (await use()).documents.put(name, value, revision),
      delete: async (name, revision) => (await use()).documents.delete(name, revision),
      list: async (prefix) => (await use()).documents.list(prefix),
    },
    compact: async (options) => (await use()).compact(options),
    verify: async () => (await use()).verify(),
    close: async () => (await use()).close(),
  };
}
