/** Stale access against a second, obvious reading of the same definition, on random graphs and in a generated company. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeFrame } from '../../engine/access/frame.ts';
import { workspaceOf } from '../../engine/access/workspace.ts';
import { PossibleCarriers } from '../../engine/findings/stale/possible-carriers.ts';
import { SoleCarriers } from '../../engine/findings/stale/sole-carriers.ts';
import { plantedProblems } from '../../engine/generate/index.ts';
import { type EdgeKind, type EdgeRecord, makeEdge, REACHES, type UseRecord } from '../../engine/model/index.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { estateRecords } from '../support/estate-records.ts';
import { findingsOf, proposedOf, type Records } from '../support/findings-of.ts';
import { memoryReader } from '../support/memory-reader.ts';
import { decide, isAllowing, type OracleGraph, stronger } from '../support/oracle/index.ts';
import {
  crowdedGraph,
  INSTANTS,
  identitiesOf,
  randomGraph,
  resourcesOf,
  returningGraph,
} from '../support/random-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';

announceSeed();

const DAY = 86_400_000;
const ACTIONS = ['a', 'ab', 'b', 'ba', 'c'];
const CARRYING: readonly EdgeKind[] = ['MEMBER_OF', 'HAS_ROLE', 'INHERITS', 'GRANTS', 'CAN_ASSUME', 'CONTROLS'];
const STALE: readonly EdgeKind[] = ['GRANTS', 'MEMBER_OF', 'HAS_ROLE', 'CAN_ASSUME'];
const graphs = fc.oneof(randomGraph(), crowdedGraph(), returningGraph());

const without = (graph: OracleGraph, id: string): OracleGraph => ({
  nodes: graph.nodes,
  edges: graph.edges.filter((edge) => edge.id !== id),
});

/** Edges whose absence ends an access that there is. */
function carriersByBruteForce(graph: OracleGraph, asked: Parameters<typeof decide>[1]): string[] {
  if (!isAllowing(decide(graph, asked))) return [];
  return graph.edges
    .filter(({ id, kind }) => CARRYING.includes(kind) && !isAllowing(decide(without(graph, id), asked)))
    .map(({ id }) => id);
}

describe('edges that an access cannot do without', () => {
  it(
    'are those whose absence ends it, with denials, bounds, conditions and times',
    async () => {
      let carried = 0;
      await fc.assert(
        fc.asyncProperty(
          graphs,
          fc.constantFrom(...INSTANTS),
          fc.constantFrom(...REACHES),
          async (graph, at, reach) => {
            const reader = memoryReader(graph.nodes, graph.edges);
            const snapshot = await compileSnapshot(reader);
            const frame = makeFrame(snapshot, reach, at);
            const work = workspaceOf(snapshot);
            for (const identity of identitiesOf(graph)) {
              const carriers = new SoleCarriers(frame, work, snapshot.index.find(identity));
              for (const resource of resourcesOf(graph)) {
                for (const action of ACTIONS) {
                  const edges = carriers.of(snapshot.terms.matcher(action), snapshot.index.find(resource));
                  const records = await reader.edges([...edges].map((edge) => snapshot.edgeRef[edge]!));
                  const expected = carriersByBruteForce(graph, { identity, action, resource, at, reach });
                  expect(records.map((record) => record!.id).sort()).toEqual(expected.sort());
                  carried += expected.length;
                }
              }
            }
          },
        ),
        runs(60),
      );
      expect(carried).toBeGreaterThan(100);
    },
    LONG,
  );
});

const use = fc.record({
  identity: fc.nat(),
  resource: fc.nat(),
  action: fc.constantFrom(...ACTIONS),
  daysAgo: fc.constantFrom(0, 5, 9, 11, 19, 21, 300),
});
const told = fc.constantFrom(undefined, undefined, 0, 5, 11, 300);

/** A graph with times of use on some edges and facts of use beside it; `at` is 15. */
const used: fc.Arbitrary<Records & OracleGraph> = fc
  .record({
    graph: graphs,
    uses: fc.array(use, { maxLength: 6 }),
    told: fc.array(told, { minLength: 8, maxLength: 8 }),
  })
  .map(({ graph, uses, told: ages }) => {
    const [identities, resources] = [identitiesOf(graph), resourcesOf(graph)];
    const ids = new Set(graph.nodes.map(({ id }) => id));
    const whole = graph.edges.filter(({ from, to }) => ids.has(from) && ids.has(to));
    const edges = whole.map(({ id: _, ...edge }, i) => {
      const age = ages[i % ages.length];
      return makeEdge({ ...edge, ...(age === undefined ? {} : { lastUsedAt: 15 - age * DAY, useCount: 2 }) });
    });
    const facts =
      identities.length === 0 || resources.length === 0
        ? []
        : uses.map(
            (each): UseRecord => ({
              identity: identities[each.identity % identities.length]!,
              resource: resources[each.resource % resources.length]!,
              action: each.action,
              source: 'log',
              lastUsedAt: 15 - each.daysAgo * DAY,
              useCount: 1,
            }),
          );
    return { nodes: graph.nodes, edges, uses: facts };
  });

const DAYS = 10;
const AT = 15;

/** When an edge was last used, from what it says and from the uses that end without it. */
function lastUse(graph: Records & OracleGraph, edge: EdgeRecord): number {
  const carried = graph.uses!.filter(({ identity, action, resource }) =>
    carriersByBruteForce(graph, { identity, action, resource, at: AT, reach: 'ASSUMABLE' }).includes(edge.id),
  );
  return Math.max(edge.lastUsedAt ?? -Infinity, ...carried.map(({ lastUsedAt }) => lastUsedAt));
}

const isThen = ({ validFrom = -Infinity, validTo = Infinity }: EdgeRecord): boolean => validFrom <= AT && AT < validTo;

/** Everything that is come to over edges, itself among it. */
function closure(start: Iterable<string>, edges: readonly EdgeRecord[], back = false): Set<string> {
  const reached = new Set(start);
  for (const node of reached)
    for (const edge of edges) if ((back ? edge.to : edge.from) === node) reached.add(back ? edge.from : edge.to);
  return reached;
}

function isUseKnown(graph: Records & OracleGraph, edge: EdgeRecord): boolean {
  const live = graph.edges.filter(isThen);
  const within = live.filter(({ kind }) => kind === 'CONTAINS');
  const since = AT - 2 * DAYS * DAY;
  const observed = [
    ...graph.uses!.filter(({ lastUsedAt }) => lastUsedAt >= since).map(({ resource }) => resource),
    ...graph.edges
      .filter(
        ({ kind, to, lastUsedAt = -Infinity }) =>
          (kind === 'GRANTS' || (kind === 'CONTROLS' && resourcesOf(graph).includes(to))) && lastUsedAt >= since,
      )
      .map(({ to }) => to),
  ];
  const known = new Set([...closure(observed, within), ...closure(observed, within, true)]);
  if (edge.kind === 'GRANTS') return known.has(edge.to);
  const through = closure(
    [edge.to],
    live.filter(({ kind }) => ['MEMBER_OF', 'HAS_ROLE', 'INHERITS', 'CAN_ASSUME'].includes(kind)),
  );
  const grants = live.filter(({ kind, effect, from }) => kind === 'GRANTS' && effect !== 'DENY' && through.has(from));
  return grants.length > 0 && grants.every(({ to }) => known.has(to));
}

const isCandidate = ({ kind, effect }: EdgeRecord): boolean => STALE.includes(kind) && effect !== 'DENY';

function isStaleByBruteForce(graph: Records & OracleGraph, edge: EdgeRecord): boolean {
  if (!isCandidate(edge) || !isThen(edge) || (edge.validFrom ?? -Infinity) > AT - DAYS * DAY) return false;
  const last = lastUse(graph, edge);
  if (last >= AT - DAYS * DAY) return false;
  const walked = graph.edges.filter(
    (each) => isThen(each) && ['MEMBER_OF', 'HAS_ROLE', 'INHERITS', 'CAN_ASSUME'].includes(each.kind),
  );
  if (!closure(identitiesOf(graph), walked).has(edge.from)) return false;
  if (edge.lastUsedAt === undefined && edge.kind !== 'GRANTS' && isToldBeyond(graph, edge)) return false;
  return last > -Infinity || isUseKnown(graph, edge);
}

/** True when an edge leads to another one of which its source tells recent use. */
function isToldBeyond(graph: OracleGraph, edge: EdgeRecord): boolean {
  const walked = graph.edges.filter(
    (each) => isThen(each) && ['MEMBER_OF', 'HAS_ROLE', 'INHERITS', 'CAN_ASSUME'].includes(each.kind),
  );
  const beyond = closure([edge.to], walked);
  const told = [...walked, ...graph.edges.filter((each) => isThen(each) && each.kind === 'GRANTS')];
  return told.some(({ from, lastUsedAt = -Infinity }) => beyond.has(from) && lastUsedAt >= AT - DAYS * DAY);
}

const questionsOf = (graph: OracleGraph) =>
  identitiesOf(graph).flatMap((identity) =>
    resourcesOf(graph).flatMap((resource) => ACTIONS.map((action) => ({ identity, resource, action }))),
  );

/** What ends when an edge goes: decisions are compared, for lists tell of patterns that others cover. */
function endedBy(graph: OracleGraph, id: string) {
  const left = without(graph, id);
  const asked = questionsOf(graph).map((each) => ({ ...each, at: AT, reach: 'ASSUMABLE' as const }));
  return asked.filter((each) => isAllowing(decide(graph, each)) && !isAllowing(decide(left, each)));
}

describe('edges that a use may have gone over', () => {
  it(
    'are all that are needed for it to stay, one that it cannot do without among them',
    async () => {
      let [left, most] = [0, 0];
      await fc.assert(
        fc.asyncProperty(
          graphs,
          fc.constantFrom(...INSTANTS),
          fc.constantFrom(...ACTIONS),
          async (graph, at, action) => {
            const reader = memoryReader(graph.nodes, graph.edges);
            const snapshot = await compileSnapshot(reader);
            const frame = makeFrame(snapshot, 'ASSUMABLE', at);
            const work = workspaceOf(snapshot);
            for (const identity of identitiesOf(graph)) {
              for (const resource of resourcesOf(graph)) {
                const asked = { identity, resource, action, at, reach: 'ASSUMABLE' } as const;
                if (!isAllowing(decide(graph, asked))) continue;
                const possible = new PossibleCarriers(frame, work, snapshot.index.find(identity));
                const matcher = snapshot.terms.matcher(action);
                const met = possible.of([{ matcher, resource: snapshot.index.find(resource) }]);
                const records = await reader.edges([...met].map((edge) => snapshot.edgeRef[edge]!));
                const ids = new Set(records.map((record) => record!.id));
                for (const id of carriersByBruteForce(graph, asked)) expect(ids).toContain(id);
                const kept = graph.edges.filter((edge) => ids.has(edge.id) || !isCandidate(edge));
                left += kept.length;
                most += graph.edges.length;
                expect(isAllowing(decide({ ...graph, edges: kept }, asked))).toBe(true);
              }
            }
          },
        ),
        runs(100),
      );
      expect(left).toBeLessThan(most);
    },
    LONG,
  );
});

describe('STALE_ACCESS', () => {
  it('never calls unused together what a use may have gone over one by one', async () => {
    const day = 400 * DAY;
    const node = (kind: 'User' | 'Group' | 'Role' | 'Resource', id: string) =>
      ({ kind, id, source: 's', attributes: {} }) as const;
    const edge = (kind: EdgeKind, from: string, to: string, actions?: readonly string[]) =>
      makeEdge({ kind, from, to, source: 's', ...(actions && { actions }) });
    // Both groups have the role: each use of it could have gone by the other one.
    const { findings, view } = await findingsOf(
      {
        nodes: [
          node('User', 'u'),
          node('Group', 'g'),
          node('Group', 'h'),
          node('Role', 'x'),
          ...['r', 'only g', 'only h'].map((id) => node('Resource', id)),
        ],
        edges: [
          edge('MEMBER_OF', 'u', 'g'),
          edge('MEMBER_OF', 'u', 'h'),
          edge('HAS_ROLE', 'g', 'x'),
          edge('HAS_ROLE', 'h', 'x'),
          edge('GRANTS', 'x', 'r', ['read']),
          edge('GRANTS', 'g', 'r', ['write']),
          edge('GRANTS', 'h', 'r', ['list']),
        ],
        uses: [{ identity: 'u', action: 'read', resource: 'r', source: 's', lastUsedAt: day - DAY, useCount: 9 }],
      },
      { at: day, kinds: ['STALE_ACCESS'] },
    );
    expect(findings.length).toBeGreaterThan(0);
    for (const { remedy } of findings) {
      const { lost } = await view.whatIf({ changes: proposedOf(remedy), at: day });
      expect(lost.flatMap(({ actions }) => actions)).not.toContain('read');
    }
  });

  it(
    'finds what the definition says, and what it leaves out as redundant ends nothing',
    async () => {
      let [found, redundant, tried, together] = [0, 0, 0, 0];
      await fc.assert(
        fc.asyncProperty(used, async (graph) => {
          const { findings } = await findingsOf(graph, { at: AT, kinds: ['STALE_ACCESS'], staleAfterDays: DAYS });
          // What a role that nobody used includes is ended with it, and shown.
          const ids = new Set(findings.flatMap(({ edges }) => edges.filter(isCandidate).map(({ id }) => id)));
          const expected = graph.edges.filter((edge) => isStaleByBruteForce(graph, edge));
          const expectedIds = new Set(expected.map(({ id }) => id));
          for (const id of ids) expect(expectedIds).toContain(id);
          found += ids.size;
          const isPlain = graph.edges.every(({ effect, kind }) => effect !== 'DENY' && kind !== 'BOUNDED_BY');
          for (const edge of expected) {
            if (ids.has(edge.id) || !isPlain) continue;
            redundant++;
            expect(endedBy(graph, edge.id)).toEqual([]);
          }
          for (const { remedy, severity, edges } of findings) {
            expect(severity).toBeGreaterThanOrEqual(0.1);
            expect(severity).toBeLessThanOrEqual(1);
            if (remedy.length === 0) continue;
            tried++;
            const gone = new Set(remedy.map((change) => (change.op === 'REMOVE_EDGE' ? change.id : '')));
            for (const id of gone) expect(edges.map((edge) => edge.id)).toContain(id);
            if (gone.size > 1) together++;
            const left = { nodes: graph.nodes, edges: graph.edges.filter(({ id }) => !gone.has(id)) };
            for (const { identity, action, resource, lastUsedAt } of graph.uses!) {
              if (lastUsedAt < AT - DAYS * DAY) continue;
              const asked = { identity, action, resource, at: AT, reach: 'ASSUMABLE' } as const;
              expect(isAllowing(decide(left, asked))).toBe(isAllowing(decide(graph, asked)));
            }
            for (const reach of REACHES) {
              for (const each of questionsOf(graph)) {
                for (const at of [AT, 20, 30]) {
                  const [was, is] = [decide(graph, { ...each, reach, at }), decide(left, { ...each, reach, at })];
                  expect(stronger(was, is)).toBe(was);
                }
              }
            }
          }
        }),
        runs(150),
      );
      process.stderr.write(
        `${found} stale, ${redundant} redundant, ${tried} remedies tried, ${together} of several edges\n`,
      );
      expect(found).toBeGreaterThan(20);
    },
    LONG,
  );

  it(
    'finds all that is planted',
    async () => {
      const [users, seed] = [2_000, 3];
      const { findings, notes } = await findingsOf(estateRecords(users, seed), {
        at: Date.UTC(2026, 0, 1),
        kinds: ['STALE_ACCESS'],
      });
      const ids = new Set(findings.flatMap(({ edges }) => edges.map(({ id }) => id)));
      const planted = [...plantedProblems({ users, seed })].filter(({ kind }) => kind === 'STALE_ACCESS');
      expect(planted.length).toBe(2);
      for (const { ids: about } of planted) expect(ids).toContain(about[0]);
      expect(notes).toEqual([]);
    },
    LONG,
  );

  it('says that no use is known', async () => {
    const user = { kind: 'User', id: 'u', source: 's', attributes: {} } as const;
    const resource = { kind: 'Resource', id: 'r', source: 's', attributes: {} } as const;
    const grant = makeEdge({ kind: 'GRANTS', from: 'u', to: 'r', source: 's', actions: ['*'] });
    for (const graph of [
      { nodes: [], edges: [] },
      { nodes: [user, resource], edges: [grant] },
    ]) {
      const { findings, notes } = await findingsOf(graph, { at: 0, kinds: ['STALE_ACCESS'] });
      expect(findings).toEqual([]);
      expect(notes).toEqual(['No use of anything is known, so nothing can be called stale.']);
    }
  });

  it.each([0, -1, 3_651, Number.NaN])('refuses %s days', async (staleAfterDays) => {
    await expect(
      findingsOf({ nodes: [], edges: [] }, { at: 0, kinds: ['STALE_ACCESS'], staleAfterDays }),
    ).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  it(
    'looks at a group of 100,000 once for each member',
    async () => {
      const people = Array.from({ length: 100_000 }, (_, i) => `u${i}`);
      const node = (kind: 'User' | 'Group' | 'Resource', id: string) =>
        ({ kind, id, source: 's', attributes: {} }) as const;
      const at = 400 * DAY;
      const { findings } = await findingsOf(
        {
          nodes: [...people.map((id) => node('User', id)), node('Group', 'g'), node('Resource', 'r')],
          edges: [
            ...people.map((id) => makeEdge({ kind: 'MEMBER_OF', from: id, to: 'g', source: 's' })),
            makeEdge({ kind: 'GRANTS', from: 'g', to: 'r', source: 's', actions: ['read'] }),
          ],
          uses: people.slice(0, 99_990).map((identity) => ({
            identity,
            action: 'READ',
            resource: 'r',
            source: 's',
            lastUsedAt: at - DAY,
            useCount: 1,
          })),
        },
        { at, kinds: ['STALE_ACCESS'] },
      );
      expect(findings).toHaveLength(1);
      const [finding] = findings;
      expect(finding!.entities).toEqual(['g', ...people.slice(99_990)]);
      expect(finding!.title).toBe(
        '10 of the 100000 edges by which g is had are not known to have been used for 90 days',
      );
      expect(finding!.rationale).toContain('99999 others with the same as the first that is shown, 99990 used it');
      expect(finding!.remedy).toHaveLength(10);
    },
    LONG,
  );
});
