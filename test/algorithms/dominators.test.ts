import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arcRows } from '../../algorithms/arc-rows.ts';
import { dominatedWeights, dominatingArcs, dominators, NONE } from '../../algorithms/dominators.ts';
import { multigraph, reachedIn, rowsOf } from '../support/multigraphs.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

/** All nodes that dominate a node, itself first, up the tree. */
function chain(immediate: Uint32Array, node: number): number[] {
  const nodes: number[] = [];
  for (let v = node; v !== NONE; v = immediate[v]!) nodes.push(v);
  return nodes;
}

describe('dominators', () => {
  it('are the nodes without which a node is not reached', () => {
    fc.assert(
      fc.property(multigraph(12, 2), (graph) => {
        const { immediate, order } = dominators(rowsOf(graph), 0);
        const reached = reachedIn(graph, 0);
        const without = reached.map((_, node) => reachedIn(graph, 0, { node }));
        for (let v = 0; v < graph.size; v++) {
          const expected = reached[v] ? without.flatMap((left, d) => (left[v] ? [] : [d])) : [v];
          expect(chain(immediate, v).sort((a, b) => a - b)).toEqual(expected);
        }
        expect([...order].sort((a, b) => a - b)).toEqual(reached.flatMap((is, v) => (is ? [v] : [])));
        const place = new Map([...order].map((v, i) => [v, i]));
        for (const v of order.subarray(1)) expect(place.get(immediate[v]!)!).toBeLessThan(place.get(v)!);
      }),
      runs(1_500),
    );
  });

  it('are those of the example of Lengauer and Tarjan', () => {
    // T. Lengauer, R. Tarjan, "A fast algorithm for finding dominators in a flowgraph", 1979, figures 1 and 2; R is 0, A to L follow.
    const letters = 'RABCDEFGHIJKL';
    const arcs = 'RA RB RC AD BA BD BE CF CG DL EH FI GI GJ HE HK IK JI KI KR LH'.split(' ');
    const graph = {
      size: letters.length,
      arcs: arcs.map(([from, to]) => [letters.indexOf(from!), letters.indexOf(to!)] as const),
    };
    const { immediate } = dominators(rowsOf(graph), 0);
    expect([...immediate.subarray(1)].map((d) => letters[d]).join('')).toBe('RRRRRCCRRGRD');
  });

  it('take a chain of a million nodes without running out of stack', () => {
    const size = 1_000_000;
    const sources = Uint32Array.from({ length: size - 1 }, (_, v) => v);
    const tree = dominators(
      arcRows(
        size,
        sources,
        sources.map((v) => v + 1),
      ),
      0,
    );
    expect(tree.immediate[size - 1]).toBe(size - 2);
    expect(dominatedWeights(tree, new Uint8Array(size).fill(1))[0]).toBe(size);
  });

  it('can be stopped', () => {
    const stop = (): never => {
      throw new Error('stopped');
    };
    expect(() => dominators(rowsOf({ size: 2, arcs: [[0, 1]] }), 0, stop)).toThrow('stopped');
  });
});

describe('dominatingArcs', () => {
  it('are the arcs without which a node is not reached', () => {
    fc.assert(
      fc.property(multigraph(10, 2), (graph) => {
        const rows = rowsOf(graph);
        const tree = dominators(rows, 0);
        const arcs = dominatingArcs(rows, tree);
        const reached = reachedIn(graph, 0);
        for (let v = 0; v < graph.size; v++) {
          const told = chain(tree.immediate, v).flatMap((d) => (arcs[d] === NONE ? [] : [rows.arcs[arcs[d]!]!]));
          const needed = graph.arcs.flatMap((_, arc) => (reached[v] && !reachedIn(graph, 0, { arc })[v] ? [arc] : []));
          expect(told.sort((a, b) => a - b)).toEqual(needed);
        }
      }),
      runs(1_000),
    );
  });
});

describe('dominatedWeights', () => {
  it('are what is not reached any more without a node', () => {
    fc.assert(
      fc.property(multigraph(10, 2), fc.infiniteStream(fc.nat(9)), (graph, stream) => {
        const weights = Array.from({ length: graph.size }, () => stream.next().value as number);
        const sums = dominatedWeights(dominators(rowsOf(graph), 0), weights);
        const reached = reachedIn(graph, 0);
        for (let node = 0; node < graph.size; node++) {
          const left = reachedIn(graph, 0, { node });
          const lost = weights.reduce((sum, weight, v) => (reached[v] && !left[v] ? sum + weight : sum), 0);
          expect(sums[node]).toBe(lost);
        }
      }),
      runs(500),
    );
  });
});
