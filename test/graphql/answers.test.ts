/** Every query and field on a small estate, over HTTP. */
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

/** The data of an answer without errors. */
async function ask(query: string, variables: object = {}) {
  const answer = await post(server, query, variables);
  expect(answer.errors).toEqual([]);
  expect(answer.status).toBe(200);
  return answer.data;
}

describe('node', () => {
  const NODE = 'query($id: ID!) { node(id: $id) { __typename id ... on Entity { kind name sources attributes } ';

  it('tells what a user is', async () => {
    const fields = '... on User { enabled department title employeeType manager { name manager { id } } } } }';
    expect((await ask(NODE + fields, { id: 'u:ada' })).node).toEqual({
      __typename: 'User',
      id: 'u:ada',
      kind: 'USER',
      name: 'Ada Byron',
      sources: ['hr'],
      attributes: { department: 'Finance', title: 'Controller', employeeType: 'employee', manager: 'u:eve', badge: 17 },
      enabled: true,
      department: 'Finance',
      title: 'Controller',
      employeeType: 'employee',
      manager: { name: 'Eve Chief', manager: null },
    });
    const { node } = await ask(`${NODE}${fields}`, { id: 'u:bob' });
    expect(node).toMatchObject({ enabled: false, manager: null, title: null });
  });

  it('takes an attribute of another type for none', async () => {
    const { node } = await ask(`${NODE} ... on User { department } } }`, { id: 'u:eve' });
    expect(node).toMatchObject({ department: null, attributes: { department: ['Board'] } });
  });

  it('tells what the other kinds are', async () => {
    const fields = `... on ServiceAccount { enabled owner } ... on Group { distinguishedName email }
      ... on Role { definition { id } } ... on Resource { resourceType sensitivity } } }`;
    const about = async (id: string) => (await ask(NODE + fields, { id })).node;
    expect(await about('sa:etl')).toMatchObject({ kind: 'SERVICE_ACCOUNT', enabled: true, owner: 'Data team' });
    expect(await about('g:fin')).toMatchObject({ kind: 'GROUP', email: 'finance@example.org' });
    expect(await about('ro:clerk@north')).toMatchObject({ kind: 'ROLE', definition: { id: 'ro:clerk' } });
    expect(await about('ro:clerk')).toMatchObject({ definition: null, attributes: {} });
    expect(await about('r:ledger')).toMatchObject({ kind: 'RESOURCE', resourceType: 'database', sensitivity: 0.9 });
    expect(await about('r:lunch')).toMatchObject({ sensitivity: null });
  });

  it('is null for an unknown id', async () => {
    expect(await ask('{ node(id: "nobody") { id } }')).toEqual({ node: null });
  });

  it('lists the edges that leave and reach it, page by page', async () => {
    const { node } = await ask(`{ node(id: "g:fin") { ... on Entity {
      outgoing { totalCount edges { node { kind to { id } } } }
      incoming(first: 1) { totalCount edges { node { kind from { id } evidence } cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
    } } }`);
    expect(node.outgoing.totalCount).toBe(2);
    expect(node.outgoing.edges.map((edge: { node: unknown }) => edge.node)).toEqual(
      expect.arrayContaining([
        { kind: 'MEMBER_OF', to: { id: 'g:all' } },
        { kind: 'HAS_ROLE', to: { id: 'ro:clerk' } },
      ]),
    );
    const { edges, pageInfo } = node.incoming;
    expect(edges).toHaveLength(1);
    expect(pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: edges[0].cursor,
      endCursor: edges[0].cursor,
    });
    const next = await ask(
      'query($after: String) { node(id: "g:fin") { ... on Entity { incoming(first: 1, after: $after) { edges { node { from { id } } } pageInfo { hasNextPage hasPreviousPage } } } } }',
      { after: pageInfo.endCursor },
    );
    expect(next.node.incoming.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: true });
    expect(next.node.incoming.edges[0].node.from.id).not.toBe(edges[0].node.from.id);
  });
});

describe('edge', () => {
  it('tells everything of a grant', async () => {
    const { node } = await ask('{ node(id: "ro:clerk") { ... on Entity { outgoing { edges { node { id } } } } } }');
    const { edge } = await ask(
      `query($id: ID!) { edge(id: $id) { kind from { id } to { id } actions exceptActions effect inherit technique condition
        validFrom validTo lastUsedAt useCount source evidence key } }`,
      { id: node.outgoing.edges[0].node.id },
    );
    expect(edge).toEqual({
      kind: 'GRANTS',
      from: { id: 'ro:clerk' },
      to: { id: 'r:finance' },
      actions: ['admin*', 'post', 'read'],
      exceptActions: ['adminDelete'],
      effect: 'ALLOW',
      inherit: true,
      technique: null,
      condition: null,
      validFrom: null,
      validTo: null,
      lastUsedAt: '2026-11-02T09:00:00.250Z',
      useCount: 5_000_000_000,
      source: 'hr',
      evidence: 'policy 7',
      key: null,
    });
  });

  it('is null for an unknown id', async () => {
    expect(await ask('{ edge(id: "e_nothing") { id } }')).toEqual({ edge: null });
  });
});

describe('graph', () => {
  it('counts what is there and names the sources', async () => {
    const { graph } = await ask(
      '{ graph { version nodeCounts edgeCounts danglingEdges sources { source nodes edges loadedAt } } }',
    );
    expect(graph).toMatchObject({
      version: 1,
      nodeCounts: { User: 4, ServiceAccount: 1, Group: 2, Role: 2, Resource: 3 },
      edgeCounts: { MEMBER_OF: 4, HAS_ROLE: 2, GRANTS: 4 },
      danglingEdges: 0,
      sources: [{ source: 'hr', nodes: 12, edges: 15 }],
    });
    expect(graph.sources[0].loadedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/);
  });
});

describe('search', () => {
  const SEARCH =
    'query($text: String!, $kinds: [NodeKind!], $first: Int, $after: String) { search(text: $text, kinds: $kinds, first: $first, after: $after) { totalCount version complete incompleteBecause edges { node { id } cursor } pageInfo { hasNextPage endCursor } } }';
  const idsOf = (page: { edges: { node: { id: string } }[] }) => page.edges.map(({ node }) => node.id);

  it('finds by name, id and attribute, all kinds or some', async () => {
    const { search } = await ask(SEARCH, { text: 'finance' });
    expect(idsOf(search).sort()).toEqual(['g:fin', 'r:finance', 'u:ada', 'u:bob']);
    expect(search).toMatchObject({ totalCount: 4, version: 1, complete: true, incompleteBecause: null });
    const some = await ask(SEARCH, { text: 'finance', kinds: ['USER', 'RESOURCE', 'USER'] });
    expect(idsOf(some.search).sort()).toEqual(['r:finance', 'u:ada', 'u:bob']);
    expect(idsOf((await ask(SEARCH, { text: 'FINANCE', kinds: [] })).search)).toEqual([]);
  });

  it('goes on with a cursor', async () => {
    const seen: string[] = [];
    for (let after: string | null = null; ; ) {
      const {
        search,
      }: { search: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } =
        await ask(SEARCH, { text: 'finance', first: 3, after });
      seen.push(...idsOf(search));
      if (!search.pageInfo.hasNextPage) break;
      after = search.pageInfo.endCursor;
    }
    expect(seen.sort()).toEqual(['g:fin', 'r:finance', 'u:ada', 'u:bob']);
  });

  it('takes a first of 0 for a count alone', async () => {
    const { search } = await ask(SEARCH, { text: 'finance', first: 0 });
    expect(search).toMatchObject({ totalCount: 4, edges: [], pageInfo: { endCursor: null } });
  });
});

describe('check', () => {
  const CHECK =
    'query($identity: ID!, $action: String!, $resource: ID!, $at: DateTime, $reach: Reach) { check(identity: $identity, action: $action, resource: $resource, at: $at, reach: $reach) { decision conditions version } }';
  const decide = async (identity: string, action: string, resource: string, more: object = {}) =>
    (await ask(CHECK, { identity, action, resource, ...more })).check;

  it('answers all four decisions', async () => {
    expect(await decide('u:ada', 'read', 'r:ledger')).toEqual({ decision: 'ALLOWED', conditions: [], version: 1 });
    expect(await decide('sa:etl', 'read', 'r:ledger')).toMatchObject({
      decision: 'CONDITIONAL',
      conditions: ['ip in 10.0.0.0/8'],
    });
    expect((await decide('u:eve', 'post', 'r:finance')).decision).toBe('DENIED');
    expect((await decide('u:eve', 'post', 'r:ledger')).decision).toBe('ALLOWED');
    expect((await decide('u:ada', 'adminDelete', 'r:ledger')).decision).toBe('NONE');
  });

  it('takes an instant in the past or the future, with any offset', async () => {
    expect((await decide('u:ada', 'read', 'r:finance', { at: '2099-12-31T23:59:59.999Z' })).decision).toBe('ALLOWED');
    expect((await decide('u:ada', 'read', 'r:finance', { at: '2100-01-01T01:00:00+01:00' })).decision).toBe('NONE');
    expect((await decide('u:ada', 'read', 'r:finance', { at: '1970-01-01T00:00:00Z' })).decision).toBe('ALLOWED');
  });

  it('follows the graph as far as it is told', async () => {
    const far = async (reach: string | null) => (await decide('u:mal', 'read', 'r:ledger', { reach })).decision;
    expect([await far('ENTITLED'), await far(null), await far('ESCALATION')]).toEqual(['NONE', 'NONE', 'ALLOWED']);
  });
});

describe('accessOf and whoCan', () => {
  it('list what an identity can do', async () => {
    const { accessOf } = await ask(`{ accessOf(identity: "u:ada") { totalCount version complete edges { node {
      identity { id } actions exceptions decision resource { id name } } } } }`);
    expect(accessOf).toMatchObject({ version: 1, complete: true });
    const rows = accessOf.edges.map(({ node }: { node: { resource: { id: string }; decision: string } }) => node);
    expect(rows).toContainEqual({
      identity: { id: 'u:ada' },
      actions: ['admin*', 'post', 'read'],
      exceptions: ['adminDelete'],
      decision: 'ALLOWED',
      resource: { id: 'r:ledger', name: 'Ledger' },
    });
    expect(accessOf.totalCount).toBe(rows.length);
  });

  it('list named resources only when told not to expand, and one action only when told which', async () => {
    const resources = async (args: string) =>
      (
        await ask(`{ accessOf(identity: "u:ada", reach: ENTITLED, ${args}) { edges { node { resource { id } } } } }`)
      ).accessOf.edges.map(({ node }: { node: { resource: { id: string } } }) => node.resource.id);
    expect(await resources('expand: false')).toEqual(['r:finance', 'r:lunch']);
    expect(await resources('expand: null')).toEqual(['r:finance', 'r:ledger', 'r:lunch']);
    expect(await resources('action: "post"')).toEqual(['r:finance', 'r:ledger']);
  });

  it('list who can do something, disabled identities only when asked', async () => {
    const who = async (args: string) =>
      (
        await ask(
          `{ whoCan(action: "read", resource: "r:ledger", ${args}) { edges { node { decision identity { id } } } } }`,
        )
      ).whoCan.edges.map(
        ({ node }: { node: { decision: string; identity: { id: string } } }) => `${node.identity.id} ${node.decision}`,
      );
    expect(await who('first: 10')).toEqual(['sa:etl CONDITIONAL', 'u:ada ALLOWED', 'u:eve ALLOWED']);
    expect(await who('includeDisabled: true')).toContain('u:bob ALLOWED');
    expect(await who('reach: ESCALATION')).toContain('u:mal ALLOWED');
  });
});

describe('accessPaths and whyHasAccess', () => {
  it('tell the ways, the shortest first', async () => {
    const { accessPaths } =
      await ask(`{ accessPaths(identity: "u:ada", resource: "r:ledger", action: "read") { totalCount complete
      edges { node { length decision nodes { id } edges { kind from { name } to { name } } } } } }`);
    const lengths = accessPaths.edges.map(({ node }: { node: { length: number } }) => node.length);
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
    const first = accessPaths.edges[0].node;
    expect(first).toMatchObject({
      length: 2,
      decision: 'CONDITIONAL',
      nodes: [{ id: 'u:ada' }, { id: 'sa:etl' }, { id: 'r:ledger' }],
    });
    expect(first.edges[0]).toEqual({ kind: 'CAN_ASSUME', from: { name: 'Ada Byron' }, to: { name: 'Nightly load' } });
    expect(accessPaths).toMatchObject({ totalCount: 2, complete: true });
    const short = await ask('{ accessPaths(identity: "u:ada", resource: "r:ledger", maxLength: 1) { totalCount } }');
    expect(short.accessPaths.totalCount).toBe(0);
  });

  it('explain an access', async () => {
    const { whyHasAccess: why } = await ask(`{ whyHasAccess(identity: "u:ada", action: "post", resource: "r:ledger") {
      identity { name } action resource { name } decision conditions sentences pathCount pathCountText complete incompleteBecause version
      paths { length validFrom validTo edges { id } } validWindows { from to } chokeEdges { id kind } denials { id } grantOptions { op } } }`);
    expect(why).toMatchObject({
      identity: { name: 'Ada Byron' },
      action: 'post',
      resource: { name: 'Ledger' },
      decision: 'ALLOWED',
      conditions: [],
      pathCount: 1,
      pathCountText: '1',
      paths: [{ length: 4, validFrom: null, validTo: '2100-01-01T00:00:00Z' }],
      validWindows: [{ from: null, to: '2100-01-01T00:00:00Z' }],
      complete: true,
      incompleteBecause: null,
      version: 1,
      denials: [],
      grantOptions: [],
    });
    expect(why.sentences).toHaveLength(1);
    expect(why.chokeEdges.map(({ kind }: { kind: string }) => kind)).toEqual([
      'MEMBER_OF',
      'HAS_ROLE',
      'GRANTS',
      'CONTAINS',
    ]);
  });

  it('explain a denial, and what would allow it', async () => {
    const WHY = `query($identity: ID!, $action: String!, $resource: ID!) { whyHasAccess(identity: $identity, action: $action, resource: $resource) {
      decision sentences denials { effect from { id } } grantOptions { op kind from to id detail } } }`;
    const denied = await ask(WHY, { identity: 'u:eve', action: 'post', resource: 'r:finance' });
    expect(denied.whyHasAccess).toMatchObject({
      decision: 'DENIED',
      denials: [{ effect: 'DENY', from: { id: 'u:eve' } }],
    });
    const none = await ask(WHY, { identity: 'u:mal', action: 'post', resource: 'r:ledger' });
    expect(none.whyHasAccess.decision).toBe('NONE');
    expect(none.whyHasAccess.sentences).toEqual([]);
    expect(none.whyHasAccess.grantOptions.length).toBeGreaterThan(0);
    for (const option of none.whyHasAccess.grantOptions) {
      expect(option).toMatchObject({ op: 'PUT_EDGE', kind: expect.any(String), from: expect.any(String) });
      expect(option.id).toMatch(/^e_/);
    }
  });
});

describe('errors of the questions', () => {
  it.each([
    ['{ check(identity: "nobody", action: "read", resource: "r:ledger") { decision } }', 'NODE_NOT_FOUND'],
    ['{ check(identity: "u:ada", action: "read", resource: "nothing") { decision } }', 'NODE_NOT_FOUND'],
    ['{ check(identity: "g:fin", action: "read", resource: "r:ledger") { decision } }', 'NOT_AN_IDENTITY'],
    ['{ check(identity: "u:ada", action: "read", resource: "g:fin") { decision } }', 'NOT_A_RESOURCE'],
    ['{ accessOf(identity: "nobody") { totalCount } }', 'NODE_NOT_FOUND'],
    ['{ whoCan(action: "read", resource: "u:ada") { totalCount } }', 'NOT_A_RESOURCE'],
    ['{ accessPaths(identity: "u:ada", resource: "nothing") { totalCount } }', 'NODE_NOT_FOUND'],
    ['{ whyHasAccess(identity: "nobody", action: "read", resource: "r:ledger") { decision } }', 'NODE_NOT_FOUND'],
    ['{ accessOf(identity: "u:ada", after: "no cursor") { totalCount } }', 'CURSOR_INVALID'],
    ['{ accessPaths(identity: "u:ada", resource: "r:ledger", maxLength: -1) { totalCount } }', 'ARGUMENT_INVALID'],
    ['{ search(text: "") { totalCount } }', 'ARGUMENT_INVALID'],
  ])('%s: %s', async (query, code) => {
    const answer = await post(server, query);
    expect(codeOf(answer)).toBe(code);
    expect(answer.data).toBeNull();
    expect(answer.errors[0]!.extensions.hint).toEqual(expect.any(String));
  });

  it('refuse the cursor of another question', async () => {
    const { search } = await ask('{ search(text: "finance", first: 1) { pageInfo { endCursor } } }');
    const foreign = [
      'query($after: String) { search(text: "ledger", after: $after) { totalCount } }',
      'query($after: String) { accessOf(identity: "u:ada", after: $after) { totalCount } }',
      'query($after: String) { whoCan(action: "read", resource: "r:ledger", after: $after) { totalCount } }',
      'query($after: String) { accessPaths(identity: "u:ada", resource: "r:ledger", after: $after) { totalCount } }',
      'query($after: String) { node(id: "u:ada") { ... on Entity { outgoing(after: $after) { totalCount } } } }',
    ];
    for (const query of foreign) {
      expect(codeOf(await post(server, query, { after: search.pageInfo.endCursor })), query).toBe('CURSOR_INVALID');
    }
  });

  it('leave the other answers of a request as they are, where the schema lets them be null', async () => {
    const answer = await post(
      server,
      '{ node(id: "u:ada") { id ... on Entity { outgoing(after: "x") { totalCount } } } edge(id: "x") { id } }',
    );
    expect(answer.errors[0]!.path).toEqual(['node', 'outgoing']);
    expect(answer.data).toEqual({ node: null, edge: null });
  });
});

describe('centrality', () => {
  const CENTRALITY = `query($measure: CentralityMeasure!, $kinds: [NodeKind!], $first: Int) {
    centrality(measure: $measure, kinds: $kinds, first: $first) {
      entity { id kind name } score rank error implementation because version
    }
  }`;
  const listed = async (variables: object) =>
    (await ask(CENTRALITY, variables)).centrality.map(
      ({ rank, entity, score }: { rank: number; entity: { id: string }; score: number }) => [rank, entity.id, score],
    );

  it('tells the most central nodes, who computed it and why', async () => {
    const { centrality } = await ask(CENTRALITY, { measure: 'BETWEENNESS', first: 1 });
    expect(centrality).toEqual([
      {
        entity: { id: 'g:fin', kind: 'GROUP', name: 'Finance' },
        score: expect.any(Number),
        rank: 1,
        error: 0,
        implementation: 'OURS',
        because: 'the store runs no analyses by itself',
        version: 1,
      },
    ]);
  });

  it('counts entitlements: resources of principals, enabled identities of resources', async () => {
    expect(await listed({ measure: 'ENTITLEMENT', kinds: ['USER', 'SERVICE_ACCOUNT', 'RESOURCE'] })).toEqual([
      [1, 'r:ledger', 3],
      [2, 'u:ada', 3],
      [3, 'u:bob', 3],
      [4, 'r:finance', 2],
      [5, 'r:lunch', 2],
      [6, 'u:eve', 2],
      [7, 'sa:etl', 1],
      [8, 'u:mal', 1],
    ]);
  });

  it('lists the kinds and the number asked for', async () => {
    expect(await listed({ measure: 'DEGREE', kinds: ['GROUP'], first: 5 })).toEqual([
      [1, 'g:fin', 4],
      [2, 'g:all', 3],
    ]);
    expect(await listed({ measure: 'PAGERANK', first: 0 })).toEqual([]);
    expect(await listed({ measure: 'PAGERANK', kinds: [], first: 5 })).toEqual([]);
  });

  it('refuses a number out of range', async () => {
    expect(codeOf(await post(server, CENTRALITY, { measure: 'DEGREE', first: 10_001 }))).toBe('ARGUMENT_INVALID');
    expect(codeOf(await post(server, CENTRALITY, { measure: 'CLOSENESS' }))).toBe('BAD_USER_INPUT');
  });
});
