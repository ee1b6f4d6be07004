/** What patterns stand for a thing, against a look at each of them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGlob, matchesGlob } from '../../loaders/aws/glob.ts';
import { covers } from '../../loaders/aws/glob-cover.ts';
import { KnownPatterns } from '../../loaders/aws/known-patterns.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

const [A, B] = ['111122223333', '444455556666'];
const piece = (...more: string[]) =>
  fc.array(fc.constantFrom('a', 'b', '/', ...more), { minLength: 1, maxLength: 6 }).map((all) => all.join(''));
const service = fc.constantFrom('s3:::', `lambda:*:${A}:`, `lambda:*:${B}:`, 'lambda:*:*:');
const pattern = fc.tuple(service, piece('*', '?')).map(([of, rest]) => compileGlob(`arn:aws:${of}${rest}*`).text);
const before = fc.constantFrom('', `aws:${A}:`, `aws:${A}:other-accounts:`, `aws:${B}:`);
const thing = fc
  .tuple(fc.constantFrom('s3:::', `lambda:eu-west-1:${A}:`, `lambda:eu-west-1:${B}:`), piece())
  .map(([of, rest]) => `arn:aws:${of}${rest}`);

/** The definition, word by word. */
function obvious(ids: readonly string[], arn: string): readonly string[] {
  const own = arn.includes(B) ? `aws:${A}:other-accounts:arn:` : `aws:${A}:arn:`;
  return ['arn:', own].flatMap((side) => {
    const holding = ids
      .filter((id) => id.startsWith(side))
      .map((id) => ({ id, text: id.slice(id.indexOf('arn:')) }))
      .filter(({ text }) => matchesGlob(text, arn));
    const isFurther = (one: string): boolean =>
      holding.some(({ text }) => text !== one && covers(compileGlob(one), compileGlob(text)));
    return holding.filter(({ text }) => !isFurther(text)).map(({ id }) => id);
  });
}

describe('the patterns that stand for a thing', () => {
  it('are those that hold it and none of the others that do', () => {
    let several = 0;
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(before, pattern), { maxLength: 12, selector: ([, text]) => text }),
        thing,
        (some, arn) => {
          const ids = some.map(([start, text]) => `${start}${text}`);
          const known = new KnownPatterns();
          for (const id of ids) known.add(id);
          const found = known.nearest(arn, A);
          expect([...found].sort()).toEqual([...obvious(ids, arn)].sort());
          if (found.length > 1) several++;
        },
      ),
      runs(2_000),
    );
    expect(several).toBeGreaterThan(5);
  });

  it('leave out whatever leaves the service open, and whatever is no pattern', () => {
    const known = new KnownPatterns();
    for (const id of ['*', 'arn:*', 'arn:aws:*', `aws:${A}:*`, `aws:${A}:arn:aws:s*:::b/x`, 'arn:aws:s3:::b/x', 'a?'])
      known.add(id);
    expect(known.nearest('arn:aws:s3:::b/x', A)).toEqual([]);
  });
});
