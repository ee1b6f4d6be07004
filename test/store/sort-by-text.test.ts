import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../algorithms/seeded-random.ts';
import { sortByText } from '../../engine/store/sort-by-text.ts';
import { Turns } from '../../engine/store/turns.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

/** The order that a plain sort gives, equal ones as they were. */
const plainly = (texts: readonly string[]): number[] =>
  [...texts.keys()].sort((a, b) => (texts[a]! < texts[b]! ? -1 : texts[a]! > texts[b]! ? 1 : a - b));

async function sorted(texts: readonly string[], turns = new Turns()): Promise<number[]> {
  const items = Int32Array.from(texts.keys());
  await sortByText(items, (item) => texts[item]!, turns);
  return Array.from(items);
}

/** Ids as programs make them: some beginnings in common, stretches that are in order, some equal. */
function ids(length: number, seed: number): string[] {
  const random = seededRandom(seed);
  const beginnings = ['user:', 'user:ada.', 'role:aws:eu-west-1:', '', 'é', 'ß-', '漢字', '\ud83d\ude00', '\0'];
  const drawn = Array.from({ length }, () => {
    const beginning = beginnings[Math.floor(random() * beginnings.length)]!;
    return beginning + Math.floor(random() * 50_000).toString(random() < 0.5 ? 10 : 36);
  });
  for (let at = 0; at < length; at += 5_000)
    if (random() < 0.5)
      drawn.splice(at, 2_000, ...drawn.slice(at, at + 2_000).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
  return drawn;
}

describe('sorting by texts', () => {
  it('is the order that a plain sort gives, for many ids', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.nat(40), fc.nat(20_000)), fc.nat(), async (length, seed) => {
        const texts = ids(length, seed);
        expect(await sorted(texts)).toEqual(plainly(texts));
      }),
      runs(40),
    );
  });

  it('is the order that a plain sort gives, for any texts', async () => {
    // Few characters, some of them at the edges of what is packed how: beginnings in common, ends and equal texts are many.
    const character = fc.constantFrom('\0', '\u0001', 'a', 'b', '\u00ff', '\u0100', '\ud800', '\uffff');
    const text = fc.oneof(fc.string({ unit: character, maxLength: 14 }), fc.constantFrom('', 'aaaaaa', 'aaaaaa\0'));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 200, size: 'max' }), async (texts) => {
        expect(await sorted(texts)).toEqual(plainly(texts));
      }),
      runs(100),
    );
  });

  it.each([0, 1, 2, 12, 13, 16, 17, 4_095, 4_096, 4_097, 12_289])('sorts %i that lie backwards', async (length) => {
    const texts = Array.from({ length }, (_, i) => `user:person-${String(length - i).padStart(6, '0')}`);
    expect(await sorted(texts)).toEqual(plainly(texts));
  });

  it('looks at each text twice where all are in order', async () => {
    const texts = Array.from({ length: 100_000 }, (_, i) => `user:${String(i).padStart(6, '0')}`);
    let looks = 0;
    const textOf = (item: number): string => {
      looks++;
      return texts[item]!;
    };
    const items = Int32Array.from(texts.keys());
    await sortByText(items, textOf, new Turns());
    expect(looks).toBe(2 * (100_000 - 1));
  });

  it('asks for nothing but what is to be sorted', async () => {
    const texts = ids(30_000, 3);
    const items = Int32Array.from({ length: 10_000 }, (_, i) => i * 3);
    await sortByText(items, (item) => (item % 3 === 0 ? texts[item]! : expect.unreachable()), new Turns());
    const own = [...texts.keys()].filter((item) => item % 3 === 0);
    expect(Array.from(items)).toEqual(plainly(own.map((item) => texts[item]!)).map((place) => own[place]!));
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
    const texts = ids(50_000, 7);
    expect(await sorted(texts, new Hurried())).toEqual(plainly(texts));
    expect(passed).toBeGreaterThan(100);
  });
});
