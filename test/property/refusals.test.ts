/** Questions that make no sense are refused with the right code, whatever the graph. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphView, Page, PageRequest } from '../../engine/access/questions.ts';
import { type ErrorCode, GrantlensError, type NodeKind } from '../../engine/model/index.ts';
import { forEachExecution } from '../support/executions.ts';
import type { OracleGraph } from '../support/oracle/index.ts';
import { identitiesOf, randomGraph, resourcesOf } from '../support/random-graph.ts';
import { announceSeed } from '../support/seed.ts';

announceSeed();

forEachExecution(({ viewOf, runs }) => {
  async function refused(code: ErrorCode, ask: () => Promise<unknown>): Promise<void> {
    const error = await ask().then(
      (answer) => new Error(`answered ${JSON.stringify(answer)}`),
      (reason: unknown) => reason,
    );
    expect(error, String(error)).toBeInstanceOf(GrantlensError);
    expect((error as GrantlensError).code).toBe(code);
  }

  const idOf = (graph: OracleGraph, kinds: readonly NodeKind[]): string | undefined =>
    graph.nodes.find((node) => kinds.includes(node.kind))?.id;

  /** Every question about an identity and a resource. */
  const asking = (view: GraphView, identity: string, resource: string) => ({
    check: () => view.check({ identity, action: 'a', resource }),
    paths: () => view.accessPaths({ identity, resource }),
    why: () => view.whyHasAccess({ identity, action: 'a', resource }),
  });

  /** Every question that comes in pages. */
  const paging = (view: GraphView, identity: string, resource: string) => ({
    accessOf: (page: PageRequest) => view.accessOf({ identity, ...page }),
    accessOfOne: (page: PageRequest) => view.accessOf({ identity, action: 'a', ...page }),
    whoCan: (page: PageRequest) => view.whoCan({ action: 'a', resource, ...page }),
    accessPaths: (page: PageRequest) => view.accessPaths({ identity, resource, ...page }),
    edgesOf: (page: PageRequest) => view.edgesOf(identity, 'out', page),
    search: (page: PageRequest) => view.search({ text: 'u', ...page }),
  });

  const onGraphs = (numRuns: number, ask: (graph: OracleGraph, view: GraphView) => Promise<void>): Promise<void> =>
    fc.assert(
      fc.asyncProperty(randomGraph(), async (graph) => {
        fc.pre(resourcesOf(graph).length > 0);
        const view = await viewOf(graph.nodes, graph.edges);
        await ask(graph, view);
        view.release();
      }),
      runs(numRuns),
    );

  describe('a question is refused', () => {
    it('when a node is unknown', () =>
      onGraphs(20, async (graph, view) => {
        const [identity, resource] = [identitiesOf(graph)[0]!, resourcesOf(graph)[0]!];
        for (const ask of Object.values(asking(view, 'nobody', resource))) await refused('NODE_NOT_FOUND', ask);
        for (const ask of Object.values(asking(view, identity, 'nothing'))) await refused('NODE_NOT_FOUND', ask);
        await refused('NODE_NOT_FOUND', () => view.accessOf({ identity: 'nobody' }));
        await refused('NODE_NOT_FOUND', () => view.whoCan({ action: 'a', resource: 'nothing' }));
        await refused('NODE_NOT_FOUND', () => view.edgesOf('nobody', 'out'));
        expect(await view.edgeById('none')).toBeUndefined();
        expect(await view.entities(['nobody', identity])).toEqual([
          undefined,
          expect.objectContaining({ id: identity }),
        ]);
      }));

    it('when a node is of the wrong kind', () =>
      onGraphs(20, async (graph, view) => {
        const [identity, resource] = [identitiesOf(graph)[0]!, resourcesOf(graph)[0]!];
        for (const wrong of [idOf(graph, ['Group']), idOf(graph, ['Role']), resource]) {
          if (wrong === undefined) continue;
          for (const ask of Object.values(asking(view, wrong, resource))) await refused('NOT_AN_IDENTITY', ask);
          await refused('NOT_AN_IDENTITY', () => view.accessOf({ identity: wrong }));
        }
        for (const wrong of [idOf(graph, ['Group']), idOf(graph, ['Role']), identity]) {
          if (wrong === undefined) continue;
          for (const ask of Object.values(asking(view, identity, wrong))) await refused('NOT_A_RESOURCE', ask);
          await refused('NOT_A_RESOURCE', () => view.whoCan({ action: 'a', resource: wrong }));
        }
      }));

    it('when a number, an instant, a reach or an action is out of range', () =>
      onGraphs(10, async (graph, view) => {
        const [identity, resource] = [identitiesOf(graph)[0]!, resourcesOf(graph)[0]!];
        for (const first of [-1, 10_001, 1.5, Number.NaN])
          for (const ask of Object.values(paging(view, identity, resource)))
            await refused('ARGUMENT_INVALID', () => ask({ first }));
        const check = { identity, action: 'a', resource };
        await refused('ARGUMENT_INVALID', () => view.check({ ...check, at: Number.NaN }));
        await refused('ARGUMENT_INVALID', () => view.check({ ...check, reach: 'FAR' as 'ENTITLED' }));
        await refused('ARGUMENT_INVALID', () => view.check({ ...check, action: '' }));
        await refused('ARGUMENT_INVALID', () => view.whyHasAccess({ ...check, maxPaths: 1_001 }));
        await refused('ARGUMENT_INVALID', () => view.whyHasAccess({ ...check, maxPaths: -1 }));
        await refused('ARGUMENT_INVALID', () => view.accessPaths({ identity, resource, maxLength: -1 }));
      }));

    it('when a cursor is none, or of another question', () =>
      onGraphs(60, async (graph, view) => {
        const [identity, resource] = [identitiesOf(graph)[0]!, resourcesOf(graph)[0]!];
        const questions = Object.entries(paging(view, identity, resource));
        const cursors: [string, string][] = [];
        for (const [name, ask] of questions) {
          for (const after of ['', 'x', '!', 'AAAA', 'eyJhIjoxfQ', '\u{1F512}'])
            await refused('CURSOR_INVALID', () => ask({ after }));
          const page: Page<unknown> = await ask({ first: 1 });
          if (page.cursors.length > 0) cursors.push([name, page.cursors[0]!]);
        }
        for (const [asker, ask] of questions)
          for (const [giver, after] of cursors)
            if (giver !== asker) await refused('CURSOR_INVALID', () => ask({ after }));
      }));
  });
});
