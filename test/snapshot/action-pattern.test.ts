import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers, intersect, matches, overlap } from '../../engine/snapshot/action-pattern.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 5 });

/** Every word over two letters up to a length that lets any two patterns of five signs show how they differ. */
const words: string[] = [''];
for (let from = 0, length = 1; length <= 11; length++) {
  const until = words.length;
  for (let i = from; i < until; i++) words.push(`${words[i]}a`, `${words[i]}b`);
  from = until;
}
/** A letter that no pattern names takes the place of any run, so that short words are enough to tell "every" from "many". */
const sample = [
  ...words.filter((word) => word.length <= 7),
  ...words.filter((word) => word.length <= 4).flatMap(withForeignLetters),
];

function withForeignLetters(word: string): string[] {
  return Array.from({ length: word.length + 1 }, (_, i) => `${word.slice(0, i)}c${word.slice(i)}`);
}

/** The plainest matcher: try every length for each star. */
function matchesPlainly(p: string, word: string): boolean {
  if (p === '') return word === '';
  if (p[0] !== '*') return word !== '' && word[0] === p[0] && matchesPlainly(p.slice(1), word.slice(1));
  for (let taken = 0; taken <= word.length; taken++) if (matchesPlainly(p.slice(1), word.slice(taken))) return true;
  return false;
}

describe('action patterns', () => {
  it('match as the plainest matcher does', () => {
    fc.assert(
      fc.property(pattern, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 }), (p, word) => {
        expect(matches(p, word)).toBe(matchesPlainly(p, word));
      }),
      runs(3_000),
    );
  });

  it('cover each other exactly when no word tells them apart', () => {
    fc.assert(
      fc.property(pattern, pattern, (outer, inner) => {
        const told = sample.some((word) => matches(inner, word) && !matches(outer, word));
        expect(covers(outer, inner)).toBe(!told);
      }),
      runs(1_000),
    );
  });

  it('overlap exactly when some word is in both', () => {
    fc.assert(
      fc.property(pattern, pattern, (p, q) => {
        expect(overlap(p, q)).toBe(words.some((word) => matches(p, word) && matches(q, word)));
      }),
      runs(500),
    );
  });

  it('intersect to patterns that match exactly what both match, none of them for nothing', () => {
    fc.assert(
      fc.property(pattern, pattern, (p, q) => {
        const parts = intersect(p, q);
        for (const word of sample) {
          expect([p, q, word, parts.some((part) => matches(part, word))]).toEqual([
            p,
            q,
            word,
            matches(p, word) && matches(q, word),
          ]);
        }
        for (const part of parts) expect(parts.filter((other) => covers(other, part))).toEqual([part]);
      }),
      runs(300),
    );
  });

  it('are told apart from a pattern that names an unusual letter', () => {
    expect(covers('a\uffffb', 'a*b')).toBe(false);
    expect(covers('*\uffff*', '*')).toBe(false);
  });

  it('of the longest kind are compared without trouble', () => {
    const long = `${'ab'.repeat(250)}*`;
    expect(intersect(long, `*${'ba'.repeat(250)}`)).toHaveLength(1 + 250);
  });
});
