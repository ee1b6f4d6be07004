import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { decide } from '../support/oracle/index.ts';
import type { Json } from './aws-support/iam-evaluator.ts';
import type { LoadedGraph } from './aws-support/loaded-graph.ts';
import { ACCOUNT, allow, arn, deny, group, loadEstate, policy, role, user } from './aws-support/small-estate.ts';

const ROOT = { AWS: arn('root') };
const VICTIM = arn('user/victim');
const TARGET = arn('role/target');
const BUCKET = 'arn:aws:s3:::secrets';
const EVERYTHING = `aws:${ACCOUNT}:*`;

/** What each path takes, and who goes it. */
const PATHS: Readonly<Record<string, readonly [who: 'user' | 'role', ...permissions: string[]]>> = {
  'apprunner-001': ['user', 'iam:PassRole', 'apprunner:CreateService'],
  'apprunner-002': ['user', 'apprunner:UpdateService'],
  'bedrock-001': [
    'user',
    'iam:PassRole',
    ...agentcore('CreateCodeInterpreter', 'StartCodeInterpreterSession', 'InvokeCodeInterpreter'),
  ],
  'bedrock-002': ['user', ...agentcore('StartCodeInterpreterSession', 'InvokeCodeInterpreter')],
  'cloudformation-001': ['user', 'iam:PassRole', 'cloudformation:CreateStack'],
  'cloudformation-002': ['user', 'cloudformation:UpdateStack'],
  'cloudformation-003': [
    'user',
    'iam:PassRole',
    'cloudformation:CreateStackSet',
    'cloudformation:CreateStackInstances',
  ],
  'cloudformation-004': ['user', 'iam:PassRole', 'cloudformation:UpdateStackSet'],
  'cloudformation-005': ['user', 'cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'],
  'codebuild-001': ['user', 'iam:PassRole', 'codebuild:CreateProject', 'codebuild:StartBuild'],
  'codebuild-002': ['user', 'codebuild:StartBuild'],
  'codebuild-003': ['user', 'codebuild:StartBuildBatch'],
  'codebuild-004': ['user', 'iam:PassRole', 'codebuild:CreateProject', 'codebuild:StartBuildBatch'],
  'datapipeline-001': [
    'user',
    'iam:PassRole',
    'datapipeline:CreatePipeline',
    'datapipeline:PutPipelineDefinition',
    'datapipeline:ActivatePipeline',
  ],
  'ec2-001': ['user', 'iam:PassRole', 'ec2:RunInstances'],
  'ec2-002': ['user', 'ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances'],
  'ec2-003': ['user', 'iam:PassRole', 'ec2:RequestSpotInstances'],
  'ec2-004': ['user', 'ec2:CreateLaunchTemplateVersion', 'ec2:ModifyLaunchTemplate'],
  'ec2instanceconnect-003': ['user', 'ec2-instance-connect:SendSSHPublicKey', 'ec2:DescribeInstances'],
  'ecs-001': ['user', 'iam:PassRole', 'ecs:CreateCluster', 'ecs:RegisterTaskDefinition', 'ecs:CreateService'],
  'ecs-002': ['user', 'iam:PassRole', 'ecs:CreateCluster', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'],
  'ecs-003': ['user', 'iam:PassRole', 'ecs:RegisterTaskDefinition', 'ecs:CreateService'],
  'ecs-004': ['user', 'iam:PassRole', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'],
  'ecs-005': ['user', 'iam:PassRole', 'ecs:RegisterTaskDefinition', 'ecs:StartTask'],
  'glue-001': ['user', 'iam:PassRole', 'glue:CreateDevEndpoint'],
  'glue-002': ['user', 'glue:UpdateDevEndpoint'],
  'glue-003': ['user', 'iam:PassRole', 'glue:CreateJob', 'glue:StartJobRun'],
  'glue-004': ['user', 'iam:PassRole', 'glue:CreateJob', 'glue:CreateTrigger'],
  'glue-005': ['user', 'iam:PassRole', 'glue:UpdateJob', 'glue:StartJobRun'],
  'glue-006': ['user', 'iam:PassRole', 'glue:UpdateJob', 'glue:CreateTrigger'],
  'iam-001': ['user', 'iam:CreatePolicyVersion'],
  'iam-002': ['user', 'iam:CreateAccessKey'],
  'iam-003': ['user', 'iam:CreateAccessKey', 'iam:DeleteAccessKey'],
  'iam-004': ['user', 'iam:CreateLoginProfile'],
  'iam-005': ['role', 'iam:PutRolePolicy'],
  'iam-006': ['user', 'iam:UpdateLoginProfile'],
  'iam-007': ['user', 'iam:PutUserPolicy'],
  'iam-008': ['user', 'iam:AttachUserPolicy'],
  'iam-009': ['role', 'iam:AttachRolePolicy'],
  'iam-010': ['user', 'iam:AttachGroupPolicy'],
  'iam-011': ['user', 'iam:PutGroupPolicy'],
  'iam-012': ['user', 'iam:UpdateAssumeRolePolicy'],
  'iam-013': ['user', 'iam:AddUserToGroup'],
  'iam-014': ['user', 'iam:AttachRolePolicy', 'sts:AssumeRole'],
  'iam-015': ['user', 'iam:AttachUserPolicy', 'iam:CreateAccessKey'],
  'iam-016': ['user', 'iam:CreatePolicyVersion', 'sts:AssumeRole'],
  'iam-017': ['user', 'iam:PutRolePolicy', 'sts:AssumeRole'],
  'iam-018': ['user', 'iam:PutUserPolicy', 'iam:CreateAccessKey'],
  'iam-019': ['user', 'iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy'],
  'iam-020': ['user', 'iam:CreatePolicyVersion', 'iam:UpdateAssumeRolePolicy'],
  'iam-021': ['user', 'iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy'],
  'lambda-001': ['user', 'iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'],
  'lambda-002': ['user', 'iam:PassRole', 'lambda:CreateFunction', 'lambda:CreateEventSourceMapping'],
  'lambda-003': ['user', 'lambda:UpdateFunctionCode'],
  'lambda-004': ['user', 'lambda:UpdateFunctionCode', 'lambda:InvokeFunction'],
  'lambda-005': ['user', 'lambda:UpdateFunctionCode', 'lambda:AddPermission'],
  'lambda-006': ['user', 'iam:PassRole', 'lambda:CreateFunction', 'lambda:AddPermission'],
  'sagemaker-001': ['user', 'iam:PassRole', 'sagemaker:CreateNotebookInstance'],
  'sagemaker-002': ['user', 'iam:PassRole', 'sagemaker:CreateTrainingJob'],
  'sagemaker-003': ['user', 'iam:PassRole', 'sagemaker:CreateProcessingJob'],
  'sagemaker-004': ['user', 'sagemaker:CreatePresignedNotebookInstanceUrl'],
  'sagemaker-005': [
    'user',
    'sagemaker:CreateNotebookInstanceLifecycleConfig',
    'sagemaker:StopNotebookInstance',
    'sagemaker:UpdateNotebookInstance',
    'sagemaker:StartNotebookInstance',
  ],
  'ssm-001': ['user', 'ssm:StartSession'],
  'ssm-002': ['user', 'ssm:SendCommand'],
  'sts-001': ['user', 'sts:AssumeRole'],
};

function agentcore(...names: readonly string[]): readonly string[] {
  return names.map((name) => `bedrock-agentcore:${name}`);
}

/** Services that the target may trust, by the paths that need it. */
const SERVICE: Readonly<Record<string, string>> = {
  apprunner: 'tasks.apprunner.amazonaws.com',
  bedrock: 'bedrock-agentcore.amazonaws.com',
  cloudformation: 'cloudformation.amazonaws.com',
  codebuild: 'codebuild.amazonaws.com',
  datapipeline: 'datapipeline.amazonaws.com',
  ec2: 'ec2.amazonaws.com',
  ec2instanceconnect: 'ec2.amazonaws.com',
  ecs: 'ecs-tasks.amazonaws.com',
  glue: 'glue.amazonaws.com',
  lambda: 'lambda.amazonaws.com',
  sagemaker: 'sagemaker.amazonaws.com',
  ssm: 'ec2.amazonaws.com',
};

interface Setting {
  /** Service that the target trusts. */
  readonly service?: string | undefined;
  readonly trustsAccount?: boolean;
  readonly inGroup?: boolean;
  readonly policiesAttached?: boolean;
}

/** Somebody with just these permissions, somebody else to take over, and a role that only it can read the bucket as. */
function estateOf(who: 'user' | 'role', permissions: readonly string[], setting: Setting = {}) {
  const { service, trustsAccount = true, inGroup = true, policiesAttached = true } = setting;
  const statements = permissions.length === 0 ? [] : [allow(permissions)];
  const others = policiesAttached ? [arn('policy/others')] : [];
  const held = { statements, attached: policiesAttached ? [arn('policy/hers')] : [] };
  const trusts = {
    ...(service === undefined ? { Service: 'backup.amazonaws.com' } : { Service: service }),
    ...(trustsAccount ? ROOT : {}),
  };
  return loadEstate({
    users: [
      ...(who === 'user' ? [user('mallory', { ...held, groups: inGroup ? ['team'] : [] })] : []),
      user('victim', { attached: others }),
    ],
    groups: [group('team'), group('admins', { statements: [allow('s3:*')] })],
    roles: [
      ...(who === 'role' ? [role('mallory', { Service: 'backup.amazonaws.com' }, held)] : []),
      role('target', trusts, { statements: [allow('s3:GetObject', `${BUCKET}/*`)], attached: others, profile: true }),
    ],
    policies: [policy('hers', [allow('health:Describe*')]), policy('others', [allow('health:Describe*')])],
  });
}

const techniques = (graph: LoadedGraph): readonly string[] =>
  [...graph.edges('CONTROLS'), ...graph.edges('CAN_ASSUME')]
    .filter(({ from, kind }) => from.endsWith('/mallory') && (kind === 'CONTROLS' || from.includes(':user/')))
    .map(({ technique }) => (technique === 'sts:AssumeRole' ? 'sts-001' : technique!.split(' ')[0]!));

const escalated = (graph: LoadedGraph, action: string, resource: string, identity = arn('user/mallory')) =>
  decide(graph.graph, { identity, action, resource, reach: 'ESCALATION' });

describe('each known path', () => {
  for (const [id, [who, ...permissions]] of Object.entries(PATHS)) {
    const service = SERVICE[id.split('-')[0]!];

    it(`${id} is found with its permissions, and not with one less`, async () => {
      expect(techniques(await estateOf(who, permissions, { service }))).toContain(id);
      for (const lacking of permissions) {
        const rest = permissions.filter((permission) => permission !== lacking);
        expect([lacking, techniques(await estateOf(who, rest, { service }))]).not.toEqual([
          lacking,
          expect.arrayContaining([id]),
        ]);
      }
    });

    if (service !== undefined)
      it(`${id} is not found where no role trusts the service`, async () => {
        expect(techniques(await estateOf(who, permissions))).not.toContain(id);
      });
  }

  it('needs the policy to be attached, the group to be joined, the role to trust', async () => {
    const lacking: readonly (readonly [string, Setting])[] = [
      ['iam-001', { policiesAttached: false }],
      ['iam-010', { inGroup: false }],
      ['iam-011', { inGroup: false }],
      ['iam-014', { trustsAccount: false }],
      ['iam-016', { policiesAttached: false }],
      ['iam-016', { trustsAccount: false }],
      ['iam-017', { trustsAccount: false }],
      ['iam-020', { policiesAttached: false }],
      ['sts-001', { trustsAccount: false }],
    ];
    for (const [id, setting] of lacking) {
      const [who, ...permissions] = PATHS[id]!;
      expect([id, techniques(await estateOf(who, permissions, setting))]).not.toEqual([
        id,
        expect.arrayContaining([id]),
      ]);
    }
  });
});

const CATALOGUE = fileURLToPath(new URL('../../../shared/data/aws/escalation-paths', import.meta.url));

describe.skipIf(!existsSync(CATALOGUE))('the catalogue of paths', () => {
  it('asks for the same permissions', () => {
    const files = readdirSync(CATALOGUE).filter((name) => name.endsWith('.yaml'));
    expect(files).toHaveLength(42);
    for (const file of files) {
      // Some files repeat a key that does not matter here.
      const path = parse(readFileSync(`${CATALOGUE}/${file}`, 'utf8'), { uniqueKeys: false }) as Json;
      const required = path['permissions']['required'].map((one: Json) => one['permission'] as string);
      expect([path['id'], PATHS[path['id']]?.slice(1).sort()]).toEqual([path['id'], required.sort()]);
    }
  });
});

describe('what is gained', () => {
  const READ = ['s3:GetObject', `${BUCKET}/*`] as const;

  it('is the role that is passed, and what it may do', async () => {
    const graph = await estateOf('user', PATHS['lambda-001']!.slice(1), { service: SERVICE['lambda'] });
    expect(escalated(graph, ...READ)).toBe('ALLOWED');
    expect(graph.check(arn('user/mallory'), ...READ)).toBe('NONE');
    expect(escalated(graph, 's3:PutObject', `${BUCKET}/*`)).toBe('NONE');
  });

  it('depends on what the files do not tell', async () => {
    const graph = await estateOf('user', ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction'], {
      service: SERVICE['lambda'],
    });
    expect(escalated(graph, ...READ)).toBe('CONDITIONAL');
    const keys = await estateOf('user', ['iam:CreateAccessKey']);
    expect(keys.edges('CONTROLS', { to: VICTIM })[0]!.condition).toBe('the user has fewer than two access keys');
  });

  it('is everything in the account, where one rewrites oneself, within what bounds one', async () => {
    const boundary = arn('policy/bound');
    const graph = await loadEstate({
      users: [
        user('mallory', { statements: [allow('iam:PutUserPolicy')] }),
        user('bound', { statements: [allow('iam:PutUserPolicy'), deny('s3:DeleteBucket')], boundary }),
      ],
      policies: [policy('bound', [allow(['iam:*', 's3:*'])])],
    });
    expect(escalated(graph, 'ec2:RunInstances', EVERYTHING)).toBe('ALLOWED');
    expect(escalated(graph, 'ec2:RunInstances', EVERYTHING, arn('user/bound'))).toBe('DENIED');
    expect(escalated(graph, 's3:GetObject', EVERYTHING, arn('user/bound'))).toBe('ALLOWED');
    expect(escalated(graph, 's3:DeleteBucket', EVERYTHING, arn('user/bound'))).toBe('DENIED');
  });

  it('is everything as another, within what bounds that other', async () => {
    const graph = await loadEstate({
      users: [
        user('mallory', {
          statements: [allow(['iam:PutUserPolicy', 'iam:CreateAccessKey', 'iam:DeleteAccessKey'], VICTIM)],
        }),
        user('victim', { boundary: arn('policy/bound') }),
      ],
      policies: [policy('bound', [allow('s3:*')])],
    });
    expect(escalated(graph, 's3:GetObject', EVERYTHING)).toBe('ALLOWED');
    expect(escalated(graph, 'ec2:RunInstances', EVERYTHING)).toBe('DENIED');
  });

  it('is a group, conditionally where the user itself is held back', async () => {
    const join = [allow('iam:AddUserToGroup')];
    const graph = await loadEstate({
      users: [
        user('mallory', { statements: join }),
        user('bound', { statements: join, boundary: arn('policy/bound') }),
      ],
      groups: [group('admins', { statements: [allow('*')] })],
      policies: [policy('bound', [allow('iam:*')])],
    });
    expect(escalated(graph, 's3:GetObject', EVERYTHING)).toBe('ALLOWED');
    expect(escalated(graph, 's3:GetObject', EVERYTHING, arn('user/bound'))).toBe('CONDITIONAL');
  });
});

const LAMBDA = { Service: 'lambda.amazonaws.com' };
const functions = (name: string): string => `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:${name}`;

/** Whether somebody with these statements can pass the role to Lambda: by a condition, surely or not at all. */
async function passed(statements: readonly Json[], more: Parameters<typeof user>[1] = {}): Promise<string> {
  const graph = await loadEstate({
    users: [user('mallory', { statements, ...more })],
    roles: [role('target', LAMBDA)],
    policies: [policy('bound', [allow(['iam:PassRole', 'lambda:CreateFunction'])])],
  });
  const [edge] = graph.edges('CONTROLS', { to: TARGET }).filter(({ technique }) => technique!.startsWith('lambda-001'));
  return edge === undefined ? 'not' : (edge.condition ?? 'surely');
}

describe('who holds the permissions', () => {
  const CODE = allow(['lambda:CreateFunction', 'lambda:InvokeFunction']);
  const PASS = allow('iam:PassRole');
  const passedTo = (operator: string, service: string): Json => ({
    ...PASS,
    Condition: { [operator]: { 'iam:PassedToService': service } },
  });

  it('is asked of the role that is passed, and of the service that it is passed to', async () => {
    expect(await passed([CODE, PASS])).toBe('surely');
    expect(await passed([CODE, allow('iam:PassRole', arn('role/other'))])).toBe('not');
    expect(await passed([CODE, allow('iam:PassRole', arn('role/tar*'))])).toBe('surely');
    expect(await passed([CODE, passedTo('StringEquals', 'lambda.amazonaws.com')])).toBe('surely');
    expect(await passed([CODE, passedTo('StringLike', '*.amazonaws.com')])).toBe('surely');
    expect(await passed([CODE, passedTo('StringEquals', 'ec2.amazonaws.com')])).toBe('not');
    expect(await passed([CODE, passedTo('StringNotEquals', 'lambda.amazonaws.com')])).toBe('not');
    expect(await passed([CODE, passedTo('ArnLike', 'lambda.amazonaws.com')])).toContain('iam:PassedToService');
  });

  it('minds denials, conditions and boundaries', async () => {
    expect(await passed([CODE, PASS, deny('iam:PassRole', TARGET)])).toBe('not');
    expect(await passed([CODE, PASS, deny('iam:PassRole', arn('role/other'))])).toBe('surely');
    expect(
      await passed([
        CODE,
        PASS,
        { ...deny('iam:PassRole'), Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } },
      ]),
    ).toMatch(/^unless /);
    expect(await passed([CODE, PASS], { boundary: arn('policy/bound') })).toBe('not');
    expect(await passed([CODE, PASS], { boundary: arn('policy/unknown') })).toContain('which no file describes');
    expect(await passed([{ ...CODE, Condition: { Bool: { x: 'y' } } }, PASS])).toBe('{"Bool":{"x":"y"}}');
  });

  it('wants one resource on which all steps can be taken', async () => {
    const on = (create: string, invoke: string, ...more: readonly Json[]) =>
      passed([PASS, allow('lambda:CreateFunction', create), allow('lambda:InvokeFunction', invoke), ...more]);
    expect(await on(functions('dev-*'), functions('dev-*'))).toBe('surely');
    expect(await on(functions('dev-*'), functions('*-test'))).toBe('surely');
    expect(await on(functions('dev-*'), functions('prod-*'))).toBe('not');
    expect(await on('arn:aws:s3:::bucket', '*')).toBe('not');
    expect(await on('*', '*', deny('lambda:*', functions('prod-*')))).toBe('surely');
    expect(await on(functions('prod-*'), '*', deny('lambda:*', functions('*')))).toBe('not');
    expect(await on('*', '*', { Effect: 'Deny', Action: 'lambda:*', NotResource: functions('dev-*') })).toBe('surely');
    expect(
      await on(functions('prod-*'), '*', { Effect: 'Deny', Action: 'lambda:*', NotResource: functions('dev-*') }),
    ).toBe('not');
    expect(
      await on('*', functions('prod-*'), {
        Effect: 'Deny',
        Action: 'lambda:CreateFunction',
        Resource: functions('prod-*'),
      }),
    ).toBe('not');
  });

  it('leaves alone what AWS keeps for itself', async () => {
    const linked = await loadEstate({
      users: [user('mallory', { statements: [CODE, PASS, allow('iam:*')] })],
      roles: [role('linked', LAMBDA, { path: '/aws-service-role/lambda.amazonaws.com/' })],
    });
    const kept = linked.edges('CONTROLS').filter(({ to }) => to.includes('role/'));
    expect(kept).toEqual([]);
  });

  it('reads what follows from the user', async () => {
    const own = allow('iam:CreateAccessKey', arn('user/${aws:username}'));
    const graph = await loadEstate({ users: ['a', 'b'].map((name) => user(name, { statements: [own] })) });
    expect(graph.edges('CONTROLS')).toEqual([]);
  });
});

describe('many at once', () => {
  const names = Array.from({ length: 40 }, (_, at) => `user-${at}`);

  it('takes one edge for a group whose members all have it, and one node for all whom they gain', async () => {
    const graph = await loadEstate({
      users: names.map((name) => user(name, { groups: ['helpdesk'] })),
      groups: [group('helpdesk', { statements: [allow(['iam:CreateAccessKey', 'iam:DeleteAccessKey'])] })],
    });
    const controls = graph.edges('CONTROLS');
    expect(controls.map(({ from }) => from)).toEqual([arn('group/helpdesk'), arn('group/helpdesk')]);
    expect(new Set(controls.map(({ to }) => to)).size).toBe(1);
    expect(graph.edges('CAN_ASSUME', { from: controls[0]!.to })).toHaveLength(40);
    expect(controls[0]!.evidence).toContain('inline policy inline of');
  });

  it('draws from each where one of the members is kept from it', async () => {
    const graph = await loadEstate({
      users: names.map((name, at) =>
        user(name, { groups: ['helpdesk'], statements: at === 0 ? [deny('iam:CreateAccessKey')] : [] }),
      ),
      groups: [group('helpdesk', { statements: [allow('iam:CreateAccessKey')] })],
    });
    const froms = graph.edges('CONTROLS').map(({ from }) => from);
    expect(froms).toHaveLength(39);
    expect(froms).not.toContain(arn('user/user-0'));
  });

  it('leads an administrator to the roles that may become roles of other accounts, and gives what those have there', async () => {
    const away = '444455556666';
    const graph = await loadEstate({
      users: [user('mallory', { statements: [allow('*')] })],
      roles: [
        role('bridge', LAMBDA, { statements: [allow('sts:AssumeRole')] }),
        role('far', { AWS: arn('role/bridge') }, { account: away, statements: [allow('s3:*')] }),
      ],
    });
    expect(escalated(graph, 's3:GetObject', `aws:${away}:*`)).toBe('ALLOWED');
    expect(escalated(graph, 'ec2:RunInstances', `aws:${away}:*`)).toBe('NONE');
  });
});
