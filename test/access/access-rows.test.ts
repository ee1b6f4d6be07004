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
});
