/** What the standard roles of administrators may do that leads to others, and which permissions of custom roles do. */

/** Ways to take over others. */
export type Power = 'users' | 'administrators' | 'groups' | 'applications';

interface StandardRole {
  readonly powers: readonly Power[];
  /** Whether an assignment may be limited to some groups or applications. */
  readonly limits: boolean;
}

/** By type, as the API writes it: `USER_ADMIN` is called group administrator, for instance. */
export const STANDARD_ROLES: Readonly<Record<string, StandardRole>> = {
  SUPER_ADMIN: { powers: ['users', 'administrators', 'groups', 'applications'], limits: false },
  ORG_ADMIN: { powers: ['users', 'groups'], limits: false },
  USER_ADMIN: { powers: ['users', 'groups'], limits: true },
  HELP_DESK_ADMIN: { powers: ['users'], limits: true },
  GROUP_MEMBERSHIP_ADMIN: { powers: ['groups'], limits: true },
  APP_ADMIN: { powers: ['applications'], limits: true },
  API_ACCESS_MANAGEMENT_ADMIN: { powers: [], limits: false },
  MOBILE_ADMIN: { powers: [], limits: false },
  REPORT_ADMIN: { powers: [], limits: false },
  READ_ONLY_ADMIN: { powers: [], limits: false },
};

/** Permission of a custom role → what it takes over of what is in the resource set. */
export const TAKES_OVER: Readonly<Record<string, Exclude<Power, 'administrators'>>> = {
  'okta.users.manage': 'users',
  'okta.users.credentials.manage': 'users',
  'okta.users.credentials.resetPassword': 'users',
  'okta.users.credentials.resetFactors': 'users',
  'okta.users.credentials.expirePassword': 'users',
  'okta.users.credentials.manageTemporaryAccessCode': 'users',
  'okta.groups.manage': 'groups',
  'okta.groups.members.manage': 'groups',
  'okta.apps.manage': 'applications',
  'okta.apps.assignment.manage': 'applications',
};

export const TECHNIQUES: Readonly<Record<Power, string>> = {
  users: 'ResetPassword',
  administrators: 'ResetPassword',
  groups: 'AddMember',
  applications: 'ManageApplication',
};
