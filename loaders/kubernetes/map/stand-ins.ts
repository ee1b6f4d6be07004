import type { Estate } from '../read/estate.ts';
import type { SecretObject, WorkloadObject } from '../read/objects.ts';
import type { GraphDraft } from './graph-draft.ts';
import type { ClusterIds, Scope } from './ids.ts';
import { type KnownServiceAccount, MASTERS, type Principals } from './principals.ts';
import type { RoleBook } from './role-book.ts';

/**
 * Roles that stand for many principals: whoever may act as "any service account of namespace shop" reaches each of them
 * by one edge more. So the number of edges grows with the number of roles plus that of principals, not with their
 * product. A stand-in grants nothing by itself, and is there only when a role leads to it.
 */
export class StandIns {
  readonly #graph: GraphDraft;
  readonly #ids: ClusterIds;
  readonly #estate: Estate;
  readonly #principals: Principals;
  readonly #book: RoleBook;
  readonly #namespaces: readonly string[];
  /** Stand-ins that were asked for, and how each is written out. */
  readonly #asked = new Map<string, () => void>();

  constructor(parts: {
    graph: GraphDraft;
    ids: ClusterIds;
    estate: Estate;
    principals: Principals;
    book: RoleBook;
    namespaces: readonly string[];
  }) {
    this.#graph = parts.graph;
    this.#ids = parts.ids;
    this.#estate = parts.estate;
    this.#principals = parts.principals;
    this.#book = parts.book;
    this.#namespaces = parts.namespaces;
  }

  /** Any service account of a scope. */
  serviceAccounts(scope: Scope): string {
    return this.#inScope('serviceaccounts', scope, 'any service account', (id, namespace) => {
      for (const account of this.#principals.accountsOf(namespace)) this.#leads(id, account.id, account.evidence);
    });
  }

  /** Any service account that a pod of a scope runs as. */
  running(scope: Scope): string {
    return this.#inScope('running', scope, 'any service account that a pod runs as', (id, namespace) => {
      for (const workload of this.#estate.workloadsOf(namespace)) this.#runsAs(id, workload);
      const condition = `a pod of namespace ${namespace} that no file shows runs as the service account`;
      this.#leads(id, this.serviceAccounts(namespace), 'pods that no file shows', condition);
    });
  }

  /** Any service account whose token a Secret of a scope holds. */
  tokenSecrets(scope: Scope): string {
    return this.#inScope('tokens', scope, 'any service account with a token in a Secret', (id, namespace) => {
      for (const secret of this.#estate.secretsOf(namespace)) this.#holdsToken(id, secret);
      const condition = `a Secret of namespace ${namespace} that no file shows holds a token of the service account`;
      this.#leads(id, this.serviceAccounts(namespace), 'Secrets that no file shows', condition);
    });
  }

  users(): string {
    return this.#ask('users', undefined, 'any user', (id) => {
      for (const user of this.#principals.users.values()) this.#leads(id, user, 'named in a binding or rule');
    });
  }

  /** Any group but the one whose members pass every check. */
  groups(): string {
    return this.#ask('groups', undefined, 'any group', (id) => {
      for (const [name, group] of this.#principals.groups) {
        if (name !== MASTERS) this.#controls(id, group, 'named in a binding or rule');
      }
    });
  }

  /** Any Role of a scope. */
  roles(scope: Scope): string {
    return this.#inScope('roles', scope, 'any Role', (id, namespace) => {
      for (const role of this.#book.rolesOf(namespace)) this.#controls(id, role.id, role.object.place.text);
    });
  }

  /** Everything in any namespace. */
  namespaces(): string {
    return this.#ask('namespaces', undefined, 'everything in any namespace', (id) => {
      for (const namespace of this.#namespaces) this.#controls(id, this.#ids.scope(namespace), 'known by name');
    });
  }

  /** Writes out all that were asked for, and those that they lead to. */
  draw(): void {
    for (const write of this.#asked.values()) write();
  }

  /** Whom a workload runs as, when its pods get a token. */
  tokenHolder(workload: WorkloadObject): KnownServiceAccount | undefined {
    const { namespace, serviceAccount, automount, projectsToken, place } = workload;
    const account = this.#principals.serviceAccount(namespace, serviceAccount, place.text);
    const mounts = projectsToken || (automount ?? account.object?.automount ?? true);
    return mounts ? account : undefined;
  }

  #runsAs(id: string, workload: WorkloadObject): void {
    const account = this.tokenHolder(workload);
    if (account !== undefined) this.#leads(id, account.id, `${workload.place.text} ${workload.kind} ${workload.name}`);
  }

  #holdsToken(id: string, { namespace, name, tokenOf, place }: SecretObject): void {
    if (tokenOf === undefined) return;
    const account = this.#principals.serviceAccount(namespace, tokenOf, place.text);
    this.#leads(id, account.id, `${place.text} Secret ${name}`);
  }

  /** One stand-in a namespace, and one for the cluster that leads to all of them. */
  #inScope(what: string, scope: Scope, name: string, write: (id: string, namespace: string) => void): string {
    if (scope !== undefined) return this.#ask(what, scope, `${name} of ${scope}`, (id) => write(id, scope));
    return this.#ask(what, undefined, `${name} of the cluster`, (id) => {
      for (const namespace of this.#namespaces) {
        this.#leads(id, this.#inScope(what, namespace, name, write), `namespace ${namespace}`);
      }
    });
  }

  #ask(what: string, namespace: Scope, name: string, write: (id: string) => void): string {
    const id = this.#ids.any(what, namespace);
    if (this.#asked.has(id)) return id;
    this.#graph.node({ kind: 'Role', id, name, attributes: { standIn: true } });
    this.#asked.set(id, () => write(id));
    return id;
  }

  #leads(from: string, to: string, evidence: string, condition?: string): void {
    this.#graph.edge({ kind: 'CAN_ASSUME', from, to, technique: 'one-of-many', evidence, condition });
  }

  #controls(from: string, to: string, evidence: string): void {
    this.#graph.edge({ kind: 'CONTROLS', from, to, technique: 'one-of-many', evidence });
  }
}
