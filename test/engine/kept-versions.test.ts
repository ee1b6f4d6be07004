/** A version that was kept is the version that is compiled, or it is not used. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChangeBatch, openEngine } from '../../engine/index.ts';
import { KeptVersions } from '../../engine/kept-versions.ts';
import { BySnapshot } from '../../engine/preparation.ts';
import { roomForChanges } from '../../engine/snapshot/assemble.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { isCompiled } from '../../engine/snapshot/snapshot-file.ts';
import { openEmbeddedStore } from '../../engine/store/embedded/index.ts';
import type { GraphStore, StoreReader } from '../../engine/store/port.ts';
import { arbitraryBatches } from '../support/arbitrary-batches.ts';
import { estateRecords } from '../support/estate-records.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';
import { arraysOf, contentOf } from '../support/snapshot-content.ts';
import { temporaryFolder } from '../support/temporary.ts';

announceSeed();
const folder = temporaryFolder();
const newFolder = (): string => mkdtempSync(join(folder.path, 'store-'));
const open = (data: string, precedence: readonly string[] = []): Promise<GraphStore> =>
  openEmbeddedStore({ folder: data, mode: 'write', precedence });
const keeping = (store: GraphStore): KeptVersions => new KeptVersions(store, 0);

/** Compiles the newest version and keeps it. */
async function keep(store: GraphStore): Promise<void> {
  const reader = await store.read();
  const kept = keeping(store);
  kept.keep(await compileSnapshot(reader, roomForChanges), reader);
  await kept.close();
  await reader.close();
}

/** What is kept, as the newest version; undefined where nothing is that can be used. */
async function keptOf(store: GraphStore, newest: StoreReader) {
  const kept = await keeping(store).readUpTo(newest);
  if (kept !== undefined && kept.reader !== newest) await kept.reader.close();
  return kept?.snapshot;
}

const batchOf = (id: string, users: number): ChangeBatch => {
  const { nodes, edges } = estateRecords(users);
  return {
    id,
    source: 'generated',
    complete: [],
    changes: [
      ...nodes.map((node) => ({ op: 'PUT_NODE', node }) as const),
      ...edges.map((edge) => ({ op: 'PUT_EDGE', edge }) as const),
    ],
  };
};

async function withEstate(use: (store: GraphStore, path: string, data: string) => Promise<void>): Promise<void> {
  const data = newFolder();
  const store = await open(data);
  await store.apply(batchOf('first', 50));
  await keep(store);
  await use(store, join(data, 'compiled'), data);
  await store.close();
}

describe('a version that was kept', () => {
  it('is the compiled one, array by array', () =>
    withEstate(async (store) => {
      const reader = await store.read();
      const kept = (await keptOf(store, reader))!;
      const compiled = await compileSnapshot(reader, roomForChanges);
      expect(arraysOf(kept)).toEqual(arraysOf(compiled));
      expect(contentOf(kept)).toEqual(contentOf(compiled));
      await reader.close();
    }));

  it(
    'is followed to the newest version after any history',
    () =>
      fc.assert(
        fc.asyncProperty(arbitraryBatches, fc.nat(), async (batches, place) => {
          const store = await open(newFolder());
          for (const [i, batch] of batches.entries()) {
            await store.apply(batch).catch(() => {});
            if (i === place % batches.length) await keep(store);
          }
          const reader = await store.read();
          const preparation = new BySnapshot({ store, kept: keeping(store) });
          const { snapshot } = await preparation.prepare(reader);
          const compiled = await compileSnapshot(reader, roomForChanges);
          expect(contentOf(snapshot!)).toEqual(contentOf(compiled));
          await reader.close();
          await store.close();
        }),
        runs(60),
      ),
    LONG,
  );

  it('is not used when it is damaged, or of another graph, another precedence, a version to come', () =>
    withEstate(async (store, path, data) => {
      const reader = await store.read();
      const bytes = readFileSync(path);
      writeFileSync(path, bytes.subarray(0, bytes.length - 1));
      expect(await keptOf(store, reader)).toBeUndefined();
      writeFileSync(path, bytes);
      expect(await keptOf(store, reader)).toBeDefined();

      const other = newFolder();
      const another = await open(other);
      await another.apply(batchOf('another', 50));
      writeFileSync(join(other, 'compiled'), bytes);
      const anotherReader = await another.read();
      expect(await keptOf(another, anotherReader)).toBeUndefined();
      await anotherReader.close();
      await another.close();

      await store.apply(batchOf('second', 51));
      await keep(store);
      expect(await keptOf(store, reader)).toBeUndefined();
      await reader.close();

      await store.close();
      const preferring = await open(data, ['hr']);
      const preferred = await preferring.read();
      expect(await keptOf(preferring, preferred)).toBeUndefined();
      await preferred.close();
      await preferring.close();
    }));

  it('is of use after compaction, as long as the journal reaches it', () =>
    withEstate(async (store) => {
      await store.apply(batchOf('second', 51));
      await store.compact({ keepVersions: 2 });
      let reader = await store.read();
      expect((await keptOf(store, reader))!.version).toBe(1);
      await reader.close();
      await store.compact({ keepVersions: 1 });
      reader = await store.read();
      expect(await keptOf(store, reader)).toBeUndefined();
      await reader.close();
    }));
});

describe('an engine', () => {
  it(
    'keeps what it compiled if that took a while, and opens from it',
    async () => {
      const data = newFolder();
      const engine = await openEngine({ data, mode: 'write' });
      await engine.apply(batchOf('small', 10));
      (await engine.view()).release();
      await engine.close();
      expect(existsSync(join(data, 'compiled'))).toBe(false);

      const again = await openEngine({ data, mode: 'write' });
      await again.apply(batchOf('large', 3_000));
      const question = {
        action: 'read',
        resource: estateRecords(10).nodes.find(({ kind }) => kind === 'Resource')!.id,
      };
      const view = await again.view();
      const answer = await view.whoCan(question);
      view.release();
      await again.close();
      expect(existsSync(join(data, 'compiled'))).toBe(true);

      const store = await open(data);
      const reader = await store.read();
      expect(isCompiled((await keptOf(store, reader))!)).toBe(true);
      await reader.close();
      await store.close();

      const reading = await openEngine({ data, mode: 'read' });
      const other = await reading.view();
      const { items, totalCount } = await other.whoCan(question);
      expect([items, totalCount]).toEqual([answer.items, answer.totalCount]);
      other.release();
      await reading.close();
    },
    LONG,
  );
});
