/** A plan from its making to its end, on a store: kept, verified, carried out, interrupted, gone on with, undone. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Change, makeEdge, type NodeRecord } from '../../engine/model/index.ts';
import { applyPlan, planTrail, undoPlan } from '../../engine/roles/apply-plan.ts';
import { comparePlans } from '../../engine/roles/compare-plans.ts';
import { dropPlan, keepPlan, keptPlan, listPlans } from '../../engine/roles/kept-plans.ts';
import { makePlan } from '../../engine/roles/make-plan.ts';
import { planId, planText, type RolePlan } from '../../engine/roles/plan.ts';
import { type PlanStore, withVersion } from '../../engine/roles/plan-store.ts';
import { readPlan } from '../../engine/roles/read-plan.ts';
import { readRoleState } from '../../engine/roles/read-role-state.ts';
import { presentTarget } from '../../engine/roles/target.ts';
import { tidyTarget } from '../../engine/roles/tidy-target.ts';
import { verifyPlan } from '../../engine/roles/verify-plan.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import type { OracleGraph } from '../support/oracle/index.ts';
import { graphOf, planStoreOf } from '../support/plan-store.ts';
import { randomTarget } from '../support/random-target.ts';
import { refusalOf } from '../support/refusal.ts';
import { numbersFrom, roleGraph } from '../support/role-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';

announceSeed();
const AT = 5;
const pace = (): Pace => new Pace();

const planOn = (store: PlanStore, choose: 'tidy' | 'same' | (() => number) = 'tidy'): Promise<RolePlan> =>
  withVersion(store, async (version) => {
    const state = await readRoleState(version, { at: AT }, pace());
    const target =
      choose === 'tidy' ? tidyTarget(state) : choose === 'same' ? presentTarget(state) : randomTarget(state, choose);
    return makePlan(state, target, {}, pace());
  });

const verified = (store: PlanStore, plan: RolePlan) =>
  withVersion(store, (version) => verifyPlan(version, plan, { at: AT }, pace()));

const person = (id: string): NodeRecord => ({ kind: 'User', id, source: 'main', attributes: {} });
const role = (id: string): NodeRecord => ({ kind: 'Role', id, source: 'main', attributes: {} });
const resource = (id: string): NodeRecord => ({ kind: 'Resource', id, source: 'main', attributes: {} });
const has = (from: string, to: string) => makeEdge({ kind: 'HAS_ROLE', from, to, source: 'main' });
const grants = (from: string, to: string) =>
  makeEdge({ kind: 'GRANTS', from, to, source: 'main', actions: ['use'], effect: 'ALLOW' });

/** Two roles that give the same, one that gives more, one that nobody has, and what is owned. */
const OFFICE: OracleGraph = {
  nodes: [
    ...['ann', 'bob', 'eve'].map(person),
    ...['clerk', 'desk', 'chief', 'old'].map(role),
    ...['mail', 'files', 'pay'].map(resource),
  ],
  edges: [
    has('ann', 'clerk'),
    has('bob', 'desk'),
    has('eve', 'chief'),
    has('eve', 'clerk'),
    ...['clerk', 'desk', 'chief'].flatMap((id) => [grants(id, 'mail'), grants(id, 'files')]),
    grants('chief', 'pay'),
    grants('eve', 'pay'),
    makeEdge({ kind: 'OWNS', from: 'eve', to: 'desk', source: 'main' }),
    grants('old', 'pay'),
  ],
};

describe('a plan', () => {
  it('tells what becomes of each role, and is the same text for the same graph', async () => {
    const store = await planStoreOf(OFFICE);
    const plan = await planOn(store);
    expect(plan.roles.map(({ id, fate }) => [id, fate])).toEqual([
      ['chief', 'KEPT'],
      ['clerk', 'CHANGED'],
      ['desk', 'RETIRED'],
      ['old', 'RETIRED'],
    ]);
    expect(plan.before).toEqual({
      roles: 4,
      assignments: 4,
      roleGrants: 8,
      hierarchyEdges: 0,
      directGrants: 1,
      structuralComplexity: 17,
    });
    expect(plan.after).toMatchObject({ roles: 2, assignments: 3, roleGrants: 5, directGrants: 0 });
    expect(plan.detected.counts).toMatchObject({
      DUPLICATE: 1,
      COVERED_ASSIGNMENT: 1,
      COVERED_GRANT: 1,
      NO_MEMBERS: 1,
    });
    expect(plan.proof.twin.before.root).toBe(plan.proof.twin.after.root);
    expect(planText(await planOn(await planStoreOf(OFFICE)))).toBe(planText(plan));
    expect(readPlan(planText(plan))).toEqual(plan);
  });

  it('says of a role that gives nothing that it does', async () => {
    const empty: OracleGraph = {
      ...OFFICE,
      nodes: [...OFFICE.nodes, role('empty')],
      edges: [...OFFICE.edges, has('ann', 'empty')],
    };
    const { roles } = await planOn(await planStoreOf(empty));
    expect(roles.find(({ id }) => id === 'empty')).toMatchObject({ fate: 'RETIRED', rationale: 'It gives nothing.' });
  });

  it('is kept, listed, compared and dropped', async () => {
    const store = await planStoreOf(OFFICE);
    const { documents } = store;
    const [tidy, same] = [await planOn(store), await planOn(store, 'same')];
    await keepPlan(documents, tidy, 1);
    await keepPlan(documents, same, 2);
    await keepPlan(documents, tidy, 3);
    expect((await listPlans(documents)).map(({ id, steps }) => [id, steps])).toEqual([
      [same.id, 0],
      [tidy.id, tidy.steps.length],
    ]);
    expect(await keptPlan(documents, tidy.id)).toEqual(tidy);
    const { differing, from, to } = comparePlans(same, tidy, 10);
    expect(differing.map(({ id }) => id)).toEqual(['clerk', 'desk', 'old']);
    expect([from.fates.KEPT, to.fates.RETIRED]).toEqual([4, 2]);
    await dropPlan(documents, tidy.id);
    expect(await refusalOf(() => keptPlan(documents, tidy.id))).toMatchObject({ code: 'PLAN_NOT_FOUND' });
    expect(await refusalOf(() => dropPlan(documents, 'none'))).toMatchObject({ code: 'PLAN_NOT_FOUND' });
  });

  it('is carried out step by step, gone on with, and undone', async () => {
    const store = await planStoreOf(OFFICE);
    const plan = await planOn(store);
    const begun = await graphOf(store);
    expect(await applyPlan(store, plan, { at: AT, until: 2 }, pace())).toMatchObject({ done: 2 });
    expect(await verified(store, plan)).toMatchObject({ verdict: 'HOLDS', done: 2 });
    const applied = await applyPlan(store, plan, { at: AT }, pace());
    expect(applied).toMatchObject({ done: plan.steps.length, steps: plan.steps.length });
    expect(applied.trail.entries.map(({ step, what, title }) => [step, what, title])).toEqual(
      plan.steps.map(({ title }, i) => [i + 1, 'DONE', title]),
    );
    expect(await verified(store, plan)).toMatchObject({ verdict: 'DONE' });
    expect((await graphOf(store)).nodes.map(({ id }) => id)).not.toContain('desk');
    // Once more changes nothing.
    expect((await applyPlan(store, plan, { at: AT }, pace())).version).toBe(applied.version);
    expect(await undoPlan(store, plan, { at: AT }, pace())).toMatchObject({ done: 0 });
    expect(await graphOf(store)).toEqual(begun);
    expect(await verified(store, plan)).toMatchObject({ verdict: 'HOLDS', done: 0 });
    expect(await applyPlan(store, plan, { at: AT }, pace())).toMatchObject({ done: plan.steps.length });
  });

  it('goes on where the graph shows that it was, though nobody wrote so', async () => {
    const store = await planStoreOf(OFFICE);
    const plan = await planOn(store);
    await store.apply({ id: 'by hand', source: 'hand', complete: [], changes: plan.steps[0]!.changes });
    await applyPlan(store, plan, { at: AT }, pace());
    const { entries } = await planTrail(store.documents, plan.id);
    expect(entries.map(({ what }) => what)).toEqual(['FOUND', ...plan.steps.slice(1).map(() => 'DONE')]);
  });

  it.each<readonly [string, readonly Change[], string]>([
    ['somebody came to a role that goes', [{ op: 'PUT_EDGE', edge: has('ann', 'desk') }], 'CAME'],
    ['an assignment is gone', [{ op: 'REMOVE_EDGE', id: has('ann', 'clerk').id, source: 'main' }], 'GONE'],
    [
      'a role grants something else',
      [{ op: 'PUT_EDGE', edge: { ...grants('clerk', 'mail'), actions: ['see'] } }],
      'CHANGED',
    ],
  ])('is not carried out when %s', async (_, changes, how) => {
    const store = await planStoreOf(OFFICE);
    const plan = await planOn(store);
    await store.apply({ id: 'meanwhile', source: 'main', complete: [], changes });
    const found = await verified(store, plan);
    expect(found).toMatchObject({ verdict: 'MOVED', movedCount: 1, moved: [{ how }] });
    const before = await graphOf(store);
    expect(await refusalOf(() => applyPlan(store, plan, { at: AT }, pace()))).toMatchObject({
      code: 'PLAN_GROUND_MOVED',
    });
    expect(await graphOf(store)).toEqual(before);
  });

  it('is not carried out when what covers somebody is gone elsewhere', async () => {
    const store = await planStoreOf(OFFICE);
    const plan = await planOn(store);
    // Eve loses her assignment of the clerk's role because the chief's gives the same: now it does no more.
    await store.apply({
      id: 'meanwhile',
      source: 'main',
      complete: [],
      changes: [{ op: 'REMOVE_EDGE', id: grants('chief', 'mail').id, source: 'main' }],
    });
    const found = await verified(store, plan);
    expect(found).toMatchObject({ verdict: 'MOVED', because: 'after step 3 of 6 "eve" would lose use on "mail"' });
    expect(await refusalOf(() => applyPlan(store, plan, { at: AT }, pace()))).toMatchObject({
      code: 'PLAN_GROUND_MOVED',
      message: 'The graph has moved since the plan was made: with it after step 3 of 6 "eve" would lose use on "mail".',
    });
  });

  it('holds when other parts of the graph have moved', async () => {
    const store = await planStoreOf(OFFICE);
    const plan = await planOn(store);
    const changes: readonly Change[] = [
      { op: 'PUT_NODE', node: person('zoe') },
      { op: 'PUT_EDGE', edge: has('zoe', 'chief') },
    ];
    await store.apply({ id: 'meanwhile', source: 'main', complete: [], changes });
    expect(await verified(store, plan)).toMatchObject({ verdict: 'HOLDS', version: 2 });
  });

  it('is refused when its file was changed', async () => {
    const store = await planStoreOf(OFFICE);
    const plan = await planOn(store);
    const step = { title: 'More', changes: [{ op: 'PUT_EDGE' as const, edge: has('ann', 'chief') }], inverse: [] };
    const forged = { ...plan, steps: [step, ...plan.steps] };
    expect(() => readPlan(planText(forged))).toThrow('the plan was changed after it was made');
    // Whoever makes the id fit is found out by the proof, and by what stands around the roles.
    const { id: _, ...rest } = forged;
    const signed = readPlan(planText({ ...rest, id: planId(rest) }));
    expect(await verified(store, signed)).toMatchObject({
      verdict: 'FAILS',
      because: 'after step 1 of 7 "ann" would gain use on "pay"',
    });
    expect(() => readPlan('{')).toThrow(/is no JSON/);
    expect(() => readPlan('[]')).toThrow(/must be an object/);
    expect(() => readPlan('{}')).toThrow(/format/);
    const odd = {
      ...rest,
      steps: [{ title: 'x', changes: [{ op: 'PUT_EDGE', edge: {} }, { op: 'X' }, null], inverse: 3 }],
    };
    expect(() => readPlan(JSON.stringify({ ...odd, id: planId(odd as never) }))).toThrow(/steps\[0\]/);
  });

  it(
    'of any roles leads to a graph in which it is done, and back',
    () =>
      fc.assert(
        fc.asyncProperty(fc.nat(), fc.nat(), async (seed, choice) => {
          const store = await planStoreOf(roleGraph(seed));
          const made = await planOn(store, numbersFrom(choice)).catch((error) => error);
          if (made.code === 'NOTHING_TO_RESTRUCTURE') return;
          expect(readPlan(planText(made))).toEqual(made);
          const begun = await graphOf(store);
          const half = Math.floor(made.steps.length / 2);
          await applyPlan(store, made, { at: AT, until: half }, pace());
          expect(await verified(store, made)).toMatchObject({ done: half, movedCount: 0, because: null });
          await applyPlan(store, made, { at: AT }, pace());
          expect(await verified(store, made)).toMatchObject({ verdict: 'DONE' });
          await undoPlan(store, made, { at: AT }, pace());
          expect(await graphOf(store)).toEqual(begun);
        }),
        runs(40),
      ),
    LONG,
  );

  it(
    'that only tidies up is exact too, and leaves no more than there was',
    () =>
      fc.assert(
        fc.asyncProperty(fc.nat(), async (seed) => {
          const store = await planStoreOf(roleGraph(seed));
          const made = await planOn(store).catch((error) => error);
          if (made.code === 'NOTHING_TO_RESTRUCTURE') return;
          expect(made.after.structuralComplexity).toBeLessThanOrEqual(made.before.structuralComplexity);
        }),
        runs(60),
      ),
    LONG,
  );
});
