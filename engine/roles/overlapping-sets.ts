/** Pairs of sets of which one holds the other, or which are nearly the same, without comparing all with all. */

export interface Overlap {
  /** Places in the list; of two of one size the later one is the smaller. */
  readonly smaller: number;
  readonly larger: number;
  /** Members that both have, and that either has. */
  readonly common: number;
  readonly together: number;
}

/** Others that one set is compared with at most, those of the nearest size first. */
const MOST_COMPARED = 2_000;

/**
 * All pairs where the smaller is held by the larger, or |A ∩ B| / |A ∪ B| is at least `nearly`. A set is looked for among those
 * that hold one of its rarest members: as many of them as the share lets it miss, and one more (the prefix filter of
 * R. J. Bayardo, Y. Ma, R. Srikant, "Scaling up all pairs similarity search", WWW 2007).
 *
 * @param sets ascending lists
 * @param nearly in (0.5, 1]
 */
export function overlappingSets(sets: readonly Uint32Array[], nearly: number): readonly Overlap[] {
  const holders = new Map<number, number[]>();
  for (const [set, members] of sets.entries())
    for (const member of members) {
      const known = holders.get(member);
      if (known === undefined) holders.set(member, [set]);
      else known.push(set);
    }
  const found: Overlap[] = [];
  for (const [set, members] of sets.entries()) {
    if (members.length === 0) continue;
    const rare = [...members].sort((a, b) => holders.get(a)!.length - holders.get(b)!.length || a - b);
    const missed = Math.floor((1 - nearly) * members.length);
    const others = new Set(rare.slice(0, missed + 1).flatMap((member) => holders.get(member)!));
    const larger = [...others].filter((other) => isLarger(sets, other, set));
    larger.sort((a, b) => sets[a]!.length - sets[b]!.length || a - b);
    for (const other of larger.slice(0, MOST_COMPARED)) {
      const common = commonOf(members, sets[other]!);
      const together = members.length + sets[other]!.length - common;
      if (common === members.length || common / together >= nearly)
        found.push({ smaller: set, larger: other, common, together });
    }
  }
  return found;
}

const isLarger = (sets: readonly Uint32Array[], a: number, b: number): boolean =>
  sets[a]!.length > sets[b]!.length || (sets[a]!.length === sets[b]!.length && a < b);

function commonOf(one: Uint32Array, other: Uint32Array): number {
  let common = 0;
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    if (one[i]! === other[j]!) {
      common++;
      i++;
      j++;
    } else if (one[i]! < other[j]!) i++;
    else j++;
  }
  return common;
}
