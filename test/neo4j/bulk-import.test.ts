/**
 * Files for Neo4j's bulk importer, read by the real importer: the graph that comes out is held against the one that went in,
 * record for record, and property for property against what the driver would have written.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Integer } from 'neo4j-driver';
import { expect, it } from 'vitest';
import { writeImportFolder } from '../../cli/import-folder.ts';
import {
  type Change,
  type ChangeBatch,
  type EdgeRecord,
  generateEstate,
  type ImportFiles,
  InputError,
  importArguments,
  makeEdge,
  type NodeRecord,
  openEngine,
  type UseRecord,
} from '../../engine/index.ts';
import { openEmbeddedStore } from '../../engine/store/embedded/index.ts';
import {
  datetime,
  edgeProperties,
  edgeRecord,
  labelsOf,
  nodeProperties,
  nodeRecords,
} from '../../engine/store/neo4j/properties.ts';
import type { SourceStatus } from '../../engine/store/port.ts';
import { arbitraryBatches } from '../support/arbitrary-batches.ts';
import type { ListedBatch } from '../support/naive-graph.ts';
import { importingServer } from '../support/neo4j-import.ts';
import { randomGraph } from '../support/random-graph.ts';
import { renamedBatch } from '../support/renamed.ts';
import { LONG, SEED } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary.ts';

const temporary = temporaryFolder();
const importing = await importingServer();
let made = 0;

interface Written {
  readonly data: string;
  readonly folder: string;
  readonly files: ImportFiles;
}

/** Batches in an embedded store, written as files. Those that it refuses are left out, which leaves edges without effect. */
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
  await engine.documents.put('settings/ünï "quoted"', { a: ['x\n', '', null] }, 0);
  await engine.documents.put('settings/two', '', 0);
  const files = await writeImportFolder(engine, { folder, suffix }, process.stderr);
  await engine.close();
  return { data, folder, files };
}

const imported = ({ folder, files }: Written, suffix = ''): Promise<void> =>
  importing.importWith(importArguments(files, (name) => join(folder, `${name}${suffix}`)));

/** Rows of a query, whole numbers as such. */
async function rows(text: string): Promise<readonly unknown[][]> {
  const { records } = await importing.driver().executeQuery(text, {}, { database: importing.server().database });
  return records.map((record) => record.keys.map((key) => plain(record.get(key))));
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  if ('toNumber' in value) return (value as Integer).toNumber();
  if (Object.getPrototypeOf(value) !== Object.prototype) return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}

/** What the embedded store has, in the forms in which it is compared. */
async function original(data: string, precedence: readonly string[]) {
  const store = await openEmbeddedStore({ folder: data, mode: 'read', precedence });
  const reader = await store.read();
  const collected = async <T>(all: AsyncIterable<T>): Promise<T[]> => {
    const list: T[] = [];
    for await (const one of all) list.push(one);
    return list;
  };
  const graph = {
    nodes: await collected(reader.nodeRecords()),
    edges: await collected(reader.edgeRecords()),
    uses: await collected(reader.useRecords()),
    dangling: (await reader.danglingEdges(1e9)).edges,
    sources: await reader.sources(),
  };
  await reader.close();
  await store.close();
  return graph;
}

type Original = Awaited<ReturnType<typeof original>>;

async function expectSameGraph(before: Original, precedence: readonly string[]): Promise<void> {
  await expectNodes(before.nodes, precedence);
  await expectEdges(before);
  await expectUses(before.uses);
  await expectSources(before.sources);
}

async function expectNodes(nodes: readonly NodeRecord[], precedence: readonly string[]): Promise<void> {
  const found = await rows(
    'MATCH (n:Entity) RETURN n.kind, coalesce(n.longId, n.id), n.records, labels(n), properties(n)',
  );
  const records = found.flatMap(([kind, id, texts]) => nodeRecords(kind as 'User', id as string, texts as string[]));
  expect(records.map(keyed).sort(byKey)).toEqual(nodes.map(keyed).sort(byKey));
  const versions = new Map<string, NodeRecord[]>();
  for (const node of nodes) versions.set(node.id, [...(versions.get(node.id) ?? []), node]);
  for (const [kind, id, , labels, properties] of found) {
    const expected = { ...nodeProperties(versions.get(id as string)!, precedence), since: 1, changed: 1 };
    expect(properties).toEqual(expected);
    expect([...(labels as string[])].sort()).toEqual([...labelsOf(kind as 'User')].sort());
  }
}

const keyed = (node: NodeRecord) => ({ key: JSON.stringify([node.id, node.source]), ...node });
const byKey = (a: { key: string }, b: { key: string }): number => (a.key < b.key ? -1 : 1);
const byId = (a: EdgeRecord, b: EdgeRecord): number => (a.id < b.id ? -1 : 1);

const ENDS = 'coalesce(a.longId, a.id), coalesce(b.longId, b.id)';
const MILLIS =
  '{.*, validFrom: r.validFrom.epochMillis, validTo: r.validTo.epochMillis, lastUsedAt: r.lastUsedAt.epochMillis}';

async function expectEdges({ edges, dangling }: Original): Promise<void> {
  const effective = await rows(`MATCH (a:Entity)-[r]->(b:Entity) RETURN type(r), ${ENDS}, r ${MILLIS}, properties(r)`);
  const idle = await rows(
    `MATCH (r:DanglingEdge) RETURN r.kind, coalesce(r.longFrom, r.from), coalesce(r.longTo, r.to), r ${MILLIS}`,
  );
  const recordOf = ([kind, from, to, values]: readonly unknown[]) =>
    edgeRecord(kind as 'GRANTS', from as string, to as string, values as never);
  expect(idle.map(recordOf).sort(byId)).toEqual([...dangling].sort(byId));
  expect([...effective, ...idle].map(recordOf).sort(byId)).toEqual([...edges].sort(byId));
  const byEdgeId = new Map(edges.map((edge) => [edge.id, edge]));
  for (const [, , , , properties] of effective) {
    const edge = byEdgeId.get((properties as { id: string }).id)!;
    expect(properties).toEqual(plain({ ...edgeProperties(edge), since: 1 }));
  }
}

async function expectUses(uses: readonly UseRecord[]): Promise<void> {
  const found = await rows('MATCH (u:AccessUse) RETURN properties(u)');
  const shown = found.map(([properties]) => properties as Record<string, unknown>);
  expect(new Set(shown.map(({ key }) => key)).size).toBe(uses.length);
  const text = ({ identity, action, resource, source, lastUsedAt, useCount }: Record<string, unknown>): string =>
    JSON.stringify([identity, action, resource, source, String(lastUsedAt), useCount]);
  const expected = uses.map((use) => text({ ...use, lastUsedAt: datetime(use.lastUsedAt) }));
  expect(shown.map(text).sort()).toEqual(expected.sort());
}

async function expectSources(sources: readonly SourceStatus[]): Promise<void> {
  const found = await rows(
    'MATCH (s:SourceStatus) RETURN coalesce(s.longSource, s.source), s.nodes, s.edges, s.loadedAt ORDER BY s.source',
  );
  const told = found.map(([source, nodes, edges, loadedAt]) => ({ source, nodes, edges, loadedAt }));
  expect(told.sort((a, b) => ((a.source as string) < (b.source as string) ? -1 : 1))).toEqual(sources);
}

/** Random graphs and random batches, each among ids and sources of its own. */
function* randomBatches(): Generator<ListedBatch> {
  for (const [i, batches] of fc.sample(arbitraryBatches, { numRuns: 60, seed: SEED }).entries())
    for (const batch of batches) yield renamedBatch(batch, `b${i}/`);
  for (const [i, { nodes, edges }] of fc.sample(randomGraph(), { numRuns: 60, seed: SEED }).entries()) {
    const known = new Set(nodes.map(({ id }) => id));
    const changes = [
      ...nodes.map((node): Change => ({ op: 'PUT_NODE', node })),
      ...edges
        .filter(({ from, to }) => known.has(from) && known.has(to))
        .map((edge): Change => ({ op: 'PUT_EDGE', edge })),
    ];
    yield renamedBatch({ id: 'graph', source: 'main', complete: [], changes }, `g${i}/`);
  }
}

const ODD_TEXTS = [
  ' leading and trailing ',
  'a "quoted" one',
  '""',
  'two\nlines',
  'two\r\nlines\r',
  'back\\slash \\" \\n',
  'a,b;c\td|e',
  '\u001f\u001e\u001d',
  '\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\v\f\u000e',
  '\u{1f600} \u202e \u2028 \u0085 \ufeff \uffee é e\u0301',
  "it's =1+1 @x #y //z",
  'x'.repeat(4_096),
];

/** Every odd text in every place that takes one. */
function* oddChanges(): Generator<Change> {
  const base = { kind: 'User', source: 'odd' } as const;
  for (const [i, text] of ODD_TEXTS.entries()) {
    const attributes = { title: text, department: '', [text]: text, enabled: i % 2 === 0, owner: 7, email: null };
    yield { op: 'PUT_NODE', node: { ...base, id: text, name: text, source: text.slice(0, 4_000), attributes } };
    yield { op: 'PUT_NODE', node: { ...base, id: text, attributes: { title: 'other', manager: text } } };
    yield {
      op: 'PUT_NODE',
      node: {
        kind: 'Resource',
        id: `r${text}`.slice(0, 4_096),
        source: 'odd',
        resourceType: text,
        sensitivity: i / 7,
        attributes: {},
      },
    };
    const actions = ODD_TEXTS.filter((one) => one.length <= 512 && one !== text);
    const both = { condition: text, evidence: text, key: text, source: 'odd' } as const;
    const instants = { validFrom: -62_135_596_800_001 - i, validTo: 253_402_300_799_999, lastUsedAt: i };
    yield {
      op: 'PUT_EDGE',
      edge: makeEdge({
        kind: 'GRANTS',
        from: text,
        to: `r${text}`.slice(0, 4_096),
        actions,
        exceptActions: [text.slice(0, 512)],
        ...both,
        ...instants,
        inherit: false,
        useCount: Number.MAX_SAFE_INTEGER,
      }),
    };
    yield { op: 'PUT_EDGE', edge: makeEdge({ kind: 'CONTROLS', from: text, to: text, technique: text, ...both }) };
    yield {
      op: 'PUT_USE',
      use: { identity: text, action: text.slice(0, 512), resource: text, source: 'odd', lastUsedAt: i, useCount: i },
    };
  }
}

/** An id whose index key is too long, and a record that is longer than the importer's buffer. */
function* longChanges(): Generator<Change> {
  const id = '\u{1f600}'.repeat(2_048);
  const attributes = Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`text ${i}`, 'é"\n'.repeat(21_000)]));
  yield { op: 'PUT_NODE', node: { kind: 'Group', id, source: id, attributes } };
  yield { op: 'PUT_NODE', node: { kind: 'Group', id: 'g', source: id, attributes: {} } };
  yield { op: 'PUT_EDGE', edge: makeEdge({ kind: 'MEMBER_OF', from: id, to: 'g', source: 'long' }) };
  yield { op: 'PUT_EDGE', edge: makeEdge({ kind: 'MEMBER_OF', from: 'g', to: id, source: 'long' }) };
}

const batchOf = (id: string, changes: Iterable<Change>): ChangeBatch => ({ id, source: id, complete: [], changes });

importing.describe('the bulk importer', () => {
  it(
    `gives the graph that was exported, with all that is unusual in it (seed ${SEED})`,
    async () => {
      const precedence = ['odd', 'b3/ldap', 'b1/ldap'];
      const estate = batchOf('estate', generateEstate({ users: 200, seed: SEED }));
      const gone: Change = { op: 'REMOVE_NODE', id: 'g', source: '\u{1f600}'.repeat(2_048) };
      const before = await written(
        [
          ...randomBatches(),
          estate,
          batchOf('odd', oddChanges()),
          batchOf('long', longChanges()),
          batchOf('gone', [gone]),
        ],
        '',
        precedence,
      );
      await imported(before);
      await expectSameGraph(await original(before.data, precedence), precedence);
      expect(await rows('MATCH (d:GraphDocument) RETURN d.name, d.value, d.revision ORDER BY d.name')).toEqual([
        ['settings/two', '""', 2],
        ['settings/ünï "quoted"', '{"a":["x\\n","",null]}', 1],
      ]);
    },
    LONG,
  );

  it(
    'reads compressed files, and a graph that has precedence over nothing',
    async () => {
      const before = await written([batchOf('estate', generateEstate({ users: 100, seed: 3 }))], '.gz', []);
      await imported(before, '.gz');
      await expectSameGraph(await original(before.data, []), []);
    },
    LONG,
  );
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
