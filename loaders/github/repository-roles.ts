import type { Fields } from '../declared/record.ts';

/** From the least to the most: each has what the one before has. */
const LEVELS = ['read', 'triage', 'write', 'maintain', 'admin'] as const;
export type Level = (typeof LEVELS)[number];

/**
 * What a level adds, in the words of the API: those of `permissions` in its answers (`pull` to `admin`), and the names that
 * custom repository roles have for a single permission.
 */
const ADDS: Readonly<Record<Level, readonly string[]>> = {
  read: ['pull'],
  triage: [
    'triage',
    'add_assignee',
    'remove_assignee',
    'add_label',
    'remove_label',
    'close_issue',
    'reopen_issue',
    'close_pull_request',
    'reopen_pull_request',
    'mark_as_duplicate',
    'request_pr_review',
    'set_milestone',
  ],
  write: ['push'],
  maintain: [
    'maintain',
    'edit_repo_metadata',
    'manage_settings_merge_types',
    'manage_settings_pages',
    'manage_settings_projects',
    'manage_settings_wiki',
    'set_interaction_limits',
    'set_social_preview',
  ],
  admin: [
    'admin',
    'delete_issue',
    'edit_repo_protections',
    'manage_deploy_keys',
    'manage_webhooks',
    'view_secret_scanning_alerts',
    'resolve_secret_scanning_alerts',
  ],
};

const SPELLINGS: Readonly<Record<string, Level>> = { pull: 'read', push: 'write' };

/** The level of `read` or `pull`; undefined for the name of a custom role. */
export function levelOf(name: string): Level | undefined {
  const level = SPELLINGS[name] ?? name;
  return LEVELS.find((one) => one === level);
}

export interface CustomRole {
  readonly name: string;
  readonly base: Level | undefined;
  readonly permissions: readonly string[];
}

export const roleId = (scope: string, name: string): string => `${scope}/role/${name}`;

/**
 * The fields of a record that makes a role at a repository (or for all of an organization), with those below it.
 *
 * @param custom by name; a role that is neither a level nor there may have any permission, on condition
 */
export function roleFields(
  scope: string,
  name: string,
  custom: ReadonlyMap<string, CustomRole>,
  isArchived: boolean,
): Fields {
  const made = fieldsOf(scope, name, custom);
  if (!isArchived) return made;
  // An archived repository can be read, and nothing else.
  const roles = (made['roles'] as readonly Fields[]).map((role) =>
    role['definition'] === 'read' || role['unknown'] !== undefined ? role : { ...role, condition: IS_UNARCHIVED },
  );
  return { ...made, roles };
}

const IS_UNARCHIVED = 'the repository is unarchived';

function fieldsOf(scope: string, name: string, custom: ReadonlyMap<string, CustomRole>): Fields {
  const level = levelOf(name);
  if (level !== undefined) return { scope, ...levels(scope, level) };
  const role = custom.get(name);
  const id = roleId(scope, name);
  if (role === undefined) {
    const unknown = `the permissions of ${name}, of which no definition was given`;
    return { scope, roles: [{ id, name, definition: name, unknown }], inherits: [] };
  }
  const below = role.base === undefined ? { roles: [], inherits: [] } : levels(scope, role.base);
  const inherits = role.base === undefined ? [] : [{ from: id, to: roleId(scope, role.base) }];
  return {
    scope,
    roles: [{ id, name, definition: name, actions: role.permissions }, ...below.roles],
    inherits: [...inherits, ...below.inherits],
  };
}

interface Levels {
  readonly roles: readonly Fields[];
  readonly inherits: readonly Fields[];
}

function levels(scope: string, top: Level): Levels {
  const names = LEVELS.slice(0, LEVELS.indexOf(top) + 1).reverse();
  return {
    roles: names.map((level) => ({ id: roleId(scope, level), name: level, definition: level, actions: ADDS[level] })),
    inherits: names.slice(1).map((level, at) => ({ from: roleId(scope, names[at]!), to: roleId(scope, level) })),
  };
}
