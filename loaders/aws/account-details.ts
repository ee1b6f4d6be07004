/** Reads one page of `aws iam get-account-authorization-details` into what it says, with everything that is wrong reported. */
import { type Instant, parseInstant } from '../../engine/model/index.ts';
import { accountOfIamArn, type IamType } from './arn.ts';
import type { JsonCursor } from './json-cursor.ts';
import { type IdentityPolicy, readIdentityPolicy, readTrustPolicy, type TrustPolicy } from './policy-document.ts';

interface Described {
  readonly arn: string;
  readonly account: string;
  readonly name: string;
  /** File and field, to say where something was read. */
  readonly where: string;
  readonly path?: string;
  readonly uniqueId: string;
  readonly createdAt?: Instant;
  /** The object as it was read, to tell copies from contradictions. */
  readonly cursor: JsonCursor;
}

export interface InlinePolicy {
  readonly name: string;
  readonly policy: IdentityPolicy;
}

interface Holder extends Described {
  readonly inline: readonly InlinePolicy[];
  /** ARNs of managed policies. */
  readonly attached: readonly string[];
}

interface Entity extends Holder {
  readonly tags: Readonly<Record<string, string>>;
  /** ARN of the permissions boundary. */
  readonly boundary?: string;
}

export interface IamUser extends Entity {
  /** Names, without their path. */
  readonly groups: readonly string[];
}

export type IamGroup = Holder;

export interface InstanceProfile extends Described {
  readonly tags: Readonly<Record<string, string>>;
}

export interface IamRole extends Entity {
  readonly trust: TrustPolicy;
  readonly instanceProfiles: readonly InstanceProfile[];
  readonly lastUsedAt?: Instant;
  readonly lastUsedRegion?: string;
  /** Set where no file describes the role and it follows from a permission set: its ARN is not known. */
  readonly ofPermissionSet?: {
    readonly arn: string;
    /** Conditions under which it gives more than the files tell. */
    readonly unknown: readonly string[];
  };
}

export interface ManagedPolicy extends Described {
  readonly defaultVersion: string;
  readonly policy: IdentityPolicy;
  readonly updatedAt?: Instant;
  readonly description?: string;
}

export interface AccountDetails {
  readonly users: readonly IamUser[];
  readonly groups: readonly IamGroup[];
  readonly roles: readonly IamRole[];
  readonly policies: readonly ManagedPolicy[];
  /** False when AWS said that more pages follow. */
  readonly last: boolean;
}

const LISTS = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'] as const;
const PAGE = new Set([...LISTS, 'IsTruncated', 'Marker', 'NextToken', 'ResponseMetadata']);
const COMMON = ['Path', 'Arn', 'CreateDate', 'AttachedManagedPolicies'];
const USER = new Set([
  ...COMMON,
  'UserName',
  'UserId',
  'UserPolicyList',
  'GroupList',
  'PermissionsBoundary',
  'Tags',
  'PasswordLastUsed',
]);
const GROUP = new Set([...COMMON, 'GroupName', 'GroupId', 'GroupPolicyList']);
const ROLE = new Set([
  ...COMMON,
  'RoleName',
  'RoleId',
  'AssumeRolePolicyDocument',
  'InstanceProfileList',
  'RolePolicyList',
  'PermissionsBoundary',
  'Tags',
  'RoleLastUsed',
  'Description',
  'MaxSessionDuration',
]);
const PROFILE = new Set(['Path', 'InstanceProfileName', 'InstanceProfileId', 'Arn', 'CreateDate', 'Roles', 'Tags']);
const POLICY = new Set([
  'PolicyName',
  'PolicyId',
  'Arn',
  'Path',
  'DefaultVersionId',
  'AttachmentCount',
  'PermissionsBoundaryUsageCount',
  'IsAttachable',
  'Description',
  'CreateDate',
  'UpdateDate',
  'PolicyVersionList',
  'Tags',
]);
const VERSION = new Set(['Document', 'VersionId', 'IsDefaultVersion', 'CreateDate']);
const INLINE = new Set(['PolicyName', 'PolicyDocument']);
const ATTACHED = new Set(['PolicyName', 'PolicyArn']);
const BOUNDARY = new Set(['PermissionsBoundaryType', 'PermissionsBoundaryArn']);
const TAG = new Set(['Key', 'Value']);
const LAST_USED = new Set(['LastUsedDate', 'Region']);

/** Reads a page; what is at fault is reported and left out. */
export function readAccountDetails(page: JsonCursor): AccountDetails {
  const nothing: AccountDetails = { users: [], groups: [], roles: [], policies: [], last: true };
  if (!page.isObject(PAGE)) return nothing;
  if (LISTS.every((list) => page.member(list) === undefined)) {
    page.fail(`has none of ${LISTS.join(', ')}; load the output of "aws iam get-account-authorization-details"`);
    return nothing;
  }
  return {
    users: listOf(page, 'UserDetailList', readUser),
    groups: listOf(page, 'GroupDetailList', readGroup),
    roles: listOf(page, 'RoleDetailList', readRole),
    policies: listOf(page, 'Policies', readPolicy),
    last: page.member('IsTruncated')?.flag() !== true,
  };
}

/** The items of a list member that could be read; an absent list is empty. */
function listOf<T>(holder: JsonCursor, key: string, read: (item: JsonCursor) => T | undefined): readonly T[] {
  const items = holder.member(key)?.items() ?? [];
  return items.map(read).filter((item) => item !== undefined);
}

function readUser(cursor: JsonCursor): IamUser | undefined {
  if (!cursor.isObject(USER)) return undefined;
  const entity = readEntity(cursor, 'user', 'User');
  const groups = listOf(cursor, 'GroupList', (item) => item.text());
  return entity === undefined ? undefined : { ...entity, groups };
}

function readGroup(cursor: JsonCursor): IamGroup | undefined {
  return cursor.isObject(GROUP) ? readHolder(cursor, 'group', 'Group') : undefined;
}

function readRole(cursor: JsonCursor): IamRole | undefined {
  if (!cursor.isObject(ROLE)) return undefined;
  const entity = readEntity(cursor, 'role', 'Role');
  const document = cursor.needed('AssumeRolePolicyDocument');
  const trust = document === undefined ? undefined : readTrustPolicy(document);
  const instanceProfiles = listOf(cursor, 'InstanceProfileList', readProfile);
  const used = cursor.member('RoleLastUsed');
  const isUsed = used?.isObject(LAST_USED) === true;
  const lastUsedAt = isUsed ? instantOf(used, 'LastUsedDate') : undefined;
  const lastUsedRegion = isUsed ? used.member('Region')?.text() : undefined;
  if (entity === undefined || trust === undefined) return undefined;
  return {
    ...entity,
    trust,
    instanceProfiles,
    ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
    ...(lastUsedRegion === undefined ? {} : { lastUsedRegion }),
  };
}

function readProfile(cursor: JsonCursor): InstanceProfile | undefined {
  if (!cursor.isObject(PROFILE)) return undefined;
  const described = readDescribed(cursor, 'instance-profile', 'InstanceProfile');
  return described === undefined ? undefined : { ...described, tags: readTags(cursor) };
}

function readPolicy(cursor: JsonCursor): ManagedPolicy | undefined {
  if (!cursor.isObject(POLICY)) return undefined;
  const described = readDescribed(cursor, 'policy', 'Policy');
  const versions = cursor.needed('PolicyVersionList');
  const policy = versions === undefined ? undefined : defaultVersion(versions);
  const description = cursor.member('Description')?.value === '' ? undefined : cursor.member('Description')?.text();
  const updatedAt = instantOf(cursor, 'UpdateDate');
  if (described === undefined || policy === undefined) return undefined;
  return {
    ...described,
    ...policy,
    ...(updatedAt === undefined ? {} : { updatedAt }),
    ...(description === undefined ? {} : { description }),
  };
}

/** The one version in force. The others are looked at for faults of form only. */
function defaultVersion(versions: JsonCursor): Pick<ManagedPolicy, 'policy' | 'defaultVersion'> | undefined {
  const items = versions.items().filter((version) => version.isObject(VERSION));
  const inForce = items.filter((version) => version.member('IsDefaultVersion')?.flag() === true);
  if (inForce.length !== 1)
    return versions.fail(`has ${inForce.length} versions with "IsDefaultVersion": true; one is in force`);
  const id = inForce[0]!.needed('VersionId')?.text();
  const document = inForce[0]!.needed('Document');
  const policy = document === undefined ? undefined : readIdentityPolicy(document);
  return policy === undefined || id === undefined ? undefined : { policy, defaultVersion: id };
}

function readEntity(cursor: JsonCursor, type: IamType, word: string): Entity | undefined {
  const holder = readHolder(cursor, type, word);
  const tags = readTags(cursor);
  const boundary = readBoundary(cursor);
  if (holder === undefined) return undefined;
  return { ...holder, tags, ...(boundary === undefined ? {} : { boundary }) };
}

function readHolder(cursor: JsonCursor, type: IamType, word: string): Holder | undefined {
  const described = readDescribed(cursor, type, word);
  const inline = listOf(cursor, `${word}PolicyList`, readInline);
  const attached = listOf(cursor, 'AttachedManagedPolicies', readAttached);
  return described === undefined ? undefined : { ...described, inline, attached };
}

function readDescribed(cursor: JsonCursor, type: IamType, word: string): Described | undefined {
  const arn = cursor.needed('Arn')?.text();
  const account = arn === undefined ? undefined : accountOfIamArn(arn, type);
  if (arn !== undefined && account === undefined) {
    cursor.member('Arn')!.fail(`must be the ARN of a ${type}, such as arn:aws:iam::111122223333:${type}/name`);
  }
  const name = cursor.needed(`${word}Name`)?.text();
  const uniqueId = cursor.needed(`${word}Id`)?.text();
  const path = cursor.member('Path')?.text();
  const createdAt = instantOf(cursor, 'CreateDate');
  if (arn === undefined || account === undefined || name === undefined || uniqueId === undefined) return undefined;
  return {
    arn,
    account,
    name,
    uniqueId,
    where: `${cursor.origin.file}: ${cursor.field}`,
    cursor,
    ...(path === undefined ? {} : { path }),
    ...(createdAt === undefined ? {} : { createdAt }),
  };
}

function readInline(cursor: JsonCursor): InlinePolicy | undefined {
  if (!cursor.isObject(INLINE)) return undefined;
  const name = cursor.needed('PolicyName')?.text();
  const document = cursor.needed('PolicyDocument');
  const policy = document === undefined ? undefined : readIdentityPolicy(document);
  return name === undefined || policy === undefined ? undefined : { name, policy };
}

function readAttached(cursor: JsonCursor): string | undefined {
  return cursor.isObject(ATTACHED) ? policyArn(cursor.needed('PolicyArn')) : undefined;
}

function readBoundary(cursor: JsonCursor): string | undefined {
  const boundary = cursor.member('PermissionsBoundary');
  if (boundary === undefined || !boundary.isObject(BOUNDARY)) return undefined;
  boundary.member('PermissionsBoundaryType')?.text();
  return policyArn(boundary.needed('PermissionsBoundaryArn'));
}

function policyArn(cursor: JsonCursor | undefined): string | undefined {
  const arn = cursor?.text();
  if (arn === undefined || accountOfIamArn(arn, 'policy') !== undefined) return arn;
  return cursor!.fail('must be the ARN of a managed policy');
}

function readTags(cursor: JsonCursor): Readonly<Record<string, string>> {
  const tags = new Map<string, string>();
  for (const tag of cursor.member('Tags')?.items() ?? []) {
    if (!tag.isObject(TAG)) continue;
    const key = tag.needed('Key')?.text();
    const value = tag.member('Value')?.value === '' ? '' : tag.needed('Value')?.text();
    if (key === undefined || value === undefined) continue;
    if (tags.has(key)) tag.fail(`the tag ${JSON.stringify(key)} stands twice`);
    tags.set(key, value);
  }
  return Object.fromEntries(tags);
}

/** RFC 3339, also with a space between date and time, as some tools write it. */
function instantOf(cursor: JsonCursor, key: string): Instant | undefined {
  const member = cursor.member(key);
  const text = member?.text();
  if (text === undefined) return undefined;
  return parseInstant(text.replace(' ', 'T')) ?? member!.fail('must be a date and time such as 2027-01-01T00:00:00Z');
}
