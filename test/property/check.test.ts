/** `check` answers as the plain oracle does, about every identity, action and resource of random graphs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REACHES } from '../../engine/model/index.ts';
import { forEachExecution } from '../support/executions.ts';
import { actionsToldApart, conditionsOf, decide, patternsOf } from '../support/oracle/index.ts';
import { INSTANTS, identitiesOf, randomGraph, resourcesOf, returningGraph } from '../support/random-graph.ts';
import { announceSeed, LONG } from '../support/seed.ts';

announceSeed();

forEachExecution(({ viewOf, runs }) => {
  const at = fc.constantFrom(...INSTANTS);

  describe('check', () => {
    it.each([
      ['random', randomGraph(), 700],
      ['returning', returningGraph(), 150],
    ])(
      'is the decision of the model: %s graphs',
      async (_, graphs, numRuns) => {
        await fc.assert(
          fc.asyncProperty(graphs, at, fc.boolean(), async (graph, at, loud) => {
            const view = await viewOf(graph.nodes, graph.edges);
            const actions = actionsToldApart(patternsOf(graph)).map((action) => (loud ? action.toUpperCase() : action));
            for (const reach of REACHES)
              for (const identity of identitiesOf(graph))
                for (const resource of resourcesOf(graph))
                  for (const action of actions) {
                    const asked = { identity, action, resource, reach, at };
                    const { decision, conditions, version } = await view.check(asked);
                    expect({ asked, decision, conditions }).toEqual({
                      asked,
                      decision: decide(graph, asked),
                      conditions: conditionsOf(graph, asked),
                    });
                    expect(version).toBe(view.version);
                  }
            view.release();
          }),
          runs(numRuns),
        );
      },
      LONG,
    );

    it('follows ASSUMABLE at the present when nothing else is asked', async () => {
      await fc.assert(
        fc.asyncProperty(randomGraph(), async (graph) => {
          const view = await viewOf(graph.nodes, graph.edges);
          for (const identity of identitiesOf(graph))
            for (const resource of resourcesOf(graph)) {
              const asked = { identity, action: 'ab', resource };
              const expected = decide(graph, { ...asked, reach: 'ASSUMABLE', at: Date.now() });
              expect((await view.check(asked)).decision).toBe(expected);
            }
          view.release();
        }),
        runs(50),
      );
    });
  });
});
