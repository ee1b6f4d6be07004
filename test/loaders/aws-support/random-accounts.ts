/** Small random accounts in the form of the authorization details, with names that collide on purpose. */
import fc from 'fast-check';
import type { Json } from './iam-evaluator.ts';

export const HOME = '111111111111';
export const AWAY = '222222222222';

/** Single resources that policies may name; the rest are what IAM describes. */
export const PLAIN_RESOURCES = ['arn:aws:s3:::ab', 'arn:aws:s3:::ab/x', 'arn:aws:s3:::b/ab', 'arn:aws:s3:::aab'];
export const ACTIONS = ['s3:Get', 's3:Put', 's3:GetAll', 'iam:Get', 'sts:AssumeRole'];

const actionPattern = fc.constantFrom('*', 's3:*', 's3:Get', 'S3:get*', '*Get', 'sts:*', 'iam:Get', 's3:Put');
const questionPattern = fc.constantFrom('s3:?et', '?3:*', 's3:Get???', 'sts:AssumeRol?', '*');

const resourcePattern = (account: string, other: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    '*',
    ...PLAIN_RESOURCES,
    'arn:aws:s3:::a*',
    'arn:aws:s3:::*b',
    'arn:aws:s3:::ab*',
    'arn:aws:s3:::ab/*',
    'arn:aws:s3:::?b*',
    'arn:aws:s3:::*a*b',
    'arn:aws:iam::*:*',
    `arn:aws:iam::${account}:role/r*`,
    'arn:aws:iam::*:role/r1',
    'arn:aws:iam::*:user/${aws:username}',
    'arn:aws:s3:::${aws:username}b',
    'arn:aws:s3:::${aws:SourceIp}b',
    `arn:aws:iam::${other}:role/r1`,
    `arn:aws:iam::${other}:role/*`,
    `arn:aws:iam::${other}:role/?2`,
  );

const condition = fc.option(fc.constant({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }), {
  nil: undefined,
  freq: 4,
});

const oneOrList = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
  fc.oneof(item, fc.array(item, { minLength: 1, maxLength: 3 }));

/** Allow is drawn more often, or nothing would ever be allowed. */
const effect = fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny');

function statement(account: string, other: string, actions: fc.Arbitrary<string>): fc.Arbitrary<Json> {
  const resources = resourcePattern(account, other);
  return fc
    .record({
      effect,
      action: fc.tuple(fc.constantFrom('Action', 'Action', 'Action', 'NotAction'), oneOrList(actions)),
      resource: fc.tuple(fc.constantFrom('Resource', 'Resource', 'Resource', 'NotResource'), oneOrList(resources)),
      condition,
      sid: fc.option(fc.constantFrom('One', 'Two', '1'), { nil: undefined }),
    })
    .map((drawn) => ({
      Effect: drawn.effect,
      [drawn.action[0]]: drawn.action[1],
      [drawn.resource[0]]: drawn.resource[1],
      ...(drawn.condition === undefined ? {} : { Condition: drawn.condition }),
      ...(drawn.sid === undefined ? {} : { Sid: drawn.sid }),
    }));
}

const document = (account: string, other: string, actions: fc.Arbitrary<string>): fc.Arbitrary<Json> =>
  fc
    .record({
      version: fc.constantFrom('2012-10-17', '2012-10-17', '2008-10-17'),
      statements: oneOrList(statement(account, other, actions)),
    })
    .map(({ version, statements }) => ({ Version: version, Statement: statements }));

const trustedName = (account: string, other: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    '*',
    account,
    `arn:aws:iam::${account}:root`,
    `arn:aws:iam::${account}:user/u1`,
    `arn:aws:iam::${account}:user/team/u2`,
    `arn:aws:iam::${account}:role/r1`,
    `arn:aws:iam::${account}:role/r2`,
    `arn:aws:sts::${account}:assumed-role/r2/ops`,
    `arn:aws:iam::${other}:root`,
    `arn:aws:iam::${other}:role/r1`,
    `arn:aws:sts::${other}:assumed-role/r1/ops`,
  );

const trust = (account: string, other: string): fc.Arbitrary<Json> =>
  fc
    .array(
      fc
        .record({ effect, names: oneOrList(trustedName(account, other)), condition, star: fc.boolean() })
        .map((drawn) => ({
          Effect: drawn.effect,
          Principal: drawn.star && drawn.names === '*' ? '*' : { AWS: drawn.names },
          Action: drawn.star ? 'sts:*' : ['sts:AssumeRole', 'sts:TagSession'],
          ...(drawn.condition === undefined ? {} : { Condition: drawn.condition }),
        })),
      { minLength: 1, maxLength: 2 },
    )
    .map((statements) => ({ Version: '2012-10-17', Statement: statements }));

const AWS_POLICY = 'arn:aws:iam::aws:policy/Shared';
const policiesOf = (account: string): readonly string[] => [
  `arn:aws:iam::${account}:policy/p1`,
  `arn:aws:iam::${account}:policy/p2`,
  AWS_POLICY,
];

const held = (account: string): fc.Arbitrary<readonly Json[]> =>
  fc
    .subarray([...policiesOf(account)])
    .map((arns) => arns.map((arn) => ({ PolicyName: arn.split('/')[1], PolicyArn: arn })));

const inline = (account: string, other: string, actions: fc.Arbitrary<string>): fc.Arbitrary<readonly Json[]> =>
  fc
    .array(document(account, other, actions), { maxLength: 1 })
    .map((documents) => documents.map((one) => ({ PolicyName: 'own', PolicyDocument: one })));

const boundary = (account: string): fc.Arbitrary<Json> =>
  fc
    .option(fc.constantFrom(...policiesOf(account)), { nil: undefined, freq: 2 })
    .map((arn) => (arn === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryArn: arn } }));

const managed = (arn: string, policy: Json): Json => ({
  PolicyName: arn.split('/')[1],
  PolicyId: `ANPA${arn}`,
  Arn: arn,
  DefaultVersionId: 'v2',
  PolicyVersionList: [
    {
      VersionId: 'v1',
      IsDefaultVersion: false,
      Document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
    },
    { VersionId: 'v2', IsDefaultVersion: true, Document: policy },
  ],
});

function accountDetails(account: string, other: string, actions: fc.Arbitrary<string>): fc.Arbitrary<Json> {
  const policy = document(account, other, actions);
  const user = (path: string, name: string): fc.Arbitrary<Json> =>
    fc
      .tuple(held(account), inline(account, other, actions), boundary(account), fc.subarray(['g1', 'g2']))
      .map(([AttachedManagedPolicies, UserPolicyList, bound, GroupList]) => ({
        UserName: name,
        UserId: `AIDA${account}${name}`,
        Arn: `arn:aws:iam::${account}:user/${path}${name}`,
        AttachedManagedPolicies,
        UserPolicyList,
        GroupList,
        ...bound,
      }));
  const group = (name: string): fc.Arbitrary<Json> =>
    fc.tuple(held(account), inline(account, other, actions)).map(([AttachedManagedPolicies, GroupPolicyList]) => ({
      GroupName: name,
      GroupId: `AGPA${account}${name}`,
      Arn: `arn:aws:iam::${account}:group/${name}`,
      AttachedManagedPolicies,
      GroupPolicyList,
    }));
  const role = (name: string): fc.Arbitrary<Json> =>
    fc
      .tuple(held(account), inline(account, other, actions), boundary(account), trust(account, other))
      .map(([AttachedManagedPolicies, RolePolicyList, bound, AssumeRolePolicyDocument]) => ({
        RoleName: name,
        RoleId: `AROA${account}${name}`,
        Arn: `arn:aws:iam::${account}:role/${name}`,
        AttachedManagedPolicies,
        RolePolicyList,
        AssumeRolePolicyDocument,
        ...bound,
      }));
  return fc
    .record({
      users: fc.tuple(user('', 'u1'), user('team/', 'u2')),
      groups: fc.tuple(group('g1'), group('g2')),
      roles: fc.tuple(role('r1'), role('r2')),
      policies: fc.tuple(policy, policy),
    })
    .map(({ users, groups, roles, policies }) => ({
      UserDetailList: users,
      GroupDetailList: groups,
      RoleDetailList: roles,
      Policies: policies.map((one, at) => managed(`arn:aws:iam::${account}:policy/p${at + 1}`, one)),
    }));
}

/** Two accounts that know of each other, and one policy of AWS that both may use. */
export const twoAccounts = (options: { readonly questionMarks: boolean }): fc.Arbitrary<Json> => {
  const actions = options.questionMarks ? fc.oneof(actionPattern, questionPattern) : actionPattern;
  return fc
    .tuple(
      accountDetails(HOME, AWAY, actions),
      accountDetails(AWAY, HOME, actions),
      document('*', '333333333333', actions),
    )
    .map(([home, away, shared]) => ({
      UserDetailList: [...home['UserDetailList'], ...away['UserDetailList']],
      GroupDetailList: [...home['GroupDetailList'], ...away['GroupDetailList']],
      RoleDetailList: [...home['RoleDetailList'], ...away['RoleDetailList']],
      Policies: [...home['Policies'], ...away['Policies'], managed(AWS_POLICY, shared)],
    }));
};
