/**
 * Which of up to 32 marks, or of 32 in each of several words, each node reaches or is reached from: sets as bits, joined
 * along the arcs of the condensed graph in one pass (the bit-parallel reachability of transitive closure algorithms;
 * E. Nuutila, "Efficient transitive closure computation in large digraphs", Acta Polytechnica Scandinavica, 1995).
 * O((nodes + arcs) · words) time once the graph is condensed.
 */
import { type Checkpoint, unchecked } from './checkpoint.ts';
import type { Condensation } from './condensation.ts';

/** Nodes between two checkpoints. */
const CHECK_EVERY = 65_536;

/** Rows without cycles, numbered so that every arc goes from a higher to a lower number, as a `Condensation` has them. */
export interface DescendingRows {
  readonly count: number;
  readonly bounds: Uint32Array;
  readonly targets: Uint32Array;
}

/**
 * For each node the union of the sets of all nodes that it reaches, itself among them.
 *
 * @param sets `words` for each node; not changed
 * @returns as many words
 */
export function setsReached(
  graph: Condensation,
  sets: Uint32Array,
  words = 1,
  checkpoint: Checkpoint = unchecked,
): Uint32Array {
  const joined = joinedInComponents(graph, sets, words);
  joinFromTargets(graph, joined, words, checkpoint);
  return ofComponents(graph, joined, words);
}

/** For each node the union of the sets of all nodes that reach it, itself among them. Otherwise as `setsReached`. */
export function setsReaching(
  graph: Condensation,
  sets: Uint32Array,
  words = 1,
  checkpoint: Checkpoint = unchecked,
): Uint32Array {
  const joined = joinedInComponents(graph, sets, words);
  joinFromSources(graph, joined, words, checkpoint);
  return ofComponents(graph, joined, words);
}

/** Adds to the set of each node those of all nodes that it reaches, in place. */
export function joinFromTargets(
  { count, bounds, targets }: DescendingRows,
  sets: Uint32Array,
  words: number,
  checkpoint: Checkpoint = unchecked,
): void {
  for (let v = 0; v < count; v++) {
    if (v % CHECK_EVERY === 0) checkpoint();
    const first = bounds[v]!;
    const last = bounds[v + 1]!;
    for (let word = 0; word < words; word++) {
      let set = sets[v * words + word]!;
      for (let place = first; place < last; place++) set |= sets[targets[place]! * words + word]!;
      sets[v * words + word] = set;
    }
  }
}

/** Adds to the set of each node those of all nodes that reach it, in place. */
export function joinFromSources(
  { count, bounds, targets }: DescendingRows,
  sets: Uint32Array,
  words: number,
  checkpoint: Checkpoint = unchecked,
): void {
  for (let v = count - 1; v >= 0; v--) {
    if (v % CHECK_EVERY === 0) checkpoint();
    const first = bounds[v]!;
    const last = bounds[v + 1]!;
    for (let word = 0; word < words; word++) {
      const set = sets[v * words + word]!;
      if (set !== 0) for (let place = first; place < last; place++) sets[targets[place]! * words + word]! |= set;
    }
  }
}

/** How many bits of a word are set: sums of neighbouring fields that double in width. */
export function popcount32(word: number): number {
  let sum = word - ((word >>> 1) & 0x55555555);
  sum = (sum & 0x33333333) + ((sum >>> 2) & 0x33333333);
  return Math.imul((sum + (sum >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function joinedInComponents({ component, count }: Condensation, sets: Uint32Array, words: number): Uint32Array {
  const joined = new Uint32Array(count * words);
  for (let v = 0; v < component.length; v++) {
    const place = component[v]! * words;
    for (let word = 0; word < words; word++) joined[place + word]! |= sets[v * words + word]!;
  }
  return joined;
}

function ofComponents({ component }: Condensation, joined: Uint32Array, words: number): Uint32Array {
  const sets = new Uint32Array(component.length * words);
  for (let v = 0; v < component.length; v++) {
    const place = component[v]! * words;
    for (let word = 0; word < words; word++) sets[v * words + word] = joined[place + word]!;
  }
  return sets;
}
