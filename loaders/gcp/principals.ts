import type { NodeKind } from '../../engine/model/index.ts';

/** Whom a policy names. */
export interface Principal {
  readonly id: string;
  readonly kind: Extract<NodeKind, 'User' | 'ServiceAccount' | 'Group' | 'Role'>;
  readonly name: string;
  readonly email?: string;
  /** Of a federated identity or a set of them: the pool, as a resource name. */
  readonly pool?: string;
  /** Of a federated identity: how its provider calls it. */
  readonly subject?: string;
}

/** Why a text stands for nobody here. */
export interface NoPrincipal {
  /** Nobody in truth, such as a deleted account; or somebody of whom this does not know. */
  readonly is: 'nobody' | 'unknown';
  readonly why: string;
}

export const ALL_USERS = 'allUsers';
export const ALL_AUTHENTICATED = 'allAuthenticatedUsers';

const KINDS: Readonly<Record<string, Principal['kind']>> = {
  user: 'User',
  serviceAccount: 'ServiceAccount',
  group: 'Group',
  domain: 'Group',
};

const PREFIXED = /^(user|serviceAccount|group|domain):(.+)$/;
const CONVENIENCE = /^(?:projectOwner|projectEditor|projectViewer):(.+)$/;
const POOL =
  /^principal(?:Set)?:\/\/(iam\.googleapis\.com\/(?:projects\/[^/]+\/)?locations\/[^/]+\/(workforcePools|workloadIdentityPools)\/[^/]+)\/(.+)$/;
const OF_SERVICE = /^principal:\/\/iam\.googleapis\.com\/projects\/[^/]+\/serviceAccounts\/(.+)$/;
/** `ns/NAMESPACE/sa/NAME` in the pool of a cluster's project. */
const KUBERNETES = /\/workloadIdentityPools\/([^/]+\.svc\.id\.goog)\/subject\/ns\/([^/]+)\/sa\/([^/]+)$/;

const isNobody = (why: string): NoPrincipal => ({ is: 'nobody', why });
const isUnknown = (why: string): NoPrincipal => ({ is: 'unknown', why });

/**
 * The principal of a member of a binding (`user:ada@acme.test`) or of a deny policy (`principal://goog/subject/ada@acme.test`).
 * One that can be named in two ways has one id.
 */
export function principalOf(text: string): Principal | NoPrincipal {
  if (text.startsWith('deleted:'))
    return isNobody('a deleted principal: it has nothing until it is restored under its old name');
  if (text === ALL_USERS || text === 'principalSet://goog/public:all')
    return { id: ALL_USERS, kind: 'Group', name: ALL_USERS };
  if (text === ALL_AUTHENTICATED) return { id: ALL_AUTHENTICATED, kind: 'Group', name: ALL_AUTHENTICATED };
  const prefixed = PREFIXED.exec(text);
  if (prefixed !== null) return named(prefixed[1]!, prefixed[2]!);
  if (CONVENIENCE.test(text)) return { id: text, kind: 'Role', name: text };
  return text.startsWith('principal') ? federated(text) : isUnknown('a member of a form that is not known here');
}

function named(type: string, address: string): Principal {
  // Addresses are told apart without case; names of Kubernetes have none to tell.
  const email = address.toLowerCase();
  const id = `${type}:${email}`;
  const kind = KINDS[type]!;
  const cluster = /^([^[]+\.svc\.id\.goog)\[([^/]+)\/([^\]]+)\]$/.exec(email);
  if (cluster !== null) {
    const pool = clusterPool(cluster[1]!);
    return { id, kind, name: email, pool, subject: `ns/${cluster[2]}/sa/${cluster[3]}` };
  }
  return type === 'domain' ? { id, kind, name: email } : { id, kind, name: email, email };
}

/** Pools of clusters are called by their project; the number before it adds nothing. */
const clusterPool = (name: string): string => `workloadIdentityPools/${name}`;
const poolOf = (path: string): string => {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.endsWith('.svc.id.goog') ? clusterPool(name) : path;
};

function federated(text: string): Principal | NoPrincipal {
  const google = /^principal:\/\/goog\/subject\/(.+)$/.exec(text);
  if (google !== null) return named('user', google[1]!);
  const group = /^principalSet:\/\/goog\/group\/(.+)$/.exec(text);
  if (group !== null) return named('group', group[1]!);
  const service = OF_SERVICE.exec(text);
  if (service !== null) return named('serviceAccount', service[1]!);
  const cluster = KUBERNETES.exec(text);
  if (cluster !== null) return named('serviceAccount', `${cluster[1]}[${cluster[2]}/${cluster[3]}]`);
  const pool = POOL.exec(text);
  if (pool !== null) return ofPool(text, pool[1]!, pool[2]!, pool[3]!);
  if (/^principalSet:\/\/(goog\/cloudIdentityCustomerId|cloudresourcemanager\.googleapis\.com)\/./.test(text))
    return { id: text, kind: 'Group', name: text.slice('principalSet://'.length) };
  return isUnknown('a principal of a form that is not known here');
}

function ofPool(text: string, path: string, kind: string, rest: string): Principal | NoPrincipal {
  const pool = poolOf(path);
  if (text.startsWith('principalSet:')) return { id: text, kind: 'Group', name: rest, pool };
  const subject = /^subject\/(.+)$/.exec(rest)?.[1];
  if (subject === undefined) return isUnknown('a principal of a form that is not known here');
  return { id: text, kind: kind === 'workforcePools' ? 'User' : 'ServiceAccount', name: subject, pool, subject };
}

/** The member of a group by its address, where nothing tells what it is. */
export function memberByAddress(address: string, groups: ReadonlySet<string>): Principal {
  const email = address.toLowerCase();
  if (groups.has(`group:${email}`)) return named('group', email);
  return named(/\.gserviceaccount\.com$|\.svc\.id\.goog\[/.test(email) ? 'serviceAccount' : 'user', email);
}
