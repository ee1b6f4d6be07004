/** Long work in threads: the same answers, ended when nobody waits, and nobody else held up. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChokes } from '../../engine/access/choke-points.ts';
import { type DeltaInput, findDelta } from '../../engine/access/delta-work.ts';
import { findCuts, findWays } from '../../engine/access/revocation-work.ts';
import { supposingFor } from '../../engine/access/suppose.ts';
import { makeEdge, openEngine } from '../../engine/index.ts';
import { EDGE_KINDS } from '../../engine/model/index.ts';
import { roomForChanges } from '../../engine/snapshot/assemble.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import type { Edits } from '../../engine/snapshot/extend.ts';
import { asFolded, foldArrays } from '../../engine/snapshot/fold.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import { GRANT, type Snapshot } from '../../engine/snapshot/snapshot.ts';
import { ThreadPool } from '../../engine/threads/pool.ts';
import { estateRecords } from '../support/estate-records.ts';
import { memoryReader } from '../support/memory-reader.ts';
import { LONG } from '../support/seed.ts';
import { contentOf } from '../support/snapshot-content.ts';
import { temporaryFolder } from '../support/temporary.ts';

const folder = temporaryFolder();
const AT = Date.UTC(2026, 0, 1);
const INPUT: DeltaInput = { reach: 'ENTITLED', before: AT, after: AT, first: 10_000 };
const { nodes, edges } = estateRecords(2_000);

let snapshot: Snapshot;
let pool: ThreadPool;

beforeAll(async () => {
  snapshot = await compileSnapshot(memoryReader(nodes, edges), roomForChanges);
  pool = new ThreadPool({ threads: 2 });
}, LONG);
afterAll(() => pool.close());

/** Every third membership goes, and someone new comes. */
function manyEdits(): Edits {
  const gone = [];
  for (let edge = 0; edge < snapshot.edgeSpace; edge += 3)
    if (EDGE_KINDS[snapshot.edgeKind[edge]!] === 'MEMBER_OF') gone.push(edge);
  const groups = new Set(nodes.filter(({ kind }) => kind === 'Group').map(({ id }) => id));
  const group = edges.find(
    ({ kind, from, effect }) => kind === 'GRANTS' && effect !== 'DENY' && groups.has(from),
  )!.from;
  const { id } = makeEdge({ kind: 'MEMBER_OF', from: 'user:new', to: group, source: 's' });
  return {
    version: snapshot.version,
    nodes: [{ id: 'user:new', kind: 0, disabled: false, ref: 0, text: '' }],
    nodesGone: [],
    edges: [
      {
        id,
        ref: 0,
        kind: EDGE_KINDS.indexOf('MEMBER_OF'),
        from: 'user:new',
        to: group,
        flags: 0,
        actions: [],
        exceptActions: [],
        validFrom: AT - 1,
        validTo: AT + 1,
      },
    ],
    edgesGone: gone,
  };
}

describe('work in a thread', () => {
  it(
    'gives what the same work gives here',
    () =>
      supposingFor(snapshot, manyEdits(), async (supposed) => {
        const both = [snapshot, supposed];
        const here = await findDelta(both, INPUT, new Pace());
        expect(here.lostCount).toBeGreaterThan(1_000);
        expect(here.gained.some(({ identity }) => identity === 'user:new')).toBe(true);
        // More than there are threads, and again when the threads know the space.
        for (let round = 0; round < 2; round++) {
          const apart = await Promise.all(Array.from({ length: 5 }, () => pool.run(findDelta, both, INPUT, {})));
          for (const each of apart) expect(each).toEqual(here);
        }
        const resource = snapshot.index.find(nodes.find(({ kind }) => kind === 'Resource')!.id);
        const asked = { reach: 'ENTITLED', at: AT, resource, action: undefined, first: 20 } as const;
        expect(await pool.run(findChokes, [supposed], asked, {})).toEqual(
          await findChokes([supposed], asked, new Pace()),
        );
        const granted = supposed.adjacency[GRANT]!.out;
        const identities = Array.from({ length: 40 }, (_, i) => i * 50);
        const held = identities.flatMap((identity) => [...granted.of(identity)].map((edge) => supposed.target[edge]!));
        const access = { reach: 'ASSUMABLE', at: AT, identities, action: 'read', resources: held.slice(0, 5) } as const;
        const ways = await findWays([supposed], access, new Pace());
        expect(ways).toMatchObject({ hasAccess: true });
        expect(await pool.run(findWays, [supposed], access, {})).toEqual(ways);
        const cuts = { ...access, edges: ways.edges, prices: Float64Array.from(ways.edges, () => 1), alternatives: 3 };
        const found = await findCuts([supposed], cuts, new Pace());
        expect(found.cuts.length).toBeGreaterThan(0);
        expect(await pool.run(findCuts, [supposed], cuts, {})).toEqual(found);
        expect(await pool.run(findCuts, [supposed], cuts, { deadline: 0 })).toMatchObject({ complete: false });
        const fold = asFolded(supposed, await pool.run(foldArrays, [supposed], undefined, {}));
        expect(contentOf(fold)).toEqual(contentOf(supposed));
      }),
    LONG,
  );

  it(
    'ends when nobody waits any more, or when its time is up, and leaves the thread for others',
    () =>
      supposingFor(snapshot, manyEdits(), async (supposed) => {
        const both = [snapshot, supposed];
        const ended = new AbortController();
        const waiting = pool.run(findDelta, both, INPUT, { signal: ended.signal });
        setTimeout(() => ended.abort(new Error('enough')), 5);
        await expect(waiting).rejects.toThrow('enough');
        await expect(pool.run(findDelta, both, INPUT, { signal: ended.signal })).rejects.toThrow('enough');
        const partly = await pool.run(findDelta, both, INPUT, { deadline: 1 });
        expect(partly.identitiesDone).toBeLessThan(partly.identities);
        const whole = await pool.run(findDelta, both, INPUT, {});
        expect(whole.identitiesDone).toBe(whole.identities);
      }),
    LONG,
  );

  it('tells what goes wrong, and goes on', async () => {
    const wrong = { ...INPUT, first: Symbol.iterator as unknown as number };
    await expect(pool.run(findDelta, [snapshot, snapshot], wrong, {})).rejects.toThrow();
    await expect(pool.run(async () => 1, [snapshot], undefined, {})).rejects.toThrow('do not know this work');
    expect(await pool.run(findDelta, [snapshot, snapshot], INPUT, {})).toMatchObject({ gainedCount: 0, lostCount: 0 });
  });

  it('is refused when the pool is closed, also what waits for its turn', async () => {
    const closing = new ThreadPool({ threads: 1 });
    const waiting = Array.from({ length: 3 }, () => closing.run(findDelta, [snapshot, snapshot], INPUT, {}));
    const settled = Promise.allSettled(waiting);
    await closing.close();
    const closed = { status: 'rejected', reason: expect.objectContaining({ code: 'CLOSED' }) };
    for (const each of await settled) if (each.status === 'rejected') expect(each).toEqual(closed);
    await expect(closing.run(findDelta, [snapshot, snapshot], INPUT, {})).rejects.toMatchObject({ code: 'CLOSED' });
  });
});

describe('an engine that simulates', () => {
  it(
    'answers a removal of everything as it would answer without threads, while its event loop goes on',
    async () => {
      const engine = await openEngine({ data: mkdtempSync(join(folder.path, 'store-')), mode: 'write' });
      await engine.apply({
        id: 'all',
        source: 'generated',
        complete: [],
        changes: [
          ...nodes.map((node) => ({ op: 'PUT_NODE', node }) as const),
          ...edges.map((edge) => ({ op: 'PUT_EDGE', edge }) as const),
        ],
      });
      const view = await engine.view();
      const changes = edges.filter(({ kind }) => kind === 'GRANTS').map(({ id }) => ({ op: 'REMOVE_EDGE', id }));
      const delay = monitorEventLoopDelay({ resolution: 5 });
      delay.enable();
      const delta = await view.whatIf({ changes, at: AT });
      delay.disable();
      // Not how long it took: machines differ. That it went on at all while the work was done.
      expect(delay.count).toBeGreaterThan(0);
      expect(delta.complete).toBe(true);
      expect(delta.gainedCount).toBe(0);
      view.release();
      await engine.close();
    },
    LONG,
  );
});
