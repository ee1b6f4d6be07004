/** Policies that stand on resources: `{"resource": ARN, "account": ID, "policy": …}`, of which those of S3 buckets are read. */
import { arnParts, isAccountId } from '../arn.ts';
import { isWild } from '../glob.ts';
import type { JsonCursor } from '../json-cursor.ts';
import { type ResourcePolicy, readResourcePolicy } from '../policy-document.ts';

/** Endings of files of JSON lines, of files with a list, and names of files with one policy each. */
export const LINES_ENDING = 'resource-policies.jsonl';
const FILE = /(?:^|-)resource-policies\.jsonl?$|^resource-policy-[^/]{1,200}\.json$/;

/** True for the name of a file of policies of resources. */
export const isResourcePolicyFile = (name: string): boolean => FILE.test(name);

/** A bucket whose owner and policy are known. */
export interface Bucket {
  readonly arn: string;
  readonly name: string;
  /** The account that owns it. */
  readonly account: string;
  /** Absent where it has none. */
  readonly policy?: ResourcePolicy;
  readonly cursor: JsonCursor;
}

/** A KMS key of which it is known that identity policies alone may not be enough, or may be denied. */
export interface GuardedKey {
  readonly arn: string;
  readonly account: string;
}

const KNOWN = new Set(['resource', 'account', 'policy']);
const BUCKET = /^arn:[^:*?]+:s3:::([^*?/:]+)$/;

/** Collects policies of resources. */
export class BucketReader {
  readonly #buckets = new Map<string, Bucket>();
  readonly #keys = new Map<string, GuardedKey>();
  /** By service: how many policies were left aside. */
  readonly leftAside = new Map<string, number>();

  /** What is at fault is reported. */
  read(cursor: JsonCursor): void {
    if (!cursor.isObject(KNOWN)) return;
    const resource = cursor.needed('resource');
    const account = cursor.needed('account');
    const arn = resource?.text();
    const owner = account?.text();
    if (arn === undefined || owner === undefined) return;
    const parts = arnParts(arn);
    if (parts === undefined || isWild(arn)) return void resource!.fail('must be the ARN of one resource');
    if (!isAccountId(owner))
      return void account!.fail('must be the twelve digits of the account that owns the resource');
    if (isAccountId(parts.account) && parts.account !== owner)
      return void account!.fail(`is another account than the ARN says, ${parts.account}`);
    const name = BUCKET.exec(arn)?.[1];
    if (name === undefined) {
      if (parts.service === 'kms' && parts.resource.startsWith('key/')) this.#key(arn, owner, cursor.member('policy'));
      this.leftAside.set(parts.service, (this.leftAside.get(parts.service) ?? 0) + 1);
      return;
    }
    const document = cursor.member('policy');
    const policy = document === undefined ? undefined : readResourcePolicy(document);
    if (document !== undefined && policy === undefined) return;
    if (this.#buckets.has(name)) return void cursor.fail(`the bucket ${name} stands twice; there is one policy on it`);
    this.#buckets.set(name, { arn, name, account: owner, cursor, ...(policy === undefined ? {} : { policy }) });
  }

  #key(arn: string, account: string, document: JsonCursor | undefined): void {
    const before = document?.origin.problems.total;
    const policy = document === undefined ? undefined : readResourcePolicy(document);
    if (document !== undefined && document.origin.problems.total !== before) return;
    if (policy === undefined || !leavesToIam(policy, account)) this.#keys.set(arn, { arn, account });
  }

  /** Keys whose policy does not leave all to the policies of their account. */
  keys(): readonly GuardedKey[] {
    return [...this.#keys.values()];
  }

  /** By name. */
  done(): ReadonlyMap<string, Bucket> {
    return this.#buckets;
  }
}

/** True where the account as a whole is allowed everything without a condition, and nobody is denied anything. */
const leavesToIam = ({ statements }: ResourcePolicy, account: string): boolean =>
  statements.every(({ effect }) => effect === 'ALLOW') &&
  statements.some(
    ({ condition, notPrincipals, principals, actions, resources }) =>
      condition === undefined &&
      !notPrincipals &&
      principals.some(({ name }) => name === account || /^arn:[^:]+:iam::(\d{12}):root$/.exec(name)?.[1] === account) &&
      !actions.not &&
      actions.patterns.some((pattern) => pattern === '*' || pattern.toLowerCase() === 'kms:*') &&
      !resources.not &&
      resources.patterns.includes('*'),
  );

const IN_BUCKET = /^arn:[^:*?]+:s3:::([^*?/:]+)(?:\/|$)/;

/** True for a pattern that lies in a bucket of which it is known that another account owns it. */
export function isAnothers(pattern: string, account: string, buckets: ReadonlyMap<string, Bucket>): boolean {
  const name = IN_BUCKET.exec(pattern)?.[1];
  const owner = name === undefined ? undefined : buckets.get(name)?.account;
  return owner !== undefined && owner !== account;
}
