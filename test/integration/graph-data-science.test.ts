/** Analyses in Graph Data Science against our own, on a real server with the real plugin. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { graphOfReader } from '../../engine/analysis/access-graph.ts';
import { Analyses } from '../../engine/analysis/analyses.ts';
import { ACCESS_KINDS } from '../../engine/analysis/questions.ts';
import {
  MODULARITY_SHORTFALL,
  MODULARITY_TOLERANCE,
  PAGERANK_TOLERANCE,
  ROUNDING,
} from '../../engine/analysis/tolerances.ts';
import { openEngine } from '../../engine/engine.ts';
import { type EdgeRecord, makeEdge, type NodeRecord } from '../../engine/model/index.ts';
import { gdsAnalytics } from '../../engine/store/neo4j/analytics.ts';
import { Neo4jDoor } from '../../engine/store/neo4j/door.ts';
import type { StoreAnalysis } from '../../engine/store/port.ts';
import { estateRecords } from '../support/estate-records.ts';
import { memoryReader } from '../support/memory-reader.ts';
import { neo4jForTests } from '../support/neo4j.ts';
import { contentOf, projectionsOf, withDriver } from '../support/neo4j-content.ts';
import { writeLayout } from '../support/neo4j-layout.ts';
import { LONG } from '../support/seed.ts';

const server = await neo4jForTests({ gds: true });
const AT = Date.UTC(2026, 0, 1);
const ANALYSIS: StoreAnalysis = {
  method: 'PAGERANK',
  version: 1,
  kinds: ACCESS_KINDS,
  at: AT,
  damping: 0.85,
  tolerance: 1e-12,
  resolution: 1,
  seed: 1,
};
const METHODS = ['PAGERANK', 'BETWEENNESS', 'LOUVAIN', 'LEIDEN'] as const;

server.describe('Graph Data Science', { timeout: LONG }, () => {
  const { nodes, edges } = withOddities(estateRecords(200));
  const nodeCount = new Set(nodes.map(({ id }) => id)).size;
  let door: Neo4jDoor;
  let analyses: Analyses;
  let before: readonly string[];

  beforeAll(async () => {
    await withDriver(server, (driver) => writeLayout(driver, { nodes, edges }));
    before = await contentOf(server);
    door = new Neo4jDoor({ ...server });
    analyses = new Analyses(() => graphOfReader(memoryReader(nodes, edges)), gdsAnalytics(door));
  }, LONG);
  afterAll(() => door?.close());

  it('is found, with its version', async () => {
    expect(await gdsAnalytics(door).name()).toMatch(/^Graph Data Science 2\.\d+\.\d+/);
  });

  it('computes by itself what it can, and says so', async () => {
    const { implementation, because } = await analyses.centrality({ measure: 'PAGERANK', at: AT });
    expect(implementation).toBe('graph-data-science');
    expect(because).toMatch(/^the database has Graph Data Science 2\./);
    const { implementation: other, because: why } = await analyses.centrality({ measure: 'ENTITLEMENT', at: AT });
    expect([other, why]).toEqual(['ours', 'only Grantlens computes ENTITLEMENT with the meaning that it has here']);
  });

  it.each(['PAGERANK', 'BETWEENNESS'] as const)('gives the %s that we give', async (measure) => {
    const both = ['ours', 'graph-data-science'] as const;
    const [ours, theirs] = await Promise.all(
      both.map((implementation) => analyses.centrality({ measure, at: AT, implementation, first: 10_000 })),
    );
    expect(theirs!.scores).toHaveLength(nodeCount);
    const scoreOf = new Map(theirs!.scores.map(({ id, score }) => [id, score]));
    const off = ours!.scores.map(({ id, score }) => Math.abs(score - scoreOf.get(id)!));
    if (measure === 'PAGERANK') expect(off.reduce((sum, one) => sum + one, 0)).toBeLessThan(2 * PAGERANK_TOLERANCE);
    else expect(Math.max(...off)).toBeLessThan(ROUNDING * ours!.scores[0]!.score);
    expect(ours!.scores[0]!.score).toBeGreaterThan(measure === 'PAGERANK' ? 0.001 : 100);
  });

  it.each(['LOUVAIN', 'LEIDEN'] as const)('finds communities by %s as good as ours', async (method) => {
    const ours = await analyses.communities({ method, at: AT, implementation: 'ours' });
    const theirs = await analyses.communities({ method, at: AT, implementation: 'graph-data-science' });
    expect(theirs.communities.flatMap(({ members }) => members)).toHaveLength(nodeCount);
    expect(ours.modularity).toBeGreaterThan(0.3);
    expectNear(ours.modularity, theirs.modularity);
  });

  it('takes the resolution of Leiden, and leaves that of Louvain to us', async () => {
    const fine = { at: AT, resolution: 4 };
    const leiden = await analyses.communities({ ...fine, method: 'LEIDEN' });
    const ours = await analyses.communities({ ...fine, method: 'LEIDEN', implementation: 'ours' });
    expect(leiden.implementation).toBe('graph-data-science');
    expectNear(ours.modularity, leiden.modularity);
    const louvain = await analyses.communities({ ...fine, method: 'LOUVAIN' });
    expect([louvain.implementation, louvain.because]).toEqual([
      'ours',
      'Louvain in Graph Data Science has no resolution but 1',
    ]);
  });

  it('counts only edges that are there at the instant', async () => {
    const instants = [Date.UTC(2020, 0, 1), Date.UTC(2026, 0, 1), Date.UTC(2035, 0, 1), -8e15, 8e15];
    for (const at of instants) {
      const answers = await Promise.all(
        (['ours', 'graph-data-science'] as const).map((implementation) =>
          analyses.centrality({ measure: 'BETWEENNESS', at, implementation, first: 5 }),
        ),
      );
      const [ours, theirs] = answers.map(({ scores }) => scores.map(({ id }) => id));
      expect(theirs).toEqual(ours);
    }
  });

  it('leaves a version to us that is no longer the newest', async () => {
    const graph = () => graphOfReader(memoryReader(nodes, edges, 0));
    const { implementation, because } = await new Analyses(graph, gdsAnalytics(door)).centrality({
      measure: 'PAGERANK',
    });
    expect(implementation).toBe('ours');
    expect(because).toBe('the database has gone on to a newer version than the one asked about');
  });

  it('leaves a graph to us that is too large for exact betweenness', async () => {
    const work = gdsAnalytics(door).run({ ...ANALYSIS, method: 'BETWEENNESS' }, () => {}, {
      signal: new AbortController().signal,
      most: 1_000,
    });
    await expect(work).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it.each(METHODS)('writes nothing and leaves nothing: %s cancelled, and failing', async (method) => {
    const analytics = gdsAnalytics(door);
    const cancelled = new AbortController();
    const stopped = analytics.run({ ...ANALYSIS, method }, () => cancelled.abort(new Error('enough')), {
      signal: cancelled.signal,
    });
    await expect(stopped).rejects.toThrow('enough');
    const { signal } = new AbortController();
    const failed = analytics.run({ ...ANALYSIS, method }, fail, { signal });
    await expect(failed).rejects.toThrow('of ours');
    if (method === 'PAGERANK') {
      const refused = analytics.run({ ...ANALYSIS, method, damping: 7 }, () => {}, { signal });
      await expect(refused).rejects.toMatchObject({ name: 'GrantlensError' });
    }
    expect(await projectionsOf(server)).toEqual([]);
  });

  it('has written nothing and left nothing', async () => {
    expect(await contentOf(server)).toEqual(before);
    expect(await projectionsOf(server)).toEqual([]);
  });
});

server.describe('the engine on a database with the plugin', { timeout: LONG }, () => {
  it('has analyses computed there, however questions are executed, and leaves nothing when it closes', async () => {
    await server.empty();
    const { uri, user, password, database } = server;
    const data = { uri, user, password, database };
    const { nodes, edges } = withOddities(estateRecords(5));
    const changes = [
      ...nodes.map((node) => ({ op: 'PUT_NODE', node }) as const),
      ...edges.map((edge) => ({ op: 'PUT_EDGE', edge }) as const),
    ];
    const writer = await openEngine({ data, mode: 'write' });
    await writer.apply({ id: 'one', source: 'test', complete: [], changes });
    await writer.close();
    const before = await contentOf(server);
    for (const execution of ['snapshot', 'store'] as const) {
      const engine = await openEngine({ data, mode: 'read', followEvery: 0, execution });
      const { analysis } = await engine.view();
      const first = { first: 20, at: AT };
      const theirs = await analysis.centrality({ measure: 'BETWEENNESS', ...first });
      const ours = await analysis.centrality({ measure: 'BETWEENNESS', implementation: 'ours', ...first });
      expect(theirs.implementation).toBe('graph-data-science');
      expect(theirs.scores.map(({ id }) => id)).toEqual(ours.scores.map(({ id }) => id));
      const running = expect(analysis.communities({})).rejects.toMatchObject({ code: 'CLOSED' });
      await engine.close();
      await running;
    }
    expect(await projectionsOf(server)).toEqual([]);
    expect(await contentOf(server)).toEqual(before);
  });
});

function expectNear(ours: number, theirs: number): void {
  expect(Math.abs(theirs - ours)).toBeLessThan(MODULARITY_TOLERANCE * ours);
  expect(ours).toBeGreaterThan((1 - MODULARITY_SHORTFALL) * theirs);
}

function fail(): never {
  throw new Error('of ours');
}

/** Adds what a generated company has not: a node by itself, a loop, parallel edges, edges both ways, ids that quoting could break. */
function withOddities({ nodes, edges }: { nodes: NodeRecord[]; edges: EdgeRecord[] }) {
  const group = (id: string): NodeRecord => ({ kind: 'Group', id, source: 'odd', attributes: {} });
  const member = (from: string, to: string, key: string) =>
    makeEdge({ kind: 'MEMBER_OF', from, to, source: 'odd', key } as Parameters<typeof makeEdge>[0]);
  const [first, second] = ["group:o'neil", 'group:"\u{1f600}'] as const;
  return {
    nodes: [...nodes, group(first), group(second), group('group:alone')],
    edges: [
      ...edges,
      member(first, first, 'loop'),
      member(first, second, 'one'),
      member(first, second, 'two'),
      member(second, first, 'back'),
      member(nodes.find(({ kind }) => kind === 'User')!.id, first, 'in'),
    ],
  };
}
