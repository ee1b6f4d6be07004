import fc from 'fast-check';
import { expect, it } from 'vitest';
import { reachingWeights } from '../../algorithms/reaching-weights.ts';
import { multigraph, reachedIn, rowsOf } from '../support/multigraphs.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

interface Source {
  readonly starts: readonly number[];
  readonly weight: number;
}

function flat(sources: readonly Source[]) {
  const bounds = new Uint32Array(sources.length + 1);
  sources.forEach(({ starts }, i) => {
    bounds[i + 1] = bounds[i]! + starts.length;
  });
  const starts = Uint32Array.from(sources.flatMap((source) => source.starts));
  return { bounds, starts, weights: sources.map(({ weight }) => weight) };
}

it('each node is reached by what a search from each source finds, each source once', () => {
  const drawn = fc.array(
    fc.record({ starts: fc.array(fc.nat(), { maxLength: 3 }), weight: fc.constantFrom(1, 1, 1, 2, 7) }),
    { maxLength: 20 },
  );
  // Several passes and words that are not full, without drawing hundreds of sources one by one.
  const times = fc.constantFrom(1, 1, 30);
  fc.assert(
    fc.property(multigraph(12, 2), drawn, times, (graph, list, many) => {
      const sources = Array.from({ length: many }, () => list)
        .flat()
        .map(({ starts, weight }) => ({ starts: starts.map((start) => start % graph.size), weight }));
      const reached = Array.from({ length: graph.size }, (_, v) => reachedIn(graph, v));
      const expected = Array.from({ length: graph.size }, (_, v) =>
        sources
          .filter(({ starts }) => starts.some((start) => reached[start]![v]))
          .reduce((sum, { weight }) => sum + weight, 0),
      );
      expect([...reachingWeights(rowsOf(graph), flat(sources))]).toEqual(expected);
    }),
    runs(500),
  );
});

it('no sources, no nodes', () => {
  const empty = { nodeCount: 0, bounds: new Uint32Array(1), targets: new Uint32Array(0) };
  expect(reachingWeights(empty, flat([]))).toEqual(new Float64Array(0));
});

it('may be stopped', () => {
  const one = { nodeCount: 1, bounds: new Uint32Array(2), targets: new Uint32Array(0) };
  const stop = (): void => {
    throw new Error('enough');
  };
  expect(() => reachingWeights(one, flat([{ starts: [0], weight: 1 }]), stop)).toThrow('enough');
});
