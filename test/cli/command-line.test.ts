import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, COMPANY, ended, grantlens, inFolder, start } from './grantlens.ts';

let folder: string;
let data: readonly [string, string];

/** Runs a command on the loaded company. */
const ask = (...args: readonly string[]) => grantlens([...args, ...data]);

async function json(...args: readonly string[]) {
  const { code, stdout, stderr } = await ask(...args, '--json');
  expect(stderr).toBe('');
  expect(stdout.endsWith('\n')).toBe(true);
  return { code, value: JSON.parse(stdout) };
}

beforeAll(async () => {
  build();
  folder = mkdtempSync(join(tmpdir(), 'grantlens-cli-'));
  data = ['--data', join(folder, 'store')];
  const { code, stderr } = await ask('load', 'graph', COMPANY, '--source', 'hr');
  expect(stderr).toBe('');
  expect(code).toBe(0);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('load', () => {
  it('tells what it did', async () => {
    await inFolder(async (other) => {
      const args = ['load', 'graph', COMPANY, '--source', 'hr', '--data', other, '--json'];
      const first = JSON.parse((await grantlens(args)).stdout);
      expect(first).toEqual({
        version: 1,
        source: 'hr',
        nodes: 11,
        edges: 13,
        uses: 1,
        added: 25,
        changed: 0,
        removed: 0,
        unresolved: [],
        skipped: [],
        seconds: expect.any(Number),
      });
      const again = JSON.parse((await grantlens(args)).stdout);
      expect(again).toMatchObject({ version: 2, added: 0, changed: 0, removed: 0 });
    });
  });

  it('withdraws what the source no longer says, and reads standard input', async () => {
    await inFolder(async (other) => {
      const to = ['--data', other, '--json', '--source', 'hr'];
      await grantlens(['load', 'graph', COMPANY, ...to]);
      const less = readFileSync(COMPANY, 'utf8').replace(/^.*"post".*\n/m, '');
      const { stdout } = await grantlens(['load', 'graph', '-', ...to], less);
      expect(JSON.parse(stdout)).toMatchObject({ version: 2, added: 0, removed: 1 });
    });
  });

  it('applies nothing in a dry run, and tells what it would do', async () => {
    await inFolder(async (other) => {
      const to = ['--data', join(other, 'store'), '--json', '--source', 'hr'];
      const { stdout, code } = await grantlens(['load', 'graph', COMPANY, ...to, '--dry-run']);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ version: 0, nodes: 11, added: 25 });
      const { stdout: after } = await grantlens(['stats', ...to.slice(0, 3)]);
      expect(after === '' || JSON.parse(after).version === 0).toBe(true);
    });
  });

  it('checks ends against the store in a dry run too', async () => {
    const line = '{"edge":"MEMBER_OF","from":"user:nobody","to":"group:finance"}\n';
    const { code, stdout, stderr } = await grantlens(['load', 'graph', '-', '--dry-run', ...data], line);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('user:nobody');
    expect(stderr).toMatch(/:1: from: /);
  });

  it('names every place of a faulty input and applies nothing', async () => {
    const lines = '{"node":"User","id":"user:x"}\n{"node":"Person","id":"y"}\n{"node":"User"}\nnot json\n';
    const { code, stdout, stderr } = await grantlens(['load', 'graph', '-', ...data], lines);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/:2: node: /);
    expect(stderr).toMatch(/:3: id: /);
    expect(stderr).toMatch(/:4: /);
    expect((await json('stats')).value.version).toBe(1);
  });

  it.each([
    [['load', 'nonsense', COMPANY], 'nonsense'],
    [['load', 'graph', '/nowhere/x.jsonl'], '/nowhere/x.jsonl'],
  ])('refuses %j', async (args, named) => {
    const { code, stdout, stderr } = await ask(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(named);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe('answers as JSON', () => {
  it('stats', async () => {
    const { value } = await json('stats');
    expect(value).toMatchObject({ version: 1, nodes: { User: 3, ServiceAccount: 1 }, edges: { MEMBER_OF: 4 } });
    expect(Object.keys(value)).toEqual(['version', 'nodes', 'edges', 'sources']);
    expect(value.sources).toEqual([{ source: 'hr', nodes: 11, edges: 13, loadedAt: expect.stringMatching(/Z$/) }]);
  });

  it.each([
    [['user:ada', 'read', 'app:ledger/reports'], 0, { decision: 'ALLOWED', conditions: [] }],
    [['user:mei', 'approve', 'app:ledger'], 0, { decision: 'CONDITIONAL', conditions: ['mfa = true'] }],
    [['user:ada', 'export', 'app:ledger/reports'], 2, { decision: 'DENIED', conditions: [] }],
    [['user:ada', 'delete', 'app:mail'], 2, { decision: 'NONE', conditions: [] }],
    [['svc:deploy', 'read', 'app:ledger'], 2, { decision: 'NONE', conditions: [] }],
    [['svc:deploy', 'read', 'app:ledger', '--reach', 'ESCALATION'], 0, { decision: 'ALLOWED', conditions: [] }],
    [['user:ada', 'read', 'app:ledger', '--at', '2999-02-01'], 2, { decision: 'NONE', conditions: [] }],
    [['user:ada', 'export', 'app:ledger', '--at', '2999-02-01T00:00:00Z'], 0, { decision: 'ALLOWED', conditions: [] }],
  ])('check %j ends with %i', async (args, code, answer) => {
    expect(await json('check', ...args)).toEqual({ code, value: { ...answer, version: 1 } });
  });

  it('access', async () => {
    const { value } = await json('access', 'user:ada');
    expect(value).toEqual({
      version: 1,
      complete: true,
      accesses: [
        { resource: 'app:ledger', actions: ['export', 'post', 'read'], exceptions: [], decision: 'ALLOWED' },
        { resource: 'app:ledger/reports', actions: ['post', 'read'], exceptions: [], decision: 'ALLOWED' },
        { resource: 'app:mail', actions: ['use'], exceptions: [], decision: 'ALLOWED' },
      ],
    });
    const cut = (await json('access', 'user:ada', '--limit', '1')).value;
    expect(cut).toMatchObject({ complete: false, accesses: [{ resource: 'app:ledger' }] });
    expect((await json('access', 'user:ada', '--action', 'use')).value.accesses).toHaveLength(1);
    expect(
      (await json('access', 'user:ada', '--no-expand')).value.accesses.map((row: { resource: string }) => row.resource),
    ).not.toContain('app:ledger/reports');
  });

  it('who-can', async () => {
    const { value } = await json('who-can', 'read', 'app:ledger');
    const identities = [
      { id: 'user:ada', decision: 'ALLOWED' },
      { id: 'user:mei', decision: 'CONDITIONAL' },
    ];
    expect(value).toEqual({ version: 1, complete: true, identities });
    const all = (await json('who-can', 'read', 'app:ledger', '--include-disabled')).value;
    expect(all.identities).toHaveLength(3);
  });

  it('paths', async () => {
    const { value } = await json('paths', 'user:ada', 'app:ledger', '--action', 'read');
    const path = { length: 3, decision: 'ALLOWED', validFrom: null, validTo: '2999-01-01T00:00:00Z' };
    expect(value).toMatchObject({ version: 1, count: 1, complete: true, paths: [path] });
    expect(value.paths[0].edges[2]).toEqual({
      edge: 'GRANTS',
      from: 'role:clerk',
      to: 'app:ledger',
      actions: ['post', 'read'],
      effect: 'ALLOW',
      evidence: 'policy 7',
      source: 'hr',
    });
    const cut = (await json('paths', 'user:ada', 'app:ledger', '--limit', '1')).value;
    expect(cut).toMatchObject({ count: 2, complete: false });
    expect(cut.paths).toHaveLength(1);
  });

  it('why', async () => {
    const { value } = await json('why', 'user:ada', 'read', 'app:ledger');
    expect(value).toMatchObject({
      identity: { id: 'user:ada', kind: 'USER', name: 'Ada Okafor', sources: ['hr'] },
      action: 'read',
      resource: { id: 'app:ledger', kind: 'RESOURCE' },
      decision: 'ALLOWED',
      pathCount: 1,
      pathCountText: '1',
      complete: true,
      incompleteBecause: null,
      version: 1,
      validWindows: [{ from: null, to: '2999-01-01T00:00:00Z' }],
      denials: [],
      grantOptions: [],
    });
    expect(value.sentences).toHaveLength(1);
    expect(value.chokeEdges).toHaveLength(3);
    expect(value.revocation).toMatchObject({
      edges: [{ kind: 'MEMBER_OF', from: { id: 'user:ada' } }],
      cost: 1,
      repair: null,
    });
    expect(value.paths[0].nodes.map(({ id }: { id: string }) => id)).toEqual([
      'user:ada',
      'group:finance',
      'role:clerk',
      'app:ledger',
    ]);
    const refused = (await json('why', 'user:ada', 'export', 'app:ledger/reports')).value;
    expect(refused).toMatchObject({ decision: 'DENIED', denials: [{ from: { id: 'group:staff' }, effect: 'DENY' }] });
  });

  it('revoke', async () => {
    const { code, value } = await json('revoke', 'user:ada', 'read', 'app:ledger', '--alternatives', '2', '--repair');
    expect(code).toBe(0);
    expect(value).toMatchObject({ because: null, uncuttable: [], complete: true, incompleteBecause: null, version: 1 });
    expect(value.alternatives).toHaveLength(2);
    expect(value.alternatives).toMatchObject([
      {
        edges: [{ kind: 'MEMBER_OF', from: { id: 'user:ada' }, to: { id: 'group:finance' } }],
        cost: 1,
        // A denial goes with the membership.
        collateral: { gainedCount: 1, lostCount: 4, lost: expect.any(Array), gained: [{ actions: ['export'] }] },
        repair: { changes: [], exact: false, because: expect.stringContaining('denial') },
      },
      {
        edges: [{ kind: 'HAS_ROLE' }],
        collateral: { gainedCount: 0, lostCount: 7 },
        repair: { changes: [{ kind: 'HAS_ROLE', from: 'user:ben' }, {}, {}], exact: true, because: null },
      },
    ]);
    const kept = value.alternatives[0].edges[0].id;
    const other = (await json('revoke', 'user:ada', 'read', 'app:ledger', '--protect', kept, '--alternatives', '1'))
      .value;
    expect(other.alternatives[0].edges).toMatchObject([{ kind: 'HAS_ROLE' }]);
    expect(other.alternatives[0].repair).toBeNull();
    const both = await json(
      'revoke',
      'user:ada',
      'read',
      'app:ledger',
      '--also-on',
      'app:ledger/reports',
      '--protect',
      kept,
    );
    expect(both.value.alternatives[0].edges).toMatchObject([{ kind: 'HAS_ROLE' }]);
    expect(both.value.alternatives[0].collateral.lost).not.toContainEqual(
      expect.objectContaining({ identity: expect.objectContaining({ id: 'user:ada' }), actions: ['read'] }),
    );
  });

  it('choke-points', async () => {
    const { value } = await json('choke-points', 'app:ledger', '--action', 'read', '--limit', '2');
    expect(value).toMatchObject({ identities: 3, version: 1, nodes: expect.any(Array) });
    expect(value.edges).toHaveLength(2);
    expect(value.edges[0]).toMatchObject({ edge: { kind: expect.any(String) }, identities: 2 });
  });

  it('search, query, verify', async () => {
    expect((await json('search', 'okafor')).value).toMatchObject({ count: 1, entities: [{ id: 'user:ada' }] });
    expect((await json('query', '{ graph { version } }')).value).toEqual({ data: { graph: { version: 1 } } });
    const variables = ['--variables', '{"a":"read"}'];
    const document =
      'query ($a: String!) { check(identity: "user:ada", action: $a, resource: "app:ledger") { decision } }';
    expect((await json('query', document, ...variables)).value).toEqual({ data: { check: { decision: 'ALLOWED' } } });
    expect((await json('verify')).value).toEqual({ version: 1, intact: true });
  });

  it('centrality', async () => {
    expect((await json('centrality', 'entitlement', '--kind', 'user', '--limit', '2')).value).toEqual({
      version: 1,
      measure: 'ENTITLEMENT',
      implementation: 'ours',
      because: 'only Grantlens computes ENTITLEMENT with the meaning that it has here',
      parameters: {},
      count: 3,
      errorMeans: null,
      scores: [
        { rank: 1, id: 'user:ada', kind: 'User', name: 'Ada Okafor', score: 3, error: 0 },
        { rank: 2, id: 'user:ben', kind: 'User', name: 'Ben Núñez', score: 3, error: 0 },
      ],
    });
    const by = ['--implementation', 'graphology'];
    const { value } = await json('centrality', 'betweenness', ...by, '--limit', '1', '--at', '2990-01-01');
    expect(value).toMatchObject({ implementation: 'graphology', because: 'it was asked for', count: 11 });
    const refused = await ask('centrality', 'hits');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('measure must be one of DEGREE, PAGERANK, BETWEENNESS, ENTITLEMENT');
  });

  it('query prints the response and fails when there are errors in it', async () => {
    const { code, stdout, stderr } = await ask('query', '{ nothing }', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout).errors[0].message).toContain('nothing');
    expect(stderr).toContain('nothing');
  });
});

describe('answers for people', () => {
  it('centrality is a table, and says who computed it', async () => {
    const { stdout, stderr } = await ask('centrality', 'degree', '--kind', 'group', '--kind', 'role');
    expect(stderr).toBe(
      '4 of 4 nodes shown\ncomputed by ours: only Grantlens computes DEGREE with the meaning that it has here\n',
    );
    expect(stdout).toMatchInlineSnapshot(`
      "RANK  SCORE  KIND   ID             NAME
         1      4  Group  group:finance  Finance
         2      3  Group  group:staff    All Staff
         3      2  Role   role:auditor   Auditor
         4      2  Role   role:clerk     Clerk
      "
    `);
  });

  it('why is a tree', async () => {
    const { stdout, stderr } = await ask('why', 'user:ada', 'read', 'app:ledger');
    expect(stderr).toBe('');
    expect(stdout).toMatchInlineSnapshot(`
      "ALLOWED  read on Ledger by Ada Okafor
        until 2999-01-01

      Ada Okafor user:ada
      └─ is a member of Finance group:finance ◆
         └─ has the role Clerk role:clerk [until 2999-01-01] ◆
            └─ may post, read on Ledger app:ledger ◆ → ALLOWED
      ◆ every way goes through this

      What would end it, any one of these taken away:
        - Ada Okafor is a member of Finance  (hr)
        - Finance has the role Clerk [until 2999-01-01]  (hr)
        - Clerk may post, read on Ledger  (hr: policy 7)
      "
    `);
  });

  it('revoke', async () => {
    const { stdout, stderr } = await ask('revoke', 'user:ada', 'read', 'app:ledger', '--repair');
    expect(stderr).toBe('');
    expect(stdout).toMatchInlineSnapshot(`
      "1. cost 1, 1 edge to remove; besides, 4 accesses lost, 1 access gained
        - Ada Okafor is a member of Finance  (hr)
          Ada Okafor loses post on Ledger
          Ada Okafor loses post, read on Ledger Reports
          Ada Okafor loses use on Mail
          Ada Okafor gains export on Ledger Reports
        No repair: the cut takes a denial away, so that others gain something.

      2. cost 1, 1 edge to remove; besides, 7 accesses lost
        - Finance has the role Clerk [until 2999-01-01]  (hr)
          Ada Okafor loses post on Ledger
          Ada Okafor loses post, read on Ledger Reports
          Ben Núñez loses post, read on Ledger
          Ben Núñez loses post, read on Ledger Reports
        To give back what else is lost, put:
        + Ben Núñez has the role Clerk [until 2999-01-01]
        + Ada Okafor may post on Ledger [there only]
        + Ada Okafor may post, read on Ledger Reports [there only]

      3. cost 4, 1 edge to remove; besides, 7 accesses lost
        - Clerk may post, read on Ledger  (hr: policy 7)
          Ada Okafor loses post on Ledger
          Ada Okafor loses post, read on Ledger Reports
          Ben Núñez loses post, read on Ledger
          Ben Núñez loses post, read on Ledger Reports
        To give back what else is lost, put:
        + Ben Núñez may post, read on Ledger
        + Ada Okafor may post on Ledger [there only]
        + Ada Okafor may post, read on Ledger Reports [there only]
      "
    `);
    const kinds = ['MEMBER_OF', 'HAS_ROLE', 'grants'].flatMap((kind) => ['--protect-kind', kind]);
    expect((await ask('revoke', 'user:ada', 'read', 'app:ledger', ...kinds)).stdout).toMatchInlineSnapshot(`
      "No cut: there is a way none of whose edges may be cut, or that opens when a denial goes with what is cut: protect less.
        Ada Okafor is a member of Finance  (hr)
        Finance has the role Clerk [until 2999-01-01]  (hr)
        Clerk may post, read on Ledger  (hr: policy 7)
      "
    `);
    expect((await ask('revoke', 'user:ada', 'sing', 'app:ledger')).stdout).toMatchInlineSnapshot(`
      "No cut: none of the identities has this access.
      "
    `);
    const { code, stderr: wrong } = await ask('revoke', 'user:ada', 'read', 'app:ledger', '--protect', 'no-edge');
    expect({ code, wrong }).toMatchObject({ code: 1, wrong: expect.stringContaining('no-edge') });
  });

  it('revoke --finding', async () => {
    const wrong = async (...args: string[]) => {
      const { code, stderr } = await ask('revoke', ...args);
      return { isRefused: code !== 0, stderr };
    };
    expect(await wrong('--finding', 'finding:none')).toMatchObject({
      isRefused: true,
      stderr: expect.stringContaining('No finding has the id'),
    });
    expect(await wrong('user:ada', 'read')).toMatchObject({
      isRefused: true,
      stderr: expect.stringContaining('--finding'),
    });
    expect(await wrong('user:ada', 'read', 'app:ledger', '--finding', 'finding:none')).toMatchObject({
      isRefused: true,
      stderr: expect.stringContaining('name no identity'),
    });
  });

  it('choke-points', async () => {
    expect((await ask('choke-points', 'app:ledger', '--action', 'read')).stdout).toMatchInlineSnapshot(`
      "3 identities with a way to Ledger; cut off by what goes:
      CUTS OFF  WHAT
             2  Group Finance (group:finance)
             2  Role Clerk (role:clerk)
             2  Finance has the role Clerk [until 2999-01-01]
             2  Clerk may post, read on Ledger
             1  Role Auditor (role:auditor)
             1  Ada Okafor is a member of Finance
             1  Ben Núñez is a member of Finance
             1  Mei \\x1b[31mLin has the role Auditor
             1  Auditor may do everything except delete on Ledger [if mfa = true]
      "
    `);
  });

  it('why says what denies and what would allow', async () => {
    expect((await ask('why', 'user:ada', 'export', 'app:ledger/reports')).stdout).toMatchInlineSnapshot(`
      "DENIED  export on Ledger Reports by Ada Okafor: it is denied

      Ada Okafor user:ada
      └─ may export on Ledger app:ledger [until 2999-06-01]
         └─ contains Ledger Reports app:ledger/reports → DENIED

      Denials in force:
        ✕ All Staff may not export on Ledger Reports  (hr: policy 9)

      What would allow it: no addition alone; a denial or a bound stands in the way.
      "
    `);
    expect((await ask('why', 'user:mei', 'post', 'app:mail')).stdout).toMatchInlineSnapshot(`
      "NONE  post on Mail by Mei \\x1b[31mLin: nothing grants it

      What would allow it, this added:
        + grant Mei \\x1b[31mLin post on Mail  (opens nothing else)
      "
    `);
  });

  it('tables hold whole ids when they go to a file, and no control characters', async () => {
    const { stdout, stderr } = await ask('who-can', 'use', 'app:mail');
    expect(stdout).toMatchInlineSnapshot(`
      "DECISION  IDENTITY  NAME             ABOUT
      ALLOWED   user:ada  Ada Okafor       Accountant, Finance
      ALLOWED   user:mei  Mei \\x1b[31mLin
      "
    `);
    expect(stderr).toBe('2 identities\n');
  });

  it('uses colours only where they are asked for', async () => {
    const args = ['check', 'user:ada', 'read', 'app:ledger', ...data];
    expect((await grantlens(args)).stdout).toBe('ALLOWED\n');
    const { stdout } = await grantlens(args, '', { NO_COLOR: '', FORCE_COLOR: '1' });
    expect(stdout).toBe('\u001b[32mALLOWED\u001b[0m\n');
  });
});

describe('check --batch', () => {
  const batch = (lines: readonly string[]) => grantlens(['check', '--batch', '-', ...data], `${lines.join('\n')}\n`);

  it('answers in order, a line a question', async () => {
    const { code, stdout, stderr } = await batch([
      '{"identity":"user:ada","action":"read","resource":"app:ledger"}',
      '{"identity":"svc:deploy","action":"read","resource":"app:ledger","reach":"ESCALATION"}',
      '',
      '{"identity":"user:ada","action":"read","resource":"app:ledger","at":"2999-02-01T00:00:00Z"}',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const decisions = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).decision);
    expect(decisions).toEqual(['ALLOWED', 'ALLOWED', 'NONE']);
  });

  it.each([
    ['{"identity":"user:ada","resource":"app:ledger"}', ':2: action: is missing'],
    ['{"identity":"user:ada","action":"read","resource":"app:ledger","when":1}', ':2: when: unknown field'],
    ['{"identity":"user:ada","action":"read","resource":"app:ledger","reach":"FAR"}', ':2: reach: '],
    ['{"identity":"user:adda","action":"read","resource":"app:ledger"}', ':2: '],
    ['[1]', ':2: '],
    ['{', ':2: '],
  ])('names the line that is no question: %s', async (line, told) => {
    const { code, stdout, stderr } = await batch([
      '{"identity":"user:ada","action":"read","resource":"app:ledger"}',
      line,
    ]);
    expect(code).toBe(1);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toContain(`<stdin>${told}`);
  });

  it('takes many lines', async () => {
    const line = '{"identity":"user:ada","action":"read","resource":"app:ledger"}';
    const { stdout } = await batch(Array.from({ length: 30_000 }, () => line));
    expect(stdout.trimEnd().split('\n')).toHaveLength(30_000);
  });
});

describe('mistakes', () => {
  it.each([
    [['check', 'user:adda', 'read', 'app:ledger'], 'Did you mean user:ada?'],
    [['check', 'Ada Okafor', 'read', 'app:ledger'], 'Did you mean user:ada?'],
    [['why', 'user:ada', 'read', 'app:leger'], 'Did you mean app:ledger'],
    [['check', 'group:finance', 'read', 'app:ledger'], 'group:finance'],
    [['check', 'user:ada', 'read'], 'resource'],
    [['check', 'user:ada', 'read', 'app:ledger', '--reach', 'FAR'], 'ENTITLED, ASSUMABLE, ESCALATION'],
    [['check', 'user:ada', 'read', 'app:ledger', '--at', '2027-02-30'], '2027-01-01'],
    [['access', 'user:ada', '--limit', '-1'], 'whole number'],
    [['access'], 'identity'],
    [['acces', 'user:ada'], 'access'],
    [['query', '@/nowhere.graphql'], '/nowhere.graphql'],
    [['query', '{ graph { version } }', '--variables', '[]'], '--variables'],
    [['export', '--format', 'xml'], 'graph'],
    [['export', '--out', '/nowhere/x.jsonl'], '/nowhere/x.jsonl'],
  ])('%j', async (args, told) => {
    const { code, stdout, stderr } = await ask(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(told);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('says what to do where there is no store', async () => {
    const { code, stderr } = await grantlens(['stats', '--data', join(folder, 'none')]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/load something into it first/i);
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});

describe('files', () => {
  it('export is the same for the same graph, on stdout and in a file, compressed or not', async () => {
    await inFolder(async (other) => {
      const { stdout } = await ask('export');
      await ask('export', '--out', join(other, 'a.jsonl'));
      await ask('export', '--out', join(other, 'a.jsonl.gz'));
      expect(readFileSync(join(other, 'a.jsonl'), 'utf8')).toBe(stdout);
      expect(gunzipSync(readFileSync(join(other, 'a.jsonl.gz'))).toString()).toBe(stdout);
      const store = ['--data', join(other, 'store')];
      await grantlens(['load', 'graph', join(other, 'a.jsonl.gz'), ...store]);
      expect((await grantlens(['export', ...store])).stdout).toBe(stdout);
    });
  });

  it('generate writes the same company again, and the list of what is planted', async () => {
    await inFolder(async (other) => {
      const { stdout } = await grantlens(['generate', '--users', '30', '--seed', '9']);
      const args = ['--out', join(other, 'c.jsonl'), '--planted', join(other, 'p.jsonl')];
      await grantlens(['generate', '--users', '30', '--seed', '9', ...args]);
      expect(readFileSync(join(other, 'c.jsonl'), 'utf8')).toBe(stdout);
      expect(JSON.parse(readFileSync(join(other, 'p.jsonl'), 'utf8').split('\n')[0]!)).toHaveProperty('kind');
    });
  });

  it('is quiet when the reader goes away', async () => {
    const child = start(['generate', '--users', '20000']);
    const end = ended(child);
    await once(child.stdout!, 'data');
    child.stdout!.destroy();
    expect(await end).toMatchObject({ code: 0, stderr: '' });
  });

  it('leaves nothing behind when it is interrupted', async () => {
    await inFolder(async (other) => {
      const child = start(['generate', '--users', '200000', '--out', join(other, 'big.jsonl')]);
      const end = ended(child);
      await until(() => readdirSync(other).length > 0);
      child.kill('SIGINT');
      expect((await end).code).toBe(130);
      expect(readdirSync(other)).toEqual([]);
    });
  });

  it('applies nothing of a load that is interrupted', async () => {
    await inFolder(async (other) => {
      const child = start(['load', 'graph', '-', '--source', 'hr', '--data', other]);
      child.stdin!.on('error', () => {});
      child.stdin!.write(readFileSync(COMPANY));
      await until(() => readdirSync(other).length > 0);
      const closed = once(child, 'close');
      child.kill('SIGINT');
      expect((await closed)[0]).toBe(130);
      const { stdout } = await grantlens(['load', 'graph', COMPANY, '--source', 'hr', '--data', other, '--json']);
      expect(JSON.parse(stdout)).toMatchObject({ version: 1, added: 25 });
    });
  });
});

describe('serve', () => {
  it('answers, follows what is loaded elsewhere, and ends on a signal', async () => {
    await inFolder(async (other) => {
      const store = ['--data', join(other, 'store')];
      await grantlens(['load', 'graph', COMPANY, '--source', 'hr', ...store]);
      const child = start(['serve', '--port', '0', '--json', ...store]);
      const end = ended(child);
      const [line] = (await once(child.stdout!, 'data')) as [string];
      const { url } = JSON.parse(line) as { url: string };
      expect(await versionAt(url)).toBe(1);
      writeFileSync(join(other, 'more.jsonl'), '{"node":"User","id":"user:new"}\n');
      await grantlens(['load', 'graph', join(other, 'more.jsonl'), ...store]);
      await until(async () => (await versionAt(url)) === 2);
      child.kill('SIGTERM');
      expect(await end).toMatchObject({ code: 0, stdout: `${JSON.stringify({ url })}\n`, stderr: '' });
    });
  });

  it('makes the store where it is told to and there is none', async () => {
    await inFolder(async (other) => {
      const store = ['--data', join(other, 'store')];
      expect(await grantlens(['serve', '--port', '0', ...store])).toMatchObject({ code: 1, stdout: '' });
      for (const version of [1, 2]) {
        const child = start(['serve', '--create', '--port', '0', '--json', ...store]);
        const end = ended(child);
        const [line] = (await once(child.stdout!, 'data')) as [string];
        const { url } = JSON.parse(line) as { url: string };
        expect(await versionAt(url)).toBe(version - 1);
        writeFileSync(join(other, 'more.jsonl'), `{"node":"User","id":"user:${version}"}\n`);
        await grantlens(['load', 'graph', join(other, 'more.jsonl'), ...store]);
        await until(async () => (await versionAt(url)) === version);
        child.kill('SIGTERM');
        expect(await end).toMatchObject({ code: 0, stderr: '' });
      }
    });
  });

  it('says when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, stdout, stderr } = await ask('serve', '--port', String(port));
    other.close();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`Port ${port} is taken`);
  });

  it('demo names no questions about a store that holds something else', async () => {
    await inFolder(async (other) => {
      const store = ['--data', join(other, 'store')];
      await grantlens(['load', 'graph', COMPANY, '--source', 'hr', ...store]);
      const child = start(['demo', '--port', '0', ...store]);
      const end = ended(child);
      await once(child.stdout!, 'data');
      child.kill('SIGINT');
      expect((await end).stdout).not.toContain('npx grantlens');
    });
  });

  it('demo loads a company once and names questions that can be asked', async () => {
    await inFolder(async (other) => {
      const args = ['demo', '--users', '200', '--port', '0', '--data', join(other, 'store')];
      const first = start(args);
      const firstEnd = ended(first);
      await once(first.stdout!, 'data');
      first.kill('SIGINT');
      const { stdout, code } = await firstEnd;
      expect(code).toBe(0);
      const questions = [...stdout.matchAll(/^ +npx grantlens (.*)$/gm)].map(([, line]) => line!.split(' '));
      expect(questions).toHaveLength(3);
      for (const question of questions) expect((await grantlens(question)).code).toBe(0);
      const second = start(args);
      const secondEnd = ended(second);
      await once(second.stdout!, 'data');
      second.kill('SIGINT');
      expect((await secondEnd).stdout).toContain(questions[0]!.join(' '));
    });
  });
});

async function versionAt(url: string): Promise<number> {
  const body = JSON.stringify({ query: '{ graph { version } }' });
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return ((await response.json()) as { data: { graph: { version: number } } }).data.graph.version;
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
}

describe('what-if', () => {
  const REMOVE = { op: 'REMOVE_EDGE', kind: 'HAS_ROLE', from: 'group:finance', to: 'role:clerk' };
  const tryOut = (changes: unknown, ...args: readonly string[]) =>
    grantlens(['what-if', '-', ...args, ...data], typeof changes === 'string' ? changes : JSON.stringify(changes));

  it('tells who loses what', async () => {
    const { code, stdout } = await tryOut([REMOVE], '--json', '--limit', '1');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      gainedCount: 0,
      lostCount: 8,
      alteredCount: 0,
      complete: true,
      gained: [],
      lost: [
        {
          identity: 'user:ada',
          resource: 'app:ledger',
          actions: ['post', 'read'],
          exceptions: [],
          decision: 'ALLOWED',
        },
      ],
      altered: [],
    });
  });

  it('shows both sides to a person', async () => {
    const { stdout, stderr } = await tryOut({ changes: [REMOVE] });
    expect(stdout).toMatch(/^0 gained, 8 lost\n\nLOST\nDECISION +IDENTITY/);
    expect(stdout).toContain('app:ledger/reports');
    expect(stderr).toBe('');
  });

  it.each([
    ['text that is not JSON', '{', '<stdin>: is not JSON'],
    ['what is no list', '{}', 'must hold a list of changes'],
    ['an unknown field', [{ ...REMOVE, edge: 1 }], '<stdin>: changes[0].edge: unknown field'],
    ['no operation', [{}], '<stdin>: changes[0].op: is needed'],
    ['an edge that there is not', [{ ...REMOVE, to: 'role:auditor' }], 'changes[0]: there is no HAS_ROLE'],
  ])('refuses %s', async (_, changes, told) => {
    const { code, stdout, stderr } = await tryOut(changes);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(told);
  });
});
