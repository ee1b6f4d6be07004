/**
 * The graph of who holds what: row classes, then column classes of an entitlement matrix as nodes. A holding weighs as much as
 * the entitlement is rare, ln(identities / holders), for each identity of the row and each entitlement of the column. So a
 * partition of classes is worth what the same partition of identities and entitlements would be.
 */
import { inverseFrequencies } from '../../algorithms/neighbours.ts';
import { sourcesOf, undirectedGraph, type WeightedGraph } from '../../algorithms/weighted-graph.ts';
import { columnSize, type EntitlementMatrix, rowSize } from './entitlement-matrix.ts';

export interface HoldingGraph {
  /** Nodes 0 to `rows - 1` are row classes, the others column classes. What everybody holds joins nobody. */
  readonly graph: WeightedGraph;
  /** Identities of each row class, entitlements of each column class. */
  readonly rowSizes: Uint32Array;
  readonly columnSizes: Uint32Array;
  /** How rare each column class is: natural logarithm of all identities that hold something over its holders. */
  readonly rarity: Float64Array;
}

/** O(cells). */
export function holdingGraph(matrix: EntitlementMatrix): HoldingGraph {
  const { rows, columns, cellBounds, cells } = matrix;
  const rowSizes = Uint32Array.from({ length: rows }, (_, row) => rowSize(matrix, row));
  const columnSizes = Uint32Array.from({ length: columns }, (_, column) => columnSize(matrix, column));
  const rarity = inverseFrequencies({ bounds: cellBounds, cells, columns, weights: Float64Array.from(rowSizes) });
  const rowOf = sourcesOf(cellBounds);
  const rare = identified(cells.length, (i) => rarity[cells[i]!]! > 0);
  const graph = undirectedGraph(
    rows + columns,
    rare.map((i) => rowOf[i]!),
    rare.map((i) => rows + cells[i]!),
    Float64Array.from(rare, (i) => rarity[cells[i]!]! * columnSizes[cells[i]!]! * rowSizes[rowOf[i]!]!),
  );
  return { graph, rowSizes, columnSizes, rarity };
}

function identified(length: number, is: (i: number) => boolean): Uint32Array {
  const found = new Uint32Array(length);
  let count = 0;
  for (let i = 0; i < length; i++) if (is(i)) found[count++] = i;
  return found.slice(0, count);
}
