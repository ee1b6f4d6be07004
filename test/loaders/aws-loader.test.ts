import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { fixture, type LoadedGraph, loadAws } from './aws-support/loaded-graph.ts';

const A = 'arn:aws:iam::111122223333';
const B = 'arn:aws:iam::444455556666';
const REPORTS = 'arn:aws:s3:::bluefin-reports';
const PAYROLL = 'arn:aws:s3:::bluefin-payroll';
const EVERYTHING = 'aws:111122223333:*';

describe('one account', () => {
  let bluefin: LoadedGraph;
  beforeAll(async () => {
    bluefin = await loadAws([fixture('bluefin.json')]);
  });

  it('is a source of its own, told whole', () => {
    expect(bluefin.loaded.source).toBe('aws:111122223333');
    expect(bluefin.loaded.complete).toEqual(['aws:111122223333']);
  });

  it('has users, groups and roles under their ARNs, policies as roles, roles as service accounts', () => {
    expect(bluefin.node(`${A}:user/ops/cleo`)).toMatchObject({
      kind: 'User',
      name: 'cleo',
      attributes: { path: '/ops/', account: '111122223333', createdAt: '2025-01-01T08:00:00Z' },
    });
    expect(bluefin.node(`${A}:user/ada`)?.attributes['tags']).toEqual({ team: 'payments' });
    expect(bluefin.node(`${A}:group/developers`)?.kind).toBe('Group');
    expect(bluefin.node(`${A}:role/operator`)).toMatchObject({
      kind: 'ServiceAccount',
      attributes: { awsType: 'role', lastUsedAt: '2026-11-02T09:00:00Z' },
    });
    expect(bluefin.node(`${A}:policy/reports-read`)).toMatchObject({
      kind: 'Role',
      attributes: { defaultVersion: 'v2', description: 'Read the reports' },
    });
    expect(bluefin.node('aws:111122223333:arn:aws:iam::aws:policy/AdministratorAccess')).toMatchObject({
      kind: 'Role',
      name: 'AdministratorAccess',
      attributes: { definition: 'arn:aws:iam::aws:policy/AdministratorAccess', managedByVendor: true },
    });
    expect(bluefin.node(`${A}:policy/reports-read`)?.attributes['managedByVendor']).toBeUndefined();
  });

  it('says where a grant was read', () => {
    const grants = bluefin.edges('GRANTS', { from: `${A}:policy/reports-read` });
    expect(grants.map(({ to, evidence }) => [to, evidence])).toEqual([
      [REPORTS, `${A}:policy/reports-read, statement 1 (Read)`],
      [`${REPORTS}/*`, `${A}:policy/reports-read, statement 1 (Read)`],
    ]);
    const [inline] = bluefin.edges('GRANTS', { from: `${A}:group/auditors`, to: EVERYTHING });
    expect(inline).toMatchObject({
      actions: ['*'],
      exceptActions: ['iam:*', 'sts:*'],
      evidence: `inline policy look of ${A}:group/auditors, statement 1 (AllButIam)`,
    });
  });

  it('takes the default version of a policy only', () => {
    expect(bluefin.check(`${A}:user/ada`, 's3:PutObject', `${REPORTS}/*`, 'ENTITLED')).toBe('NONE');
  });

  it('puts patterns below the patterns that hold them, nearest ones only', () => {
    const holders = (id: string): readonly string[] => bluefin.edges('CONTAINS', { to: id }).map(({ from }) => from);
    expect(holders(`${REPORTS}/*`)).toEqual([EVERYTHING]);
    expect(holders(`${PAYROLL}/*`)).toEqual([EVERYTHING]);
    expect(holders(EVERYTHING)).toEqual([]);
    expect(holders(`resource:${A}:user/ada`)).toEqual(['aws:111122223333:arn:aws:iam::*:user/ada']);
    expect(holders(`resource:${A}:user/ops/cleo`)).toEqual([EVERYTHING]);
    expect(holders(`${REPORTS}/*/secret/*`)).toEqual(['aws:111122223333:arn:aws:s3:::*/secret/*', `${REPORTS}/*`]);
  });

  it('gives the overlap of an allow and a deny a node, and denies there', () => {
    expect(bluefin.node(`${REPORTS}/*/secret/*`)?.attributes['overlap']).toBe(true);
    expect(bluefin.node(`${REPORTS}/secret/*`)?.attributes['overlap']).toBe(true);
    expect(bluefin.check(`${A}:user/ada`, 's3:GetObject', `${REPORTS}/secret/*`)).toBe('ALLOWED');
    expect(bluefin.check(`${A}:user/bob`, 's3:GetObject', `${REPORTS}/secret/*`)).toBe('DENIED');
    expect(bluefin.check(`${A}:user/bob`, 's3:GetObject', `${REPORTS}/*`)).toBe('ALLOWED');
  });

  it('puts the user in for ${aws:username}', () => {
    expect(bluefin.whoCan('iam:CreateAccessKey', `resource:${A}:user/ada`)).toEqual({ [`${A}:user/ada`]: 'ALLOWED' });
    const [grant] = bluefin.edges('GRANTS', { from: `${A}:user/ada`, to: 'aws:111122223333:arn:aws:iam::*:user/ada' });
    expect(grant?.evidence).toBe(
      `${A}:policy/self-service, statement 1 (OwnKeys), for ${A}:user/ada through ${A}:group/developers`,
    );
  });

  it('bounds what a boundary bounds', () => {
    expect(bluefin.check(`${A}:user/ops/cleo`, 's3:GetObject', `${REPORTS}/*`)).toBe('ALLOWED');
    expect(bluefin.check(`${A}:user/ops/cleo`, 's3:GetObject', `${PAYROLL}/*`)).toBe('DENIED');
    expect(bluefin.check(`${A}:user/ops/cleo`, 'ec2:RunInstances', EVERYTHING)).toBe('DENIED');
    expect(bluefin.check(`${A}:role/operator`, 'ec2:RunInstances', EVERYTHING)).toBe('DENIED');
  });

  it('lets assume a role who is trusted and may', () => {
    const assumptions = bluefin.edges('CAN_ASSUME', { to: `${A}:role/operator` });
    const told = assumptions.map(({ from, condition }) => [from, condition]);
    expect(told).toEqual([
      [`${A}:user/ada`, '{"Bool":{"aws:MultiFactorAuthPresent":"true"}}'],
      [`${A}:user/ops/cleo`, undefined],
    ]);
    expect(assumptions[0]?.evidence).toBe(
      `trust policy of ${A}:role/operator, statement 1 (Account); inline policy break-glass of ${A}:user/ada, statement 1 (Operate)`,
    );
    expect(bluefin.check(`${A}:user/ada`, 's3:PutObject', `${REPORTS}/*`)).toBe('CONDITIONAL');
  });

  it('knows services, instance profiles, federated providers and other accounts as identities', () => {
    expect(bluefin.whoCan('s3:GetObject', REPORTS)).toEqual({
      [`${A}:instance-profile/app-server`]: 'ALLOWED',
      [`${A}:role/app-server`]: 'ALLOWED',
      [`${A}:role/hub`]: 'ALLOWED',
      [`${A}:role/operator`]: 'ALLOWED',
      [`${A}:role/vendor`]: 'ALLOWED',
      [`${A}:user/ada`]: 'ALLOWED',
      [`${A}:user/bob`]: 'ALLOWED',
      [`${A}:user/ops/cleo`]: 'ALLOWED',
      [`${B}:role/pipeline`]: 'CONDITIONAL',
      'arn:aws:iam::777788889999:root': 'CONDITIONAL',
      'ec2.amazonaws.com': 'ALLOWED',
    });
    expect(bluefin.node('arn:aws:iam::777788889999:root')).toMatchObject({
      kind: 'ServiceAccount',
      name: 'account 777788889999',
      attributes: { external: true, awsType: 'account' },
    });
    const [vendor] = bluefin.edges('CAN_ASSUME', { to: `${A}:role/vendor` });
    expect(vendor?.condition).toBe('{"StringEquals":{"sts:ExternalId":"b1f-42"}}');
    const [ci] = bluefin.edges('CAN_ASSUME', { to: `${A}:role/deploy-bot` });
    expect(ci).toMatchObject({
      from: `${A}:oidc-provider/ci.example.com`,
      technique: 'sts:AssumeRoleWithWebIdentity',
      condition: '{"StringLike":{"ci.example.com:sub":"repo:bluefin/*"}}',
      lastUsedAt: Date.parse('2026-11-05T10:30:00Z'),
    });
  });

  it('grants what NotResource leaves, not what it takes out', () => {
    const vendor = `${A}:role/vendor`;
    expect(bluefin.check(vendor, 's3:GetObject', `${REPORTS}/*`)).toBe('ALLOWED');
    expect(bluefin.check(vendor, 's3:GetObject', PAYROLL)).toBe('NONE');
    expect(bluefin.check(vendor, 's3:GetObject', `${PAYROLL}/*`)).toBe('NONE');
    expect(bluefin.check(vendor, 's3:GetObject', EVERYTHING)).toBe('CONDITIONAL');
    const [partly] = bluefin.edges('GRANTS', { from: vendor, to: EVERYTHING });
    expect(partly).toMatchObject({ inherit: false, condition: `resource is not ${PAYROLL} or ${PAYROLL}/*` });
  });

  it('names what is missing, and lets nothing be wider for it', () => {
    expect(bluefin.loaded.report.unresolved).toEqual([
      `${A}:group/ghosts`,
      `${A}:policy/gone`,
      `${A}:policy/lost-boundary`,
      `${A}:user/nobody`,
    ]);
    expect(bluefin.check(`${A}:user/dan`, 's3:GetObject', `${REPORTS}/*`)).toBe('CONDITIONAL');
    expect(bluefin.check(`${A}:user/dan`, 's3:PutObject', `${REPORTS}/*`)).toBe('NONE');
  });

  it('sets a sensitivity by service', () => {
    expect(bluefin.node(EVERYTHING)).toMatchObject({ sensitivity: 1, resourceType: 'aws:account' });
    expect(bluefin.node(`resource:${A}:role/operator`)).toMatchObject({ sensitivity: 0.9, resourceType: 'iam:role' });
    expect(bluefin.node(`${REPORTS}/*`)).toMatchObject({ sensitivity: 0.6, resourceType: 's3:object' });
  });
});

describe('two accounts, one of them in pages with packed documents', () => {
  it('keeps what each account may do to itself', async () => {
    const both = await loadAws([fixture('bluefin.json'), fixture('coral-pages')]);
    expect(both.loaded.complete).toEqual(['aws:111122223333', 'aws:444455556666']);
    expect(both.check(`${B}:user/eva`, 'iam:DeleteUser', `resource:${B}:role/pipeline`)).toBe('ALLOWED');
    expect(both.check(`${B}:user/eva`, 'iam:DeleteUser', `resource:${A}:user/ada`)).toBe('NONE');
    expect(both.check(`${A}:user/ops/cleo`, 's3:PutObject', `resource:${B}:user/eva`)).toBe('NONE');
    expect(both.check(`${B}:user/eva`, 'iam:DeleteRole', `resource:${A}:role/hub`)).toBe('CONDITIONAL');
  });

  it('needs both sides for a role of another account', async () => {
    const both = await loadAws([fixture('bluefin.json'), fixture('coral-pages')]);
    const [hop] = both.edges('CAN_ASSUME', { from: `${B}:role/pipeline`, to: `${A}:role/hub` });
    expect(hop?.condition).toBeUndefined();
    expect(hop?.evidence).toBe(
      `trust policy of ${A}:role/hub, statement 1 (Pipeline); inline policy hop of ${B}:role/pipeline, statement 1`,
    );
    expect(both.edges('CAN_ASSUME', { from: `${B}:user/eva`, to: `${A}:role/hub` })).toEqual([]);
    expect(both.check('codebuild.amazonaws.com', 's3:GetObject', `${REPORTS}/*`)).toBe('ALLOWED');
  });

  it('gives the same graph whatever the order and the cut into files', async () => {
    const lines = async (paths: readonly string[]): Promise<readonly string[]> => {
      const { graph } = await loadAws(paths, 'corp');
      return [...graph.nodes, ...graph.edges].map((record) => JSON.stringify(record)).sort();
    };
    const pages = ['coral-pages/page-1.json', 'coral-pages/page-2.json'].map(fixture);
    const once = await lines([fixture('bluefin.json'), ...pages]);
    expect(await lines([...pages.toReversed(), fixture('bluefin.json')])).toEqual(once);
  });

  it('withdraws nothing when the last page is missing', async () => {
    const part = await loadAws([fixture('coral-pages/page-1.json')]);
    expect(part.loaded.complete).toEqual([]);
    expect(part.loaded.report.skipped).toEqual([
      { where: 'account 444455556666', why: expect.stringContaining('last page is missing') },
    ]);
  });
});

describe('what nobody holds', () => {
  it('is known to the account all the same', async () => {
    const packed = (statement: object): object => ({ Version: '2012-10-17', Statement: statement });
    const group = {
      GroupName: 'empty',
      GroupId: 'AGPAEMPTY',
      Arn: `${A}:group/empty`,
      GroupPolicyList: [
        {
          PolicyName: 'own',
          PolicyDocument: packed({
            Effect: 'Allow',
            Action: '*',
            NotResource: ['arn:aws:s3:::${aws:username}', 'arn:aws:s3:::named'],
          }),
        },
      ],
    };
    const user = {
      UserName: 'u',
      UserId: 'AIDAU',
      Arn: `${A}:user/u`,
      UserPolicyList: [
        { PolicyName: 'p', PolicyDocument: packed({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::x*' }) },
      ],
    };
    const folder = mkdtempSync(join(tmpdir(), 'grantlens-aws-'));
    const file = join(folder, 'iam.json');
    writeFileSync(file, JSON.stringify({ UserDetailList: [user], GroupDetailList: [group] }));
    const loaded = await loadAws([file]);
    rmSync(folder, { recursive: true });
    expect(loaded.check(`${A}:user/u`, 's3:GetObject', 'arn:aws:s3:::named')).toBe('ALLOWED');
  });
});
