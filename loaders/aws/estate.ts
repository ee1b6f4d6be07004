/** All pages and accounts of one load, put together: what there is, by ARN, and who holds which policy. */
import { type JsonValue, sortedDeep } from '../../engine/model/index.ts';
import type { AccountDetails, IamGroup, IamRole, IamUser, ManagedPolicy } from './account-details.ts';
import type { Bucket, GuardedKey } from './buckets/bucket-policies.ts';
import type { JsonCursor } from './json-cursor.ts';
import type { Organization } from './organization.ts';
import type { IdentityPolicy } from './policy-document.ts';
import type { Requester } from './policy-variables.ts';

export interface Estate {
  readonly users: ReadonlyMap<string, IamUser>;
  readonly groups: ReadonlyMap<string, IamGroup>;
  readonly roles: ReadonlyMap<string, IamRole>;
  readonly policies: ReadonlyMap<string, ManagedPolicy>;
  /** Accounts of which anything is told, sorted. */
  readonly accounts: readonly string[];
  /** Those among them whose users and roles the files describe. */
  readonly described: ReadonlySet<string>;
  readonly identities: readonly Identity[];
  /** Roles by account and name: `111122223333/name`. */
  readonly rolesByName: ReadonlyMap<string, IamRole>;
  readonly groupsByName: ReadonlyMap<string, IamGroup>;
  /** Buckets whose owner and policy are known, by name. */
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly guardedKeys: readonly GuardedKey[];
  /** What the organization narrows, where its files are there. */
  readonly organization?: Organization;
}

/** Who can be asked what it can do: a user or a role. */
export interface Identity {
  readonly arn: string;
  readonly account: string;
  readonly kind: 'user' | 'role';
  readonly entity: IamUser | IamRole;
  readonly requester: Requester;
  readonly held: readonly HeldPolicy[];
}

/** A policy as one identity holds it. */
export interface HeldPolicy {
  /** ARN of a managed policy, or `inline policy NAME of ARN`. */
  readonly title: string;
  readonly policy: IdentityPolicy;
  /** The ARN of the group that holds it, if it comes through one. */
  readonly group?: string;
}

interface Listed {
  readonly arn: string;
  readonly account: string;
  readonly name: string;
  readonly where: string;
  readonly cursor: JsonCursor;
}

/** What stands beside the pages. */
export interface BesidePages {
  readonly organization?: Organization | undefined;
  /** Roles that follow from permission sets. */
  readonly madeUp?: readonly IamRole[];
  readonly buckets?: ReadonlyMap<string, Bucket>;
  readonly guardedKeys?: readonly GuardedKey[];
}

/** Contradictions between pages are reported. */
export function estateOf(
  pages: readonly AccountDetails[],
  { organization, madeUp = [], buckets = new Map(), guardedKeys = [] }: BesidePages = {},
): Estate {
  const users = byArn(pages.flatMap((page) => page.users));
  const groups = byArn(pages.flatMap((page) => page.groups));
  const roles = byArn([...pages.flatMap((page) => page.roles), ...madeUp]);
  const policies = byArn(pages.flatMap((page) => page.policies).sort(newestFirst), true);
  const groupsByName = byName(groups);
  const found = { users, groups, roles, policies, groupsByName, rolesByName: byName(roles) };
  byName(users);
  const accounts = [...users.values(), ...groups.values(), ...roles.values(), ...policies.values()].filter(
    ({ account }) => account !== 'aws',
  );
  const described = accounts.filter((listed) => !('ofPermissionSet' in listed));
  return {
    ...found,
    accounts: [...new Set([...accounts, ...buckets.values()].map(({ account }) => account))].sort(),
    buckets,
    guardedKeys,
    described: new Set(described.map(({ account }) => account)),
    identities: identitiesOf(found),
    ...(organization === undefined ? {} : { organization }),
  };
}

const newestFirst = (a: ManagedPolicy, b: ManagedPolicy): number =>
  (b.updatedAt ?? 0) - (a.updatedAt ?? 0) || versionNumber(b) - versionNumber(a);
const versionNumber = (policy: ManagedPolicy): number => Number(policy.defaultVersion.replace(/\D/g, '')) || 0;

/** Pages may repeat an object; two that differ are reported, but for AWS' own policies, of which the newest counts. */
function byArn<T extends Listed>(listed: readonly T[], ownedByAws = false): Map<string, T> {
  const found = new Map<string, T>();
  for (const one of listed) {
    const before = found.get(one.arn);
    if (before === undefined) found.set(one.arn, one);
    else if (!(ownedByAws && one.account === 'aws') && !sameObject(before, one)) {
      one.cursor.fail(`${one.arn} is described twice and differently (also at ${before.where}); load one of the two`);
    }
  }
  return found;
}

const sameObject = (a: Listed, b: Listed): boolean => plain(a.cursor.value) === plain(b.cursor.value);
const plain = (value: unknown): string => JSON.stringify(sortedDeep(value as JsonValue));

/** Names are unique in an account, whatever their path. */
function byName<T extends Listed>(listed: ReadonlyMap<string, T>): Map<string, T> {
  const found = new Map<string, T>();
  for (const one of listed.values()) {
    const key = `${one.account}/${one.name}`;
    const before = found.get(key);
    if (before !== undefined)
      one.cursor.fail(`the name ${one.name} stands twice in account ${one.account} (also at ${before.where})`);
    found.set(key, one);
  }
  return found;
}

type Found = Omit<Estate, 'accounts' | 'described' | 'buckets' | 'guardedKeys' | 'identities' | 'organization'>;

function identitiesOf(found: Found): readonly Identity[] {
  const users = [...found.users.values()].map((user) => identityOf(user, 'user', heldByUser(user, found)));
  const roles = [...found.roles.values()].map((role) => identityOf(role, 'role', heldBy(role, found.policies)));
  return [...users, ...roles];
}

function identityOf(entity: IamUser | IamRole, kind: 'user' | 'role', held: readonly HeldPolicy[]): Identity {
  const tags = new Map(Object.entries(entity.tags).map(([key, value]) => [key.toLowerCase(), value]));
  const { arn, account, name, uniqueId } = entity;
  const isKnown = !('ofPermissionSet' in entity);
  return { arn, account, kind, entity, held, requester: { kind, arn, account, name, uniqueId, tags, isKnown } };
}

function heldByUser(user: IamUser, found: Found): readonly HeldPolicy[] {
  const groups = user.groups.map((name) => found.groupsByName.get(`${user.account}/${name}`));
  const throughGroups = groups.flatMap((group) =>
    group === undefined ? [] : heldBy(group, found.policies).map((held) => ({ ...held, group: group.arn })),
  );
  return [...heldBy(user, found.policies), ...throughGroups];
}

function heldBy(holder: IamGroup, policies: ReadonlyMap<string, ManagedPolicy>): readonly HeldPolicy[] {
  const inline = holder.inline.map(({ name, policy }) => ({ title: inlineTitle(name, holder.arn), policy }));
  const managed = holder.attached.flatMap((arn) => {
    const policy = policies.get(arn)?.policy;
    return policy === undefined ? [] : [{ title: arn, policy }];
  });
  return [...inline, ...managed];
}

export const inlineTitle = (name: string, holder: string): string => `inline policy ${name} of ${holder}`;
