/** Each kernel on graphs that the literature or other programs have values for, and on the least there can be. */
import { describe, expect, it } from 'vitest';
import { betweenness, sampledBetweenness } from '../../algorithms/betweenness.ts';
import type { Partition } from '../../algorithms/community-level.ts';
import { degrees } from '../../algorithms/degree.ts';
import { dominators, NONE } from '../../algorithms/dominators.ts';
import { drain } from '../../algorithms/drain.ts';
import { hits } from '../../algorithms/hits.ts';
import { leiden } from '../../algorithms/leiden.ts';
import { louvain } from '../../algorithms/louvain.ts';
import { modularity } from '../../algorithms/modularity.ts';
import { pageRank } from '../../algorithms/page-rank.ts';
import { pairBetweenness, sampledPairBetweenness } from '../../algorithms/pair-betweenness.ts';
import { reachCounts } from '../../algorithms/reach-counts.ts';
import { estimatedReach, estimatedReaching } from '../../algorithms/reach-sketch.ts';
import { strongComponents } from '../../algorithms/strong-components.ts';
import type { WeightedGraph } from '../../algorithms/weighted-graph.ts';
import { florentineFamilies, type KnownGraph, lengauerTarjan, textbookComponents } from '../support/known-graphs.ts';
import { directedOf, karateClub, undirectedOf } from '../support/weighted-graphs.ts';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const all = (graph: WeightedGraph): Float64Array => new Float64Array(graph.nodeCount).fill(1);
const everyNode = (graph: WeightedGraph): Uint32Array => Uint32Array.from({ length: graph.nodeCount }, (_, v) => v);
const qualities = (graph: WeightedGraph, find: (seed: number) => Partition): number[] =>
  SEEDS.map((seed) => modularity(graph, find(seed).community));

function expectNamed(
  { names }: KnownGraph,
  scores: ArrayLike<number>,
  expected: Record<string, number>,
  digits = 9,
): void {
  for (const [name, score] of Object.entries(expected))
    expect(scores[names.indexOf(name)], name).toBeCloseTo(score, digits);
}

/** By the number of a member, from 0. */
function expectMembers(scores: ArrayLike<number>, expected: Readonly<Record<number, number>>, digits = 9): void {
  for (const [member, score] of Object.entries(expected))
    expect(scores[Number(member)], member).toBeCloseTo(score, digits);
}

describe("Zachary's karate club", () => {
  const club = karateClub();

  it('has the PageRank that networkx 3.6 gives', () => {
    expectMembers(pageRank(club, { tolerance: 1e-14 }).scores, {
      0: 0.0969972853883738,
      1: 0.05287692406116841,
      2: 0.05707850948846012,
      3: 0.03585985778643018,
      31: 0.037158087069124365,
      32: 0.07169322600569636,
      33: 0.1009191823325516,
    });
  });

  it('has the hubs and authorities that networkx 3.6 gives', () => {
    const { hubs, authorities, converged } = hits(club, { tolerance: 1e-13 });
    expect(converged).toBe(true);
    const expected = {
      0: 0.071412728808252,
      1: 0.05342723123553,
      2: 0.0637190645563748,
      3: 0.04242273712470901,
      31: 0.03837574186295605,
      32: 0.062001846473830974,
      33: 0.0750029421565755,
    };
    expectMembers(hubs, expected);
    expectMembers(authorities, expected);
  });

  it('has the betweenness of the literature, as pairs too', () => {
    const expected = { 0: 231.0714286, 1: 28.4785714, 2: 75.8507937, 31: 73.0095238, 32: 76.6904762, 33: 160.5515873 };
    expectMembers(
      betweenness(club).map((score) => score / 2),
      expected,
      6,
    );
    const pairs = pairBetweenness(club, { sources: all(club), targets: all(club) });
    expectMembers(
      pairs.map((score) => score / 2),
      expected,
      6,
    );
  });

  it('is split at the greatest modularity there is, 0.4198, and never much below it', () => {
    const optimum = 0.4197896120973046;
    const found = qualities(club, (seed) => leiden(club, { seed }));
    expect(Math.max(...found)).toBeCloseTo(optimum, 12);
    expect(Math.min(...found)).toBeGreaterThan(0.99 * optimum);
    const byLouvain = qualities(club, (seed) => louvain(club, { seed }));
    expect(Math.max(...byLouvain)).toBeLessThanOrEqual(optimum + 1e-12);
    expect(Math.min(...byLouvain)).toBeGreaterThan(0.93 * optimum);
  });
});

describe('the marriages of Florence', () => {
  const families = florentineFamilies();
  const graph = undirectedOf(families);

  it('has the scores that networkx 3.6 gives, with the Medici first in all', () => {
    expectNamed(
      families,
      degrees(graph).map((degree) => degree / 2),
      { Medici: 6, Guadagni: 4, Strozzi: 4, Pazzi: 1 },
    );
    expectNamed(families, pageRank(graph, { tolerance: 1e-14 }).scores, {
      Medici: 0.14581720499755002,
      Guadagni: 0.09839783336984012,
      Strozzi: 0.08809843851921459,
      Albizzi: 0.07912225286377969,
      Acciaiuoli: 0.03065743737465679,
    });
    expectNamed(families, hits(graph, { tolerance: 1e-13 }).hubs, {
      Medici: 0.12285332468398236,
      Strozzi: 0.10163271901103381,
      Ridolfi: 0.09751356866887989,
      Pazzi: 0.012794273839067942,
    });
  });

  it('has the Medici between half of all pairs', () => {
    expectNamed(
      families,
      betweenness(graph).map((score) => score / 2),
      {
        Medici: 47.5,
        Guadagni: 23 + 1 / 6,
        Albizzi: 19 + 1 / 3,
        Salviati: 13,
        Ridolfi: 10 + 1 / 3,
        Bischeri: 9.5,
        Strozzi: 9 + 1 / 3,
        Barbadori: 8.5,
        Tornabuoni: 8 + 1 / 3,
        Castellani: 5,
        Peruzzi: 2,
        Ginori: 0,
      },
    );
  });

  it('is split at the greatest modularity there is', () => {
    const optimum = 0.39875;
    const found = qualities(graph, (seed) => leiden(graph, { seed }));
    expect(Math.max(...found)).toBeCloseTo(optimum, 12);
    expect(Math.min(...found)).toBeGreaterThan(0.97 * optimum);
  });
});

describe('textbook examples', () => {
  it('has the dominators of Lengauer and Tarjan', () => {
    const graph = lengauerTarjan();
    const number = (name: string): number => graph.names.indexOf(name);
    const { immediate } = dominators(directedOf(graph), number('R'));
    const named = graph.names.map((name, v) => [name, immediate[v] === NONE ? undefined : graph.names[immediate[v]!]]);
    expect(Object.fromEntries(named)).toEqual({
      R: undefined,
      A: 'R',
      B: 'R',
      C: 'R',
      D: 'R',
      E: 'R',
      F: 'C',
      G: 'C',
      H: 'R',
      I: 'R',
      J: 'G',
      K: 'R',
      L: 'D',
    });
  });

  it('has the strong components of Cormen, Leiserson, Rivest and Stein', () => {
    const graph = textbookComponents();
    const { bounds, targets } = directedOf(graph);
    const { component, count } = strongComponents(bounds, targets);
    expect(count).toBe(4);
    const groups = Array.from({ length: count }, (_, c) => graph.names.filter((_, v) => component[v] === c).join(''));
    expect(groups.sort()).toEqual(['abe', 'cd', 'fg', 'h']);
  });
});

describe('the least there can be', () => {
  const PLAIN = { seed: 1, pivots: 1 };

  it('is a graph without nodes', () => {
    const none = directedOf({ size: 0, arcs: [] });
    const nothing = new Float64Array(0);
    const pairs = { sources: nothing, targets: nothing };
    expect(degrees(none)).toEqual(nothing);
    expect(pageRank(none)).toMatchObject({ scores: nothing, converged: true });
    expect(drain(none, nothing)).toMatchObject({ scores: nothing, converged: true });
    expect(hits(none)).toEqual({ hubs: nothing, authorities: nothing, iterations: 0, error: 0, converged: true });
    expect(betweenness(none)).toEqual(nothing);
    expect(sampledBetweenness(none, { sources: 1, seed: 1 })).toMatchObject({ scores: nothing, exact: true });
    expect(pairBetweenness(none, pairs)).toEqual(nothing);
    expect(sampledPairBetweenness(none, pairs, PLAIN)).toMatchObject({ scores: nothing, exact: true });
    expect(estimatedReach(none, new Uint32Array(0)).counts).toEqual(nothing);
    expect(reachCounts(none, new Uint32Array(0))).toHaveLength(0);
    for (const find of [leiden, louvain]) expect(find(none)).toEqual({ community: new Uint32Array(0), count: 0 });
    expect(modularity(none, new Uint32Array(0))).toBe(0);
    expect(strongComponents(none.bounds, none.targets).count).toBe(0);
  });

  it('is one node, with nothing to point at', () => {
    const one = directedOf({ size: 1, arcs: [[0, 0, 1]] });
    const pairs = { sources: all(one), targets: all(one) };
    expect([...degrees(one)]).toEqual([0]);
    expect([...pageRank(one).scores]).toEqual([1]);
    expect([...drain(one, all(one)).scores]).toEqual([1]);
    expect(hits(one)).toMatchObject({ hubs: new Float64Array(1), authorities: new Float64Array(1), converged: true });
    expect([...betweenness(one)]).toEqual([0]);
    expect([...pairBetweenness(one, pairs)]).toEqual([0]);
    expect(sampledPairBetweenness(one, pairs, PLAIN)).toMatchObject({ searched: 0, exact: true });
    expect([...estimatedReach(one, everyNode(one)).counts]).toEqual([1]);
    expect([...estimatedReaching(one, everyNode(one)).counts]).toEqual([1]);
    for (const find of [leiden, louvain]) expect(find(one).count).toBe(1);
    expect([...dominators(one, 0).immediate]).toEqual([NONE]);
    expect(strongComponents(one.bounds, one.targets).count).toBe(1);
  });

  it('is nodes that are all alike: a circle, and all with all', () => {
    const size = 7;
    const ring = directedOf({ size, arcs: Array.from({ length: size }, (_, v) => [v, (v + 1) % size, 2] as const) });
    const pairsOfNodes = Array.from({ length: size ** 2 }, (_, i) => [Math.floor(i / size), i % size, 1] as const);
    const complete = directedOf({ size, arcs: pairsOfNodes });
    for (const graph of [ring, complete]) {
      const pairs = { sources: all(graph), targets: all(graph) };
      const { hubs, authorities } = hits(graph);
      for (const scores of [
        pageRank(graph).scores,
        drain(graph, all(graph)).scores,
        hubs,
        authorities,
        betweenness(graph),
        pairBetweenness(graph, pairs),
        estimatedReach(graph, everyNode(graph)).counts,
        degrees(graph),
      ]) {
        for (const score of scores) expect(score).toBeCloseTo(scores[0]!, 12);
      }
      expect([...estimatedReach(graph, everyNode(graph)).counts]).toEqual(new Array(size).fill(size));
      expect(strongComponents(graph.bounds, graph.targets).count).toBe(1);
    }
    // Splitting what is joined throughout gains nothing.
    for (const find of [leiden, louvain]) expect(find(complete).count).toBe(1);
  });
});
