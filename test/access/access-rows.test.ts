import { describe, expect, it } from 'vitest';
import { type AppliedContext, type AppliedGrant, rowGroups } from '../../engine/access/access-rows.ts';
import { makeTerms } from '../../engine/snapshot/action-terms.ts';

const grant = (actions: readonly string[], exceptions: readonly string[] = []): AppliedGrant => ({
  terms: makeTerms(actions, exceptions),
  sure: true,
});

const context = (allow: AppliedGrant, ...denials: readonly AppliedGrant[]): AppliedContext => ({
  allows: [allow],
  denials,
  bounds: [],
  sure: true,
});

describe('the rows of a resource', () => {
  it('come pattern by pattern, a list before the longer list that begins with it', () => {
    const rows = rowGroups([context(grant(['*a*', 'a'], ['a*b*'])), context(grant(['*a*']), grant(['a']))]);
    expect(rows.map(({ actions, exceptions }) => [actions, exceptions])).toEqual([
      [['*a*'], ['a']],
      [['*a*', 'a'], ['a*b*']],
    ]);
  });

  it('tell the same exceptions whichever of two grants of a pattern is there, the fewest of those that take out the same', () => {
    const [one, other, narrow] = [grant(['*b', '*b*a']), grant(['*b', 'a*b*']), grant(['*b', '*c'], ['a'])];
    const told = (...allows: readonly AppliedGrant[]) =>
      rowGroups([{ ...context(one, grant(['z'])), allows }]).find(({ actions }) => actions.includes('*b'))?.exceptions;
    for (const allows of [
      [one, narrow, other],
      [narrow, other],
      [one, narrow],
      [other, narrow, one],
    ])
      expect(told(...allows)).toEqual([]);
  });
});
