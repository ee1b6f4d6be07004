/**
 * Versions compared with each other: what is told of the way from one to another is what their lists differ in, whatever lies
 * between, forwards and backwards, within any scope; and an earlier version answers as it did when it was the newest.
 */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deltaOf } from '../../engine/access/ask-what-if.ts';
import { makeFrame } from '../../engine/access/frame.ts';
import { openView } from '../../engine/access/view.ts';
import { type AccessRow, type AccessScope, type Change, type Engine, openEngine, REACHES } from '../../engine/index.ts';
import { roomForChanges } from '../../engine/snapshot/assemble.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { followed, touchedBy } from '../../engine/snapshot/follow.ts';
import { openEmbeddedStore } from '../../engine/store/embedded/index.ts';
import { arbitraryBatches } from '../support/arbitrary-batches.ts';
import { everything } from '../support/everything.ts';
import { expectDifference, type Listed, listed } from '../support/listed-accesses.ts';
import type { ListedBatch } from '../support/naive-graph.ts';
import type { OracleGraph } from '../support/oracle/index.ts';
import { INSTANTS, identitiesOf, randomGraph } from '../support/random-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary.ts';

announceSeed();
const folder = temporaryFolder();
const newFolder = (): string => mkdtempSync(join(folder.path, 'versions-'));

/** Each graph as a load of all that there is, and each of its nodes withdrawn by whoever else told of it. */
const loadsOf = (graphs: readonly OracleGraph[]): readonly ListedBatch[] =>
  graphs.map(({ nodes, edges }, i) => ({
    id: `load-${i}`,
    source: 'all',
    complete: [...new Set(graphs.flatMap((graph) => [...graph.nodes, ...graph.edges].map(({ source }) => source)))],
    changes: [
      ...nodes.map(
        (node, place): Change => ({
          op: 'PUT_NODE',
          node: node.kind === 'Resource' && place % 2 === i % 2 ? { ...node, sensitivity: (place % 4) / 4 } : node,
        }),
      ),
      ...edges
        .filter(({ from, to }) => [from, to].every((end) => nodes.some(({ id }) => id === end)))
        .map((edge): Change => ({ op: 'PUT_EDGE', edge })),
    ],
  }));

const scopes = fc.record(
  {
    identities: fc.array(fc.constantFrom('u', 'U1', 'ü', 's'), { minLength: 1, maxLength: 2 }),
    resources: fc.array(fc.constantFrom('r', 'r*', 'R'), { minLength: 1, maxLength: 2 }),
    minSensitivity: fc.constantFrom(0, 0.25, 0.5, 0.75),
  },
  { requiredKeys: [] },
);
const histories = fc.record({
  graphs: fc.array(randomGraph(), { minLength: 2, maxLength: 4 }),
  scope: scopes,
  reach: fc.constantFrom(...REACHES),
  at: fc.constantFrom(...INSTANTS),
});

/** The nodes that a version has, by what decides whether an access is in scope. */
interface Holdings {
  readonly list: Listed;
  readonly isInside: (row: AccessRow) => boolean;
  readonly isSensitive: (row: AccessRow) => boolean;
  readonly knows: (id: string) => boolean;
}

/** What a version lists, and which of it a scope has, read off the graph itself. */
async function holdingsOf(
  engine: Engine,
  version: number,
  identities: readonly string[],
  { scope, ...frame }: { scope: AccessScope; reach: (typeof REACHES)[number]; at: number },
): Promise<Holdings> {
  const view = await engine.view({ version });
  const list = await listed(view, identities, frame);
  const lines: Record<string, unknown>[] = [];
  for await (const line of view.exportLines()) lines.push(JSON.parse(line));
  view.release();
  const nodes = new Map(lines.filter((line) => 'node' in line).map((line) => [line['id'] as string, line]));
  const at = (text: unknown, otherwise: number): number => (typeof text === 'string' ? Date.parse(text) : otherwise);
  const contains = lines.filter(
    (line) =>
      line['edge'] === 'CONTAINS' &&
      nodes.has(line['from'] as string) &&
      nodes.has(line['to'] as string) &&
      frame.at >= at(line['validFrom'], Number.NEGATIVE_INFINITY) &&
      frame.at < at(line['validTo'], Number.POSITIVE_INFINITY),
  );
  const inside = new Set(scope.resources?.filter((id) => nodes.get(id)?.['node'] === 'Resource'));
  for (const outer of inside) for (const line of contains) if (line['from'] === outer) inside.add(line['to'] as string);
  const sensitivity = new Map<string, number>();
  for (const line of lines)
    if ('node' in line && line['sensitivity'] !== undefined && !sensitivity.has(line['id'] as string))
      sensitivity.set(line['id'] as string, line['sensitivity'] as number);
  return {
    list,
    knows: (id) => nodes.has(id),
    isInside: ({ resource }) => scope.resources === undefined || inside.has(resource),
    isSensitive: ({ resource }) =>
      scope.minSensitivity === undefined || (sensitivity.get(resource) ?? -1) >= scope.minSensitivity,
  };
}

/** In scope in either version, each part of it. */
const inScope =
  (scope: AccessScope, before: Holdings, after: Holdings) =>
  (row: AccessRow): boolean =>
    (scope.identities === undefined || scope.identities.includes(row.identity)) &&
    (before.isInside(row) || after.isInside(row)) &&
    (before.isSensitive(row) || after.isSensitive(row));

async function applyAll(engine: Engine, batches: readonly ListedBatch[]): Promise<void> {
  for (const batch of batches) await engine.apply(batch).catch(() => {});
}

describe('an earlier version', () => {
  it(
    'answers everything as it did when it was the newest, whether followed back to or compiled',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.oneof(fc.array(randomGraph(), { minLength: 2, maxLength: 4 }).map(loadsOf), arbitraryBatches),
          fc.constantFrom(...INSTANTS),
          fc.boolean(),
          async (batches, at, newestFirst) => {
            const data = newFolder();
            const engine = await openEngine({ data, mode: 'write' });
            await applyAll(engine, batches);
            if (newestFirst) (await engine.view()).release();
            const store = await openEmbeddedStore({ folder: data, mode: 'read' });
            for (let version = engine.version; version >= 0; version--) {
              const reader = await store.read(version);
              const compiled = openView(await compileSnapshot(reader), reader, () => {});
              const view = await engine.view({ version });
              const asked = {
                ids: ['u', 'g', 'u:ada', 'g:fin'],
                identities: ['u', 'u:ada'],
                resources: ['r', 'r:ledger'],
                actions: ['a', 'read'],
                words: ['u', 'r'],
                reaches: REACHES,
                at,
              };
              expect(await everything(view, asked)).toEqual(await everything(compiled, asked));
              view.release();
              await reader.close();
            }
            await store.close();
            await engine.close();
          },
        ),
        runs(40),
      ),
    LONG,
  );
});

describe('the difference of two versions', () => {
  it(
    'is what their lists differ in, from any to any, within any scope',
    () =>
      fc.assert(
        fc.asyncProperty(histories, async ({ graphs, scope, reach, at }) => {
          const engine = await openEngine({ data: newFolder(), mode: 'write' });
          await applyAll(engine, loadsOf(graphs));
          const identities = [...new Set(graphs.flatMap(identitiesOf))];
          const holdings: Holdings[] = [];
          for (let version = 0; version <= engine.version; version++)
            holdings.push(await holdingsOf(engine, version, identities, { scope, reach, at }));
          for (let fromVersion = 0; fromVersion <= engine.version; fromVersion++) {
            for (let toVersion = 0; toVersion <= engine.version; toVersion++) {
              const [before, after] = [holdings[fromVersion]!, holdings[toVersion]!];
              const known = (ids: readonly string[] | undefined): readonly string[] | undefined =>
                ids?.filter((id) => before.knows(id) || after.knows(id));
              const asked = { ...scope, identities: known(scope.identities), resources: known(scope.resources) };
              const question = { fromVersion, toVersion, scope: asked, reach, at, first: 10_000 };
              const delta = await engine.accessDiff(question);
              expect(delta.version).toBe(toVersion);
              expectDifference(delta, before.list, after.list, inScope(scope, before, after));
            }
          }
          await engine.close();
        }),
        runs(40),
      ),
    LONG,
  );
});

describe('the difference of two instants', () => {
  it(
    'is what the lists differ in, in one version or two',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(randomGraph(), { minLength: 2, maxLength: 2 }),
          fc.constantFrom(...REACHES),
          fc.constantFrom(...INSTANTS),
          fc.constantFrom(...INSTANTS),
          async (graphs, reach, then, now) => {
            const store = await openEmbeddedStore({ folder: newFolder(), mode: 'write' });
            for (const batch of loadsOf(graphs)) await store.apply(batch);
            const [first, second] = [await store.read(1), await store.read(2)];
            const snapshot = await compileSnapshot(first, roomForChanges);
            const touched = await touchedBy(store.batches(1), 2, Number.POSITIVE_INFINITY);
            const later = (await followed(snapshot, first, second, touched!))!;
            const identities = [...new Set(graphs.flatMap(identitiesOf))];
            for (const [after, reader] of [
              [snapshot, first],
              [later, second],
            ] as const) {
              const delta = await deltaOf(makeFrame(snapshot, reach, then), makeFrame(after, reach, now), {
                first: 10_000,
              });
              const was = await listed(
                openView(snapshot, first, () => {}),
                identities,
                { reach, at: then },
              );
              const is = await listed(
                openView(after, reader, () => {}),
                identities,
                { reach, at: now },
              );
              expectDifference(delta, was, is);
            }
            await first.close();
            await second.close();
            await store.close();
          },
        ),
        runs(60),
      ),
    LONG,
  );
});

describe('a stream of accesses', () => {
  it(
    'adds up to what each version lists, after any history',
    () =>
      fc.assert(
        fc.asyncProperty(histories, async ({ graphs, scope, reach, at }) => {
          const engine = await openEngine({ data: newFolder(), mode: 'write' });
          const [first, ...later] = loadsOf(graphs);
          await engine.apply(first!);
          const identities = [...new Set(graphs.flatMap(identitiesOf))];
          const frame = { scope, reach, at };
          let before = await holdingsOf(engine, 1, identities, frame);
          const known = (ids: readonly string[] | undefined): readonly string[] | undefined =>
            ids?.filter(before.knows);
          const watched = { ...scope, identities: known(scope.identities), resources: known(scope.resources) };
          const stream = await engine.watchAccess({ scope: watched, reach, at, first: 10_000, everyVersion: true });
          const beginning = (await stream.next()).value!;
          expect([beginning.fromVersion, beginning.version, beginning.delta.gainedCount]).toEqual([1, 1, 0]);
          for (const batch of later) {
            const { version } = await engine.apply(batch);
            const after = await holdingsOf(engine, version, identities, { ...frame, scope: watched });
            const { value } = await stream.next();
            expect(value!.version).toBe(version);
            expectDifference(value!.delta, before.list, after.list, inScope(watched, before, after));
            before = after;
          }
          expect(await stream.return!()).toEqual({ done: true, value: undefined });
          await engine.close();
        }),
        runs(40),
      ),
    LONG,
  );
});
