import { enclosingIds, isContainer, nameOfArmId, rootOf } from './arm-ids.ts';

/** Where an id was met first. */
export interface Mentioned {
  readonly id: string;
  readonly tenant: string;
  /** Who vouches for what mentions it. */
  readonly source: string;
  readonly file: string;
  readonly line: number;
}

/**
 * Which resources there are and which lies in which. Resources that files only mention, as the scope of an assignment or by
 * what is in them, stand in for themselves.
 */
export class Hierarchy {
  readonly #described = new Set<string>();
  readonly #mentioned = new Map<string, Mentioned>();
  /** Management group or subscription → its management group. */
  readonly #parents = new Map<string, string>();
  readonly #tenants = new Map<string, string>();
  /** Of management groups and subscriptions, whose ids tell nothing. */
  readonly #names = new Map<string, string>();

  /** A resource with a record of its own. */
  describe(mentioned: Mentioned): void {
    this.#described.add(mentioned.id);
    this.#above(mentioned);
  }

  mention(mentioned: Mentioned): void {
    if (!this.#mentioned.has(mentioned.id)) this.#mentioned.set(mentioned.id, mentioned);
    this.#above(mentioned);
  }

  /** Subscriptions and resource groups of what is there are there too, and the root above all. */
  #above({ id, ...rest }: Mentioned): void {
    if (!this.#tenants.has(id)) this.#tenants.set(id, rest.tenant);
    for (const outer of [...enclosingIds(id).filter(isContainer), rootOf(rest.tenant)]) {
      if (!this.#tenants.has(outer)) this.#tenants.set(outer, rest.tenant);
      if (!this.#mentioned.has(outer)) this.#mentioned.set(outer, { id: outer, ...rest });
    }
  }

  /** The first parent that is told counts. */
  within(child: string, parent: string): void {
    if (child !== parent && !this.#parents.has(child)) this.#parents.set(child, parent);
  }

  describes(id: string): boolean {
    return this.#described.has(id);
  }

  name(id: string, name: string): void {
    this.#names.set(id, name);
  }

  /** How a scope is called: by its name where its id tells nothing, else by the end of its id. */
  nameOf(id: string): string {
    return this.#names.get(id) ?? nameOfArmId(id);
  }

  knows(id: string): boolean {
    return this.#described.has(id) || this.#mentioned.has(id);
  }

  /** What an id lies in directly; undefined for a root. */
  outerOf(id: string): string | undefined {
    const near = enclosingIds(id);
    if (near.length > 0) return near.find((outer) => this.knows(outer));
    const tenant = this.#tenants.get(id);
    const parent = this.#parents.get(id);
    if (parent !== undefined && this.knows(parent)) return parent;
    const root = tenant === undefined ? undefined : rootOf(tenant);
    return root === id ? undefined : root;
  }

  /** What no record describes. */
  *standIns(): Iterable<Mentioned> {
    for (const mentioned of this.#mentioned.values()) if (!this.#described.has(mentioned.id)) yield mentioned;
  }
}
