/**
 * What the RBAC authorizer of Kubernetes answers, worked out on the manifests themselves, rule by rule and letter by
 * letter. It shares nothing with the loader. Written after the documentation of the authorizer.
 */

export interface RawRule {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

export interface RawObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Record<string, string> };
  readonly rules?: readonly RawRule[];
  readonly aggregationRule?: { readonly clusterRoleSelectors: readonly RawSelector[] };
  readonly roleRef?: { readonly apiGroup?: string; readonly kind: string; readonly name: string };
  readonly subjects?: readonly RawSubject[];
}

export interface RawSelector {
  readonly matchLabels?: Record<string, string>;
  readonly matchExpressions?: readonly { key: string; operator: string; values?: readonly string[] }[];
}

export interface RawSubject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly apiGroup?: string;
}

export interface RbacRequest {
  readonly user: string;
  readonly verb: string;
  readonly url?: string;
  readonly namespace?: string;
  readonly group?: string;
  readonly resource?: string;
  readonly sub?: string;
  readonly name?: string;
}

/** The groups that the API server puts a user name into. */
export function groupsOf(user: string): readonly string[] {
  if (user === 'system:anonymous') return ['system:unauthenticated'];
  const account = /^system:serviceaccount:([^:]+):/.exec(user);
  const own = account === null ? [] : ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`];
  return [...own, 'system:authenticated'];
}

export function authorized(objects: readonly RawObject[], request: RbacRequest): boolean {
  for (const binding of objects) {
    const inCluster = binding.kind === 'ClusterRoleBinding';
    const inNamespace = binding.kind === 'RoleBinding' && binding.metadata.namespace === request.namespace;
    if (!inCluster && !(inNamespace && request.namespace !== undefined)) continue;
    if (!(binding.subjects ?? []).some((subject) => isSubject(subject, request.user, binding.metadata.namespace)))
      continue;
    if (rulesOf(objects, binding).some((rule) => ruleAllows(rule, request))) return true;
  }
  return false;
}

function isSubject(subject: RawSubject, user: string, namespace: string | undefined): boolean {
  if (subject.kind === 'User') return subject.name === user;
  if (subject.kind === 'Group') return groupsOf(user).includes(subject.name);
  return `system:serviceaccount:${subject.namespace ?? namespace}:${subject.name}` === user;
}

function rulesOf(objects: readonly RawObject[], binding: RawObject): readonly RawRule[] {
  const { kind, name } = binding.roleRef!;
  const role = objects.find(
    (one) =>
      one.kind === kind &&
      one.metadata.name === name &&
      (kind === 'ClusterRole' || one.metadata.namespace === binding.metadata.namespace),
  );
  return role === undefined ? [] : filledRules(objects, role, []);
}

/** An aggregated ClusterRole has the rules of those that it selects, whatever its own are. */
function filledRules(objects: readonly RawObject[], role: RawObject, above: readonly RawObject[]): readonly RawRule[] {
  if (role.aggregationRule === undefined) return role.rules ?? [];
  if (above.includes(role)) return [];
  return objects
    .filter((one) => one.kind === 'ClusterRole' && one !== role)
    .filter((one) => role.aggregationRule!.clusterRoleSelectors.some((selector) => isSelected(one, selector)))
    .flatMap((one) => filledRules(objects, one, [...above, role]));
}

function isSelected(role: RawObject, { matchLabels = {}, matchExpressions = [] }: RawSelector): boolean {
  const labels = role.metadata.labels ?? {};
  if (!Object.entries(matchLabels).every(([key, value]) => labels[key] === value)) return false;
  return matchExpressions.every(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key in labels;
    if (operator === 'DoesNotExist') return !(key in labels);
    if (operator === 'In') return key in labels && values.includes(labels[key]!);
    return !(key in labels) || !values.includes(labels[key]!);
  });
}

export function ruleAllows(rule: RawRule, request: RbacRequest): boolean {
  if (!(rule.verbs.includes('*') || rule.verbs.includes(request.verb))) return false;
  if (request.url !== undefined) return (rule.nonResourceURLs ?? []).some((url) => urlMatches(url, request.url!));
  const groups = rule.apiGroups ?? [];
  if (!(groups.includes('*') || groups.includes(request.group ?? ''))) return false;
  if (!(rule.resources ?? []).some((resource) => resourceMatches(resource, request))) return false;
  const names = rule.resourceNames ?? [];
  return names.length === 0 || names.includes(request.name ?? '');
}

function urlMatches(rule: string, url: string): boolean {
  if (rule === '*' || rule === url) return true;
  return rule.endsWith('*') && url.startsWith(rule.replace(/\*+$/, ''));
}

function resourceMatches(rule: string, { resource, sub }: RbacRequest): boolean {
  if (rule === '*') return true;
  if (sub === undefined) return rule === resource;
  return rule === `${resource}/${sub}` || rule === `*/${sub}`;
}
