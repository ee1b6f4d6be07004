import { allOf, BY_DEFAULT, type ObjectKind } from './privileges.ts';

/** Where something was read. */
export interface Place {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** Everyone, in lists of privileges. No role can bear an empty name. */
export const PUBLIC = '';

/** Whoever owns the database at hand: a role of each database, to which nobody can be added. */
export const DATABASE_OWNER = 'pg_database_owner';

export interface RoleEntry {
  readonly name: string;
  readonly place: Place;
  superuser: boolean;
  /** Whether memberships that say nothing of it hand on privileges. */
  inherit: boolean;
  createRole: boolean;
  createDb: boolean;
  login: boolean;
  replication: boolean;
  bypassRls: boolean;
  /** -1 for no limit. */
  connectionLimit: number;
  validUntil?: string;
  comment?: string;
}

export interface Membership {
  readonly member: string;
  readonly role: string;
  readonly admin: boolean;
  /** Undefined where the member's own INHERIT decides. */
  readonly inherit: boolean | undefined;
  readonly set: boolean;
  readonly place: Place;
}

/** One statement about the privileges of an object, in their order. */
interface AclStep {
  readonly does: 'grant' | 'revoke' | 'revoke grant option' | 'forget defaults';
  readonly privileges: readonly string[] | 'all';
  readonly grantee: string;
  readonly grantable: boolean;
  readonly place: Place;
}

export interface Held {
  readonly grantable: boolean;
  readonly place: Place;
}
/** Grantee → privilege → how it is held. */
export type Acl = ReadonlyMap<string, ReadonlyMap<string, Held>>;

export interface CatalogObject {
  kind: ObjectKind;
  readonly database?: string;
  readonly schema?: string;
  /** With the arguments of a function; the column of a table is `table` and its name. */
  readonly name: string;
  readonly table?: CatalogObject;
  readonly place: Place;
  owner?: string;
  /** The owner is that of another object: a sequence of an identity column. */
  ownerOf?: CatalogObject;
  rowSecurity: boolean;
  /** Row security for the owner too. */
  forced: boolean;
  readonly policies: string[];
  /** Runs as its owner. */
  definer: boolean;
  searchPath: boolean;
  /** False where only its privileges were read, not itself. */
  created: boolean;
  readonly defaults: string[];
  readonly steps: AclStep[];
}

/** What was read of a server: roles, objects and what was said of their privileges. */
export class Catalog {
  /** The first number of the version of the server; undefined where no file tells it. */
  version: number | undefined;
  readonly roles = new Map<string, RoleEntry>();
  readonly memberships: Membership[] = [];
  readonly #objects = new Map<string, CatalogObject>();
  /** Databases of which the privileges are known: created in a file, named in a grant, or part of the dump of a cluster. */
  readonly knownDatabases = new Set<string>();

  get objects(): Iterable<CatalogObject> {
    return this.#objects.values();
  }

  role(name: string, place: Place): RoleEntry {
    let role = this.roles.get(name);
    if (role === undefined) {
      role = {
        name,
        place,
        superuser: false,
        inherit: true,
        createRole: false,
        createDb: false,
        login: false,
        replication: false,
        bypassRls: false,
        connectionLimit: -1,
      };
      this.roles.set(name, role);
    }
    return role;
  }

  /** The object of this name, made where it was not known. Relations share their names whatever they are. */
  object(kind: ObjectKind, names: ObjectNames, place: Place): CatalogObject {
    const key = keyOf(kind, names);
    const known = this.#objects.get(key);
    if (known !== undefined) return known;
    const made: CatalogObject = {
      kind,
      ...names,
      place,
      rowSecurity: false,
      forced: false,
      policies: [],
      definer: false,
      searchPath: false,
      created: false,
      defaults: [],
      steps: [],
    };
    this.#objects.set(key, made);
    return made;
  }

  find(kind: ObjectKind, names: ObjectNames): CatalogObject | undefined {
    return this.#objects.get(keyOf(kind, names));
  }
}

export interface ObjectNames {
  readonly database?: string;
  readonly schema?: string;
  readonly name: string;
  readonly table?: CatalogObject;
}

const CLASS = new Set<ObjectKind>(['table', 'view', 'materialized-view', 'foreign-table', 'sequence']);

function keyOf(kind: ObjectKind, { database, schema, name, table }: ObjectNames): string {
  return JSON.stringify([CLASS.has(kind) ? 'class' : kind, database, schema, table?.name, name]);
}

export const ownerOf = ({ owner, ownerOf }: CatalogObject): string | undefined => owner ?? ownerOf?.owner;

/**
 * Who holds what on an object once all statements were carried out, in their order: the owner everything and everyone what is
 * theirs by default, until something is revoked.
 */
export function aclOf(object: CatalogObject, version: number | undefined): Acl {
  const acl = new Map<string, Map<string, Held>>();
  const holdings = (grantee: string): Map<string, Held> => {
    let held = acl.get(grantee);
    if (held === undefined) acl.set(grantee, (held = new Map()));
    return held;
  };
  const all = allOf(object.kind, version);
  const owner = ownerOf(object);
  const { place } = object;
  if (object.kind !== 'column') {
    if (owner !== undefined) for (const one of all) holdings(owner).set(one, { grantable: true, place });
    for (const one of defaultsOf(object)) holdings(PUBLIC).set(one, { grantable: false, place });
  }
  for (const step of object.steps) {
    if (step.does === 'forget defaults') {
      acl.clear();
      continue;
    }
    const held = holdings(step.grantee);
    const named = step.privileges === 'all' ? all : step.privileges;
    for (const privilege of named) {
      const before = held.get(privilege);
      if (step.does === 'revoke') held.delete(privilege);
      else if (step.does === 'grant')
        held.set(privilege, { grantable: step.grantable || before?.grantable === true, place: step.place });
      else if (before !== undefined) held.set(privilege, { ...before, grantable: false });
    }
  }
  return acl;
}

/**
 * Functions of the system that grants name were taken from everyone by initdb, or there would be no need to; template databases
 * let everyone connect only.
 */
function defaultsOf({ kind, schema, name, created }: CatalogObject): readonly string[] {
  if (kind === 'database' && (name === 'template1' || name === 'template0') && !created) return ['CONNECT'];
  if (schema === 'pg_catalog' && !created) return [];
  return BY_DEFAULT[kind] ?? [];
}
