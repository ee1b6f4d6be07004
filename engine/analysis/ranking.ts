/** The top of a list of scores, in an order that does not hang on the last digits of sums. */
import type { AccessGraph } from './access-graph.ts';
import { ROUNDING } from './tolerances.ts';

/**
 * The nodes with the highest scores: highest first, equal ones by id. Scores are equal when they round to the same multiple
 * of ROUNDING times the greatest. O(nodes · log nodes), without comparing more ids than are told.
 *
 * @param ranges nodes that are listed: from, to (excluded), each in the order of ids
 */
export function topNodes(
  graph: AccessGraph,
  scores: Float64Array,
  ranges: readonly (readonly [from: number, to: number])[],
  first: number,
): readonly number[] {
  const unit = ROUNDING * greatest(scores);
  const grade = (node: number): number => (unit === 0 ? 0 : Math.round(scores[node]! / unit));
  const count = ranges.reduce((sum, [from, to]) => sum + to - from, 0);
  const size = Math.min(first, count);
  if (size === 0) return [];
  const grades = new Float64Array(count);
  let filled = 0;
  for (const [from, to] of ranges) for (let node = from; node < to; node++) grades[filled++] = grade(node);
  const least = grades.sort()[count - size]!;
  const found: number[] = [];
  for (const [from, to] of ranges) {
    // Of those that are just good enough, each range can give no more than are told.
    let last = size;
    for (let node = from; node < to; node++) {
      const its = grade(node);
      if (its > least || (its === least && last-- > 0)) found.push(node);
    }
  }
  const byId = (a: number, b: number): number => (graph.idOf(a) < graph.idOf(b) ? -1 : 1);
  return found.sort((a, b) => grade(b) - grade(a) || byId(a, b)).slice(0, size);
}

function greatest(scores: Float64Array): number {
  let most = 0;
  for (const score of scores) most = Math.max(most, Math.abs(score));
  return most;
}
