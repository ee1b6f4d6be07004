import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGlob, matchesGlob } from '../../loaders/aws/glob.ts';
import { covers } from '../../loaders/aws/glob-cover.ts';
import { intersection, overlaps } from '../../loaders/aws/glob-overlap.ts';
import { runs, SEED } from '../support/seed.ts';

/** All texts over two letters up to a length that tells any two of the patterns below apart, and a third letter for "any other". */
const LETTERS = ['a', 'b', 'c'];
const LONGEST = 7;
const TEXTS: readonly string[] = textsUpTo(LONGEST);

function textsUpTo(length: number): readonly string[] {
  const all: string[] = [''];
  let last = [''];
  for (let size = 1; size <= length; size++) {
    last = last.flatMap((text) => LETTERS.map((letter) => text + letter));
    all.push(...last);
  }
  return all;
}

/** The obvious meaning, as a regular expression. */
const language = (pattern: string): ReadonlySet<string> => {
  const source = [...pattern].map((token) => (token === '*' ? '.*' : token === '?' ? '.' : token)).join('');
  const expression = new RegExp(`^${source}$`);
  return new Set(TEXTS.filter((text) => expression.test(text)));
};

const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 4 });

describe(`resource patterns (PROPERTY_SEED=${SEED})`, () => {
  it('match as their regular expression does', () => {
    fc.assert(
      fc.property(pattern, (text) => {
        const meant = language(text);
        const canonical = compileGlob(text).text;
        for (const sample of TEXTS.slice(0, 400)) {
          expect(matchesGlob(text, sample)).toBe(meant.has(sample));
          expect(matchesGlob(canonical, sample)).toBe(meant.has(sample));
        }
      }),
      runs(300),
    );
  });

  it('cover one another exactly when every text of the one is a text of the other', () => {
    fc.assert(
      fc.property(pattern, pattern, (a, b) => {
        const inner = language(b);
        const outer = language(a);
        expect(covers(compileGlob(a), compileGlob(b))).toBe([...inner].every((text) => outer.has(text)));
      }),
      runs(3000),
    );
  });

  it('overlap exactly when they have a text in common, and their intersection matches just those', () => {
    fc.assert(
      fc.property(pattern, pattern, (a, b) => {
        const right = language(b);
        const common = [...language(a)].filter((text) => right.has(text));
        expect(overlaps(compileGlob(a), compileGlob(b))).toBe(common.length > 0);
        const parts = intersection(compileGlob(a), compileGlob(b));
        expect(parts).toBeDefined();
        const told = new Set(parts!.flatMap((part) => [...language(part)]));
        expect([...told].sort()).toEqual([...common].sort());
      }),
      runs(1500),
    );
  });

  it('hold on patterns as policies have them', () => {
    const cover = (a: string, b: string): boolean => covers(compileGlob(a), compileGlob(b));
    expect(cover('*', 'arn:aws:s3:::bucket/*')).toBe(true);
    expect(cover('arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket')).toBe(false);
    expect(cover('arn:aws:iam::*:role/*', 'arn:aws:iam::111122223333:role/app-?')).toBe(true);
    expect(cover('arn:aws:s3:::a?*', 'arn:aws:s3:::a*b')).toBe(true);
    expect(intersection(compileGlob('arn:aws:s3:::prod-*'), compileGlob('arn:aws:s3:::*-logs'))).toEqual([
      'arn:aws:s3:::prod-*-logs',
      'arn:aws:s3:::prod-logs',
    ]);
  });

  it('give up on an overlap that would take too many patterns, and say so', () => {
    const many = (letters: string): string => [...letters].map((letter) => `*${letter}`).join('');
    expect(intersection(compileGlob(`${many('abcdefgh')}*`), compileGlob(`${many('stuvwxyz')}*`))).toBeUndefined();
  });
});
