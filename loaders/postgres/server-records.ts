import type { JsonValue } from '../../engine/model/index.ts';
import type { Fields, SourceRecord } from '../declared/record.ts';
import { type Catalog, type CatalogObject, DATABASE_OWNER, ownerOf, type Place, type RoleEntry } from './catalog.ts';
import { hasAttributes, Names } from './names.ts';
import { ObjectGrants } from './object-grants.ts';
import { BUILT_IN_MEMBERS, isPredefined, TAKEOVERS } from './predefined-roles.ts';
import { type Link, ownerInherits, ownerRole, RoleGraph } from './role-graph.ts';
import { isServiceLogin } from './service-names.ts';

/** Makes a record of what is said at a place. */
export type Tell = (type: string, fields: Fields, place: Place) => SourceRecord;

/** What a catalog says, as records: computed anew each time that they are asked for. */
export class ServerRecords {
  readonly #catalog: Catalog;
  readonly #graph: RoleGraph;
  readonly #names: Names;
  readonly #owners: ReadonlyMap<string, string>;
  readonly #databases: readonly CatalogObject[];
  readonly #grants: ObjectGrants;
  readonly #start: Place;
  readonly #source: string;

  /** @param start where the reading began, for what no place tells */
  constructor(catalog: Catalog, source: string, start: Place, note: (place: Place, why: string) => void) {
    this.#catalog = catalog;
    this.#source = source;
    this.#start = start;
    this.#databases = [...catalog.objects].filter(({ kind }) => kind === 'database');
    this.#owners = new Map(
      this.#databases.flatMap((database) => {
        const owner = ownerOf(database);
        return owner === undefined ? [] : [[database.name, owner] as const];
      }),
    );
    const named = namedRoles(catalog);
    for (const [member, role] of BUILT_IN_MEMBERS) {
      if (!named.has(member)) continue;
      catalog.memberships.push({ member, role, admin: false, inherit: true, set: true, place: start });
      named.add(role);
    }
    // Who may create roles may make himself one that runs programs.
    if ([...catalog.roles.values()].some(({ createRole }) => createRole) && (catalog.version ?? 0) < 16)
      for (const role of Object.keys(TAKEOVERS)) named.add(role);
    for (const name of named) if (isPredefined(name) && name !== DATABASE_OWNER) catalog.role(name, start);
    this.#graph = new RoleGraph(catalog, this.#owners);
    const databases = this.#databases.map(({ name }) => name);
    this.#names = new Names(source, catalog, this.#graph, databases);
    this.#grants = new ObjectGrants(catalog, this.#graph, this.#names, note);
  }

  *records(): Generator<SourceRecord> {
    const { version } = this.#catalog;
    yield this.#tell('clusters', { name: this.#source, version: version ?? null }, this.#start);
    for (const role of this.#catalog.roles.values()) yield* this.#role(role);
    for (const database of this.#databases) yield* this.#ownerRole(database);
    for (const link of this.#graph.links) yield* this.#membership(link);
    yield* this.#createdRoles();
    yield* this.#grants.records((type, fields, place) => this.#tell(type, fields, place));
  }

  #tell(type: string, fields: Fields, { file, line }: Place): SourceRecord {
    return { type, fields: { cluster: this.#names.cluster, ...fields }, source: this.#source, file, line };
  }

  *#role(role: RoleEntry): Generator<SourceRecord> {
    const { name, place } = role;
    const about: Record<string, JsonValue> = {
      name,
      comment: role.comment ?? null,
      validUntil: role.validUntil ?? null,
      connectionLimit: role.connectionLimit < 0 ? null : role.connectionLimit,
    };
    const isShared = this.#names.isShared(name);
    if (role.login) {
      const isService = isServiceLogin(name, role.replication);
      const bundle = isShared ? this.#names.role(name) : null;
      const enabled = role.connectionLimit !== 0 || role.superuser;
      yield this.#tell('logins', { ...about, id: this.#names.login(name), isService, enabled, bundle }, place);
    }
    if (isShared)
      yield this.#tell('roles', { ...about, id: this.#names.role(name), isPredefined: isPredefined(name) }, place);
    if (!role.login && hasAttributes(role))
      yield this.#tell('sessions', { name, id: this.#names.session(name), role: this.#names.role(name) }, place);
    if (hasAttributes(role)) yield this.#tell('attributes', this.#attributesOf(role), place);
    const technique = TAKEOVERS[name];
    if (technique !== undefined) {
      const takeover = { from: this.#names.holder(name), to: this.#names.cluster, technique };
      yield this.#tell('takeovers', takeover, place);
    }
  }

  #attributesOf(role: RoleEntry): Fields {
    const { superuser, createDb, createRole, replication, bypassRls } = role;
    const isAbove = superuser;
    return {
      holder: this.#names.actor(role.name),
      superuser,
      createDb: createDb && !isAbove,
      createRole: createRole && !isAbove,
      replication: replication && !isAbove,
      bypassRls: bypassRls && !isAbove,
    };
  }

  *#ownerRole({ name, place }: CatalogObject): Generator<SourceRecord> {
    const id = this.#names.holder(ownerRole(name));
    yield this.#tell('roles', { id, name: DATABASE_OWNER, isPredefined: true, database: name }, place);
    const owner = this.#owners.get(name);
    if (owner === undefined) return;
    if (ownerInherits(owner, this.#catalog)) yield this.#has(owner, id, place);
    else yield this.#tell('memberships', { from: this.#names.holder(owner), to: id, is: 'sets' }, place);
  }

  #has(member: string, role: string, place: Place): SourceRecord {
    const isShared = this.#names.isShared(member);
    return this.#tell(
      'memberships',
      { from: this.#names.holder(member), to: role, is: isShared ? 'inherits' : 'has' },
      place,
    );
  }

  *#membership({ member, role, inherit, set, admin, first: { place } }: Link): Generator<SourceRecord> {
    const entry = this.#catalog.roles.get(role);
    if (inherit) yield this.#has(member, this.#names.holder(role), place);
    // What SET ROLE adds to what is inherited anyway are attributes.
    if (set && (!inherit || (entry !== undefined && hasAttributes(entry)))) yield* this.#setRole(member, role, place);
    if (!admin || (inherit && set) || entry?.superuser) return;
    const fields = { from: this.#names.holder(member), to: this.#names.actor(role), technique: 'ADMIN OPTION' };
    yield this.#tell('takeovers', fields, place);
  }

  /**
   * Whoever has the privileges of the member can set the role too, unless he has them WITH SET FALSE: then it is told of each login
   * that can.
   */
  *#setRole(member: string, role: string, place: Place): Generator<SourceRecord> {
    const to = this.#names.actor(role);
    const setting = this.#graph.setting(member);
    const isForAll = [...this.#graph.havingAll([member])].every((one) => setting.has(one));
    const from = isForAll
      ? [this.#names.holder(member)]
      : [...setting].filter((one) => this.#catalog.roles.get(one)?.login).map((one) => this.#names.login(one));
    for (const one of from) yield this.#tell('memberships', { from: one, to, is: 'sets' }, place);
  }

  /** Before version 16, who may create roles may make himself a member of any but superusers, and set their passwords. */
  *#createdRoles(): Generator<SourceRecord> {
    const { roles, version } = this.#catalog;
    const creators = [...roles.values()].filter(({ createRole, superuser }) => createRole && !superuser);
    if (creators.length === 0 || (version ?? 0) >= 16) return;
    const id = this.#names.administered;
    yield this.#tell('roles', { id, name: 'roles that CREATEROLE rules', isPredefined: true }, this.#start);
    for (const { name, place } of creators) {
      const condition = version === undefined ? 'the server is older than version 16' : null;
      const fields = { from: this.#names.actor(name), to: id, technique: 'CREATEROLE', condition };
      yield this.#tell('takeovers', fields, place);
    }
    for (const { name, superuser, place } of roles.values()) {
      if (!superuser) yield this.#tell('memberships', { from: id, to: this.#names.actor(name), is: 'sets' }, place);
    }
  }
}

/** Every role that something is said of. */
function namedRoles({ memberships, objects }: Catalog): Set<string> {
  const named = new Set<string>();
  for (const { member, role } of memberships) named.add(member).add(role);
  for (const object of objects) {
    const owner = ownerOf(object);
    if (owner !== undefined) named.add(owner);
    for (const { grantee } of object.steps) named.add(grantee);
  }
  return named;
}
