/**
 * The ids of everything that a cluster is made of, as docs/loaders/kubernetes.md documents them. They can be computed
 * by anybody who knows the cluster's name. Two different things never get the same id: names of Kubernetes objects and
 * namespaces hold no `/`, and the parts of a resource type are percent-encoded.
 */

/** What a rule names: one resource type, or a wildcard over them. A namespace or cluster wide scope is told apart from it. */
export interface ResourcePattern {
  /** API group; `''` is the core group, `*` is any. */
  readonly group: string;
  /** Plural resource name; `*` is any. */
  readonly resource: string;
  /** Subresource. With `resource: '*'` and none: every resource and every subresource. */
  readonly sub?: string | undefined;
}

export const ANY = '*';
export const EVERYTHING: ResourcePattern = { group: ANY, resource: ANY };

export const isConcrete = (pattern: ResourcePattern): boolean => pattern.group !== ANY && pattern.resource !== ANY;

/** `pods`, `deployments.apps`, `deployments.apps/scale`, `*.apps` (all of a group), `*` (all of the core group), `pods.*`. */
export function typeText(pattern: ResourcePattern): string {
  const resource = pattern.resource === ANY ? ANY : encodeURIComponent(pattern.resource).replaceAll('.', '%2E');
  const group = pattern.group === '' ? '' : `.${encodeURIComponent(pattern.group)}`;
  const sub = pattern.sub === undefined ? '' : `/${encodeURIComponent(pattern.sub)}`;
  return `${resource}${group}${sub}`;
}

/** Where a role applies: a namespace, or `undefined` for the whole cluster. */
export type Scope = string | undefined;

export class ClusterIds {
  /** The cluster itself. */
  readonly cluster: string;
  /** All API resources of the cluster. */
  readonly resources: string;
  /** All non-resource URLs. */
  readonly urls: string;

  constructor(clusterName: string) {
    this.cluster = `k8s://${encodeURIComponent(clusterName)}`;
    this.resources = `${this.cluster}/resources`;
    this.urls = `${this.cluster}/urls`;
  }

  user(name: string): string {
    return `${this.cluster}/users/${name}`;
  }

  group(name: string): string {
    return `${this.cluster}/groups/${name}`;
  }

  serviceAccount(namespace: string, name: string): string {
    return `${this.cluster}/serviceaccounts/${namespace}/${name}`;
  }

  role(namespace: string, name: string): string {
    return `${this.cluster}/roles/${namespace}/${name}`;
  }

  /** A ClusterRole as it applies in a scope. Its definition is the one without a namespace. */
  clusterRole(name: string, scope: Scope): string {
    return scope === undefined
      ? `${this.cluster}/clusterroles/${name}`
      : `${this.cluster}/clusterroles/${scope}/${name}`;
  }

  scope(scope: Scope): string {
    return scope === undefined ? this.resources : `${this.cluster}/namespaces/${scope}`;
  }

  /** A resource type, a wildcard over types, or one named object, in a scope. */
  resource(scope: Scope, pattern: ResourcePattern, name?: string): string {
    const place = this.scope(scope);
    if (name !== undefined) return `${place}/${typeText(pattern)}:${name}`;
    if (pattern.group === ANY && pattern.resource === ANY && pattern.sub === undefined) return place;
    return `${place}/${typeText(pattern)}`;
  }

  /** A non-resource URL, or all that start alike: `pattern` as `normalizeUrl` gives it. */
  url(pattern: string): string {
    return pattern === ANY ? this.urls : `${this.urls}${pattern}`;
  }

  /** A stand-in for many principals, such as "any service account of this namespace". */
  any(what: string, namespace?: string): string {
    return `${this.cluster}/any/${what}${namespace === undefined ? '' : `/${namespace}`}`;
  }
}
