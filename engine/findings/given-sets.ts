/** Sorted sets of numbers of which equal ones are one and the same array: those that include each other take little more than the largest. */

/** Sorted numbers, each once. */
export type Given = Uint32Array;

const NOTHING: Given = new Uint32Array(0);

/** Keeps one array for each content; whoever gets one must not change it. */
export class GivenSets {
  readonly #byHash = new Map<number, Given[]>();

  /** @param numbers in any order, perhaps more than once. O(numbers · log) */
  of(numbers: readonly number[]): Given {
    if (numbers.length === 0) return NOTHING;
    const sorted = Uint32Array.from(numbers).sort();
    return this.#kept(sorted.filter((one, i) => i === 0 || one !== sorted[i - 1]));
  }

  /**
   * What some sets of here hold together. Pairs are put together, then pairs of these: O(numbers in them · log of how many sets).
   * One that holds all the others is the answer itself.
   */
  union(sets: Iterable<Given>): Given {
    let left = [...new Set(sets)].filter((set) => set.length > 0);
    if (left.length === 0) return NOTHING;
    while (left.length > 1) {
      const halved: Given[] = [];
      for (let i = 0; i < left.length; i += 2)
        halved.push(i + 1 < left.length ? merged(left[i]!, left[i + 1]!) : left[i]!);
      left = halved;
    }
    return this.#kept(left[0]!);
  }

  #kept(set: Given): Given {
    const hash = hashOf(set);
    const same = this.#byHash.get(hash);
    if (same === undefined) {
      this.#byHash.set(hash, [set]);
      return set;
    }
    const known = same.find((other) => other === set || isEqual(other, set));
    if (known === undefined) same.push(set);
    return known ?? set;
  }
}

/** Both together; one of the two itself where it holds the other. */
function merged(one: Given, other: Given): Given {
  const all = new Uint32Array(one.length + other.length);
  let [i, j, size] = [0, 0, 0];
  while (i < one.length && j < other.length) {
    const [a, b] = [one[i]!, other[j]!];
    all[size++] = Math.min(a, b);
    if (a <= b) i++;
    if (b <= a) j++;
  }
  while (i < one.length) all[size++] = one[i++]!;
  while (j < other.length) all[size++] = other[j++]!;
  if (size === one.length) return one;
  return size === other.length ? other : all.slice(0, size);
}

/** FNV-1a over whole numbers instead of bytes: G. Fowler, L. C. Noll, K.-P. Vo, 1991. */
function hashOf(set: Given): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < set.length; i++) hash = Math.imul(hash ^ set[i]!, 0x01000193);
  return hash;
}

const isEqual = (one: Given, other: Given): boolean =>
  one.length === other.length && one.every((number, i) => number === other[i]);
