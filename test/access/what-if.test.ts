/** What changes would do, on graphs made by hand. */
import { describe, expect, it } from 'vitest';
import { type EdgeRecord, makeEdge, type NodeKind, type NodeRecord } from '../../engine/model/index.ts';
import { viewOf } from '../support/view-of.ts';

const node = (kind: NodeKind, id: string): NodeRecord => ({ kind, id, source: 'hr', attributes: {} });
const edge = (kind: EdgeRecord['kind'], from: string, to: string, actions?: readonly string[]): EdgeRecord =>
  makeEdge({ kind, from, to, source: 'hr', actions });

describe('what changes would do', () => {
  it('tells who is bounded by one role from who has the next', async () => {
    const nodes = [
      ...['ada', 'ben'].map((id) => node('User', id)),
      ...['role-1', 'role-2', 'role-3'].map((id) => node('Role', id)),
      node('Resource', 'ledger'),
    ];
    const edges = [
      edge('GRANTS', 'role-1', 'ledger', ['read']),
      edge('GRANTS', 'role-2', 'ledger', ['post']),
      edge('GRANTS', 'role-3', 'ledger', ['audit']),
      edge('HAS_ROLE', 'ada', 'role-1'),
      edge('HAS_ROLE', 'ada', 'role-3'),
      edge('HAS_ROLE', 'ben', 'role-1'),
      edge('BOUNDED_BY', 'ben', 'role-2'),
    ];
    const view = await viewOf(nodes, edges);
    const delta = await view.whatIf({ changes: [{ op: 'REMOVE_EDGE', id: edges[0]!.id }] });
    // Ben's bound never let him read.
    expect(delta.lost.map(({ identity, actions }) => [identity, actions])).toEqual([['ada', ['read']]]);
    expect(delta.lostCount).toBe(1);
    view.release();
  });

  it('takes patterns for the same that differ in the case of letters alone', async () => {
    const nodes = [node('User', 'ada'), node('Group', 'crew'), node('Resource', 'ledger')];
    const edges = [
      edge('MEMBER_OF', 'ada', 'crew'),
      edge('GRANTS', 'crew', 'ledger', ['post', 'p*']),
      makeEdge({ kind: 'GRANTS', from: 'crew', to: 'ledger', source: 'hr', key: 'narrow', actions: ['post'] }),
      edge('GRANTS', 'ada', 'ledger', ['POST', 'READ']),
    ];
    const view = await viewOf(nodes, edges);
    const delta = await view.whatIf({
      changes: [
        { op: 'REMOVE_EDGE', id: edges[1]!.id },
        { op: 'REMOVE_EDGE', id: edges[2]!.id },
      ],
    });
    expect(delta.gained).toEqual([]);
    expect(delta.lost.map(({ actions }) => actions)).toEqual([['p*']]);
    view.release();
  });
});
