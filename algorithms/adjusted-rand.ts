/**
 * How far two partitions of the same things agree, beyond what chance would give: the adjusted Rand index.
 * L. Hubert, P. Arabie, "Comparing partitions", Journal of Classification 2, 1985. O(things) time and space.
 */
import { type Checkpoint, unchecked } from './checkpoint.ts';

/** Things between two checkpoints. */
const CHECK_EVERY = 65_536;

/**
 * @param first community of each thing; the product of the largest numbers of both stays below 2^53
 * @param sizes how many things stand at each place; default 1 each
 * @returns 1 for equal partitions, about 0 for unrelated ones, below 0 for less than chance; not in the order of the two
 * @throws RangeError when the lengths differ
 */
export function adjustedRand(
  first: Uint32Array,
  second: Uint32Array,
  sizes?: Uint32Array,
  checkpoint: Checkpoint = unchecked,
): number {
  if (first.length !== second.length || (sizes !== undefined && sizes.length !== first.length))
    throw new RangeError('both partitions must be of the same things');
  const both = new Map<number, number>();
  const inFirst = new Map<number, number>();
  const inSecond = new Map<number, number>();
  const width = second.reduce((most, one) => Math.max(most, one), 0) + 1;
  let things = 0;
  const add = (counts: Map<number, number>, key: number, size: number): void =>
    void counts.set(key, (counts.get(key) ?? 0) + size);
  for (let i = 0; i < first.length; i++) {
    if (i % CHECK_EVERY === 0) checkpoint();
    const size = sizes?.[i] ?? 1;
    things += size;
    add(inFirst, first[i]!, size);
    add(inSecond, second[i]!, size);
    add(both, first[i]! * width + second[i]!, size);
  }
  const [together, inOne, inOther] = [pairs(both), pairs(inFirst), pairs(inSecond)];
  const all = (things * (things - 1)) / 2;
  const most = (inOne + inOther) / 2;
  const byChance = all === 0 ? 0 : (inOne * inOther) / all;
  // Both put all things together, or each by itself: nothing is left to chance, and they agree.
  return most === byChance ? 1 : (together - byChance) / (most - byChance);
}

function pairs(counts: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += (count * (count - 1)) / 2;
  return sum;
}
