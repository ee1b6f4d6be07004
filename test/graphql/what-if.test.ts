import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../graphql/index.ts';
import { codeOf, post } from './client.ts';
import { type Estate, openEstate } from './estate.ts';

let estate: Estate;
let server: RunningServer;
beforeAll(async () => {
  estate = await openEstate([
    { node: 'User', id: 'w:ann' },
    { node: 'User', id: 'w:bea' },
    { node: 'Group', id: 'w:team' },
    { node: 'Resource', id: 'w:box' },
    { node: 'Resource', id: 'w:box/lid' },
    { edge: 'CONTAINS', from: 'w:box', to: 'w:box/lid' },
    { edge: 'MEMBER_OF', from: 'w:ann', to: 'w:team' },
    { edge: 'MEMBER_OF', from: 'w:bea', to: 'w:team' },
    { edge: 'GRANTS', from: 'w:team', to: 'w:box', actions: ['open', 'shut'] },
    { edge: 'GRANTS', from: 'w:ann', to: 'w:box', actions: ['open'], effect: 'DENY' },
  ]);
  server = await startServer({ engine: estate.engine, port: 0 });
});
afterAll(async () => {
  await server.close();
  await estate.close();
});

const ROWS = 'identity { id } actions resource { id } decision';
const WHAT_IF = `query($changes: [ChangeInput!]!) { whatIf(changes: $changes) {
  gainedCount lostCount alteredCount complete version ...some lost { ${ROWS} } } }
  fragment some on AccessDelta { gained(first: 3) { ${ROWS} } }`;

const tryOut = async (changes: readonly object[]) => {
  const answer = await post(server, WHAT_IF, { changes });
  expect(answer.errors).toEqual([]);
  return answer.data.whatIf;
};
const row = (identity: string, resource: string, ...actions: string[]) => ({
  identity: { id: identity },
  actions,
  resource: { id: resource },
  decision: 'ALLOWED',
});

describe('whatIf', () => {
  it('tells what ends with an edge, on everything below', async () => {
    const changes = [{ op: 'REMOVE_EDGE', kind: 'MEMBER_OF', from: 'w:bea', to: 'w:team' }];
    expect(await tryOut(changes)).toEqual({
      gainedCount: 0,
      lostCount: 4,
      alteredCount: 0,
      complete: true,
      version: 1,
      gained: [],
      lost: [row('w:bea', 'w:box', 'open', 'shut'), row('w:bea', 'w:box/lid', 'open', 'shut')],
    });
  });

  it('tells what a denial that goes gives', async () => {
    const delta = await tryOut([{ op: 'REMOVE_EDGE', kind: 'GRANTS', from: 'w:ann', to: 'w:box' }]);
    expect(delta).toMatchObject({ gainedCount: 2, lostCount: 0 });
    expect(delta.gained).toEqual([row('w:ann', 'w:box', 'open'), row('w:ann', 'w:box/lid', 'open')]);
  });

  it('tells of nodes that are not there yet', async () => {
    const changes = [
      { op: 'PUT_NODE', kind: 'User', id: 'w:new', properties: { name: 'New' } },
      { op: 'PUT_EDGE', kind: 'MEMBER_OF', from: 'w:new', to: 'w:team' },
      { op: 'PUT_EDGE', kind: 'GRANTS', from: 'w:new', to: 'w:box', properties: { actions: ['shut'], effect: 'DENY' } },
    ];
    const delta = await tryOut(changes);
    expect(delta.gained).toEqual([row('w:new', 'w:box', 'open'), row('w:new', 'w:box/lid', 'open')]);
    const query = WHAT_IF.replaceAll('identity { id }', 'identity { id name kind }');
    const named = await post(server, query, { changes });
    expect(named.data.whatIf.gained[0].identity).toEqual({ id: 'w:new', name: 'New', kind: 'USER' });
  });

  it('gives as many rows as are asked for, and counts all', async () => {
    const changes = [{ op: 'REMOVE_NODE', id: 'w:team' }];
    const query = (first: number) => `query($changes: [ChangeInput!]!) { whatIf(changes: $changes) {
      lostCount lost(first: ${first}) { ${ROWS} } } }`;
    const one = await post(server, query(1), { changes });
    expect(one.data.whatIf).toEqual({ lostCount: 6, lost: [row('w:ann', 'w:box', 'shut')] });
    const none = await post(server, query(0), { changes });
    expect(none.data.whatIf).toEqual({ lostCount: 6, lost: [] });
  });

  it('changes nothing', async () => {
    await tryOut([{ op: 'REMOVE_NODE', id: 'w:box' }]);
    const { data } = await post(server, '{ check(identity: "w:bea", action: "open", resource: "w:box") { decision } }');
    expect(data.check.decision).toBe('ALLOWED');
  });

  it.each([
    ['an operation that there is not', { op: 'DROP' }, 'changes[0].op'],
    ['a node that there is not', { op: 'REMOVE_NODE', id: 'nobody' }, 'no node has the id "nobody"'],
    ['an edge that there is not', { op: 'REMOVE_EDGE', id: 'e_0000000000000000000000' }, 'no edge that has effect'],
    [
      'no edge between the two',
      { op: 'REMOVE_EDGE', kind: 'MEMBER_OF', from: 'w:ann', to: 'w:box' },
      'there is no MEMBER_OF',
    ],
    ['an end that there is not', { op: 'PUT_EDGE', kind: 'MEMBER_OF', from: 'w:ann', to: 'nobody' }, 'changes[0].to'],
    [
      'kinds that do not join',
      { op: 'PUT_EDGE', kind: 'HAS_ROLE', from: 'w:ann', to: 'w:team' },
      'does not lead from a User to a Group',
    ],
    ['a kind that there is not', { op: 'PUT_EDGE', kind: 'LIKES', from: 'w:ann', to: 'w:team' }, 'changes[0].kind'],
    [
      'a grant of nothing',
      { op: 'PUT_EDGE', kind: 'GRANTS', from: 'w:ann', to: 'w:box' },
      'changes[0].properties.actions',
    ],
    ['another kind of a node', { op: 'PUT_NODE', kind: 'Group', id: 'w:ann', properties: {} }, 'is a User already'],
    ['properties that are none', { op: 'PUT_NODE', kind: 'User', id: 'w:x', properties: 3 }, 'changes[0].properties'],
  ])('refuses %s, and says where', async (_, change, told) => {
    const answer = await post(server, WHAT_IF, { changes: [change] });
    expect(codeOf(answer)).toBe('INPUT_INVALID');
    expect(answer.errors[0].message).toContain(told);
  });

  it('takes changes one after the other', async () => {
    const put = { op: 'PUT_EDGE', kind: 'MEMBER_OF', from: 'w:bea', to: 'w:team', properties: { source: 'hr' } };
    const gone = { op: 'REMOVE_EDGE', kind: 'MEMBER_OF', from: 'w:bea', to: 'w:team' };
    expect(await tryOut([gone, gone, put])).toMatchObject({ gainedCount: 0, lostCount: 0 });
    expect(await tryOut([put, gone])).toMatchObject({ gainedCount: 0, lostCount: 4 });
    expect(await tryOut([])).toMatchObject({ gainedCount: 0, lostCount: 0, complete: true });
  });
});
