/** Revocations and choke points over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../graphql/index.ts';
import { codeOf, post } from './client.ts';
import { type Estate, openEstate } from './estate.ts';

let estate: Estate;
let server: RunningServer;
beforeAll(async () => {
  estate = await openEstate();
  server = await startServer({ engine: estate.engine, port: 0 });
});
afterAll(async () => {
  await server.close();
  await estate.close();
});

async function ask(query: string, variables: object = {}) {
  const answer = await post(server, query, variables);
  expect(answer.errors).toEqual([]);
  return answer.data;
}

const CUT = `edges { kind from { id } to { id } } cost
  collateral { gainedCount lostCount lost(first: 1) { identity { id } actions resource { id } } gained { actions } }`;

describe('whyHasAccess', () => {
  const WHY = `query($identity: ID!, $at: DateTime, $reach: Reach) {
    whyHasAccess(identity: $identity, action: "post", resource: "r:ledger", at: $at, reach: $reach) {
      decision revocation { ${CUT} repair { exact } }
    }
  }`;

  it('tells a cheapest cut, with what else is lost', async () => {
    expect((await ask(WHY, { identity: 'u:ada' })).whyHasAccess.revocation).toEqual({
      edges: [{ kind: 'MEMBER_OF', from: { id: 'u:ada' }, to: { id: 'g:fin' } }],
      cost: 1,
      collateral: {
        gainedCount: 0,
        lostCount: 6,
        lost: [{ identity: { id: 'u:ada' }, actions: ['admin*', 'post', 'read'], resource: { id: 'r:finance' } }],
        gained: [],
      },
      repair: null,
    });
  });

  it('is of the instant and the reach of the explanation', async () => {
    const at = '2200-01-01T00:00:00Z';
    expect((await ask(WHY, { identity: 'u:ada', at })).whyHasAccess).toEqual({ decision: 'NONE', revocation: null });
    expect((await ask(WHY, { identity: 'u:mal' })).whyHasAccess.revocation).toBeNull();
    const { revocation } = (await ask(WHY, { identity: 'u:mal', reach: 'ESCALATION' })).whyHasAccess;
    expect(revocation.edges).toHaveLength(1);
  });
});

describe('revocations', () => {
  const REVOCATIONS = `query($kept: [ID!], $kinds: [EdgeKind!], $costs: RevocationCosts, $repair: Boolean, $alternatives: Int) {
    revocations(identities: ["u:ada", "u:bob"], action: "post", resource: "r:ledger", protectedEdges: $kept,
      protectedKinds: $kinds, costs: $costs, repair: $repair, alternatives: $alternatives) {
      alternatives { ${CUT} repair { exact because changes { op kind from to id detail } } }
      because uncuttable { id kind } complete incompleteBecause version
    }
  }`;

  it('lists cuts, the cheapest first, each with its repair', async () => {
    const { revocations } = await ask(REVOCATIONS, { repair: true, alternatives: 2, costs: { MEMBER_OF: 0.75 } });
    expect(revocations).toMatchObject({
      alternatives: [
        { edges: [{ kind: 'HAS_ROLE' }], cost: 1 },
        { edges: [{ kind: 'MEMBER_OF' }, { kind: 'MEMBER_OF' }], cost: 1.5 },
      ],
      because: null,
      uncuttable: [],
      complete: true,
      incompleteBecause: null,
      version: 1,
    });
    for (const { repair } of revocations.alternatives) {
      expect(repair).toMatchObject({ exact: true, because: null });
      expect(repair.changes[0]).toMatchObject({ op: 'PUT_EDGE', kind: 'GRANTS', from: 'u:ada' });
      expect(repair.changes[0].detail).toMatchObject({ source: 'proposal', inherit: false });
    }
  });

  it('says why there is none', async () => {
    const kinds = ['MEMBER_OF', 'HAS_ROLE', 'GRANTS', 'CONTAINS'];
    const { revocations } = await ask(REVOCATIONS, { kinds });
    expect(revocations.alternatives).toEqual([]);
    expect(revocations.because).toMatch(/none of whose edges may be cut/);
    expect(revocations.uncuttable.map(({ kind }: { kind: string }) => kind)).toEqual(kinds);
  });

  it('is of several resources too', async () => {
    const several = `query($one: ID, $all: [ID!]) {
      revocations(identities: ["u:ada", "u:bob"], action: "post", resource: $one, resources: $all) {
        alternatives { cost edges { id } }
      }
    }`;
    const one = await ask(several, { one: 'r:ledger' });
    expect(one.revocations.alternatives.length).toBeGreaterThan(0);
    expect(await ask(several, { all: ['r:ledger'] })).toEqual(one);
    expect(codeOf(await post(server, several, {}))).toBe('ARGUMENT_INVALID');
  });

  it('refuses what makes no sense', async () => {
    expect(codeOf(await post(server, REVOCATIONS, { kept: ['no-edge'] }))).toBe('EDGE_NOT_FOUND');
    expect(codeOf(await post(server, REVOCATIONS, { alternatives: 21 }))).toBe('ARGUMENT_INVALID');
    expect(codeOf(await post(server, REVOCATIONS, { costs: { GRANTS: -1 } }))).toBe('ARGUMENT_INVALID');
  });
});

describe('chokePoints', () => {
  it('tells what cuts how many off', async () => {
    const { chokePoints } = await ask(`{ chokePoints(resource: "r:ledger", action: "post", first: 1) {
      identities nodeCount edgeCount version
      nodes { entity { id } identities } edges { edge { kind to { id } } identities }
    } }`);
    expect(chokePoints).toEqual({
      identities: 3,
      nodeCount: 4,
      edgeCount: 7,
      version: 1,
      nodes: [{ entity: { id: 'r:finance' }, identities: 3 }],
      edges: [{ edge: { kind: 'GRANTS', to: { id: 'r:finance' } }, identities: 3 }],
    });
    expect(codeOf(await post(server, '{ chokePoints(resource: "u:ada") { identities } }'))).toBe('NOT_A_RESOURCE');
  });
});
