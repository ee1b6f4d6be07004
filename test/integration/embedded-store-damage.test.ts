/** Cuts and flips bytes in the files of a store: it must give an error of this product or the right answer. */
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GrantlensError } from '../../engine/model/index.ts';
import { openEmbeddedStore } from '../../engine/store/embedded/index.ts';
import type { GraphStore } from '../../engine/store/port.ts';
import { randomOf } from '../support/mutate.ts';
import { listed, recordsOf } from '../support/read-graph.ts';
import { announceSeed, runs, SEED } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { batchOfVersion } from '../support/version-batches.ts';

announceSeed();
const temporary = temporaryFolder();
const VERSIONS = 6;
const SIZE = 30;
const ROUNDS = runs(400).numRuns!;

/** Fills a store; returns copies of its folder with the log beside the database and with all in the database. */
async function makeStores(): Promise<readonly [string, string]> {
  const [folder, open, closed] = ['made', 'open', 'closed'].map((name) => join(temporary.path, name)) as [
    string,
    string,
    string,
  ];
  const store = await openEmbeddedStore({ folder, mode: 'write' });
  for (let version = 1; version <= VERSIONS; version++) {
    await store.apply(batchOfVersion(version, SIZE));
    if (version === 2) await store.compact();
    await store.documents.put(`run/${version}`, { version }, 0);
  }
  cpSync(folder, open, { recursive: true });
  await store.close();
  cpSync(folder, closed, { recursive: true });
  return [open, closed];
}

/** Everything that a store answers, as one text. */
async function answers(store: GraphStore): Promise<string> {
  const told: unknown[] = [await store.version()];
  for (const version of [VERSIONS, VERSIONS - 2]) {
    const reader = await store.read(version);
    const nodes: unknown[] = [];
    const edges: number[] = [];
    await reader.scanNodes((ref, kind, id, disabled, text) => void nodes.push([ref, kind, id, disabled, text]));
    await reader.scanTerms((...terms) => void told.push(terms));
    await reader.scanEdges((ref) => void edges.push(ref));
    const records = await recordsOf(reader);
    const byId = await Promise.all(records.edges.map((edge) => reader.edgeById(edge.id)));
    const refs = Array.from({ length: 60 }, (_, i) => i);
    told.push(nodes, records, byId, await reader.entities(refs), await reader.edges(edges), await reader.sources());
    told.push(await reader.danglingEdges(5), await reader.edgeById('e_AAAAAAAAAAAAAAAAAAAAAA'));
    await reader.close();
  }
  told.push(await listed(store.batches(VERSIONS - 3)));
  for (const name of [...(await store.documents.list('')), 'none']) told.push(name, await store.documents.get(name));
  return JSON.stringify(told);
}

/** Point reads alone, which no full scan goes before. */
async function pointAnswers(store: GraphStore, ids: readonly string[]): Promise<string> {
  const reader = await store.read();
  const refs = Array.from({ length: 60 }, (_, i) => i);
  const told = [
    await reader.entities(refs),
    await reader.edges(refs),
    await Promise.all(ids.map((id) => reader.edgeById(id))),
  ];
  await reader.close();
  return JSON.stringify([told, await store.documents.get('run/3'), await store.documents.get('none')]);
}

type Damage = (bytes: Buffer, random: (below: number) => number) => Buffer;

const DAMAGES: Readonly<Record<string, Damage>> = {
  flip(bytes, random) {
    bytes[random(bytes.length)]! ^= 1 << random(8);
    return bytes;
  },
  byte(bytes, random) {
    bytes[random(bytes.length)] = random(256);
    return bytes;
  },
  cut: (bytes, random) => bytes.subarray(0, random(bytes.length)),
  blank(bytes, random) {
    const at = random(bytes.length);
    return bytes.fill(0, at, Math.min(bytes.length, at + 1 + random(4_096)));
  },
};

/** Damages one file of a copy; returns what was done to which. */
function damage(folder: string, random: (below: number) => number): string {
  const all = readdirSync(folder).filter((name) => statSync(join(folder, name)).size > 0);
  const large = all.filter((name) => name === 'graph.db' || name === 'graph.db-wal');
  const files = random(4) === 0 ? all : large;
  const names = Object.keys(DAMAGES);
  const file = files[random(files.length)]!;
  const name = names[random(names.length)]!;
  const bytes = readFileSync(join(folder, file));
  writeFileSync(join(folder, file), DAMAGES[name]!(bytes, random));
  return `${name} in ${file}`;
}

interface Expected {
  readonly all: string;
  readonly points: string;
  readonly ids: readonly string[];
}

async function expectErrorOrAnswer(
  folder: string,
  mode: 'read' | 'write',
  expected: Expected,
): Promise<'error' | 'answer'> {
  let store: GraphStore | undefined;
  try {
    store = await openEmbeddedStore({ folder, mode });
    const points = await pointAnswers(store, expected.ids).catch(onlyOurs);
    if (points !== undefined) expect(points).toBe(expected.points);
    const all = await answers(store).catch(onlyOurs);
    if (all !== undefined) expect(all).toBe(expected.all);
    await store.verify();
    if (mode === 'write') await store.apply(batchOfVersion(VERSIONS + 1, SIZE));
    return all === undefined || points === undefined ? 'error' : 'answer';
  } catch (error) {
    onlyOurs(error);
    return 'error';
  } finally {
    await store?.close().catch(onlyOurs);
  }
}

function onlyOurs(error: unknown): undefined {
  if (error instanceof GrantlensError) return undefined;
  throw error;
}

async function expectedOf(folder: string): Promise<Expected> {
  const copy = join(temporary.path, 'whole');
  cpSync(folder, copy, { recursive: true });
  const store = await openEmbeddedStore({ folder: copy, mode: 'read' });
  const reader = await store.read();
  const ids = (await listed(reader.edgeRecords())).slice(0, 20).map((edge) => edge.id);
  await reader.close();
  const expected = { all: await answers(store), points: await pointAnswers(store, ids), ids };
  await store.close();
  rmSync(copy, { recursive: true });
  return expected;
}

describe('a store whose files are damaged', () => {
  it('gives an error or the right answer', async () => {
    const folders = await makeStores();
    const expected = await expectedOf(folders[0]);
    expect(await expectedOf(folders[1])).toEqual(expected);
    const random = randomOf(SEED);
    const outcomes = { error: 0, answer: 0 };
    for (let round = 0; round < ROUNDS; round++) {
      const folder = join(temporary.path, 'damaged');
      cpSync(folders[round % 2]!, folder, { recursive: true });
      const done = damage(folder, random);
      try {
        outcomes[await expectErrorOrAnswer(folder, random(2) === 0 ? 'read' : 'write', expected)] += 1;
      } catch (error) {
        throw new Error(`seed ${SEED}, round ${round}: ${done}`, { cause: error });
      }
      rmSync(folder, { recursive: true });
    }
    expect(outcomes.error).toBeGreaterThan(50);
    expect(outcomes.answer).toBeGreaterThan(10);
  }, 600_000);

  it('notices that a file is missing', async () => {
    for (const [name, code] of [
      ['graph.db', 'STORE_CORRUPT'],
      ['HEAD', 'STORE_CORRUPT'],
    ] as const) {
      for (const mode of ['read', 'write'] as const) {
        const folder = join(temporary.path, 'lacking');
        cpSync(join(temporary.path, 'closed'), folder, { recursive: true });
        rmSync(join(folder, name));
        await expect(openEmbeddedStore({ folder, mode })).rejects.toMatchObject({ code });
        rmSync(folder, { recursive: true });
      }
    }
  });

  it('notices that the log is missing or older than what was acknowledged', async () => {
    const folder = join(temporary.path, 'lost-log');
    cpSync(join(temporary.path, 'open'), folder, { recursive: true });
    rmSync(join(folder, 'graph.db-wal'));
    for (const mode of ['read', 'write'] as const) {
      await expect(openEmbeddedStore({ folder, mode })).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    }
  });
});
