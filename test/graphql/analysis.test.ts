/** Hubs, findings and runs over HTTP and WebSocket, on an estate with something sensitive and something wrong. */
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningServer, startServer } from '../../graphql/index.ts';
import { codeOf, post } from './client.ts';
import { type Estate, openEstate } from './estate.ts';

const AT_ALL_TIMES = [
  { node: 'Group', id: 'g:hub', name: 'Hub' },
  { node: 'User', id: 'u:h1', name: 'H1' },
  { node: 'User', id: 'u:h2', name: 'H2' },
  { node: 'Resource', id: 'r:safe', name: 'Safe', sensitivity: 1 },
  { edge: 'MEMBER_OF', from: 'u:h1', to: 'g:hub' },
  { edge: 'MEMBER_OF', from: 'u:h2', to: 'g:hub' },
  { edge: 'GRANTS', from: 'g:hub', to: 'r:safe', actions: ['open'] },
  { edge: 'GRANTS', from: 'u:h1', to: 'r:safe', actions: ['peek'], key: 'old', validTo: '2020-01-01T00:00:00Z' },
];

let estate: Estate;
let server: RunningServer;
beforeAll(async () => {
  estate = await openEstate(AT_ALL_TIMES);
  server = await startServer({ engine: estate.engine, port: 0 });
});
afterAll(async () => {
  await server.close();
  await estate.close();
});

const EXPIRED = `{ findings(kinds: [EXPIRED_GRANT], first: 10) {
  totalCount version complete notes
  edges { cursor node {
    id kind severity title rationale remedyEffect
    entities { id } edges { id kind } remedy { op kind id from to detail } dismissal { reason }
  } }
} }`;

describe('privilege hubs', () => {
  it('tells what goes through a node and what ends with it', async () => {
    const { data } = await post(
      server,
      '{ privilegeHubs(first: 1, kinds: [GROUP], minSensitivity: 1) { entity { id } rank score identities resources exclusivePairs exposure redundancy blastRadius version } }',
    );
    expect(data.privilegeHubs).toEqual([
      {
        entity: { id: 'g:hub' },
        rank: 1,
        score: 2,
        identities: 2,
        resources: 1,
        exclusivePairs: 2,
        exposure: 2,
        redundancy: 0,
        blastRadius: 1,
        version: 1,
      },
    ]);
  });

  it('tells the edges that are worth certifying, and what is known of sensitivity', async () => {
    const { data } = await post(
      server,
      '{ criticalEdges(first: 1, minSensitivity: 1) { edge { kind from { id } to { id } } exclusivePairs rank } sensitivity { known because rules { name } resources } }',
    );
    expect(data.criticalEdges).toEqual([
      { edge: { kind: 'GRANTS', from: { id: 'g:hub' }, to: { id: 'r:safe' } }, exclusivePairs: 2, rank: 1 },
    ]);
    expect(data.sensitivity).toMatchObject({ known: true, because: null });
  });

  it('refuses what is out of range', async () => {
    expect(codeOf(await post(server, '{ privilegeHubs(minSensitivity: 2) { rank } }'))).toBe('ARGUMENT_INVALID');
    expect(codeOf(await post(server, '{ privilegeHubs(first: 5000) { rank } }'))).toBe('ARGUMENT_INVALID');
    expect((await post(server, '{ privilegeHubs(first: 0) { rank } }')).data).toEqual({ privilegeHubs: [] });
  });
});

describe('findings', () => {
  it('come with what shows them and what would put them right, which whatIf takes as it is', async () => {
    const { data } = await post(server, EXPIRED);
    const [{ node }] = data.findings.edges;
    expect(node).toMatchObject({ kind: 'EXPIRED_GRANT', remedyEffect: 'NOTHING_CHANGES', dismissal: null });
    expect(node.entities).toEqual([{ id: 'u:h1' }, { id: 'r:safe' }]);
    const [{ op, id }] = node.remedy;
    const tried = await post(server, 'query ($c: [ChangeInput!]!) { whatIf(changes: $c) { gainedCount lostCount } }', {
      c: [{ op, id }],
    });
    expect(tried.data.whatIf).toEqual({ gainedCount: 0, lostCount: 0 });
    const alone = await post(server, 'query ($id: ID!) { finding(id: $id) { id } }', { id: node.id });
    expect(alone.data.finding).toEqual({ id: node.id });
  });

  it('are let be with a reason, and told again', async () => {
    const [{ node }] = (await post(server, EXPIRED)).data.findings.edges;
    const dismissed = await post(
      server,
      'mutation ($id: ID!) { dismissFinding(id: $id, reason: "agreed") { id dismissal { reason until } } }',
      { id: node.id },
    );
    expect(dismissed.data.dismissFinding).toEqual({ id: node.id, dismissal: { reason: 'agreed', until: null } });
    expect((await post(server, EXPIRED)).data.findings.totalCount).toBe(0);
    const them = await post(server, '{ findings(dismissed: true) { edges { node { id } } } }');
    expect(them.data.findings.edges).toEqual([{ node: { id: node.id } }]);
    await post(server, 'mutation ($id: ID!) { restoreFinding(id: $id) }', { id: node.id });
    expect((await post(server, EXPIRED)).data.findings.totalCount).toBe(1);
    expect(codeOf(await post(server, 'mutation { restoreFinding(id: "finding:none") }'))).toBe('FINDING_NOT_FOUND');
  });

  it('go on behind a cursor of the same question only', async () => {
    const { data } = await post(server, EXPIRED);
    const after = data.findings.edges[0].cursor;
    const ask = (kinds: string) =>
      `query ($after: String) { findings(kinds: [${kinds}], after: $after) { totalCount } }`;
    expect(codeOf(await post(server, ask('EMPTY_ROLE'), { after }))).toBe('CURSOR_INVALID');
  });
});

describe('runs', () => {
  it('are begun, followed to their end, kept and compared', async () => {
    const begin =
      'mutation { runAnalysis(analysis: FINDINGS, parameters: { kinds: ["EXPIRED_GRANT"], at: 1780000000000 }) { id state version } }';
    const ids: string[] = [];
    const client = createClient({ url: `${server.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
    for (let i = 0; i < 2; i++) {
      const { id } = (await post(server, begin)).data.runAnalysis;
      ids.push(id);
      const query = 'subscription ($id: ID!) { runProgress(id: $id) { state digest itemCount summary } }'.replace(
        ' items { }',
        '',
      );
      const states: unknown[] = [];
      for await (const { data } of client.iterate({ query, variables: { id } }))
        states.push((data as { runProgress: { state: string } }).runProgress.state);
      expect(states.at(-1)).toBe('DONE');
    }
    await client.dispose();
    const { data } = await post(
      server,
      'query ($a: ID!, $b: ID!) { run(id: $a) { state itemCount items(first: 1) failure { code } } runDiff(from: $a, to: $b) { addedCount removedCount changedCount } runs(first: 5) { id } }',
      { a: ids[0], b: ids[1] },
    );
    expect(data.run).toMatchObject({ state: 'DONE', itemCount: 1, items: [{ kind: 'EXPIRED_GRANT' }], failure: null });
    expect(data.runDiff).toEqual({ addedCount: 0, removedCount: 0, changedCount: 0 });
    expect(data.runs.map(({ id }: { id: string }) => id)).toEqual([...ids].reverse());
  });

  it('are refused where the server takes no changes', async () => {
    const closed = await startServer({ engine: estate.engine, port: 0, allowChanges: false });
    const answer = await post(closed, 'mutation { runAnalysis(analysis: FINDINGS) { id } }');
    expect(codeOf(answer)).toBe('GRAPHQL_VALIDATION_FAILED');
    await closed.close();
    expect(codeOf(await post(server, '{ run(id: "run-none") { id } }'))).toBe('RUN_NOT_FOUND');
  });
});

describe('the revocation of a finding', () => {
  let own: Estate;
  let server: RunningServer;
  beforeAll(async () => {
    own = await openEstate([
      ...AT_ALL_TIMES,
      { node: 'Group', id: 'g:desk', name: 'Desk' },
      { node: 'User', id: 'u:d1', name: 'D1' },
      { edge: 'MEMBER_OF', from: 'u:d1', to: 'g:desk' },
      { edge: 'CONTROLS', from: 'g:desk', to: 'u:h2' },
    ]);
    server = await startServer({ engine: own.engine, port: 0 });
  });
  afterAll(async () => {
    await server.close();
    await own.close();
  });
  const CUTS = `query ($finding: ID, $action: String) {
    revocations(finding: $finding, action: $action, alternatives: 2) { complete alternatives { cost edges { kind from { id } to { id } } } }
  }`;

  it('is told for a finding about an access', async () => {
    const { data } = await post(
      server,
      '{ findings(kinds: [ESCALATION_PATH], first: 1) { edges { node { id entities { id } } } } }',
    );
    const [{ node }] = data.findings.edges;
    const { revocations } = (await post(server, CUTS, { finding: node.id })).data;
    expect(revocations.complete).toBe(true);
    expect(revocations.alternatives.length).toBeGreaterThan(0);
    expect(codeOf(await post(server, CUTS, { finding: node.id, action: 'read' }))).toBe('ARGUMENT_INVALID');
  });

  it('is refused for what is no such finding', async () => {
    const [{ node }] = (await post(server, EXPIRED)).data.findings.edges;
    expect(codeOf(await post(server, CUTS, { finding: node.id }))).toBe('FINDING_WITHOUT_ACCESS');
    expect(codeOf(await post(server, CUTS, { finding: 'finding:none' }))).toBe('FINDING_NOT_FOUND');
    expect(codeOf(await post(server, CUTS, { action: 'read' }))).toBe('ARGUMENT_INVALID');
  });
});
