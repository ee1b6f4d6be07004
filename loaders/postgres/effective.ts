/**
 * Who can make use of a privilege. A privilege on a table is of no use without USAGE on its schema and CONNECT on its database,
 * and the three may come by three different roles. All privileges add up and none takes away, so whoever has the privileges of
 * a role has all that this role can make use of: it is enough to find, from the role that was granted to, the nearest roles at
 * which all is together. What these are given is exact for every login, for every combination of roles.
 *
 * CONNECT is asked of the role that logs in, before any SET ROLE: a role in the middle says nothing of it, but all logins that
 * can come to it do.
 */
import { PUBLIC } from './catalog.ts';
import type { RoleGraph } from './role-graph.ts';

/** Who holds something that is needed: roles by themselves; everyone where PUBLIC is among them. */
export type Holders = ReadonlySet<string>;

export interface Needs {
  /** Names what is needed, for answers that are kept. */
  readonly key: string;
  /** Holders of USAGE on the schema; undefined where none is needed. */
  readonly usage: Holders | undefined;
  /** Holders of CONNECT on the database; undefined where none is needed. */
  readonly connect: Holders | undefined;
  /** Told where it cannot be known who may connect. */
  readonly unknown?: string | undefined;
}

/** A role that can make use of it. */
export interface User {
  readonly role: string;
  readonly condition?: string;
}

export class EffectiveHolders {
  readonly #graph: RoleGraph;
  /** Names of roles that log in and are no superusers, for whom nothing is needed. */
  readonly #logins: ReadonlySet<string>;
  readonly #having = new Map<Holders, ReadonlySet<string>>();
  readonly #kept = new Map<string, readonly User[]>();

  constructor(graph: RoleGraph, logins: ReadonlySet<string>) {
    this.#graph = graph;
    this.#logins = logins;
  }

  /** The nearest roles that can make use of what was granted to this one. Linear in the roles that it is granted to, once for each need. */
  of(grantee: string, needs: Needs): readonly User[] {
    const key = `${grantee}\u0001${needs.key}`;
    let users = this.#kept.get(key);
    if (users === undefined) this.#kept.set(key, (users = this.#find(grantee, needs)));
    return users;
  }

  #find(grantee: string, needs: Needs): readonly User[] {
    const users = this.#withUsage(grantee, needs).flatMap((role) => this.#withConnect(role, needs.connect));
    const { unknown } = needs;
    return unknown === undefined ? users : users.map(({ role }) => ({ role, condition: unknown }));
  }

  #withUsage(grantee: string, { usage }: Needs): readonly string[] {
    if (usage === undefined || usage.has(PUBLIC)) return [grantee];
    // What is everyone's is had by all who can use the schema.
    if (grantee === PUBLIC) return [...usage];
    const having = this.#havingAll(usage);
    return this.#nearest([grantee], (role) => having.has(role));
  }

  #withConnect(role: string, connect: Holders | undefined): readonly User[] {
    if (connect === undefined || connect.has(PUBLIC)) return [{ role }];
    // Whoever has what is everyone's can log in by one of those who hold CONNECT.
    if (role === PUBLIC) return [...connect].flatMap((holder) => this.#withConnect(holder, connect));
    const connected = this.#havingAll(connect);
    const sessionsOf = (one: string): readonly string[] =>
      [...this.#graph.reaching([one])].filter((name) => this.#logins.has(name));
    const areConnected = (one: string): boolean => sessionsOf(one).every((name) => connected.has(name));
    const nearest = this.#nearest([role], areConnected);
    const users = nearest.map((one): User => ({ role: one }));
    const covered = this.#graph.havingAll(nearest);
    const isByOthers = sessionsOf(role).some((name) => connected.has(name) && !covered.has(name));
    return isByOthers ? [...users, { role, condition: SESSION }] : users;
  }

  /** From these down the roles that inherit them: the first on each way for which it holds. */
  #nearest(start: Iterable<string>, holds: (role: string) => boolean): readonly string[] {
    const seen = new Set(start);
    const found: string[] = [];
    for (const role of seen) {
      if (holds(role)) found.push(role);
      else for (const further of this.#graph.inheritorsOf(role)) seen.add(further);
    }
    return found;
  }

  #havingAll(holders: Holders): ReadonlySet<string> {
    let having = this.#having.get(holders);
    if (having === undefined) this.#having.set(holders, (having = this.#graph.havingAll(holders)));
    return having;
  }
}

const SESSION = 'the role that logged in has CONNECT on the database';
