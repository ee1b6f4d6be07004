/** Directed multigraphs for the tests of kernels: loops, parallel arcs and circles among them. */
import fc from 'fast-check';
import { arcRows, type NumberedRows } from '../../algorithms/arc-rows.ts';

export interface Multigraph {
  readonly size: number;
  readonly arcs: readonly (readonly [from: number, to: number])[];
}

export const multigraph = (most = 7, density = 3): fc.Arbitrary<Multigraph> =>
  fc.integer({ min: 1, max: most }).chain((size) =>
    fc.record({
      size: fc.constant(size),
      arcs: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: density * size }),
    }),
  );

/** Without circles; the numbers of the nodes say nothing about their order. */
export const acyclicMultigraph = (most = 8, density = 3): fc.Arbitrary<Multigraph> =>
  multigraph(most, density).chain((graph) =>
    fc.shuffledSubarray([...new Array(graph.size).keys()], { minLength: graph.size }).map((place) => ({
      size: graph.size,
      arcs: graph.arcs
        .filter(([from, to]) => from !== to)
        .map(([from, to]) => [place[Math.min(from, to)]!, place[Math.max(from, to)]!] as const),
    })),
  );

export const sourcesIn = ({ arcs }: Multigraph): Uint32Array => Uint32Array.from(arcs, ([from]) => from);
export const targetsIn = ({ arcs }: Multigraph): Uint32Array => Uint32Array.from(arcs, ([, to]) => to);
export const rowsOf = (graph: Multigraph): NumberedRows => arcRows(graph.size, sourcesIn(graph), targetsIn(graph));

/** Nodes reached from one, by repeating "one step further" until nothing is new. */
export function reachedIn(graph: Multigraph, start: number, without: { node?: number; arc?: number } = {}): boolean[] {
  const reached = Array.from({ length: graph.size }, (_, v) => v === start && v !== without.node);
  for (let round = 0; round < graph.size; round++) {
    graph.arcs.forEach(([from, to], arc) => {
      if (reached[from] && arc !== without.arc && to !== without.node) reached[to] = true;
    });
  }
  return reached;
}

/** Every path without a repeated node from one node to another, as arc numbers, in no order. */
export function simplePathsIn(graph: Multigraph, source: number, target: number): number[][] {
  const found: number[][] = [];
  const walk = (v: number, path: readonly number[], visited: readonly number[]): void => {
    if (v === target) found.push([...path]);
    else
      graph.arcs.forEach(([from, to], arc) => {
        if (from === v && !visited.includes(to)) walk(to, [...path, arc], [...visited, to]);
      });
  };
  walk(source, [], [source]);
  return found;
}
