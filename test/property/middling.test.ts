/** On graphs of a few hundred nodes: the lists say what `check` answers, and `check` what the oracle decides. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphView } from '../../engine/access/questions.ts';
import { type Instant, REACHES, type Reach } from '../../engine/model/index.ts';
import { forEachExecution } from '../support/executions.ts';
import { middlingGraph } from '../support/middling-graph.ts';
import { actionsToldApart, decide, isAllowing, type OracleGraph, speaksFor } from '../support/oracle/index.ts';
import { byPages, whole } from '../support/paged.ts';
import { identitiesOf, PATTERNS, resourcesOf } from '../support/random-graph.ts';
import { announceSeed, LONG } from '../support/seed.ts';

announceSeed();

forEachExecution(({ viewOf, runs }) => {
  const ACTIONS = actionsToldApart(PATTERNS);

  interface Case {
    readonly graph: OracleGraph;
    readonly view: GraphView;
    readonly seed: number;
    readonly frame: { readonly reach: Reach; readonly at: Instant };
  }

  const eachCase = (ask: (one: Case) => Promise<void>): Promise<void> =>
    fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom(...REACHES), fc.constantFrom(15, 20), async (seed, reach, at) => {
        const graph = middlingGraph(seed);
        const view = await viewOf(graph.nodes, graph.edges);
        await ask({ graph, view, seed, frame: { reach, at } });
        view.release();
      }),
      runs(12),
    );

  /** One of so many, which ones by the seed. */
  const some = <T>(all: readonly T[], step: number, seed: number): readonly T[] =>
    all.filter((_, index) => index % step === seed % step);

  const allowed = (decision: string, otherwise: string | undefined): string | undefined =>
    decision === 'ALLOWED' || decision === 'CONDITIONAL' ? decision : otherwise;

  describe('on a few hundred nodes', () => {
    it(
      'accessOf says what check answers',
      async () => {
        await eachCase(async ({ graph, view, seed, frame }) => {
          for (const identity of some(identitiesOf(graph), 9, seed)) {
            const ask = (page: object) => view.accessOf({ identity, ...frame, ...page });
            const rows = await whole(ask);
            expect(await byPages(50, ask)).toEqual(rows);
            for (const resource of resourcesOf(graph)) {
              const here = rows.filter((row) => row.resource === resource);
              const answers = await Promise.all(
                ACTIONS.map((action) => view.check({ identity, action, resource, ...frame })),
              );
              expect({ identity, resource, said: ACTIONS.map((action) => speaksFor(here, action)) }).toEqual({
                identity,
                resource,
                said: answers.map(({ decision }) => (isAllowing(decision) ? decision : 'NONE')),
              });
            }
          }
        });
      },
      LONG,
    );

    it(
      'whoCan says what check answers',
      async () => {
        await eachCase(async ({ graph, view, seed, frame }) => {
          const action = ACTIONS[seed % ACTIONS.length]!;
          for (const resource of some(resourcesOf(graph), 9, seed)) {
            const ask = (page: object) => view.whoCan({ action, resource, includeDisabled: true, ...frame, ...page });
            const rows = await whole(ask);
            expect(await byPages(7, ask)).toEqual(rows);
            const said = new Map<string, string>(rows.map((row) => [row.identity, row.decision]));
            for (const identity of identitiesOf(graph)) {
              const { decision } = await view.check({ identity, action, resource, ...frame });
              expect([identity, resource, said.get(identity)]).toEqual([
                identity,
                resource,
                allowed(decision, undefined),
              ]);
            }
          }
        });
      },
      LONG,
    );

    it(
      'check is the decision of the model',
      async () => {
        await eachCase(async ({ graph, view, seed, frame }) => {
          for (const identity of some(identitiesOf(graph), 9, seed))
            for (const resource of some(resourcesOf(graph), 20, seed)) {
              const asked = { identity, action: ACTIONS[seed % ACTIONS.length]!, resource, ...frame };
              expect([asked, (await view.check(asked)).decision]).toEqual([asked, decide(graph, asked)]);
            }
        });
      },
      LONG,
    );
  });
});
