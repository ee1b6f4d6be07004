/** Sets of columns as words of bits. */
import { bitCount } from './rest-cliques.ts';

export function setOf(columns: Iterable<number>, words: number): Uint32Array {
  const set = new Uint32Array(words);
  for (const column of columns) set[column >>> 5]! |= 1 << (column & 31);
  return set;
}

/** Ascending. */
export function membersOfSet(set: Uint32Array): number[] {
  const members: number[] = [];
  for (let word = 0; word < set.length; word++)
    for (let bits = set[word]!; bits !== 0; bits &= bits - 1) members.push(word * 32 + 31 - Math.clz32(bits & -bits));
  return members;
}

export function isWithinSet(inner: Uint32Array, outer: Uint32Array): boolean {
  for (let word = 0; word < inner.length; word++) if ((inner[word]! & ~outer[word]!) !== 0) return false;
  return true;
}

export function sizeOfSet(set: Uint32Array): number {
  let size = 0;
  for (let word = 0; word < set.length; word++) size += bitCount(set[word]!);
  return size;
}
