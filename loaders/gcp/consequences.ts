import type { EdgeDraft, JsonValue, NodeRecord } from '../../engine/model/index.ts';
import type { Following } from '../declared/declared-reading.ts';
import type { Fields, SourceRecord } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import { roleAt, shortName } from './binding-records.ts';
import { Chain, Nesting, type Target } from './chains.ts';
import { DeniedPrincipals, type Rule } from './denied.ts';
import { type Belonging, Everyone } from './everyone.ts';
import { type Hierarchy, RESOURCE_MANAGER } from './hierarchy.ts';
import {
  ACCOUNT_PERMISSIONS,
  ACCOUNT_TYPE,
  ACCOUNTS,
  type AccountPower,
  type Powers,
  powersOf,
  THINGS,
  type Thing,
} from './powers.ts';
import type { Principal } from './principals.ts';
import type { RoleBook } from './roles.ts';

interface DenyRule extends Rule {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  /** Patterns of what it denies, without its exceptions. */
  readonly denies: (permission: string) => boolean;
}

interface BoundRole {
  readonly id: string;
  readonly definition: string;
  readonly scope: string;
}

const THING_TYPES = new Map(THINGS.map((thing) => [thing.type, thing]));
const CONVENIENCE = /^project(Owner|Editor|Viewer):(.+)$/;

/**
 * What follows in Google Cloud from several records: who is among all users, whom a deny policy denies, which roles lead to
 * service accounts, and which to the policies of what lies below.
 */
export class Consequences implements Following {
  readonly #hierarchy: Hierarchy;
  readonly #roles: RoleBook;
  readonly #source: string;
  readonly #nesting = new Nesting();
  readonly #everyone: Everyone;
  readonly #belongings: Belonging[] = [];
  readonly #filled = new Set<string>();
  readonly #rules: DenyRule[] = [];
  readonly #bound = new Map<string, BoundRole>();
  readonly #conveniences = new Set<string>();
  readonly #powers = new Map<string, Powers>();
  /** Name of a thing → its resources. */
  readonly #things = new Map<string, string[]>();
  /** Account → what it lies in: the resource that stands for it, or its project. */
  readonly #accounts = new Map<string, string>();
  /** Resource of an account → account. */
  readonly #accountOf = new Map<string, string>();

  constructor(hierarchy: Hierarchy, roles: RoleBook, source: string) {
    this.#hierarchy = hierarchy;
    this.#roles = roles;
    this.#source = source;
    this.#everyone = new Everyone((account, container) => this.#liesIn(account, container));
  }

  see({ type, fields }: SourceRecord): void {
    if (type === 'resources') this.#resource(text(fields['id']), text(fields['type']), fields);
    else if (type === 'assets') this.#resource(text(fields['id']), text(first(fields['asset'])['type']), fields);
    else if (type === 'containers')
      this.#resource(text(fields['id']), text(first(fields['container'])['type']), fields);
    else if (type === 'service-accounts') this.#account(fields);
    else if (type === 'bindings') this.#binding(fields);
    else if (type === 'memberships') this.#membership(fields);
    else if (type === 'deny-rules') this.#rule(fields);
  }

  #resource(id: string, type: string, fields: Fields): void {
    const thing = THING_TYPES.get(type);
    if (thing === undefined && type !== ACCOUNT_TYPE && type !== 'bigquery.googleapis.com/Dataset') return;
    this.#nesting.within(id, texts(fields['parents']));
    if (type === ACCOUNT_TYPE) {
      const name = /\/serviceAccounts\/([^/]+@[^/]+)$/.exec(id)?.[1];
      if (name !== undefined) this.#accountAt(`serviceAccount:${name.toLowerCase()}`, id);
    }
    if (thing === undefined) return;
    const known = this.#things.get(thing.name);
    if (known === undefined) this.#things.set(thing.name, [id]);
    else known.push(id);
  }

  #account(fields: Fields): void {
    const [id, email] = [text(fields['id']), text(fields['email'])];
    this.#accountAt(id, text(fields['resource']));
    this.#everyone.add({ id, kind: 'ServiceAccount', name: email, email });
  }

  #accountAt(account: string, resource: string): void {
    this.#accounts.set(account, resource);
    this.#accountOf.set(resource, account);
  }

  /** An account of which only the address is known lies in the project that its address names. */
  #principal(principal: Principal): void {
    this.#everyone.add(principal);
    if (CONVENIENCE.test(principal.id)) this.#conveniences.add(principal.id);
    if (principal.kind !== 'ServiceAccount' || principal.email === undefined) return;
    if (this.#accounts.has(principal.id)) return;
    const project = projectOfAccount(principal.email);
    if (project !== undefined) this.#accounts.set(principal.id, this.#hierarchy.project(project));
  }

  #binding(fields: Fields): void {
    const [definition, scope] = [text(fields['definition']), text(fields['scope'])];
    const id = roleAt(definition, scope);
    this.#bound.set(id, { id, definition, scope });
    for (const member of principals(fields['members'])) this.#principal(member);
  }

  #membership(fields: Fields): void {
    const to = text(fields['group']);
    this.#filled.add(to);
    for (const group of principals(fields['groups'])) this.#principal(group);
    for (const member of principals(fields['members'])) {
      this.#principal(member);
      // One that will expire cannot be counted on.
      const until = textOf(fields['validTo']);
      const condition = until === undefined ? {} : { condition: `until ${until}` };
      this.#belongings.push({ from: member.id, to, ...condition });
    }
  }

  #rule(fields: Fields): void {
    const [denied, excepted] = [principals(fields['denied']), principals(fields['excepted'])];
    for (const principal of [...denied, ...excepted]) this.#principal(principal);
    const patterns = [...texts(fields['permissions']), ...texts(fields['groups'])].map(patternOf);
    this.#rules.push({
      id: text(fields['id']),
      name: text(fields['name']),
      scope: text(fields['scope']),
      denied: denied.map(({ id }) => id),
      excepted: excepted.map(({ id }) => id),
      isExact: fields['isExact'] === true,
      denies: (permission) => patterns.some((pattern) => pattern.test(permission)),
    });
  }

  *changes(): Iterable<NodeRecord | EdgeDraft> {
    for (const { id, kind, name } of this.#everyone.strangers())
      yield { kind, id, source: this.#source, name, attributes: {} };
    const sets = [...this.#everyone.belongings()];
    for (const { from, to, condition } of sets) {
      const evidence = condition === undefined ? `all of ${to}` : `may be of ${to}`;
      yield { kind: 'MEMBER_OF', from, to, source: this.#source, condition, evidence };
    }
    yield* this.#denials(sets);
    yield* this.#projectRoles();
    yield* this.#takeovers();
  }

  *#denials(sets: readonly Belonging[]): Generator<EdgeDraft> {
    if (this.#rules.length === 0) return;
    const isOpen = (id: string): boolean => id.startsWith('group:') && !this.#filled.has(id);
    const denied = new DeniedPrincipals(both(this.#belongings, sets), isOpen);
    for (const rule of this.#rules) {
      for (const { id: from, isConditional } of denied.of(rule)) {
        const condition = isConditional ? 'it is meant by the rule, and not by its exceptions' : undefined;
        const evidence = `${rule.name}: denied, and not excepted`;
        yield { kind: 'HAS_ROLE', from, to: rule.id, source: this.#source, condition, evidence };
      }
    }
  }

  /** `projectOwner:acme` is whoever has the role on the project; of roles further out it is not documented. */
  *#projectRoles(): Generator<EdgeDraft> {
    for (const id of this.#conveniences) {
      const [, role, project] = CONVENIENCE.exec(id)!;
      const definition = `roles/${role!.toLowerCase()}`;
      const own = this.#hierarchy.project(project!);
      for (const scope of this.#nesting.up([own])) {
        const condition =
          scope === own ? undefined : `${definition} on ${shortName(scope)} counts as one of the project`;
        const evidence = `${id}: ${definition} on ${shortName(scope)}`;
        yield { kind: 'INHERITS', from: roleAt(definition, scope), to: id, source: this.#source, condition, evidence };
      }
    }
  }

  *#takeovers(): Generator<NodeRecord | EdgeDraft> {
    const accounts = this.#accountChain();
    const chains = THINGS.flatMap((thing) => {
      const things = this.#things.get(thing.name);
      return things === undefined ? [] : [[thing, this.#thingChain(thing, things, accounts)] as const];
    });
    const edges: EdgeDraft[] = [];
    for (const role of this.#bound.values()) {
      const powers = this.#powersOf(role.definition);
      for (const power of powers.accounts) edges.push(...this.#accountEdges(role, power, accounts));
      for (const [thing, chain] of chains)
        if (powers.things.includes(thing)) edges.push(...this.#thingEdges(role, thing, chain));
      if (powers.rewritesRoles) edges.push(...this.#rewriting(role, accounts));
    }
    for (const [, chain] of chains) yield* chain.changes();
    yield* accounts.changes();
    yield* edges;
  }

  /** Worked out once a definition: large ones are bound in thousands of projects. */
  #powersOf(definition: string): Powers {
    let powers = this.#powers.get(definition);
    if (powers === undefined) {
      powers = powersOf(definition, this.#roles.get(definition));
      this.#powers.set(definition, powers);
    }
    return powers;
  }

  #accountChain(): Chain {
    const accountOf = new Map<string, string>();
    for (const [account, place] of this.#accounts) {
      // Accounts without a resource of their own stand in for one.
      const resource = this.#accountOf.get(place) === account ? place : account;
      if (resource === account) this.#nesting.within(account, [place]);
      accountOf.set(resource, account);
    }
    return new Chain(
      ACCOUNTS,
      this.#source,
      this.#nesting,
      new Set(accountOf.keys()),
      (resource) => [{ kind: 'CAN_ASSUME', to: accountOf.get(resource)! }],
      (place) => this.#denial(ACCOUNT_PERMISSIONS, new Set([place])),
    );
  }

  #thingChain({ name, permission }: Thing, things: readonly string[], accounts: Chain): Chain {
    return new Chain(
      name,
      this.#source,
      this.#nesting,
      new Set(things),
      (thing) => this.#mastered(thing, permission, accounts),
      (place) => this.#denial([permission], new Set([place])),
    );
  }

  /** What it means to do as one likes with a resource: all in it, and the accounts in it. */
  #mastered(resource: string, technique: string, accounts: Chain): readonly Target[] {
    const inner = accounts.enter(resource);
    const whole: Target = { kind: 'CONTROLS', to: resource, technique };
    return inner === undefined ? [whole] : [whole, { kind: 'CONTROLS', to: inner, technique }];
  }

  *#accountEdges({ id: from, definition, scope }: BoundRole, power: AccountPower, chain: Chain): Generator<EdgeDraft> {
    const { kind, permission } = power;
    const technique = permission === '*' ? 'unknown permissions' : permission.slice(permission.indexOf('.') + 1);
    const denial = this.#denial(permission === '*' ? [] : [permission], this.#nesting.up([scope]));
    // On the account itself nothing is deployed.
    const own = chain.targetsOf(scope);
    const deploys = permission.endsWith('.actAs') && power.condition === undefined && own.length > 0;
    const more = deploys ? 'it may attach the account to something that it runs' : power.condition;
    const condition = allOf(more, denial);
    const evidence = `${permission} of ${definition} on ${shortName(scope)}`;
    const draft = { kind, from, source: this.#source, technique, key: permission, condition, evidence };
    for (const { to } of own) yield { ...draft, to };
    const to = chain.enter(scope);
    if (to !== undefined) yield { ...draft, to };
  }

  *#thingEdges({ id: from, definition, scope }: BoundRole, thing: Thing, chain: Chain): Generator<EdgeDraft> {
    const condition = this.#denial([thing.permission], this.#nesting.up([scope]));
    const evidence = `${thing.permission} of ${definition} on ${shortName(scope)}`;
    const source = this.#source;
    for (const { kind, to, technique } of chain.targetsOf(scope))
      yield { kind, from, to, source, technique, key: thing.permission, condition, evidence };
    const to = chain.enter(scope);
    if (to !== undefined) yield { kind: 'INHERITS', from, to, source, condition, evidence };
  }

  /** Whoever has a role of its own making and may rewrite it there has what it likes where it has the role. */
  *#rewriting({ id: from, definition, scope }: BoundRole, accounts: Chain): Generator<EdgeDraft> {
    const container = /^((?:projects|organizations)\/[^/]+)\/roles\//.exec(definition)?.[1];
    if (container === undefined) return;
    const home = this.#hierarchy.spelled(`${RESOURCE_MANAGER}${container}`);
    if (!this.#nesting.up([home]).has(scope)) return;
    const technique = 'iam.roles.update';
    const condition = this.#denial([technique], this.#nesting.up([home]));
    const evidence = `${technique} of ${definition}, which it can rewrite`;
    for (const { kind, to } of this.#mastered(scope, technique, accounts))
      yield { kind, from, to, source: this.#source, technique, key: technique, condition, evidence };
  }

  /** A deny policy on one of the places that may stand against one of the permissions, as a condition. */
  #denial(permissions: readonly string[], places: ReadonlySet<string>): string | undefined {
    const rule = this.#rules.find(
      ({ scope, denied, denies }) => denied.length > 0 && places.has(scope) && permissions.some(denies),
    );
    return rule === undefined ? undefined : `${rule.name} does not deny it`;
  }

  #liesIn(account: string, container: string): boolean {
    const place = this.#accounts.get(account);
    const id = this.#hierarchy.spelled(`${RESOURCE_MANAGER}${container}`);
    return place !== undefined && this.#nesting.up([place]).has(id);
  }
}

function allOf(first: string | undefined, second: string | undefined): string | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return `${first}, and ${second}`;
}

function* both<T>(one: Iterable<T>, other: Iterable<T>): Generator<T> {
  yield* one;
  yield* other;
}

/** The project of an account, by its address; undefined for those of Google's own projects. */
function projectOfAccount(email: string): string | undefined {
  const user = /@([^.@]+(?:\.[^@]+)?)\.iam\.gserviceaccount\.com$/.exec(email)?.[1];
  if (user !== undefined) {
    // A project of a domain of old, `acme.test:crew`, has its parts turned round.
    const [project, ...domain] = user.split('.');
    return domain.length === 0 ? project : `${domain.join('.')}:${project}`;
  }
  return (
    /^(\d+)-compute@developer\.gserviceaccount\.com$/.exec(email)?.[1] ??
    /^([^@]+)@appspot\.gserviceaccount\.com$/.exec(email)?.[1]
  );
}

const patternOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.\\/-]/g, '\\$&'))
      .join('.*')}$`,
    'i',
  );

const text = (value: JsonValue | undefined): string => textOf(value) ?? '';
const texts = (value: JsonValue | undefined): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
const first = (value: JsonValue | undefined): Fields => (Array.isArray(value) ? ((value[0] ?? {}) as Fields) : {});
const principals = (value: JsonValue | undefined): readonly Principal[] =>
  Array.isArray(value) ? (value as unknown as readonly Principal[]) : [];
