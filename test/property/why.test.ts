/** `whyHasAccess` explains as the model has it, on random graphs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccessExplanation, GraphView, WhyQuestion } from '../../engine/access/questions.ts';
import { type Change, type EdgeKind, makeEdge, type NodeKind, type Reach } from '../../engine/model/index.ts';
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
      'tells when the decision is as it is, and at no other time is it so',
      async () => {
        await eachWhy(fc.oneof(randomGraph(), returningGraph()), 150, async (graph, asked, why) => {
          const { validWindows } = why;
          const ends = validWindows.flatMap(({ from, to }) => [from ?? -1, to ?? 1e6]);
          expect([...new Set(ends)].sort((a, b) => a - b)).toEqual(ends);
          const isTold = (at: number): boolean =>
            validWindows.some(({ from, to }) => (from === null || at >= from) && (to === null || at < to));
          const turns = graph.edges.flatMap(({ validFrom, validTo }) => [validFrom ?? 0, validTo ?? 0]);
          for (const at of new Set([asked.at!, ...turns, ...turns.map((turn) => turn - 1)])) {
            const isSo = decide(graph, { ...asked, at }) === why.decision;
            expect({ asked, at, isTold: isTold(at), validWindows }).toEqual({ asked, at, isTold: isSo, validWindows });
          }
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
            expect(why.pathCountText).toBe(String(all.totalCount));
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

    it('finds a choke edge that ways take before becoming another and after', async () => {
      const node = (kind: NodeKind, id: string) => ({ kind, id, source: 's', attributes: {} });
      const nodes = [
        node('User', 'u'),
        ...['a', 'b'].map((id) => node('ServiceAccount', id)),
        ...['g', 'h'].map((id) => node('Group', id)),
        node('Resource', 'r'),
      ];
      const edge = (kind: EdgeKind, from: string, to: string, rest = {}) =>
        makeEdge({ kind, from, to, source: 's', ...rest });
      const edges = [
        edge('GRANTS', 'u', 'r', { actions: ['*'], effect: 'DENY' }),
        edge('MEMBER_OF', 'u', 'g'),
        edge('MEMBER_OF', 'g', 'h'),
        edge('CAN_ASSUME', 'h', 'a'),
        edge('GRANTS', 'a', 'r', { actions: ['*'] }),
        edge('CAN_ASSUME', 'u', 'b'),
        edge('MEMBER_OF', 'b', 'g'),
        edge('GRANTS', 'h', 'r', { actions: ['*'] }),
      ];
      const why = await (await viewOf(nodes, edges)).whyHasAccess({ identity: 'u', action: 'read', resource: 'r' });
      expect(why.decision).toBe('ALLOWED');
      expect(why.chokeEdges).toEqual([edges[2]]);
    });

    it('tells the windows around the instant where there are too many', async () => {
      const groups = Array.from({ length: 600 }, (_, i) => i);
      const view = await viewOf(
        [
          { kind: 'User', id: 'u', source: 's', attributes: {} },
          { kind: 'Resource', id: 'r', source: 's', attributes: {} },
          ...groups.map((i) => ({ kind: 'Group' as const, id: `g${i}`, source: 's', attributes: {} })),
        ],
        groups.flatMap((i) => [
          makeEdge({ kind: 'MEMBER_OF', from: 'u', to: `g${i}`, source: 's', validFrom: i * 10, validTo: i * 10 + 5 }),
          makeEdge({ kind: 'GRANTS', from: `g${i}`, to: 'r', source: 's', actions: ['read'] }),
        ]),
      );
      const asked = { identity: 'u', action: 'read', resource: 'r' };
      const early = await view.whyHasAccess({ ...asked, at: 12 });
      expect(early.validWindows).toEqual(groups.slice(0, 128).map((i) => ({ from: i * 10, to: i * 10 + 5 })));
      expect(early.complete).toBe(false);
      expect(early.incompleteBecause).toBe(
        'validWindows were worked out until 1970-01-01T00:00:01.275Z only: 1200 times at which something begins or ends are too many',
      );
      const late = await view.whyHasAccess({ ...asked, at: 5_990 });
      expect(late.validWindows.at(-1)).toEqual({ from: 5_990, to: 5_995 });
      expect(late.validWindows.length).toBe(128);
      expect(late.incompleteBecause).toMatch(/^validWindows were worked out from 1970-01-01T00:00:04\.720Z only: /);
    });

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
