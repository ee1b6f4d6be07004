import { isWild } from './glob.ts';

/** The six parts of an ARN or of a pattern that is laid out as one. */
export interface ArnParts {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  /** Twelve digits, `aws` for what AWS itself owns, empty where the service has none; wildcards in patterns. */
  readonly account: string;
  /** All that follows the fifth colon. */
  readonly resource: string;
}

const ARN = /^arn:([^:]*):([^:]*):([^:]*):([^:]*):([\s\S]*)$/;
const ACCOUNT = /^\d{12}$/;

/** Undefined for what does not have the six parts: `*`, `arn:aws:s3*` and everything that is no ARN. */
export function arnParts(text: string): ArnParts | undefined {
  const match = ARN.exec(text);
  if (match === null) return undefined;
  const [, partition, service, region, account, resource] = match as unknown as string[];
  return { partition: partition!, service: service!, region: region!, account: account!, resource: resource! };
}

export const isAccountId = (text: string): boolean => ACCOUNT.test(text);

/** The kinds of things that IAM describes. */
export type IamType = 'user' | 'group' | 'role' | 'policy' | 'instance-profile';

/** The account of an IAM ARN of one type; undefined when it is no such ARN. AWS' own policies have the account `aws`. */
export function accountOfIamArn(arn: string, type: IamType): string | undefined {
  const parts = arnParts(arn);
  if (parts === undefined || parts.service !== 'iam' || isWild(arn)) return undefined;
  if (!parts.resource.startsWith(`${type}/`) || parts.resource.length === type.length + 1) return undefined;
  const owned = isAccountId(parts.account) || (type === 'policy' && parts.account === 'aws');
  return owned ? parts.account : undefined;
}

/** The last part of a path: the name of a user, role or policy. */
export const nameOfArn = (arn: string): string => arn.slice(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1);
