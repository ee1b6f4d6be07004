import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countSimplePaths } from '../../algorithms/simple-path-counts.ts';
import {
  type PathsEnd,
  type SimplePathOptions,
  simplePaths,
  simplePathsInOrder,
} from '../../algorithms/simple-paths.ts';
import { acyclicMultigraph, type Multigraph, multigraph, rowsOf, simplePathsIn } from '../support/multigraphs.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';

announceSeed();

type Path = readonly number[];

/** The graph with its arcs in the order of its rows, so that a number means the same to both. */
function inRows(graph: Multigraph): Multigraph {
  return { ...graph, arcs: [...rowsOf(graph).arcs].map((arc) => graph.arcs[arc]!) };
}

const byArcs = (a: Path, b: Path): number => {
  const differs = a.findIndex((arc, i) => arc !== b[i]);
  return differs < 0 || differs >= b.length ? a.length - b.length : a[differs]! - b[differs]!;
};
const byLength = (a: Path, b: Path): number => a.length - b.length || byArcs(a, b);

function ended(paths: Generator<Path, PathsEnd>): { readonly paths: Path[]; readonly end: PathsEnd } {
  const told: Path[] = [];
  for (;;) {
    const next = paths.next();
    if (next.done) return { paths: told, end: next.value };
    told.push(next.value);
  }
}

const graphs = fc.oneof(multigraph(6, 2), multigraph(5, 3), acyclicMultigraph(8, 2)).map(inRows);
const orders = [
  ['simplePaths', simplePaths, byArcs],
  ['simplePathsInOrder', simplePathsInOrder, byLength],
] as const;

/** Everything leads to everything, both ways. */
const complete = (size: number): Multigraph => ({
  size,
  arcs: Array.from({ length: size * size }, (_, i) => [Math.floor(i / size), i % size] as const),
});

describe.each(orders)('%s', (_, tell, compare) => {
  const all = (graph: Multigraph, options?: SimplePathOptions) =>
    ended(tell(rowsOf(graph), 0, graph.size - 1, options)).paths;

  it(
    'tells each path once, in order, no longer than asked for',
    () => {
      fc.assert(
        fc.property(graphs, fc.nat(7), (graph, maxLength) => {
          const expected = simplePathsIn(graph, 0, graph.size - 1).sort(compare);
          expect(ended(tell(rowsOf(graph), 0, graph.size - 1))).toEqual({ paths: expected, end: 'ALL' });
          expect(all(graph, { maxLength })).toEqual(expected.filter((path) => path.length <= maxLength));
        }),
        runs(1_500),
      );
    },
    LONG,
  );

  it(
    'goes on after any path, be it one of the graph or not',
    () => {
      fc.assert(
        fc.property(graphs, fc.array(fc.nat(18), { maxLength: 5 }), (graph, strange) => {
          const paths = all(graph);
          for (const [i, after] of paths.entries()) expect(all(graph, { after })).toEqual(paths.slice(i + 1));
          expect(all(graph, { after: strange })).toEqual(paths.filter((path) => compare(path, strange) > 0));
        }),
        runs(500),
      );
    },
    LONG,
  );

  it('stops when its steps are used up, and says so', () => {
    fc.assert(
      fc.property(graphs, fc.nat(60), (graph, steps) => {
        const paths = all(graph);
        const some = ended(tell(rowsOf(graph), 0, graph.size - 1, { steps }));
        expect(some.paths).toEqual(paths.slice(0, some.paths.length));
        if (some.end === 'ALL') expect(some.paths).toEqual(paths);
      }),
      runs(500),
    );
    expect(ended(tell(rowsOf(complete(30)), 0, 29, { steps: 20_000 })).end).toBe('STEPS');
  });

  it('can be stopped', () => {
    const checkpoint = (): never => {
      throw new Error('stopped');
    };
    expect(() => all(complete(10), { checkpoint })).toThrow('stopped');
  });

  it('tells the first of more paths than could ever be told, without a table of them', () => {
    const first = tell(rowsOf(complete(200)), 0, 199).next();
    expect(first.done).toBe(false);
  });

  it('has the empty path alone from a node to itself', () => {
    const rows = rowsOf({ size: 2, arcs: complete(2).arcs });
    expect(ended(tell(rows, 0, 0)).paths).toEqual([[]]);
    expect(ended(tell(rows, 0, 0, { after: [] })).paths).toEqual([]);
  });
});

describe('simplePaths', () => {
  it('takes no more steps for a path than its nodes have arcs, times the nodes', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { length } = simplePathsIn(graph, 0, graph.size - 1);
        const steps = 1 + length * graph.arcs.length * (1 + graph.size);
        expect(ended(simplePaths(rowsOf(graph), 0, graph.size - 1, { steps })).end).toBe('ALL');
      }),
      runs(500),
    );
  });

  it('does not search a thicket that leads nowhere', () => {
    // From each node of a chain one may turn into a thicket, which leads back to the start of the chain alone.
    const thicket = 12;
    const chain = 50;
    const arcs: [number, number][] = [];
    for (let v = 0; v < thicket; v++) for (let w = 0; w < thicket; w++) arcs.push([v + 1, w + 1]);
    for (let i = 0; i < chain; i++) {
      const v = i === 0 ? 0 : thicket + i;
      arcs.push([v, 1 + (i % thicket)], [v, thicket + i + 1]);
    }
    arcs.push([1, thicket + 1]);
    const graph = { size: thicket + chain + 1, arcs };
    const { paths, end } = ended(simplePaths(rowsOf(graph), 0, thicket + chain, { maxLength: chain, steps: 200_000 }));
    expect(end).toBe('ALL');
    expect(paths).toHaveLength(1);
  });
});

describe('countSimplePaths', () => {
  it(
    'counts the paths there are, no longer than asked for',
    () => {
      fc.assert(
        fc.property(graphs, fc.integer({ min: -1, max: 7 }), (graph, maxLength) => {
          const paths = simplePathsIn(graph, 0, graph.size - 1);
          const steps = Number.POSITIVE_INFINITY;
          const counted = countSimplePaths(rowsOf(graph), 0, graph.size - 1, { steps });
          expect(counted).toEqual({ count: BigInt(paths.length) });
          const short = paths.filter((path) => path.length <= maxLength);
          if (graph.size > 1)
            expect(countSimplePaths(rowsOf(graph), 0, graph.size - 1, { steps, maxLength })).toEqual({
              count: BigInt(short.length),
            });
        }),
        runs(1_500),
      );
    },
    LONG,
  );

  it('of a complete graph is what the books have', () => {
    // Paths between two nodes of the complete graph: sum over k of (n-2)! / (n-2-k)!, OEIS A000522 at n - 2.
    [1n, 2n, 5n, 16n, 65n, 326n, 1957n].forEach((count, i) => {
      expect(countSimplePaths(rowsOf(complete(i + 2)), 0, i + 1, { steps: 10 ** 6 })).toEqual({ count });
    });
  });

  it('of square grids is what the books have', () => {
    // From corner to opposite corner, OEIS A007764.
    [2n, 12n, 184n, 8512n].forEach((count, i) => {
      const side = i + 2;
      const arcs: [number, number][] = [];
      for (let v = 0; v < side * side; v++) {
        if ((v + 1) % side !== 0) arcs.push([v, v + 1], [v + 1, v]);
        if (v + side < side * side) arcs.push([v, v + side], [v + side, v]);
      }
      const rows = rowsOf({ size: side * side, arcs });
      expect(countSimplePaths(rows, 0, side * side - 1, { steps: 10 ** 7 })).toEqual({ count });
      const { paths } = ended(simplePathsInOrder(rows, 0, side * side - 1));
      expect(BigInt(paths.length)).toBe(count);
    });
  });

  it('multiplies over a row of thickets more paths than could be followed', () => {
    const row = 40;
    const width = 5;
    const arcs: [number, number][] = [];
    for (let block = 0; block < row; block++) {
      const first = block * width;
      for (let v = 0; v < width; v++) for (let w = 0; w < width; w++) arcs.push([first + v, first + w]);
      if (block + 1 < row) arcs.push([first + width - 1, first + width]);
    }
    const graph = { size: row * width, arcs };
    // 16 ways through each thicket of 5.
    const { count } = countSimplePaths(rowsOf(graph), 0, row * width - 1, { steps: 10 ** 6 });
    expect(count).toBe(16n ** 40n);
    const shortest = 2 * row - 1;
    const least = countSimplePaths(rowsOf(graph), 0, row * width - 1, { steps: 10 ** 6, maxLength: shortest + 1 });
    expect(least.count).toBe(1n + 40n * 3n);
  });

  it('says in how large a component its steps were used up', () => {
    expect(countSimplePaths(rowsOf(complete(30)), 0, 29, { steps: 1_000 })).toEqual({
      count: undefined,
      steps: 1_000,
      componentSize: 28,
    });
  });
});
