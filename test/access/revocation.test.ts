/** Revocations by hand: what is cut, what it costs, what is given back, and what is refused. */
import { describe, expect, it } from 'vitest';
import type { GraphView, RevocationQuestion } from '../../engine/access/questions.ts';
import { type EdgeRecord, makeEdge, type NodeKind, type NodeRecord } from '../../engine/model/index.ts';
import { viewOf } from '../support/view-of.ts';

const node = (kind: NodeKind, id: string): NodeRecord => ({ kind, id, source: 'hr', attributes: {} });
const NODES = [
  ...['ada', 'ben', 'mei'].map((id) => node('User', id)),
  ...['finance', 'staff'].map((id) => node('Group', id)),
  node('Role', 'clerk'),
  ...['ledger', 'reports', 'mail'].map((id) => node('Resource', id)),
];
const edge = (kind: EdgeRecord['kind'], from: string, to: string, more: object = {}): EdgeRecord =>
  makeEdge({ kind, from, to, source: 'hr', ...more });

const EDGES = [
  edge('MEMBER_OF', 'ada', 'finance'),
  edge('MEMBER_OF', 'ben', 'finance'),
  edge('HAS_ROLE', 'finance', 'clerk'),
  edge('GRANTS', 'clerk', 'ledger', { actions: ['read', 'post'] }),
  edge('CONTAINS', 'ledger', 'reports'),
];
const [ADA_IN, BEN_IN, ROLE, GRANT] = EDGES as [EdgeRecord, EdgeRecord, EdgeRecord, EdgeRecord, EdgeRecord];

const QUESTION: RevocationQuestion = { identities: ['ada'], action: 'read', resource: 'ledger' };

async function asked(more: Partial<RevocationQuestion> = {}, edges: readonly EdgeRecord[] = EDGES) {
  const view = await viewOf(NODES, edges);
  try {
    return await view.revocation({ ...QUESTION, ...more });
  } finally {
    view.release();
  }
}

const cutsOf = ({ alternatives }: Awaited<ReturnType<GraphView['revocation']>>) =>
  alternatives.map(({ edges, cost, collateral }) => [edges.map(({ id }) => id), cost, collateral.lostCount]);

describe('revocation', () => {
  it('ranks by cost, then by what else is lost', async () => {
    expect(cutsOf(await asked())).toEqual([
      // Besides: post on the ledger, both on the reports.
      [[ADA_IN.id], 1, 3],
      [[ROLE.id], 1, 7],
      [[GRANT.id], 4, 7],
    ]);
  });

  it('weighs recent use, of which the days may be said', async () => {
    const at = Date.UTC(2027, 0, 1);
    const used = { ...ADA_IN, lastUsedAt: at - 10 * 86_400_000 };
    const edges = [used, ...EDGES.slice(1)];
    expect(cutsOf(await asked({ at, alternatives: 1 }, edges))).toEqual([[[ROLE.id], 1, 7]]);
    expect(cutsOf(await asked({ at, alternatives: 1, recentDays: 5 }, edges))).toEqual([[[ADA_IN.id], 1, 3]]);
    const costs = { recentUse: 0.5, HAS_ROLE: 1.75 };
    expect(cutsOf(await asked({ at, alternatives: 1, costs }, edges))).toEqual([[[ADA_IN.id], 1.5, 3]]);
  });

  it('cuts several off at once', async () => {
    const costs = { HAS_ROLE: 1.5 };
    expect(cutsOf(await asked({ identities: ['ada', 'ben', 'ada'], costs, alternatives: 2 }))).toEqual([
      [[ROLE.id], 1.5, 6],
      [[ADA_IN.id, BEN_IN.id], 2, 6],
    ]);
  });

  it('leaves alone what is protected, and says by which way there is no cut', async () => {
    const answer = await asked({ protectedEdges: [ADA_IN.id], protectedKinds: ['HAS_ROLE', 'GRANTS'] });
    expect(answer).toMatchObject({ alternatives: [], complete: true });
    expect(answer.because).toMatch(/none of whose edges may be cut/);
    expect(answer.uncuttable.map(({ id }) => id)).toEqual([ADA_IN.id, ROLE.id, GRANT.id]);
  });

  it('cuts scopes only where it is let to', async () => {
    const costs = { CONTAINS: 0 };
    const [cut] = (await asked({ resource: 'reports', costs })).alternatives;
    expect(cut!.edges.map(({ kind }) => kind)).not.toContain('CONTAINS');
    const [other] = (await asked({ resource: 'reports', costs, protectedKinds: [] })).alternatives;
    expect([other!.edges.map(({ kind }) => kind), other!.cost]).toEqual([['CONTAINS'], 0]);
  });

  it('does not take a membership away that carries a denial and so opens another way', async () => {
    const edges = [
      edge('MEMBER_OF', 'ada', 'staff'),
      edge('CAN_ASSUME', 'staff', 'mei'),
      edge('GRANTS', 'mei', 'ledger', { actions: ['read'] }),
      edge('GRANTS', 'staff', 'ledger', { actions: ['read'], effect: 'DENY' }),
      edge('GRANTS', 'ada', 'ledger', { actions: ['read'] }),
    ];
    const [cut] = (await asked({ costs: { CAN_ASSUME: 3, GRANTS: 3, directGrants: 2.5 } }, edges)).alternatives;
    // The membership alone would cost 1, and let the grant of her own work.
    expect([cut!.edges.map(({ id }) => id), cut!.cost]).toEqual([[edges[2]!.id], 2.5]);
  });

  it('cuts what only leads back to where one was, as someone else', async () => {
    const edges = [
      edge('HAS_ROLE', 'ada', 'clerk'),
      edge('CAN_ASSUME', 'clerk', 'clerk'),
      edge('GRANTS', 'clerk', 'ledger', { actions: ['read'] }),
      edge('GRANTS', 'ada', 'ledger', { actions: ['read'], effect: 'DENY' }),
    ];
    const [cut] = (await asked({ costs: { CAN_ASSUME: 0.5 } }, edges)).alternatives;
    expect([cut!.edges.map(({ id }) => id), cut!.cost]).toEqual([[edges[1]!.id], 0.5]);
  });

  it('ends it on several resources at once, and pays once for what they share', async () => {
    const edges = [
      ...EDGES,
      edge('GRANTS', 'ada', 'mail', { actions: ['read'] }),
      edge('GRANTS', 'finance', 'mail', { actions: ['read'], inherit: false }),
    ];
    const [, , , , , OWN, MAIL] = edges as [EdgeRecord, ...EdgeRecord[]];
    // Besides: post on the ledger, both on the reports.
    expect(cutsOf(await asked({ resources: ['mail'], alternatives: 1 }, edges))).toEqual([
      [[ADA_IN.id, OWN!.id], 2, 3],
    ]);
    // Of several that are named twice, and of `resources` alone, the same is asked.
    expect(await asked({ resource: undefined, resources: ['mail', 'ledger', 'mail'] }, edges)).toEqual(
      await asked({ resources: ['mail'] }, edges),
    );
    const dear = await asked({ resources: ['mail'], protectedEdges: [ADA_IN.id], alternatives: 1 }, edges);
    expect(cutsOf(dear)[0]!.slice(0, 2)).toEqual([[ROLE.id, OWN!.id, MAIL!.id], 6]);
  });

  it('knows that a denial holds on one resource and not on another', async () => {
    const edges = [
      ...EDGES,
      edge('GRANTS', 'finance', 'mail', { actions: ['read'] }),
      edge('GRANTS', 'ada', 'ledger', { actions: ['read'], effect: 'DENY' }),
    ];
    expect((await asked({ alternatives: 1 }, edges)).because).toBe('none of the identities has this access');
    const [one] = (await asked({ resources: ['mail'], alternatives: 1 }, edges)).alternatives;
    expect(one!.edges.map(({ id }) => id)).toEqual([ADA_IN.id]);
    const kept = await asked({ resources: ['mail'], protectedEdges: [ADA_IN.id], alternatives: 1 }, edges);
    expect(kept.alternatives[0]!.edges.map(({ to }) => to)).toEqual(['mail']);
  });

  it('has nothing to end where there is no access', async () => {
    expect(await asked({ identities: ['mei'] })).toMatchObject({
      alternatives: [],
      because: 'none of the identities has this access',
      uncuttable: [],
      complete: true,
    });
  });

  it('gives back what else is lost', async () => {
    const answer = await asked({ alternatives: 2, repair: true });
    const [own, role] = answer.alternatives.map(({ repair }) => repair!);
    const put = ({ changes }: NonNullable<typeof own>) =>
      changes.map(({ change }) => {
        if (change.op !== 'PUT_EDGE') throw new Error(change.op);
        const { kind, from, to, actions } = change.edge;
        return [kind, from, to, ...(actions ?? [])];
      });
    expect([own!.exact, role!.exact]).toEqual([true, true]);
    expect(put(own!)).toEqual([
      ['GRANTS', 'ada', 'ledger', 'post'],
      ['GRANTS', 'ada', 'reports', 'post', 'read'],
    ]);
    // Who else goes by the group gets the role instead.
    expect(put(role!)).toEqual([['HAS_ROLE', 'ben', 'clerk'], ...put(own!)]);
  });

  it('gives back what is contained by one grant', async () => {
    const edges = [
      edge('MEMBER_OF', 'ada', 'finance'),
      edge('GRANTS', 'finance', 'mail', { actions: ['use'] }),
      edge('GRANTS', 'finance', 'ledger', { actions: ['read'] }),
      edge('CONTAINS', 'ledger', 'reports'),
    ];
    const [cut] = (await asked({ action: 'use', resource: 'mail', repair: true }, edges)).alternatives;
    const puts = cut!.repair!.changes.map(({ change }) => (change.op === 'PUT_EDGE' ? change.edge : undefined));
    expect(puts).toMatchObject([{ from: 'ada', to: 'ledger', actions: ['read'] }]);
    expect(puts[0]).not.toHaveProperty('inherit');
  });

  it('gives nothing back that would open the access again', async () => {
    const edges = [
      edge('CAN_ASSUME', 'ben', 'clerk'),
      edge('CAN_ASSUME', 'ada', 'ben'),
      edge('GRANTS', 'clerk', 'ledger', { actions: ['read'] }),
    ];
    const protectedEdges = [edges[1]!.id, edges[2]!.id];
    const [cut] = (await asked({ protectedEdges, repair: true }, edges)).alternatives;
    expect(cut!.edges.map(({ id }) => id)).toEqual([edges[0]!.id]);
    expect(cut!.repair).toMatchObject({ exact: false, because: expect.stringMatching(/open the access again/) });
  });

  it('takes the action out of a pattern that it gives back', async () => {
    const edges = [edge('GRANTS', 'ada', 'mail', { actions: ['*'] })];
    const [cut] = (await asked({ action: 'send', resource: 'mail', repair: true }, edges)).alternatives;
    expect(cut!.collateral.lostCount).toBe(1);
    expect(cut!.repair!.changes).toMatchObject([
      { change: { edge: { from: 'ada', to: 'mail', actions: ['*'], exceptActions: ['send'] } } },
    ]);
  });

  it('says why there is no exact repair', async () => {
    const edges = [
      edge('MEMBER_OF', 'ada', 'finance', { condition: 'mfa' }),
      edge('GRANTS', 'finance', 'ledger', { actions: ['read'] }),
      edge('GRANTS', 'finance', 'mail', { actions: ['use'] }),
    ];
    const [cut] = (await asked({ repair: true }, edges)).alternatives;
    expect(cut!.repair).toEqual({ changes: [], exact: false, because: expect.stringMatching(/under a condition/) });
  });

  it('ends with its signal', async () => {
    const abort = new AbortController();
    abort.abort(new Error('enough'));
    await expect(asked({ signal: abort.signal })).rejects.toThrow('enough');
  });

  it.each<[string, Partial<RevocationQuestion>, object]>([
    ['no identities', { identities: [] }, { code: 'ARGUMENT_INVALID' }],
    ['too many identities', { identities: Array.from({ length: 1_001 }, () => 'ada') }, { code: 'ARGUMENT_INVALID' }],
    ['a group as identity', { identities: ['finance'] }, { code: 'NOT_AN_IDENTITY' }],
    ['an unknown identity', { identities: ['nobody'] }, { code: 'NODE_NOT_FOUND' }],
    ['an unknown resource', { resource: 'nothing' }, { code: 'NODE_NOT_FOUND' }],
    ['a group as resource', { resource: 'finance' }, { code: 'NOT_A_RESOURCE' }],
    ['no resource', { resource: undefined }, { code: 'ARGUMENT_INVALID', facts: { argument: 'resource' } }],
    ['too many resources', { resources: Array.from({ length: 100 }, () => 'mail') }, { code: 'ARGUMENT_INVALID' }],
    ['an unknown one of several', { resources: ['nothing'] }, { code: 'NODE_NOT_FOUND' }],
    ['an empty action', { action: '' }, { code: 'ARGUMENT_INVALID' }],
    ['an unknown edge', { protectedEdges: ['no-edge'] }, { code: 'EDGE_NOT_FOUND', facts: { id: 'no-edge' } }],
    ['an unknown kind', { protectedKinds: ['LIKES' as never] }, { code: 'ARGUMENT_INVALID' }],
    ['a negative cost', { costs: { MEMBER_OF: -1 } }, { code: 'ARGUMENT_INVALID', facts: { argument: 'costs' } }],
    ['a cost that is no number', { costs: { GRANTS: Number.NaN } }, { code: 'ARGUMENT_INVALID' }],
    ['a cost of nothing', { costs: { nothing: 1 } as never }, { code: 'ARGUMENT_INVALID' }],
    ['costs that no sum holds', { costs: { MEMBER_OF: 1e-15, HAS_ROLE: 1_000 } }, { code: 'ARGUMENT_INVALID' }],
    ['no alternatives', { alternatives: 0 }, { code: 'ARGUMENT_INVALID' }],
    ['too many alternatives', { alternatives: 21 }, { code: 'ARGUMENT_INVALID' }],
    ['negative days', { recentDays: -1 }, { code: 'ARGUMENT_INVALID' }],
    ['no time', { deadline: 0 }, { code: 'ARGUMENT_INVALID' }],
  ])('refuses %s', async (_, more, error) => {
    await expect(asked(more)).rejects.toMatchObject(error);
  });

  it('is not executed in the store', async () => {
    const view = await viewOf(NODES, EDGES, 'store');
    await expect(view.revocation(QUESTION)).rejects.toMatchObject({ code: 'EXECUTION_UNSUPPORTED' });
    await expect(view.chokePoints({ resource: 'ledger' })).rejects.toMatchObject({ code: 'EXECUTION_UNSUPPORTED' });
    view.release();
  });
});

describe('choke points', () => {
  it('rank by how many are cut off', async () => {
    const view = await viewOf(NODES, [...EDGES, edge('GRANTS', 'mei', 'reports', { actions: ['read'] })]);
    const told = await view.chokePoints({ resource: 'reports', first: 3 });
    expect(told.identities).toBe(3);
    expect(told.nodes).toEqual([
      { id: 'clerk', identities: 2 },
      { id: 'finance', identities: 2 },
      { id: 'ledger', identities: 2 },
    ]);
    expect(told.edges.map(({ edge: { id }, identities }) => [id, identities])).toEqual(
      expect.arrayContaining([
        [ROLE.id, 2],
        [GRANT.id, 2],
      ]),
    );
    expect([told.nodeCount, told.edgeCount]).toEqual([3, 6]);
    await expect(view.chokePoints({ resource: 'ada' })).rejects.toMatchObject({ code: 'NOT_A_RESOURCE' });
    await expect(view.chokePoints({ resource: 'mail', first: -1 })).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    view.release();
  });
});
