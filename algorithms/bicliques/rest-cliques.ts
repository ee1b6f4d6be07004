/**
 * All maximal sets of pairwise compatible cells among a few: each spans a biclique, and every biclique has its cells of the
 * few within one of them. C. Bron, J. Kerbosch, "Finding all cliques of an undirected graph", CACM 16(9), 1973, with the pivot of
 * E. Tomita, A. Tanaka, H. Takahashi, TCS 363(1), 2006: O(3^(cells / 3)) at worst, whence the cap.
 */
import { type Checkpoint, unchecked } from '../checkpoint.ts';
import { type CellMatrix, cellAt, NO_CELL } from './cell-matrix.ts';
import type { Cells } from './neighbourhoods.ts';

/** Whether some biclique has both cells. */
export function areCompatible(matrix: CellMatrix, rowOf: Uint32Array, a: number, b: number): boolean {
  return (
    cellAt(matrix, rowOf[a]!, matrix.cells[b]!) !== NO_CELL && cellAt(matrix, rowOf[b]!, matrix.cells[a]!) !== NO_CELL
  );
}

/** Which cells are compatible with which, as rows of bits; no cell with itself. O(cells² · log). */
export function compatibility({ matrix, rowOf }: Cells, rest: Uint32Array, checkpoint: Checkpoint = unchecked) {
  const words = (rest.length + 31) >>> 5;
  const bits = new Uint32Array(rest.length * words);
  for (let i = 0; i < rest.length; i++) {
    checkpoint();
    for (let j = 0; j < i; j++) {
      if (!areCompatible(matrix, rowOf, rest[i]!, rest[j]!)) continue;
      bits[i * words + (j >>> 5)]! |= 1 << (j & 31);
      bits[j * words + (i >>> 5)]! |= 1 << (i & 31);
    }
  }
  return { words, bits };
}

/**
 * @param rest cells of the matrix
 * @param most how many sets at most
 * @returns each set as ascending places in `rest`; undefined when there are more than `most`
 */
export function maximalCliques(
  cells: Cells,
  rest: Uint32Array,
  most: number,
  checkpoint: Checkpoint = unchecked,
): Uint32Array[] | undefined {
  const { words, bits } = compatibility(cells, rest, checkpoint);
  const found: Uint32Array[] = [];
  const clique: number[] = [];
  const all = new Uint32Array(words);
  for (let i = 0; i < rest.length; i++) all[i >>> 5]! |= 1 << (i & 31);
  return extend(all, new Uint32Array(words)) ? found : undefined;

  /** @returns false when there are too many */
  function extend(candidates: Uint32Array, done: Uint32Array): boolean {
    checkpoint();
    if (isEmpty(candidates)) {
      if (!isEmpty(done)) return true;
      if (found.length === most) return false;
      found.push(Uint32Array.from(clique).sort());
      return true;
    }
    const pivot = bestPivot(candidates, done);
    for (let word = 0; word < words; word++) {
      for (let open = candidates[word]! & ~bits[pivot * words + word]!; open !== 0; open &= open - 1) {
        const v = word * 32 + 31 - Math.clz32(open & -open);
        clique.push(v);
        if (!extend(near(candidates, v), near(done, v))) return false;
        clique.pop();
        candidates[word]! &= ~(1 << (v & 31));
        done[word]! |= 1 << (v & 31);
      }
    }
    return true;
  }

  function near(set: Uint32Array, v: number): Uint32Array {
    const met = new Uint32Array(words);
    for (let word = 0; word < words; word++) met[word] = set[word]! & bits[v * words + word]!;
    return met;
  }

  /** The cell, of both sets, with the most candidates near it. */
  function bestPivot(candidates: Uint32Array, done: Uint32Array): number {
    let best = -1;
    let pivot = 0;
    for (let word = 0; word < words; word++)
      for (let open = candidates[word]! | done[word]!; open !== 0; open &= open - 1) {
        const v = word * 32 + 31 - Math.clz32(open & -open);
        let count = 0;
        for (let at = 0; at < words; at++) count += bitCount(candidates[at]! & bits[v * words + at]!);
        if (count > best) [best, pivot] = [count, v];
      }
    return pivot;
  }
}

const isEmpty = (set: Uint32Array): boolean => set.every((word) => word === 0);

/** How many bits of a word are set. */
export function bitCount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
