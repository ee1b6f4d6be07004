/** The adjusted Rand index against counting all pairs, and against its mean over all orders of one partition. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustedRand } from '../../algorithms/adjusted-rand.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

const together = (a: readonly number[], b: readonly number[]): number => {
  let count = 0;
  for (let i = 0; i < a.length; i++) for (let j = 0; j < i; j++) if (a[i] === a[j] && b[i] === b[j]) count++;
  return count;
};

function orders(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, i) =>
    orders([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
  );
}

/** By its definition: index, less what it is on average over all orders, over the most it can be less that average. */
function obvious(a: readonly number[], b: readonly number[]): number {
  const all = orders(b);
  const average = all.reduce((sum, order) => sum + together(a, order), 0) / all.length;
  const most = (together(a, a) + together(b, b)) / 2;
  return Math.abs(most - average) < 1e-12 ? 1 : (together(a, b) - average) / (most - average);
}

const index = (a: readonly number[], b: readonly number[], sizes?: readonly number[]): number =>
  adjustedRand(Uint32Array.from(a), Uint32Array.from(b), sizes && Uint32Array.from(sizes));

describe('the adjusted Rand index', () => {
  it('is what its definition says', () => {
    const pair = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(pair, (things) => {
        const [a, b] = [things.map(([x]) => x), things.map(([, y]) => y)];
        expect(index(a, b)).toBeCloseTo(obvious(a, b), 9);
        expect(index(a, b)).toBe(index(b, a));
      }),
      runs(200),
    );
  });

  it('counts a thing as often as it stands there', () => {
    const thing = fc.tuple(fc.nat(3), fc.nat(3), fc.integer({ min: 1, max: 4 }));
    fc.assert(
      fc.property(fc.array(thing, { maxLength: 8 }), (things) => {
        const spread = things.flatMap(([a, b, size]) => Array.from({ length: size }, () => [a, b] as const));
        const [a, b, sizes] = [things.map(([x]) => x), things.map(([, y]) => y), things.map(([, , s]) => s)];
        const plain = index(
          spread.map(([x]) => x),
          spread.map(([, y]) => y),
        );
        expect(index(a, b, sizes)).toBeCloseTo(plain, 12);
      }),
      runs(300),
    );
  });

  it('is 1 for the same partition under other numbers, and for nothing', () => {
    expect(index([0, 0, 1, 2], [7, 7, 0, 3])).toBe(1);
    expect(index([], [])).toBe(1);
    expect(index([4], [0])).toBe(1);
  });

  it('refuses partitions of unlike lengths', () => {
    expect(() => index([0], [0, 1])).toThrow(RangeError);
  });
});
