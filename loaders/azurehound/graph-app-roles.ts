/**
 * App roles of Microsoft Graph by which an application can take over others: id, value, what they take over. The ids are the
 * same in every tenant (Microsoft's permissions reference of Graph).
 */
import type { Power } from './directory-roles.ts';

export const GRAPH_APP_ID = '00000003-0000-0000-C000-000000000000';

export interface GraphAppRole {
  readonly value: string;
  readonly powers: readonly Power[];
  readonly condition?: string;
}

const ROLES: readonly (readonly [id: string, role: GraphAppRole])[] = [
  [
    '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8',
    { value: 'RoleManagement.ReadWrite.Directory', powers: ['roles', 'role-groups'] },
  ],
  ['dd199f4a-f148-40a4-a2ec-f0069cc799ec', { value: 'RoleAssignmentSchedule.ReadWrite.Directory', powers: ['roles'] }],
  ['fee28b28-e1f3-4841-818e-2704dc62245f', { value: 'RoleEligibilitySchedule.ReadWrite.Directory', powers: ['roles'] }],
  // It can give itself any other app role.
  ['06b708a9-e830-4db3-a914-8e69da51d44f', { value: 'AppRoleAssignment.ReadWrite.All', powers: ['roles'] }],
  ['1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9', { value: 'Application.ReadWrite.All', powers: ['service-principals'] }],
  [
    '89c8469c-83ad-45f7-8ff2-6e3d4285709e',
    { value: 'ServicePrincipalEndpoint.ReadWrite.All', powers: ['service-principals'] },
  ],
  ['19dbc75e-c2e2-444c-a770-ec69d8559fc7', { value: 'Directory.ReadWrite.All', powers: ['groups', 'unified-groups'] }],
  ['62a82d76-70ea-41e2-9197-370581804d09', { value: 'Group.ReadWrite.All', powers: ['groups', 'unified-groups'] }],
  [
    'dbaae8cf-10b5-4b86-a4a1-f871c94c6695',
    { value: 'GroupMember.ReadWrite.All', powers: ['groups', 'unified-groups'] },
  ],
  [
    '2f6817f8-7b12-4f0f-bc18-eeaf60705a9e',
    {
      value: 'PrivilegedAccess.ReadWrite.AzureADGroup',
      powers: ['groups', 'role-groups'],
      condition: 'for groups that PIM manages',
    },
  ],
  [
    '41202f2c-f7ab-45be-b001-85c9728b9d69',
    {
      value: 'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
      powers: ['groups', 'role-groups'],
      condition: 'for groups that PIM manages',
    },
  ],
  [
    '618b6020-bca8-4de6-99f6-ef445fa4d857',
    {
      value: 'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup',
      powers: ['groups', 'role-groups'],
      condition: 'for groups that PIM manages',
    },
  ],
  ['50483e42-d915-4231-9639-7fdb7fd190e5', { value: 'UserAuthenticationMethod.ReadWrite.All', powers: ['users'] }],
  [
    'cc117bb9-00cf-4eb8-b580-ea2a878fe8f7',
    {
      value: 'User-PasswordProfile.ReadWrite.All',
      powers: ['users'],
      condition: 'for accounts without a privileged role',
    },
  ],
];

/** By id in upper case. */
export const GRAPH_APP_ROLES: ReadonlyMap<string, GraphAppRole> = new Map(
  ROLES.map(([id, role]) => [id.toUpperCase(), role]),
);
