/**
 * What every store's graph must answer, in both ways of answering. A store's own test file calls `questionsContract` with
 * how to make and drop a store; the same cases run for each, and test/contract/combinations.test.ts sees to that.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GraphView } from '../../engine/access/questions.ts';
import type { Execution } from '../../engine/api.ts';
import { type Change, REACHES } from '../../engine/model/index.ts';
import type { GraphStore } from '../../engine/store/port.ts';
import { askEngine } from '../support/ask-scenario.ts';
import { everything } from '../support/everything.ts';
import { middlingGraph } from '../support/middling-graph.ts';
import { actionsToldApart, type OracleGraph, patternsOf } from '../support/oracle/index.ts';
import { INSTANTS, identitiesOf, randomGraph, resourcesOf, returningGraph } from '../support/random-graph.ts';
import { scenariosIn } from '../support/scenario.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';
import { EXECUTIONS, viewOf, viewOnStore } from '../support/view-of.ts';
import type { StoreMaker } from './store-contract.ts';

type Maker = Pick<StoreMaker, 'create' | 'drop'>;

/** @param name of the store, one word */
export function questionsContract(name: string, maker: Maker): void {
  announceSeed();
  for (const execution of EXECUTIONS) {
    describe(`questions of ${name} by ${execution}`, () => {
      for (const scenario of scenariosIn(`${import.meta.dirname}/../scenarios`)) {
        describe(`${scenario.title} (${scenario.file})`, () => {
          let store: GraphStore;
          let view: GraphView;
          beforeAll(async () => {
            store = await maker.create();
            await applyInTurn(store, scenario.changes);
            view = await viewOnStore(store, execution);
          }, LONG);
          afterAll(async () => {
            view.release();
            await maker.drop(store);
          });
          askEngine(scenario, () => view);
        });
      }
      answersOfRandomGraphs(maker, execution);
      answersOfOneVersion(maker, execution);
    });
  }
}

/** Puts first, then withdrawals: an end that goes later must be there when its edge is put. */
async function applyInTurn(store: GraphStore, changes: readonly Change[]): Promise<void> {
  const puts = changes.filter(({ op }) => op.startsWith('PUT'));
  const removals = changes.filter(({ op }) => !op.startsWith('PUT'));
  let count = 0;
  for (const part of [puts, removals])
    if (part.length > 0) await store.apply({ id: `part-${++count}`, source: 'main', complete: [], changes: part });
}

/** What the answers of a store say besides of the store itself. */
const OF_THE_STORE = new Set(['["version"]', '["summary"]', '["dangling"]', '["export"]']);

function answersOfRandomGraphs(maker: Maker, execution: Execution): void {
  it.each([
    ['random', randomGraph().map(withoutLooseEnds), 5],
    ['returning', returningGraph().map(withoutLooseEnds), 2],
    ['middling', fc.nat().map(middlingGraph), 1],
  ])(
    'are those of a snapshot of plain records: %s graphs',
    async (kind, graphs, numRuns) => {
      await fc.assert(
        fc.asyncProperty(
          graphs,
          fc.constantFrom(...REACHES),
          fc.constantFrom(...INSTANTS),
          fc.nat(),
          async (graph, reach, at, seed) => {
            const some = <T>(all: readonly T[]): readonly T[] =>
              kind === 'middling' ? all.filter((_, i) => i % 18 === seed % 18) : all;
            const asked = {
              ids: some([...new Set(graph.nodes.map((node) => node.id))]),
              identities: [...some(identitiesOf(graph)).slice(0, 2), 'nobody'],
              resources: [...some(resourcesOf(graph)).slice(0, 2), 'nothing'],
              actions: actionsToldApart(patternsOf(graph))
                .filter((_, i) => i % 4 === seed % 4)
                .slice(0, 2),
              words: ['u', 'r', '\u{1F512}'],
              reaches: [reach],
              at,
            };
            const store = await maker.create();
            try {
              await applyInTurn(store, changesOf(graph));
              const view = await viewOnStore(store, execution);
              const answers = await everything(view, asked);
              const expected = await everything(await viewOf(graph.nodes, graph.edges), asked);
              for (const [question, answer] of expected)
                if (!OF_THE_STORE.has(question)) expect([question, answers.get(question)]).toEqual([question, answer]);
              view.release();
            } finally {
              await maker.drop(store);
            }
          },
        ),
        { ...runs(numRuns), endOnFailure: true },
      );
    },
    LONG,
  );
}

/** A view goes on answering on its version while the store moves on. */
function answersOfOneVersion(maker: Maker, execution: Execution): void {
  it(
    'stay those of the version that a view was opened on',
    async () => {
      const graph = withoutLooseEnds(middlingGraph(7));
      const asked = {
        ids: graph.nodes.slice(0, 5).map((node) => node.id),
        identities: identitiesOf(graph).slice(0, 2),
        resources: resourcesOf(graph).slice(0, 2),
        actions: ['ab'],
        words: ['user'],
        reaches: ['ESCALATION', 'ENTITLED'],
        at: 15,
      } as const;
      const store = await maker.create();
      try {
        await applyInTurn(store, changesOf(graph));
        const [before, pinned] = [await viewOnStore(store, execution), await viewOnStore(store, execution)];
        const expected = await everything(before, asked);
        const gone = graph.edges.filter((_, i) => i % 2 === 0);
        await store.apply({
          id: 'half-gone',
          source: 'main',
          complete: [],
          changes: gone.map(({ id, source }): Change => ({ op: 'REMOVE_EDGE', id, source })),
        });
        const answers = await everything(pinned, asked);
        for (const [question, answer] of expected)
          expect([question, answers.get(question)]).toEqual([question, answer]);
        const newest = await viewOnStore(store, execution);
        expect(newest.version).toBe(pinned.version + 1);
        expect((await newest.summary()).edgeCounts).not.toEqual((await pinned.summary()).edgeCounts);
        for (const view of [before, pinned, newest]) view.release();
      } finally {
        await maker.drop(store);
      }
    },
    LONG,
  );
}

const changesOf = (graph: OracleGraph): readonly Change[] => [
  ...graph.nodes.map((node): Change => ({ op: 'PUT_NODE', node })),
  ...graph.edges.map((edge): Change => ({ op: 'PUT_EDGE', edge })),
];

/** A store does not take an edge whose end was never there. */
function withoutLooseEnds(graph: OracleGraph): OracleGraph {
  const ids = new Set(graph.nodes.map((node) => node.id));
  return { nodes: graph.nodes, edges: graph.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)) };
}
