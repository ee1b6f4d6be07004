/** Which single resources the graph can be asked about for the identities of an account: read off the details themselves. */
import type { Json } from './iam-evaluator.ts';

const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];

const accountOf = (arn: string): string => arn.split(':')[4] ?? '';

const glob = (pattern: string, text: string): boolean => {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
};

export class KnownResources {
  readonly #details: Json;
  readonly #named = new Map<string, ReadonlySet<string>>();

  constructor(details: Json, accounts: readonly string[]) {
    this.#details = details;
    for (const account of accounts) this.#named.set(account, new Set(this.#patternsOf(account)));
  }

  /** IAM objects of the account; what its policies name; what others name in buckets that its policies name. */
  has(account: string, arn: string): boolean {
    const named = [...this.#named.get(account)!];
    const owner = accountOf(arn);
    if (owner === account || named.includes(arn)) return true;
    if (owner !== '') return named.some((pattern) => accountOf(pattern) === owner && glob(pattern, arn));
    const inBuckets = named.filter((pattern) => /^arn:aws:s3:::[^*?/]+\//.test(pattern));
    const isNamed = [...this.#named.values()].some((patterns) => patterns.has(arn));
    return isNamed && inBuckets.some((pattern) => glob(pattern, arn));
  }

  #patternsOf(account: string): readonly string[] {
    return this.#documentsOf(account).flatMap((document) =>
      list<Json>(document['Statement']).flatMap((statement) => [
        ...list<string>(statement['Resource']),
        ...list<string>(statement['NotResource']),
      ]),
    );
  }

  #documentsOf(account: string): readonly Json[] {
    const holders = ['UserDetailList', 'GroupDetailList', 'RoleDetailList']
      .flatMap((key) => this.#details[key] as readonly Json[])
      .filter((holder) => accountOf(holder['Arn']) === account);
    const used = new Set<string>(
      holders.flatMap((holder) => [
        ...list<Json>(holder['AttachedManagedPolicies']).map((policy) => policy['PolicyArn'] as string),
        ...list<Json>(holder['PermissionsBoundary']).map((policy) => policy['PermissionsBoundaryArn'] as string),
      ]),
    );
    const managed = (this.#details['Policies'] as readonly Json[]).filter(
      (policy) => accountOf(policy['Arn']) === account || used.has(policy['Arn']),
    );
    return [
      ...holders.flatMap((holder) =>
        ['UserPolicyList', 'GroupPolicyList', 'RolePolicyList'].flatMap((key) =>
          list<Json>(holder[key]).map((policy) => policy['PolicyDocument'] as Json),
        ),
      ),
      ...managed.flatMap((policy) =>
        list<Json>(policy['PolicyVersionList'])
          .filter((version) => version['IsDefaultVersion'] === true)
          .map((version) => version['Document'] as Json),
      ),
    ];
  }
}
