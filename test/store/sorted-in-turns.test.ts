import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../algorithms/seeded-random.ts';
import { sortInTurns } from '../../engine/store/sorted-in-turns.ts';
import { Turns } from '../../engine/store/turns.ts';

/** The order of what the numbers stand for, as one sorts a list; equal ones as they were. */
const plainly = (items: Int32Array, keys: Int32Array): number[] =>
  Array.from(items).sort((a, b) => keys[a]! - keys[b]!);

async function sorted(items: Int32Array, keys: Int32Array, turns = new Turns()): Promise<number[]> {
  const copy = Int32Array.from(items);
  await sortInTurns(copy, (a, b) => keys[a]! - keys[b]!, turns);
  return Array.from(copy);
}

/** Numbers in disorder, with runs that are in order among them. */
function mixed(length: number, kinds: number, seed: number): Int32Array {
  const random = seededRandom(seed);
  const keys = Int32Array.from({ length }, () => Math.floor(random() * kinds));
  for (let at = 0; at < length; at += 5_000) if (random() < 0.5) keys.subarray(at, at + 3_000).sort();
  return keys;
}

describe('sorting in turns', () => {
  it('is the order that a plain sort gives, equal ones left as they were', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.nat(30), fc.nat(20_000)),
        fc.constantFrom(1, 3, 1_000, 1_000_000),
        fc.nat(),
        async (length, kinds, seed) => {
          const keys = mixed(length, kinds, seed + 1);
          const items = Int32Array.from(keys.keys());
          expect(await sorted(items, keys)).toEqual(plainly(items, keys));
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([0, 1, 2_047, 2_048, 2_049, 4_096, 4_097, 6_145, 8_192])('sorts %i that lie backwards', async (length) => {
    const keys = Int32Array.from({ length }, (_, i) => length - i);
    const items = Int32Array.from(keys.keys());
    expect(await sorted(items, keys)).toEqual(plainly(items, keys));
  });

  it('looks at little where all is in order', async () => {
    const items = Int32Array.from({ length: 100_000 }, (_, i) => i);
    let looks = 0;
    const compare = (a: number, b: number): number => {
      looks++;
      return a - b;
    };
    await sortInTurns(items, compare, new Turns());
    expect(looks).toBeLessThan(110_000);
  });

  it('passes whenever somebody waits for a turn', async () => {
    let passed = 0;
    class Hurried extends Turns {
      override isDue(): boolean {
        return true;
      }
      override async pass(): Promise<void> {
        passed++;
      }
    }
    const keys = mixed(50_000, 1_000_000, 7);
    const items = Int32Array.from(keys.keys());
    expect(await sorted(items, keys, new Hurried())).toEqual(plainly(items, keys));
    // Runs, and stretches of what is merged: no step is longer than a few thousand comparisons.
    expect(passed).toBeGreaterThan(100);
  });
});
