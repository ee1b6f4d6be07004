/** Roles that are alike, and roles that are a part of others: what is told, and remedies carried out together. */
import { describe, expect, it } from 'vitest';
import { type EdgeKind, type EdgeRecord, makeEdge, type NodeKind, type NodeRecord } from '../../engine/model/index.ts';
import { findingsOf, proposedOf } from '../support/findings-of.ts';

const node = (kind: NodeKind, id: string, attributes = {}): NodeRecord => ({ kind, id, source: 's', attributes });
const edge = (kind: EdgeKind, from: string, to: string, more: Partial<EdgeRecord> = {}): EdgeRecord =>
  makeEdge({ kind, from, to, source: 's', ...(kind === 'GRANTS' ? { actions: ['read'] } : {}), ...more });

describe('copies of a role', () => {
  const roles = ['a', 'b', 'c'];
  const graph = {
    nodes: [node('User', 'u'), node('User', 'v'), node('Resource', 'r'), ...roles.map((id) => node('Role', id))],
    edges: [
      edge('GRANTS', 'a', 'r'),
      edge('GRANTS', 'c', 'r'),
      edge('INHERITS', 'b', 'c'),
      edge('HAS_ROLE', 'u', 'a'),
      edge('HAS_ROLE', 'v', 'a'),
      edge('HAS_ROLE', 'v', 'b'),
    ],
  };

  it('one of which includes another may all go together', async () => {
    const { findings, view } = await findingsOf(graph, { at: 0, kinds: ['DUPLICATE_ROLE'] });
    expect(findings.map(({ entities }) => entities)).toEqual([
      ['b', 'a'],
      ['c', 'a'],
    ]);
    for (const some of [findings, [...findings].reverse()]) {
      const changes = proposedOf(some.flatMap(({ remedy }) => remedy));
      expect(await view.whatIf({ changes, at: 0 })).toMatchObject({ gainedCount: 0, lostCount: 0, alteredCount: 0 });
    }
    expect(findings[1]!.rationale).toContain('1 other copy holds it and goes with it.');
  });
});

describe('a role that is a part of another', () => {
  const both = {
    nodes: [
      node('User', 'u'),
      node('User', 'v'),
      node('Group', 'g'),
      node('Resource', 'r'),
      node('Resource', 'q'),
      node('Role', 'small'),
      node('Role', 'inner'),
    ],
    edges: [
      edge('GRANTS', 'small', 'r'),
      edge('GRANTS', 'inner', 'r', { key: 'own' }),
      edge('GRANTS', 'large', 'q'),
      edge('INHERITS', 'large', 'inner'),
      edge('HAS_ROLE', 'g', 'large'),
      edge('MEMBER_OF', 'u', 'g'),
      edge('HAS_ROLE', 'u', 'small'),
      edge('HAS_ROLE', 'v', 'small'),
    ],
  };
  const told = async (attributes: object, edges: readonly EdgeRecord[]) => {
    const nodes = [...both.nodes, node('Role', 'large', attributes)];
    const { findings, view } = await findingsOf({ nodes, edges }, { at: 0, kinds: ['SUBSUMED_ROLE'] });
    return { ofSmall: findings.filter(({ entities }) => entities[0] === 'small'), view };
  };
  const removed = (id: string) => expect.objectContaining({ op: 'REMOVE_EDGE', id });
  const [assignment] = both.edges.filter(({ from, to }) => from === 'u' && to === 'small') as [EdgeRecord];
  // What gives the part may not be a role that is alike: then that one is the copy.
  const own = both.edges.map((one) => (one.from === 'inner' ? edge('GRANTS', 'large', 'r') : one));

  it('is taken from those who have both, by whatever way', async () => {
    const { ofSmall, view } = await told({}, own);
    const [finding] = ofSmall;
    expect(finding!.entities).toEqual(['small', 'large']);
    expect(finding!.remedy).toContainEqual(removed(assignment.id));
    expect(finding!.remedy).toContainEqual(expect.objectContaining({ op: 'PUT_EDGE' }));
    expect(finding!.rationale).toContain('small is assigned once to somebody who always has large');
    const delta = await view.whatIf({ changes: proposedOf(finding!.remedy), at: 0 });
    expect(delta).toMatchObject({ gainedCount: 0, lostCount: 0, alteredCount: 0 });
  });

  it('of one that a vendor manages is only taken from them', async () => {
    const { ofSmall } = await told({ managedByVendor: true }, own);
    expect(ofSmall.map(({ remedy }) => remedy)).toEqual([[removed(assignment.id)]]);
  });

  it('is told also where the larger role has it by what it includes', async () => {
    const { ofSmall } = await told({}, [
      ...both.edges,
      edge('GRANTS', 'inner', 'q', { key: 'more', actions: ['list'] }),
    ]);
    expect(ofSmall).toHaveLength(1);
  });

  it('is not told where nobody has both and a vendor manages the larger one', async () => {
    const alone = own.filter(({ id }) => id !== assignment.id);
    expect((await told({ managedByVendor: true }, alone)).ofSmall).toEqual([]);
  });
});
