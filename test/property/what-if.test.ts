/** What changes would do is what they do: the lists before and after, compared one by one, on random graphs and changes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProposedChange } from '../../engine/access/proposed-changes.ts';
import {
  type EdgeRecord,
  type Instant,
  lineOfEdge,
  lineOfNode,
  REACHES,
  type Reach,
} from '../../engine/model/index.ts';
import { expectDifference, listed } from '../support/listed-accesses.ts';
import { middlingGraph } from '../support/middling-graph.ts';
import type { OracleGraph } from '../support/oracle/index.ts';
import { crowdedGraph, INSTANTS, identitiesOf, linesOf, randomGraph, returningGraph } from '../support/random-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';
import { viewOf } from '../support/view-of.ts';

announceSeed();

interface Frame {
  readonly reach: Reach;
  readonly at: Instant;
}

/** Changes that make one graph of the other. */
function changesBetween(before: OracleGraph, after: OracleGraph): readonly ProposedChange[] {
  const there = (graph: OracleGraph): ReadonlySet<string> => new Set(graph.nodes.map(({ id }) => id));
  const effective = (graph: OracleGraph): ReadonlyMap<string, EdgeRecord> => {
    const nodes = there(graph);
    return new Map(
      graph.edges.filter(({ from, to }) => nodes.has(from) && nodes.has(to)).map((edge) => [edge.id, edge]),
    );
  };
  const [was, is] = [effective(before), effective(after)];
  const nodesAfter = there(after);
  return [
    ...[...was.keys()].filter((id) => !is.has(id)).map((id) => ({ op: 'REMOVE_EDGE', id })),
    ...[...there(before)].filter((id) => !nodesAfter.has(id)).map((id) => ({ op: 'REMOVE_NODE', id })),
    ...after.nodes.map((node) => {
      const { node: kind, id, ...properties } = lineOfNode(node);
      return { op: 'PUT_NODE', kind: kind as string, id: id as string, properties };
    }),
    ...[...is.values()].map((edge) => {
      const { edge: kind, from, to, key, ...properties } = lineOfEdge(edge);
      return {
        op: 'PUT_EDGE',
        kind: kind as string,
        from: from as string,
        to: to as string,
        ...(key === undefined ? {} : { key: key as string }),
        properties,
      };
    }),
  ];
}

async function expectDelta(before: OracleGraph, after: OracleGraph, frame: Frame): Promise<void> {
  const identities = [...new Set([...identitiesOf(before), ...identitiesOf(after)])];
  const here = await viewOf(before.nodes, before.edges);
  const there = await viewOf(after.nodes, after.edges);
  const [was, is] = [await listed(here, identities, frame), await listed(there, identities, frame)];
  const delta = await here.whatIf({ changes: changesBetween(before, after), first: 10_000, ...frame });
  expectDifference(delta, was, is);
  // Nothing was changed by asking.
  expect(await listed(here, identities, frame)).toEqual(was);
  here.release();
  there.release();
}

/** A graph, and the same with some edges gone and some come. */
const fewChanges = (graphs: fc.Arbitrary<OracleGraph>) =>
  fc
    .tuple(graphs, fc.array(fc.nat(), { maxLength: 3 }), fc.array(fc.nat(), { maxLength: 3 }))
    .map(([graph, gone, come]) => {
      const without = (places: readonly number[]): OracleGraph => ({
        nodes: graph.nodes,
        edges: graph.edges.filter((_, i) => !places.some((place) => place % graph.edges.length === i)),
      });
      const [before, after] = [without(come), without(gone)];
      return { before, after, [fc.toStringMethod]: () => `${linesOf(before)}\n---\n${linesOf(after)}` };
    });

const frame = fc.record({ reach: fc.constantFrom<Reach>(...REACHES), at: fc.constantFrom(...INSTANTS) });

describe('what changes would do', () => {
  it.each([
    ['a few edges of random graphs', fewChanges(randomGraph()), 150],
    ['a few edges of crowded graphs', fewChanges(crowdedGraph()), 80],
    ['a few edges of graphs with many contexts', fewChanges(returningGraph()), 50],
    ['all of a graph', fc.record({ before: randomGraph(), after: randomGraph() }), 80],
    ['a few edges of graphs of some hundred nodes', fewChanges(fc.nat().map(middlingGraph)), 16],
  ])(
    'to %s',
    (_, pairs, numRuns) =>
      fc.assert(
        fc.asyncProperty(
          pairs as fc.Arbitrary<{ before: OracleGraph; after: OracleGraph }>,
          frame,
          ({ before, after }, each) => expectDelta(before, after, each),
        ),
        runs(numRuns),
      ),
    LONG,
  );
});
