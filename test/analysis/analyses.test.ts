/** Centrality and communities as answers: by every implementation, from a snapshot and from the store, on random graphs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccessGraph, graphOfReader, graphOfSnapshot } from '../../engine/analysis/access-graph.ts';
import { Analyses } from '../../engine/analysis/analyses.ts';
import { GRAPHOLOGY_ARCS } from '../../engine/analysis/limits.ts';
import {
  CENTRALITY_MEASURES,
  type CentralityMeasure,
  type CentralityQuestion,
  COMMUNITY_METHODS,
  IMPLEMENTATIONS,
} from '../../engine/analysis/questions.ts';
import { MODULARITY_SHORTFALL, PAGERANK_TOLERANCE, ROUNDING } from '../../engine/analysis/tolerances.ts';
import type { EdgeRecord, NodeRecord } from '../../engine/model/index.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import type { StoreAnalytics } from '../../engine/store/port.ts';
import { estateRecords } from '../support/estate-records.ts';
import { memoryReader } from '../support/memory-reader.ts';
import type { OracleGraph } from '../support/oracle/index.ts';
import { INSTANTS, identitiesOf, randomGraph, resourcesOf } from '../support/random-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';
import { viewOf } from '../support/view-of.ts';

announceSeed();

type Records = { readonly nodes: readonly NodeRecord[]; readonly edges: readonly EdgeRecord[] };

const fromSnapshot = async ({ nodes, edges }: Records): Promise<AccessGraph> =>
  graphOfSnapshot(await compileSnapshot(memoryReader(nodes, edges)));
const fromStore = ({ nodes, edges }: Records): Promise<AccessGraph> => graphOfReader(memoryReader(nodes, edges));
const analysesOf = (graph: Records, store?: StoreAnalytics) => new Analyses(() => fromSnapshot(graph), store);

const at = fc.constantFrom(...INSTANTS);
const EVERYTHING = { first: 10_000 };

describe('both sources of the graph', () => {
  it('give the same answers', async () => {
    await fc.assert(
      fc.asyncProperty(randomGraph(), at, fc.constantFrom(...CENTRALITY_MEASURES), async (graph, at, measure) => {
        const one = await new Analyses(() => fromSnapshot(graph)).centrality({ measure, at });
        const other = await new Analyses(() => fromStore(graph)).centrality({ measure, at });
        expect(other).toEqual(one);
      }),
      runs(150),
    );
  });
});

describe('centrality', () => {
  it(
    'of ENTITLEMENT counts what the lists of access hold',
    async () => {
      await fc.assert(
        fc.asyncProperty(randomGraph(), at, async (drawn, at) => {
          const graph = onlyAllowing(drawn);
          const view = await viewOf(graph.nodes, graph.edges);
          const reached = new Map<string, Set<string>>();
          for (const identity of identitiesOf(graph)) {
            const { items } = await view.accessOf({ identity, at, ...EVERYTHING });
            reached.set(identity, new Set(items.map(({ resource }) => resource)));
          }
          const { scores } = await analysesOf(graph).centrality({ measure: 'ENTITLEMENT', at, ...EVERYTHING });
          const scoreOf = new Map(scores.map(({ id, score }) => [id, score]));
          for (const [identity, resources] of reached) expect(scoreOf.get(identity)).toBe(resources.size);
          const [disabled] = await disabledOf(graph);
          for (const resource of resourcesOf(graph)) {
            const who = [...reached].filter(([id, resources]) => !disabled!.has(id) && resources.has(resource));
            expect(scoreOf.get(resource)).toBe(who.length);
          }
        }),
        runs(150),
      );
    },
    LONG,
  );

  it(
    'is the same by graphology',
    async () => {
      await fc.assert(
        fc.asyncProperty(randomGraph(), at, async (graph, at) => {
          for (const measure of ['DEGREE', 'PAGERANK', 'BETWEENNESS'] as const) {
            const question = { measure, at, ...EVERYTHING };
            const ours = await analysesOf(graph).centrality({ ...question, implementation: 'ours' });
            const theirs = await analysesOf(graph).centrality({ ...question, implementation: 'graphology' });
            expect([theirs.implementation, theirs.because]).toEqual(['graphology', 'it was asked for']);
            const scoreOf = new Map(theirs.scores.map(({ id, score }) => [id, score]));
            const slack = measure === 'PAGERANK' ? 2 * PAGERANK_TOLERANCE : ROUNDING * (ours.scores[0]!.score + 1);
            for (const { id, score } of ours.scores) expect(Math.abs(score - scoreOf.get(id)!)).toBeLessThan(slack);
          }
        }),
        runs(60),
      );
    },
    LONG,
  );

  const graph: Records = {
    nodes: [
      node('User', 'u:ada'),
      node('User', 'u:bob'),
      node('Group', 'g:staff'),
      node('Role', 'ro:clerk'),
      node('Resource', 'r:a'),
      node('Resource', 'r:b'),
      node('Resource', 'r:c'),
    ],
    edges: [
      edge('MEMBER_OF', 'u:ada', 'g:staff'),
      edge('MEMBER_OF', 'u:bob', 'g:staff'),
      edge('HAS_ROLE', 'g:staff', 'ro:clerk'),
      edge('GRANTS', 'ro:clerk', 'r:a', { actions: ['read'] }),
      edge('GRANTS', 'ro:clerk', 'r:a', { actions: ['write'], key: 'two' }),
      edge('CONTAINS', 'r:a', 'r:b'),
      edge('GRANTS', 'u:bob', 'r:c', { actions: ['read'], effect: 'DENY' }),
      edge('OWNS', 'u:bob', 'r:c'),
      edge('CONTROLS', 'u:bob', 'u:ada'),
    ],
  };
  const listed = async (question: Partial<CentralityQuestion> & { measure: CentralityMeasure }) =>
    (await analysesOf(graph).centrality(question)).scores.map(({ id, score, rank }) => [rank, id, score]);

  it('is about the edges that carry access, the highest first, equal ones by id', async () => {
    expect(await listed({ measure: 'DEGREE' })).toEqual([
      [1, 'g:staff', 3],
      [2, 'r:a', 2],
      [3, 'ro:clerk', 2],
      [4, 'r:b', 1],
      [5, 'u:ada', 1],
      [6, 'u:bob', 1],
      [7, 'r:c', 0],
    ]);
    expect(await listed({ measure: 'BETWEENNESS', first: 3 })).toEqual([
      [1, 'g:staff', 6],
      [2, 'ro:clerk', 6],
      [3, 'r:a', 4],
    ]);
    expect(await listed({ measure: 'ENTITLEMENT' })).toEqual([
      [1, 'g:staff', 2],
      [2, 'r:a', 2],
      [3, 'r:b', 2],
      [4, 'ro:clerk', 2],
      [5, 'u:ada', 2],
      [6, 'u:bob', 2],
      [7, 'r:c', 0],
    ]);
    const ranks = await listed({ measure: 'PAGERANK' });
    expect(ranks.map(([, id]) => id)).toEqual(['r:b', 'r:a', 'ro:clerk', 'g:staff', 'r:c', 'u:ada', 'u:bob']);
    expect(ranks.reduce((sum, [, , score]) => sum + (score as number), 0)).toBeCloseTo(1, 12);
  });

  it('lists the kinds asked for, and counts all', async () => {
    const answer = await analysesOf(graph).centrality({
      measure: 'DEGREE',
      kinds: ['Role', 'Group', 'Role'],
      first: 1,
    });
    expect(answer).toEqual({
      measure: 'DEGREE',
      implementation: 'ours',
      because: 'only Grantlens computes DEGREE with the meaning that it has here',
      parameters: {},
      version: 1,
      scores: [{ id: 'g:staff', score: 3, rank: 1, error: 0 }],
      totalCount: 2,
    });
    expect(await listed({ measure: 'DEGREE', kinds: [] })).toEqual([]);
    expect(await listed({ measure: 'DEGREE', first: 0 })).toEqual([]);
  });

  it('says who computed it, with what, and how exact it is', async () => {
    const answer = await analysesOf(graph).centrality({ measure: 'PAGERANK', first: 1 });
    expect(answer).toMatchObject({
      implementation: 'ours',
      because: 'the store runs no analyses by itself',
      parameters: { damping: 0.85, tolerance: 1e-8 },
      errorMeans: 'all scores together are off by no more than this',
      scores: [{ error: 1e-8 }],
    });
  });

  it.each(CENTRALITY_MEASURES)('answers for an empty graph and for one node: %s', async (measure) => {
    for (const implementation of [undefined, 'ours'] as const) {
      const empty = await analysesOf({ nodes: [], edges: [] }).centrality({ measure, implementation });
      expect(empty).toMatchObject({ scores: [], totalCount: 0 });
      const one = await analysesOf({ nodes: [node('User', 'u')], edges: [] }).centrality({ measure, implementation });
      expect(one.scores).toMatchObject([{ id: 'u', score: measure === 'PAGERANK' ? 1 : 0 }]);
    }
  });

  it('refuses what makes no sense', async () => {
    const refused = async (question: object) =>
      expect(
        analysesOf(graph).centrality({ measure: 'DEGREE', ...question } as CentralityQuestion),
      ).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    await refused({ measure: 'HITS' });
    await refused({ first: -1 });
    await refused({ first: 10_001 });
    await refused({ first: 1.5 });
    await refused({ kinds: ['Person'] });
    await refused({ at: Number.NaN });
    await refused({ seed: 0.5 });
    await refused({ implementation: 'igraph' });
    await refused({ implementation: 'graph-data-science' });
    await refused({ measure: 'PAGERANK', implementation: 'graph-data-science' });
    await refused({ measure: 'ENTITLEMENT', implementation: 'graphology' });
  });
});

describe('communities', () => {
  const estate = estateRecords(60);

  it('are a partition of all nodes, the largest first', async () => {
    for (const method of COMMUNITY_METHODS) {
      const answer = await analysesOf(estate).communities({ method });
      const members = answer.communities.flatMap((one) => one.members);
      expect(new Set(members).size).toBe(members.length);
      expect(new Set(members)).toEqual(new Set(estate.nodes.map(({ id }) => id)));
      const sizes = answer.communities.map((one) => one.members.length);
      expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
      expect(answer.modularity).toBeGreaterThan(0.4);
      expect(answer.parameters).toEqual({ resolution: 1, seed: 1 });
    }
  });

  it('are as good as by graphology, or better', async () => {
    const ours = await analysesOf(estate).communities({ method: 'LEIDEN' });
    const theirs = await analysesOf(estate).communities({ method: 'LOUVAIN', implementation: 'graphology' });
    expect(ours.modularity).toBeGreaterThan(theirs.modularity * (1 - MODULARITY_SHORTFALL));
  });

  it('get smaller with the resolution, and are the same for the same seed', async () => {
    const analyses = analysesOf(estate);
    const coarse = await analyses.communities({ resolution: 0.2 });
    const fine = await analyses.communities({ resolution: 5, seed: 9 });
    expect(fine.communities.length).toBeGreaterThan(coarse.communities.length);
    expect(await analysesOf(estate).communities({ resolution: 5, seed: 9 })).toEqual(fine);
  });

  it('are there for graphs of no node, of one, and without edges', async () => {
    for (const nodes of [[], [node('User', 'u')], [node('User', 'u'), node('Role', 'ro')]]) {
      const answer = await analysesOf({ nodes, edges: [] }).communities({});
      expect(answer.communities.map(({ members }) => members)).toEqual(nodes.map(({ id }) => [id]).sort());
      expect(answer.modularity).toBe(0);
    }
  });

  it('refuse a resolution out of range and what graphology has not', async () => {
    const refused = async (question: object) =>
      expect(analysesOf(estate).communities(question)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    for (const resolution of [0, -1, 1_001, Number.NaN, Infinity]) await refused({ resolution });
    await refused({ method: 'INFOMAP' });
    await refused({ method: 'LEIDEN', implementation: 'graphology' });
    await refused({ method: 'LEIDEN', implementation: 'graph-data-science' });
  });
});

describe('work', () => {
  const estate = estateRecords(300);

  it('on larger graphs runs in another thread, with the same result, while this one goes on', async () => {
    const { runJob } = await import('../../engine/analysis/job.ts');
    const { accessProjection } = await import('../../engine/analysis/projection.ts');
    const graph = await fromSnapshot(estate);
    const now = Date.now();
    const projection = accessProjection(graph, now);
    const expected = runJob({ task: 'BETWEENNESS', by: 'ours', graph: projection, seed: 1 }).scores!;
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const { scores } = await new Analyses(async () => graph).centrality({
      measure: 'BETWEENNESS',
      at: now,
      ...EVERYTHING,
    });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
    for (const { id, score } of scores) expect(score).toBe(expected[graph.find(id)]);
  });

  it('stops for a signal, and for closing', async () => {
    const analyses = analysesOf(estate);
    const stop = new AbortController();
    const asked = analyses.centrality({ measure: 'BETWEENNESS', signal: stop.signal });
    setTimeout(() => stop.abort(new Error('no longer wanted')), 20);
    await expect(asked).rejects.toThrow('no longer wanted');
    await expect(analyses.communities({ signal: stop.signal })).rejects.toThrow('no longer wanted');
    const running = analyses.communities({});
    const refused = expect(running).rejects.toMatchObject({ code: 'CLOSED' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await analyses.close();
    await refused;
    await expect(analyses.communities({})).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('is not given to graphology when it is large', async () => {
    const many = GRAPHOLOGY_ARCS + 1;
    const graph: AccessGraph = {
      ...(await fromSnapshot({ nodes: [node('User', 'u'), node('Group', 'g')], edges: [] })),
      eachArc: (_, visit) => {
        for (let i = 0; i < many; i++) visit(0, 0, 1, 0);
      },
    };
    await expect(
      new Analyses(async () => graph).centrality({ measure: 'PAGERANK', implementation: 'graphology' }),
    ).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it('is done once for one state of the graph, whenever it is asked', async () => {
    let looks = 0;
    const graph = await fromSnapshot({
      nodes: [node('User', 'u'), node('Group', 'g')],
      edges: [edge('MEMBER_OF', 'u', 'g', { validFrom: 100, validTo: 200 })],
    });
    const counted: AccessGraph = {
      ...graph,
      eachArc: (at, visit) => {
        looks++;
        graph.eachArc(at, visit);
      },
    };
    const analyses = new Analyses(async () => counted);
    const score = async (at: number) => (await analyses.centrality({ measure: 'DEGREE', at })).scores[0]!.score;
    expect([await score(0), await score(99), await score(100), await score(199), await score(200)]).toEqual([
      0, 0, 1, 1, 0,
    ]);
    expect(looks).toBe(3);
  });
});

describe('the choice of who computes', () => {
  it('has a reason for each', async () => {
    expect(IMPLEMENTATIONS).toEqual(['ours', 'graphology', 'graph-data-science']);
    const none: StoreAnalytics = { name: async () => undefined, run: async () => {} };
    const { implementation, because } = await analysesOf({ nodes: [], edges: [] }, none).centrality({
      measure: 'PAGERANK',
    });
    expect([implementation, because]).toEqual(['ours', 'the database does not have the Graph Data Science plugin']);
  });
});

function node(kind: NodeRecord['kind'], id: string): NodeRecord {
  return { kind, id, source: 'test', attributes: {} };
}

function edge(kind: EdgeRecord['kind'], from: string, to: string, more: Partial<EdgeRecord> = {}): EdgeRecord {
  const id = `${kind} ${from} ${to} ${more.key ?? ''}`;
  return { id, kind, from, to, source: 'test', ...(kind === 'GRANTS' ? { effect: 'ALLOW' } : {}), ...more };
}

/** Without what takes access away again: then all that can be reached is had, in some way. */
const onlyAllowing = ({ nodes, edges }: OracleGraph): OracleGraph => ({
  nodes,
  edges: edges
    .filter(({ kind, effect }) => effect !== 'DENY' && kind !== 'BOUNDED_BY')
    .map(({ exceptActions: _, ...rest }) => rest),
});

async function disabledOf(graph: Records): Promise<readonly Set<string>[]> {
  const { idOf, nodeCount, disabled } = await fromSnapshot(graph);
  const ids = Array.from({ length: nodeCount }, (_, node) => idOf(node));
  return [new Set(ids.filter((_, v) => disabled[v] === 1))];
}
