/** A question that is executed in the store has the answer that the snapshot gives: all of it, to the last cursor. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeEdge, REACHES } from '../../engine/model/index.ts';
import { type Asked, everything } from '../support/everything.ts';
import { middlingGraph } from '../support/middling-graph.ts';
import { actionsToldApart, type OracleGraph, patternsOf } from '../support/oracle/index.ts';
import {
  crowdedGraph,
  INSTANTS,
  identitiesOf,
  PATTERNS,
  randomGraph,
  resourcesOf,
  returningGraph,
} from '../support/random-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';
import { viewOf } from '../support/view-of.ts';

announceSeed();

const at = fc.constantFrom(...INSTANTS);

async function expectSameAnswers(graph: OracleGraph, asked: Asked): Promise<void> {
  const [snapshot, store] = await Promise.all([
    viewOf(graph.nodes, graph.edges, 'snapshot'),
    viewOf(graph.nodes, graph.edges, 'store'),
  ]);
  const expected = await everything(snapshot, asked);
  const answers = await everything(store, asked);
  for (const [question, answer] of expected) expect([question, answers.get(question)]).toEqual([question, answer]);
  expect(answers.size).toBe(expected.size);
  snapshot.release();
  store.release();
}

/** One of so many, which ones by the seed. */
const some = <T>(all: readonly T[], step: number, seed: number): readonly T[] =>
  all.filter((_, index) => index % step === seed % step);

/** Every other grant as a take-over of what it grants on. */
const withTakeovers = ({ nodes, edges }: OracleGraph): OracleGraph => ({
  nodes,
  edges: edges.map((edge, i) =>
    edge.kind === 'GRANTS' && i % 2 === 0
      ? makeEdge({ kind: 'CONTROLS', from: edge.from, to: edge.to, source: edge.source, key: `take-over ${i}` })
      : edge,
  ),
});

describe('execution in the store answers as the snapshot does', () => {
  it.each([
    ['random', randomGraph(), 40],
    ['crowded', crowdedGraph(), 15],
    ['take-over', randomGraph().map(withTakeovers), 25],
    ['returning', returningGraph(), 15],
  ])(
    'everything about %s graphs',
    async (_, graphs, numRuns) => {
      await fc.assert(
        fc.asyncProperty(graphs, at, fc.nat(), async (graph, at, seed) => {
          const ids = [...new Set(graph.nodes.map((node) => node.id))];
          await expectSameAnswers(graph, {
            ids,
            // Some that are of the wrong kind, and one that is nowhere.
            identities: [...identitiesOf(graph), ...some(ids, 5, seed), 'nobody'],
            resources: [...resourcesOf(graph), ...some(ids, 7, seed), 'nothing'],
            actions: some(actionsToldApart(patternsOf(graph)), 3, seed),
            words: ['u', 'r', 'g 1', 'zzz', '\u{1F512}', '\ud83d'],
            reaches: REACHES,
            at,
          });
        }),
        runs(numRuns),
      );
    },
    LONG,
  );

  it(
    'some of all about graphs of a few hundred nodes',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.constantFrom(15, 20), async (seed, at) => {
          const graph = middlingGraph(seed);
          await expectSameAnswers(graph, {
            ids: some(
              graph.nodes.map((node) => node.id),
              20,
              seed,
            ),
            identities: some(identitiesOf(graph), 16, seed),
            resources: some(resourcesOf(graph), 18, seed),
            actions: some(actionsToldApart(PATTERNS), 5, seed),
            words: ['user', '1', 'resource/4 re'],
            reaches: REACHES,
            at,
          });
        }),
        runs(2),
      );
    },
    LONG,
  );
});
