/**
 * Actions on a tenant of Entra and on resources of Azure. Those of the data plane have `data:` before them, as the loader writes them.
 * That accounts, roles and identities can be taken over is an edge of the graph and needs no weight here.
 */
import type { SensitivityRule } from './rule.ts';

/** What is said of actions on a type: name, type (any of Azure when undefined), actions (all when undefined), weight, reason. */
type Line = readonly [
  name: string,
  type: string | undefined,
  actions: readonly string[] | undefined,
  weight: number,
  because: string,
];

const GIVES_ROLES = [
  'Microsoft.Authorization/roleAssignments/write',
  'Microsoft.Authorization/roleDefinitions/write',
  'Microsoft.Authorization/elevateAccess/action',
];

const LINES: readonly Line[] = [
  [
    'give roles of the directory',
    'tenant',
    ['microsoft.directory/role*/all*', 'microsoft.directory/roleAssignments/*'],
    1,
    'Every role, that of Global Administrator too.',
  ],
  [
    'reset passwords',
    'tenant',
    ['microsoft.directory/users/password/update', 'microsoft.directory/users/authenticationMethods/*'],
    0.9,
    "Accounts that may be reset are as good as one's own.",
  ],
  [
    'add credentials',
    'tenant',
    ['microsoft.directory/*/credentials/update', 'microsoft.directory/*/owners/update'],
    0.9,
    'Whoever adds a secret to an application signs in as it.',
  ],
  [
    'add members',
    'tenant',
    ['microsoft.directory/groups*/members/update'],
    0.7,
    'What a group has is had by those who fill it.',
  ],
  [
    'set how people sign in',
    'tenant',
    [
      'microsoft.directory/domains/*',
      'microsoft.directory/conditionalAccessPolicies/*',
      'microsoft.directory/authorizationPolicy/*',
    ],
    0.9,
    'Who is let in, and by whose word.',
  ],
  ['read the directory', 'tenant', ['*/read'], 0.1, 'What every member may read, and some more.'],
  ['the rest of the directory', 'tenant', undefined, 0.5, 'What no rule above names.'],
  [
    'permissions of applications',
    'enterprise-application',
    [
      'RoleManagement.ReadWrite.Directory',
      'AppRoleAssignment.ReadWrite.All',
      'Application.ReadWrite.All',
      'Directory.ReadWrite.All',
      'UserAuthenticationMethod.ReadWrite.All',
    ],
    1,
    'The directory without a person to ask.',
  ],
  [
    'read mail and files',
    'enterprise-application',
    ['Mail.Read*', 'Mail.Send', 'Files.Read*', 'Sites.*'],
    0.8,
    'What everybody writes and keeps.',
  ],
  ['read what vaults keep', undefined, ['data:Microsoft.KeyVault/vaults/*'], 0.9, 'Secrets, keys and certificates.'],
  ['give roles of Azure', undefined, GIVES_ROLES, 1, 'Every role in the scope, to oneself too.'],
  [
    'list keys',
    undefined,
    [
      'Microsoft.Storage/storageAccounts/listKeys/action',
      'Microsoft.Storage/storageAccounts/regenerateKey/action',
      'Microsoft.*/listKeys/action',
      'Microsoft.*/listClusterAdminCredential/action',
    ],
    0.8,
    'Keys open everything, and leave no name.',
  ],
  [
    'run code',
    undefined,
    [
      'Microsoft.Compute/*/runCommand/action',
      'Microsoft.Compute/*/extensions/write',
      'Microsoft.ContainerService/*/runCommand/action',
      'data:Microsoft.Compute/virtualMachines/login*',
    ],
    0.8,
    'Whatever the machine and its identity can do.',
  ],
];

export const AZURE_RULES: readonly SensitivityRule[] = LINES.map(([name, type, actions, weight, because]) => ({
  name: `Entra and Azure: ${name}`,
  // What the loader tells of Azure has its tenant among its attributes; nothing of other sources is to fit.
  resource: type === undefined ? { attributes: { tenantId: '*' } } : { type },
  ...(actions === undefined ? {} : { actions }),
  weight,
  because,
}));
