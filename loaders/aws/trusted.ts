/** Whom a principal element of a trust policy means. */
import { arnParts, isAccountId } from './arn.ts';
import type { Estate, Identity } from './estate.ts';
import { isWild } from './glob.ts';
import type { PrincipalName, PrincipalType } from './policy-document.ts';

export type Trusted =
  /** A user or role of an account that the files describe, by its ARN. */
  | { readonly means: 'identity'; readonly arn: string }
  /** One named session of a role that the files describe. */
  | { readonly means: 'session'; readonly arn: string; readonly session: string }
  /** Everyone in an account to whom that account gives the right. */
  | { readonly means: 'account'; readonly account: string }
  | { readonly means: 'everyone' }
  /** Somebody whose policies no file describes: a user or role of another account, a service, a federated provider. */
  | { readonly means: 'outsider'; readonly id: string; readonly type: OutsiderType; readonly account?: string }
  /** Named, but not there (any more). */
  | { readonly means: 'nobody'; readonly name: string }
  | { readonly means: 'unreadable'; readonly name: string; readonly why: string };

export type OutsiderType = 'account' | 'user' | 'role' | 'session' | 'service' | 'federated' | 'anyone';

/** Roles, users and root of other accounts, and what is assumed of them. */
const UNIQUE_ID = /^(?:AIDA|AROA)[A-Z0-9]+$/;

export class TrustReader {
  readonly #estate: Estate;
  readonly #byUniqueId: ReadonlyMap<string, Identity>;
  readonly #described: ReadonlySet<string>;

  constructor(estate: Estate) {
    this.#estate = estate;
    this.#described = estate.described;
    this.#byUniqueId = new Map(estate.identities.map((identity) => [identity.requester.uniqueId, identity]));
  }

  of({ type, name }: PrincipalName): Trusted {
    if (type === '*' || (type === 'AWS' && name === '*')) return { means: 'everyone' };
    if (type === 'Service') return { means: 'outsider', id: name, type: 'service' };
    if (type === 'Federated') return this.#federated(name);
    if (type === 'CanonicalUser') return unreadable(name, 'a canonical user id is known to S3 only');
    return this.#aws(name);
  }

  #federated(name: string): Trusted {
    const account = arnParts(name)?.account;
    return { means: 'outsider', id: name, type: 'federated', ...(account === undefined ? {} : { account }) };
  }

  #aws(name: string): Trusted {
    if (isAccountId(name)) return this.#account(name, `arn:aws:iam::${name}:root`);
    if (UNIQUE_ID.test(name)) return this.#unique(name);
    if (isWild(name)) return unreadable(name, 'IAM reads no wildcard inside the ARN of a principal');
    const parts = arnParts(name);
    if (parts === undefined || !isAccountId(parts.account)) {
      return unreadable(name, 'it is neither an account, an ARN of a user, role or session, nor "*"');
    }
    const { service, account, resource } = parts;
    if (service === 'iam' && resource === 'root') return this.#account(account, name);
    if (service === 'iam' && /^(?:user|role)\//.test(resource)) return this.#entity(name, account, resource);
    if (service === 'sts' && resource.startsWith('assumed-role/')) return this.#session(name, account, resource);
    if (service === 'sts' && resource.startsWith('federated-user/')) {
      return { means: 'outsider', id: name, type: 'session', account };
    }
    return unreadable(name, 'it is no user, role, session or account');
  }

  #account(account: string, arn: string): Trusted {
    if (this.#described.has(account)) return { means: 'account', account };
    return { means: 'outsider', id: arn, type: 'account', account };
  }

  #unique(name: string): Trusted {
    const identity = this.#byUniqueId.get(name);
    return identity === undefined ? { means: 'nobody', name } : { means: 'identity', arn: identity.arn };
  }

  #entity(arn: string, account: string, resource: string): Trusted {
    if (!this.#described.has(account)) {
      return { means: 'outsider', id: arn, type: resource.startsWith('user/') ? 'user' : 'role', account };
    }
    const known = this.#estate.users.has(arn) || this.#estate.roles.has(arn);
    return known ? { means: 'identity', arn } : { means: 'nobody', name: arn };
  }

  /** The ARN of a session leaves out the path of its role. */
  #session(arn: string, account: string, resource: string): Trusted {
    if (!this.#described.has(account)) return { means: 'outsider', id: arn, type: 'session', account };
    const [, roleName, ...session] = resource.split('/');
    const role = this.#estate.rolesByName.get(`${account}/${roleName}`);
    if (role === undefined) return { means: 'nobody', name: arn };
    return { means: 'session', arn: role.arn, session: session.join('/') };
  }
}

const unreadable = (name: string, why: string): Trusted => ({ means: 'unreadable', name, why });

/** The action by which a principal of a type becomes a role. */
export function assumeActionOf(type: PrincipalType, name: string): string {
  if (type !== 'Federated') return 'sts:AssumeRole';
  return name.includes(':saml-provider/') ? 'sts:AssumeRoleWithSAML' : 'sts:AssumeRoleWithWebIdentity';
}
