import { type Attributes, MANAGED_BY_VENDOR } from '../../../engine/model/index.ts';
import type { ServiceAccountObject, Subject } from '../read/objects.ts';
import { subjectKey } from './bootstrapped.ts';
import type { GraphDraft } from './graph-draft.ts';
import type { ClusterIds } from './ids.ts';

/** Its members pass every check of RBAC, whatever is bound. */
export const MASTERS = 'system:masters';
const AUTHENTICATED = 'system:authenticated';
const UNAUTHENTICATED = 'system:unauthenticated';
const SERVICE_ACCOUNTS = 'system:serviceaccounts';
const ANONYMOUS = 'system:anonymous';

export interface KnownServiceAccount {
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly object?: ServiceAccountObject | undefined;
  /** Where it is defined, or else first named. */
  readonly evidence: string;
}

/**
 * Users, groups and service accounts. Kubernetes keeps no list of users and groups: those that bindings and rules name
 * come into being, and the groups that the API server puts everybody into are written out as memberships.
 */
export class Principals {
  readonly #graph: GraphDraft;
  readonly #ids: ClusterIds;
  readonly #bootstrapped: ReadonlySet<string>;
  readonly #users = new Map<string, string>();
  readonly #groups = new Map<string, string>();
  readonly #accounts = new Map<string, KnownServiceAccount>();
  readonly #byNamespace = new Map<string, KnownServiceAccount[]>();

  /** @param bootstrapped see `bootstrappedSubjects` */
  constructor(graph: GraphDraft, ids: ClusterIds, bootstrapped: ReadonlySet<string>) {
    this.#graph = graph;
    this.#ids = ids;
    this.#bootstrapped = bootstrapped;
  }

  /** The id of whom a binding names. */
  subject(subject: Subject): string {
    if (subject.kind === 'Group') return this.group(subject.name);
    if (subject.kind === 'User') return this.user(subject.name);
    return this.serviceAccount(subject.namespace!, subject.name, subject.evidence).id;
  }

  user(name: string): string {
    const id = this.#ids.user(name);
    if (this.#users.has(name)) return id;
    this.#users.set(name, id);
    this.#graph.node({
      kind: 'User',
      id,
      name,
      attributes: { username: name, ...this.#vendors({ kind: 'User', name }) },
    });
    this.#joins(id, name === ANONYMOUS ? UNAUTHENTICATED : AUTHENTICATED);
    return id;
  }

  group(name: string): string {
    const id = this.#ids.group(name);
    if (this.#groups.has(name)) return id;
    this.#groups.set(name, id);
    this.#graph.node({ kind: 'Group', id, name, attributes: {} });
    if (name === MASTERS) this.#mayEverything(id);
    if (name === UNAUTHENTICATED) this.user(ANONYMOUS);
    return id;
  }

  define(object: ServiceAccountObject): void {
    const { namespace, name, place } = object;
    this.#account(namespace, name, place.text, object);
  }

  /** A service account, brought into being when no file defines it. */
  serviceAccount(namespace: string, name: string, evidence: string): KnownServiceAccount {
    return this.#accounts.get(`${namespace}/${name}`) ?? this.#account(namespace, name, evidence, undefined);
  }

  #account(namespace: string, name: string, evidence: string, object?: ServiceAccountObject): KnownServiceAccount {
    const id = this.#ids.serviceAccount(namespace, name);
    const account = { id, namespace, name, object, evidence };
    this.#accounts.set(`${namespace}/${name}`, account);
    const others = this.#byNamespace.get(namespace);
    if (others === undefined) this.#byNamespace.set(namespace, [account]);
    else others.push(account);
    this.#graph.node({
      kind: 'ServiceAccount',
      id,
      name: `${namespace}/${name}`,
      attributes: {
        username: `system:serviceaccount:${namespace}:${name}`,
        namespace,
        defined: object !== undefined,
        ...this.#vendors({ kind: 'ServiceAccount', namespace, name }),
        ...(object?.automount === undefined ? {} : { automountServiceAccountToken: object.automount }),
        ...(object === undefined || Object.keys(object.labels).length === 0 ? {} : { labels: object.labels }),
      },
    });
    for (const group of [AUTHENTICATED, SERVICE_ACCOUNTS, `${SERVICE_ACCOUNTS}:${namespace}`]) this.#joins(id, group);
    return account;
  }

  #vendors(subject: Pick<Subject, 'kind' | 'name' | 'namespace'>): Attributes {
    return this.#bootstrapped.has(subjectKey(subject)) ? { [MANAGED_BY_VENDOR]: true } : {};
  }

  #joins(member: string, group: string): void {
    const evidence = 'the API server puts everybody of this kind into the group';
    this.#graph.edge({ kind: 'MEMBER_OF', from: member, to: this.group(group), evidence });
  }

  #mayEverything(id: string): void {
    const evidence = `members of ${MASTERS} pass without a check of RBAC`;
    this.#graph.edge({ kind: 'GRANTS', from: id, to: this.#ids.cluster, actions: ['*'], evidence });
  }

  get users(): ReadonlyMap<string, string> {
    return this.#users;
  }

  get groups(): ReadonlyMap<string, string> {
    return this.#groups;
  }

  accountsOf(namespace: string): readonly KnownServiceAccount[] {
    return this.#byNamespace.get(namespace) ?? [];
  }

  knownAccount(namespace: string, name: string): KnownServiceAccount | undefined {
    return this.#accounts.get(`${namespace}/${name}`);
  }

  get accounts(): readonly KnownServiceAccount[] {
    return [...this.#accounts.values()];
  }
}
