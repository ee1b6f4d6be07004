/**
 * Actions on resources of Azure by which more is taken over than they say: code runs as the identity of a resource, keys open
 * its data. Facts of Microsoft's references of permissions and of how each service uses its managed identity.
 */
import { DATA } from './role-definitions.ts';

export interface ResourcePower {
  /** Part of the id of the roles that stand for it. */
  readonly key: string;
  /** Any of them is enough. */
  readonly rights: readonly string[];
  readonly condition?: string;
}

const IDENTITY = 'Microsoft.ManagedIdentity/userAssignedIdentities';

/** By type of resource: whoever has one of the rights acts as the identities of the resource. */
const BY_TYPE: Readonly<Record<string, ResourcePower>> = {
  'Microsoft.Compute/virtualMachines': {
    key: 'machines',
    rights: [
      'Microsoft.Compute/virtualMachines/runCommand/action',
      'Microsoft.Compute/virtualMachines/runCommands/write',
      'Microsoft.Compute/virtualMachines/extensions/write',
      'Microsoft.Compute/virtualMachines/write',
      `${DATA}Microsoft.Compute/virtualMachines/loginAsAdmin/action`,
      // Whoever can log in can ask the machine for tokens of its identities.
      `${DATA}Microsoft.Compute/virtualMachines/login/action`,
    ],
  },
  'Microsoft.Compute/virtualMachineScaleSets': {
    key: 'scale-sets',
    rights: [
      'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommand/action',
      'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommands/write',
      'Microsoft.Compute/virtualMachineScaleSets/extensions/write',
      'Microsoft.Compute/virtualMachineScaleSets/write',
      `${DATA}Microsoft.Compute/virtualMachines/loginAsAdmin/action`,
      `${DATA}Microsoft.Compute/virtualMachines/login/action`,
    ],
  },
  'Microsoft.Web/sites': {
    key: 'sites',
    rights: [
      'Microsoft.Web/sites/write',
      'Microsoft.Web/sites/publish/Action',
      'Microsoft.Web/sites/publishxml/Action',
      'Microsoft.Web/sites/config/list/Action',
      'Microsoft.Web/sites/host/listkeys/action',
      'Microsoft.Web/sites/functions/write',
    ],
  },
  'Microsoft.Logic/workflows': { key: 'workflows', rights: ['Microsoft.Logic/workflows/write'] },
  'Microsoft.Automation/automationAccounts': {
    key: 'automation',
    rights: [
      'Microsoft.Automation/automationAccounts/write',
      'Microsoft.Automation/automationAccounts/runbooks/write',
      'Microsoft.Automation/automationAccounts/runbooks/draft/write',
      'Microsoft.Automation/automationAccounts/runbooks/draft/testJob/write',
    ],
  },
  'Microsoft.ContainerService/managedClusters': {
    key: 'clusters',
    rights: [
      'Microsoft.ContainerService/managedClusters/write',
      'Microsoft.ContainerService/managedClusters/runCommand/action',
      'Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action',
    ],
  },
  'Microsoft.ContainerRegistry/registries': {
    key: 'registries',
    rights: [
      'Microsoft.ContainerRegistry/registries/tasks/write',
      'Microsoft.ContainerRegistry/registries/scheduleRun/action',
    ],
  },
  [IDENTITY]: { key: 'identities', rights: [`${IDENTITY}/federatedIdentityCredentials/write`] },
};

/** A user-assigned identity can be given to a resource of one's own. */
export const ASSIGNS_IDENTITY: ResourcePower = {
  key: 'assigned-identities',
  rights: [`${IDENTITY}/assign/action`],
  condition: 'with a machine or another resource to give the identity to',
};

/** Vaults with access policies: whoever can write the policies reads the secrets. */
export const TAKES_VAULTS: ResourcePower = {
  key: 'vaults',
  rights: ['Microsoft.KeyVault/vaults/accessPolicies/write', 'Microsoft.KeyVault/vaults/write'],
};

/** Storage accounts: their keys open all data in them. */
export const TAKES_STORAGE: ResourcePower = {
  key: 'storage',
  rights: [
    'Microsoft.Storage/storageAccounts/listKeys/action',
    'Microsoft.Storage/storageAccounts/regenerateKey/action',
    'Microsoft.Storage/storageAccounts/listAccountSas/action',
  ],
};

/** At any scope: every role can be given there. */
export const GIVES_ROLES: ResourcePower = {
  key: 'roles',
  rights: [
    'Microsoft.Authorization/roleAssignments/write',
    'Microsoft.Authorization/roleAssignmentScheduleRequests/write',
    'Microsoft.Authorization/roleEligibilityScheduleRequests/write',
  ],
};

/** At any scope: roles that are assigned can be rewritten. */
export const REWRITES_ROLES: ResourcePower = {
  key: 'role-definitions',
  rights: ['Microsoft.Authorization/roleDefinitions/write'],
  condition: 'where a custom role is assigned to its holder, who can rewrite it',
};

const KNOWN = new Map(Object.entries(BY_TYPE).map(([type, power]) => [type.toLowerCase(), power]));

/** By which rights the identities of a resource of a type are taken over; of an unknown type, by writing it, perhaps. */
export function powerOverIdentities(type: string): ResourcePower {
  const known = KNOWN.get(type.toLowerCase());
  if (known !== undefined) return known;
  const condition = 'if the resource runs what its writer chooses';
  return { key: type.toLowerCase(), rights: [`${type}/write`], condition };
}
