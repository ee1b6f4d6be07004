/** Hubs against brute force: a node or an edge is taken away, and the pairs that are left are counted. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FoundHubs, findHubs } from '../../engine/hubs/find-hubs.ts';
import {
  EDGE_ENDS,
  type EdgeKind,
  type Entity,
  type Instant,
  makeEdge,
  NODE_KINDS,
  type NodeKind,
  type Reach,
} from '../../engine/model/index.ts';
import { readSensitivity } from '../../engine/sensitivity/read-sensitivity.ts';
import type { SensitivityRule } from '../../engine/sensitivity/rule.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import type { Snapshot } from '../../engine/snapshot/snapshot.ts';
import { memoryReader } from '../support/memory-reader.ts';
import { middlingGraph } from '../support/middling-graph.ts';
import { ObviousHubs } from '../support/obvious-hubs.ts';
import type { OracleGraph } from '../support/oracle/index.ts';
import { crowdedGraph, INSTANTS, linesOf, PATTERNS, randomGraph, returningGraph } from '../support/random-graph.ts';
import { announceSeed, LONG, runs, SEED } from '../support/seed.ts';

announceSeed();

interface Case {
  readonly graph: OracleGraph;
  readonly rules: readonly SensitivityRule[];
  readonly at: Instant;
  readonly reach: Reach;
  readonly minSensitivity: number;
}

const rule: fc.Arbitrary<SensitivityRule> = fc
  .record({
    id: fc.constantFrom('*', 'r*', 'r', 'R', '*1', '*2'),
    actions: fc.option(fc.array(fc.constantFrom(...PATTERNS), { minLength: 1, maxLength: 2 }), { nil: undefined }),
    weight: fc.constantFrom(0, 0.3, 0.6, 1),
  })
  .map(({ id, actions, weight }) => ({
    name: 'rule',
    resource: { id },
    weight,
    ...(actions === undefined ? {} : { actions }),
  }));

const cases = (graphs: fc.Arbitrary<OracleGraph>): fc.Arbitrary<Case> =>
  fc
    .record({
      graph: graphs,
      own: fc.array(fc.constantFrom(undefined, 0.2, 0.5, 0.9), { minLength: 5, maxLength: 5 }),
      rules: fc.array(rule, { maxLength: 3 }),
      at: fc.constantFrom(...INSTANTS),
      reach: fc.constantFrom<Reach>('ENTITLED', 'ASSUMABLE', 'ESCALATION'),
      minSensitivity: fc.constantFrom(0, 0, 0.5, 0.9),
    })
    .map(({ own, ...each }) => {
      const nodes = each.graph.nodes.map((node, i) => {
        const sensitivity = own[i % own.length];
        return node.kind !== 'Resource' || sensitivity === undefined ? node : { ...node, sensitivity };
      });
      const graph = { nodes, edges: each.graph.edges };
      return {
        ...each,
        graph,
        [fc.toStringMethod]: () => `${JSON.stringify({ ...each, graph: 0 })}\n${linesOf(graph)}\n`,
      };
    });

/**
 * Few nodes with few ways to differ, so that many stand alike: users with the same edges but for one, resources that the
 * same hold, resources that contain each other.
 */
const alike: fc.Arbitrary<OracleGraph> = fc
  .array(
    fc.record({
      kind: fc.constantFrom<EdgeKind>(
        'MEMBER_OF',
        'HAS_ROLE',
        'GRANTS',
        'GRANTS',
        'CONTAINS',
        'CONTAINS',
        'CAN_ASSUME',
      ),
      from: fc.nat(4),
      to: fc.nat(4),
      action: fc.constantFrom('a', 'a', 'b'),
      inherit: fc.nat(3),
    }),
    { minLength: 6, maxLength: 24 },
  )
  .map((drawn) => {
    const pools = { User: 4, ServiceAccount: 1, Group: 1, Role: 1, Resource: 4 } as const;
    const nodes = NODE_KINDS.flatMap((kind) =>
      Array.from({ length: pools[kind] }, (_, i) => ({ kind, id: `${kind}${i}`, source: 'main', attributes: {} })),
    );
    const pick = (kinds: readonly NodeKind[], n: number): string => {
      const pool = nodes.filter((node) => kinds.includes(node.kind));
      return pool[n % pool.length]!.id;
    };
    const edges = drawn.map(({ kind, from, to, action, inherit }) =>
      makeEdge({
        kind,
        from: pick(EDGE_ENDS[kind].from, from),
        to: pick(EDGE_ENDS[kind].to, to),
        source: 'main',
        ...(kind === 'GRANTS' ? { actions: [action], inherit: inherit > 0, key: `${action}${inherit === 0}` } : {}),
      }),
    );
    return { nodes, edges: [...new Map(edges.map((edge) => [edge.id, edge])).values()] };
  });

interface Found {
  readonly snapshot: Snapshot;
  readonly entities: readonly Entity[];
  readonly found: FoundHubs;
  readonly edgeId: (edge: number) => Promise<string>;
}

async function foundIn({ graph, rules, at, reach, minSensitivity }: Case): Promise<Found> {
  const reader = memoryReader(graph.nodes, graph.edges);
  const snapshot = await compileSnapshot(reader);
  const sensitivity = await readSensitivity(snapshot, reader, rules, new Pace());
  const found = await findHubs(
    [snapshot],
    { reach, at, sensitivity, minSensitivity, first: 10_000, rankBy: 'IMPACT', kinds: [...NODE_KINDS.keys()] },
    new Pace(),
  );
  const entities = await reader.entities([...snapshot.nodeRef.subarray(0, snapshot.nodeSpace)]);
  const edgeId = async (edge: number) => (await reader.edges([snapshot.edgeRef[edge]!]))[0]!.id;
  return { snapshot, entities: entities as readonly Entity[], found, edgeId };
}

const rounded = (weight: number): number => Math.round(weight * 1e9) / 1e9;

async function compare(each: Case): Promise<void> {
  const { snapshot, entities, found, edgeId } = await foundIn(each);
  const obvious = new ObviousHubs({ ...each, entities });
  expect([found.pairs, rounded(found.weight), found.resources]).toEqual([
    obvious.pairs.length,
    rounded(obvious.weightOf(obvious.pairs)),
    obvious.resources,
  ]);
  const told = new Map(found.hubs.map(({ node, ...hub }) => [snapshot.ids.at(node), hub]));
  expect(told.size).toBe(found.hubs.length);
  for (const { id } of entities) {
    const hub = told.get(id);
    const expected = obvious.hub(id);
    const plain =
      hub === undefined
        ? undefined
        : {
            identities: hub.identities,
            resources: hub.resources,
            exposure: hub.exposure,
            weightedExposure: rounded(hub.weightedExposure),
            exclusivePairs: hub.exclusivePairs,
            weightedImpact: rounded(hub.weightedImpact),
            blastRadius: rounded(hub.blastRadius),
          };
    expect([id, plain]).toEqual([
      id,
      expected && {
        ...expected,
        weightedExposure: rounded(expected.weightedExposure),
        weightedImpact: rounded(expected.weightedImpact),
        blastRadius: rounded(expected.blastRadius),
      },
    ]);
    if (hub !== undefined)
      expect(hub.redundancy).toBeCloseTo(1 - expected!.weightedImpact / expected!.weightedExposure, 9);
  }
  const edges = new Map<string, unknown>();
  for (const { edge, exclusivePairs, weightedImpact } of found.edges)
    edges.set(await edgeId(edge), [exclusivePairs, rounded(weightedImpact)]);
  const expectedEdges = each.graph.edges.flatMap(({ id, kind }) => {
    const lost = kind === 'CONTAINS' ? [] : obvious.without(id);
    return lost.length === 0 ? [] : [[id, [lost.length, rounded(obvious.weightOf(lost))]] as const];
  });
  expect(new Map([...edges].sort())).toEqual(new Map(expectedEdges.sort()));
  expect([found.hubCount, found.edgeCount]).toEqual([told.size, expectedEdges.length]);
}

describe('every number of every hub and edge', () => {
  it(
    'is that of brute force on graphs with everything',
    async () => {
      await fc.assert(fc.asyncProperty(cases(randomGraph()), compare), runs(1_500));
    },
    LONG,
  );

  it(
    'is that of brute force on crowded graphs',
    async () => {
      await fc.assert(fc.asyncProperty(cases(fc.oneof(crowdedGraph(), returningGraph())), compare), runs(600));
    },
    LONG,
  );

  it(
    'is that of brute force where much stands alike',
    async () => {
      await fc.assert(fc.asyncProperty(cases(alike), compare), runs(2_500));
    },
    LONG,
  );

  it.each(['ENTITLED', 'ASSUMABLE', 'ESCALATION'] as const)(
    'is that of brute force on a graph of a few hundred nodes: %s',
    async (reach) => {
      const graph = middlingGraph(SEED + reach.length);
      const nodes = graph.nodes.map((node, i) =>
        node.kind === 'Resource' && i % 3 > 0 ? { ...node, sensitivity: (i % 7) / 8 } : node,
      );
      const rules = [{ name: 'rule', resource: { id: '*1' }, actions: ['a*'], weight: 0.9 }];
      await compare({ graph: { nodes, edges: graph.edges }, rules, at: 15, reach, minSensitivity: 0.3 });
    },
    LONG,
  );
});
