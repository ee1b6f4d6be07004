/** A load tried on a copy against the same load applied. */
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Change, type Engine, lineOfEdge, makeEdge, openEngine, openRehearsal } from '../../engine/index.ts';
import { openEmbeddedStore } from '../../engine/store/embedded/index.ts';
import { arbitraryBatches } from '../support/arbitrary-batches.ts';
import { recordsOf } from '../support/read-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary.ts';

announceSeed();
const temporary = temporaryFolder();
let made = 0;

async function recordsIn(folder: string) {
  const store = await openEmbeddedStore({ folder, mode: 'read' });
  const reader = await store.read();
  const records = { ...(await recordsOf(reader)), dangling: await reader.danglingEdges(1_000) };
  await reader.close();
  await store.close();
  return records;
}

const differences = async (engine: Engine, fromVersion: number) => {
  const versions = { fromVersion, toVersion: engine.version };
  const { fromVersion: _, toVersion: __, ...graph } = await engine.graphDiff(versions);
  const at = Date.parse('2027-01-01T00:00:00Z');
  const { version: ___, ...access } = await engine.accessDiff({ ...versions, at });
  return { graph, access };
};

it(
  'copies every record, also of edges without effect, and tells of a load what comes of it',
  () =>
    fc.assert(
      fc.asyncProperty(arbitraryBatches, async (batches) => {
        const data = join(temporary.path, `store-${made++}`);
        const engine = await openEngine({ data, mode: 'write' });
        // Those that are refused are passed over.
        for (const one of batches.slice(0, -1)) await engine.apply(one).catch(() => {});
        const before = await recordsIn(data);
        const rehearsal = await openRehearsal({ data, mode: 'read' });
        expect([rehearsal.version, rehearsal.isEmpty]).toEqual([engine.version, engine.version === 0]);
        const start = rehearsal.engine.version;
        const last = batches.at(-1)!;
        const outcome = async (one: Engine) =>
          one.apply({ ...last, id: 'last' }).then(
            ({ added, changed, removed }) => ({ added, changed, removed }),
            (error: Error) => error.message,
          );
        const tried = await outcome(rehearsal.engine);
        const would = await differences(rehearsal.engine, start);
        expect(await recordsIn(data)).toEqual(before);
        await rehearsal.close();
        const version = engine.version;
        expect(tried).toEqual(await outcome(engine));
        expect(would).toEqual(await differences(engine, version));
        await engine.close();
      }),
      runs(40),
    ),
  LONG,
);

it('takes a store that is not there for an empty one, and makes none', async () => {
  const data = join(temporary.path, 'nowhere');
  const rehearsal = await openRehearsal({ data, mode: 'read' });
  expect([rehearsal.version, rehearsal.isEmpty]).toEqual([0, true]);
  await rehearsal.close();
  await expect(openEngine({ data, mode: 'read' })).rejects.toMatchObject({ code: 'STORE_NOT_FOUND' });
});

it('copies edges without effect that lead from a node to itself, and that want two kinds of one end', async () => {
  const data = join(temporary.path, 'odd-ends');
  const engine = await openEngine({ data, mode: 'write' });
  let batches = 0;
  const apply = (...changes: readonly Change[]) =>
    engine.apply({ id: `odd ${batches++}`, source: 'hr', complete: [], changes });
  const put = (kind: 'Group' | 'Role' | 'User', id: string): Change => ({
    op: 'PUT_NODE',
    node: { kind, id, source: 'hr', attributes: {} },
  });
  const edge = (kind: 'MEMBER_OF' | 'HAS_ROLE', from: string, to: string): Change => ({
    op: 'PUT_EDGE',
    edge: makeEdge({ kind, from, to, source: 'hr' }),
  });
  const gone = { op: 'REMOVE_NODE', id: 'x', source: 'hr' } as const;
  await apply(put('User', 'ada'), put('Group', 'x'), edge('MEMBER_OF', 'x', 'x'), edge('MEMBER_OF', 'ada', 'x'));
  await apply(gone);
  await apply(put('Role', 'x'), edge('HAS_ROLE', 'ada', 'x'));
  await apply(gone);
  const { total, edges } = (await recordsIn(data)).dangling;
  expect(total).toBe(3);
  const rehearsal = await openRehearsal({ data, mode: 'read' });
  const lines: string[] = [];
  const view = await rehearsal.engine.view();
  for await (const line of view.exportLines()) if (line.startsWith('{"edge"')) lines.push(line);
  view.release();
  expect(lines.map((line) => JSON.parse(line))).toEqual(edges.map(lineOfEdge));
  await rehearsal.close();
  await engine.close();
});
