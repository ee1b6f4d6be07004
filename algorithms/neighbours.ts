/**
 * The rows of a sparse 0/1 matrix that are most like one of them, by what they have in common.
 * Jaccard (P. Jaccard, 1901): shared cells over cells of either. Cosine with inverse document frequency (G. Salton, C. Buckley,
 * "Term-weighting approaches in automatic text retrieval", 1988): what many rows have says little.
 *
 * To find one row's neighbours takes the holders of its columns, and not the matrix; columns that every row has are passed
 * over under the cosine. O(rows + cells) space, once.
 */
import { type Checkpoint, unchecked } from './checkpoint.ts';
import type { SparseRows } from './ease.ts';
import { identityOrder, rowBounds, stableOrderBy } from './sorted-edges.ts';
import { sourcesOf } from './weighted-graph.ts';

export type Likeness = 'JACCARD' | 'COSINE';

export interface Neighbours {
  /** The most alike first, equally alike ones by number. */
  readonly rows: Uint32Array;
  /** Of each, in (0, 1]. */
  readonly likeness: Float64Array;
}

export interface NeighbourOptions {
  /** Default cosine. */
  readonly by?: Likeness;
  readonly checkpoint?: Checkpoint;
}

/** ln(all rows / rows with the column), rows counted by weight; 0 for a column that no row has or every row has. */
export function inverseFrequencies({ bounds, cells, columns, weights }: SparseRows): Float64Array {
  const holders = new Float64Array(columns);
  let all = 0;
  for (let row = 0; row + 1 < bounds.length; row++) {
    const weight = weights?.[row] ?? 1;
    all += weight;
    for (let i = bounds[row]!; i < bounds[row + 1]!; i++) holders[cells[i]!]! += weight;
  }
  return holders.map((count) => (count > 0 ? Math.max(0, Math.log(all / count)) : 0));
}

/** Columns of a matrix as rows: of each column the rows that have it, ascending. */
export function transposed({ bounds, cells, columns }: SparseRows): SparseRows {
  const order = stableOrderBy(cells, columns, identityOrder(cells.length));
  const rowOf = sourcesOf(bounds);
  const sorted = order.map((i) => cells[i]!);
  return {
    bounds: rowBounds(sorted, 0, sorted.length, columns),
    cells: order.map((i) => rowOf[i]!),
    columns: bounds.length - 1,
  };
}

/**
 * @param rows weights say how often a row stands there; they count in how rare a column is
 * @returns finds the `most` rows that are most like a row, without itself and those that have nothing in common with it
 */
export function neighbourFinder(
  rows: SparseRows,
  { by = 'COSINE', checkpoint = unchecked }: NeighbourOptions = {},
): (row: number, most: number) => Neighbours {
  const worth =
    by === 'JACCARD' ? new Float64Array(rows.columns).fill(1) : inverseFrequencies(rows).map((idf) => idf * idf);
  const holders = transposed(rows);
  const own = ownWorth(rows, worth);
  const shared = new Float64Array(rows.bounds.length - 1);
  const likenessOf = (row: number, other: number): number =>
    by === 'JACCARD'
      ? shared[other]! / (own[row]! + own[other]! - shared[other]!)
      : Math.min(1, shared[other]! / Math.sqrt(own[row]! * own[other]!));
  return (row, most) => {
    const met: number[] = [];
    for (let i = rows.bounds[row]!; i < rows.bounds[row + 1]!; i++) {
      const column = rows.cells[i]!;
      if (worth[column] === 0) continue;
      checkpoint();
      for (let j = holders.bounds[column]!; j < holders.bounds[column + 1]!; j++) {
        const other = holders.cells[j]!;
        if (shared[other] === 0) met.push(other);
        shared[other]! += worth[column]!;
      }
    }
    const found = met
      .filter((other) => other !== row)
      .map((other) => ({ other, likeness: likenessOf(row, other) }))
      .sort((a, b) => b.likeness - a.likeness || a.other - b.other)
      .slice(0, most);
    for (const other of met) shared[other] = 0;
    return {
      rows: Uint32Array.from(found, ({ other }) => other),
      likeness: Float64Array.from(found, ({ likeness }) => likeness),
    };
  };
}

function ownWorth({ bounds, cells }: SparseRows, worth: Float64Array): Float64Array {
  const sums = new Float64Array(bounds.length - 1);
  for (let row = 0; row < sums.length; row++)
    for (let i = bounds[row]!; i < bounds[row + 1]!; i++) sums[row]! += worth[cells[i]!]!;
  return sums;
}
