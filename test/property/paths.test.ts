/** `accessPaths` tells the ways that plain search finds, on random graphs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccessPath, GraphView, PageRequest } from '../../engine/access/questions.ts';
import {
  type Decision,
  type EdgeKind,
  type EdgeRecord,
  type Instant,
  makeEdge,
  type NodeKind,
  type NodeRecord,
  type Reach,
} from '../../engine/model/index.ts';
import { forEachExecution } from '../support/executions.ts';
import {
  actionsToldApart,
  allPaths,
  idsOf,
  isAllowing,
  type OracleGraph,
  patternsOf,
  stronger,
  TooManyWays,
  type Way,
} from '../support/oracle/index.ts';
import { byPages, whole } from '../support/paged.ts';
import {
  crowdedGraph,
  INSTANTS,
  identitiesOf,
  randomGraph,
  resourcesOf,
  returningGraph,
} from '../support/random-graph.ts';
import { announceSeed, LONG } from '../support/seed.ts';

announceSeed();

forEachExecution(({ viewOf, runs }) => {
  const at = fc.constantFrom(...INSTANTS);
  const reach = fc.constantFrom<Reach>('ASSUMABLE', 'ESCALATION', 'ENTITLED');

  interface Asked {
    readonly identity: string;
    readonly resource: string;
    readonly action?: string;
    readonly reach: Reach;
    readonly at: Instant;
  }

  /** Each identity with each resource, about any action and about each of a few. */
  function* questions(graph: OracleGraph, reach: Reach, at: Instant): Generator<Asked> {
    const actions = actionsToldApart(patternsOf(graph));
    for (const identity of identitiesOf(graph))
      for (const resource of resourcesOf(graph)) {
        yield { identity, resource, reach, at };
        for (const action of actions) yield { identity, resource, action, reach, at };
      }
  }

  /** The ways, or undefined for a graph that has more than a test can wait for. */
  function waysOf(graph: OracleGraph, asked: Asked): readonly Way[] | undefined {
    try {
      const ways = allPaths(graph, asked);
      return ways.length > 2_000 ? undefined : ways;
    } catch (error) {
      if (error instanceof TooManyWays) return undefined;
      throw error;
    }
  }

  const shape = (path: AccessPath | Way): string => `${path.decision} ${idsOf(path)} (${path.nodes.join(' ')})`;

  /** When all edges of a path are there: the latest beginning and the earliest end. */
  const windowOf = ({ edges }: AccessPath) => {
    const validFrom = Math.max(...edges.map((edge) => edge.validFrom ?? Number.NEGATIVE_INFINITY));
    const validTo = Math.min(...edges.map((edge) => edge.validTo ?? Number.POSITIVE_INFINITY));
    return {
      validFrom: Number.isFinite(validFrom) ? validFrom : null,
      validTo: Number.isFinite(validTo) ? validTo : null,
    };
  };

  const node = (kind: NodeKind, id: string): NodeRecord => ({ kind, id, source: 's', attributes: {} });
  const edge = (kind: EdgeKind, from: string, to: string): EdgeRecord =>
    makeEdge({ kind, from, to, source: 's', ...(kind === 'GRANTS' ? { actions: ['read'] } : {}) });
  const asked = { identity: 'u', action: 'read', resource: 'r' };

  describe('more paths than can be told', () => {
    /** Groups that all belong to each other; the user belongs to each, and each grants. */
    function entangled(size: number): Promise<GraphView> {
      const groups = Array.from({ length: size }, (_, i) => `g${i}`);
      return viewOf(
        [node('User', 'u'), node('Resource', 'r'), ...groups.map((id) => node('Group', id))],
        groups.flatMap((id) => [
          edge('MEMBER_OF', 'u', id),
          edge('GRANTS', id, 'r'),
          ...groups.filter((other) => other !== id).map((other) => edge('MEMBER_OF', id, other)),
        ]),
      );
    }

    /** Levels of two groups each, every one in both of the next level. */
    function lattice(levels: number): Promise<GraphView> {
      const level = (i: number): readonly string[] => [`g${i}a`, `g${i}b`];
      const all = Array.from({ length: levels }, (_, i) => level(i));
      return viewOf(
        [node('User', 'u'), node('Resource', 'r'), ...all.flat().map((id) => node('Group', id))],
        [
          ...level(0).map((id) => edge('MEMBER_OF', 'u', id)),
          ...all.slice(1).flatMap((above, i) => above.flatMap((to) => level(i).map((id) => edge('MEMBER_OF', id, to)))),
          ...level(levels - 1).map((id) => edge('GRANTS', id, 'r')),
        ],
      );
    }

    it('are counted exactly in a circle, and gone through page by page', async () => {
      const view = await entangled(8);
      // As many as there are rows of one or more of eight groups, each in it once.
      const count = 109_600;
      let page = await view.accessPaths({ ...asked, first: 2_000 });
      const firstOf = new Set<string>();
      for (let pages = 0; pages < 4; pages++) {
        expect(page).toMatchObject({ totalCount: count, complete: true, hasNextPage: true });
        for (const path of page.items) firstOf.add(idsOf(path));
        const lengths = page.items.map((path) => path.length);
        expect([...lengths].sort((a, b) => a - b)).toEqual(lengths);
        page = await view.accessPaths({ ...asked, first: 2_000, after: page.cursors.at(-1) });
      }
      expect(firstOf.size).toBe(8_000);
      const why = await view.whyHasAccess(asked);
      expect(why).toMatchObject({ pathCount: count, pathCountText: '109600', complete: false });
      expect(why.incompleteBecause).toMatch(/10 of 109600 paths are told/);
    });

    it('are told as uncounted where a circle is too large, and gone through all the same', async () => {
      const view = await entangled(11);
      const page = await view.accessPaths({ ...asked, first: 500 });
      expect(page).toMatchObject({ complete: false, hasNextPage: true });
      expect(page.incompleteBecause).toMatch(/^counting the paths stopped after 2000000 steps .* cycle of 11 nodes/);
      expect(page.items.length).toBe(500);
      const next = await view.accessPaths({ ...asked, first: 500, after: page.cursors.at(-1) });
      expect(next.items.length).toBe(500);
      expect(new Set([...page.items, ...next.items].map(idsOf)).size).toBe(1_000);
      expect(next.items[0]!.length).toBeGreaterThanOrEqual(page.items.at(-1)!.length);
      const why = await view.whyHasAccess(asked);
      expect(why).toMatchObject({ pathCount: null, pathCountText: null, complete: false });
    });

    it('are told as uncounted where ways may return as another, and gone through all the same', async () => {
      const groups = Array.from({ length: 8 }, (_, i) => `g${i}`);
      const denial = { ...edge('GRANTS', 'u', 'r'), effect: 'DENY' as const };
      const view = await viewOf(
        [
          node('User', 'u'),
          node('ServiceAccount', 's'),
          node('Resource', 'r'),
          ...groups.map((id) => node('Group', id)),
        ],
        [
          denial,
          edge('CAN_ASSUME', 'g0', 's'),
          ...groups.flatMap((id) => [
            edge('MEMBER_OF', 'u', id),
            edge('MEMBER_OF', 's', id),
            edge('GRANTS', id, 'r'),
            ...groups.filter((other) => other !== id).map((other) => edge('MEMBER_OF', id, other)),
          ]),
        ],
      );
      const page = await view.accessPaths({ ...asked, first: 200 });
      expect(page).toMatchObject({ complete: false, hasNextPage: true });
      expect(page.incompleteBecause).toMatch(/^there are more than 10000 paths where paths may return to a node/);
      const next = await view.accessPaths({ ...asked, first: 200, after: page.cursors.at(-1) });
      const both = [...page.items, ...next.items];
      expect(new Set(both.map(idsOf)).size).toBe(400);
      const lengths = both.map((path) => path.length);
      expect([...lengths].sort((a, b) => a - b)).toEqual(lengths);
      const returning = both.filter(({ nodes }) => new Set(nodes).size < nodes.length);
      expect(returning.length).toBeGreaterThan(0);
      expect(new Set(returning.map(({ decision }) => decision))).toEqual(new Set(['ALLOWED']));
    });

    it('are counted exactly beyond what a number holds', async () => {
      const view = await lattice(60);
      const page = await view.accessPaths({ ...asked, first: 3 });
      expect(page).toMatchObject({ totalCount: Number.MAX_SAFE_INTEGER, complete: false, hasNextPage: true });
      expect(page.incompleteBecause).toMatch(/^there are 1152921504606846976 paths/);
      const next = await view.accessPaths({ ...asked, first: 3, after: page.cursors.at(-1) });
      expect(new Set([...page.items, ...next.items].map(idsOf)).size).toBe(6);
      const why = await view.whyHasAccess(asked);
      expect(why).toMatchObject({ pathCount: null, pathCountText: '1152921504606846976', complete: false });
    });
  });

  describe('accessPaths', () => {
    it.each([
      ['random', randomGraph(), 300],
      ['crowded', crowdedGraph(), 300],
      ['returning', returningGraph(), 200],
    ])(
      'are all the ways there are, the shortest first: %s graphs',
      async (_, graphs, numRuns) => {
        await fc.assert(
          fc.asyncProperty(graphs, reach, at, async (graph, reach, at) => {
            const view = await viewOf(graph.nodes, graph.edges);
            for (const asked of questions(graph, reach, at)) {
              const ways = waysOf(graph, asked);
              if (ways === undefined) continue;
              const paths = await whole((page) => view.accessPaths({ ...asked, ...page }));
              expect({ asked, paths: paths.map(shape).sort() }).toEqual({ asked, paths: ways.map(shape).sort() });
              const lengths = paths.map((path) => path.length);
              expect(lengths).toEqual(paths.map((path) => path.edges.length));
              expect([...lengths].sort((a, b) => a - b)).toEqual(lengths);
              for (const path of paths) expect(path).toMatchObject(windowOf(path));
            }
            view.release();
          }),
          runs(numRuns),
        );
      },
      LONG,
    );

    it(
      'tell edges as they were put',
      async () => {
        await fc.assert(
          fc.asyncProperty(crowdedGraph(), reach, at, async (graph, reach, at) => {
            const view = await viewOf(graph.nodes, graph.edges);
            const known = new Map(graph.edges.map((edge) => [edge.id, edge]));
            for (const asked of questions(graph, reach, at)) {
              if (asked.action !== undefined || waysOf(graph, asked) === undefined) continue;
              const page = await view.accessPaths({ ...asked, first: 20 });
              for (const path of page.items) for (const edge of path.edges) expect(edge).toEqual(known.get(edge.id));
            }
            view.release();
          }),
          runs(50),
        );
      },
      LONG,
    );

    it(
      'come in pages that make up the whole, and no longer than asked for',
      async () => {
        await fc.assert(
          fc.asyncProperty(fc.oneof(crowdedGraph(), returningGraph()), reach, at, async (graph, reach, at) => {
            const view = await viewOf(graph.nodes, graph.edges);
            for (const asked of questions(graph, reach, at)) {
              const ways = waysOf(graph, asked);
              if (asked.action !== undefined || ways === undefined || ways.length > 100) continue;
              const ask = (page: PageRequest) => view.accessPaths({ ...asked, ...page });
              const paths = await whole(ask);
              expect(await byPages(1, ask)).toEqual(paths);
              expect(await byPages(4, ask)).toEqual(paths);
              for (const maxLength of [1, 2, 4]) {
                const short = (page: PageRequest) => view.accessPaths({ ...asked, maxLength, ...page });
                expect(await whole(short)).toEqual(paths.filter((path) => path.length <= maxLength));
                expect(await byPages(2, short)).toEqual(paths.filter((path) => path.length <= maxLength));
              }
            }
            view.release();
          }),
          runs(100),
        );
      },
      LONG,
    );

    it(
      'go on after a path that is no longer one',
      async () => {
        await fc.assert(
          fc.asyncProperty(crowdedGraph(), fc.nat(), reach, at, async (graph, chosen, reach, at) => {
            const ended = graph.edges[chosen % graph.edges.length]?.id;
            const edges = graph.edges.map((edge) => (edge.id === ended ? { ...edge, validTo: 1 } : edge));
            const [before, after] = await Promise.all([viewOf(graph.nodes, graph.edges), viewOf(graph.nodes, edges)]);
            for (const asked of questions(graph, reach, at)) {
              const ways = waysOf(graph, asked);
              if (asked.action !== undefined || ways === undefined || ways.length > 60) continue;
              const all = await before.accessPaths({ ...asked, first: 100 });
              const known = new Set(all.items.map(idsOf));
              const left = new Set((await after.accessPaths({ ...asked, first: 100 })).items.map(idsOf));
              for (const [i, cursor] of all.cursors.entries()) {
                const rest = await after.accessPaths({ ...asked, first: 100, after: cursor });
                const expected = all.items.slice(i + 1).map(idsOf);
                expect(rest.items.map(idsOf).filter((ids) => known.has(ids))).toEqual(
                  expected.filter((ids) => left.has(ids)),
                );
              }
            }
            before.release();
            after.release();
          }),
          runs(60),
        );
      },
      LONG,
    );

    it(
      'have among them one as strong as the decision, where that allows',
      async () => {
        await fc.assert(
          fc.asyncProperty(fc.oneof(randomGraph(), returningGraph()), reach, at, async (graph, reach, at) => {
            const view = await viewOf(graph.nodes, graph.edges);
            for (const asked of questions(graph, reach, at)) {
              if (asked.action === undefined || waysOf(graph, asked) === undefined) continue;
              const { decision } = await view.check({ ...asked, action: asked.action });
              const paths = await whole((page) => view.accessPaths({ ...asked, ...page }));
              const strongest = paths.reduce<Decision>((best, path) => stronger(best, path.decision), 'NONE');
              expect({ asked, strongest: isAllowing(strongest) ? strongest : 'no' }).toEqual({
                asked,
                strongest: isAllowing(decision) ? decision : 'no',
              });
            }
            view.release();
          }),
          runs(150),
        );
      },
      LONG,
    );
  });
});
