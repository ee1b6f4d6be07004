import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphologyLouvain } from '../../algorithms/interop/graphology.ts';
import { leiden } from '../../algorithms/leiden.ts';
import { louvain } from '../../algorithms/louvain.ts';
import { modularity } from '../../algorithms/modularity.ts';
import { seededRandom } from '../../algorithms/seeded-random.ts';
import { undirectedGraph, type WeightedGraph } from '../../algorithms/weighted-graph.ts';
import { announceSeed, runs } from '../support/seed.ts';
import { type Arcs, arcs, karateClub, matrixOf, undirectedOf } from '../support/weighted-graphs.ts';

announceSeed();

/** Modularity by its definition: over all pairs of nodes, what is there less what chance would put there. */
function byDefinition(graph: Arcs, community: ArrayLike<number>, resolution: number): number {
  const one = matrixOf(graph);
  const matrix = one.map((row, v) => row.map((weight, w) => weight + one[w]![v]!));
  const degree = matrix.map((row) => row.reduce((sum, weight) => sum + weight, 0));
  const total = degree.reduce((sum, each) => sum + each, 0);
  if (total === 0) return 0;
  let quality = 0;
  for (let v = 0; v < graph.size; v++) {
    for (let w = 0; w < graph.size; w++) {
      if (community[v] === community[w])
        quality += matrix[v]![w]! / total - (resolution * degree[v]! * degree[w]!) / total ** 2;
    }
  }
  return quality;
}

/** The best that any partition reaches, by trying every one. */
function best(graph: Arcs, resolution: number): number {
  let most = Number.NEGATIVE_INFINITY;
  const community: number[] = [];
  const place = (count: number): void => {
    if (community.length === graph.size) most = Math.max(most, byDefinition(graph, community, resolution));
    else
      for (let c = 0; c <= count; c++) {
        community.push(c);
        place(Math.max(count, c + 1));
        community.pop();
      }
  };
  place(0);
  return most;
}

function isConnected({ nodeCount, bounds, targets }: WeightedGraph, community: Uint32Array, which: number): boolean {
  const members = Array.from({ length: nodeCount }, (_, v) => v).filter((v) => community[v] === which);
  const seen = new Set([members[0]!]);
  for (const v of seen) {
    for (let arc = bounds[v]!; arc < bounds[v + 1]!; arc++)
      if (community[targets[arc]!] === which) seen.add(targets[arc]!);
  }
  return seen.size === members.length;
}

function expectPartition(graph: WeightedGraph, { community, count }: ReturnType<typeof leiden>): void {
  expect(community).toHaveLength(graph.nodeCount);
  let next = 0;
  for (const c of community) {
    expect(c).toBeLessThanOrEqual(next);
    if (c === next) next++;
  }
  expect(next).toBe(count);
}

const resolutions = fc.constantFrom(0.3, 1, 1.7, 5);

describe('modularity', () => {
  it('is what its definition says', () => {
    fc.assert(
      fc.property(
        arcs(),
        fc.array(fc.nat(3), { minLength: 9, maxLength: 9 }),
        resolutions,
        (graph, drawn, resolution) => {
          const community = Uint32Array.from(drawn.slice(0, graph.size), (c) => c % graph.size);
          const expected = byDefinition(graph, community, resolution);
          expect(modularity(undirectedOf(graph), community, resolution)).toBeCloseTo(expected, 12);
        },
      ),
      runs(400),
    );
  });
});

describe.each([
  ['leiden', leiden],
  ['louvain', louvain],
])('%s', (name, find) => {
  it('finds the best partition of the karate club, of modularity 0.4198', () => {
    const found = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => find(karateClub(), { seed }));
    const qualities = found.map(({ community }) => modularity(karateClub(), community));
    expect(Math.max(...qualities)).toBeCloseTo(0.4197896, 6);
    expect(Math.min(...qualities)).toBeGreaterThan(0.41);
  });

  it('gives a partition, no better than the best and never worse than one community for each node', () => {
    fc.assert(
      fc.property(arcs(7), fc.nat(), resolutions, (graph, seed, resolution) => {
        const partition = find(undirectedOf(graph), { seed, resolution });
        expectPartition(undirectedOf(graph), partition);
        const quality = byDefinition(graph, partition.community, resolution);
        expect(quality).toBeLessThanOrEqual(best(graph, resolution) + 1e-12);
        const alone = Array.from({ length: graph.size }, (_, v) => v);
        expect(quality).toBeGreaterThanOrEqual(byDefinition(graph, alone, resolution) - 1e-12);
      }),
      runs(150),
    );
  });

  it('cannot be bettered by joining two communities', () => {
    fc.assert(
      fc.property(arcs(12), fc.nat(), resolutions, (graph, seed, resolution) => {
        const { community, count } = find(undirectedOf(graph), { seed, resolution });
        const quality = byDefinition(graph, community, resolution);
        for (let a = 0; a < count; a++) {
          for (let b = 0; b < a; b++) {
            const joined = community.map((c) => (c === a ? b : c));
            expect(byDefinition(graph, joined, resolution)).toBeLessThanOrEqual(quality + 1e-9);
          }
        }
      }),
      runs(200),
    );
  });

  it('finds planted groups', () => {
    const graph = planted(40, 25);
    const { community, count } = find(graph, { seed: 3 });
    expect(count).toBe(40);
    for (let v = 0; v < community.length; v++) expect(community[v]).toBe(Math.floor(v / 25));
  });

  it('gives the same for the same seed', () => {
    const graph = planted(10, 10);
    expect(find(graph, { seed: 5 })).toEqual(find(graph, { seed: 5 }));
  });

  it('leaves nodes without edges alone, and answers for a graph without nodes', () => {
    expect([...find(undirectedOf({ size: 3, arcs: [[1, 1, 2]] })).community]).toEqual([0, 1, 2]);
    expect(find(undirectedOf({ size: 0, arcs: [] })).count).toBe(0);
  });

  it('stops when the checkpoint throws', () => {
    const stop = (): never => {
      throw new Error('enough');
    };
    expect(() => find(planted(10, 10), { checkpoint: stop }), name).toThrow('enough');
  });
});

describe('leiden', () => {
  it('gives connected communities', () => {
    fc.assert(
      fc.property(
        arcs(30),
        fc.nat(),
        resolutions,
        fc.integer({ min: 1, max: 3 }),
        (arcList, seed, resolution, iterations) => {
          const graph = undirectedOf(arcList);
          const { community, count } = leiden(graph, { seed, resolution, iterations });
          for (let c = 0; c < count; c++) expect(isConnected(graph, community, c)).toBe(true);
        },
      ),
      runs(500),
    );
  });

  it('is as good as graphology and our Louvain, within one part in a hundred', () => {
    for (const [groups, size] of [
      [12, 9],
      [30, 6],
      [5, 40],
    ] as const) {
      const graph = planted(groups, size, 4);
      const quality = modularity(graph, leiden(graph).community);
      for (const other of [louvain(graph), graphologyLouvain(graph)])
        expect(quality).toBeGreaterThanOrEqual(0.99 * modularity(graph, other.community));
    }
  });

  it('gets no worse with more iterations', () => {
    const graph = planted(30, 6, 6);
    const qualities = [1, 2, 3, 6].map((iterations) => modularity(graph, leiden(graph, { iterations }).community));
    for (let i = 1; i < qualities.length; i++) expect(qualities[i]!).toBeGreaterThanOrEqual(qualities[i - 1]! - 1e-12);
  });
});

describe('graphologyLouvain', () => {
  it('is as good as ours on the karate club, and the same for the same seed', () => {
    const found = graphologyLouvain(karateClub(), { seed: 2 });
    expectPartition(karateClub(), found);
    expect(modularity(karateClub(), found.community)).toBeGreaterThan(0.41);
    expect(graphologyLouvain(karateClub(), { seed: 2 })).toEqual(found);
  });

  it('answers for a graph without edges', () => {
    expect(graphologyLouvain(undirectedOf({ size: 2, arcs: [] })).count).toBe(2);
  });
});

/** Groups with a ring and some chords inside, joined by a few random edges a node. */
function planted(groups: number, size: number, noise = 0): WeightedGraph {
  const random = seededRandom(11);
  const from: number[] = [];
  const to: number[] = [];
  for (let v = 0; v < groups * size; v++) {
    const first = v - (v % size);
    for (const step of [1, 2, 3]) {
      from.push(v);
      to.push(first + ((v + step) % size));
    }
  }
  for (let i = 0; i < groups * (1 + noise); i++) {
    from.push(Math.floor(random() * groups * size));
    to.push(Math.floor(random() * groups * size));
  }
  return undirectedGraph(groups * size, Uint32Array.from(from), Uint32Array.from(to));
}
