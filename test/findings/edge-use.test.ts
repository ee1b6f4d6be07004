/** Use of edges, worked out once for identities that lead alike, against each identity and each use for itself. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeFrame } from '../../engine/access/frame.ts';
import { workspaceOf } from '../../engine/access/workspace.ts';
import { readFacts } from '../../engine/findings/graph-facts.ts';
import { usesOfEdges } from '../../engine/findings/stale/edge-use.ts';
import { PossibleCarriers } from '../../engine/findings/stale/possible-carriers.ts';
import { SoleCarriers } from '../../engine/findings/stale/sole-carriers.ts';
import { type EdgeRecord, type Instant, makeEdge, type NodeRecord, type UseRecord } from '../../engine/model/index.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import { memoryReader } from '../support/memory-reader.ts';
import { crowdedGraph, INSTANTS, identitiesOf, randomGraph, resourcesOf } from '../support/random-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';

announceSeed();

const SINCE = 100;
const ACTIONS = ['a', 'ab', 'b', 'ba'];
const BEGINS_AN_ACCESS = new Set(['MEMBER_OF', 'HAS_ROLE', 'CAN_ASSUME']);

interface Used {
  readonly nodes: readonly NodeRecord[];
  readonly edges: readonly EdgeRecord[];
  readonly uses: readonly UseRecord[];
}

/** A graph in which each identity has two more beside it with the same memberships and assumptions; the last one lacks one of them. */
const usedByMany: fc.Arbitrary<Used> = fc
  .record({
    graph: fc.oneof(randomGraph(), crowdedGraph()),
    uses: fc.array(
      fc.record({
        identity: fc.nat(),
        resource: fc.nat(),
        action: fc.constantFrom(...ACTIONS),
        lastUsedAt: fc.constantFrom(50, 100, 150),
      }),
      { maxLength: 24 },
    ),
  })
  .map(({ graph, uses }) => {
    const resources = resourcesOf(graph);
    const made = identitiesOf(graph).flatMap((id) => {
      const own = graph.edges.filter(({ from, kind }) => from === id && BEGINS_AN_ACCESS.has(kind));
      return [1, 2].map((which) => ({
        node: { kind: 'User', id: `${id} ${which}`, source: 's', attributes: {} } satisfies NodeRecord,
        edges: own.slice(which - 1).map(({ id: _, ...edge }) => makeEdge({ ...edge, from: `${id} ${which}` })),
      }));
    });
    const nodes = [...graph.nodes, ...made.map(({ node }) => node)];
    const edges = [...graph.edges, ...made.flatMap((one) => one.edges)];
    const identities = identitiesOf({ nodes, edges });
    if (identities.length === 0 || resources.length === 0) return { nodes, edges, uses: [] };
    return {
      nodes,
      edges,
      uses: uses.map((one) => ({
        ...one,
        identity: identities[one.identity % identities.length]!,
        resource: resources[one.resource % resources.length]!,
        source: 'log',
        useCount: 1,
      })),
    };
  });

/** When each edge was last used and how often, and which a recent use may have gone over; by edge number. */
async function inTurn({ nodes, edges, uses }: Used, at: Instant) {
  const snapshot = await compileSnapshot(memoryReader(nodes, edges));
  const frame = makeFrame(snapshot, 'ASSUMABLE', at);
  const work = workspaceOf(snapshot);
  const [last, count, perhaps] = [new Map<number, number>(), new Map<number, number>(), new Set<number>()];
  for (const { identity, resource, action, lastUsedAt } of uses) {
    const [who, what, matcher] = [
      snapshot.index.find(identity),
      snapshot.index.find(resource),
      snapshot.terms.matcher(action),
    ];
    for (const edge of new SoleCarriers(frame, work, who).of(matcher, what)) {
      last.set(edge, Math.max(last.get(edge) ?? 0, lastUsedAt!));
      count.set(edge, (count.get(edge) ?? 0) + 1);
    }
    if (lastUsedAt! < SINCE) continue;
    for (const edge of new PossibleCarriers(frame, work, who).of([{ matcher, resource: what }])) perhaps.add(edge);
  }
  return { last, count, perhaps };
}

describe('the use of edges', () => {
  it(
    'is for many who lead alike what it is for each of them',
    async () => {
      let carried = 0;
      await fc.assert(
        fc.asyncProperty(usedByMany, fc.constantFrom(...INSTANTS), async (used, at) => {
          const edges = used.edges.map(({ lastUsedAt: _, useCount: __, ...edge }) => edge);
          const reader = {
            ...memoryReader(used.nodes, edges),
            async *useRecords() {
              yield* used.uses;
            },
          };
          const snapshot = await compileSnapshot(reader);
          const facts = await readFacts(snapshot, reader, new Set(['edgeUse', 'uses'] as const), new Pace());
          const shared = await usesOfEdges(makeFrame(snapshot, 'ASSUMABLE', at), facts, SINCE, new Pace());
          const { last, count, perhaps } = await inTurn({ ...used, edges }, at);
          const known = [...shared.lastUsedAt.entries()].filter(([, time]) => !Number.isNaN(time));
          expect(new Map(known)).toEqual(last);
          expect(new Map(known.map(([edge]) => [edge, shared.useCount[edge]!]))).toEqual(count);
          expect(new Set([...shared.mayCarry.entries()].filter(([, is]) => is).map(([edge]) => edge))).toEqual(perhaps);
          carried += perhaps.size;
        }),
        runs(300),
      );
      expect(carried).toBeGreaterThan(100);
    },
    LONG,
  );
});
