import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type LoadedGraph, loadAws } from './aws-support/loaded-graph.ts';

const A = 'arn:aws:iam::111122223333';
const ALLOW_ALL = { Effect: 'Allow', Action: '*', Resource: '*' };
const policy = (...statements: readonly object[]): object => ({ Version: '2012-10-17', Statement: statements });

const user = (name: string, statements: readonly object[] = [], more: object = {}): object => ({
  UserName: name,
  UserId: `AIDA${name.toUpperCase()}`,
  Arn: `${A}:user/${name}`,
  UserPolicyList: statements.length === 0 ? [] : [{ PolicyName: 'own', PolicyDocument: policy(...statements) }],
  ...more,
});

const role = (name: string, trust: readonly object[], statements: readonly object[] = []): object => ({
  RoleName: name,
  RoleId: `AROA${name.toUpperCase()}`,
  Arn: `${A}:role/${name}`,
  AssumeRolePolicyDocument: policy(...trust),
  RolePolicyList: statements.length === 0 ? [] : [{ PolicyName: 'own', PolicyDocument: policy(...statements) }],
});

const managed = (name: string, statement: object): object => ({
  PolicyName: name,
  PolicyId: `ANPA${name}`,
  Arn: `${A}:policy/${name}`,
  DefaultVersionId: 'v1',
  PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: policy(statement) }],
});

async function load(
  users: readonly object[],
  roles: readonly object[] = [],
  policies: readonly object[] = [],
): Promise<LoadedGraph> {
  const folder = mkdtempSync(join(tmpdir(), 'grantlens-aws-'));
  try {
    const file = join(folder, 'iam.json');
    writeFileSync(file, JSON.stringify({ UserDetailList: users, RoleDetailList: roles, Policies: policies }));
    return await loadAws([file]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Who may assume the role: id → condition, `sure` where there is none. */
const assumers = (loaded: LoadedGraph, name: string): Record<string, string> =>
  Object.fromEntries(
    loaded.edges('CAN_ASSUME', { to: `${A}:role/${name}` }).map(({ from, condition }) => [from, condition ?? 'sure']),
  );

const ASSUME = { Effect: 'Allow', Action: 'sts:AssumeRole' };

describe('NotPrincipal in a trust policy', () => {
  const everyone = { ...ASSUME, Principal: { AWS: '*' } };

  it('that denies spares those it names, but nobody with a boundary', async () => {
    const denied = {
      Effect: 'Deny',
      Action: 'sts:AssumeRole',
      NotPrincipal: { AWS: [`${A}:user/ada`, `${A}:user/cleo`] },
    };
    const bounded = { PermissionsBoundary: { PermissionsBoundaryArn: `${A}:policy/all` } };
    const users = [user('ada'), user('bob'), user('cleo', [], bounded)];
    const loaded = await load(users, [role('r', [everyone, denied])], [managed('all', ALLOW_ALL)]);
    expect(assumers(loaded, 'r')).toEqual({ [`${A}:user/ada`]: 'sure' });
  });

  it('that allows is never sure, and leaves out whom it names', async () => {
    const allowed = { ...ASSUME, NotPrincipal: { AWS: `${A}:user/ada` } };
    const told = assumers(await load([user('ada'), user('bob')], [role('r', [allowed])]), 'r');
    expect(Object.keys(told).sort()).toEqual([`${A}:user/bob`, 'aws:anyone']);
    expect(Object.values(told)).toEqual(Array(2).fill(`principal is not ${A}:user/ada`));
  });
});

describe('a trust policy', () => {
  it('is not enough where an identity policy denies', async () => {
    const trust = { ...ASSUME, Principal: { AWS: [`${A}:user/ada`, `${A}:user/bob`] } };
    const deny = { Effect: 'Deny', Action: 'sts:*', Resource: '*' };
    expect(assumers(await load([user('ada'), user('bob', [deny])], [role('r', [trust])]), 'r')).toEqual({
      [`${A}:user/ada`]: 'sure',
    });
  });

  it('must allow the action that fits the principal', async () => {
    const saml = `${A}:saml-provider/corp`;
    const wrong = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Federated: saml } };
    const right = { Effect: 'Allow', Action: 'sts:AssumeRoleWithSAML', Principal: { Federated: saml } };
    const tagOnly = { Effect: 'Allow', Action: 'sts:TagSession', Principal: { AWS: `${A}:user/ada` } };
    const loaded = await load([user('ada')], [role('wrong', [wrong, tagOnly]), role('right', [right])]);
    expect(assumers(loaded, 'wrong')).toEqual({});
    expect(assumers(loaded, 'right')).toEqual({ [saml]: 'sure' });
  });

  it('that names a deleted principal lets nobody in, and says whom', async () => {
    const trust = { ...ASSUME, Principal: { AWS: ['AIDAGONE', `${A}:role/gone`, 'AIDAADA'] } };
    const loaded = await load([user('ada')], [role('r', [trust])]);
    expect(assumers(loaded, 'r')).toEqual({ [`${A}:user/ada`]: 'sure' });
    expect(loaded.loaded.report.unresolved).toEqual(['AIDAGONE', `${A}:role/gone`]);
  });
});

describe('policy variables', () => {
  const files = (variable: string): object => ({
    Effect: 'Allow',
    Action: 's3:Get',
    Resource: `arn:aws:s3:::${variable}`,
  });
  const named = {
    Effect: 'Deny',
    Action: 'none:None',
    Resource: ['blue', 'AIDAADA', 'x', 'all'].map((name) => `arn:aws:s3:::${name}`),
  };
  const ask = async (variable: string, who: 'user' | 'role', resource: string, more: object = {}): Promise<string> => {
    const ada = user('ada', who === 'user' ? [files(variable), named] : [named], more);
    const loaded = await load([ada], [role('ada', [], who === 'role' ? [files(variable)] : [])]);
    return loaded.check(`${A}:${who}/ada`, 's3:Get', `arn:aws:s3:::${resource}`, 'ENTITLED');
  };
  const tagged = { Tags: [{ Key: 'Team', Value: 'blue' }] };

  it('stand for what is known of a user', async () => {
    expect(await ask('${aws:PrincipalTag/team}', 'user', 'blue', tagged)).toBe('ALLOWED');
    expect(await ask('${aws:PrincipalTag/team}', 'user', 'x', tagged)).toBe('NONE');
    expect(await ask('${aws:userid}', 'user', 'AIDAADA')).toBe('ALLOWED');
  });

  it('match nothing where they have no value, but for their default', async () => {
    expect(await ask('${aws:PrincipalTag/team}', 'user', 'blue')).toBe('NONE');
    expect(await ask("${aws:PrincipalTag/team, 'all'}", 'user', 'all')).toBe('ALLOWED');
    expect(await ask('${aws:username}', 'role', 'blue')).toBe('NONE');
  });

  it('make a grant conditional where only the request tells', async () => {
    expect(await ask('${aws:SourceIp}', 'user', 'x')).toBe('CONDITIONAL');
    expect(await ask('${aws:PrincipalTag/team}', 'role', 'blue')).toBe('CONDITIONAL');
  });

  it('of a boundary bound each user by its own value', async () => {
    const boundary = { PermissionsBoundary: { PermissionsBoundaryArn: `${A}:policy/own` } };
    const own = managed('own', { Effect: 'Allow', Action: '*', Resource: 'arn:aws:iam::*:user/${aws:username}' });
    const users = ['ada', 'bob'].map((name) => user(name, [ALLOW_ALL], boundary));
    const loaded = await load(users, [], [own]);
    const who = (name: string): Record<string, string> =>
      loaded.whoCan('iam:CreateAccessKey', `resource:${A}:user/${name}`);
    expect(who('ada')).toEqual({ [`${A}:user/ada`]: 'ALLOWED' });
    expect(who('bob')).toEqual({ [`${A}:user/bob`]: 'ALLOWED' });
  });
});
