/** Kills the server, and the process that writes, at random moments, and looks at what is left. */
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openNeo4jStore } from '../../engine/store/neo4j/index.ts';
import type { GraphStore } from '../../engine/store/port.ts';
import { bundled } from '../support/bundled.ts';
import { randomOf } from '../support/mutate.ts';
import { oneOwnNeo4j } from '../support/neo4j.ts';
import { clearData } from '../support/neo4j-stores.ts';
import { killWriting, startWriting } from '../support/neo4j-writing-processes.ts';
import { recordsOf } from '../support/read-graph.ts';
import { announceSeed, LONG, runs, SEED } from '../support/seed.ts';
import { batchOfVersion, History } from '../support/version-batches.ts';

announceSeed();
const { describe, server } = await oneOwnNeo4j();
const history = new History();
/** So few that a batch takes several transactions. */
const CHUNK_ROWS = 20;
let program = '';

beforeAll(async () => {
  program = await bundled('test/support/neo4j-writing-process.ts');
});
afterAll(() => program !== '' && rmSync(dirname(program), { recursive: true, force: true }));

const open = (mode: 'read' | 'write' = 'write'): Promise<GraphStore> =>
  openNeo4jStore({ connection: server(), mode, chunkRows: CHUNK_ROWS, lease: 2_000, retryFor: 3_000 });

/** The graph must be that of a version, whole. */
async function expectVersion(store: GraphStore, version: number): Promise<void> {
  const reader = await store.read();
  expect(reader.version).toBe(version);
  const graph = history.at(version);
  expect(await recordsOf(reader)).toEqual({ nodes: graph.nodes(), edges: graph.edges(), uses: graph.uses() });
  await reader.close();
}

describe('a server that is killed while it is written to', () => {
  it(
    'has every acknowledged batch and no half of any other, and takes the batch again',
    async () => {
      await clearData(server());
      const random = randomOf(SEED);
      let acknowledged = 0;
      for (let kill = 0; kill < runs(4).numRuns!; kill++) {
        const store = await open();
        const told = writeUntilItFails(store, acknowledged);
        await new Promise((resolve) => setTimeout(resolve, random(2_500)));
        await server().kill();
        acknowledged = Math.max(acknowledged, await told);
        await store.close();
        await server().restart();
        acknowledged = await expectAllOf(acknowledged);
      }
      expect(acknowledged).toBeGreaterThan(0);
    },
    4 * LONG,
  );
});

/** Applies batch after batch, and tells the last that was acknowledged. */
async function writeUntilItFails(store: GraphStore, from: number): Promise<number> {
  let version = from;
  try {
    for (;;) version = (await store.apply(batchOfVersion(version + 1))).version;
  } catch (error) {
    expect((error as { code?: string }).code).toBe('STORE_UNREACHABLE');
    return version;
  }
}

/** What was acknowledged is there, and at most one batch more, which is known again; then the next goes in. */
async function expectAllOf(acknowledged: number): Promise<number> {
  const reading = await open('read');
  const version = await reading.version();
  expect(version).toBeGreaterThanOrEqual(acknowledged);
  expect(version).toBeLessThanOrEqual(acknowledged + 1);
  await expectVersion(reading, version);
  await reading.close();
  const store = await open();
  const again = await store.apply(batchOfVersion(acknowledged + 1));
  expect(again).toMatchObject({ version: acknowledged + 1, repeated: version > acknowledged });
  await expectVersion(store, acknowledged + 1);
  await store.verify();
  await store.close();
  return acknowledged + 1;
}

describe('a writing process that is killed', () => {
  it(
    'leaves a batch that the next writer takes back',
    async () => {
      await clearData(server());
      const random = randomOf(SEED + 1);
      let least = 0;
      for (let kill = 0; kill < runs(8).numRuns!; kill++) {
        const writing = await startWriting(program, server(), [String(CHUNK_ROWS)]);
        await new Promise((resolve) => setTimeout(resolve, random(1_500)));
        await killWriting(writing);
        least = Math.max(least, writing.told().at(-1)?.version ?? 0);
        const reading = await open('read');
        const version = await reading.version();
        expect([least, least + 1]).toContain(version);
        await expectVersion(reading, version);
        await reading.close();
        const store = await open();
        least = (await store.apply(batchOfVersion(version + 1))).version;
        expect(least).toBe(version + 1);
        await expectVersion(store, least);
        await store.verify();
        await store.close();
      }
    },
    4 * LONG,
  );
});
