/** `whyHasAccess` explains as the model has it, on random graphs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccessExplanation, GraphView, WhyQuestion } from '../../engine/access/questions.ts';
import { makeEdge, type Reach } from '../../engine/model/index.ts';
import {
  actionsToldApart,
  allPaths,
  chokeEdges,
  conditionsOf,
  decide,
  denialsInForce,
  graphAfter,
  idsOf,
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
import { announceSeed, runs } from '../support/seed.ts';
import { viewOf } from '../support/view-of.ts';

announceSeed();

const MINUTE = 60_000;
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

const sortedIds = (edges: readonly { readonly id: string }[]): readonly string[] => edges.map(({ id }) => id).sort();

describe('whyHasAccess', () => {
  it.each([
    ['random', randomGraph(), 250],
    ['returning', returningGraph(), 100],
  ])(
    'explains the decision by paths, conditions, choke edges and denials: %s graphs',
    async (_, graphs, numRuns) => {
      await eachWhy(graphs, numRuns, async (graph, asked, why, view) => {
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
          pathCount: allPaths(graph, asked).length,
          complete: true,
          chokeEdges: sortedIds(chokeEdges(graph, asked)),
          denials: sortedIds(denialsInForce(graph, asked)),
        });
        expect(why.version).toBe(view.version);
      });
    },
    MINUTE,
  );

  it(
    'tells the first paths, with a sentence for each',
    async () => {
      await eachWhy(crowdedGraph(), 150, async (graph, asked, _, view) => {
        const all = await view.accessPaths({ ...asked, first: 10_000 });
        for (const maxPaths of [1, 3, undefined]) {
          const why = await view.whyHasAccess({ ...asked, maxPaths });
          expect(why.paths.map(idsOf)).toEqual(all.items.slice(0, maxPaths ?? 10).map(idsOf));
          if (why.paths.length > 0) expect(why.sentences.length).toBe(why.paths.length);
          for (const sentence of why.sentences) expect(sentence.trim()).not.toBe('');
          if (why.paths.length === 0) expect(why.sentences.length).toBeGreaterThan(0);
          expect(why.pathCount).toBe(allPaths(graph, asked).length);
        }
      });
    },
    MINUTE,
  );

  it(
    'proposes changes each of which makes it ALLOWED, and proposes one wherever a direct grant would',
    async () => {
      await eachWhy(randomGraph(), 200, async (graph, asked, why) => {
        if (why.decision === 'ALLOWED') expect(why.grantOptions).toEqual([]);
        for (const option of why.grantOptions) {
          const after = await graphAfter(graph, [option.change]);
          expect({ asked, option, decision: decide(after, asked) }).toEqual({ asked, option, decision: 'ALLOWED' });
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
    MINUTE,
  );
});
