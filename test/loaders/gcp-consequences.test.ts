/** What follows from several records, against the slow and obvious way to work it out. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Chain, Nesting } from '../../loaders/gcp/chains.ts';
import { DeniedPrincipals, type Rule } from '../../loaders/gcp/denied.ts';
import type { Belonging } from '../../loaders/gcp/everyone.ts';
import { boundsOf } from '../../loaders/gcp/iam-condition.ts';
import { wordsOf } from '../../loaders/gcp/permission-words.ts';
import { principalOf } from '../../loaders/gcp/principals.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

const PEOPLE = ['p0', 'p1', 'p2', 'p3', 'p4'];
const GROUPS = ['g0', 'g1', 'g2', 'g3', 'g4'];

const belonging: fc.Arbitrary<Belonging> = fc
  .tuple(fc.constantFrom(...PEOPLE, ...GROUPS), fc.constantFrom(...GROUPS), fc.integer({ min: 0, max: 3 }))
  .map(([from, to, dice]) => (dice === 0 ? { from, to, condition: 'maybe' } : { from, to }));

const rule: fc.Arbitrary<Rule> = fc.record({
  denied: fc.uniqueArray(fc.constantFrom(...PEOPLE, ...GROUPS), { minLength: 1, maxLength: 3 }),
  excepted: fc.uniqueArray(fc.constantFrom(...PEOPLE, ...GROUPS), { maxLength: 3 }),
  isExact: fc.integer({ min: 0, max: 5 }).map((dice) => dice > 0),
});

/** Whether one is in one of some sets. */
function isIn(belongings: readonly Belonging[], who: string, sets: readonly string[]): boolean {
  const found = new Set([who]);
  for (const id of found) for (const { from, to } of belongings) if (from === id) found.add(to);
  return sets.some((set) => found.has(set));
}

/** Every way in which what is on condition may be. */
function* worlds(belongings: readonly Belonging[]): Generator<readonly Belonging[]> {
  const certain = belongings.filter(({ condition }) => condition === undefined);
  const open = belongings.filter(({ condition }) => condition !== undefined);
  for (let pick = 0; pick < 2 ** open.length; pick++) yield [...certain, ...open.filter((_, at) => (pick >> at) & 1)];
}

describe('whom a rule denies', () => {
  it('is never more certain than what each identity finds for itself, in all that may be', () => {
    fc.assert(
      fc.property(fc.array(belonging, { maxLength: 10 }), rule, (belongings, one) => {
        const told = new DeniedPrincipals(belongings, () => false).of(one);
        const certain = told.filter(({ isConditional }) => !isConditional).map(({ id }) => id);
        const sure = belongings.filter(({ condition }) => condition === undefined);
        for (const who of PEOPLE) {
          const outcomes = [...worlds(belongings)].map(
            (world) => isIn(world, who, one.denied) && !isIn(world, who, one.excepted),
          );
          const isTold = isIn(
            belongings,
            who,
            told.map(({ id }) => id),
          );
          const isSure = isIn(sure, who, certain);
          if (outcomes.includes(true)) expect([who, isTold]).toEqual([who, true]);
          if (outcomes.includes(false) || !one.isExact) expect([who, isSure]).toEqual([who, false]);
          // Without conditions it is exact.
          if (sure.length === belongings.length && one.isExact)
            expect([isTold, isSure]).toEqual([outcomes[0], outcomes[0]]);
        }
      }),
      runs(2_000),
    );
  });

  it('is nobody for certain where an excepted group is open', () => {
    const denied = new DeniedPrincipals([{ from: 'p0', to: 'g0' }], (id) => id === 'g1');
    expect(denied.of({ denied: ['g0'], excepted: ['g1'], isExact: true })).toEqual([{ id: 'g0', isConditional: true }]);
  });
});

describe('chains of things', () => {
  it('lead to the things below a place and to no others', () => {
    const tree = fc.array(fc.nat(), { minLength: 1, maxLength: 14 });
    fc.assert(
      fc.property(tree, fc.array(fc.nat(), { maxLength: 6 }), fc.nat(), (parents, picks, start) => {
        const nesting = new Nesting();
        for (const [at, parent] of parents.entries()) nesting.within(`n${at + 1}`, [`n${parent % (at + 1)}`]);
        const things = new Set(picks.map((pick) => `n${pick % (parents.length + 1)}`));
        const meaning = (thing: string) => [{ kind: 'CONTROLS' as const, to: `thing ${thing}` }];
        const chain = new Chain('things', 's', nesting, things, meaning, () => undefined);
        const place = `n${start % (parents.length + 1)}`;
        const entered = chain.enter(place);
        const edges = [...chain.changes()].flatMap((change) => ('from' in change ? [change] : []));
        const found = new Set(entered === undefined ? [] : [entered]);
        for (const id of found) for (const { from, to } of edges) if (from === id) found.add(to);
        const below = [...things].filter((thing) => thing !== place && nesting.up([thing]).has(place));
        expect([...found].filter((id) => id.startsWith('thing')).sort()).toEqual(
          below.map((id) => `thing ${id}`).sort(),
        );
      }),
      runs(2_000),
    );
  });
});

describe('conditions, permissions and members', () => {
  it.each([
    ['request.time < timestamp("2026-01-01T00:00:00Z")', { validTo: '2026-01-01T00:00:00Z' }],
    ["timestamp('2026-01-01T00:00:00+01:00') >= request.time", { validTo: '2025-12-31T23:00:00.001Z' }],
    ['request.time >= timestamp("2026-01-01T00:00:00Z")', { validFrom: '2026-01-01T00:00:00Z' }],
    ['request.time > timestamp("2026-01-01T00:00:00Z")', { validFrom: '2026-01-01T00:00:00.001Z' }],
    [
      'request.time < timestamp("2026-01-01T00:00:00Z") && true',
      { condition: 'request.time < timestamp("2026-01-01T00:00:00Z") && true' },
    ],
    ['request.time < timestamp("soon")', { condition: 'request.time < timestamp("soon")' }],
    [
      '!(request.time < timestamp("2026-01-01T00:00:00Z"))',
      { condition: '!(request.time < timestamp("2026-01-01T00:00:00Z"))' },
    ],
  ])('%s', (expression, bounds) => {
    expect(boundsOf(expression)).toEqual(bounds);
  });

  it.each([
    ['storage.googleapis.com/buckets.delete', 'storage.buckets.delete'],
    ['cloudresourcemanager.googleapis.com/projects.delete', 'resourcemanager.projects.delete'],
    ['sqladmin.googleapis.com/instances.delete', 'cloudsql.instances.delete'],
    ['compute.googleapis.com/*.setIamPolicy', 'compute.*.setIamPolicy'],
  ])('%s is %s', (name, word) => {
    expect(wordsOf(name)).toEqual(expect.arrayContaining([word, name]));
    expect(wordsOf(word)).toBeUndefined();
  });

  it('of any form are somebody, or nobody in words', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('', 'user:', 'principal://', 'principalSet://goog/', 'deleted:'),
        (text, before) => {
          const found = principalOf(before + text);
          expect('is' in found ? found.why : found.id).toBeTruthy();
        },
      ),
      runs(500),
    );
  });
});
