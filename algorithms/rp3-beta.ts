/**
 * How well each cell of a sparse 0/1 matrix is explained by the others: walks of three steps from its row to its column, less
 * what is popular anyway, with the cell itself left out.
 * B. Paudel, F. Christoffel, C. Newell, A. Bernstein, "Updatable, Accurate, Diverse, and Scalable Recommendations for
 * Interactive Applications", ACM Transactions on Interactive Intelligent Systems 7, 2017 (RP3β).
 *
 * f(u, p) = Σ over q in u, v in p: 1/d(u) · 1/d(q) · 1/d(v), divided by d(p)^β, for q ≠ p and v ≠ u: no walk takes the cell
 * that is judged, and d(p) counts the others. One column at a time: O(Σ over rows of their cells squared) time, O(columns)
 * space beside the matrix turned round; nothing is trained.
 */
import { type Checkpoint, unchecked } from './checkpoint.ts';
import type { SparseRows } from './ease.ts';
import { identityOrder, rowBounds, stableOrderBy } from './sorted-edges.ts';
import { sourcesOf } from './weighted-graph.ts';

/**
 * @param rows weights are whole numbers of equal rows; a row's own walks are left out once, those of its equals count
 * @param beta how much popular columns are held down, 0 or above
 * @returns of each cell its score, 0 or above: 0 when nobody else has the column, or the row nothing else
 * @throws RangeError for a beta that is not a number from 0 on
 */
export function rp3BetaScores(rows: SparseRows, beta: number, checkpoint: Checkpoint = unchecked): Float64Array {
  if (!(beta >= 0) || beta === Number.POSITIVE_INFINITY) throw new RangeError('beta must be a number from 0 on');
  const { bounds, cells, columns, weights } = rows;
  const rowOf = sourcesOf(bounds);
  const byColumn = stableOrderBy(cells, columns, identityOrder(cells.length));
  const holders = holdersOf(rows);
  const first = rowBounds(
    byColumn.map((cell) => cells[cell]!),
    0,
    cells.length,
    columns,
  );
  const scores = new Float64Array(cells.length);
  /** Of each column q: Σ over rows with both q and the column in hand of 1 / d(row). */
  const shared = new Float64Array(columns);
  for (let p = 0; p < columns; p++) {
    checkpoint();
    for (let i = first[p]!; i < first[p + 1]!; i++) {
      const row = rowOf[byColumn[i]!]!;
      const from = bounds[row]!;
      const end = bounds[row + 1]!;
      const share = (weights?.[row] ?? 1) / (end - from);
      for (let j = from; j < end; j++) shared[cells[j]!]! += share;
      if ((i & 255) === 0) checkpoint();
    }
    const popularity = (holders[p]! - 1) ** beta;
    for (let i = first[p]!; holders[p]! > 1 && i < first[p + 1]!; i++) {
      const cell = byColumn[i]!;
      const row = rowOf[cell]!;
      const degree = bounds[row + 1]! - bounds[row]!;
      let sum = 0;
      for (let j = bounds[row]!; j < bounds[row + 1]!; j++) {
        const q = cells[j]!;
        // What is left below 0 is rounding: the own walk is one of those that were added up.
        if (q !== p) sum += Math.max(0, shared[q]! - 1 / degree) / holders[q]!;
      }
      scores[cell] = sum / degree / popularity;
      if ((i & 255) === 0) checkpoint();
    }
    for (let i = first[p]!; i < first[p + 1]!; i++) {
      const row = rowOf[byColumn[i]!]!;
      for (let j = bounds[row]!; j < bounds[row + 1]!; j++) shared[cells[j]!] = 0;
    }
  }
  return scores;
}

/** How many rows have each column, by weight. */
export function holdersOf({ bounds, cells, columns, weights }: SparseRows): Float64Array {
  const holders = new Float64Array(columns);
  for (let row = 0; row + 1 < bounds.length; row++)
    for (let i = bounds[row]!; i < bounds[row + 1]!; i++) holders[cells[i]!]! += weights?.[row] ?? 1;
  return holders;
}
