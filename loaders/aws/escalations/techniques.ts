/**
 * The known ways to more access inside an AWS account, as a table: what must be held, on what, and what is gained. The ids
 * are those of the catalogue at pathfinding.cloud, by which each can be looked up.
 */

/** An action and a pattern of the resources that it is taken on; `ACCOUNT` stands for the account. */
export type Step = readonly [action: string, kind: string];

const FUNCTION = 'arn:*:lambda:*:ACCOUNT:function:*';
const INSTANCE = 'arn:*:ec2:*:ACCOUNT:instance/*';
const TEMPLATE = 'arn:*:ec2:*:ACCOUNT:launch-template/*';
const PROJECT = 'arn:*:codebuild:*:ACCOUNT:project/*';
const STACK = 'arn:*:cloudformation:*:ACCOUNT:stack/*';
const STACK_SET = 'arn:*:cloudformation:*:ACCOUNT:stackset/*';
const NOTEBOOK = 'arn:*:sagemaker:*:ACCOUNT:notebook-instance/*';
const LIFECYCLE = 'arn:*:sagemaker:*:ACCOUNT:notebook-instance-lifecycle-config/*';
const CLUSTER = 'arn:*:ecs:*:ACCOUNT:cluster/*';
const TASK_DEFINITION = 'arn:*:ecs:*:ACCOUNT:task-definition/*';
const ECS_SERVICE = 'arn:*:ecs:*:ACCOUNT:service/*';
const JOB = 'arn:*:glue:*:ACCOUNT:job/*';
const TRIGGER = 'arn:*:glue:*:ACCOUNT:trigger/*';
const ENDPOINT = 'arn:*:glue:*:ACCOUNT:devEndpoint/*';
const APP = 'arn:*:apprunner:*:ACCOUNT:service/*';
const INTERPRETER = 'arn:*:bedrock-agentcore:*:*:code-interpreter*';
/** For actions that are taken on no resource: only patterns that match everything allow them. */
const NO_RESOURCE = '-';
const of = (service: string): string => `arn:*:${service}:*:*:*`;

/** Programs that run as a role: of one's own making, with a role passed to them, or such as are there. */
export interface RunAs {
  readonly id: string;
  /** Services that act as the role: its trust policy must name one of them. */
  readonly services: readonly string[];
  /** True where the role is chosen, which takes `iam:PassRole` on it. */
  readonly passes: boolean;
  /** Values that `iam:PassedToService` may have, where they differ from the services. */
  readonly passedTo?: readonly string[];
  /** True where the role must be in an instance profile. */
  readonly profile?: true;
  readonly steps: readonly Step[];
  /** What must be so besides, and is not in the files. */
  readonly given?: string;
}

const passing = (id: string, service: string, steps: readonly Step[], more: Partial<RunAs> = {}): RunAs => ({
  id,
  services: [service],
  passes: true,
  steps,
  ...more,
});
const existing = (
  id: string,
  service: string,
  steps: readonly Step[],
  given: string,
  more: Partial<RunAs> = {},
): RunAs => ({
  id,
  services: [service],
  passes: false,
  steps,
  given,
  ...more,
});

const LAMBDA = 'lambda.amazonaws.com';
const EC2 = 'ec2.amazonaws.com';
const ECS = 'ecs-tasks.amazonaws.com';
const GLUE = 'glue.amazonaws.com';
const BUILD = 'codebuild.amazonaws.com';
const CLOUDFORMATION = 'cloudformation.amazonaws.com';
const SAGEMAKER = 'sagemaker.amazonaws.com';
const AGENTCORE = 'bedrock-agentcore.amazonaws.com';
const APP_TASKS = 'tasks.apprunner.amazonaws.com';
const IN_PROFILE = { profile: true } as const;

const NEW_CODE = 'lambda:CreateFunction';
const START_SESSION: Step = ['bedrock-agentcore:StartCodeInterpreterSession', INTERPRETER];
const INVOKE_SESSION: Step = ['bedrock-agentcore:InvokeCodeInterpreter', INTERPRETER];
const REGISTER: Step = ['ecs:RegisterTaskDefinition', TASK_DEFINITION];
const MAKE_CLUSTER: Step = ['ecs:CreateCluster', CLUSTER];
const MAKE_SERVICE: Step = ['ecs:CreateService', ECS_SERVICE];
const RUN_TASK: Step = ['ecs:RunTask', TASK_DEFINITION];
const CHANGE_CODE: Step = ['lambda:UpdateFunctionCode', FUNCTION];

const A_FUNCTION = 'a function runs as the role';
const A_MACHINE = 'an instance runs with the role';
const A_NOTEBOOK = 'a notebook instance runs as the role';
const A_PROJECT = 'a build project runs as the role and takes build commands from whoever starts it';
const A_CLUSTER = 'there is a cluster to run tasks in';
const A_JOB = 'there is a job to change';

export const RUN_AS: readonly RunAs[] = [
  passing('apprunner-001', APP_TASKS, [['apprunner:CreateService', APP]], {
    passedTo: [APP_TASKS, 'apprunner.amazonaws.com'],
  }),
  existing('apprunner-002', APP_TASKS, [['apprunner:UpdateService', APP]], 'a service of App Runner runs as the role'),
  passing('bedrock-001', AGENTCORE, [
    ['bedrock-agentcore:CreateCodeInterpreter', of('bedrock-agentcore')],
    START_SESSION,
    INVOKE_SESSION,
  ]),
  existing('bedrock-002', AGENTCORE, [START_SESSION, INVOKE_SESSION], 'a code interpreter runs as the role'),
  passing('cloudformation-001', CLOUDFORMATION, [['cloudformation:CreateStack', STACK]]),
  existing(
    'cloudformation-002',
    CLOUDFORMATION,
    [['cloudformation:UpdateStack', STACK]],
    'a stack was made with the role',
  ),
  passing('cloudformation-003', CLOUDFORMATION, [
    ['cloudformation:CreateStackSet', STACK_SET],
    ['cloudformation:CreateStackInstances', STACK_SET],
  ]),
  passing('cloudformation-004', CLOUDFORMATION, [['cloudformation:UpdateStackSet', STACK_SET]], {
    given: 'there is a stack set to change',
  }),
  existing(
    'cloudformation-005',
    CLOUDFORMATION,
    [
      ['cloudformation:CreateChangeSet', STACK],
      ['cloudformation:ExecuteChangeSet', STACK],
    ],
    'a stack was made with the role',
  ),
  passing('codebuild-001', BUILD, [
    ['codebuild:CreateProject', PROJECT],
    ['codebuild:StartBuild', PROJECT],
  ]),
  existing('codebuild-002', BUILD, [['codebuild:StartBuild', PROJECT]], A_PROJECT),
  existing('codebuild-003', BUILD, [['codebuild:StartBuildBatch', PROJECT]], `${A_PROJECT}, in batches`),
  passing('codebuild-004', BUILD, [
    ['codebuild:CreateProject', PROJECT],
    ['codebuild:StartBuildBatch', PROJECT],
  ]),
  passing(
    'datapipeline-001',
    'datapipeline.amazonaws.com',
    [
      ['datapipeline:CreatePipeline', of('datapipeline')],
      ['datapipeline:PutPipelineDefinition', of('datapipeline')],
      ['datapipeline:ActivatePipeline', of('datapipeline')],
    ],
    { services: ['datapipeline.amazonaws.com', 'elasticmapreduce.amazonaws.com'] },
  ),
  passing('ec2-001', EC2, [['ec2:RunInstances', INSTANCE]], IN_PROFILE),
  existing(
    'ec2-002',
    EC2,
    [
      ['ec2:ModifyInstanceAttribute', INSTANCE],
      ['ec2:StopInstances', INSTANCE],
      ['ec2:StartInstances', INSTANCE],
    ],
    A_MACHINE,
    IN_PROFILE,
  ),
  passing('ec2-003', EC2, [['ec2:RequestSpotInstances', of('ec2')]], IN_PROFILE),
  existing(
    'ec2-004',
    EC2,
    [
      ['ec2:CreateLaunchTemplateVersion', TEMPLATE],
      ['ec2:ModifyLaunchTemplate', TEMPLATE],
    ],
    'instances are started from a launch template with the role',
    IN_PROFILE,
  ),
  existing(
    'ec2instanceconnect-003',
    EC2,
    [
      ['ec2-instance-connect:SendSSHPublicKey', INSTANCE],
      ['ec2:DescribeInstances', NO_RESOURCE],
    ],
    `${A_MACHINE} and can be reached by SSH`,
    IN_PROFILE,
  ),
  passing('ecs-001', ECS, [MAKE_CLUSTER, REGISTER, MAKE_SERVICE]),
  passing('ecs-002', ECS, [MAKE_CLUSTER, REGISTER, RUN_TASK]),
  passing('ecs-003', ECS, [REGISTER, MAKE_SERVICE], { given: A_CLUSTER }),
  passing('ecs-004', ECS, [REGISTER, RUN_TASK], { given: A_CLUSTER }),
  passing('ecs-005', ECS, [REGISTER, ['ecs:StartTask', TASK_DEFINITION]], {
    given: 'there is a cluster with a machine of its own to run tasks on',
  }),
  passing('glue-001', GLUE, [['glue:CreateDevEndpoint', ENDPOINT]]),
  existing('glue-002', GLUE, [['glue:UpdateDevEndpoint', ENDPOINT]], 'a development endpoint runs as the role'),
  passing('glue-003', GLUE, [
    ['glue:CreateJob', JOB],
    ['glue:StartJobRun', JOB],
  ]),
  passing('glue-004', GLUE, [
    ['glue:CreateJob', JOB],
    ['glue:CreateTrigger', TRIGGER],
  ]),
  passing(
    'glue-005',
    GLUE,
    [
      ['glue:UpdateJob', JOB],
      ['glue:StartJobRun', JOB],
    ],
    { given: A_JOB },
  ),
  passing(
    'glue-006',
    GLUE,
    [
      ['glue:UpdateJob', JOB],
      ['glue:CreateTrigger', TRIGGER],
    ],
    { given: A_JOB },
  ),
  passing('lambda-001', LAMBDA, [
    [NEW_CODE, FUNCTION],
    ['lambda:InvokeFunction', FUNCTION],
  ]),
  passing(
    'lambda-002',
    LAMBDA,
    [
      [NEW_CODE, FUNCTION],
      ['lambda:CreateEventSourceMapping', of('lambda')],
    ],
    { given: 'there is a stream or queue of which the function can be told' },
  ),
  existing('lambda-003', LAMBDA, [CHANGE_CODE], `${A_FUNCTION}, and something calls it`),
  existing('lambda-004', LAMBDA, [CHANGE_CODE, ['lambda:InvokeFunction', FUNCTION]], A_FUNCTION),
  existing('lambda-005', LAMBDA, [CHANGE_CODE, ['lambda:AddPermission', FUNCTION]], A_FUNCTION),
  passing('lambda-006', LAMBDA, [
    [NEW_CODE, FUNCTION],
    ['lambda:AddPermission', FUNCTION],
  ]),
  passing('sagemaker-001', SAGEMAKER, [['sagemaker:CreateNotebookInstance', NOTEBOOK]]),
  passing('sagemaker-002', SAGEMAKER, [['sagemaker:CreateTrainingJob', of('sagemaker')]]),
  passing('sagemaker-003', SAGEMAKER, [['sagemaker:CreateProcessingJob', of('sagemaker')]]),
  existing('sagemaker-004', SAGEMAKER, [['sagemaker:CreatePresignedNotebookInstanceUrl', NOTEBOOK]], A_NOTEBOOK),
  existing(
    'sagemaker-005',
    SAGEMAKER,
    [
      ['sagemaker:CreateNotebookInstanceLifecycleConfig', LIFECYCLE],
      ['sagemaker:StopNotebookInstance', NOTEBOOK],
      ['sagemaker:UpdateNotebookInstance', NOTEBOOK],
      ['sagemaker:StartNotebookInstance', NOTEBOOK],
    ],
    A_NOTEBOOK,
  ),
  existing(
    'ssm-001',
    EC2,
    [['ssm:StartSession', INSTANCE]],
    `${A_MACHINE} and the agent of Systems Manager`,
    IN_PROFILE,
  ),
  existing(
    'ssm-002',
    EC2,
    [['ssm:SendCommand', INSTANCE]],
    `${A_MACHINE} and the agent of Systems Manager`,
    IN_PROFILE,
  ),
];

/** Becoming a principal: with credentials that one makes for it, or by rewriting who may assume it. */
export interface Become {
  readonly id: string;
  readonly of: 'user' | 'role';
  readonly actions: readonly string[];
  readonly given?: string;
}

const FEW_KEYS = 'the user has fewer than two access keys';

export const BECOME: readonly Become[] = [
  { id: 'iam-002', of: 'user', actions: ['iam:CreateAccessKey'], given: FEW_KEYS },
  { id: 'iam-003', of: 'user', actions: ['iam:CreateAccessKey', 'iam:DeleteAccessKey'] },
  { id: 'iam-004', of: 'user', actions: ['iam:CreateLoginProfile'], given: 'the user has no password yet' },
  { id: 'iam-006', of: 'user', actions: ['iam:UpdateLoginProfile'], given: 'the user has a password' },
  { id: 'iam-012', of: 'role', actions: ['iam:UpdateAssumeRolePolicy'] },
];

/** Giving a principal whatever one likes. */
export interface Rewrite {
  readonly id: string;
  /** Whom it gives more to. */
  readonly of: 'user' | 'role';
  readonly action: string;
  /** What it is done to: the principal itself, one of its groups, or a policy that the account wrote and it has. */
  readonly on: 'itself' | 'group' | 'policy';
}

export const REWRITE: readonly Rewrite[] = [
  { id: 'iam-001', of: 'user', action: 'iam:CreatePolicyVersion', on: 'policy' },
  { id: 'iam-001', of: 'role', action: 'iam:CreatePolicyVersion', on: 'policy' },
  { id: 'iam-005', of: 'role', action: 'iam:PutRolePolicy', on: 'itself' },
  { id: 'iam-007', of: 'user', action: 'iam:PutUserPolicy', on: 'itself' },
  { id: 'iam-008', of: 'user', action: 'iam:AttachUserPolicy', on: 'itself' },
  { id: 'iam-009', of: 'role', action: 'iam:AttachRolePolicy', on: 'itself' },
  { id: 'iam-010', of: 'user', action: 'iam:AttachGroupPolicy', on: 'group' },
  { id: 'iam-011', of: 'user', action: 'iam:PutGroupPolicy', on: 'group' },
];

/** Ids of what is both rewritten and become, by the two. `assume` is to assume it as it is. */
const TOGETHER: Readonly<Record<string, string>> = {
  'iam-009 assume': 'iam-014',
  'iam-008 iam-002': 'iam-015',
  'iam-008 iam-003': 'iam-015',
  'iam-001 assume': 'iam-016',
  'iam-005 assume': 'iam-017',
  'iam-007 iam-002': 'iam-018',
  'iam-007 iam-003': 'iam-018',
  'iam-009 iam-012': 'iam-019',
  'iam-001 iam-012': 'iam-020',
  'iam-005 iam-012': 'iam-021',
};

/** `iam-014 iam:AttachRolePolicy + sts:AssumeRole`. */
export function togetherTechnique(rewrite: Rewrite, become: Become | 'assume'): string {
  const by = become === 'assume' ? { id: 'assume', actions: ['sts:AssumeRole'] } : become;
  const id = TOGETHER[`${rewrite.id} ${by.id}`] ?? (become === 'assume' ? rewrite.id : `${rewrite.id} with ${by.id}`);
  return techniqueOf(id, [rewrite.action, ...by.actions]);
}

/** Joining a group: the one way that gives a part of the account rather than a principal. */
export const JOIN = { id: 'iam-013', action: 'iam:AddUserToGroup' } as const;

/** `lambda-003 lambda:UpdateFunctionCode`: how an edge names a way. */
export const techniqueOf = (id: string, actions: readonly string[]): string => `${id} ${actions.join(' + ')}`;

/** The service principals of China have an ending of their own. */
export const isService = (principal: string, service: string): boolean =>
  principal === service || principal === `${service}.cn`;

export const runAsTechnique = ({ id, passes, steps }: RunAs): string =>
  techniqueOf(id, [...(passes ? ['iam:PassRole'] : []), ...steps.map(([action]) => action)]);
