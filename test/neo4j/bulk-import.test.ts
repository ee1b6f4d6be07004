/**
 * Files for Neo4j's bulk importer, read by the real importer: the store that comes out is held against the one that went in,
 * record for record; what lies in it property for property against what the driver would have written; and batches go on.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import neo4j, { type Driver, type Integer } from 'neo4j-driver';
import { expect, it } from 'vitest';
import { writeImportFolder } from '../../cli/import-folder.ts';
import {
  type Change,
  type ChangeBatch,
  type Engine,
  generateEstate,
  type ImportFiles,
  InputError,
  importArguments,
  makeEdge,
  type NodeRecord,
  openEngine,
} from '../../engine/index.ts';
import { openEmbeddedStore } from '../../engine/store/embedded/index.ts';
import { openNeo4jStore } from '../../engine/store/neo4j/index.ts';
import { edgeProperties, labelsOf, nodeProperties } from '../../engine/store/neo4j/properties.ts';
import type { GraphStore } from '../../engine/store/port.ts';
import type { RunningNeo4j } from '../../scripts/neo4j/index.ts';
import { ownNeo4j } from '../support/neo4j.ts';
import { listed, recordsOf } from '../support/read-graph.ts';
import { LONG, SEED } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { longChanges, oddChanges, randomBatches } from '../support/unusual-batches.ts';

const temporary = temporaryFolder();
const own = await ownNeo4j();
/** Two runs of the importer and three starts of the server. */
const LONGER = 4 * LONG;
let made = 0;

interface Written {
  readonly data: string;
  readonly folder: string;
  readonly files: ImportFiles;
}

/** Batches in an embedded store, written as files. Those that it refuses are left out. */
async function written(
  batches: Iterable<ChangeBatch>,
  suffix: '' | '.gz',
  precedence: readonly string[],
): Promise<Written> {
  const data = join(temporary.path, `data-${++made}`);
  const folder = join(temporary.path, `files-${made}`);
  const engine = await openEngine({ data, mode: 'write', precedence });
  for (const batch of batches) {
    await engine.apply(batch).catch((error) => {
      if (!(error instanceof InputError)) throw error;
    });
  }
  await putDocuments(engine);
  const files = await writeImportFolder(engine, { folder, suffix }, process.stderr);
  await engine.close();
  return { data, folder, files };
}

async function putDocuments({ documents }: Engine): Promise<void> {
  await documents.put('settings/ünï "quoted"', { a: ['x\n', '', null] }, 0);
  await documents.put('settings/two', '', 0);
  await documents.put('settings/two', 'again', (await documents.get('settings/two'))!.revision);
}

async function imported(server: RunningNeo4j, { folder, files }: Written, suffix = ''): Promise<void> {
  await server.shutdown();
  const args = importArguments(files, (name) => join(folder, `${name}${suffix}`));
  const report = `--report-file=${join(temporary.path, 'import.report')}`;
  await server.adminTool([...args, '--overwrite-destination=true', report]);
  await server.restart();
}

/** Everything that a store tells, but for its version and the numbers by which it knows nodes and edges. */
async function toldBy(store: GraphStore) {
  const reader = await store.read();
  const refs: number[] = [];
  const nodes: unknown[] = [];
  await reader.scanNodes((ref, ...node) => {
    refs.push(ref);
    nodes.push(node);
  });
  const told = {
    ...(await recordsOf(reader)),
    scanned: nodes,
    entities: await reader.entities(refs),
    dangling: await reader.danglingEdges(1e9),
    sources: await reader.sources(),
    documents: await documentsOf(store),
  };
  await reader.close();
  return told;
}

async function documentsOf({ documents }: GraphStore) {
  const names = await documents.list('');
  return Promise.all(names.map(async (name) => [name, await documents.get(name)]));
}

/** The nodes and relationships as they lie there have what the driver would have written, and nothing else. */
async function expectProperties(driver: Driver, store: GraphStore, precedence: readonly string[]): Promise<void> {
  const reader = await store.read();
  const versions = new Map<string, NodeRecord[]>();
  for (const node of await listed(reader.nodeRecords()))
    versions.set(node.id, [...(versions.get(node.id) ?? []), node]);
  for (const [id, labels, properties] of await rows(driver, NODES)) {
    const records = versions.get(id as string)!;
    expect(properties).toEqual({ ...nodeProperties(records, precedence), since: 1, changed: 1 });
    expect([...(labels as string[])].sort()).toEqual([...labelsOf(records[0]!.kind)].sort());
  }
  const edges = new Map((await listed(reader.edgeRecords())).map((edge) => [edge.id, edge]));
  for (const [id, properties] of await rows(driver, RELATIONSHIPS))
    expect(properties).toEqual(plain({ ...edgeProperties(edges.get(id as string)!), since: 1 }));
  await reader.close();
}

const NODES = 'MATCH (n:Entity) RETURN coalesce(n.longId, n.id), labels(n), properties(n)';
const RELATIONSHIPS = 'MATCH (:Entity)-[r]->(:Entity) RETURN r.id, properties(r)';

async function rows(driver: Driver, text: string): Promise<readonly unknown[][]> {
  const { records } = await driver.executeQuery(text, {}, { database: 'neo4j' });
  return records.map((record) => record.keys.map((key) => plain(record.get(key))));
}

/** Whole numbers as such, instants as texts. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  if ('toNumber' in value) return (value as Integer).toNumber();
  if (Object.getPrototypeOf(value) !== Object.prototype) return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}

const batchOf = (id: string, changes: Iterable<Change>): ChangeBatch => ({ id, source: id, complete: [], changes });

/** A batch that adds, changes and removes, in what the estate of the second test has. */
const further: ChangeBatch = {
  id: 'further',
  source: 'hr',
  complete: ['apps'],
  changes: [
    {
      op: 'PUT_NODE',
      node: { kind: 'User', id: 'user:new', source: 'hr', name: 'New', attributes: { enabled: true } },
    },
    { op: 'PUT_NODE', node: { kind: 'Group', id: 'group:new', source: 'hr', attributes: {} } },
    { op: 'PUT_EDGE', edge: makeEdge({ kind: 'MEMBER_OF', from: 'user:new', to: 'group:new', source: 'hr' }) },
  ],
};

/** The journal's word on what a batch did, without when. */
async function journalOf(store: GraphStore, after: number) {
  const batches = await listed(store.batches(after));
  return batches.map(({ id, source, added, changed, removed, changes }) => ({
    id,
    source,
    added,
    changed,
    removed,
    changes: changes.length,
  }));
}

own.describe('the bulk importer', () => {
  it(
    `gives the store that was exported, with all that is unusual in it (seed ${SEED})`,
    async () => {
      const server = await own.start();
      const precedence = ['odd', 'b3/ldap', 'b1/ldap'];
      const gone: Change = { op: 'REMOVE_NODE', id: 'g', source: '\u{1f600}'.repeat(2_048) };
      const before = await written(
        [...randomBatches(), batchOf('odd', oddChanges()), batchOf('long', longChanges()), batchOf('gone', [gone])],
        '',
        precedence,
      );
      await imported(server, before);
      const original = await openEmbeddedStore({ folder: before.data, mode: 'read', precedence });
      const reading = await openNeo4jStore({ connection: server, mode: 'read' });
      expect(await toldBy(reading)).toEqual(await toldBy(original));
      expect(await reading.version()).toBe(1);
      await reading.close();
      const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password));
      await expectProperties(driver, original, precedence);
      await driver.close();
      await original.close();
      await server.stop();
    },
    LONGER,
  );

  it(
    'reads compressed files; the store checks, has its rules and takes further batches',
    async () => {
      const server = await own.start();
      const before = await written([batchOf('estate', generateEstate({ users: 100, seed: 3 }))], '.gz', []);
      await imported(server, before, '.gz');
      const original = await openEmbeddedStore({ folder: before.data, mode: 'write' });
      const store = await openNeo4jStore({ connection: server, mode: 'write' });
      await store.verify();
      const from = await original.version();
      for (const each of [original, store]) {
        await each.apply(further);
        expect((await each.apply(further)).repeated).toBe(true);
      }
      expect(withoutTimes(await toldBy(store))).toEqual(withoutTimes(await toldBy(original)));
      expect(await journalOf(store, 1)).toEqual(await journalOf(original, from));
      await expect(store.read(0)).rejects.toMatchObject({ code: 'VERSION_NOT_FOUND' });
      const old = await store.read(1);
      expect((await listed(old.nodeRecords())).some(({ id }) => id === 'user:new')).toBe(false);
      await old.close();
      await store.verify();
      await Promise.all([store.close(), original.close()]);
      const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password));
      const rules = await rows(driver, 'SHOW CONSTRAINTS YIELD labelsOrTypes, properties');
      expect(rules.map(String)).toContain('Entity,id');
      await driver.close();
      await server.stop();
    },
    LONGER,
  );
});

const withoutTimes = (told: Awaited<ReturnType<typeof toldBy>>) => ({
  ...told,
  sources: told.sources.map(({ loadedAt: _, ...source }) => source),
});

it('leaves a folder as it was found when there is something in it', async () => {
  const there = temporary.file('mine/note.txt', 'mine');
  const engine = await openEngine({ data: join(temporary.path, 'data-mine'), mode: 'write' });
  const folder = join(temporary.path, 'mine');
  await expect(writeImportFolder(engine, { folder, suffix: '' }, process.stderr)).rejects.toMatchObject({
    code: 'ARGUMENT_INVALID',
  });
  await engine.close();
  expect(readdirSync(folder)).toEqual(['note.txt']);
  expect(statSync(there).size).toBe(4);
});
