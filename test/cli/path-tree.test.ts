import { describe, expect, it } from 'vitest';
import { colourOf } from '../../cli/colour.ts';
import { distance } from '../../cli/near-ids.ts';
import { pathTreeLines } from '../../cli/path-tree.ts';
import { type AccessPath, type EdgeDraft, makeEdge } from '../../engine/index.ts';

const edge = (kind: EdgeDraft['kind'], from: string, to: string, rest: Partial<EdgeDraft> = {}) =>
  makeEdge({ kind, from, to, source: 's', ...rest });

function path(decision: AccessPath['decision'], ...edges: ReturnType<typeof edge>[]): AccessPath {
  const nodes = [edges[0]!.from, ...edges.map(({ to }) => to)];
  return { edges, nodes, length: edges.length, decision, validFrom: null, validTo: null };
}

describe('a tree of paths', () => {
  it('tells a common beginning once', () => {
    const member = edge('MEMBER_OF', 'ada', 'staff', { validTo: Date.UTC(2027, 0, 1) });
    const role = edge('HAS_ROLE', 'staff', 'clerk', { condition: 'mfa' });
    const inherited = edge('INHERITS', 'clerk', 'reader');
    const direct = edge('GRANTS', 'staff', 'ledger', { actions: ['read'], inherit: false });
    const throughRole = edge('GRANTS', 'reader', 'ledger', { actions: ['*'], exceptActions: ['delete'] });
    const lines = pathTreeLines({
      root: 'ada',
      paths: [path('ALLOWED', member, direct), path('CONDITIONAL', member, role, inherited, throughRole)],
      names: new Map([['ada', { kind: 'User', id: 'ada', name: 'Ada', sources: ['s'], attributes: {} }]]),
      chokes: new Set([member.id]),
      colour: colourOf(false, {}),
    });
    expect(lines).toEqual([
      'Ada ada',
      '└─ is a member of staff [until 2027-01-01] ◆',
      '   ├─ may read on ledger [there only] → ALLOWED',
      '   └─ has the role clerk [if mfa]',
      '      └─ includes the role reader',
      '         └─ may do everything except delete on ledger → CONDITIONAL',
    ]);
  });
});

describe('distance', () => {
  it.each([
    ['user:ada', 'user:ada', 0],
    ['user:adda', 'user:ada', 1],
    ['User:Ada', 'user:ada', 0],
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
  ])('of %j and %j is %i', (one, other, apart) => expect(distance(one, other)).toBe(apart));
});
