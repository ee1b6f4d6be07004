/** People of IAM Identity Center, and the roles that permission sets give them in accounts, loaded and not. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { GrantlensError } from '../../engine/model/index.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';
import { fixture, type LoadedGraph, loadAws } from './aws-support/loaded-graph.ts';

announceSeed();

const FOLDER = fixture('identity-center');
/** The account of iam.json, and one that no file describes. */
const [HERE, AWAY] = ['111122223333', '444455556666'];
const user = (number: number): string => `arn:aws:identitystore:::user/9067aaaaaa-000${number}`;
const [ADA, BOB, EVE] = [user(1), user(2), user(3)];
const OPERATORS = `arn:aws:iam::${HERE}:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Operators_0123456789abcdef`;
const AUDITORS = 'ps-2222222222222222';
const everything = (account: string): string => `aws:${account}:*`;

/** The fixture with some files put in place of others, or left out. */
async function loadWith(others: Readonly<Record<string, unknown>>): Promise<LoadedGraph> {
  const folder = mkdtempSync(join(tmpdir(), 'grantlens-center-'));
  try {
    cpSync(FOLDER, folder, { recursive: true });
    for (const [name, value] of Object.entries(others)) {
      if (value === undefined) rmSync(join(folder, name));
      else writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
    }
    return await loadAws([folder]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('IAM Identity Center', () => {
  let graph: LoadedGraph;
  beforeAll(async () => {
    graph = await loadAws([FOLDER]);
  });

  // sso-assignments-of-111122223333-ps-1….json: the group 1001; sso-memberships-of-…1001.json: ada; the role in iam.json, line 7.
  it('answer 1: a member of an assigned group does what the role in the account may', () => {
    expect(graph.check(ADA, 'ec2:RunInstances', everything(HERE))).toBe('ALLOWED');
    expect(graph.check(ADA, 'ec2:TerminateInstances', everything(HERE))).toBe('DENIED');
    expect(graph.edges('CAN_ASSUME', { to: OPERATORS }).map(({ from, technique }) => [from, technique])).toContainEqual(
      ['arn:aws:identitystore:::group/9067aaaaaa-1001', 'IAM Identity Center'],
    );
  });

  // No file describes account 444455556666; sso-inline-policy-of-ps-1….json says what the set gives, its boundary is {}: none.
  it('answer 2: in an account that no file describes she does what the permission set says', () => {
    expect(graph.check(ADA, 'ec2:RunInstances', everything(AWAY))).toBe('ALLOWED');
    expect(graph.check(ADA, 'ec2:TerminateInstances', everything(AWAY))).toBe('DENIED');
    expect(graph.check(ADA, 's3:GetObject', everything(AWAY))).toBe('NONE');
    expect(graph.node(`aws:${AWAY}:permission-set:ps-1111111111111111`)).toMatchObject({
      kind: 'ServiceAccount',
      source: 'aws:d-9067aaaaaa',
      name: 'AWSReservedSSO_Operators',
      attributes: { permissionSet: 'arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-1111111111111111' },
    });
  });

  // The role AWSReservedSSO_Auditors_… of iam.json (line 55) does not lie where Identity Center puts its own: it has the name only.
  it('answer 3: a role that only has the name is not that of the permission set', () => {
    expect(graph.check(BOB, 's3:GetObject', everything(HERE))).toBe('ALLOWED');
    expect(graph.check(BOB, 'ec2:RunInstances', everything(HERE))).toBe('NONE');
    expect(graph.node(`aws:${HERE}:permission-set:${AUDITORS}`)?.source).toBe(`aws:${HERE}`);
  });

  // Bob is assigned Admins in 444455556666; no page describes AdministratorAccess: it may allow anything.
  it('answer 4: what a policy gives that no file describes is conditional', () => {
    expect(graph.check(BOB, 'iam:CreateUser', everything(AWAY))).toBe('CONDITIONAL');
    expect(graph.check(BOB, 's3:GetObject', everything(AWAY))).toBe('ALLOWED');
    expect(graph.check(ADA, 'iam:CreateUser', everything(AWAY))).toBe('NONE');
    expect(graph.loaded.report.unresolved).toEqual(['arn:aws:iam::aws:policy/AdministratorAccess']);
  });

  // The role ledger trusts account 444455556666 (iam.json), and the inline policy of Admins lets bob's role assume it.
  it('answer 5: from there he comes to a role of the account that trusts the other', () => {
    const table = `arn:aws:dynamodb:eu-central-1:${HERE}:table/ledger`;
    expect(graph.check(BOB, 'dynamodb:PutItem', table)).toBe('ALLOWED');
    expect(graph.check(EVE, 'dynamodb:PutItem', table)).toBe('NONE');
  });

  it('has people and groups with what joins them to other sources', () => {
    expect(graph.node(ADA)).toMatchObject({
      kind: 'User',
      name: 'Ada Byron',
      source: 'aws:d-9067aaaaaa',
      attributes: {
        userName: 'ada',
        email: 'ada@example.com',
        title: 'Engineer',
        employeeType: 'employee',
        externalId: 'ext-ada',
        identityStore: 'd-9067aaaaaa',
        enabled: true,
      },
    });
    expect(graph.node(EVE)?.attributes['enabled']).toBe(false);
    expect(graph.edges('MEMBER_OF').map(({ from, to }) => [from.at(-1), to.slice(-4)])).toEqual([
      ['1', '1001'],
      ['2', '1002'],
      ['3', '1002'],
    ]);
  });

  it('tells what is whole: each account, and the people', async () => {
    expect(graph.loaded.complete).toEqual([`aws:${HERE}`, 'aws:d-9067aaaaaa']);
    const without = await loadWith({ 'sso-memberships-of-9067aaaaaa-1001.json': undefined });
    expect(without.loaded.complete).toEqual([`aws:${HERE}`]);
    expect(without.loaded.report.skipped.map(({ why }) => why).join()).toContain(
      'missing (1): sso-memberships-of-9067aaaaaa-1001.json',
    );
    const alone = await loadWith({ 'iam.json': undefined });
    expect([alone.loaded.source, alone.loaded.complete]).toEqual(['aws:d-9067aaaaaa', ['aws:d-9067aaaaaa']]);
    expect(alone.check(ADA, 'ec2:RunInstances', everything(HERE))).toBe('ALLOWED');
  });

  it('takes what no file tells of a permission set for possible', async () => {
    const inline = await loadWith({ 'sso-inline-policy-of-ps-1111111111111111.json': undefined });
    expect(inline.check(ADA, 's3:GetObject', everything(AWAY))).toBe('CONDITIONAL');
    const bounded = await loadWith({ 'sso-boundary-of-ps-1111111111111111.json': undefined });
    expect(bounded.check(ADA, 'ec2:RunInstances', everything(AWAY))).toBe('CONDITIONAL');
    const unnamed = await loadWith({ 'sso-permission-set-of-ps-1111111111111111.json': undefined });
    expect(unnamed.loaded.report.unresolved).toContain(
      'arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-1111111111111111',
    );
    expect(unnamed.check(ADA, 'ec2:RunInstances', everything(AWAY))).toBe('ALLOWED');
    const named = { CustomerManagedPolicyReference: { Name: 'limits', Path: '/sso/' } };
    const limited = await loadWith({
      'sso-boundary-of-ps-1111111111111111.json': { PermissionsBoundary: named },
    });
    expect(limited.loaded.report.unresolved).toContain(`arn:aws:iam::${AWAY}:policy/sso/limits`);
    expect(limited.check(ADA, 'ec2:RunInstances', everything(AWAY))).toBe('CONDITIONAL');
  });

  it('leaves the account of somebody else an outsider though roles of it are known', () => {
    const root = graph.node(`arn:aws:iam::${AWAY}:root`);
    expect(root?.attributes['external']).toBe(true);
    expect(graph.edges('CAN_ASSUME', { from: `arn:aws:iam::${AWAY}:root` })).toHaveLength(1);
  });

  it.each([
    ['sso-users.json', { Users: [{ UserName: 'x' }] }, /sso-users\.json.*"UserId" is missing/s],
    ['sso-users.json', { User: [] }, /"Users" is missing/],
    ['sso-users.json', {}, /is empty/],
    ['sso-groups.json', { Groups: [{ GroupId: 'g', IdentityStoreId: 'd-other' }] }, /another identity store/],
    ['sso-permission-sets.json', { PermissionSets: ['ps-1'] }, /must be the ARN of a permission set/],
    ['sso-accounts-of-ps-1111111111111111.json', { AccountIds: ['7'] }, /twelve digits/],
    ['sso-inline-policy-of-ps-1111111111111111.json', { InlinePolicy: '{' }, /neither JSON|at fault/],
    [
      'sso-permission-set-of-ps-1111111111111111.json',
      { PermissionSet: { Name: 'x', PermissionSetArn: 'arn:aws:sso:::permissionSet/i/ps-9' } },
      /another permission set than the name/,
    ],
    [
      `sso-assignments-of-${HERE}-${AUDITORS}.json`,
      {
        AccountAssignments: [
          {
            AccountId: AWAY,
            PermissionSetArn: `arn:aws:sso:::permissionSet/ssoins-1111222233334444/${AUDITORS}`,
            PrincipalType: 'USER',
            PrincipalId: 'x',
          },
        ],
      },
      /another account or permission set/,
    ],
    [
      'sso-memberships-of-9067aaaaaa-1001.json',
      { GroupMemberships: [{ GroupId: 'other', MemberId: { UserId: 'x' } }] },
      /another group/,
    ],
  ])('refuses %s that is at fault', async (name, value, message) => {
    await expect(loadWith({ [name]: value })).rejects.toThrow(message);
  });

  it('names people who are in no file', async () => {
    const gone = await loadWith({ 'sso-users.json': { Users: [{ UserId: 'x', IdentityStoreId: 'd-9067aaaaaa' }] } });
    expect(gone.loaded.report.unresolved).toContain(BOB);
    expect(gone.edges('CAN_ASSUME', { from: BOB })).toEqual([]);
  });

  it(
    'reads damaged files or refuses them in words',
    async () => {
      const names = readdirSync(FOLDER).filter((name) => name.startsWith('sso-'));
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...names), fc.nat(), fc.string({ maxLength: 3 }), async (name, at, text) => {
          const whole = readFileSync(join(FOLDER, name), 'utf8');
          const cut = at % whole.length;
          try {
            await loadWith({ [name]: whole.slice(0, cut) + text + whole.slice(cut + 1) });
          } catch (error) {
            expect(error).toBeInstanceOf(GrantlensError);
          }
        }),
        runs(60),
      );
    },
    LONG,
  );
});
