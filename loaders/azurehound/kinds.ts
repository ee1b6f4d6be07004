/** Kinds of AzureHound that tell the same thing in several forms, by where in them it is. */

/** Lists of assignments of roles of Azure: kind → name of the list, name of the assignment in an item. */
export const ASSIGNMENT_LISTS: ReadonlyMap<string, readonly [list: string, item: string]> = new Map<
  string,
  readonly [string, string]
>([
  ...['ManagementGroup', 'Subscription', 'ResourceGroup', 'KeyVault', 'VM'].flatMap((of) => [
    [`AZ${of}RoleAssignment`, ['roleAssignments', 'roleAssignment']] as const,
    [`AZ${of}Owner`, ['owners', 'owner']] as const,
    [`AZ${of}Contributor`, ['contributors', 'contributor']] as const,
    [`AZ${of}UserAccessAdmin`, ['userAccessAdmins', 'userAccessAdmin']] as const,
  ]),
  ['AZKeyVaultKVContributor', ['kvContributors', 'kvContributor']] as const,
  ['AZVMAdminLogin', ['adminLogins', 'adminLogin']] as const,
  ['AZVMAvereContributor', ['avereContributors', 'avereContributor']] as const,
  ['AZVMVMContributor', ['vmContributors', 'vmContributor']] as const,
  ...[
    'StorageAccount',
    'AutomationAccount',
    'LogicApp',
    'FunctionApp',
    'ContainerRegistry',
    'WebApp',
    'ManagedCluster',
    'VMScaleSet',
  ].map((of) => [`AZ${of}RoleAssignment`, ['assignees', 'assignee']] as const),
]);

/** Kinds of resources, with their type. */
export const RESOURCE_TYPES: ReadonlyMap<string, string> = new Map([
  ['AZAutomationAccount', 'Microsoft.Automation/automationAccounts'],
  ['AZContainerRegistry', 'Microsoft.ContainerRegistry/registries'],
  ['AZFunctionApp', 'Microsoft.Web/sites'],
  ['AZKeyVault', 'Microsoft.KeyVault/vaults'],
  ['AZLogicApp', 'Microsoft.Logic/workflows'],
  ['AZManagedCluster', 'Microsoft.ContainerService/managedClusters'],
  ['AZManagementGroup', 'management-group'],
  ['AZResourceGroup', 'resource-group'],
  ['AZStorageAccount', 'Microsoft.Storage/storageAccounts'],
  ['AZStorageContainer', 'Microsoft.Storage/storageAccounts/blobServices/containers'],
  ['AZSubscription', 'subscription'],
  ['AZVM', 'Microsoft.Compute/virtualMachines'],
  ['AZVMScaleSet', 'Microsoft.Compute/virtualMachineScaleSets'],
  ['AZWebApp', 'Microsoft.Web/sites'],
]);

/** Kinds without which the directory half of a collection is not whole. */
export const NEEDED_OF_DIRECTORY = [
  'AZTenant',
  'AZUser',
  'AZGroup',
  'AZGroupMember',
  'AZApp',
  'AZServicePrincipal',
  'AZRole',
  'AZRoleAssignment',
] as const;

const OF_AZURE =
  /^AZ(?:ManagementGroup|Subscription|ResourceGroup|KeyVault|VM|StorageAccount|StorageContainer|AutomationAccount|LogicApp|FunctionApp|ContainerRegistry|WebApp|ManagedCluster)/;

/** True for kinds of Azure itself, false for those of the directory. */
export const isOfAzure = (kind: string): boolean => OF_AZURE.test(kind);
