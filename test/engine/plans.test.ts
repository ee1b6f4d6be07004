/** Plans of an engine on an embedded store: made, kept, told to others, carried out, undone. */
import { describe, expect, it } from 'vitest';
import { type Change, type Engine, makeEdge, type NodeRecord, openEngine } from '../../engine/index.ts';
import { LONG } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary.ts';

const { path: folder } = temporaryFolder();

const node = (kind: NodeRecord['kind'], id: string): Change => ({
  op: 'PUT_NODE',
  node: { kind, id, name: id, source: 'main', attributes: {} },
});
const has = (from: string, to: string): Change => ({
  op: 'PUT_EDGE',
  edge: makeEdge({ kind: 'HAS_ROLE', from, to, source: 'main' }),
});
const grants = (from: string, to: string): Change => ({
  op: 'PUT_EDGE',
  edge: makeEdge({ kind: 'GRANTS', from, to, source: 'main', actions: ['use'], effect: 'ALLOW' }),
});

/** Two roles that give the same, one that nobody has, and somebody who is granted directly what he has by a role. */
const OFFICE: readonly Change[] = [
  ...['ann', 'bob', 'eve'].map((id) => node('User', id)),
  ...['clerk', 'desk', 'old'].map((id) => node('Role', id)),
  ...['mail', 'files'].map((id) => node('Resource', id)),
  has('ann', 'clerk'),
  has('bob', 'desk'),
  has('eve', 'desk'),
  ...['clerk', 'desk'].flatMap((id) => [grants(id, 'mail'), grants(id, 'files')]),
  grants('old', 'files'),
  grants('ann', 'mail'),
];

async function office(name: string): Promise<Engine> {
  const engine = await openEngine({ data: `${folder}/${name}`, mode: 'write' });
  await engine.apply({ id: 'begin', source: 'main', complete: [], changes: OFFICE });
  return engine;
}

const QUICK = { iterations: 200, seed: 1 } as const;

async function decisions(engine: Engine): Promise<readonly string[]> {
  const view = await engine.view();
  try {
    const told: string[] = [];
    for (const identity of ['ann', 'bob', 'eve'])
      for (const resource of ['mail', 'files'])
        told.push(`${identity} ${resource} ${(await view.check({ identity, action: 'use', resource })).decision}`);
    return told;
  } finally {
    view.release();
  }
}

describe('plans of an engine', () => {
  it(
    'are made, kept, listed, told to others, carried out and undone on an embedded store',
    async () => {
      const engine = await office('life');
      const before = await decisions(engine);
      const { plan, front, chosen } = await engine.plans.make(QUICK);
      expect(front[chosen]!.edits).toBe(plan.edits);
      expect(plan.after.structuralComplexity).toBeLessThan(plan.before.structuralComplexity);
      expect(await engine.plans.list()).toEqual([]);
      await engine.plans.keep(plan);
      expect((await engine.plans.list()).map(({ id }) => id)).toEqual([plan.id]);
      expect(await engine.plans.get(plan.id)).toEqual(plan);
      expect(await engine.plans.verify(plan)).toMatchObject({ verdict: 'HOLDS', done: 0 });

      const half = await engine.plans.apply(plan, { until: 1 });
      expect(half).toMatchObject({ done: 1, steps: plan.steps.length });
      expect(await decisions(engine)).toEqual(before);
      expect(await engine.plans.verify(plan)).toMatchObject({ verdict: 'HOLDS', done: 1 });
      expect(await engine.plans.apply(plan)).toMatchObject({ done: plan.steps.length });
      expect(await engine.plans.verify(plan)).toMatchObject({ verdict: 'DONE' });
      expect(await decisions(engine)).toEqual(before);

      expect(await engine.plans.undo(plan)).toMatchObject({ done: 0 });
      expect(await engine.plans.verify(plan)).toMatchObject({ verdict: 'HOLDS', done: 0 });
      expect(await decisions(engine)).toEqual(before);
      const { entries } = await engine.plans.trail(plan.id);
      expect(entries.filter(({ what }) => what === 'DONE')).toHaveLength(plan.steps.length);
      expect(entries.filter(({ what }) => what === 'UNDONE')).toHaveLength(plan.steps.length);
      await engine.plans.drop(plan.id);
      await expect(engine.plans.get(plan.id)).rejects.toMatchObject({ code: 'PLAN_NOT_FOUND' });
      await engine.close();
    },
    LONG,
  );

  it(
    'are the same for the same seed, and refuse what they cannot be',
    async () => {
      const engine = await office('same');
      const at = Date.UTC(2026, 0, 1);
      const made = await Promise.all([1, 2].map(() => engine.plans.make({ ...QUICK, at })));
      expect(made[0]!.plan).toEqual(made[1]!.plan);
      for (const wrong of [
        { price: -1 },
        { seed: 0.5 },
        { deadline: -1 },
        { exceptionShare: 2 },
        { maxRolesPerIdentity: 0 },
      ])
        await expect(engine.plans.make({ ...QUICK, ...wrong })).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
      await expect(engine.plans.make({ ...QUICK, scope: ['nobody'] })).rejects.toMatchObject({
        code: 'NODE_NOT_FOUND',
      });
      await engine.close();
    },
    LONG,
  );

  it(
    'that the graph has left behind say what moved, and are not carried out',
    async () => {
      const engine = await office('moved');
      const { plan } = await engine.plans.make(QUICK);
      await engine.apply({
        id: 'more',
        source: 'main',
        complete: [],
        changes: [grants('desk', 'mail'), has('eve', 'clerk')],
      });
      expect(await engine.plans.verify(plan)).toMatchObject({ verdict: 'MOVED', done: 0 });
      await expect(engine.plans.apply(plan)).rejects.toMatchObject({ code: 'PLAN_GROUND_MOVED' });
      await engine.close();
    },
    LONG,
  );
});
