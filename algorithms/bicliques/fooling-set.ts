/** Cells of which no two are in one biclique: no cover has fewer bicliques than these (a fooling set). */
import { type Checkpoint, unchecked } from '../checkpoint.ts';
import { type Random, shuffle } from '../seeded-random.ts';
import type { Cells } from './neighbourhoods.ts';
import { areCompatible } from './rest-cliques.ts';

/** Random orders that are tried; the best counts. */
const ORDERS = 8;

/**
 * Greedy in random orders. O(orders · cells · size of the set · log).
 *
 * @param rest cells of the matrix
 * @returns the largest set found
 */
export function foolingSet(
  { matrix, rowOf }: Pick<Cells, 'matrix' | 'rowOf'>,
  rest: Uint32Array,
  random: Random,
  checkpoint: Checkpoint = unchecked,
): Uint32Array {
  let best: number[] = [];
  for (let order = 0; order < ORDERS; order++) {
    const chosen: number[] = [];
    for (const cell of shuffle(rest.slice(), random)) {
      checkpoint();
      if (chosen.every((other) => !areCompatible(matrix, rowOf, cell, other))) chosen.push(cell);
    }
    if (chosen.length > best.length) best = chosen;
  }
  return Uint32Array.from(best).sort();
}
