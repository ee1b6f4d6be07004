import type { JsonValue } from '../../engine/model/index.ts';
import type { Fields } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';

/** Names of attributes are told apart without case (RFC 7643, 2.1): the known ones in their spelling. */
const SPELLINGS = new Map(
  [
    'id',
    'externalId',
    'userName',
    'displayName',
    'name',
    'title',
    'userType',
    'active',
    'emails',
    'groups',
    'roles',
    'entitlements',
    'members',
    'schemas',
    'meta',
    'password',
    'photos',
    'x509Certificates',
  ].map((name) => [name.toLowerCase(), name]),
);

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:user';

const SCHEMAS = [
  ['users', /:User$/i],
  ['groups', /:Group$/i],
] as const;

/** `users`, `groups` or `others`: by schema, else by type, else by what only one of them has. */
export function typeOfResource(fields: Fields): string {
  const schemas = Array.isArray(fields['schemas']) ? (fields['schemas'] as readonly JsonValue[]).map(String) : [];
  for (const [type, schema] of SCHEMAS) {
    if (schemas.some((name) => schema.test(name))) return type;
  }
  const told = textOf(objectIn(fields, 'meta')['resourceType']);
  if (told === 'User') return 'users';
  if (told === 'Group') return 'groups';
  if (schemas.length > 0 || told !== undefined) return 'others';
  if (fields['userName'] !== undefined) return 'users';
  return fields['members'] !== undefined ? 'groups' : 'others';
}

/** Name as it is written → in its one spelling. A service writes some dozens; more are not remembered, nor are long ones. */
const SPELLED = new Map<string, string>();
const MAX_SPELLED = 10_000;
const MAX_NAME = 200;

function spelled(name: string): string {
  const known = SPELLED.get(name);
  if (known !== undefined) return known;
  const lower = name.toLowerCase();
  const spelling = lower === ENTERPRISE ? 'enterprise' : (SPELLINGS.get(lower) ?? name);
  if (SPELLED.size < MAX_SPELLED && name.length <= MAX_NAME) SPELLED.set(name, spelling);
  return spelling;
}

function inOneSpelling(resource: Fields): Record<string, JsonValue> {
  const names = Object.keys(resource);
  if (names.every((name) => spelled(name) === name)) return resource as Record<string, JsonValue>;
  const fields: Record<string, JsonValue> = {};
  for (const name of names) {
    // A name such as `__proto__` would be no field.
    Object.defineProperty(fields, spelled(name), {
      value: resource[name],
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return fields;
}

/**
 * The fields of a resource in one spelling, with what its description takes.
 *
 * @param resource just parsed and nobody else's: where all its names are spelled so, fields are added to it
 * @param id where it bears none itself
 */
export function fieldsOfResource(resource: Fields, source: string, id?: string): Fields {
  const fields = inOneSpelling(resource);
  fields['source'] = source;
  const called = id ?? newId(fields);
  if (fields['id'] === undefined && called !== undefined) fields['id'] = called;
  const active = flagOf(fields['active']);
  if (active !== undefined) fields['enabled'] = active;
  const email = primaryOf(fields['emails']);
  if (email !== undefined) fields['email'] = email;
  for (const name of ['roles', 'entitlements']) {
    if (fields[name] !== undefined) fields[name] = asItems(fields[name]);
  }
  const shownName =
    textOf(fields['displayName']) ?? textOf(objectIn(fields, 'name')['formatted']) ?? textOf(fields['userName']);
  if (shownName !== undefined) fields['shownName'] = shownName;
  return fields;
}

/** What is to be created has no id yet: its name stands for it. */
function newId(fields: Fields): string | undefined {
  const userName = textOf(fields['userName']);
  if (userName !== undefined) return `userName:${userName}`;
  const displayName = textOf(fields['displayName']);
  return displayName === undefined ? undefined : `displayName:${displayName}`;
}

function objectIn(fields: Fields, name: string): Fields {
  const value = fields[name];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** Some services send flags as text. */
function flagOf(value: JsonValue | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return typeof value === 'string' ? value.toLowerCase() === 'true' : undefined;
}

/** The value of the item that is primary, else of the first. */
function primaryOf(value: JsonValue | undefined): string | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = value.filter((item) => typeof item === 'object' && item !== null && !Array.isArray(item)) as Fields[];
  return textOf((items.find((item) => item['primary'] === true) ?? items[0])?.['value']);
}

/** Plain texts stand for items with that value. */
function asItems(value: JsonValue): JsonValue {
  const list = Array.isArray(value) ? value : [value];
  return list.map((item) => (typeof item === 'string' ? { value: item } : item));
}
