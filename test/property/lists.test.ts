/** The first law: the lists say about every action what `check` answers, on random graphs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccessRow, GraphView, PageRequest } from '../../engine/access/questions.ts';
import type { Instant, Reach } from '../../engine/model/index.ts';
import { forEachExecution } from '../support/executions.ts';
import {
  accessible,
  actionsToldApart,
  matches,
  namedResources,
  type OracleGraph,
  patternsOf,
  speaks,
  speaksFor,
  whoCan,
} from '../support/oracle/index.ts';
import { byPages, whole } from '../support/paged.ts';
import { INSTANTS, identitiesOf, randomGraph, resourcesOf } from '../support/random-graph.ts';
import { announceSeed, LONG } from '../support/seed.ts';

announceSeed();

forEachExecution(({ viewOf, runs }) => {
  const at = fc.constantFrom(...INSTANTS);
  const reach = fc.constantFrom<Reach>('ASSUMABLE', 'ESCALATION', 'ENTITLED');

  interface Frame {
    readonly reach: Reach;
    readonly at: Instant;
  }

  /** Asks every identity of many graphs. */
  function eachIdentity(
    numRuns: number,
    ask: (graph: OracleGraph, view: GraphView, identity: string, frame: Frame) => Promise<void>,
  ): Promise<void> {
    return fc.assert(
      fc.asyncProperty(randomGraph(), reach, at, async (graph, reach, at) => {
        const view = await viewOf(graph.nodes, graph.edges);
        for (const identity of identitiesOf(graph)) await ask(graph, view, identity, { reach, at });
        view.release();
      }),
      runs(numRuns),
    );
  }

  const patternsIn = (rows: readonly AccessRow[]): readonly string[] =>
    rows.flatMap((row) => [...row.actions, ...row.exceptions]);

  const witnesses = (graph: OracleGraph, rows: readonly AccessRow[]): readonly string[] =>
    actionsToldApart([...new Set([...patternsOf(graph), ...patternsIn(rows)])]);

  const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

  function compareRows(a: AccessRow, b: AccessRow): number {
    const byTexts = (left: readonly string[], right: readonly string[]): number =>
      left.map((text, index) => compareText(text, right[index] ?? '')).find((order) => order !== 0) ??
      left.length - right.length;
    return (
      compareText(a.resource, b.resource) ||
      compareText(a.decision, b.decision) ||
      byTexts(a.actions, b.actions) ||
      byTexts(a.exceptions, b.exceptions)
    );
  }

  describe('accessOf', () => {
    it(
      'speaks for every action and resource as the model decides',
      async () => {
        await eachIdentity(1000, async (graph, view, identity, frame) => {
          const rows = await whole((page) => view.accessOf({ identity, ...frame, ...page }));
          const actions = witnesses(graph, rows);
          const table = accessible(graph, identity, actions, frame);
          for (const resource of resourcesOf(graph)) {
            const here = rows.filter((row) => row.resource === resource);
            const said = actions.map((action) => [action, speaksFor(here, action)]);
            const decided = actions.map((action) => [action, table.get(resource)?.get(action) ?? 'NONE']);
            expect({ identity, resource, rows: here, said }).toEqual({ identity, resource, rows: here, said: decided });
          }
        });
      },
      LONG,
    );

    it(
      'has rows in order, each of them about something',
      async () => {
        await eachIdentity(800, async (graph, view, identity, frame) => {
          const rows = await whole((page) => view.accessOf({ identity, ...frame, ...page }));
          expect([...rows].sort(compareRows)).toEqual(rows);
          for (const row of rows) {
            expect(row.identity).toBe(identity);
            expect(resourcesOf(graph)).toContain(row.resource);
            expect([...new Set(row.actions)].sort()).toEqual(row.actions);
            expect([...new Set(row.exceptions)].sort()).toEqual(row.exceptions);
            const actions = witnesses(graph, [row]);
            const meets = (exception: string): boolean =>
              actions.some((action) => speaks({ ...row, exceptions: [] }, action) && matches(exception, action));
            const asGranted = new Set(graph.edges.flatMap((edge) => edge.exceptActions ?? []));
            expect([row, row.exceptions.filter((exception) => !asGranted.has(exception) && !meets(exception))]).toEqual(
              [row, []],
            );
            for (const pattern of row.actions) {
              const alone = { ...row, actions: [pattern] };
              expect([row, pattern, witnesses(graph, [row]).some((action) => speaks(alone, action))]).toEqual([
                row,
                pattern,
                true,
              ]);
            }
          }
        });
      },
      LONG,
    );

    it(
      'comes in pages that make up the whole',
      async () => {
        await eachIdentity(200, async (_, view, identity, frame) => {
          const ask = (page: PageRequest) => view.accessOf({ identity, ...frame, ...page });
          const rows = await whole(ask);
          expect(await byPages(1, ask)).toEqual(rows);
          expect(await byPages(3, ask)).toEqual(rows);
          expect((await ask({ first: 0 })).totalCount).toBe(rows.length);
        });
      },
      LONG,
    );

    it(
      'tells of one action only what speaks for it',
      async () => {
        await eachIdentity(300, async (graph, view, identity, frame) => {
          for (const action of actionsToldApart(patternsOf(graph))) {
            const ask = (page: PageRequest) => view.accessOf({ identity, action, ...frame, ...page });
            const rows = await whole(ask);
            expect(await byPages(2, ask)).toEqual(rows);
            expect(rows.filter((row) => !speaks(row, action))).toEqual([]);
            const said = new Map(rows.map(({ resource }) => [resource, sayOf(rows, resource, action)]));
            const table = accessible(graph, identity, [action], frame);
            expect([action, [...said]]).toEqual([
              action,
              [...table].map(([resource, by]) => [resource, by.get(action)]),
            ]);
          }
        });
      },
      LONG,
    );

    it(
      'tells of the resources that grants name, when not expanded, what it tells of them when expanded',
      async () => {
        await eachIdentity(300, async (graph, view, identity, frame) => {
          const rows = await whole((page) => view.accessOf({ identity, ...frame, ...page }));
          const ask = (page: PageRequest) => view.accessOf({ identity, expand: false, ...frame, ...page });
          const named = namedResources(graph, identity, frame);
          const unexpanded = await whole(ask);
          expect(unexpanded).toEqual(rows.filter((row) => named.has(row.resource)));
          expect(await byPages(2, ask)).toEqual(unexpanded);
        });
      },
      LONG,
    );

    it(
      'lists each granted pattern where an action that only this pattern matches would be allowed',
      async () => {
        await fc.assert(
          fc.asyncProperty(
            randomGraph(),
            fc.constantFrom<Reach>('ASSUMABLE', 'ENTITLED'),
            at,
            async (drawn, reach, at) => {
              const graph = { nodes: drawn.nodes, edges: drawn.edges.filter((edge) => edge.kind !== 'BOUNDED_BY') };
              const view = await viewOf(graph.nodes, graph.edges);
              for (const identity of identitiesOf(graph)) {
                const rows = await whole((page) => view.accessOf({ identity, reach, at, ...page }));
                for (const pattern of allowedPatterns(graph)) {
                  const table = accessible(onlyAllowing(graph, pattern), identity, [strangeActionOf(pattern)], {
                    reach,
                    at,
                  });
                  for (const resource of resourcesOf(graph)) {
                    const decision = table.get(resource)?.get(strangeActionOf(pattern));
                    const listed = rows.filter((row) => row.resource === resource && row.actions.includes(pattern));
                    const strongest = listed.some((row) => row.decision === 'ALLOWED')
                      ? 'ALLOWED'
                      : listed[0]?.decision;
                    // A pattern may be listed besides, as the overlap of two others.
                    if (decision !== undefined)
                      expect({ resource, pattern, strongest }).toEqual({ resource, pattern, strongest: decision });
                  }
                }
              }
              view.release();
            },
          ),
          runs(300),
        );
      },
      LONG,
    );
  });

  const sayOf = (rows: readonly AccessRow[], resource: string, action: string): string =>
    speaksFor(
      rows.filter((row) => row.resource === resource),
      action,
    );

  describe('whoCan', () => {
    it(
      'lists who is allowed by the model, in order, the disabled only when asked for',
      async () => {
        await fc.assert(
          fc.asyncProperty(randomGraph(), reach, at, async (graph, reach, at) => {
            const view = await viewOf(graph.nodes, graph.edges);
            for (const resource of resourcesOf(graph))
              for (const action of actionsToldApart(patternsOf(graph)))
                for (const includeDisabled of [undefined, true]) {
                  const asked = { action, resource, reach, at, includeDisabled };
                  const rows = await whole((page) => view.whoCan({ ...asked, ...page }));
                  const said = rows.map((row) => [row.identity, row.decision]);
                  expect({ asked, said }).toEqual({ asked, said: [...whoCan(graph, action, resource, asked)] });
                  for (const row of rows) {
                    expect(row.resource).toBe(resource);
                    expect([action, row, speaks(row, action)]).toEqual([action, row, true]);
                  }
                  expect(await byPages(1, (page) => view.whoCan({ ...asked, ...page }))).toEqual(rows);
                  expect(await byPages(2, (page) => view.whoCan({ ...asked, ...page }))).toEqual(rows);
                }
            view.release();
          }),
          runs(300),
        );
      },
      LONG,
    );
  });

  const allowedPatterns = (graph: OracleGraph): ReadonlySet<string> =>
    new Set(graph.edges.filter((edge) => edge.effect === 'ALLOW').flatMap((edge) => edge.actions ?? []));

  /** The graph in which nothing else is granted. */
  const onlyAllowing = (graph: OracleGraph, pattern: string): OracleGraph => ({
    nodes: graph.nodes,
    edges: graph.edges.flatMap((edge) => {
      if (edge.effect !== 'ALLOW') return [edge];
      return edge.actions?.includes(pattern) === true ? [{ ...edge, actions: [pattern] }] : [];
    }),
  });

  /** An action that a pattern matches only if it matches all that the given one does. */
  const strangeActionOf = (pattern: string): string => pattern.replaceAll('*', '\u2022');
});
