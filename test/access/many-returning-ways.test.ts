/** More ways than are counted one by one, where a way may come back to a node as another identity. */
import { describe, expect, it } from 'vitest';
import { type EdgeRecord, makeEdge, type NodeKind, type NodeRecord } from '../../engine/model/index.ts';
import { viewOf } from '../support/view-of.ts';

const node = (kind: NodeKind, id: string): NodeRecord => ({ kind, id, source: 's', attributes: {} });
const edge = (kind: EdgeRecord['kind'], from: string, to: string, more: object = {}): EdgeRecord =>
  makeEdge({ kind, from, to, source: 's', ...more });

/** Two groups a layer: 2 to the power of the layers are the ways through. */
const LAYERS = 14;
const groups = Array.from({ length: LAYERS }, (_, i) => [`g${i}a`, `g${i}b`] as const);
const NODES = [
  node('User', 'ada'),
  node('User', 'ben'),
  ...groups.flat().map((id) => node('Group', id)),
  node('Resource', 'vault'),
];
const EDGES = [
  // Each may become the other, and a denial makes it matter as whom one comes.
  edge('CAN_ASSUME', 'ada', 'ben'),
  edge('CAN_ASSUME', 'ben', 'ada'),
  edge('GRANTS', 'ben', 'vault', { actions: ['write'], effect: 'DENY' }),
  ...['ada', 'ben'].flatMap((user) => groups[0]!.map((group) => edge('MEMBER_OF', user, group))),
  ...groups
    .slice(1)
    .flatMap((layer, i) => groups[i]!.flatMap((from) => layer.map((to) => edge('MEMBER_OF', from, to)))),
  ...groups.at(-1)!.map((group) => edge('GRANTS', group, 'vault', { actions: ['read'] })),
];

describe('more returning ways than are counted', () => {
  it('are told in pages, and the answer says that and why they were not counted', async () => {
    const view = await viewOf(NODES, EDGES);
    const question = { identity: 'ada', action: 'read', resource: 'vault', at: 0 };
    const because = expect.stringMatching(/more than 10000 paths .* counted no further/);
    const why = await view.whyHasAccess(question);
    expect(why).toMatchObject({ decision: 'ALLOWED', pathCount: null, pathCountText: null, complete: false });
    expect(why.incompleteBecause).toEqual(because);
    expect(why.paths.length).toBeGreaterThan(0);
    const page = await view.accessPaths({ ...question, first: 7 });
    expect(page).toMatchObject({ complete: false, hasNextPage: true, incompleteBecause: because });
    expect(page.items).toHaveLength(7);
    view.release();
  });
});
