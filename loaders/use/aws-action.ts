/** The words of IAM for the events of CloudTrail, which names calls by their API: mostly the same, and these not. */

/** Where the prefix of actions is not the name of the endpoint. */
const PREFIXES: Readonly<Record<string, string>> = {
  monitoring: 'cloudwatch',
  email: 'ses',
  tagging: 'tag',
  'api.ecr': 'ecr',
  rdsdata: 'rds-data',
  iotdata: 'iot',
  'streams.dynamodb': 'dynamodb',
  'runtime.sagemaker': 'sagemaker',
  'runtime.lex': 'lex',
  'entitlement.marketplace': 'aws-marketplace',
  'metering.marketplace': 'aws-marketplace',
  transcribestreaming: 'transcribe',
};

/** Calls that are allowed by an action of another name. */
const ACTIONS: Readonly<Record<string, string>> = {
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:ListObjects': 's3:ListBucket',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:HeadBucket': 's3:ListBucket',
  's3:ListObjectVersions': 's3:ListBucketVersions',
  's3:ListMultipartUploads': 's3:ListBucketMultipartUploads',
  's3:ListParts': 's3:ListMultipartUploadParts',
  's3:HeadObject': 's3:GetObject',
  's3:SelectObjectContent': 's3:GetObject',
  's3:DeleteObjects': 's3:DeleteObject',
  's3:CopyObject': 's3:PutObject',
  's3:CreateMultipartUpload': 's3:PutObject',
  's3:UploadPart': 's3:PutObject',
  's3:UploadPartCopy': 's3:PutObject',
  's3:CompleteMultipartUpload': 's3:PutObject',
  's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
  's3:PutBucketEncryption': 's3:PutEncryptionConfiguration',
  's3:DeleteBucketEncryption': 's3:PutEncryptionConfiguration',
  's3:GetBucketLifecycle': 's3:GetLifecycleConfiguration',
  's3:GetBucketLifecycleConfiguration': 's3:GetLifecycleConfiguration',
  's3:PutBucketLifecycle': 's3:PutLifecycleConfiguration',
  's3:PutBucketLifecycleConfiguration': 's3:PutLifecycleConfiguration',
  's3:DeleteBucketLifecycle': 's3:PutLifecycleConfiguration',
  's3:GetBucketReplication': 's3:GetReplicationConfiguration',
  's3:PutBucketReplication': 's3:PutReplicationConfiguration',
  's3:DeleteBucketReplication': 's3:PutReplicationConfiguration',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3:PutPublicAccessBlock': 's3:PutBucketPublicAccessBlock',
  's3:GetBucketCors': 's3:GetBucketCORS',
  's3:PutBucketCors': 's3:PutBucketCORS',
  's3:DeleteBucketCors': 's3:PutBucketCORS',
  'lambda:Invoke': 'lambda:InvokeFunction',
};

/** Sources whose events are no calls that a policy allows: signing in. */
const NO_CALLS = new Set(['signin', 'sso', 'sso-oauth']);

/** Methods of API Gateway, whose actions are the methods of its REST API. */
const METHODS: readonly (readonly [start: RegExp, method: string])[] = [
  [/^Get/, 'GET'],
  [/^(?:Create|Import|Test|Generate)/, 'POST'],
  [/^(?:Put|Tag)/, 'PUT'],
  [/^Update/, 'PATCH'],
  [/^(?:Delete|Untag|Flush)/, 'DELETE'],
];

/** `s3:GetObject` of `s3.amazonaws.com` and `GetObject`; undefined for an event that no policy is about. */
export function actionOfEvent(eventSource: string, eventName: string): string | undefined {
  const endpoint = eventSource.replace(/\.amazonaws\.com(?:\.cn)?$/, '');
  if (NO_CALLS.has(endpoint)) return undefined;
  const prefix = PREFIXES[endpoint] ?? endpoint;
  // Lambda and others append the version of their API: `GetFunction20150331v2`.
  const name = eventName.replace(/(?<=[a-z])20\d{6}(?:v\d+)?$/, '');
  if (prefix === 'apigateway') {
    const method = METHODS.find(([start]) => start.test(name))?.[1];
    return method === undefined ? undefined : `apigateway:${method}`;
  }
  const action = `${prefix}:${name}`;
  return Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : action;
}
