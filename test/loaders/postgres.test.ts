import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GraphView } from '../../engine/access/questions.ts';
import type { Decision, EdgeKind } from '../../engine/model/index.ts';
import { postgresLoader } from '../../loaders/postgres/index.ts';
import { SqlScanner } from '../../loaders/postgres/sql-scanner.ts';
import { type Collected, collect } from '../support/collect.ts';
import { fuzz } from '../support/mutate.ts';
import { refusalOf } from '../support/refusal.ts';
import { announceSeed, runs, SEED } from '../support/seed.ts';
import { expectSound } from '../support/sound-changes.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { viewOf } from '../support/view-of.ts';

const folder = temporaryFolder();
const GLOBALS = join(import.meta.dirname, '../fixtures/postgres/globals.sql');
const SHOP = join(import.meta.dirname, '../fixtures/postgres/shop.sql');
announceSeed();

const load = async (...paths: string[]): Promise<Collected> =>
  collect(await postgresLoader.load({ paths, source: 'c', options: {} }));
const loadText = (text: string, name = 'shop.sql'): Promise<Collected> => load(folder.file(name, text));

describe('a PostgreSQL server', () => {
  let told: Collected;
  let view: GraphView;
  const edgesOf = (kind: EdgeKind): string[] =>
    told.edges
      .filter((edge) => edge.kind === kind)
      .map(({ from, to, technique }) => `${from} ${technique ?? ''} ${to}`.replaceAll('postgres:c/', ''));
  const may = async (login: string, action: string, object: string, reach: 'ENTITLED' | 'ASSUMABLE' | 'ESCALATION') => {
    const question = {
      identity: `postgres:c/login/${login}`,
      action,
      resource: `postgres:c/database/shop${object}`,
      reach,
    };
    return (await view.check(question)).decision;
  };
  beforeAll(async () => {
    told = await load(GLOBALS, SHOP);
    view = await viewOf(told.nodes, told.edges);
  });
  afterAll(() => view.release?.());

  it('is sound and whole, and keeps no password', () => {
    expectSound(told);
    expect(told.complete).toEqual(['c']);
    expect(JSON.stringify([told.changes, told.report])).not.toContain('hunter2');
    expect(told.report.unresolved).toEqual(['postgres:c/role/stranger']);
  });

  it('tells people from programs, and keeps what roles are', () => {
    const kinds = Object.fromEntries(told.nodes.map(({ id, kind }) => [id.slice('postgres:c/'.length), kind]));
    expect([kinds['login/ada'], kinds['login/shop_app'], kinds['login/repl'], kinds['role/readers']]).toEqual([
      'User',
      'ServiceAccount',
      'ServiceAccount',
      'Role',
    ]);
    expect(told.nodes.find(({ id }) => id.endsWith('login/ada'))!.attributes).toEqual({
      description: 'Ada\'s account; the "first"',
      enabled: true,
      passwordValidUntil: '2027-01-01 00:00:00+00',
    });
    expect(told.nodes.find(({ id }) => id.endsWith('login/shop_app'))!.attributes).toMatchObject({ enabled: false });
  });

  it.each<
    [why: string, login: string, action: string, object: string, decision: Decision, reach?: 'ENTITLED' | 'ESCALATION']
  >([
    // shop.sql: GRANT SELECT ON sales.invoices TO readers; ada has readers, and USAGE on sales by usage_only.
    ['SELECT and USAGE come by two roles', 'ada', 'SELECT', '/schema/sales/table/invoices', 'ALLOWED', 'ENTITLED'],
    // shop_app has readers too, and no USAGE on sales.
    ['SELECT without USAGE on the schema', 'shop_app', 'SELECT', '/schema/sales/table/invoices', 'NONE'],
    // The sequence is reached by its number: USAGE on it is enough.
    ['a sequence needs no schema', 'shop_app', 'USAGE', '/schema/sales/sequence/invoices_id_seq', 'ALLOWED'],
    // globals.sql: ken is NOINHERIT, and owner and root are granted to him.
    ['what NOINHERIT has only after SET ROLE', 'ken', 'SELECT', '/schema/sales/table/invoices', 'NONE', 'ENTITLED'],
    ['what NOINHERIT has after SET ROLE', 'ken', 'SELECT', '/schema/sales/table/invoices', 'ALLOWED'],
    ['a superuser that is set', 'ken', 'anything', '', 'ALLOWED'],
    // shop.sql: row security on sales.hidden; readers may SELECT.
    ['row security', 'ada', 'SELECT', '/schema/sales/table/hidden', 'CONDITIONAL'],
    ['row security does not hold for BYPASSRLS', 'repl', 'SELECT', '/schema/sales/table/hidden', 'ALLOWED'],
    ['a column alone', 'repl', 'UPDATE', '/schema/sales/table/hidden/column/Pay; all', 'ALLOWED'],
    ['a column, filtered', 'ada', 'UPDATE', '/schema/sales/table/hidden/column/Pay; all', 'CONDITIONAL'],
    ['a privilege of a column is not one of its table', 'ada', 'UPDATE', '/schema/sales/table/hidden', 'NONE'],
    ['the right to hand on', 'ada', 'UPDATE WITH GRANT OPTION', '/schema/sales/table/invoices', 'ALLOWED'],
    ['and none where none was given', 'ada', 'SELECT WITH GRANT OPTION', '/schema/sales/table/invoices', 'NONE'],
    // Functions are everyone's until it is revoked: tell() is, sum_of() is not.
    ['EXECUTE of PUBLIC', 'ada', 'EXECUTE', '/schema/sales/function/sum_of(a integer, b text)', 'ALLOWED'],
    ['EXECUTE that was revoked', 'ada', 'EXECUTE', '/schema/sales/function/tell()', 'NONE'],
    // Text in bodies, comments and data grants nothing.
    ['what only looks like a grant', 'ada', 'DELETE', '/schema/sales/table/hidden', 'NONE'],
    ['TEMPORARY that was revoked', 'ada', 'TEMPORARY', '', 'NONE'],
    ['CONNECT by a role', 'ada', 'CONNECT', '', 'ALLOWED'],
    ['what an owner took from itself', 'ken', 'INSERT', '/schema/sales/table/paid', 'ALLOWED'],
    ['a base backup', 'repl', 'SELECT', '/schema/sales/table/paid', 'CONDITIONAL'],
    ['a function that runs as its owner', 'ada', 'DELETE', '/schema/sales/table/invoices', 'CONDITIONAL', 'ESCALATION'],
    ['programs of the server', 'shop_app', 'DELETE', '/schema/sales/table/invoices', 'ALLOWED', 'ESCALATION'],
    ['CREATEROLE before version 16', 'repl', 'DELETE', '/schema/sales/table/invoices', 'ALLOWED', 'ESCALATION'],
  ])('%s: %s %s %s', async (_, login, action, object, decision, reach = undefined) => {
    expect(await may(login, action, object, reach ?? 'ASSUMABLE')).toBe(decision);
  });

  it('says who can, and why', async () => {
    const who = await view.whoCan({
      action: 'SELECT',
      resource: 'postgres:c/database/shop/schema/sales/table/invoices',
      first: 10,
    });
    expect(JSON.stringify(who)).toContain('login/ada');
    expect(JSON.stringify(who)).not.toContain('login/shop_app');
    const grant = told.edges.find(({ key, to }) => key === 'through readers' && to.endsWith('table/invoices'))!;
    expect(grant).toMatchObject({
      from: 'postgres:c/login/ada',
      actions: ['INSERT', 'SELECT', 'UPDATE', 'UPDATE WITH GRANT OPTION'],
    });
    expect(grant.evidence).toMatch(/^shop\.sql:\d+ through readers/);
  });

  it('tells takeovers and owners', () => {
    expect(edgesOf('CONTROLS')).toEqual(
      expect.arrayContaining([
        'role/pg_execute_server_program COPY … PROGRAM postgres:c',
        'login/repl CREATEROLE created-roles',
        'role/owner owner grants to itself database/shop/schema/sales/table/paid',
      ]),
    );
    expect(edgesOf('CAN_ASSUME')).toEqual(
      expect.arrayContaining(['login/ken SET ROLE role/owner', 'login/ken SET ROLE session/root']),
    );
    expect(edgesOf('OWNS')).toContain('role/owner  database/shop/schema/sales/sequence/invoices_id_seq');
  });

  it('keeps default privileges as an attribute, and no access', () => {
    expect(told.nodes.find(({ id }) => id.endsWith('/schema/sales'))!.attributes['defaultPrivileges']).toEqual([
      'for role owner in schema sales grant select on tables to readers',
    ]);
  });

  it('counts what nothing is made of', () => {
    const whys = told.report.skipped.map(({ why }) => why.replace(/ \(.*/, ''));
    expect(whys).toContain('CREATE SUBSCRIPTION: passed over');
  });
});

describe('options of version 16', () => {
  const HEAD =
    '-- Dumped from database version 16.2\n-- Dumped by pg_dump version 16.2\n\\connect shop\nCREATE DATABASE shop;\n';
  const ROLES =
    'CREATE ROLE ada LOGIN; CREATE ROLE mid; CREATE ROLE top; CREATE SCHEMA s; ALTER SCHEMA s OWNER TO top;\n';
  const asked = async (grants: string, reach: 'ENTITLED' | 'ASSUMABLE' | 'ESCALATION') => {
    const { nodes, edges } = await loadText(`${HEAD}${ROLES}${grants}`);
    const view = await viewOf(nodes, edges);
    const question = {
      identity: 'postgres:c/login/ada',
      action: 'CREATE',
      resource: 'postgres:c/database/shop/schema/s',
      reach,
    };
    return (await view.check(question)).decision;
  };
  it.each([
    ['GRANT top TO ada WITH INHERIT FALSE, SET TRUE', 'NONE', 'ALLOWED', 'ALLOWED'],
    ['GRANT top TO ada WITH INHERIT FALSE, SET FALSE', 'NONE', 'NONE', 'NONE'],
    ['GRANT top TO ada WITH ADMIN TRUE, INHERIT FALSE, SET FALSE', 'NONE', 'NONE', 'ALLOWED'],
    ['GRANT top TO ada WITH ADMIN OPTION, INHERIT TRUE GRANTED BY postgres', 'ALLOWED', 'ALLOWED', 'ALLOWED'],
    // ada has the privileges of mid and cannot set it, so she cannot set top through it.
    [
      'GRANT mid TO ada WITH INHERIT TRUE, SET FALSE; GRANT top TO mid WITH INHERIT FALSE, SET TRUE',
      'NONE',
      'NONE',
      'NONE',
    ],
    [
      'GRANT mid TO ada WITH INHERIT FALSE, SET TRUE; GRANT top TO mid WITH INHERIT TRUE, SET FALSE',
      'NONE',
      'ALLOWED',
      'ALLOWED',
    ],
  ])('%s: %s, %s, %s', async (grants, ...decisions) => {
    const reaches = ['ENTITLED', 'ASSUMABLE', 'ESCALATION'] as const;
    expect(await Promise.all(reaches.map((reach) => asked(`${grants};`, reach)))).toEqual(decisions);
  });
});

describe('files that are half of a server', () => {
  it('withdraw nothing', async () => {
    for (const path of [GLOBALS, SHOP]) expect((await load(path)).complete).toEqual([]);
  });

  it('make what is in a database conditional that they do not create', async () => {
    const { edges } = await loadText(
      'CREATE ROLE ada LOGIN; CREATE TABLE t (); ALTER TABLE t OWNER TO ada;',
      'app.sql',
    );
    expect(
      edges.find(({ kind, to }) => kind === 'GRANTS' && to.endsWith('/database/app/schema/public/table/t')),
    ).toMatchObject({
      condition: 'CONNECT on app, of which no file tells the privileges',
    });
  });
});

describe('bad input', () => {
  it.each([
    [
      'a cut dump',
      'a.sql',
      'CREATE ROLE a;\nGRANT SELECT ON TABLE\n',
      /a\.sql:2: the file ends within what begins here/,
    ],
    ['an open text', 'b.sql', "CREATE ROLE a PASSWORD 'hunter2\n", /b\.sql:1: the file ends within/],
    ['nothing', 'c.sql', 'SELECT 1;\n', /c\.sql: holds no roles and no objects/],
    ['an archive', 'd.sql', 'PGDMP\u0001', /is an archive of pg_dump; write it as text: pg_restore/],
    ['another table', 'e.csv', 'a,b\n1,2\n', /e\.csv:1: has the columns of none of the queries/],
    ['a short row', 'f.csv', 'role,member,admin\na\n', /f\.csv:2: has 1 cells, the header 3/],
    [
      'no grantees',
      'g.csv',
      'kind,database,schema,name,owner,acl\ntable,d,s,t,o,{x=r/o}\n',
      /g\.csv:2: acl: must be a JSON list/,
    ],
    [
      'no kind',
      'h.csv',
      'kind,database,schema,name,owner,acl\nrocket,d,s,t,o,\n',
      /h\.csv:2: kind: "rocket" is no kind/,
    ],
  ])('%s is refused', async (_, name, text, message) => {
    const refusal = await refusalOf(() => loadText(text, name));
    expect(refusal.message).toMatch(message);
    expect(refusal.message).not.toContain('hunter2');
  });

  it('that is damaged is loaded soundly or refused in words', async () => {
    const csv = folder.file(
      'objects.csv',
      'kind,database,schema,name,table,owner,rowsecurity,definer,acl\ntable,d,s,t,,o,on,,"[[""r"",""SELECT"",false],[null,""INSERT"",true]]"\n',
    );
    const outcome = await fuzz({
      originals: [GLOBALS, SHOP, csv],
      seed: SEED,
      rounds: runs(300).numRuns!,
      load: (path) => postgresLoader.load({ paths: [path], source: 'c', options: {} }),
      check: expectSound,
    });
    expect(outcome.loaded + outcome.refused).toBe(runs(300).numRuns!);
  }, 120_000);

  it('of random words is cut into statements, line by line as at once', () => {
    const word = fc.constantFrom(
      "'",
      '"',
      '$$',
      '$a$',
      '/*',
      '*/',
      '--',
      ';',
      '(',
      ')',
      '\\',
      'E',
      'begin',
      'end',
      'create',
      'function',
      ' ',
      '\n',
      'x',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        const scanner = new SqlScanner();
        for (const [at, line] of words.join('').split('\n').entries())
          for (const piece of scanner.take(line, at + 1)) expect(piece.line).toBeLessThanOrEqual(at + 1);
      }),
      runs(500),
    );
  });
});

it('a text with every quoting stays one statement', () => {
  const scanner = new SqlScanner();
  const text = `COMMENT ON ROLE a IS E'it\\'s; ' ';' $x$ ; $$ ; $x$ "a"";b" /* ; /* ; */ ; */ -- ;\n;`;
  const pieces = text.split('\n').flatMap((line, at) => scanner.take(line, at + 1));
  expect(pieces).toHaveLength(1);
  expect(readFileSync(SHOP, 'utf8')).toContain('within a comment');
});
