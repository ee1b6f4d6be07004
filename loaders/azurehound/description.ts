import type { NodeKind } from '../../engine/model/index.ts';
import type {
  AttributesDescription,
  EdgeDescription,
  EndDescription,
  EntityDescription,
  Form,
  SourceDescription,
} from '../declared/description.ts';
import type { Fields } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';

const KINDS: Readonly<Record<string, NodeKind>> = {
  user: 'User',
  group: 'Group',
  foreigngroup: 'Group',
  serviceprincipal: 'ServiceAccount',
  device: 'ServiceAccount',
};

/** The kind of a principal that no record describes, from its type (`#microsoft.graph.user`, `User`); undefined for others. */
function kindOfPrincipal(_: string, item: Fields): NodeKind | undefined {
  const type = textOf(item['type'])?.toLowerCase();
  return type === undefined ? undefined : KINDS[type.slice(type.lastIndexOf('.') + 1)];
}

const principal = (path = 'item.id'): EndDescription => ({ id: `{${path}|id}`, unknown: { kind: kindOfPrincipal } });

const SELF = '{id|id}';
const TENANT = '{tenant}';

const ACCOUNT: Readonly<Record<string, Form>> = { id: 'text', displayName: 'text', accountEnabled: 'flag' };

/** Whatever is told of an object under the names of Microsoft Graph. */
const rest = (named: Readonly<Record<string, string>>, except: readonly string[]): AttributesDescription => ({
  named: { tenantId: 'tenant', ...named },
  rest: '',
  except: ['id', 'tenant', 'tenantId', 'tenantName', '@odata.type', 'shownName', 'accountEnabled', ...except],
});

/** Parts of applications that say nothing of access, or are long. */
const CREDENTIALS = [
  'keyCredentials',
  'passwordCredentials',
  'appRoles',
  'addIns',
  'info',
  'verifiedPublisher',
] as const;

/** Parts of accounts that say nothing of who they are. */
const SETTINGS = [
  'assignedLicenses',
  'assignedPlans',
  'employeeOrgData',
  'licenseAssignmentStates',
  'mailboxSettings',
  'onPremisesExtensionAttributes',
  'passwordProfile',
  'provisionedPlans',
] as const;

const inTenant = (to: string): EdgeDescription => ({
  kind: 'CONTAINS',
  about: 'the tenant that it is of',
  from: { id: TENANT, unknown: { kind: 'Resource', resourceType: 'tenant' } },
  to,
});

const owns = (about: string, to: string | EndDescription): EdgeDescription => ({
  kind: 'OWNS',
  about,
  each: 'items',
  from: principal(),
  to,
});

const addsSecret = (about: string, to: EndDescription): EdgeDescription => ({
  kind: 'CONTROLS',
  about,
  each: 'items',
  from: principal(),
  to,
  technique: 'AddSecret',
  key: 'owner',
});

/** Service principals are found by their application; one of each application in a tenant. */
const servicePrincipalOf: EndDescription = {
  id: '{application|id}@{tenant}',
  list: 'application of service principal',
  unknown: 'pass',
};

const TENANTS: EntityDescription = {
  record: 'tenants',
  about: 'Tenants (`AZTenant`): the one that was collected, and those it knows.',
  fields: { id: 'text', displayName: 'text', collected: 'flag', domains: 'texts', defaultDomain: 'text' },
  nodes: [
    {
      kind: 'Resource',
      about: 'the tenant, on which roles of the directory give their actions',
      id: SELF,
      name: '{displayName}',
      resourceType: 'tenant',
      attributes: { rest: '', except: ['id', 'tenantId', 'displayName'] },
    },
  ],
  edges: [],
};

const USERS: EntityDescription = {
  record: 'users',
  about: 'Accounts of people (`AZUser`), guests among them.',
  fields: { ...ACCOUNT, userPrincipalName: 'text', onPremisesSyncEnabled: 'flag', userType: 'text' },
  nodes: [
    {
      kind: 'User',
      about: 'the account',
      id: SELF,
      name: '{shownName}',
      attributes: rest({ enabled: 'accountEnabled', email: 'mail', title: 'jobTitle' }, [
        'mail',
        'jobTitle',
        ...SETTINGS,
      ]),
    },
  ],
  edges: [],
};

const GROUPS: EntityDescription = {
  record: 'groups',
  about: 'Groups (`AZGroup`).',
  fields: {
    id: 'text',
    displayName: 'text',
    isAssignableToRole: 'flag',
    onPremisesSyncEnabled: 'flag',
    groupTypes: 'texts',
  },
  nodes: [
    {
      kind: 'Group',
      about: 'the group',
      id: SELF,
      name: '{displayName}',
      attributes: rest({ email: 'mail' }, ['mail']),
    },
  ],
  edges: [],
};

const GROUP_MEMBERS: EntityDescription = {
  record: 'group-members',
  about: 'Members of a group (`AZGroupMember`).',
  fields: { group: 'text', tenant: 'text', direct: 'text', items: 'objects' },
  nodes: [
    {
      kind: 'Group',
      about: 'the direct members of a group that applications are assigned to and that has groups in it',
      each: 'direct',
      id: '{item}/direct',
      name: 'direct members of {item}',
    },
  ],
  edges: [
    {
      kind: 'MEMBER_OF',
      about: 'its members',
      each: 'items',
      from: principal(),
      to: { id: '{group|id}', unknown: { kind: 'Group' } },
    },
    {
      kind: 'MEMBER_OF',
      about: 'its direct members, who alone are assigned what it is',
      each: 'items',
      when: [{ path: 'direct' }, { path: 'item.type', noneOf: ['#microsoft.graph.group'] }],
      from: principal(),
      to: '{direct}/direct',
    },
  ],
};

const GROUP_OWNERS: EntityDescription = {
  record: 'group-owners',
  about: 'Owners of a group (`AZGroupOwner`).',
  fields: { group: 'text', tenant: 'text', condition: 'text', items: 'objects' },
  nodes: [],
  edges: [
    owns('its owners', { id: '{group|id}', unknown: { kind: 'Group' } }),
    {
      kind: 'CONTROLS',
      about: 'its owners can add members; where members are kept on premises, under the condition that this ends',
      each: 'items',
      from: principal(),
      to: { id: '{group|id}', unknown: { kind: 'Group' } },
      technique: 'AddMembers',
      condition: '{condition}',
      key: 'owner',
    },
  ],
};

const APPLICATIONS: EntityDescription = {
  record: 'applications',
  about: 'Registrations of applications (`AZApp`).',
  fields: { id: 'text', appId: 'text', displayName: 'text' },
  nodes: [
    {
      kind: 'Resource',
      about: 'the registration',
      id: '{appId|id}',
      name: '{displayName}',
      resourceType: 'application',
      attributes: rest({ object: 'id' }, [
        'appId',
        ...CREDENTIALS,
        'api',
        'optionalClaims',
        'requiredResourceAccess',
        'web',
        'spa',
        'publicClient',
        'parentalControlSettings',
      ]),
    },
  ],
  edges: [inTenant('{appId|id}')],
};

const APPLICATION_OWNERS: EntityDescription = {
  record: 'application-owners',
  about: 'Owners of a registration (`AZAppOwner`).',
  fields: { application: 'text', tenant: 'text', items: 'objects' },
  nodes: [],
  edges: [
    owns('its owners', '{application|id}'),
    addsSecret('its owners can add a secret and sign in as its service principal', servicePrincipalOf),
  ],
};

const SERVICE_PRINCIPALS: EntityDescription = {
  record: 'service-principals',
  about:
    'Service principals (`AZServicePrincipal`): what applications and managed identities sign in as, and what is assigned to users.',
  fields: { ...ACCOUNT, appId: 'text', servicePrincipalType: 'text', appRoles: 'objects', alternativeNames: 'texts' },
  nodes: [
    {
      kind: 'ServiceAccount',
      about: 'its account',
      id: SELF,
      name: '{displayName}',
      aka: [{ list: 'application of service principal', name: '{appId|id}@{tenant}' }],
      attributes: rest({ enabled: 'accountEnabled' }, [
        ...CREDENTIALS,
        'alternativeNames',
        'oauth2PermissionScopes',
        'samlSingleSignOnSettings',
      ]),
    },
    {
      kind: 'Resource',
      about: 'the application as users and other applications reach it',
      id: `${SELF}/api`,
      name: '{displayName}',
      resourceType: 'enterprise-application',
      attributes: { named: { appId: 'appId', appRoleAssignmentRequired: 'appRoleAssignmentRequired' } },
    },
  ],
  edges: [inTenant(`${SELF}/api`)],
};

const SERVICE_PRINCIPAL_OWNERS: EntityDescription = {
  record: 'service-principal-owners',
  about: 'Owners of a service principal (`AZServicePrincipalOwner`).',
  fields: { servicePrincipal: 'text', items: 'objects' },
  nodes: [],
  edges: [
    owns('its owners', { id: '{servicePrincipal|id}', unknown: { kind: 'ServiceAccount' } }),
    addsSecret('its owners can add a secret and sign in as it', {
      id: '{servicePrincipal|id}',
      unknown: { kind: 'ServiceAccount' },
    }),
  ],
};

const FEDERATED: EntityDescription = {
  record: 'federated-credentials',
  about: 'Accounts of other identity providers that an application trusts (`AZFederatedIdentityCredential`).',
  fields: { application: 'text', tenant: 'text', items: 'objects' },
  nodes: [
    {
      kind: 'ServiceAccount',
      about: 'who signs in elsewhere: a repository, a cluster',
      each: 'items',
      id: 'federated:{item.issuer}:{item.subject}',
      name: '{item.subject}',
      attributes: { named: { issuer: 'item.issuer', subject: 'item.subject' } },
    },
  ],
  edges: [
    {
      kind: 'CAN_ASSUME',
      about: 'it signs in as the service principal, without a secret',
      each: 'items',
      from: { id: 'federated:{item.issuer}:{item.subject}', unknown: 'pass' },
      to: servicePrincipalOf,
      technique: 'FederatedCredential',
      key: '{item.name}',
    },
  ],
};

const APP_ROLES: EntityDescription = {
  record: 'app-role-assignments',
  about: 'Assignments of applications (`AZAppRoleAssignment`), those of permissions of Microsoft Graph among them.',
  fields: {
    id: 'text',
    principalId: 'text',
    principalType: 'text',
    principalDisplayName: 'text',
    resourceId: 'text',
    resourceDisplayName: 'text',
    appRoleId: 'text',
    appId: 'text',
    tenantId: 'text',
    createdDateTime: 'text',
    deletedDateTime: 'any',
    tenant: 'text',
    principals: 'objects',
    value: 'text',
    graph: 'text',
  },
  nodes: [],
  edges: [
    {
      kind: 'GRANTS',
      about: 'the value of the app role is the action; members of groups in an assigned group are not assigned',
      each: 'principals',
      from: { id: '{principalId}', unknown: { kind: kindOfPrincipal } },
      to: { id: '{resourceId|id}/api', unknown: { kind: 'Resource', resourceType: 'enterprise-application' } },
      actions: ['{value}'],
      key: '{appRoleId|id}',
    },
  ],
};

const DEVICES: EntityDescription = {
  record: 'devices',
  about:
    'Devices (`AZDevice`): an account that can be a member of groups, and the machine, whose id has `/machine` behind it.',
  fields: { ...ACCOUNT, deviceId: 'text', operatingSystem: 'text', trustType: 'text' },
  nodes: [
    {
      kind: 'ServiceAccount',
      about: 'its account',
      id: SELF,
      name: '{displayName}',
      attributes: rest({ enabled: 'accountEnabled' }, ['onPremisesExtensionAttributes', 'alternativeSecurityIds']),
    },
    {
      kind: 'Resource',
      about: 'the machine',
      id: `${SELF}/machine`,
      name: '{displayName}',
      resourceType: 'device',
      attributes: { named: { operatingSystem: 'operatingSystem', trustType: 'trustType' } },
    },
  ],
  edges: [inTenant(`${SELF}/machine`)],
};

const DEVICE_OWNERS: EntityDescription = {
  record: 'device-owners',
  about: 'Owners of a device (`AZDeviceOwner`).',
  fields: { device: 'text', items: 'objects' },
  nodes: [],
  edges: [
    owns('its owners', '{device|id}/machine'),
    {
      kind: 'GRANTS',
      about: 'who joined a device is its administrator, unless the tenant is set up otherwise',
      each: 'items',
      from: principal(),
      to: { id: '{device|id}/machine', unknown: 'pass' },
      actions: ['AdminTo'],
      condition: 'unless the tenant keeps owners from being local administrators',
      key: 'owner',
    },
  ],
};

const PERMISSIONS: Pick<EdgeDescription, 'actionsIn' | 'exceptionsIn' | 'condition' | 'key'> = {
  actionsIn: 'item.allowedResourceActions',
  exceptionsIn: 'item.excludedResourceActions',
  condition: '{item.condition}',
  key: '{item.key}',
};

const ROLES: EntityDescription = {
  record: 'roles',
  about: 'Roles of the directory (`AZRole`), as they are assigned over the whole tenant.',
  fields: { id: 'text', displayName: 'text', templateId: 'text', isBuiltIn: 'flag', rolePermissions: 'objects' },
  nodes: [
    {
      kind: 'Role',
      about: 'the role',
      id: `${SELF}@${TENANT}`,
      name: '{displayName}',
      attributes: {
        named: { tenantId: 'tenant', managedByVendor: 'isBuiltIn' },
        rest: '',
        except: ['id', 'tenant', 'tenantId', 'tenantName', '@odata.type', 'displayName', 'rolePermissions'],
      },
    },
  ],
  edges: [
    {
      kind: 'GRANTS',
      about: 'each block of its permissions, on the tenant',
      each: 'rolePermissions',
      from: '{self}',
      to: { id: TENANT, unknown: { kind: 'Resource', resourceType: 'tenant' } },
      ...PERMISSIONS,
    },
  ],
};

const hasRole = (more: Partial<EdgeDescription>): EdgeDescription => ({
  kind: 'HAS_ROLE',
  about: 'to whom it is assigned',
  each: 'principals',
  from: principal(),
  to: { id: '{role}', unknown: { kind: 'Role' } },
  ...more,
});

const BOUND: Pick<EntityDescription, 'fields' | 'nodes' | 'edges'> = {
  fields: {},
  nodes: [
    {
      kind: 'Role',
      about: 'the role where it is assigned, if that is less than the tenant',
      each: 'scope',
      id: '{role}',
      name: '{roleName} over {scopeName}',
      attributes: { named: { definition: 'definition', scope: 'scope' } },
    },
    {
      kind: 'Resource',
      about: 'an administrative unit',
      when: { path: 'scopeKind', oneOf: ['administrative-unit'] },
      each: 'scope',
      id: '{scope}',
      name: '{scopeName}',
      resourceType: 'administrative-unit',
    },
  ],
  edges: [
    {
      ...inTenant('{scope}'),
      when: { path: 'scopeKind', oneOf: ['administrative-unit'] },
    },
    {
      kind: 'GRANTS',
      about: 'each block of its permissions, on the administrative unit or the application',
      each: 'permissions',
      from: '{role}',
      to: { id: '{scope}', unknown: 'pass' },
      ...PERMISSIONS,
    },
  ],
};

const ROLE_ASSIGNMENTS: EntityDescription = {
  ...BOUND,
  record: 'role-assignments',
  about: 'Assignments of roles of the directory (`AZRoleAssignment`).',
  edges: [hasRole({}), ...BOUND.edges],
};

const ROLE_ELIGIBILITIES: EntityDescription = {
  ...BOUND,
  record: 'role-eligibilities',
  about: 'Roles of the directory that can be activated (`AZRoleEligibilityScheduleInstance`).',
  edges: [
    hasRole({
      about: 'who can activate it, with what that takes (`AZRoleManagementPolicyAssignment`) as the condition',
      condition: '{condition}',
      key: 'eligible {schedule}',
      validFrom: '{startDateTime}',
      validTo: '{endDateTime}',
    }),
    ...BOUND.edges,
  ],
};

const lies: EdgeDescription = {
  kind: 'CONTAINS',
  about: 'what it lies in',
  from: '{outer}',
  to: '{id}',
};

const RESOURCE_FIELDS: Readonly<Record<string, Form>> = { id: 'text', properties: 'object', identity: 'object' };

const resource = (record: string, about: string): EntityDescription => ({
  record,
  about,
  fields: RESOURCE_FIELDS,
  nodes: [
    {
      kind: 'Resource',
      about,
      id: '{id}',
      name: '{shownName}',
      resourceType: '{type}',
      attributes: rest({ usesAccessPolicies: 'byPolicy' }, [
        'outer',
        'type',
        'displayName',
        'name',
        'identity',
        'properties',
        'byPolicy',
        'policies',
        'subscriptionId',
        'subscriptionPolicies',
        'resourceGroup',
        'resourceGroupId',
        'resourceGroupName',
        'storageAccountId',
        'extendedLocation',
        'plan',
        'resources',
        'systemData',
      ]),
    },
  ],
  edges: [lies],
});

const POLICIES: EdgeDescription = {
  kind: 'GRANTS',
  about: 'access policies, as the data actions that roles have for the same; none where the vault goes by roles',
  each: 'policies',
  from: principal(),
  to: '{id}',
  actionsIn: 'item.actions',
  condition: '{item.condition}',
  key: 'access policy {item.id|id}',
};

const VAULTS: EntityDescription = {
  ...resource('key-vaults', 'a key vault'),
  about: 'Key vaults (`AZKeyVault`) with their access policies.',
  edges: [lies, POLICIES],
};

const VAULT_POLICIES: EntityDescription = {
  record: 'vault-policies',
  about: 'Access policies (`AZKeyVaultAccessPolicy`) of vaults that have no record.',
  fields: {},
  nodes: [],
  edges: [POLICIES],
};

const AZURE_ASSIGNMENTS: EntityDescription = {
  record: 'azure-role-assignments',
  about:
    'Assignments of roles of Azure, in whatever list they are (`AZSubscriptionOwner`, `AZVMAdminLogin`, `AZStorageAccountRoleAssignment`, …). ' +
    'Each is taken at the scope that it names, so that those that are listed again further down are told once.',
  fields: {},
  nodes: [
    {
      kind: 'Role',
      about: 'the role at its scope',
      each: 'principals',
      id: '{role}',
      name: '{name}',
      attributes: { named: { definition: 'roleId', scope: 'scope', managedByVendor: 'isBuiltIn' } },
    },
  ],
  edges: [
    hasRole({ condition: '{condition}' }),
    {
      kind: 'GRANTS',
      about:
        'each block of its definition: `Actions` less `NotActions`, and `data:` before `DataActions` less `NotDataActions`',
      each: 'blocks',
      from: '{role}',
      to: '{scope}',
      actionsIn: 'item.actions',
      exceptionsIn: 'item.exceptActions',
      condition: '{item.condition}',
      key: '{item.key}',
    },
  ],
};

const SCOPES: EntityDescription = {
  record: 'scopes',
  about: 'Scopes and resources that no record describes, and the root of each tenant.',
  fields: {},
  nodes: [
    {
      kind: 'Resource',
      about: 'what stands in for it',
      id: '{id}',
      name: '{shownName}',
      resourceType: '{type}',
      attributes: { named: { tenantId: 'tenant' } },
    },
  ],
  edges: [lies],
};

const NAMELESS: EntityDescription = {
  record: 'nameless',
  about: 'Entries of lists without an id. Passed over, and counted.',
  passedOver: 'lists entries without an id, which name nobody',
  fields: {},
  nodes: [],
  edges: [],
};

/** Microsoft Entra ID and Azure as AzureHound collects them. */
export const azurehound: SourceDescription = {
  format: 'azurehound',
  title: 'Microsoft Entra ID and Azure by AzureHound',
  summary: 'Entra ID and Azure: an AzureHound collection, zip, folder or JSON files; --roles FILE for role definitions',
  spellings: { id: (text) => text.trim().toUpperCase() || undefined },
  entities: [
    TENANTS,
    USERS,
    GROUPS,
    GROUP_MEMBERS,
    GROUP_OWNERS,
    SERVICE_PRINCIPALS,
    SERVICE_PRINCIPAL_OWNERS,
    APPLICATIONS,
    APPLICATION_OWNERS,
    FEDERATED,
    APP_ROLES,
    DEVICES,
    DEVICE_OWNERS,
    ROLES,
    ROLE_ASSIGNMENTS,
    ROLE_ELIGIBILITIES,
    resource(
      'resources',
      'Management groups, subscriptions, resource groups and resources of Azure (`AZSubscription`, `AZVM`, …).',
    ),
    VAULTS,
    VAULT_POLICIES,
    AZURE_ASSIGNMENTS,
    SCOPES,
    NAMELESS,
  ],
};
