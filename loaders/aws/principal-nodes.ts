/** The nodes of users, groups, roles, policies and of those whom only trust policies name. */
import {
  type Attributes,
  formatInstant,
  type Instant,
  type JsonValue,
  MANAGED_BY_VENDOR,
  type NodeRecord,
} from '../../engine/model/index.ts';
import type { IamGroup, IamRole, IamUser, InstanceProfile, ManagedPolicy } from './account-details.ts';
import { nameOfArn } from './arn.ts';
import { isVendorsPolicy, policyNodeId } from './principal-ids.ts';
import type { OutsiderType } from './trusted.ts';

interface Described {
  readonly arn: string;
  readonly account: string;
  readonly name: string;
  readonly path?: string;
  readonly uniqueId: string;
  readonly createdAt?: Instant;
  readonly tags?: Readonly<Record<string, string>>;
  readonly boundary?: string;
}

type More = Readonly<Record<string, JsonValue | undefined>>;

function attributesOf(described: Described, more: More): Attributes {
  const { account, path, uniqueId, createdAt, tags, boundary } = described;
  return defined({
    account,
    path,
    uniqueId: uniqueId === '' ? undefined : uniqueId,
    createdAt: instantText(createdAt),
    tags: tags !== undefined && Object.keys(tags).length > 0 ? tags : undefined,
    permissionsBoundary: boundary,
    ...more,
  });
}

const instantText = (at: Instant | undefined): string | undefined => (at === undefined ? undefined : formatInstant(at));

const defined = (attributes: More): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );

const node = (kind: NodeRecord['kind'], source: string, described: Described, more: More): NodeRecord => ({
  kind,
  id: described.arn,
  source,
  name: described.name,
  attributes: attributesOf(described, more),
});

export const userNode = (user: IamUser, source: string): NodeRecord => node('User', source, user, { awsType: 'user' });

export const groupNode = (group: IamGroup, source: string): NodeRecord =>
  node('Group', source, group, { awsType: 'group' });

/** A role is an identity that others become, not a bundle that is assigned: hence a service account. */
export const roleNode = (role: IamRole, source: string): NodeRecord =>
  node('ServiceAccount', source, role, {
    awsType: 'role',
    lastUsedAt: instantText(role.lastUsedAt),
    lastUsedRegion: role.lastUsedRegion,
    serviceLinked: isServiceLinked(role) ? true : undefined,
    // What AWS wrote for a service of its own cannot be edited, and nothing can be attached to it.
    [MANAGED_BY_VENDOR]: isServiceLinked(role) ? true : undefined,
    permissionSet: role.ofPermissionSet?.arn,
    instanceProfiles: role.instanceProfiles.length > 0 ? role.instanceProfiles.map(({ arn }) => arn) : undefined,
  });

const isServiceLinked = ({ path }: IamRole): boolean => path?.startsWith('/aws-service-role/') === true;

export const instanceProfileNode = (profile: InstanceProfile, source: string): NodeRecord =>
  node('ServiceAccount', source, profile, { awsType: 'instance-profile' });

/** A managed policy as one account uses it. */
export function policyNode(policy: ManagedPolicy, account: string, source: string): NodeRecord {
  const id = policyNodeId(account, policy.arn);
  return {
    kind: 'Role',
    id,
    source,
    name: policy.name,
    attributes: attributesOf(
      { ...policy, account },
      {
        awsType: 'policy',
        definition: id === policy.arn ? undefined : policy.arn,
        defaultVersion: policy.defaultVersion,
        updatedAt: instantText(policy.updatedAt),
        description: policy.description,
        [MANAGED_BY_VENDOR]: isVendorsPolicy(policy.arn) ? true : undefined,
      },
    ),
  };
}

/** The node of somebody whom a trust policy names and no file describes. */
export function outsiderNode(
  id: string,
  source: string,
  { type, account }: { readonly type: OutsiderType; readonly account?: string },
): NodeRecord {
  const external = type !== 'service' && type !== 'federated';
  return {
    kind: type === 'user' ? 'User' : 'ServiceAccount',
    id,
    source,
    name: outsiderName(id, type, account),
    attributes: defined({ awsType: type, external: external ? true : undefined, account }),
  };
}

function outsiderName(id: string, type: OutsiderType, account: string | undefined): string {
  if (type === 'anyone') return 'anyone with an AWS account';
  if (type === 'account') return `account ${account}`;
  return type === 'user' || type === 'role' ? nameOfArn(id) : id;
}
