/**
 * The members of principals side by side, as far as they were asked for. An edge of a compiled row is a number by which its source
 * and its flags are found, each somewhere else in memory; for a group of a million that is most of what a search costs. Here a row
 * has them in one word each. Made when a row is first walked: four bytes an edge of membership, of which those rows take up
 * memory that somebody looked at.
 */
import { CONDITIONAL_EDGE, MEMBERSHIP, type Snapshot, TAKEOVER, TIMED } from '../snapshot/snapshot.ts';

/** Edges with one of these are looked at each by itself. */
export const SPECIAL = TIMED | TAKEOVER | CONDITIONAL_EDGE;

/** Set in the word of a member whose edge is special. */
export const SPECIAL_MEMBER = 0x8000_0000;

/** By the compiled rows that they stand beside: these are never written to. */
const known = new WeakMap<Uint32Array, Uint32Array>();

/**
 * Words by the positions of the compiled rows of `membership.into`, filled for one node's row: the number of the member and one,
 * with SPECIAL_MEMBER where it applies.
 *
 * @param first the row's first position
 * @param end the position after its last
 */
export function membersAt(snapshot: Snapshot, first: number, end: number): Uint32Array {
  const edges = snapshot.adjacency[MEMBERSHIP]!.into.edges!;
  let words = known.get(edges);
  if (words === undefined) {
    words = new Uint32Array(edges.length);
    known.set(edges, words);
  }
  if (first < end && words[first] === 0) fill(words, snapshot, edges, first, end);
  return words;
}

function fill(
  words: Uint32Array,
  { source, flags }: Pick<Snapshot, 'source' | 'flags'>,
  edges: Uint32Array,
  first: number,
  end: number,
): void {
  for (let i = first; i < end; i++) {
    const edge = edges[i]!;
    const special = (flags[edge]! & SPECIAL) === 0 ? 0 : SPECIAL_MEMBER;
    words[i] = ((source[edge]! + 1) | special) >>> 0;
  }
}
