import type { RoleObject, Rule } from '../read/objects.ts';
import type { ClusterIds, Scope } from './ids.ts';
import { selects } from './selectors.ts';

/** A role as it applies in a scope. */
export interface ScopedRole {
  readonly id: string;
  readonly object: RoleObject;
  readonly scope: Scope;
  /** Rules of its own: none for an aggregated role, whose rules the control plane overwrites. */
  readonly rules: readonly Rule[];
  /** The roles that an aggregated role takes its rules from, in the same scope. */
  readonly juniors: readonly ScopedRole[];
}

/** The roles of an estate, made for a scope when they are asked for. */
export class RoleBook {
  readonly #ids: ClusterIds;
  readonly #roles = new Map<string, RoleObject>();
  /** Names of the Roles of each namespace. */
  readonly #namesOf = new Map<string, string[]>();
  readonly #clusterRoles = new Map<string, RoleObject>();
  readonly #scoped = new Map<string, ScopedRole>();
  /** Roles whose juniors are not filled in yet. */
  readonly #unfinished: { readonly role: ScopedRole; readonly juniors: ScopedRole[] }[] = [];
  readonly #juniorsOf = new Map<string, readonly string[]>();

  constructor(ids: ClusterIds, roles: readonly RoleObject[]) {
    this.#ids = ids;
    for (const role of roles) {
      if (role.kind === 'ClusterRole') this.#clusterRoles.set(role.name, role);
      else {
        this.#roles.set(`${role.namespace}/${role.name}`, role);
        this.#namesOf.set(role.namespace, [...(this.#namesOf.get(role.namespace) ?? []), role.name]);
      }
    }
  }

  role(namespace: string, name: string): ScopedRole | undefined {
    const object = this.#roles.get(`${namespace}/${name}`);
    return object === undefined ? undefined : this.#scope(this.#ids.role(namespace, name), object, namespace);
  }

  clusterRole(name: string, scope: Scope): ScopedRole | undefined {
    const object = this.#clusterRoles.get(name);
    return object === undefined ? undefined : this.#scope(this.#ids.clusterRole(name, scope), object, scope);
  }

  /** Every Role, and every ClusterRole as it applies to the whole cluster. */
  all(): readonly ScopedRole[] {
    const roles = [...this.#roles.values()].map((role) => this.role(role.namespace, role.name)!);
    return [...roles, ...[...this.#clusterRoles.keys()].map((name) => this.clusterRole(name, undefined)!)];
  }

  rolesOf(namespace: string): readonly ScopedRole[] {
    return (this.#namesOf.get(namespace) ?? []).map((name) => this.role(namespace, name)!);
  }

  /** Every role that was ever asked for; grows while it is walked. */
  made(): Iterable<ScopedRole> {
    return this.#scoped.values();
  }

  #scope(id: string, object: RoleObject, scope: Scope): ScopedRole {
    const known = this.#scoped.get(id);
    if (known !== undefined) return known;
    const juniors: ScopedRole[] = [];
    const role = { id, object, scope, rules: object.selectors === undefined ? object.rules : [], juniors };
    this.#scoped.set(id, role);
    this.#unfinished.push({ role, juniors });
    if (this.#unfinished.length === 1) this.#finish();
    return role;
  }

  /** One after the other and not one within the other, however long the chain of aggregated roles is. */
  #finish(): void {
    for (const { role, juniors } of this.#unfinished) {
      for (const name of this.#aggregated(role.object)) juniors.push(this.clusterRole(name, role.scope)!);
    }
    this.#unfinished.length = 0;
  }

  /** Names of the ClusterRoles that an aggregated one selects; never itself. */
  #aggregated(object: RoleObject): readonly string[] {
    const { selectors } = object;
    if (selectors === undefined) return [];
    const known = this.#juniorsOf.get(object.name);
    if (known !== undefined) return known;
    const names = [...this.#clusterRoles.values()]
      .filter((role) => role.name !== object.name && selectors.some((selector) => selects(selector, role.labels)))
      .map((role) => role.name);
    this.#juniorsOf.set(object.name, names);
    return names;
  }
}

/** A role and all that it takes rules from, itself first. */
export function withJuniors(role: ScopedRole): readonly ScopedRole[] {
  const found = new Set([role]);
  for (const one of found) for (const junior of one.juniors) found.add(junior);
  return [...found];
}
