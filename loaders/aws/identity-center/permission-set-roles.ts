/** The role by which a permission set is had in an account: the one that is there, else one that is made up from the set. */
import type { IamRole } from '../account-details.ts';
import { nameOfArn } from '../arn.ts';
import type { Assignment, IdentityCenter, PermissionSet, PolicyName } from './center.ts';

/** Where Identity Center puts the roles of its permission sets. No account can edit what lies there. */
const PATH = '/aws-reserved/sso.amazonaws.com/';
const ROLE = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/;

export interface PermissionSetRoles {
  /** Roles that no file describes. */
  readonly madeUp: readonly IamRole[];
  /** ARNs or ids of the roles that an assignment leads to: more than one where two have the name. */
  of(assignment: Assignment): readonly string[];
}

/**
 * @param roles that the files of accounts describe
 * @param described ARNs of policies that they describe
 */
export function permissionSetRoles(
  center: IdentityCenter,
  roles: readonly IamRole[],
  described: ReadonlySet<string>,
): PermissionSetRoles {
  const known = new Map<string, string[]>();
  for (const { account, name, path, arn } of roles) {
    const set = path?.startsWith(PATH) === true ? ROLE.exec(name)?.[1] : undefined;
    if (set === undefined) continue;
    const key = `${account} ${set}`;
    known.set(key, [...(known.get(key) ?? []), arn]);
  }
  const madeUp = new Map<string, IamRole>();
  const of = ({ account, set: id, where, cursor }: Assignment): readonly string[] => {
    const set = center.sets.get(id)!;
    const there = set.name === undefined ? undefined : known.get(`${account} ${set.name}`);
    if (there !== undefined) return [...new Set(there)];
    const role = roleOf(account, set, { where, cursor }, described);
    if (!madeUp.has(role.arn)) madeUp.set(role.arn, role);
    return [role.arn];
  };
  for (const assignment of center.assignments) of(assignment);
  return { madeUp: [...madeUp.values()], of };
}

function roleOf(
  account: string,
  set: PermissionSet,
  place: Pick<IamRole, 'where' | 'cursor'>,
  described: ReadonlySet<string>,
): IamRole {
  const customer = (set.customer ?? []).map((policy) => customerArn(account, policy));
  const attached = [...(set.managed ?? []), ...customer];
  const boundary = boundaryOf(account, set);
  return {
    ...place,
    arn: `aws:${account}:permission-set:${set.id}`,
    account,
    name: `AWSReservedSSO_${set.name ?? set.id}`,
    path: PATH,
    uniqueId: '',
    inline: set.inline ?? [],
    attached,
    tags: {},
    trust: { variables: true, statements: [] },
    instanceProfiles: [],
    ofPermissionSet: { arn: set.arn, unknown: [...unknownOf(set, attached, described)] },
    ...(boundary === undefined ? {} : { boundary }),
  };
}

const customerArn = (account: string, { name, path }: PolicyName): string =>
  `arn:aws:iam::${account}:policy${path}${name}`;

/** What the set may give besides what the files tell. */
function* unknownOf(set: PermissionSet, attached: readonly string[], described: ReadonlySet<string>): Iterable<string> {
  if (set.inline === undefined || set.managed === undefined || set.customer === undefined)
    yield `the permission set ${set.name ?? set.id}, of which not all policies are in the files, allows it`;
  for (const arn of attached)
    if (!described.has(arn)) yield `the policy ${nameOfArn(arn)} (${arn}), which no file describes, allows it`;
}

/** A boundary of which no file says whether there is one bounds like one that no file describes. */
function boundaryOf(account: string, { boundary, name, id }: PermissionSet): string | undefined {
  if (boundary === 'none') return undefined;
  if (boundary === undefined) return `of the permission set ${name ?? id}`;
  return typeof boundary === 'string' ? boundary : customerArn(account, boundary);
}
