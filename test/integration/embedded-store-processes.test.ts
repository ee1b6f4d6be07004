/** Several processes at one folder, and folders that are not what was asked for. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbeddedStore } from '../../engine/store/embedded/index.ts';
import { Database } from '../../engine/store/embedded/sqlite.ts';
import { bundled } from '../support/bundled.ts';
import { recordsOf } from '../support/read-graph.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { batchOfVersion, History } from '../support/version-batches.ts';

const temporary = temporaryFolder();
let program = '';
let made = 0;
const newFolder = () => join(temporary.path, `processes-${++made}`);

beforeAll(async () => {
  program = await bundled('test/support/writing-process.ts');
});
afterAll(() => rmSync(dirname(program), { recursive: true, force: true }));

/** Starts a writing process and waits until it has applied a batch. */
async function startWriter(folder: string, keep = 0): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program, folder, String(keep)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  await new Promise<void>((resolve) => {
    child.stdout!.on('data', (data: Buffer) => {
      output += data.toString();
      if (output.includes('version ')) resolve();
    });
  });
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}

describe('the writing place', () => {
  it('is taken by one process, which is named, and is free again when that is killed', async () => {
    const folder = newFolder();
    const child = await startWriter(folder);
    const refused = expect(openEmbeddedStore({ folder, mode: 'write' })).rejects.toMatchObject({
      code: 'STORE_LOCKED',
      message: expect.stringMatching(
        new RegExp(`^Process ${child.pid} has the store open for writing, since \\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z\\.$`),
      ),
      facts: { pid: child.pid, since: expect.any(String) },
    });
    await refused;
    await kill(child);
    const store = await openEmbeddedStore({ folder, mode: 'write', purpose: 'load hr' });
    await expect(openEmbeddedStore({ folder, mode: 'write' })).rejects.toMatchObject({
      code: 'STORE_LOCKED',
      message: expect.stringMatching(/^This process already \(load hr\) has the store open for writing, since \S+Z\.$/),
    });
    await store.close();
    await (await openEmbeddedStore({ folder, mode: 'write' })).close();
  });

  it('is not needed for reading, which sees whole versions as they come', async () => {
    const folder = newFolder();
    const history = new History();
    const child = await startWriter(folder, 3);
    const store = await openEmbeddedStore({ folder, mode: 'read' });
    try {
      let seen = 0;
      for (let turn = 0; turn < 25; turn++) {
        const version = await store.version();
        expect(version).toBeGreaterThanOrEqual(seen);
        seen = version;
        const reader = await store.read();
        await new Promise((resolve) => setTimeout(resolve, 20));
        const graph = history.at(reader.version);
        expect(reader.version).toBeGreaterThanOrEqual(version);
        expect(await recordsOf(reader)).toEqual({ nodes: graph.nodes(), edges: graph.edges(), uses: graph.uses() });
        await reader.close();
      }
      expect(seen).toBeGreaterThan(1);
      expect(await store.documents.list('')).toEqual(['progress']);
      await expect(store.apply(batchOfVersion(1))).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
      await expect(store.documents.put('x', 1, 0)).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
      await expect(store.compact()).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
    } finally {
      await kill(child);
      await store.close();
    }
  }, 60_000);

  it('gives the log back to the file system once readers are closed', async () => {
    const folder = newFolder();
    const store = await openEmbeddedStore({ folder, mode: 'write' });
    await store.apply(batchOfVersion(1));
    const readers = await Promise.all(Array.from({ length: 20 }, () => store.read()));
    for (let version = 2; version <= 6; version++) await store.apply(batchOfVersion(version));
    for (const reader of readers) expect((await recordsOf(reader)).nodes).toEqual(new History().at(1).nodes());
    for (const reader of readers) await reader.close();
    await store.compact();
    expect(statSync(join(folder, 'graph.db-wal')).size).toBe(0);
    await store.close();
  });
});

describe('a folder', () => {
  it('that does not exist holds no store', async () => {
    const folder = newFolder();
    await expect(openEmbeddedStore({ folder, mode: 'read' })).rejects.toMatchObject({ code: 'STORE_NOT_FOUND' });
    const kept = openEmbeddedStore({ folder, mode: 'write', create: false });
    await expect(kept).rejects.toMatchObject({ code: 'STORE_NOT_FOUND' });
    expect(existsSync(folder)).toBe(false);
    mkdirSync(folder);
    await expect(openEmbeddedStore({ folder, mode: 'read' })).rejects.toMatchObject({ code: 'STORE_NOT_FOUND' });
  });

  it('that is a file, or holds something else, is an error of ours', async () => {
    const file = temporary.file('a-file', 'text');
    await expect(openEmbeddedStore({ folder: file, mode: 'write' })).rejects.toMatchObject({ code: 'STORE_FAILED' });
    const folder = newFolder();
    mkdirSync(folder);
    writeFileSync(join(folder, 'graph.db'), 'this is no database at all, but a longer text than a header'.repeat(90));
    await expect(openEmbeddedStore({ folder, mode: 'write' })).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    await expect(openEmbeddedStore({ folder, mode: 'read' })).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });

  it('of a newer format says so', async () => {
    const folder = newFolder();
    const store = await openEmbeddedStore({ folder, mode: 'write' });
    await store.apply(batchOfVersion(1));
    await store.close();
    const database = new Database(join(folder, 'graph.db'), false);
    database.exec('PRAGMA user_version = 2');
    database.close();
    for (const mode of ['read', 'write'] as const) {
      await expect(openEmbeddedStore({ folder, mode })).rejects.toMatchObject({ code: 'STORE_NEWER_FORMAT' });
    }
  });

  it('whose first opening was cut short is made anew', async () => {
    const folder = newFolder();
    mkdirSync(folder);
    writeFileSync(join(folder, 'graph.db'), '');
    await expect(openEmbeddedStore({ folder, mode: 'read' })).rejects.toMatchObject({ code: 'STORE_NOT_FOUND' });
    const store = await openEmbeddedStore({ folder, mode: 'write' });
    expect(await store.version()).toBe(0);
    await store.close();
  });
});
