/** Ids of Azure Resource Manager: paths of pairs, in which letter case does not matter. Here they are in upper case. */

const SUBSCRIPTION = /^\/SUBSCRIPTIONS\/[^/]+$/;
const RESOURCE_GROUP = /^\/SUBSCRIPTIONS\/[^/]+\/RESOURCEGROUPS\/[^/]+$/;
const MANAGEMENT_GROUP = /^\/PROVIDERS\/MICROSOFT\.MANAGEMENT\/MANAGEMENTGROUPS\/[^/]+$/;
const ROOT = /^\/(?:@|$)/;
const PROVIDERS = '/PROVIDERS/';

/**
 * The one spelling of an id: upper case, without a slash at its end. What every tenant may have alike has its tenant behind it:
 * the root of a tenant (`/@TENANT`) and management groups.
 */
export function armId(text: string, tenant: string): string {
  const whole = text.trim().toUpperCase();
  const id = whole.length > 1 && whole.endsWith('/') ? whole.slice(0, -1) : whole;
  return id === '/' || (MANAGEMENT_GROUP.test(id) && !id.includes('@')) ? `${id}@${tenant}` : id;
}

/** The root of a tenant, in which its management groups and subscriptions lie. */
export const rootOf = (tenant: string): string => `/@${tenant}`;

/** True for what can be a scope of assignments: a path. */
export const isArmId = (id: string): boolean => id.startsWith('/');

/** The role that stands for what the root of a tenant gives to those who rule it. */
export const controlOfRoot = (tenant: string): string => `${rootOf(tenant)}/control`;

/**
 * The ids that a path lies in, nearest first, by the path alone: types nested in a resource, its resource group, its
 * subscription. What lies above a subscription no path tells.
 */
export function enclosingIds(id: string): readonly string[] {
  if (MANAGEMENT_GROUP.test(id) || SUBSCRIPTION.test(id) || ROOT.test(id)) return [];
  const enclosing: string[] = [];
  for (let inner = outerOf(id); inner !== undefined; inner = outerOf(inner)) enclosing.push(inner);
  return enclosing;
}

/** A path without its last pair; without its provider where that pair was the first behind one. */
function outerOf(id: string): string | undefined {
  const pair = id.lastIndexOf('/', id.lastIndexOf('/') - 1);
  if (pair <= 0) return undefined;
  const outer = id.slice(0, pair);
  const provider = outer.lastIndexOf(PROVIDERS);
  // `/providers/Microsoft.KeyVault` with nothing behind the namespace is no thing of its own.
  return provider >= 0 && !outer.slice(provider + PROVIDERS.length).includes('/')
    ? outer.slice(0, provider) || undefined
    : outer;
}

/** True for scopes that there are even if no file describes them: whatever is in them proves it. */
export const isContainer = (id: string): boolean => SUBSCRIPTION.test(id) || RESOURCE_GROUP.test(id);

/** Types that AzureHound has, in the spelling of Microsoft. */
const TYPES = new Map(
  [
    'Microsoft.Automation/automationAccounts',
    'Microsoft.Compute/virtualMachineScaleSets',
    'Microsoft.Compute/virtualMachines',
    'Microsoft.ContainerRegistry/registries',
    'Microsoft.ContainerService/managedClusters',
    'Microsoft.KeyVault/vaults',
    'Microsoft.Logic/workflows',
    'Microsoft.ManagedIdentity/userAssignedIdentities',
    'Microsoft.Storage/storageAccounts',
    'Microsoft.Storage/storageAccounts/blobServices/containers',
    'Microsoft.Web/sites',
  ].map((type) => [type.toUpperCase(), type]),
);

/** The type of resource that an id is of; of unknown ones in lower case. */
export function typeOfArmId(id: string): string {
  if (ROOT.test(id)) return 'azure-root';
  if (MANAGEMENT_GROUP.test(id)) return 'management-group';
  if (SUBSCRIPTION.test(id)) return 'subscription';
  if (RESOURCE_GROUP.test(id)) return 'resource-group';
  const [namespace, ...pairs] = id.slice(id.lastIndexOf(PROVIDERS) + PROVIDERS.length).split('/');
  const type = [namespace, ...pairs.filter((_, at) => at % 2 === 0)].join('/');
  return TYPES.get(type) ?? type.toLowerCase();
}

/** The last part of an id, as a name for what no file names. */
export function nameOfArmId(id: string): string {
  if (ROOT.test(id)) return 'root of Azure';
  const last = id.slice(id.lastIndexOf('/') + 1);
  return last.split('@')[0] || id;
}
