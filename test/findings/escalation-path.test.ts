/** Ways to what is sensitive against an obvious search, on random graphs and in a generated company. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escalationPath } from '../../engine/findings/rules/escalation-path.ts';
import { plantedProblems } from '../../engine/generate/index.ts';
import { type EdgeKind, type Entity, type Instant, makeEdge, REACHES } from '../../engine/model/index.ts';
import { readSensitivity } from '../../engine/sensitivity/read-sensitivity.ts';
import type { SensitivityRule } from '../../engine/sensitivity/rule.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import { estateRecords } from '../support/estate-records.ts';
import { findingsOf } from '../support/findings-of.ts';
import { memoryReader } from '../support/memory-reader.ts';
import { middlingGraph } from '../support/middling-graph.ts';
import { obviousWeight } from '../support/obvious-sensitivity.ts';
import { contextsOf, decisionOfContext, membersOf, opened } from '../support/oracle/decide.ts';
import {
  actionsToldApart,
  decide,
  isAllowing,
  type OracleGraph,
  patternsOf,
  stronger,
  worldAt,
} from '../support/oracle/index.ts';
import {
  crowdedGraph,
  INSTANTS,
  identitiesOf,
  linesOf,
  PATTERNS,
  randomGraph,
  resourcesOf,
  returningGraph,
} from '../support/random-graph.ts';
import { announceSeed, LONG, runs, SEED } from '../support/seed.ts';

announceSeed();

const rule: fc.Arbitrary<SensitivityRule> = fc
  .record({
    id: fc.constantFrom('*', 'r*', 'r', 'R', 'r2'),
    actions: fc.option(fc.array(fc.constantFrom(...PATTERNS), { minLength: 1, maxLength: 2 }), { nil: undefined }),
    weight: fc.constantFrom(0, 0.3, 0.6, 1),
  })
  .map(({ id, actions, weight }) => ({
    name: 'rule',
    resource: { id },
    weight,
    ...(actions === undefined ? {} : { actions }),
  }));

interface Case {
  readonly graph: OracleGraph;
  readonly rules: readonly SensitivityRule[];
  readonly at: Instant;
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    graph: fc.oneof(randomGraph(), crowdedGraph(), returningGraph()),
    rules: fc.array(rule, { minLength: 1, maxLength: 3 }),
    at: fc.constantFrom(...INSTANTS),
    takeOvers: fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 3 }),
  })
  .map(({ graph, takeOvers, ...rest }) => {
    const principals = graph.nodes.filter(({ kind }) => kind !== 'Resource');
    const more =
      principals.length === 0
        ? []
        : takeOvers.map(([from, to], i) =>
            makeEdge({
              kind: 'CONTROLS',
              from: principals[from % principals.length]!.id,
              to: graph.nodes[to % graph.nodes.length]!.id,
              source: 'main',
              key: `more${i}`,
            }),
          );
    const whole = { nodes: graph.nodes, edges: [...graph.edges, ...more] };
    const shown = () => `${JSON.stringify(rest)}\n${linesOf(whole)}\n`;
    return { graph: whole, ...rest, [fc.toStringMethod]: shown };
  });

/** What a step opens, for every identity, resource and action: the greatest weight, and who gets each. */
function openedByBruteForce(
  { graph, rules, at }: Case,
  entities: readonly Entity[],
  step: OracleGraph['edges'][number],
) {
  const world = worldAt(graph, at);
  const actions = actionsToldApart([...patternsOf(graph), ...rules.flatMap(({ actions: of }) => of ?? [])]);
  const isResource = resourcesOf(graph).includes(step.to);
  const all: { weight: number; resource: string; action: string; identities: number }[] = [];
  for (const resource of resourcesOf(graph)) {
    const entity = entities.find(({ id }) => id === resource)!;
    for (const action of actions) {
      const weight = obviousWeight(rules, entity, action);
      if (weight === 0) continue;
      const gaining = identitiesOf(graph).filter((identity) => {
        const asked = { identity, action, resource };
        if (isAllowing(decide(graph, { ...asked, at, reach: 'ASSUMABLE' }))) return false;
        const byDesign = opened(world, { ...asked, reach: 'ASSUMABLE' });
        const escalated = opened(world, { ...asked, reach: 'ESCALATION' });
        for (const context of byDesign.contexts.keys()) {
          if (!membersOf(world, context).has(step.from)) continue;
          if (!isResource)
            return [...contextsOf(world, step.to, 'ESCALATION').keys()].some((taken) =>
              isAllowing(decisionOfContext(escalated.matter, taken, true)),
            );
          const isWithin = upOf(graph, resource, at).has(step.to);
          if (isWithin && isAllowing(decisionOfContext(escalated.matter, context, true))) return true;
        }
        return false;
      });
      if (gaining.length > 0) all.push({ weight, resource, action, identities: gaining.length });
    }
  }
  const greatest = Math.max(0, ...all.map(({ weight }) => weight));
  return { greatest, all: all.filter(({ weight }) => weight === greatest) };
}

function upOf(graph: OracleGraph, resource: string, at: Instant): Set<string> {
  const up = new Set([resource]);
  for (const node of up)
    for (const { kind, from, to, validFrom = -Infinity, validTo = Infinity } of graph.edges)
      if (kind === 'CONTAINS' && to === node && validFrom <= at && at < validTo) up.add(from);
  return up;
}

async function foundIn({ graph, rules, at }: Case) {
  const reader = memoryReader(graph.nodes, graph.edges);
  const snapshot = await compileSnapshot(reader);
  const sensitivity = await readSensitivity(snapshot, reader, rules, new Pace());
  const found = await escalationPath.find(
    { snapshot, at, facts: { vendors: new Uint8Array(snapshot.nodeSpace) }, sensitivity },
    new Pace(),
    () => {},
  );
  const record = async (edge: number) => (await reader.edges([snapshot.edgeRef[edge]!]))[0]!;
  const entities = (await reader.entities([...snapshot.nodeRef.subarray(0, snapshot.nodeSpace)])) as Entity[];
  const steps = new Map<string, { values: Record<string, unknown>; resource: string; chain: OracleGraph['edges'] }>();
  for (const { values, edges } of found) {
    const chain = await Promise.all(edges.map(record));
    steps.set(chain[0]!.id, { values, chain, resource: snapshot.ids.at(values['resourceNode'] as number) });
  }
  return { steps, entities };
}

describe('ESCALATION_PATH', () => {
  it(
    'finds each first step that opens something sensitive, with the greatest weight, who gets it and a chain that holds together',
    async () => {
      let [found, nothing] = [0, 0];
      await fc.assert(
        fc.asyncProperty(cases, async (each) => {
          const { graph, at } = each;
          const { steps, entities } = await foundIn(each);
          const there = new Set(graph.nodes.map(({ id }) => id));
          for (const step of graph.edges) {
            const { validFrom = -Infinity, validTo = Infinity } = step;
            if (step.kind !== 'CONTROLS' || !there.has(step.from) || !there.has(step.to)) continue;
            if (at < validFrom || at >= validTo) {
              expect(steps.has(step.id)).toBe(false);
              continue;
            }
            const { greatest, all } = openedByBruteForce(each, entities, step);
            const told = steps.get(step.id);
            expect([step.id, told?.values['weight'] ?? 0]).toEqual([step.id, greatest]);
            if (told === undefined) {
              nothing++;
              continue;
            }
            found++;
            const same = all.filter(({ resource }) => resource === told.resource);
            expect(same.map(({ identities }) => identities)).toContain(told.values['identities']);
            expect(told.chain[0]!.id).toBe(step.id);
            expect(told.chain.at(-1)!.to).toBe(told.resource);
            for (let i = 1; i < told.chain.length; i++) expect(told.chain[i]!.from).toBe(told.chain[i - 1]!.to);
          }
        }),
        runs(300),
      );
      process.stderr.write(`${found} ways, ${nothing} take-overs that open nothing\n`);
      expect(found).toBeGreaterThan(30);
    },
    LONG,
  );

  it(
    'removing a step gives nobody anything, in any reach, now and later',
    async () => {
      let tried = 0;
      for (let i = 0; i < runs(6).numRuns!; i++) {
        const sensitivity = [{ name: 'all', resource: { id: '*' }, weight: 0.5 }];
        const [graph, at] = [middlingGraph(SEED + i), INSTANTS[0]!];
        const { findings, view } = await findingsOf(graph, { at, kinds: ['ESCALATION_PATH'], sensitivity });
        for (const { remedy, severity } of findings) {
          tried++;
          expect(severity).toBeGreaterThanOrEqual(0.5 * 0.7 * 0.75);
          expect(severity).toBeLessThanOrEqual(0.5);
          const [change] = remedy as readonly { op: 'REMOVE_EDGE'; id: string }[];
          const changes = [{ op: change!.op, id: change!.id }];
          for (const reach of REACHES)
            for (const then of [at, 20, 1_000]) {
              const left = { nodes: graph.nodes, edges: graph.edges.filter(({ id }) => id !== change!.id) };
              const delta = await view.whatIf({ changes, reach, at: then });
              for (const { identity, resource, actions } of delta.gained) {
                const action = actions[0]!.replaceAll('*', '');
                const asked = { identity: identity!, resource: resource!, action, reach, at: then };
                expect(stronger(decide(graph, asked), decide(left, asked))).toBe(decide(graph, asked));
              }
            }
        }
      }
      process.stderr.write(`${tried} remedies tried\n`);
      expect(tried).toBeGreaterThan(10);
    },
    LONG,
  );

  it(
    'finds all that are planted',
    async () => {
      const [users, seed] = [2_000, 4];
      const sensitivity = [
        { name: 'production hosts', resource: { type: 'host', attributes: { stage: 'production' } }, weight: 0.8 },
      ];
      const { findings, notes } = await findingsOf(estateRecords(users, seed), {
        at: Date.UTC(2026, 0, 1),
        kinds: ['ESCALATION_PATH'],
        sensitivity,
      });
      const planted = [...plantedProblems({ users, seed })].filter(({ kind }) => kind === 'ESCALATION_PATH');
      expect(planted.length).toBe(2);
      expect(notes).toEqual([]);
      for (const { ids } of planted) {
        const found = findings.find(({ entities }) => entities[0] === ids[0] && entities[1] === ids[1])!;
        expect(found.edges.slice(0, 3).map(({ kind, to }) => [kind, to])).toEqual([
          ['CONTROLS', ids[1]],
          ['CAN_ASSUME', ids[2]],
          ['GRANTS', ids[3]],
        ]);
        expect(found.severity).toBeGreaterThanOrEqual(0.8 * 0.7 * 0.75);
      }
    },
    LONG,
  );

  it('tells the whole chain', async () => {
    const node = (kind: 'User' | 'Group' | 'Role' | 'Resource', id: string, sensitivity?: number) => ({
      ...{ kind, id, source: 's', attributes: {} },
      ...(sensitivity === undefined ? {} : { sensitivity }),
    });
    const graph = {
      nodes: [
        ...[node('User', 'u'), node('User', 'v'), node('Group', 'g'), node('Group', 'h')],
        ...[node('Role', 'ro'), node('Resource', 'r'), node('Resource', 'r/db', 0.9)],
      ],
      edges: [
        makeEdge({ kind: 'MEMBER_OF', from: 'u', to: 'g', source: 's' }),
        makeEdge({ kind: 'MEMBER_OF', from: 'v', to: 'g', source: 's' }),
        makeEdge({ kind: 'HAS_ROLE', from: 'v', to: 'ro', source: 's' }),
        makeEdge({ kind: 'CONTROLS', from: 'g', to: 'h', source: 's', technique: 'edit-membership' }),
        makeEdge({ kind: 'HAS_ROLE', from: 'h', to: 'ro', source: 's' }),
        makeEdge({ kind: 'GRANTS', from: 'ro', to: 'r', source: 's', actions: ['read', 'dump'] }),
        makeEdge({ kind: 'CONTAINS', from: 'r', to: 'r/db', source: 's' }),
      ],
    };
    const { findings } = await findingsOf(graph, { at: 0, kinds: ['ESCALATION_PATH'], sensitivity: [] });
    expect(findings.map(({ title, rationale, entities, severity }) => [title, rationale, entities, severity])).toEqual([
      [
        'g can take over h and so come to r/db',
        'g can take over h (edit-membership). That leads to dump on r/db, of weight 0.9: g CONTROLS h, h HAS_ROLE ro, ' +
          'ro GRANTS r, r CONTAINS r/db. One identity can begin so and does not have it by design.',
        ['g', 'h', 'r/db'],
        0.9 * 0.7,
      ],
    ]);
  });

  it('counts less what opens under a condition only', async () => {
    const node = (kind: 'User' | 'Resource', id: string) =>
      ({ kind, id, source: 's', attributes: {}, ...(kind === 'Resource' ? { sensitivity: 1 } : {}) }) as const;
    const ways = [
      { id: 'sure', step: undefined, grant: undefined },
      { id: 'later', step: 'on call', grant: undefined },
      { id: 'here', step: undefined, grant: 'from the office' },
    ];
    const { findings } = await findingsOf(
      {
        nodes: [node('Resource', 'r'), ...ways.flatMap(({ id }) => [node('User', id), node('User', `${id}/boss`)])],
        edges: ways.flatMap(({ id, step, grant }) => {
          const [boss, source] = [`${id}/boss`, 's'];
          return [
            makeEdge({ kind: 'CONTROLS', from: id, to: boss, source, ...(step && { condition: step }) }),
            makeEdge({
              kind: 'GRANTS',
              from: boss,
              to: 'r',
              source,
              actions: ['*'],
              ...(grant && { condition: grant }),
            }),
          ];
        }),
      },
      { at: 0, kinds: ['ESCALATION_PATH'], sensitivity: [] },
    );
    const told = findings.map(({ entities, severity, rationale }) => [
      entities[0],
      severity,
      rationale.includes('leads, under a condition, to'),
    ]);
    expect(told.sort()).toEqual([
      ['here', 0.7 * 0.75, true],
      ['later', 0.7 * 0.75, true],
      ['sure', 0.7, false],
    ]);
  });

  it('says that no sensitivity is known', async () => {
    const expected = ['No sensitivity of anything is known, so no way can be said to lead to what is sensitive.'];
    for (const sensitivity of [undefined, []]) {
      const options = { at: 0, kinds: ['ESCALATION_PATH'] as const, ...(sensitivity && { sensitivity }) };
      const { findings, notes } = await findingsOf({ nodes: [], edges: [] }, options);
      expect([findings, notes]).toEqual([[], expected]);
    }
  });

  it(
    'sees at once that administrators gain nothing, and tells who gains how much among many roles',
    async () => {
      const [roles, services] = [300, 120];
      const numbers = Array.from({ length: roles }, (_, i) => i);
      const actionsOfService = (i: number) => [`s${i}:Get*`, `s${i}:Put*`, `s${i}:*Object`];
      const resource = (id: string, sensitivity: number) =>
        ({ kind: 'Resource', id, source: 's', attributes: {}, sensitivity }) as const;
      const principal = (kind: 'User' | 'ServiceAccount' | 'Role' | 'Group', id: string) =>
        ({ kind, id, source: 's', attributes: {} }) as const;
      const edge = (kind: EdgeKind, from: string, to: string, more: object = {}) =>
        makeEdge({ kind, from, to, source: 's', key: JSON.stringify(more), ...more });
      const grant = (from: string, to: string, actions: readonly string[], more: object = {}) =>
        edge('GRANTS', from, to, { actions, ...more });
      const takers = ['admin', 'all-but-iam', 'piecewise', 'denied', 'bounded', 'nobody', 'admins'];
      const others = Array.from({ length: 40 }, (_, i) => `admin/${i}`);
      const graph = {
        nodes: [
          ...takers.slice(0, -1).map((id) => principal('User', id)),
          ...[principal('Group', 'admins'), principal('User', 'admin/denied')],
          ...others.map((id) => principal('User', id)),
          ...[principal('Role', 'AdministratorAccess'), principal('Role', 'boundary')],
          ...numbers.map((i) => principal('ServiceAccount', `role/${i}`)),
          resource('*', 0.9),
          ...numbers.map((i) => resource(`r/${i}`, i % 10 === 0 ? 0.8 : 0.5)),
        ],
        edges: [
          grant('AdministratorAccess', '*', ['*']),
          ...['admin', 'denied', 'bounded', 'admins'].map((id) => edge('HAS_ROLE', id, 'AdministratorAccess')),
          ...[...others, 'admin/denied'].map((id) => edge('MEMBER_OF', id, 'admins')),
          grant('all-but-iam', '*', ['*'], { exceptActions: ['iam:*'] }),
          // All that the roles below can do on resources, in as many grants as these have.
          ...numbers.map((i) => grant('piecewise', `r/${i}`, actionsOfService(i % services))),
          ...['denied', 'admin/denied'].map((id) => grant(id, 'r/7', ['s7:Get*'], { effect: 'DENY' })),
          edge('BOUNDED_BY', 'bounded', 'boundary'),
          ...numbers.slice(1).map((i) => grant('boundary', `r/${i}`, ['*'])),
          ...numbers.map((i) => edge('CONTAINS', '*', `r/${i}`)),
          ...numbers.map((i) => grant(`role/${i}`, `r/${i}`, actionsOfService(i % services))),
          grant('role/299', '*', ['iam:CreateUser']),
          ...takers.flatMap((id) => numbers.map((i) => edge('CONTROLS', id, `role/${i}`))),
        ],
      };
      const { findings } = await findingsOf(graph, { at: 0, kinds: ['ESCALATION_PATH'], sensitivity: [] });
      const found = (taker: string) =>
        findings.flatMap(({ edges: [step], severity }) => (step!.from === taker ? [[step!.to, severity]] : []));
      const severityOf = (weight: number) => expect.closeTo(weight * 0.7, 12);
      expect(found('admin')).toEqual([]);
      // Whoever may do all but iam:* gains by the one role that may create users.
      expect(found('all-but-iam')).toEqual([['role/299', severityOf(0.9)]]);
      // One grant for each of the role's own: nothing but that role again.
      expect(found('piecewise')).toEqual([['role/299', severityOf(0.9)]]);
      // The one thing that is denied is had through the role that may do it.
      expect(found('denied')).toEqual([['role/7', severityOf(0.5)]]);
      // Outside the boundary lie the resource 0 and everything.
      expect(new Map(found('bounded') as [string, unknown][])).toEqual(
        new Map([
          ['role/299', severityOf(0.9)],
          ['role/0', severityOf(0.8)],
        ]),
      );
      // Of the 41 administrators in the group one is denied something.
      expect(found('admins')).toEqual([['role/7', severityOf(0.5)]]);
      expect(findings.find(({ entities }) => entities[0] === 'admins')!.rationale).toContain(
        'One identity can begin so',
      );
      // Who has nothing gains by each role what that has.
      expect(found('nobody').length).toBe(roles);
      expect(found('nobody').filter(([, severity]) => severityOf(0.8).asymmetricMatch(severity)).length).toBe(30);
    },
    LONG,
  );

  it(
    'takes a group of 100,000 that can take over',
    async () => {
      const people = Array.from({ length: 100_000 }, (_, i) => `u${i}`);
      const node = (kind: 'User' | 'Group' | 'Resource', id: string) =>
        ({ kind, id, source: 's', attributes: {}, ...(kind === 'Resource' ? { sensitivity: 1 } : {}) }) as const;
      const { findings } = await findingsOf(
        {
          nodes: [
            ...people.map((id) => node('User', id)),
            node('Group', 'g'),
            node('User', 'boss'),
            node('Resource', 'r'),
          ],
          edges: [
            ...people.map((id) => makeEdge({ kind: 'MEMBER_OF', from: id, to: 'g', source: 's' })),
            makeEdge({ kind: 'CONTROLS', from: 'g', to: 'boss', source: 's' }),
            makeEdge({ kind: 'GRANTS', from: 'boss', to: 'r', source: 's', actions: ['*'] }),
          ],
        },
        { at: 0, kinds: ['ESCALATION_PATH'], sensitivity: [] },
      );
      expect(findings.map(({ severity }) => severity)).toEqual([1]);
      expect(findings[0]!.rationale).toContain('100000 identities can begin so');
    },
    LONG,
  );
});
