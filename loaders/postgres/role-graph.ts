import { type Catalog, DATABASE_OWNER, type Membership } from './catalog.ts';

/** How one role belongs to another, all grants of it taken together. */
export interface Link {
  readonly member: string;
  readonly role: string;
  inherit: boolean;
  set: boolean;
  admin: boolean;
  readonly first: Membership;
}

/** Who has what roles: with their privileges at once (inherit), by `SET ROLE`, or both. */
export class RoleGraph {
  readonly links: readonly Link[];
  readonly #inheritors = new Map<string, string[]>();
  readonly #members = new Map<string, string[]>();
  readonly #setters = new Map<string, string[]>();

  /** @param owners the owners of databases, who are what `ownerRole` names, each in his own */
  constructor({ roles, memberships, version }: Catalog, owners: ReadonlyMap<string, string>) {
    const links = new Map<string, Link>();
    for (const membership of memberships) {
      const { member, role, admin, set } = membership;
      const inherit = membership.inherit ?? roles.get(member)?.inherit ?? true;
      const key = JSON.stringify([member, role]);
      const known = links.get(key);
      if (known === undefined) links.set(key, { member, role, inherit, set, admin, first: membership });
      else {
        known.inherit ||= inherit;
        known.set ||= set;
        known.admin ||= admin;
      }
    }
    this.links = [...links.values()];
    for (const { member, role, inherit, set } of this.links) this.#join(member, role, inherit, set);
    for (const [database, owner] of owners)
      this.#join(owner, ownerRole(database), ownerInherits(owner, { roles, version }), true);
  }

  #join(member: string, role: string, inherit: boolean, set: boolean): void {
    if (inherit) push(this.#inheritors, role, member);
    if (set) push(this.#setters, role, member);
    if (inherit || set) push(this.#members, role, member);
  }

  /** Roles that have the privileges of this one at once, by one step. */
  inheritorsOf(role: string): readonly string[] {
    return this.#inheritors.get(role) ?? [];
  }

  hasMembers(role: string): boolean {
    return this.#members.has(role);
  }

  /** These roles, and all that have their privileges without `SET ROLE`. Linear in what is found. */
  havingAll(roles: Iterable<string>): ReadonlySet<string> {
    return closure(roles, this.#inheritors);
  }

  /** These roles, and all that can become them or have their privileges, in any order of both. */
  reaching(roles: Iterable<string>): ReadonlySet<string> {
    return closure(roles, this.#members);
  }

  /** This role, and all that may `SET ROLE` to it. */
  setting(role: string): ReadonlySet<string> {
    return closure([role], this.#setters);
  }
}

/** The role that owns a database under the name of all of them, as the privileges of that database name it. */
export const ownerRole = (database: string): string => `${DATABASE_OWNER}\u0000${database}`;

/** Before version 16 an owner with NOINHERIT is what owns the database only after `SET ROLE`. */
export const ownerInherits = (owner: string, { roles, version }: Pick<Catalog, 'roles' | 'version'>): boolean =>
  (version ?? 0) >= 16 || (roles.get(owner)?.inherit ?? true);

function push(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function closure(start: Iterable<string>, next: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set(start);
  // A set is walked in the order of insertion, what is added on the way included.
  for (const one of found) for (const further of next.get(one) ?? []) found.add(further);
  return found;
}
