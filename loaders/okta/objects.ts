/** What the objects of saved answers of Okta are, told by what they hold: files may have any name. */
import type { JsonValue } from '../../engine/model/index.ts';
import type { Fields } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';

export type Kind =
  | 'organization'
  | 'users'
  | 'groups'
  | 'applications'
  | 'application-users'
  | 'application-groups'
  | 'role-assignments'
  | 'custom-roles'
  | 'permissions'
  | 'resource-sets'
  | 'resources'
  | 'bindings'
  | 'binding-members'
  | 'api-tokens'
  | 'api-services'
  | 'group-rules'
  | 'others';

export const objectIn = (fields: Fields, name: string): Fields => asObject(fields[name]);

export const asObject = (value: JsonValue | undefined): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

export const objectsIn = (value: JsonValue | undefined): readonly Fields[] =>
  Array.isArray(value) ? value.map(asObject) : [];

/** The address that a link leads to; undefined where there is none of that name. */
export const linkOf = (fields: Fields, name: string): string | undefined =>
  textOf(asObject(objectIn(fields, '_links')[name])['href']);

/** The id behind a part of an address: `00g1` of `…/api/v1/groups/00g1/users`. */
export function idIn(address: string | undefined, part: string): string | undefined {
  return address === undefined ? undefined : new RegExp(`/${part}/([^/?#]+)`).exec(address)?.[1];
}

const has = (fields: Fields, name: string): boolean => fields[name] !== undefined && fields[name] !== null;

const KINDS: readonly (readonly [Kind, (fields: Fields) => boolean])[] = [
  ['role-assignments', (fields) => has(fields, 'assignmentType')],
  ['api-tokens', (fields) => has(fields, 'userId') && has(fields, 'tokenWindow')],
  ['api-services', (fields) => Array.isArray(fields['grantedScopes'])],
  ['group-rules', (fields) => fields['type'] === 'group_rule'],
  ['application-users', (fields) => has(fields, 'scope') && linkOf(fields, 'app') !== undefined],
  ['application-groups', (fields) => linkOf(fields, 'app') !== undefined && linkOf(fields, 'group') !== undefined],
  ['applications', (fields) => has(fields, 'signOnMode') && has(fields, 'label')],
  ['groups', (fields) => Array.isArray(fields['objectClass']) && has(objectIn(fields, 'profile'), 'name')],
  ['users', (fields) => has(objectIn(fields, 'profile'), 'login')],
  ['permissions', (fields) => linkOf(fields, 'role') !== undefined && has(fields, 'label')],
  ['custom-roles', (fields) => linkOf(fields, 'permissions') !== undefined],
  ['resource-sets', (fields) => linkOf(fields, 'bindings') !== undefined && linkOf(fields, 'resources') !== undefined],
  ['organization', (fields) => has(fields, 'subdomain') && has(fields, 'companyName')],
];

export const kindOf = (fields: Fields): Kind => KINDS.find(([, is]) => is(fields))?.[0] ?? 'others';

/** Answers that put an object around a list say there what the list is of. */
export function kindOfList(name: string, around: Fields): Kind | undefined {
  if (name === 'permissions') return 'permissions';
  if (name === 'resources' && linkOf(around, 'resource-set') !== undefined) return 'resources';
  if (name === 'members' && linkOf(around, 'binding') !== undefined) return 'binding-members';
  if (name === 'roles') return linkOf(around, 'resource-set') === undefined ? 'custom-roles' : 'bindings';
  return name === 'resource-sets' ? 'resource-sets' : undefined;
}

export const WRAPPED: readonly string[] = ['permissions', 'resources', 'members', 'roles', 'resource-sets'];

/**
 * Lists that do not say what they belong to: users of a group, applications of a group. The name of the file does, as the
 * path of the API (`groups/00g1/users.json`) or flat (`group_members-00g1.json`).
 */
export function groupOfFile(path: string): { readonly group: string; readonly of: 'users' | 'apps' } | undefined {
  const nested = /(?:^|\/)groups\/([^/]+)\/(users|apps)\.json(?:\.gz|\.zst)?$/.exec(path);
  if (nested !== null) return { group: nested[1]!, of: nested[2] as 'users' | 'apps' };
  const flat = /(?:^|\/)group_(members|apps)[-.](\w+)\.json(?:\.gz|\.zst)?$/.exec(path);
  return flat === null ? undefined : { group: flat[2]!, of: flat[1] === 'members' ? 'users' : 'apps' };
}

/** Lists of that kind whose file does not say of what they are. */
export const isUnattributed = (path: string): boolean =>
  /(?:^|\/)group_(?:members|apps)\.json(?:\.gz|\.zst)?$/.test(path);

/** What the kind of an object is by its id, where no file tells it. */
export function kindOfId(id: string): 'User' | 'Group' | 'Resource' | 'ServiceAccount' | undefined {
  if (id.startsWith('00u')) return 'User';
  if (id.startsWith('00g')) return 'Group';
  return id.startsWith('0oa') ? 'Resource' : undefined;
}
