import { createHash } from 'node:crypto';
import { type JsonValue, MAX_LONG_TEXT, wrongWithText } from '../../engine/model/index.ts';
import type { Fields } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import { inputError } from '../formats/unreadable.ts';
import { objectOf } from './assets.ts';
import type { Place } from './hierarchy.ts';
import { type Bounds, boundsOf } from './iam-condition.ts';
import { type Principal, principalOf } from './principals.ts';
import type { RoleBook } from './roles.ts';

export type Aside = (place: Place, why: string) => void;

/** What names a role at a resource. */
export const roleAt = (definition: string, scope: string): string => `${definition}@${scope}`;

/** The name of a resource without that of its service, for people. */
export const shortName = (id: string): string => id.replace(/^\/\/[^/]+\//, '');

/** The records that bindings become, one each. Of a role at a resource the permissions are told once. */
export class BindingRecords {
  readonly #roles: RoleBook;
  readonly #aside: Aside;
  readonly #told = new Set<string>();
  /** Roles of which no definition was given. */
  readonly unknown: Set<string>;

  constructor(roles: RoleBook, unknown: Set<string>, aside: Aside) {
    this.#roles = roles;
    this.unknown = unknown;
    this.#aside = aside;
  }

  /** @throws InputError for a binding of another form */
  *of(bindings: JsonValue, scope: string, place: Place): Generator<{ readonly at: string; readonly fields: Fields }> {
    if (!Array.isArray(bindings)) throw inputError(place.file, place.line, 'must be a list of objects', 'bindings');
    for (const [index, binding] of bindings.entries()) {
      const at = `bindings[${index}]`;
      yield { at, fields: this.#binding(objectAt(binding as JsonValue, at, place), scope, at, place) };
    }
  }

  #binding(binding: Fields, scope: string, at: string, place: Place): Fields {
    const definition = textOf(binding['role']);
    if (definition === undefined) throw inputError(place.file, place.line, 'must be the name of a role', `${at}.role`);
    const members = membersOf(binding['members'], `${at}.members`, place, this.#aside);
    const bounds = conditionOf(binding['condition'], `${at}.condition`, place);
    return {
      scope,
      definition,
      members: members as unknown as JsonValue,
      roles: [this.#role(definition, scope)],
      ...this.#permissions(definition, scope, place),
      ...bounds,
    };
  }

  #role(definition: string, scope: string): Fields {
    const title = this.#roles.get(definition)?.title;
    return {
      id: roleAt(definition, scope),
      name: `${definition} on ${shortName(scope)}`,
      definition,
      ...(title === undefined ? {} : { title }),
    };
  }

  #permissions(definition: string, scope: string, place: Place): Fields {
    const id = roleAt(definition, scope);
    if (this.#told.has(id)) return {};
    this.#told.add(id);
    const role = this.#roles.get(definition);
    if (role?.inactive === true) {
      this.#aside(place, 'a binding of a role that is deleted or disabled: it gives nothing');
      return {};
    }
    if (role?.permissions === undefined) {
      this.unknown.add(definition);
      return { unknown: `the permissions of ${definition}, of which no definition was given` };
    }
    return role.permissions.length === 0 ? {} : { permissions: role.permissions };
  }
}

function objectAt(value: JsonValue | undefined, at: string, { file, line }: Place): Fields {
  const fields = objectOf(value);
  if (fields === undefined) throw inputError(file, line, 'must be an object', at);
  return fields;
}

/** The principals of a list of members. @throws InputError for a list of anything but texts */
export function membersOf(value: JsonValue | undefined, at: string, place: Place, aside: Aside): readonly Principal[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string'))
    throw inputError(place.file, place.line, 'must be a list of texts', at);
  const found: Principal[] = [];
  for (const text of value) {
    const principal = principalOf(text);
    if ('is' in principal) aside(place, principal.why);
    else found.push(principal);
  }
  return found;
}

/**
 * The bounds of a condition, with a key that tells bindings apart which differ in it alone.
 *
 * @throws InputError for a condition without expression: one that is not known cannot be left out
 */
export function conditionOf(
  value: JsonValue | undefined,
  at: string,
  place: Place,
): Bounds & { readonly key?: string } {
  if (value === undefined || value === null) return {};
  const expression = textOf(objectAt(value, at, place)['expression']);
  if (expression === undefined) throw inputError(place.file, place.line, 'must be a text', `${at}.expression`);
  const wrong = wrongWithText(expression, MAX_LONG_TEXT - 1_024);
  if (wrong !== undefined) throw inputError(place.file, place.line, wrong, `${at}.expression`);
  return { ...boundsOf(expression), key: createHash('sha256').update(expression).digest('hex').slice(0, 16) };
}
