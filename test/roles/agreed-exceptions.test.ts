/** What was agreed that a plan may take or give, and that it takes and gives nothing else: held to the oracle. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Change,
  GrantlensError,
  type Instant,
  makeEdge,
  type NodeRecord,
  REACHES,
} from '../../engine/model/index.ts';
import type { AgreedException } from '../../engine/roles/exceptions/agreed-exception.ts';
import { listedExceptions, readExceptions } from '../../engine/roles/exceptions/read-exceptions.ts';
import { exportPlan } from '../../engine/roles/export/export-plan.ts';
import { planId, planText } from '../../engine/roles/plan.ts';
import { faultOf, type Proof, prove } from '../../engine/roles/proof/prove.ts';
import { readPlan } from '../../engine/roles/read-plan.ts';
import { StorePlans } from '../../engine/roles/store-plans.ts';
import { verdictText } from '../../engine/roles/verify-plan.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import { changed } from '../support/changed-graph.ts';
import { accessible, actionsToldApart, matches, type OracleGraph, patternsOf } from '../support/oracle/index.ts';
import { graphOf, planStoreOf } from '../support/plan-store.ts';
import { identitiesOf, linesOf, resourcesOf } from '../support/random-graph.ts';
import { refusalOf } from '../support/refusal.ts';
import { numbersFrom, picker, roleGraph } from '../support/role-graph.ts';
import { groundOfGraph } from '../support/role-state.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';

announceSeed();
const AT = 5;

const agreed = (identity: string, action: string, resource: string, may: AgreedException['may'] = 'LOSE') => ({
  identity,
  action,
  resource,
  may,
  agreedBy: 'the board',
  because: 'not his work any more',
});

const node =
  (kind: NodeRecord['kind']) =>
  (id: string): NodeRecord => ({ kind, id, source: 'main', attributes: {} });
const has = (from: string, to: string) => makeEdge({ kind: 'HAS_ROLE', from, to, source: 'main' });
const grants = (from: string, to: string, action = 'use') =>
  makeEdge({ kind: 'GRANTS', from, to, source: 'main', actions: [action], effect: 'ALLOW' });

/** Ann and bob do the same, but that bob may pay too: by a role of his own. */
const OFFICE: OracleGraph = {
  nodes: [
    ...['ann', 'bob', 'eve'].map(node('User')),
    ...['clerk', 'payer', 'chief'].map(node('Role')),
    ...['desks'].map(node('Group')),
    ...['mail', 'files', 'audit', 'pay', 'salaries'].map(node('Resource')),
  ],
  edges: [
    has('ann', 'clerk'),
    has('bob', 'clerk'),
    has('bob', 'payer'),
    has('eve', 'chief'),
    ...['mail', 'files'].map((id) => grants('clerk', id)),
    grants('payer', 'pay'),
    ...['files', 'audit'].map((id) => grants('chief', id)),
    makeEdge({ kind: 'CONTAINS', from: 'pay', to: 'salaries', source: 'main' }),
  ],
};

const plansOn = async (graph: OracleGraph) => {
  const store = await planStoreOf(graph);
  return { store, plans: new StorePlans({ ...store, apart: undefined as never }) };
};
const QUICK = { at: AT, iterations: 50, exceptionShare: 1 } as const;
const made = async (graph: OracleGraph, exceptions: readonly AgreedException[]) =>
  (await (await plansOn(graph)).plans.make({ ...QUICK, exceptions: listedExceptions(exceptions) })).plan;

/** Decisions at an instant: who can do what, in all reaches. */
function decisions(graph: OracleGraph, actions: readonly string[], at: Instant): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const reach of REACHES)
    for (const identity of identitiesOf(graph))
      for (const [resource, can] of accessible(graph, identity, actions, { reach, at }))
        for (const [action, decision] of can) found.set(JSON.stringify([identity, action, resource, reach]), decision);
  return found;
}

/** A resource and what it contains at an instant. */
function below({ edges }: OracleGraph, resource: string, at: Instant): ReadonlySet<string> {
  const met = new Set([resource]);
  for (const one of met)
    for (const { kind, from, to, validFrom = -Infinity, validTo = Infinity } of edges)
      if (kind === 'CONTAINS' && from === one && validFrom <= at && at < validTo) met.add(to);
  return met;
}

const STRENGTH = [undefined, 'CONDITIONAL', 'ALLOWED'] as const;

/** Decisions that differ and that nobody agreed to, of two graphs. */
function strange(
  before: OracleGraph,
  after: OracleGraph,
  at: Instant,
  exceptions: readonly AgreedException[],
): readonly string[] {
  const patterns = [
    ...new Set([...patternsOf(before), ...patternsOf(after), ...exceptions.map(({ action }) => action)]),
  ];
  const actions = actionsToldApart(patterns);
  const [had, can] = [decisions(before, actions, at), decisions(after, actions, at)];
  return [...new Set([...had.keys(), ...can.keys()])].filter((key) => {
    const [was, is] = [had, can].map((side) => STRENGTH.indexOf(side.get(key) as (typeof STRENGTH)[number]));
    if (was === is) return false;
    const [identity, action, resource] = JSON.parse(key) as [string, string, string];
    return !exceptions.some(
      (one) =>
        one.identity === identity &&
        matches(one.action, action) &&
        below(before, one.resource, at).has(resource) &&
        (one.may === 'BOTH' || one.may === (is! < was! ? 'LOSE' : 'GAIN')),
    );
  });
}

describe('agreed exceptions', () => {
  it('let a role go that only what may be lost keeps, and are told in the plan', async () => {
    const exact = await made(OFFICE, []);
    expect(exact).not.toHaveProperty('exceptions');
    expect(exact.proof).not.toHaveProperty('agreed');
    const plan = await made(OFFICE, [agreed('bob', 'use', 'pay')]);
    expect(plan.exceptions).toEqual([{ ...agreed('bob', 'use', 'pay'), used: true, note: null }]);
    expect(plan.after.structuralComplexity).toBeLessThan(exact.after.structuralComplexity);
    expect(plan.proof.agreed).toMatchObject({ gainedCount: 0, lostCount: 2, used: [0] });
    expect(plan.proof.agreed!.lost.map(({ identity, resource }) => [identity, resource])).toEqual([
      ['bob', 'pay'],
      ['bob', 'salaries'],
    ]);
    expect(plan.proof.holdings.agreed).toMatchObject([{ holder: 'bob', gained: [], lost: ['"use" on "pay"'] }]);
    expect(plan.proof.twin).toMatchObject({ agreedCount: 1, differenceCount: 0 });
    expect(plan.steps.map(({ title }) => title).join('\n')).toContain('1 holder loses or gains what was agreed');
    expect(readPlan(planText(plan))).toEqual(plan);
    const page = exportPlan(plan, 'markdown')[0]!.text;
    expect(page).toContain(
      '## Agreed exceptions\n\n1 of 1 is made use of: 2 accesses are lost and 0 gained, and no others.',
    );
    expect(page).toContain('| bob | lose | use on pay | the board | not his work any more | made use of |');
    expect(exportPlan(plan, 'changes')[0]!.text).toContain(
      '"agreed":[{"holder":"bob","lost":["\\"use\\" on \\"pay\\""]',
    );
  });

  it('let somebody be given what makes roles simpler', async () => {
    const plan = await made(OFFICE, [agreed('ann', '*', 'pay', 'GAIN')]);
    // Ann does what bob does, so that one role is enough for both.
    expect(plan.exceptions).toMatchObject([{ used: true, note: null }]);
    expect(plan.proof.agreed).toMatchObject({ gainedCount: 2, lostCount: 0 });
    expect(plan.after.roles).toBeLessThan(3);
  });

  it('are verified, carried out and taken back with the plan', async () => {
    const { store, plans } = await plansOn(OFFICE);
    const exceptions = listedExceptions([agreed('bob', 'USE', 'pay')]);
    const { plan } = await plans.make({ ...QUICK, exceptions });
    const begun = await graphOf(store);
    const verified = await plans.verify(plan);
    expect(verified).toMatchObject({ verdict: 'HOLDS', because: null });
    expect(verdictText(verified)).toBe('The plan holds. By agreement "bob" may lose USE on "pay".');
    for (let until = 1; until <= plan.steps.length; until++) {
      await plans.apply(plan, { until });
      expect(strange(begun, await graphOf(store), AT, plan.exceptions!)).toEqual([]);
      expect((await plans.verify(plan)).verdict).toBe(until < plan.steps.length ? 'HOLDS' : 'DONE');
    }
    expect(await plans.undo(plan)).toMatchObject({ done: 0 });
    expect(await graphOf(store)).toEqual(begun);
  });

  it('are in the plan for good: without them it does not hold', async () => {
    const { plans } = await plansOn(OFFICE);
    const { plan } = await plans.make({ ...QUICK, exceptions: listedExceptions([agreed('bob', 'use', 'pay')]) });
    const { id: _, exceptions, ...rest } = plan;
    const forged = (other: Omit<typeof plan, 'id'>) => readPlan(planText({ ...other, id: planId(other) }));
    expect(await plans.verify(forged(rest as Omit<typeof plan, 'id'>))).toMatchObject({ verdict: 'FAILS' });
    const [one] = exceptions!;
    for (const other of [{ identity: 'ann' }, { action: 'see' }, { resource: 'salaries' }, { may: 'GAIN' as const }])
      expect(await plans.verify(forged({ ...rest, exceptions: [{ ...one!, ...other }] }))).toMatchObject({
        verdict: 'FAILS',
        because: expect.stringContaining('"bob" would lose'),
      });
    expect(() => forged({ ...rest, exceptions: [{} as never] })).toThrow('exceptions');
  });

  it.each<readonly [string, OracleGraph, AgreedException, string]>([
    ['nobody holds', OFFICE, agreed('ann', 'use', 'pay'), 'nothing of it is held: there is nothing to lose'],
    ['is held by more than was agreed', OFFICE, agreed('bob', 'use', 'salaries'), 'it is held by a grant of more'],
    ['nothing gives', OFFICE, agreed('ann', 'see', 'pay', 'GAIN'), 'no grant gives just that'],
    [
      'others would lose too',
      {
        ...OFFICE,
        edges: [...OFFICE.edges, makeEdge({ kind: 'CAN_ASSUME', from: 'ann', to: 'bob', source: 'main' })],
      },
      agreed('bob', 'use', 'pay'),
      '"ann" has it by the same group or can act in the same name',
    ],
    [
      'a denial makes void',
      {
        ...OFFICE,
        edges: [
          ...OFFICE.edges,
          makeEdge({ kind: 'GRANTS', from: 'bob', to: 'pay', source: 'main', actions: ['*'], effect: 'DENY' }),
        ],
      },
      agreed('bob', 'use', 'pay'),
      'denials or bounds leave nothing of it today',
    ],
    [
      'a group gives',
      {
        ...OFFICE,
        edges: [
          ...OFFICE.edges,
          makeEdge({ kind: 'MEMBER_OF', from: 'ann', to: 'desks', source: 'main' }),
          makeEdge({ kind: 'MEMBER_OF', from: 'eve', to: 'desks', source: 'main' }),
          grants('desks', 'pay', 'see'),
        ],
      },
      agreed('ann', 'see', 'pay'),
      '"eve" has it by the same group',
    ],
  ])('say so where they come to nothing: what %s', async (_, graph, exception, note) => {
    const plan = await made(graph, [exception]);
    expect(plan.exceptions![0]!.note).toContain(note);
    expect(plan.exceptions![0]!.used).toBe(false);
    expect(plan.proof.agreed).toMatchObject({ gainedCount: 0, lostCount: 0, used: [] });
    expect(exportPlan(plan, 'markdown')[0]!.text).toContain(note.slice(0, 20).replaceAll('"', '"'));
  });

  it('are refused where they name what is not there, with the line', async () => {
    const { plans } = await plansOn(OFFICE);
    const text = `version: 1
exceptions:
  - { identity: zoe, action: use, resource: pay, agreedBy: b, because: c }
  - { identity: desks, action: use, resource: bob, agreedBy: b, because: c }
`;
    const found = await refusalOf(() => plans.make({ ...QUICK, exceptions: readExceptions(text, 'a.yaml') }));
    expect(found.message).toBe(
      [
        'a.yaml:3:5: exceptions[0].identity: no node has the id "zoe"',
        'a.yaml:4:5: exceptions[1].identity: must be a user or a service account, "desks" is a Group; name its members one by one',
        'a.yaml:4:5: exceptions[1].resource: must be a resource, "bob" is a User',
      ].join('\n'),
    );
  });
});

const cases = fc.record({ seed: fc.nat(), choice: fc.nat() }).map((drawn) => ({
  ...drawn,
  [fc.toStringMethod]: () => `${JSON.stringify(drawn)}\n${linesOf(roleGraph(drawn.seed))}`,
}));

function someExceptions(graph: OracleGraph, next: () => number): readonly AgreedException[] {
  const pick = picker(next);
  const [people, things] = [identitiesOf(graph), resourcesOf(graph)];
  const found = new Map<string, AgreedException>();
  for (let i = Math.floor(next() * 8); i >= 0; i--) {
    const one = agreed(
      pick(people),
      pick(['*', '*', 'a', 'a*', 'b']),
      pick(things),
      pick(['LOSE', 'LOSE', 'GAIN', 'BOTH']),
    );
    found.set(JSON.stringify([one.identity, one.action, one.resource]), one);
  }
  return [...found.values()];
}

/** Nearly everybody may lose nearly everything, and some gain some. */
function mostExceptions(graph: OracleGraph, next: () => number): readonly AgreedException[] {
  return identitiesOf(graph).flatMap((identity) =>
    resourcesOf(graph)
      .filter(() => next() < 0.95)
      .map((resource) => agreed(identity, '*', resource, next() < 0.3 ? 'BOTH' : 'LOSE')),
  );
}

describe('plans with random exceptions', () => {
  it(
    'change nothing but what was agreed, after every step, and are taken back',
    async () => {
      let used = 0;
      await fc.assert(
        fc.asyncProperty(cases, async ({ seed, choice }) => {
          const graph = roleGraph(seed);
          const exceptions = someExceptions(graph, numbersFrom(choice));
          const { store, plans } = await plansOn(graph);
          const asked = { at: AT, iterations: 20, exceptions: listedExceptions(exceptions) };
          const found = await plans.make(asked).catch((error: GrantlensError) => error);
          if (found instanceof GrantlensError) {
            expect([found.code, found.message, exceptions]).toEqual([
              'NOTHING_TO_RESTRUCTURE',
              expect.anything(),
              exceptions,
            ]);
            return;
          }
          const { plan } = found;
          if (plan.proof.agreed!.used.length > 0) used += 1;
          const begun = await graphOf(store);
          let now = graph;
          for (const { changes } of plan.steps) {
            now = changed(now, changes);
            for (const at of [AT, 15, 25]) expect(strange(graph, now, at, exceptions)).toEqual([]);
          }
          const half = Math.ceil(plan.steps.length / 2);
          await plans.apply(plan, { until: half });
          expect((await plans.verify(plan)).because).toBeNull();
          await plans.undo(plan);
          expect(await graphOf(store)).toEqual(begun);
        }),
        runs(40),
      );
      expect(used).toBeGreaterThan(5);
    },
    LONG,
  );

  it(
    'are proved only where nothing else changes, whoever made the changes',
    async () => {
      let [held, refused] = [0, 0];
      await fc.assert(
        fc.asyncProperty(cases, async ({ seed, choice }) => {
          const graph = roleGraph(seed);
          const next = numbersFrom(choice);
          const pick = picker(next);
          const exceptions = next() < 0.5 ? someExceptions(graph, next) : mostExceptions(graph, next);
          const moving = graph.edges.filter(
            ({ kind, effect, from, to }) =>
              (kind === 'HAS_ROLE' || (kind === 'GRANTS' && effect !== 'DENY')) &&
              [from, to].every((id) => graph.nodes.some((each) => each.id === id)),
          );
          if (moving.length === 0) return;
          const going = new Set(Array.from({ length: 1 + Math.floor(next() * 2) }, () => pick(moving)));
          const changes = [...going].map(({ id, source }): Change => ({ op: 'REMOVE_EDGE', id, source }));
          if (next() < 0.4)
            changes.push({
              op: 'PUT_EDGE',
              edge: grants(pick(identitiesOf(graph)), pick(resourcesOf(graph)), pick(['a', 'b'])),
            });
          const ground = { ...(await groundOfGraph(graph)), at: AT };
          const limits = { exceptions, mostInstants: 50 };
          const proof = await prove(ground, [changes], limits, new Pace()).catch((error: GrantlensError) => error);
          if (proof instanceof GrantlensError) {
            expect(proof.code).toBe('PLAN_REFUSED');
            return;
          }
          const after = changed(graph, changes);
          const wrong = proof.instants.flatMap((at) => strange(graph, after, at, exceptions));
          const parts = partsOf(proof);
          // Each part finds what nobody agreed to, by itself.
          if (wrong.length > 0) expect(parts).toEqual({ engine: true, holdings: true, twin: true });
          if (faultOf(proof) === undefined) {
            expect(wrong).toEqual([]);
            if (changes.length > 0 && proof.twin.agreedCount !== undefined) held += 1;
          } else refused += 1;
        }),
        runs(200),
      );
      expect(held).toBeGreaterThan(3);
      expect(refused).toBeGreaterThan(20);
    },
    LONG,
  );
});

const partsOf = ({ engine, gained, lost, holdings, twin }: Proof) => ({
  engine: gained.length + lost.length > 0 || engine.some((one) => one.gained + one.lost + one.altered > 0),
  holdings: holdings.differenceCount > 0,
  twin: twin.differenceCount > 0,
});

describe('a file of agreed exceptions', () => {
  const BOTH = [agreed('ann', 'use', 'pay'), agreed('bob, jr', '*', 'mail', 'BOTH')];

  it('is YAML, or CSV with the same fields', () => {
    const yaml = `version: 1
exceptions:
  - { identity: ann, action: use, resource: pay, agreedBy: the board, because: not his work any more }
  - identity: bob, jr
    action: "*"
    resource: mail
    may: both
    agreedBy: the board
    because: not his work any more
`;
    const csv = `\uFEFFidentity,Action,resource,may,agreed_by,because\r
ann,use,pay,,the board,not his work any more\r
"bob, jr",*,mail,both,the board,not his work any more\r
`;
    for (const read of [readExceptions(yaml, 'a.yaml'), readExceptions(csv, 'a.CSV')])
      expect(read.entries.map(({ exception }) => exception)).toEqual(BOTH);
    expect(readExceptions('version: 1\nexceptions: []', 'a.yaml').entries).toEqual([]);
  });

  it.each([
    ['a.yaml', 'version: 1', 'a.yaml:1:1: exceptions: is missing'],
    [
      'a.yaml',
      'version: 1\nexceptions:\n  - { identity: ann, action: use, resource: pay, because: c }',
      'a.yaml:3:5: exceptions[0].agreedBy: is missing',
    ],
    [
      'a.yaml',
      'version: 1\nexceptions:\n  - { identity: a, action: b, resource: c, may: keep, agreedBy: b, because: c }',
      'a.yaml:3:49: exceptions[0].may: must be lose, gain or both, is "keep"',
    ],
    ['a.csv', 'identity,action,resource,why\nann,use,pay,x', 'a.csv:1: unknown column "why"'],
    ['a.csv', 'identity,action,resource,agreedBy,because\nann,use,pay,,x', 'a.csv:2: agreedBy: is missing'],
    [
      'a.csv',
      'identity,action,resource,agreedBy,because\nann,use,pay,x,y\nann,USE,pay,x,y',
      'a.csv:3: identity: the same is agreed further up already',
    ],
    ['a.csv', 'identity,action,resource,agreedBy,because\n"ann,use,pay,x,y', 'a.csv:2: is no CSV'],
  ])('says where it is wrong: %s %j', (file, text, message) => {
    expect(() => readExceptions(text, file)).toThrow(message);
  });

  it('is no longer than what is taken', () => {
    const many = Array.from({ length: 10_001 }, (_, i) => agreed(`u${i}`, 'use', 'pay'));
    expect(() => listedExceptions(many)).toThrow('at most 10000');
    expect(() => listedExceptions([{ ...agreed('a', 'b', 'c'), because: '' }])).toThrow('exceptions[0].because');
    expect(() => listedExceptions([null as never])).toThrow('exceptions[0].identity');
  });
});
