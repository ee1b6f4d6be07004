import { describe, expect, it } from 'vitest';
import { makeEdge, type NodeRecord } from '../../engine/model/index.ts';
import { findingsOf } from '../support/findings-of.ts';

const node = (kind: NodeRecord['kind'], id: string, attributes: NodeRecord['attributes'] = {}): NodeRecord => ({
  kind,
  id,
  source: 's',
  attributes,
});
const grant = (from: string) =>
  makeEdge({ kind: 'GRANTS', from, to: 'r', source: 's', actions: ['read'], effect: 'ALLOW' });

const told = async (attributes: NodeRecord['attributes']) => {
  const nodes = [
    node('User', 'u'),
    node('ServiceAccount', 'a', attributes),
    node('ServiceAccount', 'b'),
    node('Resource', 'r'),
  ];
  const { findings, notes } = await findingsOf(
    { nodes, edges: [grant('a'), grant('b')] },
    { at: 0, kinds: ['ORPHANED_ACCOUNT'] },
  );
  return { ids: findings.map(({ entities }) => entities[0]), notes };
};

describe('a service account without an owner', () => {
  it('is told where owners are told', async () => {
    expect(await told({ owner: 'u' })).toEqual({ ids: ['b'], notes: [] });
  });

  it('is not told where no owner is told of any: a note says so', async () => {
    const { ids, notes } = await told({});
    expect(ids).toEqual([]);
    expect(notes).toEqual(['No source tells who owns a service account, so none is said to have no owner.']);
  });
});
