/** `accessPaths` tells the ways that plain search finds, on random graphs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccessPath, PageRequest } from '../../engine/access/questions.ts';
import type { Decision, Instant, Reach } from '../../engine/model/index.ts';
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
