import { InputError, type JsonValue } from '../../engine/model/index.ts';
import type { Fields, SourceRecord } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import { armId, isArmId, nameOfArmId, typeOfArmId } from './arm-ids.ts';
import { GRAPH_APP_ROLES } from './graph-app-roles.ts';
import type { Mentioned } from './hierarchy.ts';
import { asObject, objectsIn } from './json-fields.ts';
import { ASSIGNMENT_LISTS, isOfAzure, RESOURCE_TYPES } from './kinds.ts';
import { blocksOf, type RoleDefinitions, unknownBlock } from './role-definitions.ts';
import { resourceOfIdentity, type Survey, upper } from './survey.ts';
import { vaultActions } from './vault-permissions.ts';

/** Where a record was found, and who vouches for it. */
export interface ObjectPlace {
  readonly file: string;
  readonly line: number;
  readonly at: string;
  readonly tenant: string;
  readonly directorySource: string;
  readonly azureSource: string;
}

/**
 * Brings objects of AzureHound into the records of the description: ids in one spelling, lists unwrapped, what only the
 * whole collection tells added.
 */
export class Objects {
  readonly #survey: Survey;
  readonly #definitions: RoleDefinitions;
  /** Roles at a scope whose grants were told. */
  readonly #told = new Set<string>();
  /** Roles of which no definition is known. */
  readonly #unknown: Set<string>;

  constructor(survey: Survey, definitions: RoleDefinitions, unknown: Set<string>) {
    this.#survey = survey;
    this.#definitions = definitions;
    this.#unknown = unknown;
  }

  /** The records that an object stands for. @throws InputError for lists that are none, with the place */
  recordsOf(kind: string, data: Fields, place: ObjectPlace): readonly SourceRecord[] {
    const make = (type: string, fields: Fields): SourceRecord => ({
      type,
      fields,
      source: isOfAzure(kind) ? place.azureSource : place.directorySource,
      file: place.file,
      line: place.line,
      at: place.at,
    });
    if (ASSIGNMENT_LISTS.has(kind)) return this.#assignments(kind, data, place, make);
    if (RESOURCE_TYPES.has(kind)) return [this.#resource(kind, data, place, make)];
    return this.#ofDirectory(kind, data, place, make);
  }

  #ofDirectory(kind: string, data: Fields, place: ObjectPlace, make: Make): readonly SourceRecord[] {
    const { tenant } = place;
    switch (kind) {
      case 'AZTenant':
        return [make('tenants', { ...data, id: data['tenantId'] ?? data['id'] ?? null })];
      case 'AZUser':
        return [
          make('users', {
            ...this.#account(kind, data),
            tenant,
            shownName: data['userPrincipalName'] ?? data['displayName'] ?? null,
          }),
        ];
      case 'AZDevice':
        return [make('devices', { ...this.#account(kind, data), tenant })];
      case 'AZServicePrincipal':
        return [
          make('service-principals', {
            ...this.#account(kind, data),
            tenant,
            resource: resourceOfIdentity(data, tenant) ?? null,
          }),
        ];
      case 'AZGroup':
        return [make('groups', { ...data, tenant })];
      case 'AZApp':
        return [make('applications', { ...data, tenant })];
      case 'AZGroupMember':
        return this.#listed(data, 'members', 'member', place, make, (items) => ({
          type: 'group-members',
          fields: { group: data['groupId'] ?? null, tenant, items, ...this.#direct(data['groupId']) },
        }));
      case 'AZGroupOwner':
        return this.#listed(data, 'owners', 'owner', place, make, (items) => ({
          type: 'group-owners',
          fields: { group: data['groupId'] ?? null, tenant, items, condition: this.#syncCondition(data['groupId']) },
        }));
      case 'AZAppOwner':
        return this.#listed(data, 'owners', 'owner', place, make, (items) => ({
          type: 'application-owners',
          fields: { application: this.#applicationId(data['appId']), tenant, items },
        }));
      case 'AZServicePrincipalOwner':
        return this.#listed(data, 'owners', 'owner', place, make, (items) => ({
          type: 'service-principal-owners',
          fields: { servicePrincipal: data['servicePrincipalId'] ?? null, items },
        }));
      case 'AZDeviceOwner':
        return this.#listed(data, 'owners', 'owner', place, make, (items) => ({
          type: 'device-owners',
          fields: { device: data['deviceId'] ?? firstOf(data['owners'], 'deviceId'), items },
        }));
      case 'AZFederatedIdentityCredential':
        return this.#listed(data, 'fics', 'fic', place, make, (items) => ({
          type: 'federated-credentials',
          fields: { application: this.#applicationId(data['appId']), tenant, items },
        }));
      case 'AZAppRoleAssignment':
        return [make('app-role-assignments', this.#appRoleAssignment(data, tenant))];
      case 'AZRole':
        return [make('roles', { ...data, tenant, rolePermissions: keyed(data['rolePermissions']) })];
      case 'AZRoleAssignment':
        return listIn(data, 'roleAssignments', place).map((item) =>
          make('role-assignments', this.#roleAssignment(item, data['roleDefinitionId'], tenant)),
        );
      case 'AZRoleEligibilityScheduleInstance':
        return [make('role-eligibilities', this.#eligibility(data, tenant))];
      case 'AZManagementGroupDescendant':
      case 'AZRoleManagementPolicyAssignment':
        // The survey made of them what there is to make: places of scopes, and what activation takes.
        return [];
      case 'AZKeyVaultAccessPolicy':
        return this.#policyOfVault(data, place, make);
      default:
        return [make(kind, data)];
    }
  }

  /** The collector leaves `accountEnabled` out where it is false. */
  #account(kind: string, data: Fields): Fields {
    if (!this.#survey.tellEnabled.has(kind)) return data;
    return { ...data, accountEnabled: data['accountEnabled'] ?? false };
  }

  #applicationId(value: JsonValue | undefined): JsonValue {
    const id = upper(value);
    return id === undefined ? (value ?? null) : (this.#survey.applications.get(id) ?? id);
  }

  #syncCondition(group: JsonValue | undefined): JsonValue {
    return this.#survey.syncedGroups.has(upper(group) ?? '') ? SYNCED_GROUP : null;
  }

  #direct(group: JsonValue | undefined): Fields {
    const id = upper(group);
    return id !== undefined && this.#survey.hasNestedAssigned(id) ? { direct: id } : {};
  }

  #listed(
    data: Fields,
    list: string,
    name: string,
    place: ObjectPlace,
    make: Make,
    record: (items: readonly Fields[]) => { readonly type: string; readonly fields: Fields },
  ): readonly SourceRecord[] {
    const items = listIn(data, list, place).map((item) => asObject(item[name]));
    // The collector writes null for what it could not read.
    const told = items.filter((item) => textOf(item['id']) !== undefined);
    const { type, fields } = record(told.map((item) => ({ ...item, type: textOf(item['@odata.type']) ?? null })));
    const nameless = items.length - told.length;
    return [make(type, fields), ...(nameless === 0 ? [] : [make('nameless', {})])];
  }

  #appRoleAssignment(data: Fields, tenant: string): Fields {
    const [resource, appRole] = [upper(data['resourceId']), upper(data['appRoleId'])];
    const principal = upper(data['principalId']);
    const graph =
      resource !== undefined && this.#survey.mayBeGraph(resource) ? GRAPH_APP_ROLES.get(appRole ?? '') : undefined;
    const value = this.#survey.valueOf(resource ?? '', appRole ?? '') ?? graph?.value;
    const usual = appRole === undefined || /^[0-]*$/.test(appRole) ? 'Default Access' : appRole;
    const direct = principal !== undefined && this.#survey.hasNestedAssigned(principal);
    return {
      ...data,
      tenant,
      principalId: direct ? `${principal}/direct` : (principal ?? null),
      principals: principal === undefined ? [] : [{ type: textOf(data['principalType']) ?? null }],
      value: value ?? usual,
      graph: graph === undefined ? null : appRole!,
    };
  }

  #roleAssignment(item: Fields, of: JsonValue | undefined, tenant: string): Fields {
    const role = upper(item['roleDefinitionId']) ?? upper(of);
    const principal = asObject(item['principal']);
    return {
      ...this.#bound(role, item, tenant),
      principals: [
        { id: item['principalId'] ?? principal['id'] ?? null, type: textOf(principal['@odata.type']) ?? null },
      ],
    };
  }

  #eligibility(data: Fields, tenant: string): Fields {
    const role = upper(data['roleDefinitionId']);
    const needs = this.#survey.activation.get(`${role}@${tenant}`);
    return {
      ...this.#bound(role, data, tenant),
      schedule: data['id'] ?? null,
      principals: [{ id: data['principalId'] ?? null, type: null }],
      condition: `eligible: it has to be activated${needs === undefined ? '' : ` with ${needs}`}`,
      startDateTime: data['startDateTime'] ?? null,
      endDateTime: data['endDateTime'] ?? null,
    };
  }

  /** A role of the directory where it is assigned: the tenant, or an object in it. */
  #bound(role: string | undefined, assignment: Fields, tenant: string): Fields {
    if (role === undefined) return { tenant };
    const definition = `${role}@${tenant}`;
    const known = this.#survey.roles.get(definition);
    const scope = scopeOf(assignment, tenant);
    const shared = { tenant, definition, template: known?.template ?? role, roleName: known?.name ?? role };
    if (scope === undefined) return { ...shared, role: definition };
    return {
      ...shared,
      role: `${definition}/${scope.id}`,
      scope: scope.id,
      scopeName: scope.name,
      scopeKind: scope.kind,
      permissions: scope.kind === 'object' ? [] : keyed(known?.permissions ?? null),
    };
  }

  #resource(kind: string, data: Fields, place: ObjectPlace, make: Make): SourceRecord {
    const { tenant } = place;
    const text = textOf(data['id'])?.trim();
    if (text !== undefined && !isArmId(text))
      throw wrong(place, 'id', 'must be the path of a resource, such as /subscriptions/…');
    const id = text === undefined ? undefined : armId(text, tenant);
    const properties = asObject(data['properties']);
    const name = textOf(data['displayName']) ?? textOf(properties['displayName']) ?? textOf(data['name']);
    const fields: Record<string, JsonValue> = {
      ...data,
      tenant,
      id: id ?? null,
      outer: id === undefined ? null : (this.#survey.hierarchy.outerOf(id) ?? null),
      shownName: name ?? (id === undefined ? null : nameOfArmId(id)),
      type: RESOURCE_TYPES.get(kind)!,
    };
    if (kind !== 'AZKeyVault') return make('resources', fields);
    const byPolicy = properties['enableRbacAuthorization'] !== true;
    return make('key-vaults', { ...fields, byPolicy, policies: byPolicy ? policiesOf(properties, place) : [] });
  }

  /** A vault tells its policies itself; they count alone where it has no record. */
  #policyOfVault(data: Fields, place: ObjectPlace, make: Make): readonly SourceRecord[] {
    const vault = textOf(data['keyVaultId'])?.trim();
    if (vault === undefined || !isArmId(vault)) throw wrong(place, 'keyVaultId', 'must be the path of a vault');
    const id = armId(vault, place.tenant);
    if (this.#survey.hierarchy.describes(id)) return [];
    return [make('vault-policies', { tenant: place.tenant, id, policies: [policyOf(data, place, '', VAULT_UNKNOWN)] })];
  }

  #assignments(kind: string, data: Fields, place: ObjectPlace, make: Make): readonly SourceRecord[] {
    const [list, name] = ASSIGNMENT_LISTS.get(kind)!;
    return listIn(data, list, place).map((entry, at) => {
      const assignment = asObject(entry[name]);
      return make(
        'azure-role-assignments',
        this.#assignment(assignment, { ...place, at: `${place.at}.${list}[${at}].${name}` }),
      );
    });
  }

  #assignment(assignment: Fields, place: ObjectPlace): Fields {
    const properties = asObject(assignment['properties']);
    const [definition, scopeText] = [textOf(properties['roleDefinitionId']), textOf(properties['scope'])?.trim()];
    if (definition === undefined || scopeText === undefined || !isArmId(scopeText))
      throw wrong(
        place,
        'properties',
        'is no assignment of a role: it needs "principalId", "roleDefinitionId" and "scope"',
      );
    const roleId = definition.slice(definition.lastIndexOf('/') + 1).toUpperCase();
    const scope = armId(scopeText, place.tenant);
    const role = `${roleId}@${scope}`;
    const known = this.#definitions.get(roleId);
    if (known === undefined) this.#unknown.add(roleId);
    const isFirst = !this.#told.has(role);
    this.#told.add(role);
    return {
      tenant: place.tenant,
      role,
      roleId,
      scope,
      name: `${known?.name ?? roleId} on ${this.#survey.hierarchy.nameOf(scope)}`,
      isBuiltIn: known?.isBuiltIn ?? null,
      principals: [{ id: properties['principalId'] ?? null, type: properties['principalType'] ?? null }],
      condition: properties['condition'] ?? null,
      blocks: isFirst ? ((known === undefined ? [unknownBlock(roleId)] : blocksOf(known)) as unknown as JsonValue) : [],
    };
  }

  /** What stands in for a resource that no record describes. */
  standIn({ id, tenant, source, file, line }: Mentioned): SourceRecord {
    const fields: Fields = {
      tenant,
      id,
      outer: this.#survey.hierarchy.outerOf(id) ?? null,
      shownName: nameOfArmId(id),
      type: typeOfArmId(id),
    };
    return { type: 'scopes', fields, source, file, line };
  }
}

type Make = (type: string, fields: Fields) => SourceRecord;

const SYNCED_GROUP = 'if its members, which are kept on premises, come to be kept in the cloud';

interface Scope {
  readonly id: string;
  readonly kind: 'administrative-unit' | 'application' | 'object';
  readonly name: string;
}

const ADMINISTRATIVE_UNIT = /^\/?administrativeUnits\//i;

/**
 * Where a role of the directory is assigned; undefined for the whole tenant. The collector puts `/` and the application of the scope in the
 * place of the scope's id: an assignment over an administrative unit, which has no application, reads `/`, and only the expanded
 * `directoryScope` tells it from one over the tenant.
 */
function scopeOf(assignment: Fields, tenant: string): Scope | undefined {
  const text = textOf(assignment['directoryScopeId'])?.trim() ?? '/';
  const expanded = asObject(assignment['directoryScope']);
  const type = textOf(expanded['@odata.type'])?.toLowerCase() ?? '';
  const object = upper(expanded['id']);
  const name = textOf(expanded['displayName']);
  if (ADMINISTRATIVE_UNIT.test(text) || type.endsWith('.administrativeunit')) {
    const id = text === '/' ? object : text.slice(text.lastIndexOf('/') + 1).toUpperCase();
    return id === undefined || id === '' ? undefined : { id, kind: 'administrative-unit', name: name ?? id };
  }
  const id = text === '/' || text === '' ? object : text.slice(text.lastIndexOf('/') + 1).toUpperCase();
  if (id === undefined || id === '' || id === tenant) return undefined;
  const isApplication = type.endsWith('.application') || textOf(expanded['appId']) !== undefined;
  return { id, kind: isApplication ? 'application' : 'object', name: name ?? id };
}

/** Permissions with a key that tells them apart. */
const keyed = (permissions: JsonValue | undefined): JsonValue =>
  Array.isArray(permissions)
    ? permissions.map((block: JsonValue, at) => ({ ...asObject(block), key: `${at}` }))
    : (permissions ?? null);

/** The objects of a list of an object. @throws InputError for what is none */
function listIn(data: Fields, name: string, place: ObjectPlace): readonly Fields[] {
  const value = data[name];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw wrong(place, name, 'must be a list of objects');
  const bad = value.findIndex((item: JsonValue) => typeof item !== 'object' || item === null || Array.isArray(item));
  if (bad >= 0) throw wrong(place, `${name}[${bad}]`, 'must be an object');
  return value as readonly Fields[];
}

const policiesOf = (properties: Fields, place: ObjectPlace): JsonValue =>
  listIn(properties, 'accessPolicies', { ...place, at: `${place.at}.properties` }).map((policy, at) =>
    policyOf(policy, place, `properties.accessPolicies[${at}].`),
  );

const VAULT_UNKNOWN = 'if the vault takes access policies';

/** An access policy as a grant: who, which actions. */
function policyOf(policy: Fields, place: ObjectPlace, at: string, condition?: string): JsonValue {
  const permissions = asObject(policy['permissions']);
  const actions = Object.keys(permissions).flatMap((type) => {
    const list = permissions[type] ?? [];
    if (!Array.isArray(list)) throw wrong(place, `${at}permissions.${type}`, 'must be a list of texts');
    return list.flatMap((one: JsonValue) => vaultActions(type, textOf(one) ?? ''));
  });
  const application = textOf(policy['applicationId']);
  const conditions = [condition, application === undefined ? undefined : `only through the application ${application}`];
  return {
    id: policy['objectId'] ?? null,
    application: application ?? null,
    actions: [...new Set(actions)],
    condition: conditions.filter((one) => one !== undefined).join('; ') || null,
  };
}

const firstOf = (list: JsonValue | undefined, field: string): JsonValue => objectsIn(list)[0]?.[field] ?? null;

function wrong({ file, line, at }: ObjectPlace, field: string, message: string): InputError {
  return new InputError([{ file, line, field: `${at}.${field}`, message }], 1);
}
