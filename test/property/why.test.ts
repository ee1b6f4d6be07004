/** `whyHasAccess` explains as the model has it, on random graphs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccessExplanation, GraphView, WhyQuestion } from '../../engine/access/questions.ts';
import { type Change, makeEdge, type Reach } from '../../engine/model/index.ts';
import { forEachExecution } from '../support/executions.ts';
import {
  actionsToldApart,
  allPaths,
  chokeEdges,
  conditionsOf,
  decide,
  denialsInForce,
  graphAfter,
  type OracleGraph,
  patternsOf,
  TooManyWays,
} from '../support/oracle/index.ts';
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

  type Explained = (graph: OracleGraph, asked: WhyQuestion, why: AccessExplanation, view: GraphView) => Promise<void>;

  /** Asks why about everything in many graphs. */
  function eachWhy(graphs: fc.Arbitrary<OracleGraph>, numRuns: number, explained: Explained): Promise<void> {
    return fc.assert(
      fc.asyncProperty(graphs, reach, at, async (graph, reach, at) => {
        const view = await viewOf(graph.nodes, graph.edges);
        for (const identity of identitiesOf(graph))
          for (const resource of resourcesOf(graph))
            for (const action of actionsToldApart(patternsOf(graph))) {
              const asked = { identity, action, resource, reach, at };
              try {
                await explained(graph, asked, await view.whyHasAccess(asked), view);
              } catch (error) {
                if (!(error instanceof TooManyWays)) throw error;
              }
            }
        view.release();
      }),
      runs(numRuns),
    );
  }

  /** How many paths are told when nobody says. */
  const TOLD = 10;

  const sortedIds = (edges: readonly { readonly id: string }[]): readonly string[] => edges.map(({ id }) => id).sort();

  describe('whyHasAccess', () => {
    it.each([
      ['random', randomGraph(), 250],
      ['returning', returningGraph(), 100],
    ])(
      'explains the decision by paths, conditions, choke edges and denials: %s graphs',
      async (_, graphs, numRuns) => {
        await eachWhy(graphs, numRuns, async (graph, asked, why, view) => {
          const ways = allPaths(graph, asked);
          expect({
            asked: { identity: why.identity, action: why.action, resource: why.resource },
            decision: why.decision,
            conditions: why.conditions,
            pathCount: why.pathCount,
            complete: why.complete,
            chokeEdges: sortedIds(why.chokeEdges),
            denials: sortedIds(why.denials),
          }).toEqual({
            asked: { identity: asked.identity, action: asked.action, resource: asked.resource },
            decision: decide(graph, asked),
            conditions: conditionsOf(graph, asked),
            pathCount: ways.length,
            complete: ways.length <= TOLD,
            chokeEdges: sortedIds(chokeEdges(graph, asked)),
            denials: sortedIds(denialsInForce(graph, asked)),
          });
          expect(why.version).toBe(view.version);
        });
      },
      LONG,
    );

    it(
      'tells the first paths, with a sentence for each',
      async () => {
        await eachWhy(crowdedGraph(), 150, async (_, asked, __, view) => {
          const all = await view.accessPaths({ ...asked, first: 10_000 });
          for (const maxPaths of [1, 3, undefined]) {
            const why = await view.whyHasAccess({ ...asked, maxPaths });
            expect(why.paths).toEqual(all.items.slice(0, maxPaths ?? TOLD));
            expect(why.sentences.length).toBe(why.paths.length);
            for (const sentence of why.sentences) expect(sentence).toMatch(/^\S.*\.$/);
            expect(why.pathCount).toBe(all.totalCount);
            expect(why.complete).toBe(why.paths.length === all.totalCount);
            expect(why.incompleteBecause === undefined).toBe(why.complete);
          }
        });
      },
      LONG,
    );

    it(
      'proposes changes each of which makes it ALLOWED, and proposes one wherever a direct grant would',
      async () => {
        await eachWhy(randomGraph(), 200, async (graph, asked, why) => {
          if (why.decision === 'ALLOWED') expect(why.grantOptions).toEqual([]);
          for (const [option, changes] of optionsOf(why)) {
            const after = await graphAfter(graph, changes);
            expect({ asked, option, changes, decision: decide(after, asked) }).toEqual({
              asked,
              option,
              changes,
              decision: 'ALLOWED',
            });
          }
          if (why.decision !== 'NONE') return;
          const grant = makeEdge({
            kind: 'GRANTS',
            from: asked.identity,
            to: asked.resource,
            source: 'test',
            key: 'direct',
            actions: [asked.action],
          });
          const after = await graphAfter(graph, [{ op: 'PUT_EDGE', edge: grant }]);
          if (decide(after, asked) === 'ALLOWED') expect([asked, why.grantOptions.length > 0]).toEqual([asked, true]);
        });
      },
      LONG,
    );

    it('proposes changes that take nothing back when one follows the other', async () => {
      let graph: OracleGraph = {
        nodes: [
          { kind: 'User', id: 'u', source: 'main', attributes: {} },
          { kind: 'Resource', id: 'r', source: 'main', attributes: {} },
        ],
        edges: [],
      };
      for (const action of ['read', 'write', 'READ']) {
        const view = await viewOf(graph.nodes, graph.edges);
        const why = await view.whyHasAccess({ identity: 'u', action, resource: 'r' });
        graph = await graphAfter(graph, optionsOf(why).get(1) ?? []);
      }
      expect(decide(graph, { identity: 'u', action: 'read', resource: 'r' })).toBe('ALLOWED');
      expect(decide(graph, { identity: 'u', action: 'write', resource: 'r' })).toBe('ALLOWED');
    });
  });

  /** The changes of each option, which must be counted from 1 and told one after the other. */
  function optionsOf(why: AccessExplanation): ReadonlyMap<number, readonly Change[]> {
    const options = new Map<number, Change[]>();
    for (const { option, change } of why.grantOptions) options.set(option, [...(options.get(option) ?? []), change]);
    expect([...options.keys()]).toEqual(Array.from(options, (_, index) => index + 1));
    return options;
  }
});
