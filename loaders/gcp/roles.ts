import type { Fields } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import { field } from './assets.ts';

/** What a role is made of. */
export interface RoleDefinition {
  readonly name: string;
  readonly title: string | undefined;
  /** Undefined where a list told the role without them. */
  readonly permissions: readonly string[] | undefined;
  /** Deleted or disabled: bindings of it give nothing. */
  readonly inactive: boolean;
}

/** Permissions have no patterns: a star here would give more than any role does. */
const PERMISSION = /^[A-Za-z0-9_.:/-]{1,512}$/;
const ROLE_NAME = /^(?:roles|projects\/[^/]+\/roles|organizations\/[^/]+\/roles)\/[^/]+$/;

/** A definition as `gcloud iam roles` and the inventory write it; undefined for anything else. */
export function roleOf(fields: Fields, name = textOf(fields['name'])): RoleDefinition | undefined {
  if (name === undefined || !ROLE_NAME.test(name)) return undefined;
  const permissions = field(fields, 'includedPermissions');
  return {
    name,
    title: textOf(fields['title']),
    permissions: Array.isArray(permissions) ? permissions.map(String) : undefined,
    inactive: fields['deleted'] === true || fields['stage'] === 'DISABLED',
  };
}

/** What is wrong with a definition: the place in it, and what it must be. */
export function wrongWithRole({
  permissions,
}: RoleDefinition): { readonly field: string; readonly message: string } | undefined {
  const at = permissions?.findIndex((word) => !PERMISSION.test(word)) ?? -1;
  if (at < 0) return undefined;
  return {
    field: `includedPermissions[${at}]`,
    message: 'must be the name of a permission, such as storage.buckets.get',
  };
}

/** The definitions that files gave, by name. */
export class RoleBook {
  readonly #roles = new Map<string, RoleDefinition>();
  /** One text a permission: a thousand roles share them. */
  readonly #words = new Map<string, string>();

  add(role: RoleDefinition): void {
    const before = this.#roles.get(role.name);
    if (before?.permissions !== undefined && role.permissions === undefined) return;
    const words = role.permissions?.map((word) => this.#one(word));
    // In order and told once, so that edges can share the list.
    this.#roles.set(role.name, { ...role, permissions: words === undefined ? undefined : [...new Set(words)].sort() });
  }

  #one(word: string): string {
    const known = this.#words.get(word);
    if (known === undefined) this.#words.set(word, word);
    return known ?? word;
  }

  get(name: string): RoleDefinition | undefined {
    return this.#roles.get(name);
  }

  get size(): number {
    return this.#roles.size;
  }
}
