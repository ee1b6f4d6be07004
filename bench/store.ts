/**
 * Measures the embedded store on a made-up estate: `npx tsx bench/store.ts [users=100000] [folder]`.
 * 100,000 users give about 300,000 nodes and 850,000 edges. Lines are made, parsed and validated as a loader would.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Change, changeOfLine } from '../engine/model/index.ts';
import { openEmbeddedStore } from '../engine/store/embedded/index.ts';
import type { GraphStore, StoreReader } from '../engine/store/port.ts';
import { sequence } from './random.ts';

const SOURCE = 'directory';

/** The lines of an estate: users in nested groups, roles with grants, folders of resources. Edges are mixed among nodes. */
function* estateLines(users: number, seed = 1): Generator<string> {
  const random = sequence(seed);
  const pick = (count: number) => Math.floor(random() ** 2 * count);
  const groups = Math.ceil(users / 10);
  const roles = Math.ceil(users / 20);
  const accounts = Math.ceil(users / 10);
  const resources = users + Math.ceil(users * 0.75);
  const actions = ['read', 'write', 'delete', 'share', 's3:GetObject', 's3:Put*', 'iam:*', 'kms:Decrypt', '*'];
  for (let i = 0; i < users; i++) {
    yield JSON.stringify({
      node: 'User',
      id: `u:person${i}@example.com`,
      name: `Person ${i} of Example`,
      attributes: { department: `Department ${pick(200)}`, title: `Title ${pick(60)}`, enabled: random() > 0.05 },
    });
    const joined = new Set(Array.from({ length: 4 }, () => pick(groups)));
    for (const group of joined)
      yield JSON.stringify({
        edge: 'MEMBER_OF',
        from: `u:person${i}@example.com`,
        to: `g:team${group}`,
        evidence: `directory.csv:${i}`,
      });
    if (random() < 0.7)
      yield JSON.stringify({
        edge: 'HAS_ROLE',
        from: `u:person${i}@example.com`,
        to: `role:duty${pick(roles)}`,
        ...(random() < 0.1 ? { validTo: '2027-06-30T00:00:00Z' } : {}),
      });
  }
  for (let i = 0; i < accounts; i++) {
    yield JSON.stringify({
      node: 'ServiceAccount',
      id: `sa:job${i}`,
      name: `Job ${i}`,
      attributes: { owner: `u:person${pick(users)}@example.com`, enabled: true },
    });
    yield JSON.stringify({ edge: 'HAS_ROLE', from: `sa:job${i}`, to: `role:duty${pick(roles)}` });
  }
  for (let i = 0; i < groups; i++) {
    yield JSON.stringify({
      node: 'Group',
      id: `g:team${i}`,
      name: `Team ${i}`,
      attributes: { email: `team${i}@example.com` },
    });
    if (i > 0) yield JSON.stringify({ edge: 'MEMBER_OF', from: `g:team${i}`, to: `g:team${pick(i)}` });
    for (let n = 0; n < 2; n++)
      yield JSON.stringify({ edge: 'HAS_ROLE', from: `g:team${i}`, to: `role:duty${pick(roles)}` });
  }
  for (let i = 0; i < roles; i++) {
    yield JSON.stringify({
      node: 'Role',
      id: `role:duty${i}`,
      name: `Duty ${i}`,
      attributes: { definition: `d${i % 300}` },
    });
    if (i > 0) yield JSON.stringify({ edge: 'INHERITS', from: `role:duty${i}`, to: `role:duty${pick(i)}` });
    const granted = new Set(Array.from({ length: 16 }, () => pick(resources)));
    for (const resource of granted) {
      const chosen = [...new Set([actions[pick(actions.length)], actions[pick(actions.length)]])];
      yield JSON.stringify({
        edge: 'GRANTS',
        from: `role:duty${i}`,
        to: `res:item${resource}`,
        actions: chosen,
        evidence: `policy ${i} statement ${resource % 9}`,
        ...(random() < 0.02 ? { effect: 'DENY' } : {}),
        ...(random() < 0.03 ? { condition: 'source ip in office' } : {}),
      });
    }
  }
  for (let i = 0; i < resources; i++) {
    yield JSON.stringify({
      node: 'Resource',
      id: `res:item${i}`,
      name: `Item ${i}`,
      resourceType: i % 40 === 0 ? 'folder' : 'file',
      sensitivity: Math.round(random() * 100) / 100,
    });
    if (i > 0) yield JSON.stringify({ edge: 'CONTAINS', from: `res:item${Math.floor(i / 40)}`, to: `res:item${i}` });
    if (random() < 0.5)
      yield JSON.stringify({ edge: 'OWNS', from: `u:person${pick(users)}@example.com`, to: `res:item${i}` });
  }
}

/** Parses and validates as a loader does. */
function* changesOf(lines: Iterable<string>): Generator<Change> {
  let line = 0;
  const report = (field: string, message: string) => {
    throw new Error(`line ${line}: ${field} ${message}`);
  };
  for (const text of lines) {
    line += 1;
    const change = changeOfLine(JSON.parse(text), SOURCE, report) as { file: string; line: number };
    change.file = 'estate.jsonl';
    change.line = line;
    yield change as Change;
  }
}

function peakMegabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1_024);
}

/** Times a step: on the clock, and in processor time of this process, which other work on the machine disturbs less. */
async function timed<T>(what: string, work: () => Promise<T>, per?: number): Promise<T> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const each =
    per === undefined
      ? ''
      : `, ${thousands(per / (ms / 1_000))} a second, ${((user + system) / per).toFixed(2)} µs cpu each`;
  console.log(
    `${what.padEnd(46)}${thousands(ms).padStart(8)} ms, cpu ${thousands((user + system) / 1_000)} ms${each} (peak ${peakMegabytes()} MB)`,
  );
  return result;
}

const thousands = (value: number): string => Math.round(value).toLocaleString('en');

function diskMegabytes(folder: string): string {
  const sizes = readdirSync(folder).map(
    (name) => `${name} ${(statSync(join(folder, name)).size / 2 ** 20).toFixed(1)} MB`,
  );
  return sizes.join(', ');
}

async function scanAll(reader: StoreReader): Promise<void> {
  let nodes = 0;
  let edges = 0;
  let terms = 0;
  await timed('  scanNodes', () =>
    reader.scanNodes((_ref, _kind, _id, _disabled, text) => void (nodes += text.length > 0 ? 1 : 0)),
  );
  await timed('  scanTerms', () => reader.scanTerms(() => void (terms += 1)));
  await timed('  scanEdges', () => reader.scanEdges(() => void (edges += 1)));
  console.log(`  ${nodes.toLocaleString('en')} nodes, ${edges.toLocaleString('en')} edges, ${terms} terms`);
}

async function points(reader: StoreReader): Promise<void> {
  const refs = Array.from({ length: 10_000 }, (_, i) => ((i * 7_919) % 200_000) + 1);
  await timed('  entities, 10,000 at random', () => reader.entities(refs), refs.length);
  const edges = await timed('  edges, 10,000 at random', () => reader.edges(refs), refs.length);
  const ids = edges.flatMap((edge) => (edge === undefined ? [] : [edge.id]));
  await timed(
    '  edgeById, one at a time',
    async () => {
      for (const id of ids) await reader.edgeById(id);
    },
    ids.length,
  );
}

async function smallBatches(store: GraphStore, users: number): Promise<void> {
  const batches = 200;
  await timed(
    '200 batches of one edge each',
    async () => {
      for (let i = 0; i < batches; i++) {
        const line = `{"edge":"OWNS","from":"u:person${(i * 31) % users}@example.com","to":"res:item${(i * 57) % users}","key":"k${i}"}`;
        await store.apply({ id: `small-${i}`, source: SOURCE, complete: [], changes: changesOf([line]) });
      }
    },
    batches,
  );
}

async function run(users: number, folder: string): Promise<void> {
  let lines = 0;
  const all: string[] = [];
  for (const line of estateLines(users)) {
    all.push(line);
    lines += 1;
  }
  console.log(
    `${lines.toLocaleString('en')} lines, ${(all.reduce((sum, line) => sum + line.length + 1, 0) / 2 ** 20).toFixed(0)} MB; Node ${process.versions.node}`,
  );
  await timed(
    'parse and validate alone',
    async () => {
      for (const _ of changesOf(all));
    },
    lines,
  );
  const store = await openEmbeddedStore({ folder, mode: 'write' });
  await timed(
    'load into the empty store, to durable',
    () => store.apply({ id: 'load', source: SOURCE, complete: [SOURCE], changes: changesOf(all) }),
    lines,
  );
  console.log(`  on disk: ${diskMegabytes(folder)}`);
  const reader = await timed('open a reader', () => store.read());
  await scanAll(reader);
  await points(reader);
  await reader.close();
  await smallBatches(store, users);
  await timed(
    'load the same again',
    () => store.apply({ id: 'again', source: SOURCE, complete: [SOURCE], changes: changesOf(all) }),
    lines,
  );
  const changed = all.map((line) =>
    line.includes('"evidence"') ? line.replace('"evidence":"', '"evidence":"new ') : line,
  );
  await timed(
    'load again with half of the edges changed',
    () => store.apply({ id: 'changed', source: SOURCE, complete: [SOURCE], changes: changesOf(changed) }),
    lines,
  );
  const old = await store.read(1);
  console.log('  version 1 again:');
  await scanAll(old);
  await old.close();
  const fresh = await store.read();
  await timed('nodeRecords', async () => {
    for await (const _ of fresh.nodeRecords());
  });
  await timed('edgeRecords', async () => {
    for await (const _ of fresh.edgeRecords());
  });
  await fresh.close();
  await timed('verify', () => store.verify());
  await timed('compact', () => store.compact());
  await timed('close', () => store.close());
  console.log(`  on disk: ${diskMegabytes(folder)}`);
  const again = await timed('open', () => openEmbeddedStore({ folder, mode: 'write' }));
  await again.close();
}

const users = Number(process.argv[2] ?? 100_000);
const folder = process.argv[3] ?? mkdtempSync(join(tmpdir(), 'grantlens-bench-'));
await run(users, folder);
rmSync(folder, { recursive: true, force: true });
