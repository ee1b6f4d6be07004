import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GrantlensError } from '../../engine/model/index.ts';
import { decide } from '../support/oracle/index.ts';
import { runs } from '../support/seed.ts';
import type { Json } from './aws-support/iam-evaluator.ts';
import {
  ACCOUNT,
  allow,
  arn,
  deny,
  type Estate,
  group,
  loadEstate,
  policy,
  role,
  user,
} from './aws-support/small-estate.ts';

const EVERYTHING = `aws:${ACCOUNT}:*`;
const ROOT = 'r-abcd';
const UNIT = 'ou-abcd-11111111';
const MANAGEMENT = '999988887777';

const control = (id: string, Statement: readonly Json[]): readonly [string, Json] => [
  `policy-${id}.json`,
  {
    Policy: {
      PolicySummary: { Id: id, Name: id.slice(2), Type: 'SERVICE_CONTROL_POLICY' },
      Content: JSON.stringify({ Version: '2012-10-17', Statement }),
    },
  },
];
const attached = (target: string, ...ids: readonly string[]): readonly [string, Json] => [
  `policies-of-${target}.json`,
  { Policies: ids.map((Id) => ({ Id, Name: Id, Type: 'SERVICE_CONTROL_POLICY' })) },
];

/** Root, one unit, one account in it, with what is attached to each. */
const organization = (
  onRoot: readonly string[],
  onUnit: readonly string[],
  onAccount: readonly string[],
  ...policies: readonly (readonly [string, Json])[]
): Record<string, Json> =>
  Object.fromEntries([
    ['organization.json', { Organization: { Id: 'o-abc', MasterAccountId: MANAGEMENT } }],
    ['roots.json', { Roots: [{ Id: ROOT, PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] }] }],
    [`ous-of-${ROOT}.json`, { OrganizationalUnits: [{ Id: UNIT, Name: 'workloads' }] }],
    [`accounts-of-${UNIT}.json`, { Accounts: [{ Id: ACCOUNT, Name: 'shop' }] }],
    [`accounts-of-${ROOT}.json`, { Accounts: [{ Id: MANAGEMENT, Name: 'payer' }] }],
    attached(ROOT, ...onRoot),
    attached(UNIT, ...onUnit),
    attached(ACCOUNT, ...onAccount),
    ...policies,
  ]);

const FULL = ['p-FullAWSAccess'];
const ESTATE: Estate = {
  users: [user('ada', { statements: [allow('*')] })],
  roles: [
    role('linked', { Service: 'ssm.amazonaws.com' }, { path: '/aws-service-role/ssm/', statements: [allow('*')] }),
    role('trusting', { AWS: arn('user/ada') }, { statements: [allow('sqs:*')] }),
  ],
};
const ADA = arn('user/ada');

describe('service control policies', () => {
  it('bound every user and role of the account, by each level', async () => {
    const graph = await loadEstate(
      ESTATE,
      organization(
        FULL,
        ['p-allowed'],
        ['p-FullAWSAccess', 'p-deny'],
        control('p-allowed', [allow(['s3:*', 'ec2:*'])]),
        control('p-deny', [deny('s3:DeleteBucket')]),
      ),
    );
    expect(graph.check(ADA, 's3:GetObject', EVERYTHING)).toBe('ALLOWED');
    expect(graph.check(ADA, 's3:DeleteBucket', EVERYTHING)).toBe('DENIED');
    expect(graph.check(ADA, 'sqs:SendMessage', EVERYTHING)).toBe('DENIED');
    const linked = arn('role/aws-service-role/ssm/linked');
    expect(graph.check(linked, 's3:DeleteBucket', EVERYTHING)).toBe('ALLOWED');
    // The root allows everything and denies nothing: there is nothing to bound.
    expect(graph.edges('BOUNDED_BY', { from: ADA }).map(({ to }) => to)).toEqual([
      `aws:${ACCOUNT}:scp:${UNIT}`,
      `aws:${ACCOUNT}:scp:${ACCOUNT}`,
    ]);
    expect(graph.edges('GRANTS', { from: `aws:${ACCOUNT}:scp:${ACCOUNT}` }).map(({ evidence }) => evidence)).toContain(
      `service control policy deny on ${ACCOUNT}, statement 1`,
    );
  });

  it('stand before the assuming of roles, even where the trust policy names the user', async () => {
    const levels = [control('p-deny', [deny('sts:AssumeRole', arn('role/trusting'))])];
    const graph = await loadEstate(ESTATE, organization(FULL, FULL, [...FULL, 'p-deny'], ...levels));
    expect(graph.edges('CAN_ASSUME', { from: ADA })).toEqual([]);
    const free = await loadEstate(ESTATE, organization(FULL, FULL, FULL));
    expect(free.edges('CAN_ASSUME', { from: ADA })).toHaveLength(1);
  });

  it('stand before ways to more access', async () => {
    const estate: Estate = {
      users: [user('mallory', { statements: [allow(['iam:PutUserPolicy', 'iam:AddUserToGroup'])] })],
      groups: [group('admins', { statements: [allow('*')] })],
    };
    const techniques = async (...statements: readonly Json[]) => {
      const graph = await loadEstate(estate, organization(FULL, FULL, [...FULL, 'p-x'], control('p-x', statements)));
      const decision = (action: string) =>
        decide(graph.graph, { identity: arn('user/mallory'), action, resource: EVERYTHING, reach: 'ESCALATION' });
      const names = graph.edges('CONTROLS').map(({ technique }) => technique!.split(' ')[0]);
      return [names.sort(), decision('s3:GetObject'), decision('ec2:RunInstances')];
    };
    expect(await techniques(deny('iam:PutUserPolicy'), deny('ec2:*'))).toEqual([
      ['iam-013'],
      'CONDITIONAL',
      'CONDITIONAL',
    ]);
    expect(await techniques(deny('ec2:*'))).toEqual([['iam-007', 'iam-013'], 'ALLOWED', 'CONDITIONAL']);
    expect(await techniques(deny('iam:*'))).toEqual([[], 'NONE', 'NONE']);
  });

  it('leave the management account alone, and accounts where they are not enabled', async () => {
    const files = organization(['p-none'], FULL, FULL, control('p-none', [allow('s3:*')]));
    const managed = { users: [user('root', { account: MANAGEMENT, statements: [allow('*')] })] };
    const payer = await loadEstate(managed, files);
    expect(payer.check(arn('user/root', MANAGEMENT), 'sqs:X', `aws:${MANAGEMENT}:*`)).toBe('ALLOWED');
    const off = { ...files, 'roots.json': { Roots: [{ Id: ROOT, PolicyTypes: [] }] } };
    expect((await loadEstate(ESTATE, off)).check(ADA, 'sqs:X', EVERYTHING)).toBe('ALLOWED');
    expect((await loadEstate(ESTATE, files)).check(ADA, 'sqs:X', EVERYTHING)).toBe('DENIED');
  });

  it('that are missing make everything conditional, but for what is denied', async () => {
    const graph = await loadEstate(
      ESTATE,
      organization(FULL, FULL, ['p-gone', 'p-deny'], control('p-deny', [deny('s3:*')])),
    );
    expect(graph.check(ADA, 'sqs:X', EVERYTHING)).toBe('CONDITIONAL');
    expect(graph.check(ADA, 's3:X', EVERYTHING)).toBe('DENIED');
    const unlisted = organization(FULL, FULL, FULL);
    delete unlisted[`policies-of-${UNIT}.json`];
    expect((await loadEstate(ESTATE, unlisted)).check(ADA, 'sqs:X', EVERYTHING)).toBe('CONDITIONAL');
    const unplaced = organization(FULL, FULL, FULL);
    delete unplaced[`accounts-of-${UNIT}.json`];
    const told = await loadEstate(ESTATE, unplaced);
    expect(told.check(ADA, 'sqs:X', EVERYTHING)).toBe('CONDITIONAL');
    expect(told.loaded.report.skipped.map(({ why }) => why)).toContainEqual(
      expect.stringContaining('no file says where'),
    );
  });

  it('stand beside a boundary: the weaker of all counts', async () => {
    const estate: Estate = {
      users: [user('ada', { statements: [allow('*')], boundary: arn('policy/bound') })],
      policies: [policy('bound', [allow(['s3:*', 'sqs:*'])])],
    };
    const graph = await loadEstate(
      estate,
      organization(FULL, ['p-a'], FULL, control('p-a', [allow(['s3:*', 'ec2:*'])])),
    );
    expect(['s3:X', 'sqs:X', 'ec2:X'].map((action) => graph.check(ADA, action, EVERYTHING))).toEqual([
      'ALLOWED',
      'DENIED',
      'DENIED',
    ]);
  });

  it('that cannot be read are told with file and field, and resource control policies are left aside', async () => {
    const bad = organization(FULL, FULL, FULL, control('p-bad', [{ Effect: 'Perhaps', Action: '*', Resource: '*' }]));
    await expect(loadEstate(ESTATE, bad)).rejects.toThrow(/policy-p-bad\.json.*Effect/s);
    await expect(loadEstate(ESTATE, { 'roots.json': { Root: [] } })).rejects.toThrow(
      /roots\.json.*"Roots" is missing/s,
    );
    const other = { PolicySummary: { Id: 'p-r', Type: 'RESOURCE_CONTROL_POLICY' }, Content: '{}' };
    const graph = await loadEstate(ESTATE, { ...organization(FULL, FULL, FULL), 'policy-p-r.json': { Policy: other } });
    expect(graph.loaded.report.skipped.map(({ where }) => where)).toContain('p-r');
  });

  it('in damaged files are read or refused in words', async () => {
    const files = organization(FULL, ['p-a'], FULL, control('p-a', [allow('s3:*')]));
    const names = Object.keys(files);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.nat(), fc.string({ maxLength: 3 }), async (name, at, text) => {
        const whole = JSON.stringify(files[name]);
        const cut = at % whole.length;
        const damaged = whole.slice(0, cut) + text + whole.slice(cut + 1);
        try {
          await loadEstate(ESTATE, { ...files, [name]: damaged });
        } catch (error) {
          expect(error).toBeInstanceOf(GrantlensError);
        }
      }),
      runs(60),
    );
  });
});
