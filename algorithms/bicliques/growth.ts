/**
 * One biclique for cells that are open, at a low price a cell: the choice of the greedy algorithm for weighted set cover
 * (V. Chvátal, "A greedy heuristic for the set-covering problem", Mathematics of Operations Research 4(3), 1979), among the sets that
 * a line has in common with others. It is told of rows and columns alike, as lines and bits, so that it grows from either.
 */
import type { Random } from '../seeded-random.ts';
import type { Lines } from './open-cells.ts';
import { bitCount } from './rest-cliques.ts';

/** A line is compared with so many others at most, chosen at random. */
const MOST_PARTNERS = 40;
/** The common set is met with that of a further line at most so often. */
const MOST_LEVELS = 4;

export interface GrowthRules {
  readonly role: number;
  /** Prices by the number of a line, of a bit, in the matrix. */
  readonly linePrices: Float64Array;
  readonly bitPrices: Float64Array;
  /** Whether a line may join with so many open cells, of those that it has. */
  readonly admits?: (line: number, gain: number, open: number) => boolean;
  /** Takes lines out until they may form a role together; a count. The first lines are worth the most. */
  readonly trimLines?: (lines: Uint32Array, count: number) => number;
  /** Takes bits out until they may. The second set's bits are the last to go. */
  readonly trimBits?: (set: Uint32Array, kept: Uint32Array) => void;
  /** Up to which share prices a cell are taken for equal. */
  readonly noise: number;
}

export interface Growth {
  /** The first `count` are lines of the biclique. */
  readonly lines: Uint32Array;
  count: number;
  /** Its bits. */
  readonly set: Uint32Array;
  cost: number;
  /** Open cells that it has. */
  gain: number;
}

/** Grows bicliques in the same memory. */
export function growing(random: Random) {
  let best = emptyGrowth(64, 8);
  let tried = emptyGrowth(64, 8);
  let gains = new Uint32Array(64);
  let base = new Uint32Array(8);
  let bits = new Uint32Array(8);

  /**
   * @param pivot a line with an open cell, which the biclique has
   * @param isWide also looks at what is not open on the pivot, but on others
   * @returns undefined when no biclique with the pivot is allowed
   */
  return (lines: Lines, others: Lines, pivot: number, isWide: boolean, rules: GrowthRules): Growth | undefined => {
    makeRoom(lines);
    const { words, count, full, open } = lines;
    const from = pivot * words;
    best.count = 0;
    let bestScore = Infinity;
    for (let word = 0; word < words; word++)
      base[word] = isWide ? full[from + word]! & anyOpen(others, word) : open[from + word]!;
    consider(base);
    for (let level = 0; level < MOST_LEVELS; level++) {
      const before = bestScore;
      if (level > 0) base.set(best.set.subarray(0, words));
      const partners = Math.min(count, MOST_PARTNERS);
      const start = partners === count ? 0 : Math.floor(random() * count);
      const stride = partners === count ? 1 : 1 + Math.floor(random() * (count / partners));
      for (let step = 0, other = start; step < partners; step++, other = (other + stride) % count) {
        if (other === pivot) continue;
        let isSame = true;
        let isEmpty = true;
        for (let word = 0; word < words; word++) {
          const both = base[word]! & full[other * words + word]!;
          bits[word] = both;
          if (both !== base[word]) isSame = false;
          if ((both & open[from + word]!) !== 0) isEmpty = false;
        }
        if (!isSame && !isEmpty) consider(bits);
      }
      if (!(bestScore < before)) break;
    }
    if (best.count === 0) return undefined;
    extend(lines, others, rules);
    return best;

    function consider(set: Uint32Array): void {
      tried.set.set(set.subarray(0, words));
      rules.trimBits?.(tried.set, open.subarray(from, from + words));
      measure(lines, others, pivot, rules);
      if (tried.count === 0) return;
      const score = (tried.cost / tried.gain) * (1 + rules.noise * random());
      if (score >= bestScore) return;
      bestScore = score;
      [best, tried] = [tried, best];
    }
  };

  function makeRoom({ count, words }: Lines): void {
    if (best.lines.length < count || best.set.length < words) {
      best = emptyGrowth(2 * count, 2 * words);
      tried = emptyGrowth(2 * count, 2 * words);
      gains = new Uint32Array(2 * count);
      base = new Uint32Array(2 * words);
      bits = new Uint32Array(2 * words);
    }
  }

  /** Chooses lines for the bits of `tried`: those that are cheaper a cell than the whole. */
  function measure(lines: Lines, others: Lines, pivot: number, rules: GrowthRules): void {
    const { words, ids } = lines;
    const { set } = tried;
    let count = 0;
    let gain = 0;
    let cost = rules.role + priceOfBits(set, others, rules.bitPrices);
    for (let i = 0; i < lines.count; i++) {
      if (lines.openCounts[i] === 0) continue;
      const own = openIn(lines, i, set, words);
      if (own <= 0) continue;
      if (rules.admits?.(i, own, lines.openCounts[i]!) === false) {
        if (i !== pivot) continue;
        tried.count = 0;
        return;
      }
      tried.lines[count] = i;
      gains[i] = own;
      count++;
      gain += own;
      cost += rules.linePrices[ids[i]!]!;
    }
    for (let round = 0; round < 2 && gain > 0; round++) {
      const price = cost / gain;
      let kept = 0;
      for (let at = 0; at < count; at++) {
        const i = tried.lines[at]!;
        const own = rules.linePrices[ids[i]!]!;
        if (i === pivot || own <= price * gains[i]!) tried.lines[kept++] = i;
        else {
          cost -= own;
          gain -= gains[i]!;
        }
      }
      if (kept === count) break;
      count = kept;
    }
    tried.count = count;
    tried.cost = cost;
    tried.gain = gain;
    if (rules.trimLines !== undefined && count > 0) trimLines(lines, pivot, rules);
  }

  function trimLines({ ids }: Lines, pivot: number, rules: GrowthRules): void {
    const worth = (line: number): number =>
      line === pivot ? Infinity : gains[line]! / (rules.linePrices[ids[line]!]! + 1e-9);
    const sorted = tried.lines.subarray(0, tried.count).sort((a, b) => (a === b ? 0 : worth(b) - worth(a) || a - b));
    const kept = rules.trimLines!(tried.lines, tried.count);
    for (let at = kept; at < tried.count; at++) {
      tried.cost -= rules.linePrices[ids[sorted[at]!]!]!;
      tried.gain -= gains[sorted[at]!]!;
    }
    tried.count = kept;
  }

  /** Gives bits up that cover nothing, and takes those that all lines have, where that is cheaper a cell. */
  function extend(lines: Lines, others: Lines, rules: GrowthRules): void {
    const { words, full, open } = lines;
    const price = best.cost / best.gain;
    for (let word = 0; word < words; word++) {
      let common = -1;
      let any = 0;
      for (let at = 0; at < best.count; at++) {
        const place = best.lines[at]! * words + word;
        common &= full[place]!;
        any |= open[place]!;
      }
      for (let idle = best.set[word]! & ~any; idle !== 0; idle &= idle - 1)
        best.cost -= rules.bitPrices[others.ids[word * 32 + 31 - Math.clz32(idle & -idle)]!]!;
      best.set[word]! &= any;
      if (rules.trimBits !== undefined) continue;
      for (let more = common & any & ~best.set[word]!; more !== 0; more &= more - 1) {
        const bit = 31 - Math.clz32(more & -more);
        const own = rules.bitPrices[others.ids[word * 32 + bit]!]!;
        let gain = 0;
        for (let at = 0; at < best.count; at++) gain += (open[best.lines[at]! * words + word]! >>> bit) & 1;
        if (own > price * gain) continue;
        best.set[word]! |= 1 << bit;
        best.cost += own;
        best.gain += gain;
      }
    }
  }
}

const emptyGrowth = (lines: number, words: number): Growth => ({
  lines: new Uint32Array(lines),
  count: 0,
  set: new Uint32Array(words),
  cost: 0,
  gain: 0,
});

/** Open cells of a line within a set, -1 when it does not have all of the set. */
function openIn({ full, open }: Lines, line: number, set: Uint32Array, words: number): number {
  let gain = 0;
  for (let word = 0, at = line * words; word < words; word++, at++) {
    const wanted = set[word]!;
    if ((wanted & ~full[at]!) !== 0) return -1;
    const own = wanted & open[at]!;
    if (own !== 0) gain += bitCount(own);
  }
  return gain;
}

function priceOfBits(set: Uint32Array, { ids, words: _, count }: Lines, prices: Float64Array): number {
  let sum = 0;
  for (let word = 0; word < (count + 31) >>> 5; word++)
    for (let left = set[word]!; left !== 0; left &= left - 1)
      sum += prices[ids[word * 32 + 31 - Math.clz32(left & -left)]!]!;
  return sum;
}

/** Which of the other side's lines have an open cell at all, a word of them. */
function anyOpen({ openCounts, count }: Lines, word: number): number {
  let bits = 0;
  const end = Math.min(count, word * 32 + 32);
  for (let line = word * 32; line < end; line++) if (openCounts[line]! > 0) bits |= 1 << (line & 31);
  return bits;
}
