/**
 * How much weight reaches each node: the sum over sources that reach it, each counted once however many ways it has. Exact:
 * sets of sources as bits, 256 at a time, joined along the arcs of the condensed graph (the bit-parallel reachability of
 * transitive closure algorithms; E. Nuutila, "Efficient transitive closure computation in large digraphs", Acta
 * Polytechnica Scandinavica, 1995). A pass looks at what its sources reach only, so that sources that begin alike should
 * stand together. O((nodes + arcs) · sources / 32) time at worst, O(nodes + arcs) words of space.
 */
import { popcount32 } from './bit-reach.ts';
import { type Checkpoint, unchecked } from './checkpoint.ts';
import { stronglyCondensed } from './condensation.ts';

/** Words of 32 sources that are worked on together. */
const WORDS = 8;

/** Source i begins at the nodes `starts[bounds[i]]` to `starts[bounds[i + 1]]`, excluded. */
export interface WeightedSources {
  readonly bounds: Uint32Array;
  readonly starts: Uint32Array;
  /** One for each source. */
  readonly weights: ArrayLike<number>;
}

/**
 * @param checkpoint called after every 256 sources
 * @returns by node; exact where weights are whole numbers
 */
export function reachingWeights(
  graph: { readonly nodeCount: number; readonly bounds: Uint32Array; readonly targets: Uint32Array },
  { bounds, starts, weights }: WeightedSources,
  checkpoint: Checkpoint = unchecked,
): Float64Array {
  const { component, count, bounds: rows, targets } = stronglyCondensed(graph);
  const sets = new Uint32Array(count * WORDS);
  const isReached = new Uint8Array(count);
  const sums = new Float64Array(count);
  // Of equal weights a set bit need only be counted.
  const order = byWeight(weights);
  const ofPass = new Float64Array(32 * WORDS);
  for (let first = 0; first < order.length; first += 32 * WORDS) {
    const last = Math.min(order.length, first + 32 * WORDS);
    let highest = -1;
    for (let i = first; i < last; i++) {
      const source = order[i]!;
      ofPass[i - first] = weights[source]!;
      for (let place = bounds[source]!; place < bounds[source + 1]!; place++) {
        const c = component[starts[place]!]!;
        sets[c * WORDS + ((i - first) >> 5)]! |= 1 << (i & 31);
        isReached[c] = 1;
        if (c > highest) highest = c;
      }
    }
    const isEven = ofPass[0] === ofPass[last - first - 1];
    for (let c = highest; c >= 0; c--) {
      if (isReached[c] === 0) continue;
      isReached[c] = 0;
      const from = c * WORDS;
      for (let place = rows[c]!; place < rows[c + 1]!; place++) {
        const to = targets[place]! * WORDS;
        for (let word = 0; word < WORDS; word++) sets[to + word]! |= sets[from + word]!;
        isReached[targets[place]!] = 1;
      }
      sums[c]! += isEven ? ofPass[0]! * bitCount(sets, from) : weightOfBits(sets, from, ofPass);
      sets.fill(0, from, from + WORDS);
    }
    checkpoint();
  }
  return Float64Array.from(component, (c) => sums[c]!);
}

/** Sources, the heaviest first, otherwise in their order. */
function byWeight(weights: ArrayLike<number>): Uint32Array {
  const order = Uint32Array.from({ length: weights.length }, (_, i) => i);
  return order.sort((a, b) => weights[b]! - weights[a]! || a - b);
}

function bitCount(sets: Uint32Array, from: number): number {
  let count = 0;
  for (let word = from; word < from + WORDS; word++) count += popcount32(sets[word]!);
  return count;
}

function weightOfBits(sets: Uint32Array, from: number, weights: Float64Array): number {
  let sum = 0;
  for (let word = 0; word < WORDS; word++) {
    for (let set = sets[from + word]!; set !== 0; set &= set - 1) {
      const bit = 31 - Math.clz32(set & -set);
      sum += weights[word * 32 + bit]!;
    }
  }
  return sum;
}
