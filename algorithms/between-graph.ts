/**
 * What of a directed multigraph lies between two nodes: the arcs on walks that leave the source once and reach the target
 * once. Every simple path is in it, and each of its nodes lies on some walk. O(nodes + arcs).
 */
import { type ArcRows, type NumberedRows, reachedFrom, reversedRows } from './arc-rows.ts';

/**
 * @returns rows over the same nodes, without loops, arcs into the source and arcs out of the target; the number of an arc is
 * its place in the rows given
 */
export function betweenGraph(rows: ArcRows, source: number, target: number): NumberedRows {
  const { nodeCount, bounds, targets } = rows;
  const after = reachedFrom(rows, source, target);
  const before = reachedFrom(reversedRows(rows), target, source);
  const kept = new Uint32Array(targets.length);
  const keptBounds = new Uint32Array(nodeCount + 1);
  let size = 0;
  for (let v = 0; v < nodeCount; v++) {
    if (after[v] === 1 && before[v] === 1 && v !== target) {
      for (let place = bounds[v]!; place < bounds[v + 1]!; place++) {
        const w = targets[place]!;
        if (w !== v && w !== source && after[w] === 1 && before[w] === 1) kept[size++] = place;
      }
    }
    keptBounds[v + 1] = size;
  }
  const arcs = kept.slice(0, size);
  return { nodeCount, bounds: keptBounds, targets: arcs.map((arc) => targets[arc]!), arcs };
}
