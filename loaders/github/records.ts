import type { JsonValue } from '../../engine/model/index.ts';
import type { Fields } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import { type Answers, type Told, visibilityOf } from './answers.ts';
import type { FileContext } from './file-context.ts';
import { asObject, objectsIn } from './objects.ts';
import { levelOf, roleFields, roleId } from './repository-roles.ts';

/** A record without its place. */
export type Made = readonly [type: string, fields: Fields];

/** Makes the records of objects. Roles at a place are told once. */
export class Records {
  readonly #answers: Answers;
  readonly #told = new Set<string>();

  constructor(answers: Answers) {
    this.#answers = answers;
  }

  *of({ kind, fields }: Told, context: FileContext | undefined): Generator<Made> {
    if (context !== undefined) {
      if (context.key === undefined) yield ['unattributed', {}];
      else yield* this.#ofContext(context.of, context.key, fields);
      return;
    }
    switch (kind) {
      case 'organizations':
        yield* this.#organization(fields);
        return;
      case 'repositories':
        yield* this.#repository(fields);
        return;
      case 'teams':
        yield this.#team(fields);
        return;
      case 'users':
        yield ['people', this.#people([fields])];
        return;
      case 'memberships':
        yield* this.#membership(fields);
        return;
      case 'organization-roles':
        yield* this.#organizationRole(fields);
        return;
      case 'installations':
        yield this.#installation(fields);
        return;
      case 'apps':
        yield this.#app(fields);
        return;
      case 'tokens':
        yield this.#token(fields);
        return;
      case 'environments':
        yield this.#environment(fields);
        return;
      case 'secrets':
        yield ['unattributed', {}];
        return;
      case 'scim-users':
        yield this.#scimUser(fields);
        return;
      case 'repository-roles':
        return;
      default:
        yield [kind, {}];
    }
  }

  *#ofContext(of: FileContext['of'], key: string, fields: Fields): Generator<Made> {
    const answers = this.#answers;
    const id = textOf(fields['id']) ?? '';
    const isTeam = textOf(fields['slug']) !== undefined;
    switch (of) {
      case 'repo-collaborators':
      case 'repo-teams':
        yield* this.#access(answers.repository(key), fields, isTeam);
        return;
      case 'team-repositories':
        yield* this.#holds(answers.id('repo', id), answers.team(key), fields);
        return;
      case 'team-members':
      case 'team-maintainers':
        yield* this.#member(answers.team(key), fields, of === 'team-maintainers');
        return;
      case 'org-members':
        yield* this.#member(membersOf(answers.organization(key)), fields, false);
        return;
      case 'org-owners':
        yield* this.#owner(answers.organization(key), fields);
        return;
      case 'org-role-users':
      case 'org-role-teams':
        if (!isTeam) yield ['people', this.#people([fields])];
        yield [
          'role-holders',
          { holder: isTeam ? answers.id('team', id) : answers.id('user', id), role: answers.id('org-role', key) },
        ];
        return;
      case 'repo-secrets':
        yield this.#secret(fields, answers.repository(key), answers.repository(key));
        return;
      case 'org-secrets':
        yield this.#organizationSecret(fields, answers.organization(key));
        return;
      default:
        // Repositories that were selected: known from the first reading.
        return;
    }
  }

  /** Accounts as the nodes that they are. Where there is something public they are among everybody. */
  #people(accounts: readonly Fields[]): Fields {
    const { isPublic, everyone } = this.#answers;
    const people = accounts.flatMap((account) => {
      const id = textOf(account['id']);
      if (id === undefined) return [];
      const kind = account['type'] === 'Bot' ? 'ServiceAccount' : 'User';
      const { login = null, node_id = null, site_admin = null, email = null } = account;
      const item = { id: this.#answers.id('user', id), kind, login, node_id, site_admin, email };
      return [isPublic ? { ...item, everyone } : item];
    });
    return { people, everyone: isPublic ? [everyone] : [] };
  }

  *#role(scope: string, name: string): Generator<Made> {
    const id = roleId(scope, name);
    if (this.#told.has(id)) return;
    this.#told.add(id);
    yield ['roles', roleFields(scope, name, this.#answers.customRoles, this.#answers.isArchived(scope))];
  }

  *#organization(fields: Fields): Generator<Made> {
    const id = this.#answers.id('org', textOf(fields['id']) ?? '');
    const login = textOf(fields['login']) ?? id;
    const permission = textOf(fields['default_repository_permission']) ?? 'none';
    const base = levelOf(permission);
    if (base !== undefined) yield* this.#role(id, base);
    yield [
      'organizations',
      {
        id,
        login,
        members: membersOf(id),
        owners: ownersOf(id),
        data: fields,
        ...(textOf(fields['name']) === undefined ? {} : { name: textOf(fields['name'])! }),
        ...(base === undefined ? {} : { base: roleId(id, base) }),
      },
    ];
  }

  *#repository(fields: Fields): Generator<Made> {
    const answers = this.#answers;
    const id = answers.id('repo', textOf(fields['id']) ?? '');
    const owner = asObject(fields['owner']);
    const isOrganization = owner['type'] === 'Organization';
    const ownerId = textOf(owner['id']) ?? '';
    const organization = isOrganization ? answers.id('org', ownerId) : undefined;
    const visibility = visibilityOf(fields);
    const { people, everyone } = this.#people(isOrganization ? [] : [owner]);
    const anyone = { id: `${answers.everyone}#anyone`, kind: 'User', login: 'anyone', everyone: answers.everyone };
    const reader =
      visibility === 'public'
        ? answers.everyone
        : visibility === 'internal' && organization !== undefined
          ? membersOf(organization)
          : undefined;
    yield* this.#role(id, 'admin');
    yield [
      'repositories',
      {
        id,
        name: fields['full_name'] ?? id,
        ...(organization === undefined ? { owner: answers.id('user', ownerId) } : { organization }),
        ...(reader === undefined ? {} : { reader }),
        people: visibility === 'public' ? [...(people as JsonValue[]), anyone] : people!,
        everyone: everyone!,
        secrets: organization === undefined ? [] : this.#secretsOf(id, organization, visibility),
        data: fields,
      },
    ];
  }

  #secretsOf(repository: string, organization: string, visibility: string): readonly string[] {
    const selected = [...this.#answers.secretsOf(repository)].map((name) => `${organization}/secret/${name}`);
    const bundles = visibility === 'public' ? ['all'] : ['all', 'private'];
    return [...bundles.map((bundle) => `${organization}/secrets/${bundle}`), ...selected];
  }

  #team(fields: Fields): Made {
    const parent = textOf(asObject(fields['parent'])['id']);
    const id = this.#answers.id('team', textOf(fields['id']) ?? '');
    return [
      'teams',
      {
        id,
        name: fields['name'] ?? id,
        data: fields,
        ...(parent === undefined ? {} : { parent: this.#answers.id('team', parent) }),
      },
    ];
  }

  *#access(repository: string, fields: Fields, isTeam: boolean): Generator<Made> {
    const id = textOf(fields['id']) ?? '';
    if (!isTeam) yield ['people', this.#people([fields])];
    yield* this.#holds(repository, this.#answers.id(isTeam ? 'team' : 'user', id), fields);
  }

  /** The role that an answer tells: by name, or the highest that `permissions` has. */
  *#holds(repository: string, holder: string, fields: Fields): Generator<Made> {
    const permissions = asObject(fields['permissions']);
    const highest = ['admin', 'maintain', 'push', 'triage', 'pull'].find((name) => permissions[name] === true);
    const told = textOf(fields['role_name']) ?? textOf(fields['permission']) ?? highest;
    if (told === undefined) return;
    const role = levelOf(told) ?? told;
    yield* this.#role(repository, role);
    yield ['role-holders', { holder, role: roleId(repository, role) }];
  }

  *#member(group: string, fields: Fields, maintains: boolean): Generator<Made> {
    yield ['people', this.#people([fields])];
    yield ['memberships', { group, member: this.#answers.id('user', textOf(fields['id']) ?? ''), maintains }];
  }

  /** Owners are members too. */
  *#owner(organization: string, fields: Fields): Generator<Made> {
    yield* this.#member(membersOf(organization), fields, false);
    const holder = this.#answers.id('user', textOf(fields['id']) ?? '');
    yield ['role-holders', { holder, role: ownersOf(organization) }];
  }

  *#membership(fields: Fields): Generator<Made> {
    if (fields['state'] !== 'active') return;
    const organization = this.#answers.id('org', textOf(asObject(fields['organization'])['id']) ?? '');
    const user = asObject(fields['user']);
    if (fields['role'] === 'admin') yield* this.#owner(organization, user);
    else yield* this.#member(membersOf(organization), user, false);
  }

  *#organizationRole(fields: Fields): Generator<Made> {
    const id = textOf(fields['id']) ?? '';
    const organization = this.#answers.organizationOfRole(id);
    const permissions = Array.isArray(fields['permissions']) ? fields['permissions'].map(String) : [];
    const base = textOf(fields['base_role']);
    if (organization !== undefined && base !== undefined) yield* this.#role(organization, levelOf(base) ?? base);
    yield [
      'organization-roles',
      {
        id: this.#answers.id('org-role', id),
        name: fields['name'] ?? id,
        rewrites: permissions.includes('write_organization_custom_org_role'),
        data: fields,
        ...(permissions.length === 0 ? {} : { permissions }),
        ...(organization === undefined ? {} : { organization }),
        ...(organization === undefined || base === undefined
          ? {}
          : { base: roleId(organization, levelOf(base) ?? base) }),
      },
    ];
  }

  #installation(fields: Fields): Made {
    const answers = this.#answers;
    const id = textOf(fields['id']) ?? '';
    const account = asObject(fields['account']);
    const organization =
      account['type'] === 'Organization' ? answers.id('org', textOf(account['id']) ?? '') : undefined;
    const isSuspended = textOf(fields['suspended_at']) !== undefined;
    const { targets, condition } = this.#targets(fields, answers.selected('installation', id), organization);
    const conditions = [...(isSuspended ? ['it is no longer suspended'] : []), ...condition];
    return [
      'installations',
      {
        id: answers.id('installation', id),
        app: answers.id('app', textOf(fields['app_id']) ?? ''),
        name: `${textOf(fields['app_slug']) ?? 'app'} on ${textOf(account['login']) ?? id}`,
        enabled: !isSuspended,
        targets,
        data: fields,
        ...actionsOf(asObject(fields['permissions'])),
        ...(conditions.length === 0 ? {} : { condition: conditions.join(', and ') }),
      },
    ];
  }

  /** Where it has its permissions: on all of an organization, or on what was selected, so far as that is known. */
  #targets(
    fields: Fields,
    selected: readonly string[] | undefined,
    organization: string | undefined,
  ): { readonly targets: readonly string[]; readonly condition: readonly string[] } {
    if (selected !== undefined) return { targets: selected, condition: [] };
    const targets = organization === undefined ? [] : [organization];
    if (fields['repository_selection'] === 'all') return { targets, condition: [] };
    return { targets, condition: ['the repository was selected for it'] };
  }

  #app(fields: Fields): Made {
    const id = this.#answers.id('app', textOf(fields['id']) ?? '');
    const owner = asObject(fields['owner']);
    const ownerId = owner['type'] === 'Organization' ? undefined : textOf(owner['id']);
    return [
      'apps',
      {
        id,
        name: fields['name'] ?? id,
        data: fields,
        ...this.#people(ownerId === undefined ? [] : [owner]),
        ...(ownerId === undefined ? {} : { owner: this.#answers.id('user', ownerId) }),
      },
    ];
  }

  #token(fields: Fields): Made {
    const answers = this.#answers;
    const id = textOf(fields['token_id']) ?? textOf(fields['id']) ?? '';
    const owner = asObject(fields['owner']);
    const organization = /\/organi[sz]ations\/([^/]+)\//.exec(textOf(fields['repositories_url']) ?? '')?.[1];
    const grant = textOf(fields['id']) ?? id;
    const of = organization === undefined ? undefined : answers.organization(organization);
    const { targets, condition } = this.#targets(fields, answers.selected('token', grant), of);
    const all = Object.values(asObject(fields['permissions'])).map(asObject);
    const validTo = textOf(fields['token_expires_at']);
    return [
      'tokens',
      {
        id: answers.id('token', id),
        name: fields['token_name'] ?? id,
        owner: answers.id('user', textOf(owner['id']) ?? ''),
        targets,
        data: fields,
        condition: ['its owner has the permission', ...condition].join(', and '),
        ...this.#people([owner]),
        ...(fields['token_expired'] === true ? {} : actionsOf(Object.assign({}, ...all) as Fields)),
        ...(validTo === undefined ? {} : { validTo }),
      },
    ];
  }

  #secret(fields: Fields, place: string, within: string | undefined): Made {
    const name = textOf(fields['name']);
    const named = name === undefined ? {} : { id: `${place}/secret/${name}`, name };
    return ['secrets', { ...named, data: fields, ...(within === undefined ? {} : { within }) }];
  }

  #organizationSecret(fields: Fields, organization: string): Made {
    const visibility = textOf(fields['visibility']);
    const bundle =
      visibility === 'all' || visibility === 'private' ? `${organization}/secrets/${visibility}` : undefined;
    const [type, made] = this.#secret(fields, organization, bundle);
    return [type, { ...made, organization, ...(bundle === undefined ? {} : { bundle: [bundle] }) }];
  }

  #environment(fields: Fields): Made {
    const answers = this.#answers;
    const full = /\/repos\/([^/]+\/[^/]+)\/environments\//.exec(textOf(fields['url']) ?? '')?.[1];
    const repository = answers.repository(full ?? 'unknown');
    const name = textOf(fields['name']) ?? '';
    const rules = objectsIn(fields['protection_rules']);
    const reviewers = rules.flatMap((rule) => objectsIn(rule['reviewers']));
    const of = (type: string): readonly Fields[] =>
      reviewers.filter((one) => one['type'] === type).map((one) => asObject(one['reviewer']));
    const teams = of('Team').map((team) => ({
      id: answers.id('team', textOf(team['id']) ?? ''),
      name: team['name'] ?? null,
    }));
    const users = of('User');
    return [
      'environments',
      {
        id: `${repository}/environment/${name}`,
        name,
        repository,
        data: fields,
        groups: teams,
        reviewers: [...teams.map(({ id }) => id), ...users.map((user) => answers.id('user', textOf(user['id']) ?? ''))],
        ...this.#people(users),
        ...(rules.length === 0 ? { within: repository } : {}),
      },
    ];
  }

  #scimUser(fields: Fields): Made {
    const id = this.#answers.id('scim', textOf(fields['id']) ?? '');
    const emails = objectsIn(fields['emails']);
    const primary = emails.find((one) => one['primary'] === true) ?? emails[0];
    const email = textOf(primary?.['value']);
    const name = textOf(fields['displayName']) ?? textOf(fields['userName']) ?? id;
    const values = { id, name, enabled: fields['active'] !== false, data: fields };
    return ['scim-users', email === undefined ? values : { ...values, email }];
  }
}

const membersOf = (organization: string): string => `${organization}/members`;
const ownersOf = (organization: string): string => `${organization}/role/owner`;

const LEVELS = ['read', 'write', 'admin'];

/** `contents: write` is `contents:write`, `contents:read`, and what repositories call `push` and `pull`. */
function actionsOf(permissions: Fields): Fields {
  const actions = Object.entries(permissions).flatMap(([name, level]) => {
    const at = LEVELS.indexOf(textOf(level) ?? '');
    if (at < 0) return [];
    const own = LEVELS.slice(0, at + 1).map((one) => `${name}:${one}`);
    return name === 'contents' ? [...own, 'pull', ...(at > 0 ? ['push'] : [])] : own;
  });
  return actions.length === 0 ? {} : { actions };
}
