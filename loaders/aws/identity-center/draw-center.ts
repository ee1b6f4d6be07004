/** Writes users, groups, memberships and assignments of Identity Center. */
import type { Attributes, JsonValue } from '../../../engine/model/index.ts';
import { allOf } from '../condition-text.ts';
import type { GraphDraft } from '../graph-draft.ts';
import { type CenterGroup, type CenterUser, centerNodeId, type IdentityCenter } from './center.ts';
import type { PermissionSetRoles } from './permission-set-roles.ts';

/** @param missed told of what is named and in no file */
export function drawCenter(
  center: IdentityCenter,
  roles: PermissionSetRoles,
  source: string,
  draft: GraphDraft,
  missed: (id: string) => void,
): void {
  for (const user of center.users) putUser(user, center, source, draft);
  for (const group of center.groups) putGroup(group, center, source, draft);
  const there = new Set([
    ...center.users.map(({ id }) => centerNodeId('user', id)),
    ...center.groups.map(({ id }) => centerNodeId('group', id)),
  ]);
  const isThere = (id: string): boolean => {
    if (!there.has(id)) missed(id);
    return there.has(id);
  };
  for (const { user, group, where } of center.memberships) {
    const [from, to] = [centerNodeId('user', user), centerNodeId('group', group)];
    const both = [from, to].map(isThere);
    if (!both.includes(false)) draft.putEdge({ kind: 'MEMBER_OF', from, to, source, evidence: where });
  }
  for (const assignment of center.assignments) {
    const set = center.sets.get(assignment.set)!;
    if (set.name === undefined) missed(set.arn);
    const from = centerNodeId(assignment.kind, assignment.principal);
    if (!isThere(from)) continue;
    const targets = roles.of(assignment);
    const note = targets.length > 1 ? 'the permission set is had by this role' : undefined;
    for (const to of targets) {
      const condition = allOf([note]);
      draft.putEdge({
        kind: 'CAN_ASSUME',
        from,
        to,
        source,
        key: assignment.set,
        technique: 'IAM Identity Center',
        evidence: `permission set ${set.name ?? set.id} assigned in account ${assignment.account} (${assignment.where})`,
        ...(condition === undefined ? {} : { condition }),
      });
    }
  }
}

function putUser(user: CenterUser, { store }: IdentityCenter, source: string, draft: GraphDraft): void {
  const { id, displayName, userName, userType, ...rest } = user;
  draft.putNode({
    kind: 'User',
    id: centerNodeId('user', id),
    source,
    name: displayName ?? userName ?? id,
    attributes: defined({
      awsType: 'identity-center-user',
      identityStore: store,
      userName,
      employeeType: userType,
      ...rest,
    }),
  });
}

function putGroup(group: CenterGroup, { store }: IdentityCenter, source: string, draft: GraphDraft): void {
  const { id, displayName, ...rest } = group;
  draft.putNode({
    kind: 'Group',
    id: centerNodeId('group', id),
    source,
    name: displayName ?? id,
    attributes: defined({ awsType: 'identity-center-group', identityStore: store, ...rest }),
  });
}

const defined = (attributes: Readonly<Record<string, JsonValue | undefined>>): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );
