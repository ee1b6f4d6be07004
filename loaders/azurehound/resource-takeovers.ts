import type { EdgeDraft, NodeRecord } from '../../engine/model/index.ts';
import type { Fields, SourceRecord } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import { armId, controlOfRoot, isArmId, nameOfArmId, rootOf, typeOfArmId } from './arm-ids.ts';
import { asObject } from './json-fields.ts';
import {
  ASSIGNS_IDENTITY,
  GIVES_ROLES,
  powerOverIdentities,
  REWRITES_ROLES,
  type ResourcePower,
  TAKES_STORAGE,
  TAKES_VAULTS,
} from './resource-powers.ts';
import { type Block, DATA, type Has, has, hasAnyUnder } from './role-definitions.ts';
import type { Survey } from './survey.ts';
import { upper } from './survey.ts';
import { VAULT_DATA } from './vault-permissions.ts';

/** A role of Azure at its scope. */
interface Bound {
  readonly id: string;
  readonly scope: string;
  readonly name: string;
  readonly blocks: readonly Block[];
}

/** What is taken over at a resource: an identity that it runs as, or its own data. */
interface Target {
  readonly resource: string;
  readonly identity: string | undefined;
  readonly evidence: string;
}

/** All that one kind of power takes over. */
interface Reach {
  readonly power: ResourcePower;
  readonly targets: Target[];
}

const OF_AZURE = new Set(['azure-role-assignments', 'key-vaults', 'vault-policies', 'resources']);
const BY_POLICY = 'if the vault comes to take roles: it takes access policies';

/**
 * What follows in a tenant from roles of Azure. For each power, the scopes with something to take over in them have a role that
 * leads to those within, down to the things themselves: edges are one for each scope and one for each assigned role, not
 * their product.
 */
export class ResourceTakeovers {
  readonly #tenant: string;
  readonly #source: string;
  readonly #survey: Survey;
  readonly #bound = new Map<string, Bound[]>();
  readonly #reaches = new Map<string, Reach>();
  readonly #vaults: string[] = [];
  /** Whether there is anything of Azure itself: who vouches for it is not spoken for by the directory alone. */
  #isOfAzure = false;

  constructor(tenant: string, source: string, survey: Survey) {
    this.#tenant = tenant;
    this.#source = source;
    this.#survey = survey;
  }

  see({ type, fields }: SourceRecord): void {
    if (OF_AZURE.has(type)) this.#isOfAzure = true;
    if (type === 'azure-role-assignments') this.#seeAssignment(fields);
    else if (type === 'key-vaults') this.#seeVault(fields);
    else if (type === 'resources') this.#seeResource(fields);
    else if (type === 'service-principals') this.#seeIdentity(fields);
  }

  #seeAssignment(fields: Fields): void {
    const blocks = fields['blocks'] as unknown as readonly Block[];
    const [id, scope] = [textOf(fields['role']), textOf(fields['scope'])];
    if (id === undefined || scope === undefined || blocks.length === 0) return;
    const bound = { id, scope, name: textOf(fields['name']) ?? id, blocks };
    const known = this.#bound.get(scope);
    if (known === undefined) this.#bound.set(scope, [bound]);
    else known.push(bound);
  }

  #seeVault(fields: Fields): void {
    const id = textOf(fields['id']);
    if (id === undefined || fields['byPolicy'] !== true) return;
    this.#vaults.push(id);
    this.#target(TAKES_VAULTS, {
      resource: id,
      identity: undefined,
      evidence: `access policies of ${nameOfArmId(id)}`,
    });
  }

  #seeResource(fields: Fields): void {
    const id = textOf(fields['id']);
    if (id === undefined) return;
    const type = typeOfArmId(id);
    const identity = asObject(fields['identity']);
    this.#identity(id, type, upper(identity['principalId']));
    const assigned = asObject(identity['userAssignedIdentities']);
    for (const [resource, of] of Object.entries(assigned)) {
      const principal = upper(asObject(of)['principalId']);
      this.#identity(id, type, principal);
      if (isArmId(resource)) this.#ownIdentity(armId(resource, this.#tenant), principal);
    }
    const sharesKeys = asObject(fields['properties'])['allowSharedKeyAccess'] !== false;
    if (type === 'Microsoft.Storage/storageAccounts' && sharesKeys)
      this.#target(TAKES_STORAGE, { resource: id, identity: undefined, evidence: `keys of ${nameOfArmId(id)}` });
  }

  /** A managed identity tells what it is the identity of. */
  #seeIdentity(fields: Fields): void {
    const [resource, principal] = [textOf(fields['resource']), upper(fields['id'])];
    if (
      resource === undefined ||
      principal === undefined ||
      textOf(fields['servicePrincipalType']) !== 'ManagedIdentity'
    )
      return;
    const type = typeOfArmId(resource);
    if (type === 'Microsoft.ManagedIdentity/userAssignedIdentities') this.#ownIdentity(resource, principal);
    else this.#identity(resource, type, principal);
  }

  #ownIdentity(resource: string, principal: string | undefined): void {
    this.#identity(resource, 'Microsoft.ManagedIdentity/userAssignedIdentities', principal);
    if (principal === undefined) return;
    const evidence = `identity ${nameOfArmId(resource)}`;
    this.#target(ASSIGNS_IDENTITY, { resource, identity: principal, evidence });
  }

  #identity(resource: string, type: string, principal: string | undefined): void {
    if (principal === undefined) return;
    const evidence = `identity of ${nameOfArmId(resource)}`;
    this.#target(powerOverIdentities(type), { resource, identity: principal, evidence });
  }

  #target(power: ResourcePower, target: Target): void {
    const known = this.#reaches.get(power.key);
    if (known === undefined) this.#reaches.set(power.key, { power, targets: [target] });
    else known.targets.push(target);
  }

  *changes(): Iterable<NodeRecord | EdgeDraft> {
    const root = rootOf(this.#tenant);
    if (!this.#isOfAzure || !this.#survey.hierarchy.knows(root)) return;
    const control = controlOfRoot(this.#tenant);
    yield this.#role(control, 'control of the root of Azure', root);
    yield this.#controls(control, root, 'Microsoft.Authorization/elevateAccess/action', 'root of Azure', undefined);
    yield* this.#givingRoles();
    for (const { power, targets } of this.#reaches.values()) yield* this.#reached(power, targets, control);
    yield* this.#deafVaults();
  }

  /** Roles that give roles take over their scope. */
  *#givingRoles(): Iterable<EdgeDraft> {
    for (const { id, scope, name, blocks } of this.#allBound()) {
      const right = firstRight(blocks, GIVES_ROLES) ?? firstRight(blocks, REWRITES_ROLES);
      if (right !== undefined) yield this.#controls(id, scope, right.action, name, right.condition);
    }
  }

  *#allBound(): Iterable<Bound> {
    for (const list of this.#bound.values()) yield* list;
  }

  *#reached(power: ResourcePower, targets: readonly Target[], control: string): Iterable<NodeRecord | EdgeDraft> {
    const scopes = this.#scopesAbove(targets);
    const at = (scope: string): string => `${scope}/take-over/${power.key}`;
    for (const scope of scopes)
      yield this.#role(at(scope), `take-over of ${power.key} in ${this.#survey.hierarchy.nameOf(scope)}`, scope);
    for (const scope of scopes) {
      const outer = this.#survey.hierarchy.outerOf(scope);
      if (outer !== undefined)
        yield this.#controls(at(outer), at(scope), 'Contains', `place of ${nameOfArmId(scope)}`, undefined);
      for (const { id, name, blocks } of this.#bound.get(scope) ?? []) {
        const right =
          firstRight(blocks, power) ?? firstRight(blocks, GIVES_ROLES) ?? firstRight(blocks, REWRITES_ROLES);
        if (right !== undefined) yield this.#controls(id, at(scope), right.action, name, right.condition);
      }
    }
    yield this.#controls(control, at(rootOf(this.#tenant)), 'Contains', 'root of Azure', undefined);
    for (const { resource, identity, evidence } of targets) {
      if (identity !== undefined) yield this.#controls(at(resource), identity, 'ManagedIdentity', evidence, undefined);
      else yield this.#dataOf(at(resource), resource, power, evidence);
    }
  }

  #scopesAbove(targets: readonly Target[]): ReadonlySet<string> {
    const scopes = new Set<string>();
    for (const { resource } of targets) {
      let scope: string | undefined = resource;
      while (scope !== undefined && !scopes.has(scope)) {
        scopes.add(scope);
        scope = this.#survey.hierarchy.outerOf(scope);
      }
    }
    return scopes;
  }

  #dataOf(from: string, resource: string, power: ResourcePower, evidence: string): EdgeDraft {
    const actions = [power === TAKES_VAULTS ? `${VAULT_DATA}*` : `${DATA}Microsoft.Storage/storageAccounts/*`];
    return { kind: 'GRANTS', from, to: resource, source: this.#source, actions, evidence };
  }

  /**
   * A vault with access policies does not heed data actions of roles above it. No grant can leave out one resource, so a
   * conditional denial says that they are in doubt there: never surely allowed, nor hiding what a policy allows.
   */
  *#deafVaults(): Iterable<EdgeDraft> {
    for (const vault of this.#vaults) {
      for (let scope: string | undefined = vault; scope !== undefined; scope = this.#survey.hierarchy.outerOf(scope)) {
        for (const { id, name, blocks } of this.#bound.get(scope) ?? []) {
          if (!hasAnyUnder(blocks.filter(isOfData), VAULT_DATA)) continue;
          yield {
            kind: 'GRANTS',
            from: id,
            to: vault,
            source: this.#source,
            actions: [`${VAULT_DATA}*`],
            effect: 'DENY',
            condition: BY_POLICY,
            key: 'access policies',
            evidence: name,
          };
        }
      }
    }
  }

  #role(id: string, name: string, scope: string): NodeRecord {
    return {
      kind: 'Role',
      id,
      source: this.#source,
      name,
      attributes: { definition: scope, managedByVendor: true },
    };
  }

  #controls(from: string, to: string, technique: string, evidence: string, condition: string | undefined): EdgeDraft {
    return { kind: 'CONTROLS', from, to, source: this.#source, technique, evidence, condition };
  }
}

const isOfData = ({ actions }: Block): boolean => actions.every((action) => action.startsWith(DATA));

/** The first right of a power that grants have, surely if any is sure. */
function firstRight(
  blocks: readonly Block[],
  { rights, condition }: ResourcePower,
): { readonly action: string; readonly condition: string | undefined } | undefined {
  let found: { readonly action: string; readonly held: NonNullable<Has> } | undefined;
  for (const action of rights) {
    const held = has(blocks, action);
    if (held === undefined) continue;
    if (held.condition === undefined) return { action, condition };
    found ??= { action, held };
  }
  if (found === undefined) return undefined;
  const conditions = [found.held.condition, condition].filter((one) => one !== undefined);
  return { action: found.action, condition: conditions.join('; ') };
}
