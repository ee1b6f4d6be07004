import type { Catalog, CatalogObject } from './catalog.ts';
import { PUBLIC } from './catalog.ts';
import { ownerRole, type RoleGraph } from './role-graph.ts';

/** `%` and `/` inside of a name are written `%25` and `%2F`, so that no two objects share an id. */
const part = (name: string): string => name.replaceAll('%', '%25').replaceAll('/', '%2F');

/** The ids of a server's roles and objects: docs/loaders/postgres.md tells how each is made. */
export class Names {
  readonly cluster: string;
  readonly #catalog: Catalog;
  readonly #graph: RoleGraph;
  readonly #owners: ReadonlyMap<string, string>;

  /** @param databases all of them, for the roles of their owners */
  constructor(source: string, catalog: Catalog, graph: RoleGraph, databases: Iterable<string>) {
    this.cluster = `postgres:${source}`;
    this.#catalog = catalog;
    this.#graph = graph;
    this.#owners = new Map([...databases].map((name) => [ownerRole(name), `${this.database(name)}/owner`]));
  }

  get everyone(): string {
    return `${this.cluster}/public`;
  }

  get administered(): string {
    return `${this.cluster}/created-roles`;
  }

  login(role: string): string {
    return `${this.cluster}/login/${part(role)}`;
  }

  role(role: string): string {
    return `${this.cluster}/role/${part(role)}`;
  }

  /** The role as it is after SET ROLE, with attributes that are not inherited. */
  session(role: string): string {
    return `${this.cluster}/session/${part(role)}`;
  }

  database(name: string): string {
    return `${this.cluster}/database/${part(name)}`;
  }

  /** Whether the privileges of a role are on a node apart from its login, for others to have them. */
  isShared(role: string): boolean {
    return !this.#catalog.roles.get(role)?.login || this.#graph.hasMembers(role);
  }

  /** What the privileges of a role leave from. */
  holder(role: string): string {
    if (role === PUBLIC) return this.everyone;
    return this.#owners.get(role) ?? (this.isShared(role) ? this.role(role) : this.login(role));
  }

  /** What one is after SET ROLE. */
  actor(role: string): string {
    const entry = this.#catalog.roles.get(role);
    if (entry?.login) return this.login(role);
    return entry !== undefined && hasAttributes(entry) ? this.session(role) : this.holder(role);
  }

  object(object: CatalogObject): string {
    const { kind, database, schema, name, table } = object;
    if (table !== undefined) return `${this.object(table)}/column/${part(name)}`;
    const base = database === undefined ? this.cluster : this.database(database);
    const place = schema === undefined ? base : `${base}/schema/${part(schema)}`;
    return `${place}/${FOLDERS[kind] ?? kind}/${part(name)}`;
  }

  /** What an object lies in. */
  container({ database, schema, table }: CatalogObject): string {
    if (table !== undefined) return this.object(table);
    if (database === undefined) return this.cluster;
    return schema === undefined ? this.database(database) : `${this.database(database)}/schema/${part(schema)}`;
  }
}

/** Relations share their names in a schema. */
const FOLDERS: Readonly<Record<string, string>> = {
  view: 'table',
  'materialized-view': 'table',
  'foreign-table': 'table',
};

interface Attributed {
  readonly superuser: boolean;
  readonly createRole: boolean;
  readonly createDb: boolean;
  readonly replication: boolean;
  readonly bypassRls: boolean;
}

/** Attributes hold for the role that one is, and are not handed on to its members. */
export const hasAttributes = (role: Attributed): boolean =>
  role.superuser || role.createRole || role.createDb || role.replication || role.bypassRls;
