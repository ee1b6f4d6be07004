/** What the objects of saved answers of GitHub are, told by what they hold. */
import type { JsonValue } from '../../engine/model/index.ts';
import type { Fields } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';

export type Kind =
  | 'organizations'
  | 'repositories'
  | 'teams'
  | 'users'
  | 'organization-roles'
  | 'repository-roles'
  | 'memberships'
  | 'installations'
  | 'apps'
  | 'tokens'
  | 'token-requests'
  | 'secrets'
  | 'environments'
  | 'scim-users'
  | 'others';

export const asObject = (value: JsonValue | undefined): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

export const objectsIn = (value: JsonValue | undefined): readonly Fields[] =>
  Array.isArray(value) ? value.map(asObject) : [];

const has = (fields: Fields, ...names: string[]): boolean =>
  names.every((name) => fields[name] !== undefined && fields[name] !== null);

const isScimUser = ({ schemas }: Fields): boolean =>
  Array.isArray(schemas) && schemas.some((schema) => String(schema).endsWith(':User'));

const KINDS: readonly (readonly [Kind, (fields: Fields) => boolean])[] = [
  ['scim-users', isScimUser],
  ['tokens', (fields) => has(fields, 'token_id', 'access_granted_at')],
  ['token-requests', (fields) => has(fields, 'token_id', 'owner')],
  ['installations', (fields) => has(fields, 'app_id', 'account')],
  ['apps', (fields) => has(fields, 'slug', 'permissions', 'owner')],
  ['memberships', (fields) => has(fields, 'role', 'state', 'user', 'organization')],
  ['repositories', (fields) => has(fields, 'full_name', 'owner')],
  [
    'environments',
    (fields) => has(fields, 'protection_rules') || /\/environments\/[^/]+$/.test(textOf(fields['url']) ?? ''),
  ],
  ['teams', (fields) => has(fields, 'slug', 'members_url')],
  [
    'organizations',
    (fields) =>
      has(fields, 'login', 'default_repository_permission') ||
      (has(fields, 'login', 'members_url') && !has(fields, 'slug')),
  ],
  ['organization-roles', (fields) => Array.isArray(fields['permissions']) && has(fields, 'name', 'id')],
  ['users', (fields) => has(fields, 'login', 'id')],
];

/** @param list the member of an answer that it stands in */
export function kindOf(fields: Fields, list?: string): Kind {
  // Variables are answered like secrets, with their value.
  if (list === 'secrets') return has(fields, 'name') && fields['value'] === undefined ? 'secrets' : 'others';
  if (list === 'custom_roles') return 'repository-roles';
  return KINDS.find(([, is]) => is(fields))?.[0] ?? 'others';
}

/** Lists that answers put an object around. */
export const WRAPPED: ReadonlySet<string> = new Set([
  'roles',
  'custom_roles',
  'installations',
  'repositories',
  'secrets',
  'environments',
  'Resources',
]);

/** The server: `github.com` of `https://api.github.com/…`, else the host of its own. */
export function hostIn(address: string | undefined): string | undefined {
  const host = /^https?:\/\/([^/]+)\//.exec(address ?? '')?.[1];
  return host === undefined ? undefined : host.replace(/^api\./, '');
}
