/** All shortest paths, written out: the slow obvious way. */
import { type Arcs, matrixOf } from './weighted-graphs.ts';

/** Each path as its nodes, both ends among them. Parallel arcs are one, loops are none. */
export function shortestPathsBetween(graph: Arcs, from: number, to: number): number[][] {
  const neighbours = matrixOf(graph).map((row) => row.flatMap((weight, w) => (weight > 0 ? [w] : [])));
  let paths = [[from]];
  const seen = new Set([from]);
  while (paths.length > 0) {
    const there = paths.filter((path) => path.at(-1) === to);
    if (there.length > 0) return there;
    paths = paths.flatMap((path) =>
      neighbours[path.at(-1)!]!.filter((next) => !seen.has(next)).map((next) => [...path, next]),
    );
    for (const path of paths) seen.add(path.at(-1)!);
  }
  return [];
}
