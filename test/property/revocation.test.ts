/** Revocations and choke points against brute force on small random graphs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
  AccessRow,
  GraphView,
  Revocation,
  RevocationAnswer,
  RevocationQuestion,
} from '../../engine/access/questions.ts';
import type { EdgeRecord, Instant, Reach } from '../../engine/model/index.ts';
import {
  actionsToldApart,
  allPaths,
  decide,
  graphAfter,
  type OracleGraph,
  patternsOf,
  TooManyWays,
} from '../support/oracle/index.ts';
import {
  crowdedGraph,
  INSTANTS,
  identitiesOf,
  linesOf,
  randomGraph,
  resourcesOf,
  returningGraph,
} from '../support/random-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';
import { viewOf } from '../support/view-of.ts';

announceSeed();

interface Frame {
  readonly reach: Reach;
  readonly at: Instant;
}
const frame = fc.record({
  reach: fc.constantFrom<Reach>('ASSUMABLE', 'ESCALATION', 'ENTITLED'),
  at: fc.constantFrom(...INSTANTS),
});

/** Costs that tie often, and sometimes not. */
const COSTS = {
  directGrants: 1,
  GRANTS: 1.5,
  MEMBER_OF: 1,
  HAS_ROLE: 1,
  CAN_ASSUME: 0.5,
  CONTROLS: 2,
  INHERITS: 2.5,
  CONTAINS: 3,
  recentUse: 0.1,
};

interface Case extends Frame {
  readonly graph: OracleGraph;
  readonly identities: readonly string[];
  readonly action: string;
  readonly resources: readonly string[];
  readonly protectedEdges: readonly string[];
  readonly structureToo: boolean;
}

/** A question about each graph whose answer is yes for somebody, where there is one. */
const cases = (graphs: fc.Arbitrary<OracleGraph>): fc.Arbitrary<Case> =>
  fc
    .record({
      graph: graphs,
      each: frame,
      start: fc.nat(1_000),
      identities: fc.integer({ min: 1, max: 2 }),
      resources: fc.integer({ min: 1, max: 3 }),
      kept: fc.array(fc.nat(40), { maxLength: 2 }),
      used: fc.array(fc.nat(40), { maxLength: 4 }),
      structureToo: fc.boolean(),
    })
    .map(({ graph: drawn, each, start, identities: count, resources: most, kept, used, structureToo }) => {
      const edges = drawn.edges.map((edge, i) => (used.includes(i) ? { ...edge, lastUsedAt: 1 } : edge));
      const graph = { ...drawn, edges };
      const [everybody, resources] = [identitiesOf(graph), resourcesOf(graph)];
      const asked = everybody.flatMap((identity) =>
        resources.flatMap((resource) =>
          actionsToldApart(patternsOf(graph)).map((action) => ({ identity, resource, action, ...each })),
        ),
      );
      const turned = [...asked.slice(start % (asked.length || 1)), ...asked.slice(0, start % (asked.length || 1))];
      const chosen = turned.find((one) => isHeld(graph, one)) ?? turned[0];
      return {
        graph,
        ...each,
        identities: [...new Set([chosen?.identity ?? '', everybody[start % everybody.length] ?? ''])].slice(0, count),
        action: chosen?.action ?? '',
        resources: [
          ...new Set([chosen?.resource ?? '', ...resources.map((_, i) => resources[(start + i) % resources.length]!)]),
        ].slice(0, most),
        protectedEdges: [...new Set(kept)].flatMap((place) => (edges[place] === undefined ? [] : [edges[place].id])),
        structureToo,
        [fc.toStringMethod]: () => linesOf(graph),
      };
    })
    .filter(({ identities, resources }) => !resources.includes('') && identities.every((id) => id !== ''));

interface One extends Frame {
  readonly identity: string;
  readonly resource: string;
  readonly action: string;
}
const isHeld = (graph: OracleGraph, asked: One): boolean => ['ALLOWED', 'CONDITIONAL'].includes(decide(graph, asked));

const hasAccess = (each: Case, graph: OracleGraph): boolean =>
  each.identities.some((identity) => each.resources.some((resource) => isHeld(graph, { ...each, identity, resource })));

const without = (graph: OracleGraph, gone: ReadonlySet<string>): OracleGraph => ({
  nodes: graph.nodes,
  edges: graph.edges.filter(({ id }) => !gone.has(id)),
});

function costOf({ graph, at }: Case, edge: EdgeRecord): number {
  const own = graph.nodes.some(({ id, kind }) => id === edge.from && (kind === 'User' || kind === 'ServiceAccount'));
  const base = edge.kind === 'GRANTS' && own ? COSTS.directGrants : COSTS[edge.kind as 'GRANTS'];
  return base + (edge.lastUsedAt !== undefined && edge.lastUsedAt > at - 10 ? COSTS.recentUse : 0);
}

/** Edges on some way that may be cut; nothing when there are too many to try all sets of them. */
function candidatesOf(each: Case): readonly EdgeRecord[] | undefined {
  const found = new Map<string, EdgeRecord>();
  for (const identity of each.identities)
    for (const resource of each.resources)
      for (const { edges } of allPaths(each.graph, { ...each, identity, resource }))
        for (const edge of edges) found.set(edge.id, edge);
  const open = [...found.values()].filter(
    ({ id, kind }) => !each.protectedEdges.includes(id) && (each.structureToo || kind !== 'CONTAINS'),
  );
  return open.length > 10 ? undefined : open;
}

/** Every set of edges that ends the access and has no such set within it, by its ids, with its cost; the cheapest first. */
function bruteForce(
  each: Case,
  candidates: readonly EdgeRecord[],
): readonly (readonly [ReadonlySet<string>, number])[] {
  const ending: (readonly [ReadonlySet<string>, number])[] = [];
  const cost = candidates.map((edge) => costOf(each, edge));
  for (let bits = 0; bits < 1 << candidates.length; bits++) {
    const chosen = candidates.filter((_, i) => (bits >> i) & 1);
    const ids = new Set(chosen.map(({ id }) => id));
    if (hasAccess(each, without(each.graph, ids))) continue;
    ending.push([ids, cost.reduce((sum, one, i) => sum + ((bits >> i) & 1) * one, 0)]);
  }
  const isWithin = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
    a.size < b.size && [...a].every((id) => b.has(id));
  return ending.filter(([set]) => !ending.some(([other]) => isWithin(other, set))).sort(([, a], [, b]) => a - b);
}

const questionOf = (each: Case): RevocationQuestion => ({
  identities: each.identities,
  action: each.action,
  ...(each.resources.length === 1 ? { resource: each.resources[0]! } : { resources: each.resources }),
  reach: each.reach,
  at: each.at,
  costs: COSTS,
  recentDays: 10 / 86_400_000,
  protectedEdges: each.protectedEdges.filter((id) => isEffective(each.graph, id)),
  ...(each.structureToo ? { protectedKinds: [] } : {}),
  first: 10_000,
});

function isEffective(graph: OracleGraph, id: string): boolean {
  const edge = graph.edges.find((one) => one.id === id)!;
  return [edge.from, edge.to].every((end) => graph.nodes.some((node) => node.id === end));
}

/** A part of a set of edges that ends the access as well. */
function lesserThat(each: Case, set: readonly string[]): readonly string[] | undefined {
  for (let bits = 0; bits < (1 << set.length) - 1; bits++) {
    const part = set.filter((_, i) => (bits >> i) & 1);
    if (!hasAccess(each, without(each.graph, new Set(part)))) return part;
  }
  return undefined;
}

const idsOf = ({ edges }: Revocation): readonly string[] => edges.map(({ id }) => id).sort();

async function eachCase(
  graphs: fc.Arbitrary<OracleGraph>,
  numRuns: number,
  check: (each: Case, view: GraphView) => Promise<void>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(cases(graphs), async (each) => {
      const view = await viewOf(each.graph.nodes, each.graph.edges);
      try {
        await check(each, view);
      } catch (error) {
        if (!(error instanceof TooManyWays)) throw error;
      } finally {
        view.release();
      }
    }),
    runs(numRuns),
  );
}

/** Each (identity, resource, pattern) of rows, less what was to end. */
const beyond = (rows: readonly AccessRow[], each: Case): readonly string[] =>
  rows
    .flatMap(({ identity, resource, actions }) => actions.map((action) => ({ identity, resource, action })))
    .filter(
      ({ identity, resource, action }) =>
        !(
          each.identities.includes(identity) &&
          each.resources.includes(resource) &&
          action.toLowerCase() === each.action.toLowerCase()
        ),
    )
    .map((one) => JSON.stringify(one));

/** Where the search was given up, what is told ends the access all the same. */
function expectGivenUp(each: Case, answer: RevocationAnswer, candidates: readonly EdgeRecord[]): void {
  expect(each.graph.edges.some(({ kind }) => kind === 'BOUNDED_BY')).toBe(true);
  expect(answer.incompleteBecause).toMatch(/given up/);
  const [best] = bruteForce(each, candidates);
  for (const one of answer.alternatives) {
    expect(hasAccess(each, without(each.graph, new Set(idsOf(one))))).toBe(false);
    // Edges that are on no simple way may be told too: then it may be cheaper than all sets of the others.
    if (idsOf(one).every((id) => candidates.some((edge) => edge.id === id)))
      expect(one.cost).toBeGreaterThan(best![1] - 1e-9);
  }
}

const GRAPHS = [
  ['random', randomGraph(), 250],
  ['crowded', crowdedGraph(), 150],
  ['returning', returningGraph(), 100],
] as const;

describe('revocation', () => {
  it.each(GRAPHS)(
    'costs what the cheapest of all sets of edges costs, and tells others in order: %s graphs',
    (_, graphs, numRuns) =>
      eachCase(graphs, numRuns, async (each, view) => {
        const candidates = candidatesOf(each);
        if (candidates === undefined) return;
        const answer = await view.revocation({ ...questionOf(each), alternatives: 3 });
        if (!answer.complete) return expectGivenUp(each, answer, candidates);
        if (!hasAccess(each, each.graph)) {
          expect([answer.alternatives, answer.because]).toEqual([[], 'none of the identities has this access']);
          return;
        }
        const best = bruteForce(each, candidates);
        const costs = answer.alternatives.map(({ cost }) => cost);
        expect(costs).toEqual([...costs].sort((a, b) => a - b));
        expect(costs.length).toBeGreaterThanOrEqual(Math.min(3, best.length));
        if (costs.length === 0) expect(answer.because).toMatch(/./);
        const sets = answer.alternatives.map(idsOf);
        expect(new Set(sets.map(String)).size).toBe(sets.length);
        for (const set of sets) {
          expect(hasAccess(each, without(each.graph, new Set(set)))).toBe(false);
          expect(lesserThat(each, set)).toBe(undefined);
        }
        // Edges that are on no simple way may be told too; what is cheaper than the last one told is not left out.
        for (const [ids, cost] of best)
          if (cost < (costs.at(-1) ?? Number.POSITIVE_INFINITY) - 1e-9) expect(sets).toContainEqual([...ids].sort());
      }),
    LONG,
  );

  it(
    'names a way that may not be cut where there is no cut',
    () =>
      eachCase(crowdedGraph(), 150, async (each, view) => {
        if (!hasAccess(each, each.graph)) return;
        const answer = await view.revocation({
          ...questionOf(each),
          protectedEdges: each.graph.edges.map(({ id }) => id),
        });
        expect(answer.alternatives).toEqual([]);
        expect(answer.because).toMatch(/none of whose edges may be cut/);
        expect(each.identities).toContain(answer.uncuttable[0]!.from);
        expect(each.resources).toContain(answer.uncuttable.at(-1)!.to);
        answer.uncuttable.slice(1).forEach((edge, i) => {
          expect(edge.from).toBe(answer.uncuttable[i]!.to);
        });
      }),
    LONG,
  );

  it(
    'tells as collateral what the removal does besides',
    () =>
      eachCase(randomGraph(), 150, async (each, view) => {
        const { alternatives } = await view.revocation({ ...questionOf(each), alternatives: 2 });
        for (const one of alternatives) {
          const { reach, at } = each;
          const changes = one.edges.map(({ id }) => ({ op: 'REMOVE_EDGE', id }));
          const delta = await view.whatIf({ changes, reach, at, first: 10_000 });
          const lost = beyond(delta.lost, each);
          expect(beyond(one.collateral.lost, each)).toEqual(lost);
          expect([one.collateral.lostCount, one.collateral.gainedCount, one.collateral.alteredCount]).toEqual([
            lost.length,
            delta.gainedCount,
            delta.alteredCount,
          ]);
          expect([one.collateral.gained, one.collateral.altered]).toEqual([delta.gained, delta.altered]);
        }
      }),
    LONG,
  );

  it.each(GRAPHS)(
    'repairs so that nothing else ends: %s graphs',
    async (_, graphs, numRuns) => {
      let repaired = 0;
      await eachCase(graphs, numRuns, async (each, view) => {
        const { alternatives } = await view.revocation({ ...questionOf(each), alternatives: 2, repair: true });
        for (const { edges, repair, collateral } of alternatives) {
          if (!repair!.exact) {
            expect([repair!.changes, typeof repair!.because]).toEqual([[], 'string']);
            continue;
          }
          if (repair!.changes.length > 0) repaired++;
          if (collateral.lostCount === 0) expect(repair!.changes).toEqual([]);
          const cut = without(each.graph, new Set(edges.map(({ id }) => id)));
          expectOnlyEnded(
            each,
            await graphAfter(
              cut,
              repair!.changes.map(({ change }) => change),
            ),
          );
        }
      });
      expect(repaired).toBeGreaterThan(0);
    },
    LONG,
  );
});

function expectOnlyEnded(each: Case, after: OracleGraph): void {
  const { reach, at, graph } = each;
  const strength = (where: OracleGraph, asked: One): string => decide(where, asked).replace(/DENIED|NONE/, 'no');
  for (const identity of identitiesOf(graph))
    for (const resource of resourcesOf(graph))
      for (const action of actionsToldApart(patternsOf(after).concat(each.action))) {
        const asked = { identity, resource, action, reach, at };
        const isIt =
          each.identities.includes(identity) &&
          each.resources.includes(resource) &&
          action.toLowerCase() === each.action.toLowerCase();
        expect([asked, strength(after, asked)]).toEqual([asked, isIt ? 'no' : strength(graph, asked)]);
      }
}

describe('choke points', () => {
  it(
    'are what cuts identities off when it goes',
    () =>
      fc.assert(
        fc.asyncProperty(fc.oneof(randomGraph(), crowdedGraph()), frame, async (graph, each) => {
          // Allowing ways alone: what denies, bounds or limits hides none of them.
          const plain = {
            nodes: graph.nodes,
            edges: graph.edges.filter(({ effect, kind }) => effect !== 'DENY' && kind !== 'BOUNDED_BY'),
          };
          const view = await viewOf(graph.nodes, graph.edges);
          for (const resource of resourcesOf(graph))
            for (const action of actionsToldApart(patternsOf(graph)).slice(0, 3)) {
              const reaching = (where: OracleGraph): ReadonlySet<string> =>
                new Set(
                  identitiesOf(graph).filter(
                    (identity) =>
                      where.nodes.some(({ id }) => id === identity) &&
                      where.nodes.some(({ id }) => id === resource) &&
                      isHeld(where, { identity, resource, action, ...each }),
                  ),
                );
              const all = reaching(plain);
              const cutOff = (where: OracleGraph, but?: string): number => {
                const left = reaching(where);
                return [...all].filter((identity) => identity !== but && !left.has(identity)).length;
              };
              const ids = [...new Set(plain.nodes.map(({ id }) => id))].filter((id) => id !== resource);
              const nodes = ids.map((id) => ({
                id,
                identities: cutOff({ ...plain, nodes: plain.nodes.filter((node) => node.id !== id) }, id),
              }));
              const edges = plain.edges.map(({ id }) => ({ id, identities: cutOff(without(plain, new Set([id]))) }));
              const told = await view.chokePoints({ resource, action, ...each });
              const some = <T extends { readonly id: string; readonly identities: number }>(list: readonly T[]) =>
                list.filter(({ identities }) => identities > 0).sort((a, b) => (a.id < b.id ? -1 : 1));
              expect(told.identities).toBe(all.size);
              expect(some(told.nodes)).toEqual(some(nodes));
              expect(some(told.edges.map(({ edge, identities }) => ({ id: edge.id, identities })))).toEqual(
                some(edges),
              );
              for (const list of [told.nodes, told.edges]) {
                const counts = list.map(({ identities }) => identities);
                expect(counts).toEqual([...counts].sort((a, b) => b - a));
              }
            }
          view.release();
        }),
        runs(100),
      ),
    LONG,
  );
});
