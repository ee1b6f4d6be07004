import { ALL_AUTHENTICATED, ALL_USERS, type Principal } from './principals.ts';

/** That one belongs to another; under a condition where it cannot be told for certain. */
export interface Belonging {
  readonly from: string;
  readonly to: string;
  readonly condition?: string;
}

const OF_SCOPE =
  /^principalSet:\/\/cloudresourcemanager\.googleapis\.com\/((?:projects|folders|organizations)\/[^/]+)(?:\/type\/(.+))?$/;

/**
 * Sets of principals that no list of members fills: all users, a domain, a pool of federated identities and its parts.
 * Those that are named are filled with the identities that are known.
 */
export class Everyone {
  readonly #principals = new Map<string, Principal>();
  /** Whether a service account lies in a container such as `projects/7`. */
  readonly #liesIn: (account: string, container: string) => boolean;

  constructor(liesIn: (account: string, container: string) => boolean) {
    this.#liesIn = liesIn;
  }

  add(principal: Principal): void {
    if (!this.#principals.has(principal.id)) this.#principals.set(principal.id, principal);
  }

  /**
   * Those of whom no file tells: anyone at all, or any workload that a provider vouches for. One identity stands for them in
   * each set that takes them, so that lists of who has access do not pass over them.
   */
  *strangers(): Generator<Principal> {
    for (const { id, kind, name, pool } of this.#principals.values()) {
      const isOpen = id === ALL_USERS || id === ALL_AUTHENTICATED || pool !== undefined;
      if (kind !== 'Group' || !isOpen) continue;
      const isWorkload = pool?.includes('workloadIdentityPools/') === true;
      yield { id: `${id}#anyone`, kind: isWorkload ? 'ServiceAccount' : 'User', name: `anyone of ${name}` };
    }
  }

  /** Linear in the identities, times the sets of scopes and customers that are named. */
  *belongings(): Generator<Belonging> {
    const sets = [...this.#principals.values()].filter(({ kind }) => kind === 'Group');
    const identities = [...this.#principals.values()].filter(isIdentity);
    yield* this.#all(identities);
    yield* this.#domains(identities);
    yield* pools(sets, identities);
    for (const set of sets) yield* this.#scope(set, identities);
    for (const { id } of this.strangers()) yield { from: id, to: id.slice(0, -'#anyone'.length) };
  }

  /** Federated identities are no Google accounts: they are users, and not authenticated ones. */
  *#all(identities: readonly Principal[]): Generator<Belonging> {
    const all = this.#principals.has(ALL_USERS);
    const authenticated = this.#principals.has(ALL_AUTHENTICATED);
    if (all && authenticated) yield { from: ALL_AUTHENTICATED, to: ALL_USERS };
    for (const { id, pool } of identities) {
      const to = authenticated && pool === undefined ? ALL_AUTHENTICATED : all ? ALL_USERS : undefined;
      if (to !== undefined) yield { from: id, to };
    }
  }

  *#domains(identities: readonly Principal[]): Generator<Belonging> {
    for (const { id, kind, email } of identities) {
      const domain = kind === 'User' && email !== undefined ? `domain:${email.slice(email.indexOf('@') + 1)}` : '';
      if (this.#principals.has(domain)) yield { from: id, to: domain };
    }
  }

  *#scope({ id: to }: Principal, identities: readonly Principal[]): Generator<Belonging> {
    const customer = /^principalSet:\/\/goog\/cloudIdentityCustomerId\/(.+)$/.exec(to)?.[1];
    if (customer !== undefined) {
      const condition = `the account belongs to the customer ${customer}`;
      for (const { id, kind, pool } of identities)
        if (kind === 'User' && pool === undefined) yield { from: id, to, condition };
      return;
    }
    const [, container, type] = OF_SCOPE.exec(to) ?? [];
    if (container === undefined) return;
    for (const { id, kind } of identities) {
      if (kind === 'ServiceAccount' && this.#liesIn(id, container)) {
        if (type === undefined || type === 'ServiceAccount') yield { from: id, to };
        else yield { from: id, to, condition: `it is a ${type} of ${container}` };
      } else if (type === undefined) yield { from: id, to, condition: `it belongs to ${container}` };
    }
  }
}

const isIdentity = ({ kind }: Principal): boolean => kind === 'User' || kind === 'ServiceAccount';

/** A pool holds its identities; which of them have an attribute is known to their provider alone. */
function* pools(sets: readonly Principal[], identities: readonly Principal[]): Generator<Belonging> {
  const byPool = new Map<string, { readonly whole: Principal[]; readonly parts: Principal[] }>();
  for (const set of sets) {
    if (set.pool === undefined) continue;
    let known = byPool.get(set.pool);
    if (known === undefined) byPool.set(set.pool, (known = { whole: [], parts: [] }));
    (set.name === '*' ? known.whole : known.parts).push(set);
  }
  for (const { id, pool, subject } of identities) {
    const of = pool === undefined ? undefined : byPool.get(pool);
    for (const { id: to } of of?.whole ?? []) yield { from: id, to };
    for (const part of of?.parts ?? []) {
      const belongs = belongsTo(part.name, subject ?? '');
      if (belongs === true) yield { from: id, to: part.id };
      if (belongs === undefined) yield { from: id, to: part.id, condition: `its provider gives it ${part.name}` };
    }
  }
}

/** Whether a subject is in a part of its pool; undefined where only the provider knows. */
function belongsTo(part: string, subject: string): boolean | undefined {
  const namespace = /^namespace\/(.+)$/.exec(part)?.[1];
  if (namespace !== undefined) return subject.startsWith(`ns/${namespace}/sa/`);
  const listed = /^subject\/(.+)$/.exec(part)?.[1];
  return listed === undefined ? undefined : listed === subject;
}
