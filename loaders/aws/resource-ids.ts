import { arnParts, isAccountId } from './arn.ts';
import { isWild, matchesGlob } from './glob.ts';

/** Whose resources a pattern is read against: those of the account whose policy holds it, or those of others. */
export type Side = 'own' | 'others';

/** True when the pattern can name something of the account itself: it leaves the account open, has none or has this one. */
export function reachesOwn(pattern: string, account: string): boolean {
  const owner = arnParts(pattern)?.account;
  if (owner === undefined || owner === account) return true;
  if (isWild(owner)) return ['', 'aws', account].some((own) => matchesGlob(owner, own));
  return !isAccountId(owner);
}

/** The other account that a pattern names, if it names one. */
export function otherAccountOf(pattern: string, account: string): string | undefined {
  const owner = arnParts(pattern)?.account;
  return owner !== undefined && isAccountId(owner) && owner !== account ? owner : undefined;
}

/**
 * The id of a resource node.
 *
 * - An ARN without wildcards is its own id; ARNs of IAM and STS get `resource:` before them, because the ARN itself is
 *   the id of the user, group, role or policy as a principal.
 * - A pattern that says which account (or which bucket, whose name is the only one in the world) is its own id.
 * - Any other pattern means another set of things in every account, so the account stands before it.
 */
export function resourceId(pattern: string, account: string, side: Side): string {
  const parts = arnParts(pattern);
  if (parts !== undefined && !isWild(pattern)) {
    return parts.service === 'iam' || parts.service === 'sts' ? `resource:${pattern}` : pattern;
  }
  if (parts !== undefined && (isAccountId(parts.account) || bucketOf(pattern) !== undefined)) return pattern;
  return side === 'own' ? `aws:${account}:${pattern}` : `aws:${account}:other-accounts:${pattern}`;
}

const IN_ONE_BUCKET = /^arn:[^:*?]+:s3:::([^*?/]+)\//;

/** The bucket of an object, or of a pattern of objects in one bucket. */
export const bucketOf = (pattern: string): string | undefined => IN_ONE_BUCKET.exec(pattern)?.[1];

/** The id that an IAM or STS ARN has as a resource. */
export const resourceOfArn = (arn: string): string => resourceId(arn, '', 'own');

/** The ARN of such an id. */
export const arnOfResource = (id: string): string => (id.startsWith('resource:') ? id.slice('resource:'.length) : id);
