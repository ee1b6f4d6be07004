/**
 * How many marked nodes each node reaches, itself among them, exact: sets of marked nodes as bits, 256 at a time, joined
 * over the strongly connected components from the sinks (the bit-parallel reachability of transitive closure algorithms;
 * E. Nuutila, "Efficient transitive closure computation in large digraphs", Acta Polytechnica Scandinavica, 1995).
 * O((nodes + arcs) · marks / 32) time, O(nodes) words of space.
 */
import { joinFromTargets, popcount32 } from './bit-reach.ts';
import { type Checkpoint, unchecked } from './checkpoint.ts';
import { stronglyCondensed } from './condensation.ts';
import type { WeightedGraph } from './weighted-graph.ts';

/** Words of 32 marks that are worked on together: what is read of the graph once serves all of them. */
const WORDS = 8;

/**
 * @param marked node numbers, each once
 * @param checkpoint called after every 256 marks
 */
export function reachCounts(
  graph: WeightedGraph,
  marked: Uint32Array,
  checkpoint: Checkpoint = unchecked,
): Uint32Array {
  const condensed = stronglyCondensed(graph);
  const { component, count } = condensed;
  const sets = new Uint32Array(count * WORDS);
  const counts = new Uint32Array(count);
  for (let first = 0; first < marked.length; first += 32 * WORDS) {
    sets.fill(0);
    const last = Math.min(marked.length, first + 32 * WORDS);
    for (let i = first; i < last; i++) sets[component[marked[i]!]! * WORDS + ((i - first) >> 5)]! |= 1 << (i & 31);
    joinFromTargets(condensed, sets, WORDS);
    for (let c = 0; c < count; c++)
      for (let word = c * WORDS; word < (c + 1) * WORDS; word++) counts[c]! += popcount32(sets[word]!);
    checkpoint();
  }
  return component.map((c) => counts[c]!);
}
