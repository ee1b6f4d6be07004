import { arnParts } from './arn.ts';
import { isWild } from './glob.ts';

/** Who holds these can give itself the rest, or read what guards it. */
const BY_SERVICE: Readonly<Record<string, number>> = {
  iam: 0.9,
  sts: 0.9,
  organizations: 0.9,
  sso: 0.9,
  kms: 0.8,
  secretsmanager: 0.8,
  ssm: 0.6,
  s3: 0.6,
  rds: 0.6,
  dynamodb: 0.6,
  redshift: 0.6,
  lambda: 0.5,
  ec2: 0.5,
  cloudformation: 0.5,
};
const OTHERWISE = 0.2;

/** The default sensitivity of a resource, from the service in its ARN: 1 for everything, 0.9 where the service is open. */
export function defaultSensitivity(pattern: string): number {
  if (pattern === '*') return 1;
  const service = arnParts(pattern)?.service ?? '*';
  if (isWild(service)) return 0.9;
  return BY_SERVICE[service] ?? OTHERWISE;
}

const TYPED = /^([A-Za-z][A-Za-z0-9-]*)[/:]/;

/** `service:type` as far as the ARN tells: `iam:role`, `s3:bucket`, `sqs`; `aws:account` for everything. */
export function resourceTypeOf(pattern: string): string {
  if (pattern === '*') return 'aws:account';
  const parts = arnParts(pattern);
  if (parts === undefined || isWild(parts.service) || parts.service === '') return 'aws:pattern';
  if (parts.service === 's3') return parts.resource.includes('/') ? 's3:object' : 's3:bucket';
  const type = TYPED.exec(parts.resource)?.[1];
  return type === undefined ? parts.service : `${parts.service}:${type}`;
}
