/** The question about hubs: what it answers, what it refuses, and that it is the same wherever and however it is asked. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Apart } from '../../engine/access/apart.ts';
import { askHubs, type HubsGround } from '../../engine/hubs/ask-hubs.ts';
import type { HubsAnswer, HubsQuestion } from '../../engine/hubs/questions.ts';
import { type Change, type EdgeDraft, makeEdge, type NodeKind, type NodeRecord } from '../../engine/model/index.ts';
import { roomForChanges } from '../../engine/snapshot/assemble.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { followed, touchedBy } from '../../engine/snapshot/follow.ts';
import { openEmbeddedStore } from '../../engine/store/embedded/index.ts';
import type { StoreReader } from '../../engine/store/port.ts';
import { ThreadPool } from '../../engine/threads/pool.ts';
import { ClonedApart } from '../support/cloned-apart.ts';
import { estateRecords } from '../support/estate-records.ts';
import { memoryReader } from '../support/memory-reader.ts';
import type { OracleGraph } from '../support/oracle/index.ts';
import { INSTANTS, randomGraph } from '../support/random-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary.ts';

announceSeed();
const folder = temporaryFolder();
const AT = Date.UTC(2026, 0, 1);

const node = (kind: NodeKind, id: string, more: Partial<NodeRecord> = {}): NodeRecord => ({
  kind,
  id,
  source: 'main',
  attributes: {},
  ...more,
});
const edge = (kind: EdgeDraft['kind'], from: string, to: string, more: Partial<EdgeDraft> = {}) =>
  makeEdge({ kind, from, to, source: 'main', ...(kind === 'GRANTS' ? { actions: ['read'] } : {}), ...more });

async function groundOf({ nodes, edges }: OracleGraph, apart?: Apart): Promise<HubsGround> {
  const reader = memoryReader(nodes, edges);
  return { snapshot: await compileSnapshot(reader, roomForChanges), reader, apart };
}
const ask = async (graph: OracleGraph, asked: HubsQuestion = {}): Promise<HubsAnswer> =>
  askHubs(await groundOf(graph), asked);

/** Ann and Bob are in a group that has the payroll role; Bob and the disabled Cyd have it by another way too. */
const PAYROLL: OracleGraph = {
  nodes: [
    node('User', 'ann'),
    node('User', 'bob'),
    node('User', 'cyd', { attributes: { enabled: false } }),
    node('Group', 'clerks'),
    node('Role', 'payroll'),
    node('Resource', 'ledger', { sensitivity: 0.8 }),
    node('Resource', 'salaries', { sensitivity: 0.5 }),
    node('Resource', 'menu'),
  ],
  edges: [
    edge('MEMBER_OF', 'ann', 'clerks'),
    edge('MEMBER_OF', 'bob', 'clerks'),
    edge('HAS_ROLE', 'clerks', 'payroll'),
    edge('HAS_ROLE', 'bob', 'payroll'),
    edge('HAS_ROLE', 'cyd', 'payroll'),
    edge('GRANTS', 'payroll', 'ledger'),
    edge('GRANTS', 'payroll', 'menu'),
    edge('CONTAINS', 'ledger', 'salaries'),
    edge('CONTROLS', 'clerks', 'menu', { technique: 'ownership' }),
  ],
};

describe('hubs of a small company', () => {
  it('are told with what goes through them and what hangs on them', async () => {
    const answer = await ask(PAYROLL);
    expect(answer).toMatchObject({
      pairs: 4,
      weight: 2.6,
      hubCount: 3,
      sensitivity: { known: true, resources: 2, minSensitivity: 0, rulesUsed: [] },
      version: 1,
    });
    const clerks = {
      id: 'clerks',
      kind: 'Group',
      identities: 2,
      resources: 2,
      exposure: 4,
      weightedExposure: 2.6,
      exclusivePairs: 2,
      weightedImpact: 1.3,
      redundancy: 0.5,
      blastRadius: 1.3,
      score: 1.3,
      rank: 2,
    };
    const payroll = {
      ...clerks,
      id: 'payroll',
      kind: 'Role',
      exclusivePairs: 4,
      weightedImpact: 2.6,
      redundancy: 0,
      score: 2.6,
      rank: 1,
    };
    // The ledger itself is a hub for what it contains.
    const ledger = {
      ...payroll,
      id: 'ledger',
      kind: 'Resource',
      resources: 1,
      exposure: 2,
      weightedExposure: 1,
      exclusivePairs: 2,
      weightedImpact: 1,
      blastRadius: 0.5,
      score: 1,
      rank: 3,
    };
    expect(answer.hubs).toEqual([payroll, clerks, ledger]);
    const edges = answer.edges.map(({ edge: { from, to }, exclusivePairs, weightedImpact, rank }) => [
      `${from} ${to}`,
      exclusivePairs,
      weightedImpact,
      rank,
    ]);
    expect(edges).toEqual([
      ['payroll ledger', 4, 2.6, 1],
      ['ann clerks', 2, 1.3, 2],
      ['clerks payroll', 2, 1.3, 3],
    ]);
    expect(answer.edgeCount).toBe(3);
  });

  it('are ranked by exposure, of the kinds asked for, no more than asked for', async () => {
    const answer = await ask(PAYROLL, { rankBy: 'EXPOSURE', kinds: ['Group', 'Resource'], first: 1 });
    expect(answer.hubs).toMatchObject([{ id: 'clerks', score: 2.6, rank: 1 }]);
    expect(answer.edges).toHaveLength(1);
    expect([answer.hubCount, answer.edgeCount]).toEqual([2, 3]);
  });

  it('count what is sensitive enough only, and what rules say', async () => {
    const rules = [{ name: 'no menus', resource: { id: 'menu' }, actions: ['write'], weight: 1 }];
    const answer = await ask(PAYROLL, { minSensitivity: 0.8, reach: 'ESCALATION', rules });
    // The menu counts for who controls it, not for who reads it.
    expect(answer.sensitivity).toMatchObject({ resources: 2, rulesUsed: [{ name: 'no menus', resources: 1 }] });
    expect(answer.hubs).toMatchObject([
      { id: 'clerks', exposure: 4, exclusivePairs: 3, weightedImpact: 2.8 },
      { id: 'payroll', exposure: 2, exclusivePairs: 2 },
    ]);
  });
});

const WITHOUT = PAYROLL.nodes.map(({ sensitivity: _, ...each }) => each);

describe('nothing to rank by', () => {
  it.each<readonly [string, OracleGraph]>([
    ['an empty graph', { nodes: [], edges: [] }],
    ['one node', { nodes: [node('User', 'u')], edges: [] }],
    ['a graph without sensitivities', { nodes: WITHOUT, edges: PAYROLL.edges }],
  ])('%s: the answer says that no sensitivity is known', async (_, graph) => {
    const { sensitivity, ...answer } = await ask(graph);
    expect(answer).toMatchObject({ hubs: [], edges: [], hubCount: 0, edgeCount: 0, pairs: 0, weight: 0 });
    expect(sensitivity).toMatchObject({ known: false, resources: 0 });
    expect(sensitivity.because).toMatch(/^no sensitivity is known/);
  });

  it('nothing is as sensitive as was asked for', async () => {
    const { hubs, sensitivity } = await ask(PAYROLL, { minSensitivity: 1 });
    expect(hubs).toEqual([]);
    expect(sensitivity).toMatchObject({ known: true, resources: 0 });
    expect(sensitivity.because).toBe('no resource has a sensitivity of 1 or more');
  });

  it('one sensitive resource that nobody reaches', async () => {
    const { hubs, edges, sensitivity } = await ask({ nodes: [node('Resource', 'r', { sensitivity: 1 })], edges: [] });
    expect([hubs, edges, sensitivity.resources]).toEqual([[], [], 1]);
    expect(sensitivity).not.toHaveProperty('because');
  });
});

describe('what is out of range is refused', () => {
  it.each<readonly [string, HubsQuestion]>([
    ['minSensitivity', { minSensitivity: -0.1 }],
    ['minSensitivity', { minSensitivity: 1.1 }],
    ['minSensitivity', { minSensitivity: Number.NaN }],
    ['first', { first: 0 }],
    ['first', { first: 1.5 }],
    ['first', { first: 1_001 }],
    ['rankBy', { rankBy: 'SIZE' as 'IMPACT' }],
    ['kinds', { kinds: ['Computer' as 'User'] }],
    ['reach', { reach: 'FAR' as 'ENTITLED' }],
    ['at', { at: Number.NaN }],
    ['deadline', { deadline: 0 }],
  ])('%s', async (argument, asked) => {
    await expect(ask(PAYROLL, asked)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID', facts: { argument } });
  });
});

describe('large and even graphs', () => {
  it(
    'a group with a hundred thousand members',
    async () => {
      const users = Array.from({ length: 100_000 }, (_, i) => node('User', `u${i}`));
      const { hubs, edges, edgeCount } = await ask({
        nodes: [...users, node('Group', 'all'), node('Resource', 'r', { sensitivity: 0.5 })],
        edges: [...users.map(({ id }) => edge('MEMBER_OF', id, 'all')), edge('GRANTS', 'all', 'r')],
      });
      expect(hubs).toMatchObject([{ id: 'all', identities: 100_000, exclusivePairs: 100_000, redundancy: 0 }]);
      expect(edges.slice(0, 2)).toMatchObject([
        { edge: { kind: 'GRANTS' }, exclusivePairs: 100_000, weightedImpact: 50_000 },
        { edge: { kind: 'MEMBER_OF', from: 'u0' }, exclusivePairs: 1, weightedImpact: 0.5 },
      ]);
      expect([edges.length, edgeCount]).toEqual([20, 100_001]);
    },
    LONG,
  );

  it('groups that all give the same to the same', async () => {
    const ids = (name: string): string[] => Array.from({ length: 40 }, (_, i) => `${name}${i}`);
    const { hubs, edges } = await ask(
      {
        nodes: [
          ...ids('u').map((id) => node('User', id)),
          ...ids('g').map((id) => node('Group', id)),
          ...ids('r').map((id) => node('Resource', id, { sensitivity: 1 })),
        ],
        edges: ids('g').flatMap((group) => [
          ...ids('u').map((user) => edge('MEMBER_OF', user, group)),
          ...ids('r').map((resource) => edge('GRANTS', group, resource)),
        ]),
      },
      { first: 100 },
    );
    expect(hubs.map(({ id }) => id)).toEqual(ids('g').sort());
    for (const hub of hubs) expect(hub).toMatchObject({ exposure: 1_600, exclusivePairs: 0, redundancy: 1 });
    expect(edges).toEqual([]);
  });

  it('a chain of ten thousand groups', async () => {
    const groups = Array.from({ length: 10_000 }, (_, i) => `g${i}`);
    const { hubs, pairs } = await ask({
      nodes: [node('User', 'u'), ...groups.map((id) => node('Group', id)), node('Resource', 'r', { sensitivity: 1 })],
      edges: [
        edge('MEMBER_OF', 'u', 'g0'),
        ...groups.slice(1).map((id, i) => edge('MEMBER_OF', groups[i]!, id)),
        edge('GRANTS', 'g9999', 'r'),
      ],
    });
    expect([pairs, hubs.length]).toEqual([1, 20]);
    for (const hub of hubs) expect(hub).toMatchObject({ exposure: 1, exclusivePairs: 1, blastRadius: 1 });
  });
});

describe('the same answer', () => {
  const estate = estateRecords(300);
  const pool = new ThreadPool({ threads: 1 });
  afterAll(() => pool.close());
  const asked = { at: AT, first: 50 };

  it(
    'whatever thread works it out',
    async () => {
      const here = await askHubs(await groundOf(estate), asked);
      expect(here.hubs).toHaveLength(50);
      expect(here.edges).toHaveLength(50);
      expect(await askHubs(await groundOf(estate, new ClonedApart()), asked)).toEqual(here);
      expect(await askHubs(await groundOf(estate, pool), asked)).toEqual(here);
    },
    LONG,
  );

  it(
    'in whatever order the graph is told, to the byte',
    async () => {
      const turned = { nodes: [...estate.nodes].reverse(), edges: [...estate.edges].reverse() };
      const [one, other] = [await ask(estate, asked), await ask(turned, asked)];
      expect(JSON.stringify(other)).toBe(JSON.stringify(one));
    },
    LONG,
  );

  it(
    'of a version that was followed and one that is compiled',
    async () => {
      const instants = fc.constantFrom(...INSTANTS);
      await fc.assert(
        fc.asyncProperty(randomGraph(), randomGraph(), instants, async (before, after, at) => {
          const store = await openEmbeddedStore({ folder: mkdtempSync(join(folder.path, 'store-')), mode: 'write' });
          await store.apply(loadOf(before, 'first'));
          const [old, snapshot] = [await store.read(), await compileSnapshot(await store.read(), roomForChanges)];
          await store.apply(loadOf(after, 'second'));
          const reader = await store.read();
          const touched = await touchedBy(store.batches(old.version), reader.version, Number.POSITIVE_INFINITY);
          const later = (await followed(snapshot, old, reader, touched!))!;
          const question = { at, reach: 'ESCALATION', first: 1_000, rules: RULES } as const;
          const told = await askHubs({ snapshot: later, reader, apart: new ClonedApart() }, question);
          const compiled = { snapshot: await compileSnapshot(reader), reader, apart: undefined };
          expect(JSON.stringify(told)).toBe(JSON.stringify(await askHubs(compiled, question)));
          for (const each of [old, reader] as StoreReader[]) await each.close();
          await store.close();
        }),
        runs(60),
      );
    },
    LONG,
  );
});

const RULES = [
  { name: 'r', resource: { id: 'r*' }, actions: ['a*'], weight: 0.9 },
  { name: 'all', resource: { id: '*' }, weight: 0.3 },
];

/** Everything that there is, of both sources. */
function loadOf({ nodes, edges }: OracleGraph, id: string) {
  const isThere = (end: string): boolean => nodes.some((each) => each.id === end);
  const changes: Change[] = [
    ...nodes.map((each): Change => ({ op: 'PUT_NODE', node: each })),
    ...edges
      .filter(({ from, to }) => isThere(from) && isThere(to))
      .map((each): Change => ({ op: 'PUT_EDGE', edge: each })),
  ];
  return { id, source: 'all', complete: ['main', 'alt'], changes };
}

describe('asking may end early', () => {
  it('when nobody waits any more', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(ask(estateRecords(50), { signal })).rejects.toThrow('enough');
  });

  it('when the time is up', async () => {
    await expect(ask(estateRecords(300), { deadline: 1e-9 })).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });
});
