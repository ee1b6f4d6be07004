/** Actions of AWS services, on what the loader knows of an account: the ARNs and patterns of its policies. */
import type { SensitivityRule } from './rule.ts';

/** What is said of actions: name, resource types, actions, weight, reason. */
type Line = readonly [name: string, types: string, actions: readonly string[], weight: number, because: string];

const REWRITE_IAM = [
  'iam:AddUserToGroup',
  'iam:Attach*Policy',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:CreatePolicyVersion',
  'iam:Delete*PermissionsBoundary',
  'iam:Put*PermissionsBoundary',
  'iam:Put*Policy',
  'iam:SetDefaultPolicyVersion',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateLoginProfile',
];

const LINES: readonly Line[] = [
  ['rewrite who may do what', 'iam*', REWRITE_IAM, 1, 'Who holds one of these gives itself the rest.'],
  ['pass roles', 'iam*', ['iam:PassRole'], 0.9, 'A service then acts with the role for whoever started it.'],
  [
    'look at identities',
    'iam*',
    ['iam:Get*', 'iam:List*', 'iam:Generate*', 'iam:Simulate*'],
    0.2,
    'Who there is, and the policies.',
  ],
  ['manage identities', 'iam*', ['iam:*'], 0.9, 'Users, roles, policies and identity providers.'],
  ['assume roles', 'sts*', ['sts:AssumeRole*'], 0.9, 'All that the role may do.'],
  // Trust policies stand on roles: a right to assume one names its ARN.
  ['assume roles by ARN', 'iam*', ['sts:AssumeRole*'], 0.9, 'All that the role may do.'],
  ['get sessions', 'sts*', ['sts:*'], 0.2, 'Sessions with what one has already.'],
  [
    'look at the organization',
    'organizations*',
    ['organizations:Describe*', 'organizations:List*'],
    0.2,
    'Accounts and their policies.',
  ],
  [
    'manage the organization',
    'organizations*',
    ['organizations:*'],
    0.9,
    'Policies over whole accounts, and accounts themselves.',
  ],
  ['look at single sign-on', 'sso*', ['sso:Describe*', 'sso:Get*', 'sso:List*'], 0.2, 'Who is assigned where.'],
  [
    'manage single sign-on',
    'sso*',
    ['sso:*', 'sso-directory:*', 'identitystore:*'],
    0.9,
    'Access to every account of the organization.',
  ],
  [
    'decrypt',
    'kms*',
    ['kms:Decrypt', 'kms:ReEncrypt*', 'kms:CreateGrant', 'kms:PutKeyPolicy'],
    0.8,
    'All that the key protects.',
  ],
  [
    'destroy keys',
    'kms*',
    ['kms:DisableKey', 'kms:ScheduleKeyDeletion', 'kms:DeleteImportedKeyMaterial'],
    0.8,
    'What was encrypted is lost.',
  ],
  ['look at keys', 'kms*', ['kms:Describe*', 'kms:Get*', 'kms:List*'], 0.1, 'Which keys there are.'],
  [
    'read secrets',
    'secretsmanager*',
    ['secretsmanager:GetSecretValue', 'secretsmanager:BatchGetSecretValue', 'secretsmanager:PutResourcePolicy'],
    0.9,
    'Passwords and keys.',
  ],
  [
    'look at secrets',
    'secretsmanager*',
    [
      'secretsmanager:Describe*',
      'secretsmanager:List*',
      'secretsmanager:GetRandomPassword',
      'secretsmanager:GetResourcePolicy',
    ],
    0.1,
    'Names without values.',
  ],
  ['manage secrets', 'secretsmanager*', ['secretsmanager:*'], 0.7, 'What others take for the password.'],
  [
    'run commands on machines',
    'ssm*',
    ['ssm:SendCommand', 'ssm:StartSession', 'ssm:StartAutomationExecution'],
    0.8,
    'Commands as the administrator of the machine, with its role.',
  ],
  [
    'run commands on instances',
    'ec2*',
    ['ssm:SendCommand', 'ssm:StartSession', 'ec2-instance-connect:SendSSHPublicKey'],
    0.8,
    'Commands on the machine, with its role.',
  ],
  ['read parameters', 'ssm*', ['ssm:GetParameter*'], 0.6, 'Parameters hold passwords.'],
  ['read objects', 's3*', ['s3:GetObject*'], 0.6, 'The data.'],
  [
    'rewrite access to buckets',
    's3*',
    [
      's3:PutBucketPolicy',
      's3:DeleteBucketPolicy',
      's3:PutBucketAcl',
      's3:PutObjectAcl',
      's3:PutObjectVersionAcl',
      's3:Put*PublicAccessBlock',
      's3:PutAccessPointPolicy',
      's3:PutReplicationConfiguration',
    ],
    0.8,
    'Opens the data to others.',
  ],
  [
    'write and remove objects',
    's3*',
    ['s3:PutObject*', 's3:Delete*', 's3:RestoreObject', 's3:ReplicateObject', 's3:BypassGovernanceRetention'],
    0.6,
    'The data.',
  ],
  ['look at buckets', 's3*', ['s3:List*', 's3:Get*', 's3:Head*'], 0.2, 'Names and settings.'],
  [
    'read and write tables',
    'dynamodb*',
    [
      'dynamodb:GetItem',
      'dynamodb:BatchGet*',
      'dynamodb:Query',
      'dynamodb:Scan',
      'dynamodb:PartiQL*',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
      'dynamodb:BatchWrite*',
      'dynamodb:GetRecords',
      'dynamodb:ExportTable*',
    ],
    0.6,
    'The data.',
  ],
  [
    'use databases',
    'rds*',
    [
      'rds-db:connect',
      'rds-data:*',
      'rds:CopyDBSnapshot',
      'rds:ModifyDBSnapshotAttribute',
      'rds:RestoreDB*',
      'rds:ModifyDB*',
      'rds:Delete*',
    ],
    0.6,
    'The data, and its passwords.',
  ],
  [
    'use warehouses',
    'redshift*',
    ['redshift:GetClusterCredentials*', 'redshift-data:*', 'redshift:ModifyCluster*', 'redshift:Delete*'],
    0.6,
    'The data.',
  ],
  [
    'run code as a role',
    'lambda*',
    [
      'lambda:CreateFunction',
      'lambda:UpdateFunctionCode',
      'lambda:UpdateFunctionConfiguration',
      'lambda:AddPermission',
      'lambda:PublishLayerVersion',
      'lambda:CreateEventSourceMapping',
    ],
    0.7,
    'Code with the role of the function.',
  ],
  ['call functions', 'lambda*', ['lambda:Invoke*'], 0.4, 'What the function does.'],
  [
    'start machines',
    'ec2*',
    ['ec2:RunInstances', 'ec2:ModifyInstanceAttribute', 'ec2:*IamInstanceProfile*', 'ec2:CreateLaunchTemplateVersion'],
    0.7,
    'Programs with the role of the machine.',
  ],
  [
    'copy disks',
    'ec2*',
    [
      'ec2:CreateSnapshot*',
      'ec2:ModifySnapshotAttribute',
      'ec2:CopySnapshot',
      'ec2:AttachVolume',
      'ec2:CreateImage',
      'ec2:ModifyImageAttribute',
    ],
    0.6,
    'The data of the machine.',
  ],
  [
    'build with a stack’s role',
    'cloudformation*',
    [
      'cloudformation:CreateStack*',
      'cloudformation:UpdateStack*',
      'cloudformation:*ChangeSet',
      'cloudformation:SetStackPolicy',
    ],
    0.8,
    'Anything that the role of the stack may do.',
  ],
  [
    'run jobs as a role',
    'codebuild*',
    ['codebuild:CreateProject', 'codebuild:UpdateProject', 'codebuild:StartBuild*'],
    0.7,
    'Programs with the role of the project.',
  ],
  [
    'run notebooks as a role',
    'sagemaker*',
    [
      'sagemaker:CreateNotebookInstance',
      'sagemaker:CreatePresigned*',
      'sagemaker:CreateTrainingJob',
      'sagemaker:CreateProcessingJob',
    ],
    0.7,
    'Programs with the role of the notebook.',
  ],
  [
    'run glue as a role',
    'glue*',
    ['glue:*DevEndpoint', 'glue:CreateJob', 'glue:UpdateJob', 'glue:StartJobRun'],
    0.7,
    'Programs with the role of the job.',
  ],
  [
    'blind the trail',
    'cloudtrail*',
    ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail', 'cloudtrail:UpdateTrail', 'cloudtrail:PutEventSelectors'],
    0.7,
    'What is done then is not seen.',
  ],
  [
    'blind the guard',
    'guardduty*',
    ['guardduty:Delete*', 'guardduty:Disassociate*', 'guardduty:UpdateDetector'],
    0.7,
    'What is done then is not seen.',
  ],
];

const LOOKING = ['*:Describe*', '*:List*', '*:Get*', '*:BatchGet*', '*:View*', '*:Search*'];

/** On patterns that leave the service open, a rule of any service is about what the pattern may name. */
const OPEN_TYPES = 'aws:*';

const rule = (name: string, type: string, actions: readonly string[] | undefined, weight: number, because: string) => ({
  name: `AWS: ${name}`,
  resource: { type, attributes: { account: '*' } },
  ...(actions === undefined ? {} : { actions }),
  weight,
  because,
});

export const AWS_RULES: readonly SensitivityRule[] = [
  ...LINES.map(([name, types, actions, weight, because]) => rule(name, types, actions, weight, because)),
  ...LINES.filter(([name]) => !name.endsWith('by ARN')).map(([name, , actions, weight, because]) =>
    rule(`${name}, anywhere`, OPEN_TYPES, actions, weight, because),
  ),
  rule('look at anything', OPEN_TYPES, LOOKING, 0.1, 'Names and settings.'),
  rule('the rest of the account', OPEN_TYPES, undefined, 0.4, 'What no rule above names.'),
];
