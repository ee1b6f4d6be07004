/** What to remove so that a finding is none any more. */
import { describe, expect, it } from 'vitest';
import { makeEdge } from '../../engine/model/index.ts';
import { findingsOf } from '../support/findings-of.ts';
import { decide } from '../support/oracle/index.ts';
import { EstateBuilder } from '../support/small-estate.ts';

const AT = Date.UTC(2026, 0, 1);
const SENSITIVE = [{ name: 'vault', resource: { id: 'r:vault' }, weight: 1 }];

/** Two of the help desk can take over an administrator; one of them may read the vault by herself. */
function helpDesk(): EstateBuilder {
  const estate = new EstateBuilder()
    .nodesOf('User', 'u:ada', 'u:ben', 'u:root')
    .nodesOf('Group', 'g:desk', 'g:admins')
    .nodesOf('Role', 'role:unused')
    .nodesOf('Resource', 'r:vault')
    .member('u:ada', 'g:desk')
    .member('u:ben', 'g:desk')
    .member('u:root', 'g:admins')
    .grant('g:admins', 'r:vault', 'read')
    .grant('u:ben', 'r:vault', 'read')
    .grant('role:unused', 'r:vault', 'write');
  estate.edges.push(makeEdge({ kind: 'CONTROLS', from: 'g:desk', to: 'u:root', source: 'main' }));
  return estate;
}

describe('the revocation of a finding', () => {
  it('ends an escalation for those who have it by no design, and for nobody else', async () => {
    const estate = helpDesk();
    const { findings, revocation } = await findingsOf(estate, {
      at: AT,
      kinds: ['ESCALATION_PATH'],
      sensitivity: SENSITIVE,
    });
    expect(findings.length).toBe(1);
    const answer = await revocation(findings[0]!.id, { alternatives: 5 });
    expect(answer.complete).toBe(true);
    expect(answer.alternatives.map(({ edges, cost }) => [cost, edges.map(({ from, to }) => `${from} ${to}`)])).toEqual([
      [1, ['u:ada g:desk']],
      [1, ['u:root g:admins']],
      [2, ['g:desk u:root']],
      [4, ['g:admins r:vault']],
    ]);
    for (const { edges } of answer.alternatives) {
      const gone = new Set(edges.map(({ id }) => id));
      const left = { nodes: estate.nodes, edges: estate.edges.filter(({ id }) => !gone.has(id)) };
      const asked = { action: 'read', resource: 'r:vault', at: AT, reach: 'ESCALATION' } as const;
      expect(decide(left, { ...asked, identity: 'u:ada' })).toBe('NONE');
      expect(decide(left, { ...asked, identity: 'u:ben' })).toBe('ALLOWED');
    }
  });

  it('takes what a question about a revocation takes', async () => {
    const { findings, revocation } = await findingsOf(helpDesk(), {
      at: AT,
      kinds: ['ESCALATION_PATH'],
      sensitivity: SENSITIVE,
    });
    const answer = await revocation(findings[0]!.id, { protectedKinds: ['MEMBER_OF'], alternatives: 1, repair: true });
    expect(answer.alternatives.map(({ edges }) => edges.map(({ kind }) => kind))).toEqual([['CONTROLS']]);
    expect(answer.alternatives[0]!.repair).toMatchObject({ exact: true });
    await expect(revocation(findings[0]!.id, { alternatives: 0 })).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  it('is refused where nobody has anything that could end', async () => {
    const { findings, revocation } = await findingsOf(helpDesk(), { at: AT, kinds: ['UNUSED_ROLE'] });
    expect(findings.length).toBe(1);
    await expect(revocation(findings[0]!.id)).rejects.toMatchObject({
      code: 'FINDING_WITHOUT_ACCESS',
      facts: { id: findings[0]!.id, kind: 'UNUSED_ROLE' },
    });
  });

  it('says so where more are concerned than cuts are looked for between', async () => {
    const estate = helpDesk();
    const many = Array.from({ length: 1_001 }, (_, i) => `u:more-${i}`);
    estate.nodesOf('User', ...many);
    for (const id of many) estate.member(id, 'g:desk');
    const { findings, revocation } = await findingsOf(estate, {
      at: AT,
      kinds: ['ESCALATION_PATH'],
      sensitivity: SENSITIVE,
    });
    await expect(revocation(findings[0]!.id)).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: expect.stringContaining('about 1002 identities'),
    });
  });
});
