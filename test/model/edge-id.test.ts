import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EDGE_KINDS, type EdgeKind, edgeId } from '../../engine/model/index.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

/** Parts made of the characters with which the parts are told apart, so that borders between them are easily mistaken. */
const part = fc.string({ unit: fc.constantFrom('1', '2', ':', 'a', 'MEMBER_OF', '9:MEMBER_OF', '1:a'), maxLength: 4 });
const parts = fc.tuple(part, fc.constantFrom<EdgeKind>(...EDGE_KINDS), part, part, part);

describe('the id of an edge', () => {
  it('is always the same', () => {
    // Ids are kept in stores and written by other programs: this one must never change.
    expect(edgeId('hr', 'MEMBER_OF', 'u:ada', 'g:fin')).toBe(edgeId('hr', 'MEMBER_OF', 'u:ada', 'g:fin', ''));
    expect(edgeId('hr', 'MEMBER_OF', 'u:ada', 'g:fin')).toMatch(/^e_[A-Za-z0-9_-]{22}$/);
    expect(edgeId('hr', 'MEMBER_OF', 'u:ada', 'g:fin')).toBe('e_WhKyS6_DHe1V2n6MMPGnh9');
  });

  it('differs where any part differs', () => {
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        const same = a.every((value, i) => value === b[i]);
        expect(edgeId(...a) === edgeId(...b)).toBe(same);
      }),
      runs(2000),
    );
  });

  it('differs where the same characters are cut into other parts', () => {
    const whole = fc.string({ unit: fc.constantFrom('1', ':', 'a'), minLength: 2, maxLength: 10 });
    fc.assert(
      fc.property(whole, fc.nat(), fc.nat(), (text, first, second) => {
        const [i, j] = [first % (text.length + 1), second % (text.length + 1)];
        const at = (cut: number) => edgeId('s', 'OWNS', text.slice(0, cut), text.slice(cut));
        expect(at(i) === at(j)).toBe(i === j);
        const keyed = (cut: number) => edgeId('s', 'OWNS', 'a', text.slice(0, cut), text.slice(cut));
        expect(keyed(i) === keyed(j)).toBe(i === j);
        const sourced = (cut: number) => edgeId(text.slice(0, cut), 'OWNS', text.slice(cut), 'b');
        expect(sourced(i) === sourced(j)).toBe(i === j);
      }),
      runs(1000),
    );
  });

  it('differs between texts that only look alike', () => {
    const ids = ['\u00e5', 'a\u030a', '\u212b', 'A\u030a'].map((text) => edgeId('s', 'OWNS', text, 'b'));
    expect(new Set(ids).size).toBe(4);
  });
});
