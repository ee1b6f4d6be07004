import type { JsonValue } from '../../engine/model/index.ts';
import type { Fields } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import { armId, isArmId } from './arm-ids.ts';
import { GRAPH_APP_ID } from './graph-app-roles.ts';
import { Hierarchy } from './hierarchy.ts';
import { asObject, objectsIn } from './json-fields.ts';
import { ASSIGNMENT_LISTS, RESOURCE_TYPES } from './kinds.ts';

/** A role of the directory as its record tells it. */
export interface DirectoryRole {
  readonly name: string;
  /** In upper case. */
  readonly template: string;
  readonly permissions: JsonValue | undefined;
}

/** Where a record is. */
export interface Place {
  readonly file: string;
  readonly line: number;
  /** Who vouches for it. */
  readonly source: string;
}

export const upper = (value: JsonValue | undefined): string | undefined => textOf(value)?.trim().toUpperCase();

/**
 * What has to be known of a whole collection before any record of it is told: its kinds come in any order. Memory grows with
 * roles, groups in groups, service principals, and resources of Azure; not with users and memberships.
 */
export class Survey {
  readonly hierarchy = new Hierarchy();
  /** Kinds of which there is a record. */
  readonly kinds = new Set<string>();
  /** Kinds of account that say whether they are enabled; the collector leaves a `false` out. */
  readonly tellEnabled = new Set<string>();
  /** `ROLE@TENANT` → the role. */
  readonly roles = new Map<string, DirectoryRole>();
  /** `ROLE@TENANT` → what it takes to activate it. */
  readonly activation = new Map<string, string>();
  /** Application object → application id. */
  readonly applications = new Map<string, string>();
  /** Group → groups that are its direct members. */
  readonly groupsIn = new Map<string, string[]>();
  /** Groups that an application is assigned to. */
  readonly assignedGroups = new Set<string>();
  readonly syncedGroups = new Set<string>();
  readonly assignableGroups = new Set<string>();
  /** Principals that hold a role of the directory, and groups that may. */
  readonly roleHolders = new Set<string>();
  /** Service principal → app role → its value. */
  readonly #appRoles = new Map<string, ReadonlyMap<string, string>>();
  readonly #applicationOf = new Map<string, string>();

  see(kind: string, data: Fields, tenant: string, place: Place): void {
    this.kinds.add(kind);
    if (data['accountEnabled'] === true) this.tellEnabled.add(kind);
    if (RESOURCE_TYPES.has(kind)) this.#seeResource(kind, data, tenant, place);
    else if (ASSIGNMENT_LISTS.has(kind)) this.#seeAssignments(kind, data, tenant, place);
    else this.#seeOfDirectory(kind, data, tenant, place);
  }

  #seeOfDirectory(kind: string, data: Fields, tenant: string, place: Place): void {
    if (kind === 'AZApp') this.#application(data);
    else if (kind === 'AZServicePrincipal') this.#servicePrincipal(data, tenant, place);
    else if (kind === 'AZGroup') this.#group(data);
    else if (kind === 'AZGroupMember') this.#members(data);
    else if (kind === 'AZAppRoleAssignment') this.#appRoleAssignment(data);
    else if (kind === 'AZRole') this.#role(data, tenant);
    else if (kind === 'AZRoleAssignment')
      for (const { principalId } of objectsIn(data['roleAssignments'])) this.#holds(principalId);
    else if (kind === 'AZRoleEligibilityScheduleInstance') this.#holds(data['principalId']);
    else if (kind === 'AZRoleManagementPolicyAssignment') this.#policy(data, tenant);
    else if (kind === 'AZManagementGroupDescendant') this.#descendant(data, tenant, place);
    else if (kind === 'AZKeyVaultAccessPolicy') this.#policyOfVault(data, tenant, place);
  }

  #application(data: Fields): void {
    const [object, application] = [upper(data['id']), upper(data['appId'])];
    if (object !== undefined && application !== undefined) this.applications.set(object, application);
  }

  #servicePrincipal(data: Fields, tenant: string, place: Place): void {
    const id = upper(data['id']);
    if (id === undefined) return;
    const application = upper(data['appId']);
    if (application !== undefined) this.#applicationOf.set(id, application);
    const roles = objectsIn(data['appRoles']).flatMap((role): [string, string][] => {
      const [of, value] = [upper(role['id']), textOf(role['value'])];
      return of === undefined || value === undefined ? [] : [[of, value]];
    });
    if (roles.length > 0) this.#appRoles.set(id, new Map(roles));
    const resource = resourceOfIdentity(data, tenant);
    if (resource !== undefined) this.hierarchy.mention({ id: resource, tenant, ...place });
  }

  #group(data: Fields): void {
    const id = upper(data['id']);
    if (id === undefined) return;
    if (data['onPremisesSyncEnabled'] === true) this.syncedGroups.add(id);
    if (data['isAssignableToRole'] !== true) return;
    this.assignableGroups.add(id);
    this.roleHolders.add(id);
  }

  #members(data: Fields): void {
    const group = upper(data['groupId']);
    if (group === undefined) return;
    for (const { member } of objectsIn(data['members'])) {
      const { id, '@odata.type': type } = asObject(member);
      const inner = upper(id);
      if (inner === undefined || textOf(type)?.toLowerCase() !== '#microsoft.graph.group') continue;
      const known = this.groupsIn.get(group);
      if (known === undefined) this.groupsIn.set(group, [inner]);
      else known.push(inner);
    }
  }

  #appRoleAssignment(data: Fields): void {
    const principal = upper(data['principalId']);
    if (principal !== undefined && textOf(data['principalType']) === 'Group') this.assignedGroups.add(principal);
  }

  #role(data: Fields, tenant: string): void {
    const id = upper(data['id']);
    if (id === undefined) return;
    const template = upper(data['templateId']) ?? id;
    this.roles.set(`${id}@${tenant}`, {
      name: textOf(data['displayName']) ?? id,
      template,
      permissions: data['rolePermissions'],
    });
  }

  #holds(principal: JsonValue | undefined): void {
    const id = upper(principal);
    if (id !== undefined) this.roleHolders.add(id);
  }

  #policy(data: Fields, tenant: string): void {
    const role = upper(data['roleDefinitionId']);
    if (role === undefined) return;
    const needs = NEEDED_TO_ACTIVATE.filter(([field]) => data[field] === true).map(([, text]) => text);
    if (needs.length > 0) this.activation.set(`${role}@${tenant}`, needs.join(', '));
  }

  #descendant(data: Fields, tenant: string, place: Place): void {
    const [child, parent] = [textOf(data['id']), textOf(asObject(asObject(data['properties'])['parent'])['id'])];
    if (child === undefined || parent === undefined || !isArmId(child) || !isArmId(parent)) return;
    this.#within(armId(child, tenant), armId(parent, tenant), tenant, place);
  }

  #policyOfVault(data: Fields, tenant: string, place: Place): void {
    const vault = textOf(data['keyVaultId'])?.trim();
    if (vault !== undefined && isArmId(vault)) this.hierarchy.mention({ id: armId(vault, tenant), tenant, ...place });
  }

  #within(id: string, parent: string, tenant: string, place: Place): void {
    this.hierarchy.mention({ id, tenant, ...place });
    this.hierarchy.mention({ id: parent, tenant, ...place });
    this.hierarchy.within(id, parent);
  }

  #seeResource(kind: string, data: Fields, tenant: string, place: Place): void {
    const text = textOf(data['id']);
    if (text === undefined || !isArmId(text.trim())) return;
    const id = armId(text, tenant);
    this.hierarchy.describe({ id, tenant, ...place });
    const name = textOf(data['displayName']) ?? textOf(asObject(data['properties'])['displayName']);
    if (name !== undefined) this.hierarchy.name(id, name);
    for (const identity of Object.keys(asObject(asObject(data['identity'])['userAssignedIdentities'])))
      if (isArmId(identity)) this.hierarchy.mention({ id: armId(identity, tenant), tenant, ...place });
    if (kind !== 'AZManagementGroup') return;
    const parent = textOf(asObject(asObject(asObject(data['properties'])['details'])['parent'])['id']);
    if (parent !== undefined && isArmId(parent)) this.#within(id, armId(parent, tenant), tenant, place);
  }

  #seeAssignments(kind: string, data: Fields, tenant: string, place: Place): void {
    const [list, item] = ASSIGNMENT_LISTS.get(kind)!;
    for (const entry of objectsIn(data[list])) {
      const scope = textOf(asObject(asObject(entry[item])['properties'])['scope']);
      if (scope !== undefined && isArmId(scope.trim()))
        this.hierarchy.mention({ id: armId(scope, tenant), tenant, ...place });
    }
  }

  /** The value of an app role of a service principal; undefined where its record does not tell. */
  valueOf(servicePrincipal: string, appRole: string): string | undefined {
    return this.#appRoles.get(servicePrincipal)?.get(appRole);
  }

  /** False for what is certainly not Microsoft Graph. */
  mayBeGraph(servicePrincipal: string): boolean {
    return (this.#applicationOf.get(servicePrincipal) ?? GRAPH_APP_ID) === GRAPH_APP_ID;
  }

  /** Groups in which nested members count for less than direct ones: they are not assigned the applications that the group is. */
  hasNestedAssigned(group: string): boolean {
    return this.assignedGroups.has(group) && this.groupsIn.has(group);
  }

  /** All groups whose members hold a role of the directory, or are kept from those who may not rule such. Call when all was seen. */
  watchedGroups(): ReadonlySet<string> {
    const watched = new Set(this.roleHolders);
    for (const group of watched) for (const inner of this.groupsIn.get(group) ?? []) watched.add(inner);
    return watched;
  }
}

const NEEDED_TO_ACTIVATE = [
  ['endUserAssignmentRequiresApproval', 'an approval'],
  ['endUserAssignmentRequiresMFA', 'multi-factor authentication'],
  ['endUserAssignmentRequiresCAPAuthenticationContext', 'what conditional access asks'],
  ['endUserAssignmentRequiresJustification', 'a justification'],
  ['endUserAssignmentRequiresTicketInformation', 'a ticket'],
] as const;

/** The resource that a managed identity is of, or is: the service principal names it among its alternative names. */
export function resourceOfIdentity(data: Fields, tenant: string): string | undefined {
  const names = data['alternativeNames'];
  if (!Array.isArray(names)) return undefined;
  const name = names.find((one): one is string => typeof one === 'string' && /^\/subscriptions\//i.test(one.trim()));
  return name === undefined ? undefined : armId(name, tenant);
}
