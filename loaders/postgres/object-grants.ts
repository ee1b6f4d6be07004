import type { Fields, SourceRecord } from '../declared/record.ts';
import {
  type Acl,
  aclOf,
  type Catalog,
  type CatalogObject,
  DATABASE_OWNER,
  type Held,
  ownerOf,
  type Place,
  PUBLIC,
} from './catalog.ts';
import { EffectiveHolders, type Holders, type Needs, type User } from './effective.ts';
import type { Names } from './names.ts';
import { EVERY_RELATION, EVERY_SCHEMA, ON_SEQUENCES, READS_FILES } from './predefined-roles.ts';
import { allOf, isRelation, needsSchema, ROW_PRIVILEGES, withGrantOption } from './privileges.ts';
import { ownerRole, type RoleGraph } from './role-graph.ts';
import type { Tell } from './server-records.ts';

/** What one role may on one object. */
interface Right {
  readonly grantee: string;
  readonly actions: readonly string[];
  readonly exceptActions?: readonly string[];
  /** Tells rights of one role on one object apart. */
  readonly key: string;
  readonly condition?: string | undefined;
  readonly place: Place;
  /** Whether it reaches what the object contains. */
  readonly reaches: boolean;
}

/** Who can use which object, from its privileges, those on its schema and database, and row security. */
export class ObjectGrants {
  readonly #catalog: Catalog;
  readonly #graph: RoleGraph;
  readonly #names: Names;
  readonly #note: (place: Place, why: string) => void;
  readonly #effective: EffectiveHolders;
  readonly #acls = new Map<CatalogObject, Acl>();
  readonly #usage = new Map<string, Holders | undefined>();
  readonly #connect = new Map<string, Holders>();
  /** Roles that row security does not hold for, with all whose privileges they have. */
  readonly #unfiltered: readonly string[];

  constructor(catalog: Catalog, graph: RoleGraph, names: Names, note: (place: Place, why: string) => void) {
    this.#catalog = catalog;
    this.#graph = graph;
    this.#names = names;
    this.#note = note;
    const roles = [...catalog.roles.values()];
    const logins = roles.filter(({ login, superuser }) => login && !superuser).map(({ name }) => name);
    this.#effective = new EffectiveHolders(graph, new Set(logins));
    this.#unfiltered = roles.filter(({ bypassRls, superuser }) => bypassRls && !superuser).map(({ name }) => name);
  }

  *records(tell: Tell): Generator<SourceRecord> {
    for (const object of this.#catalog.objects) {
      yield tell('objects', this.#describe(object), object.place);
      yield* this.#owner(object, tell);
      for (const right of this.#rightsOn(object)) yield* this.#use(object, right, tell);
    }
    for (const [role, condition] of Object.entries(READS_FILES)) {
      const entry = this.#catalog.roles.get(role);
      if (entry === undefined) continue;
      const fields = {
        holder: this.#names.holder(role),
        object: this.#names.cluster,
        actions: ['SELECT'],
        reaches: true,
      };
      yield tell('grants', { ...fields, condition, key: null, exceptActions: null, through: null }, entry.place);
    }
  }

  #describe(object: CatalogObject): Fields {
    const { schema, table, name, kind, rowSecurity, forced, definer, policies, defaults } = object;
    const owner = table?.name ?? schema;
    return {
      id: this.#names.object(object),
      container: this.#names.container(object),
      name: owner === undefined ? name : `${owner}.${name}`,
      kind,
      rowSecurity: rowSecurity ? (forced ? 'forced' : 'on') : null,
      policies: [...policies],
      securityDefiner: definer || null,
      defaultPrivileges: [...defaults],
    };
  }

  *#owner(object: CatalogObject, tell: Tell): Generator<SourceRecord> {
    const owner = this.#named(object, ownerOf(object));
    if (owner === undefined) {
      if (object.created && object.kind !== 'database')
        this.#note(object.place, 'the owner is not told: dump without --no-owner');
      return;
    }
    const [from, to] = [this.#names.holder(owner), this.#names.object(object)];
    yield tell('ownerships', { from, to }, object.place);
    const held = this.#aclOf(object).get(ownerOf(object)!);
    const isWhole = allOf(object.kind, this.#catalog.version).every((one) => held?.has(one));
    if (!isWhole) yield tell('takeovers', { from, to, technique: 'owner grants to itself' }, object.place);
  }

  #aclOf(object: CatalogObject): Acl {
    let acl = this.#acls.get(object);
    if (acl === undefined) this.#acls.set(object, (acl = aclOf(object, this.#catalog.version)));
    return acl;
  }

  /** The owner of a database goes by one name in all of them. */
  #named({ database }: CatalogObject, role: string): string;
  #named({ database }: CatalogObject, role: string | undefined): string | undefined;
  #named({ database }: CatalogObject, role: string | undefined): string | undefined {
    return role === DATABASE_OWNER && database !== undefined ? ownerRole(database) : role;
  }

  *#rightsOn(object: CatalogObject): Generator<Right> {
    const owner = ownerOf(object);
    const reaches = object.kind !== 'database' && object.kind !== 'schema';
    const acl = this.#aclOf(object);
    // An owner with nothing left still alters, drops and grants.
    if (owner !== undefined && !acl.has(owner) && object.kind !== 'column')
      yield* this.#ofOwner(object, owner, new Map(), reaches);
    for (const [grantee, held] of acl) {
      if (grantee === owner && object.kind !== 'column') yield* this.#ofOwner(object, owner, held, reaches);
      else if (held.size > 0) yield* this.#ofGrantee(object, grantee, held, reaches);
    }
    if (object.kind === 'schema') yield* this.#onSchema(object, owner);
    if (isRelation(object.kind) || object.kind === 'sequence') yield* this.#predefined(object);
  }

  *#ofOwner(object: CatalogObject, owner: string, held: ReadonlyMap<string, Held>, reaches: boolean): Generator<Right> {
    const lacking = allOf(object.kind, this.#catalog.version).filter((one) => !held.has(one));
    const base = { grantee: this.#named(object, owner), place: object.place, reaches };
    const condition = object.rowSecurity && object.forced ? rowsOf(object) : undefined;
    const filtered = condition === undefined ? [] : [...ROW_PRIVILEGES].filter((one) => held.has(one));
    yield { ...base, key: 'owner', actions: ['*'], exceptActions: [...lacking, ...filtered] };
    if (filtered.length > 0) yield { ...base, key: 'owner rows', actions: filtered, condition };
  }

  *#ofGrantee(
    object: CatalogObject,
    name: string,
    held: ReadonlyMap<string, Held>,
    reaches: boolean,
  ): Generator<Right> {
    const table = object.table ?? object;
    const condition = table.rowSecurity ? rowsOf(table) : undefined;
    const grantee = this.#named(object, name);
    const isFiltered = (privilege: string): boolean => condition !== undefined && ROW_PRIVILEGES.has(privilege);
    const place = [...held.values()].at(-1)!.place;
    const whole = [...held].flatMap(([privilege, { grantable }]) => [
      ...(isFiltered(privilege) ? [] : [privilege]),
      ...(grantable ? [withGrantOption(privilege)] : []),
    ]);
    if (whole.length > 0) yield { grantee, actions: whole, key: '', place, reaches };
    const rows = [...held.keys()].filter(isFiltered);
    if (rows.length > 0) yield { grantee, actions: rows, key: 'rows', condition, place, reaches };
  }

  *#onSchema(schema: CatalogObject, owner: string | undefined): Generator<Right> {
    const { place } = schema;
    if (owner !== undefined)
      yield { grantee: this.#named(schema, owner), actions: ['DROP'], key: 'what is in it', place, reaches: true };
    for (const role of EVERY_SCHEMA)
      if (this.#catalog.roles.has(role))
        yield { grantee: role, actions: ['USAGE'], key: 'predefined', place, reaches: false };
  }

  /** Roles that come with the server and may do something on every relation. */
  *#predefined(object: CatalogObject): Generator<Right> {
    for (const [role, privileges] of Object.entries(EVERY_RELATION)) {
      if (!this.#catalog.roles.has(role)) continue;
      const actions = object.kind === 'sequence' ? privileges.filter((one) => ON_SEQUENCES.has(one)) : privileges;
      if (actions.length === 0) continue;
      const isFiltered = object.rowSecurity && actions.some((one) => ROW_PRIVILEGES.has(one));
      const condition = isFiltered ? rowsOf(object) : undefined;
      yield { grantee: role, actions, key: 'predefined', condition, place: object.place, reaches: true };
    }
  }

  *#use(object: CatalogObject, right: Right, tell: Tell): Generator<SourceRecord> {
    // Of a role that no file tells, nothing is known but its name: it is listed as an end that is missing.
    const users = this.#isUnknown(right.grantee)
      ? [{ role: right.grantee }]
      : this.#effective.of(right.grantee, this.#needsOf(object));
    if (users.length === 0 && !this.#catalog.roles.get(right.grantee)?.superuser) this.#note(right.place, UNUSABLE);
    for (const user of users) {
      yield this.#grant(object, right, user, this.#names.holder(user.role), tell);
      if (object.definer) yield* this.#runsAsOwner(object, right, user, tell);
      if (right.condition !== undefined) yield* this.#unfilteredUse(object, right, user, tell);
    }
  }

  #isUnknown(role: string): boolean {
    return role !== PUBLIC && !role.startsWith(DATABASE_OWNER) && !this.#catalog.roles.has(role);
  }

  #grant(object: CatalogObject, right: Right, user: User, holder: string, tell: Tell, also = ''): SourceRecord {
    const through = user.role === right.grantee ? '' : `through ${shown(right.grantee)}`;
    const conditions = [right.condition, user.condition].filter((one) => one !== undefined);
    const key = [right.key, through, user.condition === undefined ? '' : 'session', also].filter((one) => one !== '');
    const { file, line } = right.place;
    const fields = {
      holder,
      object: this.#names.object(object),
      actions: right.actions,
      exceptActions: right.exceptActions ?? [],
      reaches: right.reaches,
      condition: conditions.length === 0 ? null : conditions.join('; '),
      key: key.length === 0 ? null : key.join(', '),
      through: through === '' ? null : `${baseName(file)}:${line} ${through}, with what it needs from other roles`,
    };
    return tell('grants', fields, right.place);
  }

  /** Row security does not hold for a role with BYPASSRLS, itself: what it has and inherits it has of all rows. */
  *#unfilteredUse(object: CatalogObject, right: Right, user: User, tell: Tell): Generator<SourceRecord> {
    if (this.#unfiltered.length === 0) return;
    const having = user.role === PUBLIC ? undefined : this.#graph.havingAll([user.role]);
    for (const role of this.#unfiltered) {
      if (having !== undefined && !having.has(role)) continue;
      const { condition: _, ...plain } = right;
      const holder = this.#names.actor(role);
      yield this.#grant(object, plain, user, holder, tell, `BYPASSRLS of ${role}`);
    }
  }

  *#runsAsOwner(object: CatalogObject, { actions, place }: Right, user: User, tell: Tell): Generator<SourceRecord> {
    const owner = this.#named(object, ownerOf(object));
    if (owner === undefined || owner === user.role || !actions.some((one) => one === 'EXECUTE')) return;
    const technique = object.searchPath ? 'SECURITY DEFINER' : 'SECURITY DEFINER without search_path';
    const own = `what ${object.schema}.${object.name} does as its owner`;
    const condition = user.condition === undefined ? own : `${own}; ${user.condition}`;
    const [from, to] = [this.#names.holder(user.role), this.#names.actor(owner)];
    if (from !== to)
      yield tell('takeovers', { from, to, technique, condition, key: this.#names.object(object) }, place);
  }

  #needsOf(object: CatalogObject): Needs {
    const { kind, schema } = object.table ?? object;
    const database = kind === 'database' ? object.name : object.database;
    if (database === undefined) return NOTHING;
    const usesSchema = needsSchema(kind) && schema !== undefined;
    const usage = usesSchema ? this.#usageOf(database, schema) : undefined;
    const isKnown = this.#catalog.knownDatabases.has(database);
    const unknown = [
      ...(isKnown ? [] : [`CONNECT on ${database}, of which no file tells the privileges`]),
      ...(usesSchema && usage === undefined
        ? [`USAGE on the schema ${schema}, of which no file tells the privileges`]
        : []),
    ];
    return {
      key: JSON.stringify([database, usesSchema ? schema : null]),
      usage,
      connect: isKnown ? this.#connectOf(database) : undefined,
      unknown: unknown.length === 0 ? undefined : unknown.join('; '),
    };
  }

  #usageOf(database: string, name: string): Holders | undefined {
    const key = schemaKey(database, name);
    if (this.#usage.has(key)) return this.#usage.get(key);
    const schema = this.#catalog.find('schema', { database, name });
    let holders: Set<string> | undefined;
    if (name === 'pg_catalog' || name === 'information_schema') holders = new Set([PUBLIC]);
    else if (schema !== undefined) {
      holders = this.#holdersOf(schema, 'USAGE');
      for (const role of EVERY_SCHEMA) if (this.#catalog.roles.has(role)) holders.add(role);
    }
    this.#usage.set(key, holders);
    return holders;
  }

  #connectOf(name: string): Holders {
    let holders = this.#connect.get(name);
    if (holders === undefined) {
      const database = this.#catalog.find('database', { name });
      holders = database === undefined ? new Set([PUBLIC]) : this.#holdersOf(database, 'CONNECT');
      this.#connect.set(name, holders);
    }
    return holders;
  }

  #holdersOf(object: CatalogObject, privilege: string): Set<string> {
    const held = [...this.#aclOf(object)].filter(([, privileges]) => privileges.has(privilege));
    const isSchema = object.kind === 'schema';
    return new Set(held.map(([grantee]) => (isSchema ? this.#named(object, grantee) : grantee)));
  }
}

const UNUSABLE = 'a privilege that nobody can use: USAGE on the schema or CONNECT on the database is missing';
const NOTHING: Needs = Object.freeze({ key: '', usage: undefined, connect: undefined });
const schemaKey = (database: string | undefined, schema: string | undefined): string =>
  JSON.stringify([database, schema]);
const shown = (role: string): string => (role === PUBLIC ? 'PUBLIC' : role.replaceAll('\u0000', ' of '));
const baseName = (file: string): string => file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('!')) + 1);

/** The condition that row security is: its policies, in their words. */
function rowsOf({ policies }: CatalogObject): string {
  if (policies.length === 0) return 'row security without a policy: no rows';
  return `row security: ${policies.join(' | ')}`.slice(0, MAX_CONDITION);
}

const MAX_CONDITION = 2_000;
