/** Two loads of one source on one server: in two handles, and in two processes of which one dies. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import neo4j from 'neo4j-driver';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ChangeBatch } from '../../engine/model/index.ts';
import { openNeo4jStore } from '../../engine/store/neo4j/index.ts';
import type { GraphStore } from '../../engine/store/port.ts';
import { bundled } from '../support/bundled.ts';
import { neo4jForTests } from '../support/neo4j.ts';
import { clearData } from '../support/neo4j-stores.ts';
import { LONG } from '../support/seed.ts';

const server = await neo4jForTests();
const LEASE = 1_500;

let program = '';
const opened: GraphStore[] = [];
const children: ChildProcess[] = [];

async function open(lease = 20_000): Promise<GraphStore> {
  const { uri, user, password, database } = server;
  const store = await openNeo4jStore({
    connection: { uri, user, password, database },
    mode: 'write',
    chunkRows: 20,
    lease,
  });
  opened.push(store);
  return store;
}

const users = (id: string, count: number): ChangeBatch => ({
  id,
  source: 'hr',
  complete: ['hr'],
  changes: Array.from({ length: count }, (_, i) => ({
    op: 'PUT_NODE' as const,
    node: { kind: 'User' as const, id: `u:${id}:${i}`, source: 'hr', attributes: {} },
  })),
});

server.describe('a source that is loaded', () => {
  beforeAll(async () => {
    program = await bundled('test/support/neo4j-holding-process.ts');
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    for (const store of opened.splice(0)) await store.close();
    await clearData(server);
  }, LONG);
  afterAll(() => {
    if (program !== '') rmSync(dirname(program), { recursive: true, force: true });
  });

  it(
    'is held by one at a time, who is named, and is free when that is done',
    async () => {
      const [one, other] = [await open(), await open()];
      const hold = await one.hold!('hr', { purpose: 'load' });
      await expect(other.hold!('hr')).rejects.toMatchObject({
        code: 'STORE_LOCKED',
        message: expect.stringMatching(
          /^Another process \(.*, process \d+, load\) is loading the source "hr", since \S+Z by the server's clock\.$/,
        ),
      });
      // Another source is nobody's business.
      await (await other.hold!('ad')).release();
      const waiting = other.hold!('hr', { patience: 60_000 });
      expect(await one.apply(users('first', 3))).toMatchObject({ version: 1 });
      await hold.release();
      await (await waiting).release();
      // What a closed handle held is free.
      await one.hold!('hr');
      await one.close();
      await (await other.hold!('hr')).release();
    },
    LONG,
  );

  it(
    'is taken over from a process that died, not from one that lives',
    async () => {
      const { uri, user, password, database } = server;
      const connection = JSON.stringify({ uri, user, password, database });
      const child = spawn(process.execPath, [program, connection, String(LEASE)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      children.push(child);
      await once(child.stdout!, 'data');
      const store = await open(LEASE);
      await expect(store.hold!('hr', { patience: 3 * LEASE })).rejects.toMatchObject({
        code: 'STORE_LOCKED',
        message: expect.stringContaining(`process ${child.pid}`),
      });
      child.kill('SIGKILL');
      await (await store.hold!('hr', { patience: 60_000 })).release();
    },
    LONG,
  );

  it(
    'is not loaded by one that has lost it, be the batch small or large',
    async () => {
      const store = await open();
      await store.hold!('hr');
      const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password));
      try {
        const stolen = `MATCH (s:GraphHead) WHERE s.holdToken IS NOT NULL SET s.holdToken = 'another'`;
        await driver.executeQuery(stolen, {}, { database: server.database });
      } finally {
        await driver.close();
      }
      for (const count of [3, 90])
        await expect(store.apply(users(`late-${count}`, count))).rejects.toMatchObject({ code: 'STORE_LOCKED' });
      const reader = await (await open()).read();
      expect(reader.version).toBe(0);
      await reader.close();
    },
    LONG,
  );
});
