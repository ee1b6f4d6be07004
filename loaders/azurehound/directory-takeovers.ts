import type { EdgeDraft, NodeRecord } from '../../engine/model/index.ts';
import type { Fields, SourceRecord } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import { controlOfRoot } from './arm-ids.ts';
import {
  type HeldPower,
  type Power,
  powersOf,
  RESETTABLE,
  RESETTER_LETTERS,
  type Resetter,
  resetterOf,
} from './directory-roles.ts';
import { GRAPH_APP_ROLES } from './graph-app-roles.ts';
import { objectsIn } from './json-fields.ts';
import type { Survey } from './survey.ts';
import { upper } from './survey.ts';

interface Account {
  readonly id: string;
  readonly condition: string | undefined;
}

interface GroupSeen {
  readonly id: string;
  readonly power: 'groups' | 'unified-groups' | 'role-groups';
  readonly condition: string | undefined;
}

interface ServicePrincipal {
  readonly id: string;
  readonly application: string | undefined;
  readonly condition: string | undefined;
}

/** A principal with powers: a role over the tenant or less, or what an app role of Microsoft Graph is assigned to. */
interface Holder {
  readonly id: string;
  readonly called: string;
  readonly template: string;
  readonly powers: readonly HeldPower[];
  readonly scope: { readonly id: string; readonly kind: string; readonly name: string } | undefined;
}

/** Roles that an account holds: now, and after activating them. */
interface Held {
  readonly active: Set<string>;
  readonly eligible: Set<string>;
}

const OF_DIRECTORY = new Set([
  'users',
  'groups',
  'service-principals',
  'roles',
  'role-assignments',
  'app-role-assignments',
]);
const SYNCED_ACCOUNT = 'if a password that is set in the cloud is written back to where the account is kept';
const GUEST = 'if the guest signs in with this tenant, not with one of its own';
const SYNCED_GROUP = 'if its members, which are kept on premises, come to be kept in the cloud';
/** The tenant in which Microsoft keeps its own applications. */
const MICROSOFT = 'F8CDEF31-A31E-4B4A-93E4-5F571E91255A';
const OF_MICROSOFT = 'if Microsoft takes secrets for this application of its own';

/** How a takeover of each kind is called. */
const TECHNIQUES: Readonly<Record<Power, string>> = {
  roles: 'AssignRole',
  users: 'ResetAuthentication',
  passwords: 'ResetPassword',
  groups: 'AddMembers',
  'unified-groups': 'AddMembers',
  'role-groups': 'AddMembers',
  'service-principals': 'AddSecret',
  'azure-root': 'ElevateAccess',
  devices: 'ExecuteCommand',
};

const CALLED: Readonly<Record<string, string>> = {
  roles: 'all roles',
  users: 'all accounts',
  groups: 'security groups',
  'unified-groups': 'Microsoft 365 groups',
  'role-groups': 'role-assignable groups',
  'service-principals': 'service principals',
  devices: 'devices',
};

/**
 * What follows in a tenant from roles of its directory and app roles of Microsoft Graph. For each kind of thing that a role takes over
 * there is one role that leads to all of them, `TENANT/control/groups`, so that edges are one for each thing and one for each
 * role, not their product. Accounts whose passwords may be reset are put together by which roles may.
 */
export class DirectoryTakeovers {
  readonly #tenant: string;
  readonly #source: string;
  readonly #survey: Survey;
  readonly #watched: ReadonlySet<string>;
  readonly #accounts: Account[] = [];
  readonly #groups: GroupSeen[] = [];
  readonly #servicePrincipals: ServicePrincipal[] = [];
  readonly #machines: string[] = [];
  readonly #roles = new Set<string>();
  readonly #holders = new Map<string, Holder>();
  /** Account or group → roles it is assigned. */
  readonly #held = new Map<string, Held>();
  /** Of the groups that hold or may hold roles. */
  readonly #membersOf = new Map<string, string[]>();
  /** Members and owners of role-assignable groups: only the most privileged may rule them. */
  readonly #guarded = new Set<string>();
  #isOfDirectory = false;

  constructor(tenant: string, source: string, survey: Survey, watched: ReadonlySet<string>) {
    this.#tenant = tenant;
    this.#source = source;
    this.#survey = survey;
    this.#watched = watched;
  }

  see({ type, fields }: SourceRecord): void {
    this.#isOfDirectory ||= OF_DIRECTORY.has(type);
    if (type === 'users') this.#seeUser(fields);
    else if (type === 'groups') this.#seeGroup(fields);
    else if (type === 'group-members') this.#seeMembers(fields);
    else if (type === 'group-owners') this.#seeOwners(fields);
    else if (type === 'service-principals') this.#seeServicePrincipal(fields);
    else if (type === 'devices') this.#seeDevice(fields);
    else if (type === 'roles') this.#seeRole(fields);
    else if (type === 'role-assignments' || type === 'role-eligibilities') this.#seeAssignment(fields, type);
    else if (type === 'app-role-assignments') this.#seeAppRole(fields);
  }

  #seeUser(fields: Fields): void {
    const id = upper(fields['id']);
    if (id === undefined) return;
    const isGuest = textOf(fields['userPrincipalName'])?.toUpperCase().includes('#EXT#') === true;
    const condition = isGuest ? GUEST : fields['onPremisesSyncEnabled'] === true ? SYNCED_ACCOUNT : undefined;
    this.#accounts.push({ id, condition });
  }

  #seeGroup(fields: Fields): void {
    const id = upper(fields['id']);
    if (id === undefined) return;
    const types = fields['groupTypes'];
    const isUnified = Array.isArray(types) && types.includes('Unified');
    const power = fields['isAssignableToRole'] === true ? 'role-groups' : isUnified ? 'unified-groups' : 'groups';
    this.#groups.push({ id, power, condition: fields['onPremisesSyncEnabled'] === true ? SYNCED_GROUP : undefined });
  }

  #seeMembers(fields: Fields): void {
    const group = upper(fields['group']);
    if (group === undefined || !this.#watched.has(group)) return;
    const members = this.#membersOf.get(group) ?? [];
    this.#membersOf.set(group, members);
    for (const { id } of objectsIn(fields['items'])) {
      const member = upper(id);
      if (member !== undefined) members.push(member);
    }
  }

  #seeOwners(fields: Fields): void {
    const group = upper(fields['group']);
    if (group === undefined || !this.#survey.assignableGroups.has(group)) return;
    for (const { id } of objectsIn(fields['items'])) {
      const owner = upper(id);
      if (owner !== undefined) this.#guarded.add(owner);
    }
  }

  #seeServicePrincipal(fields: Fields): void {
    const id = upper(fields['id']);
    // A managed identity has no secrets: it is taken over by what it is the identity of.
    if (id === undefined || textOf(fields['servicePrincipalType']) === 'ManagedIdentity') return;
    const isMicrosofts = upper(fields['appOwnerOrganizationId']) === MICROSOFT;
    const condition = isMicrosofts ? OF_MICROSOFT : undefined;
    this.#servicePrincipals.push({ id, application: upper(fields['appId']), condition });
  }

  #seeDevice(fields: Fields): void {
    const id = upper(fields['id']);
    const system = textOf(fields['operatingSystem'])?.toLowerCase() ?? '';
    if (id !== undefined && system.includes('windows')) this.#machines.push(`${id}/machine`);
  }

  #seeRole(fields: Fields): void {
    const id = upper(fields['id']);
    if (id === undefined) return;
    const called = textOf(fields['displayName']) ?? id;
    this.#role(`${id}@${this.#tenant}`, called, upper(fields['templateId']) ?? id);
  }

  /** A role over the whole tenant. */
  #role(id: string, called: string, template: string): void {
    if (this.#roles.has(id)) return;
    this.#roles.add(id);
    const powers = powersOf(template, this.#survey.roles.get(id)?.permissions);
    if (powers.length > 0) this.#holders.set(id, { id, called, template, powers, scope: undefined });
  }

  #seeAssignment(fields: Fields, type: 'role-assignments' | 'role-eligibilities'): void {
    const [role, definition, template] = ['role', 'definition', 'template'].map((name) => textOf(fields[name]));
    if (role === undefined || definition === undefined || template === undefined) return;
    const called = textOf(fields['roleName']) ?? definition;
    const scope = textOf(fields['scope']);
    if (scope === undefined) this.#role(role, called, template);
    else if (!this.#holders.has(role)) {
      const powers = powersOf(template, this.#survey.roles.get(definition)?.permissions);
      const kind = textOf(fields['scopeKind']) ?? 'object';
      const name = textOf(fields['scopeName']) ?? scope;
      this.#holders.set(role, { id: role, called, template, powers, scope: { id: scope, kind, name } });
    }
    for (const { id } of objectsIn(fields['principals'])) {
      const principal = upper(id);
      if (principal !== undefined) this.#hold(principal, template, type === 'role-assignments');
    }
  }

  #hold(principal: string, template: string, isActive: boolean): void {
    const held = this.#held.get(principal) ?? { active: new Set(), eligible: new Set() };
    this.#held.set(principal, held);
    (isActive ? held.active : held.eligible).add(template);
  }

  #seeAppRole(fields: Fields): void {
    const [principal, graph] = [textOf(fields['principalId']), textOf(fields['graph'])];
    const role = GRAPH_APP_ROLES.get(graph ?? '');
    if (principal === undefined || role === undefined) return;
    const powers = role.powers.map((power): HeldPower => ({ power, condition: role.condition }));
    this.#holders.set(`${principal} ${role.value}`, {
      id: principal,
      called: role.value,
      template: '',
      powers,
      scope: undefined,
    });
  }

  *changes(): Iterable<NodeRecord | EdgeDraft> {
    if (!this.#isOfDirectory) return;
    this.#passRolesOn();
    yield* this.#controls();
    const classes = new Set<string>();
    for (const account of this.#accounts) yield* this.#account(account, classes);
    for (const group of this.#groups) yield* this.#target(group.power, group.id, 'member', group.condition);
    for (const { id, condition } of this.#servicePrincipals)
      yield* this.#target('service-principals', id, 'secret', condition);
    for (const machine of this.#machines) yield* this.#target('devices', machine, 'command', undefined);
    for (const role of this.#roles) yield* this.#target('roles', role, 'assignment', undefined);
    for (const holder of this.#holders.values()) yield* this.#holder(holder, classes);
  }

  /** Roles of groups are those of their members; members of groups that may hold roles are guarded. */
  #passRolesOn(): void {
    for (const group of this.#survey.roleHolders) {
      const isAssignable = this.#survey.assignableGroups.has(group);
      const held = this.#held.get(group);
      if (!isAssignable && held === undefined) continue;
      for (const member of this.#allMembersOf(group)) {
        if (isAssignable) this.#guarded.add(member);
        for (const template of held?.active ?? []) this.#hold(member, template, true);
        for (const template of held?.eligible ?? []) this.#hold(member, template, false);
      }
    }
  }

  #allMembersOf(group: string): ReadonlySet<string> {
    const found = new Set([group]);
    for (const id of found) for (const member of this.#membersOf.get(id) ?? []) found.add(member);
    found.delete(group);
    return found;
  }

  /** Roles that lead to everything of a kind. Whoever gives roles can give those that rule the rest. */
  *#controls(): Iterable<NodeRecord | EdgeDraft> {
    for (const [power, called] of Object.entries(CALLED)) yield this.#controlRole(power, called);
    for (const power of Object.keys(CALLED)) {
      if (power !== 'roles')
        yield this.#controlling(
          this.#controlOf('roles'),
          this.#controlOf(power),
          'AssignRole',
          'roles of the directory',
        );
    }
    yield this.#controlling(
      this.#controlOf('roles'),
      controlOfRoot(this.#tenant),
      'ElevateAccess',
      'roles of the directory',
    );
  }

  #controlOf(power: string): string {
    return `${this.#tenant}/control/${power}`;
  }

  #controlRole(power: string, called: string): NodeRecord {
    return {
      kind: 'Role',
      id: this.#controlOf(power),
      source: this.#source,
      name: `control of ${called}`,
      attributes: { definition: this.#tenant, managedByVendor: true },
    };
  }

  #controlling(from: string, to: string, technique: string, evidence: string, condition?: string): EdgeDraft {
    return { kind: 'CONTROLS', from, to, source: this.#source, technique, evidence, key: technique, condition };
  }

  *#target(power: Power, id: string, what: string, condition: string | undefined): Iterable<EdgeDraft> {
    yield this.#controlling(this.#controlOf(power), id, TECHNIQUES[power], `${what} of all in the tenant`, condition);
  }

  *#account({ id, condition }: Account, classes: Set<string>): Iterable<NodeRecord | EdgeDraft> {
    // Whoever sets every way to sign in needs no password to be written back.
    const always = condition === GUEST ? GUEST : undefined;
    yield this.#controlling(this.#controlOf('users'), id, TECHNIQUES.users, 'accounts of the tenant', always);
    const mask = this.#maskOf(id);
    if (mask === '') return;
    if (!classes.has(mask)) yield this.#controlRole(`passwords-${mask}`, `accounts whose passwords ${mask} may reset`);
    classes.add(mask);
    yield this.#controlling(
      this.#controlOf(`passwords-${mask}`),
      id,
      TECHNIQUES.passwords,
      'roles that the account holds',
      condition,
    );
  }

  /**
   * Who may reset the password of an account: a letter for each role, small where that ends when the account activates a role
   * that it is eligible for.
   */
  #maskOf(id: string): string {
    if (this.#guarded.has(id)) return '';
    const held = this.#held.get(id);
    return RESETTER_LETTERS.map((letter) => {
      const may = RESETTABLE[letter];
      if (held === undefined) return letter;
      if ([...held.active].some((role) => !may.has(role))) return '';
      return [...held.eligible].some((role) => !may.has(role)) ? letter.toLowerCase() : letter;
    }).join('');
  }

  *#holder(holder: Holder, classes: ReadonlySet<string>): Iterable<EdgeDraft> {
    const { id, called, scope } = holder;
    for (const { power, condition } of holder.powers) {
      if (scope !== undefined && scope.kind !== 'administrative-unit')
        yield* this.#overObject(holder, power, condition);
      else {
        const within =
          scope === undefined
            ? undefined
            : `for members of the administrative unit ${scope.name}, which are not collected`;
        // Roles over a unit rule accounts and groups in it, nothing else.
        if (scope !== undefined && !IN_UNITS.has(power)) continue;
        const both = joined(condition, within);
        if (power === 'azure-root')
          yield this.#controlling(id, controlOfRoot(this.#tenant), TECHNIQUES[power], called, both);
        else if (power === 'passwords') yield* this.#passwords(holder, classes, both);
        else yield this.#controlling(id, this.#controlOf(power), TECHNIQUES[power], called, both);
      }
    }
  }

  *#passwords(
    { id, called, template }: Holder,
    classes: ReadonlySet<string>,
    condition: string | undefined,
  ): Iterable<EdgeDraft> {
    const letter: Resetter = resetterOf(template);
    for (const mask of classes) {
      const isSure = mask.includes(letter);
      if (!isSure && !mask.includes(letter.toLowerCase())) continue;
      const both = joined(condition, isSure ? undefined : 'while the account has not activated a role that guards it');
      yield this.#controlling(id, this.#controlOf(`passwords-${mask}`), TECHNIQUES.passwords, called, both);
    }
  }

  /** A role over one application, group, account or device. */
  *#overObject({ id, called, scope }: Holder, power: Power, condition: string | undefined): Iterable<EdgeDraft> {
    const object = scope!.id;
    if (power === 'service-principals') {
      for (const one of this.#servicePrincipalsOf(object))
        yield this.#controlling(id, one.id, TECHNIQUES[power], called, joined(condition, one.condition));
    } else if (power === 'groups' || power === 'unified-groups')
      yield this.#controlling(id, object, 'AddMembers', called, condition);
    else if (power === 'passwords' || power === 'users')
      yield this.#controlling(id, object, TECHNIQUES[power], called, condition);
    else if (power === 'devices')
      yield this.#controlling(id, `${object}/machine`, TECHNIQUES[power], called, condition);
  }

  #servicePrincipalsOf(object: string): readonly ServicePrincipal[] {
    const application = this.#survey.applications.get(object) ?? object;
    return this.#servicePrincipals.filter((one) => one.id === object || one.application === application);
  }
}

const IN_UNITS: ReadonlySet<Power> = new Set<Power>(['users', 'passwords', 'groups', 'unified-groups', 'devices']);

const joined = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || other === undefined ? (one ?? other) : `${one}; ${other}`;
