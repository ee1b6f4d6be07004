/** One large account, the same every time: as many users as AWS lets an account have, and thousands of patterns. */
import type { Json } from './iam-evaluator.ts';

const ACCOUNT = '111122223333';
const arn = (rest: string): string => `arn:aws:iam::${ACCOUNT}:${rest}`;
const times = <T>(count: number, make: (at: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => make(at));

const SERVICES = ['sqs', 'sns', 'lambda', 'dynamodb', 'logs', 'kms', 'ecs', 'secretsmanager'];

/** Three patterns that lie within one another, one that crosses others, now and then a denial or a NotResource. */
function statements(at: number): readonly Json[] {
  const service = SERVICES[at % SERVICES.length]!;
  const team = `team-${at % 40}`;
  const base = `arn:aws:${service}:*:${ACCOUNT}:${team}`;
  return [
    {
      Effect: 'Allow',
      Action: `${service}:Get*`,
      Resource: [`${base}-*`, `${base}-app-${at}-*`, `${base}-app-${at}-main`],
    },
    { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::bucket-${at}/*` },
    ...(at % 10 === 0
      ? [{ Effect: 'Deny', Action: '*', Resource: `arn:aws:${service}:*:*:*-app-${at}-secret-*` }]
      : []),
    ...(at % 100 === 0 ? [{ Effect: 'Deny', Action: 's3:*', NotResource: `arn:aws:s3:::bucket-${at}*` }] : []),
  ];
}

const policy = (name: string, document: Json): Json => ({
  PolicyName: name,
  PolicyId: `ANPA${name}`,
  Arn: arn(`policy/${name}`),
  DefaultVersionId: 'v1',
  PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: document }],
});

const attached = (name: string): Json => ({ PolicyName: name, PolicyArn: arn(`policy/${name}`) });

export function largeAccount(users: number, roles: number, policies: number): Json {
  const own = { Effect: 'Allow', Action: 'iam:*AccessKey*', Resource: 'arn:aws:iam::*:user/${aws:username}' };
  return {
    UserDetailList: times(users, (at) => ({
      UserName: `user-${at}`,
      UserId: `AIDA${at}`,
      Arn: arn(`user/user-${at}`),
      GroupList: ['everyone'],
      AttachedManagedPolicies: [attached(`policy-${at % policies}`)],
    })),
    GroupDetailList: [
      {
        GroupName: 'everyone',
        GroupId: 'AGPA1',
        Arn: arn('group/everyone'),
        AttachedManagedPolicies: [attached('own-keys')],
      },
    ],
    RoleDetailList: times(roles, (at) => ({
      RoleName: `role-${at}`,
      RoleId: `AROA${at}`,
      Arn: arn(`role/role-${at}`),
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: arn('root') }, Action: 'sts:AssumeRole' }],
      },
      RolePolicyList: [
        {
          PolicyName: 'next',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: arn(`role/role-${(at + 1) % roles}`) }],
          },
        },
      ],
      AttachedManagedPolicies: [attached(`policy-${at % policies}`)],
    })),
    Policies: [
      ...times(policies, (at) => policy(`policy-${at}`, { Version: '2012-10-17', Statement: statements(at) })),
      policy('own-keys', { Version: '2012-10-17', Statement: [own] }),
    ],
  };
}
