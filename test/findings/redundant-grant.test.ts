/** Redundant edges: what is told, that any of it may go, and that nothing is left which the definition covers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type EdgeRecord,
  type Instant,
  makeEdge,
  type NodeKind,
  type NodeRecord,
  REACHES,
} from '../../engine/model/index.ts';
import { covers, foldCase } from '../../engine/snapshot/action-pattern.ts';
import { type FoundIn, findingsOf, proposedOf, type Records } from '../support/findings-of.ts';
import { middlingGraph } from '../support/middling-graph.ts';
import { decide } from '../support/oracle/index.ts';
import { crowdedGraph, INSTANTS, identitiesOf, randomGraph, resourcesOf } from '../support/random-graph.ts';
import { announceSeed, LONG, runs, SEED } from '../support/seed.ts';

announceSeed();

const KINDS = ['REDUNDANT_GRANT'] as const;
const LATEST = 1_000;
const laterThan = (at: Instant): readonly Instant[] => [at, ...INSTANTS.filter((then) => then > at), LATEST];

/** What is found, less the grants beside wider ones. */
async function exactIn(graph: Records, at: Instant): Promise<Pick<FoundIn, 'findings' | 'view'>> {
  const { findings, view } = await findingsOf(graph, { at, kinds: KINDS });
  return { findings: findings.filter(({ remedyEffect }) => remedyEffect === 'NOTHING_CHANGES'), view };
}

describe('grants beside a wider one', () => {
  it(
    'may all go without any decision changing, and the wider one that is shown stays',
    async () => {
      let all = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(randomGraph(), crowdedGraph(), grantsBeside()),
          fc.constantFrom(...INSTANTS),
          async (graph, at) => {
            const { findings } = await findingsOf(graph, { at, kinds: KINDS });
            const gone = new Set(findings.map(({ edges }) => edges[0]!.id));
            const left = { nodes: graph.nodes, edges: graph.edges.filter(({ id }) => !gone.has(id)) };
            for (const { edges, remedyEffect } of findings) {
              if (remedyEffect !== 'LISTS_SHRINK') continue;
              all++;
              const [narrow, wide] = edges as [EdgeRecord, EdgeRecord];
              expect([wide.from, wide.to]).toEqual([narrow.from, narrow.to]);
              expect(gone.has(wide.id)).toBe(false);
            }
            for (const identity of identitiesOf(graph))
              for (const resource of resourcesOf(graph))
                for (const action of ['a', 'ab', 'b', 'ba', 'c'])
                  for (const reach of REACHES)
                    for (const then of laterThan(at)) {
                      const asked = { identity, resource, action, reach, at: then };
                      expect(decide(left, asked)).toBe(decide(graph, asked));
                    }
          },
        ),
        runs(100),
      );
      expect(all).toBeGreaterThan(10);
    },
    LONG,
  );

  it('are told as such', async () => {
    const node = (kind: NodeKind, id: string): NodeRecord => ({ kind, id, source: 's', attributes: {} });
    const grant = (key: string, more: Partial<EdgeRecord>): EdgeRecord =>
      makeEdge({ kind: 'GRANTS', from: 'u', to: 'r', source: 's', key, actions: ['*'], ...more });
    const told = async (edges: readonly EdgeRecord[]) => {
      const graph = { nodes: [node('User', 'u'), node('Resource', 'r')], edges };
      return (await findingsOf(graph, { at: 0, kinds: KINDS })).findings;
    };
    const read = grant('1', { actions: ['read'] });
    const [finding, ...rest] = await told([read, grant('2', {})]);
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({ edges: [{ id: read.id }, {}], remedyEffect: 'LISTS_SHRINK', severity: 0.1 });
    expect(finding!.rationale).toContain('a wider one, of *');
    for (const wide of [
      { condition: 'vpn' },
      { exceptActions: ['read'] },
      { inherit: false as const },
      { validTo: 5 },
      { effect: 'DENY' as const },
    ])
      expect(await told([read, grant('2', wide)])).toEqual([]);
  });
});

/** Grants of few patterns between few nodes. */
const grantsBeside = () =>
  fc
    .array(
      fc.record({
        actions: fc.constantFrom(['a'], ['a*'], ['*'], ['a', 'b'], ['*b']),
        exceptActions: fc.constantFrom(undefined, undefined, ['ab'], ['b']),
        inherit: fc.constantFrom(undefined, undefined, false as const),
        condition: fc.constantFrom(undefined, undefined, 'c1'),
        validTo: fc.constantFrom(undefined, undefined, 20),
        from: fc.constantFrom('u', 'g'),
      }),
      { maxLength: 7 },
    )
    .map((some) => ({
      nodes: [
        { kind: 'User', id: 'u', source: 's', attributes: {} },
        { kind: 'Group', id: 'g', source: 's', attributes: {} },
        { kind: 'Resource', id: 'r', source: 's', attributes: {} },
      ] satisfies NodeRecord[],
      edges: [
        makeEdge({ kind: 'MEMBER_OF', from: 'u', to: 'g', source: 's' }),
        ...some.map(({ exceptActions, inherit, condition, validTo, ...one }, i) =>
          makeEdge({
            kind: 'GRANTS',
            to: 'r',
            source: 's',
            key: `${i}`,
            ...one,
            ...(exceptActions && { exceptActions }),
            ...(inherit === false && { inherit }),
            ...(condition && { condition }),
            ...(validTo && { validTo }),
          }),
        ),
      ],
    }));

describe('redundant edges', () => {
  it(
    'may go one by one, some of them or all together',
    async () => {
      let all = 0;
      const drawn = fc.tuple(fc.oneof(randomGraph(), crowdedGraph()), fc.constantFrom(...INSTANTS), fc.nat());
      await fc.assert(
        fc.asyncProperty(drawn, async ([graph, at, choice]) => {
          const { findings, view } = await exactIn(graph, at);
          all += findings.length;
          const some = findings.filter((_, i) => ((choice >> (i % 30)) & 1) === 1);
          for (const chosen of [findings, some, ...findings.map((one) => [one])]) {
            const changes = proposedOf(chosen.flatMap(({ remedy }) => remedy));
            if (changes.length === 0) continue;
            for (const reach of REACHES) {
              for (const then of laterThan(at)) {
                const { gainedCount, lostCount, alteredCount } = await view.whatIf({ changes, reach, at: then });
                expect([gainedCount, lostCount, alteredCount]).toEqual([0, 0, 0]);
              }
            }
          }
        }),
        runs(150),
      );
      expect(all).toBeGreaterThan(0);
    },
    LONG,
  );

  it(
    'may all go together in graphs of a few hundred nodes',
    async () => {
      for (let i = 0; i < runs(8).numRuns!; i++) {
        const { findings, view } = await exactIn(middlingGraph(SEED + i), 5);
        const changes = proposedOf(findings.flatMap(({ remedy }) => remedy));
        for (const reach of REACHES) {
          for (const then of laterThan(5)) {
            const { gainedCount, lostCount, alteredCount } = await view.whatIf({ changes, reach, at: then });
            expect([gainedCount, lostCount, alteredCount]).toEqual([0, 0, 0]);
          }
        }
      }
    },
    LONG,
  );

  it(
    'are all that there are, and what covers them is shown and stays',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.oneof(randomGraph(), crowdedGraph()), fc.constantFrom(...INSTANTS), async (graph, at) => {
          const { findings } = await exactIn(graph, at);
          const told = new Set(findings.map(({ edges }) => edges[0]!.id));
          const stay = { nodes: graph.nodes, edges: graph.edges.filter(({ id }) => !told.has(id)) };
          expect(stay.edges.filter((edge) => isCovered(stay, edge, at))).toEqual([]);
          for (const { edges } of findings) {
            for (const { id } of edges.slice(1)) expect(told.has(id)).toBe(false);
            // What is shown is enough to see it.
            expect(isCovered({ nodes: graph.nodes, edges: edges.slice(1) }, edges[0]!, at)).toBe(true);
          }
        }),
        runs(400),
      );
    },
    LONG,
  );
});

const KINDS_ASKED = new Set(['GRANTS', 'MEMBER_OF', 'HAS_ROLE', 'INHERITS', 'CAN_ASSUME']);
const BELONGING = new Set(['MEMBER_OF', 'HAS_ROLE', 'INHERITS']);

/** The definition, written down a second time over records: nothing is remembered and nothing is quick. */
function isCovered(graph: Records, edge: EdgeRecord, at: Instant): boolean {
  const ids = new Set(graph.nodes.map(({ id }) => id));
  if (!KINDS_ASKED.has(edge.kind) || edge.from === edge.to || !ids.has(edge.from) || !ids.has(edge.to)) return false;
  const [from, to] = [Math.max(at, edge.validFrom ?? -Infinity), edge.validTo ?? Infinity];
  if (to <= at) return false;
  const lasts = (one: EdgeRecord): boolean => (one.validFrom ?? -Infinity) <= from && (one.validTo ?? Infinity) >= to;
  const others = graph.edges.filter((one) => one.id !== edge.id && lasts(one) && ids.has(one.from) && ids.has(one.to));
  const asSure = others.filter((one) => one.condition === undefined || one.condition === edge.condition);
  const members = closure(edge.from, asSure, ({ kind }) => BELONGING.has(kind), 'from', 'to');
  if (BELONGING.has(edge.kind)) return members.has(edge.to);
  if (edge.kind === 'CAN_ASSUME')
    return asSure.some((one) => one.kind === 'CAN_ASSUME' && members.has(one.from) && one.to === edge.to);
  const containers = closure(edge.to, others, ({ kind }) => kind === 'CONTAINS', 'to', 'from');
  const grants = asSure.filter(
    (one) =>
      one.kind === 'GRANTS' &&
      one.effect === edge.effect &&
      members.has(one.from) &&
      containers.has(one.to) &&
      (one.inherit !== false || (edge.inherit === false && one.to === edge.to)),
  );
  const folded = (patterns: readonly string[] | undefined) => (patterns ?? []).map(foldCase);
  const own = folded(edge.exceptActions);
  const speaking = edge.actions!.filter((action) => !own.some((out) => covers(out, foldCase(action))));
  if (speaking.length === 0) return edge.effect === 'ALLOW';
  const sameExceptions = (one: EdgeRecord): boolean => `${one.exceptActions}` === `${edge.exceptActions}`;
  const sameActions = (one: EdgeRecord): boolean => `${one.actions}` === `${edge.actions}`;
  const gives = (one: EdgeRecord, action: string): boolean =>
    one.actions!.includes(action) &&
    sameExceptions(one) &&
    (edge.effect === 'ALLOW' ||
      sameActions(one) ||
      one.actions!.every((other) => other === action || !covers(foldCase(other), foldCase(action))));
  return speaking.every((action) => grants.some((one) => gives(one, action)));
}

function closure(
  start: string,
  edges: readonly EdgeRecord[],
  along: (edge: EdgeRecord) => boolean,
  near: 'from' | 'to',
  far: 'from' | 'to',
): ReadonlySet<string> {
  const met = new Set([start]);
  for (const node of met) for (const edge of edges) if (along(edge) && edge[near] === node) met.add(edge[far]);
  return met;
}

const node = (kind: NodeKind, id: string): NodeRecord => ({ kind, id, source: 's', attributes: {} });
const edge = (kind: EdgeRecord['kind'], from: string, to: string, rest: Partial<EdgeRecord> = {}): EdgeRecord =>
  makeEdge({
    kind,
    from,
    to,
    source: 's',
    ...(kind === 'GRANTS' ? { actions: ['read'], effect: 'ALLOW' } : {}),
    ...rest,
  });
const NODES = [
  node('User', 'u'),
  node('ServiceAccount', 'bot'),
  node('Group', 'g'),
  node('Group', 'h'),
  node('Role', 'r'),
  node('Role', 'q'),
  node('Resource', 'folder'),
  node('Resource', 'file'),
];

describe('an edge', () => {
  /** Ids of edges that are told, as `from to`. */
  const toldOf = async (...edges: EdgeRecord[]): Promise<readonly string[]> => {
    const { findings } = await findingsOf({ nodes: NODES, edges }, { at: 15, kinds: KINDS });
    return findings.map((one) => `${one.edges[0]!.source}:${one.edges[0]!.from} ${one.edges[0]!.to}`);
  };
  const inGroup = edge('MEMBER_OF', 'u', 'g');
  const contains = edge('CONTAINS', 'folder', 'file');

  it('is covered by the grant of a group on what contains its resource', async () => {
    const direct = edge('GRANTS', 'u', 'file');
    expect(await toldOf(inGroup, contains, direct, edge('GRANTS', 'g', 'folder'))).toEqual(['s:u file']);
  });

  it.each([
    ['for a time only', { validTo: 30 }, {}],
    ['later only', { validFrom: 16 }, {}],
    ['under a condition', { condition: 'mfa' }, {}],
    ['under another condition', { condition: 'mfa' }, { condition: 'office' }],
    ['for less', { actions: ['*'], exceptActions: ['write'] }, { actions: ['*'] }],
    ['with fewer exceptions, which lists would tell', { actions: ['*'] }, { actions: ['*'], exceptActions: ['write'] }],
    ['as the opposite', { effect: 'DENY' as const }, {}],
    ['for what contains it alone', { inherit: false as const }, {}],
  ])('is not covered %s', async (_, wide, narrow) => {
    const direct = edge('GRANTS', 'u', 'file', narrow);
    expect(await toldOf(inGroup, contains, direct, edge('GRANTS', 'g', 'folder', wide))).toEqual([]);
  });

  it.each([
    ['ends first', { validTo: 30 }, { validTo: 20 }],
    ['has the very same condition', { condition: 'mfa' }, { condition: 'mfa' }],
    ['has a condition of its own', {}, { condition: 'mfa' }],
    [
      'has the same exceptions',
      { actions: ['*', 'read', 'write'], exceptActions: ['write', 'x*'] },
      { actions: ['*'], exceptActions: ['write', 'x*'] },
    ],
    ['is a denial as the other is', { effect: 'DENY' as const }, { effect: 'DENY' as const }],
    ['stops at its resource', {}, { inherit: false as const }],
  ])('is covered where it %s', async (_, wide, narrow) => {
    const direct = edge('GRANTS', 'u', 'file', narrow);
    expect(await toldOf(inGroup, contains, direct, edge('GRANTS', 'g', 'folder', wide))).toEqual(['s:u file']);
  });

  it('that denies is covered together only where lists would not change', async () => {
    const denial = (from: string, ...actions: string[]): EdgeRecord =>
      edge('GRANTS', from, 'file', { actions: actions.sort(), effect: 'DENY' });
    const [own, wide, other] = [denial('u', 'A', 'b'), denial('g', 'B*', 'b'), denial('h', 'A')];
    expect(await toldOf(inGroup, edge('MEMBER_OF', 'g', 'h'), own, wide, other)).toEqual([]);
    expect(await toldOf(inGroup, edge('MEMBER_OF', 'g', 'h'), own, denial('g', 'b'), other)).toEqual(['s:u file']);
  });

  it('of which two sources tell stays once', async () => {
    const one = edge('GRANTS', 'u', 'file');
    const told = await toldOf(one, edge('GRANTS', 'u', 'file', { source: 't' }));
    expect(told).toHaveLength(1);
  });

  it('stays where a group has it and a member does too: that of the member goes', async () => {
    expect(await toldOf(inGroup, edge('GRANTS', 'u', 'file'), edge('GRANTS', 'g', 'file'))).toEqual(['s:u file']);
  });

  it('is covered by several that give its actions together', async () => {
    const direct = edge('GRANTS', 'u', 'file', { actions: ['read', 'write'] });
    const [reads, writes] = [edge('GRANTS', 'g', 'file'), edge('GRANTS', 'h', 'file', { actions: ['write'] })];
    expect(await toldOf(inGroup, edge('MEMBER_OF', 'g', 'h'), direct, reads, writes)).toEqual(['s:u file']);
  });

  it('to a group that another group belongs to is covered by the other way', async () => {
    expect(await toldOf(inGroup, edge('MEMBER_OF', 'g', 'h'), edge('MEMBER_OF', 'u', 'h'))).toEqual(['s:u h']);
  });

  it('is not covered by what is given to whom the principal can act as', async () => {
    const assumes = edge('CAN_ASSUME', 'u', 'r');
    expect(await toldOf(assumes, edge('GRANTS', 'u', 'file'), edge('GRANTS', 'r', 'file'))).toEqual([]);
  });

  it('is not covered by a take-over, which is no grant', async () => {
    expect(await toldOf(edge('CONTROLS', 'u', 'file'), edge('GRANTS', 'u', 'file'))).toEqual([]);
    expect(await toldOf(inGroup, edge('CONTROLS', 'g', 'r'), edge('CAN_ASSUME', 'u', 'r'))).toEqual([]);
  });

  it('by which a role is assumed is covered by that of a group', async () => {
    expect(await toldOf(inGroup, edge('CAN_ASSUME', 'g', 'r'), edge('CAN_ASSUME', 'u', 'r'))).toEqual(['s:u r']);
  });
});
