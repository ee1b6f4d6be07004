/**
 * The smallest choice of sets that covers all elements, by branch and bound: on the element with the fewest sets, against a bound of
 * elements of which no two are in one set. For small programs, where a solver takes longer to load than this to end; exponential
 * at worst, hence the cap.
 */
import { type Checkpoint, unchecked } from '../checkpoint.ts';

/** Branches after which it gives up. */
const MOST_BRANCHES = 5_000;

/**
 * @param sets each of elements below `elements`; together they have them all
 * @returns places of sets, ascending; undefined when it gave up
 */
export function smallestChoice(
  sets: readonly Uint32Array[],
  elements: number,
  checkpoint: Checkpoint = unchecked,
): readonly number[] | undefined {
  const having: number[][] = Array.from({ length: elements }, () => []);
  sets.forEach((set, at) => {
    for (const element of set) having[element]!.push(at);
  });
  const times = new Uint32Array(elements);
  const blocked = new Uint32Array(elements);
  const chosen: number[] = [];
  let round = 0;
  let branches = 0;
  let best: number[] | undefined;
  return search() ? best!.sort((a, b) => a - b) : undefined;

  /** @returns false when it gives up */
  function search(): boolean {
    checkpoint();
    if (++branches > MOST_BRANCHES) return false;
    const { next, needed } = look();
    if (next === -1) {
      if (best === undefined || chosen.length < best.length) best = [...chosen];
      return true;
    }
    if (best !== undefined && chosen.length + needed >= best.length) return true;
    const gain = (set: number): number => sets[set]!.reduce((sum, element) => sum + (times[element] === 0 ? 1 : 0), 0);
    const order = having[next]!.map((set) => ({ set, gain: gain(set) })).sort(
      (a, b) => b.gain - a.gain || a.set - b.set,
    );
    for (const { set } of order) {
      chosen.push(set);
      for (const element of sets[set]!) times[element]!++;
      const isWhole = search();
      for (const element of sets[set]!) times[element]!--;
      chosen.pop();
      if (!isWhole) return false;
    }
    return true;
  }

  /** The open element with the fewest sets, -1 when none is open; and how many sets more are needed at least. */
  function look() {
    round++;
    let next = -1;
    let needed = 0;
    for (let element = 0; element < elements; element++) {
      if (times[element] !== 0) continue;
      if (next === -1 || having[element]!.length < having[next]!.length) next = element;
      if (blocked[element] === round) continue;
      needed++;
      for (const set of having[element]!) for (const other of sets[set]!) blocked[other] = round;
    }
    return { next, needed };
  }
}
