/** What is known of the types of Kubernetes itself: which have no namespace, and how much harm access to them can do. */
import { ANY, type ResourcePattern, type Scope } from './ids.ts';

/**
 * Types without a namespace, by API group (Kubernetes 1.33, those of older versions that are still met, and the ones
 * that exist only to be named in rules: users, groups, userextras, uids, signers). Types of other groups are not known
 * and are taken to be both, unless a CustomResourceDefinition says.
 */
const CLUSTER_SCOPED: Readonly<Record<string, readonly string[]>> = {
  '': ['nodes', 'persistentvolumes', 'componentstatuses', 'users', 'groups'],
  'admissionregistration.k8s.io': [
    'mutatingadmissionpolicies',
    'mutatingadmissionpolicybindings',
    'mutatingwebhookconfigurations',
    'validatingadmissionpolicies',
    'validatingadmissionpolicybindings',
    'validatingwebhookconfigurations',
  ],
  'apiextensions.k8s.io': ['customresourcedefinitions'],
  'apiregistration.k8s.io': ['apiservices'],
  'authentication.k8s.io': ['tokenreviews', 'selfsubjectreviews', 'userextras', 'uids'],
  'authorization.k8s.io': ['selfsubjectaccessreviews', 'selfsubjectrulesreviews', 'subjectaccessreviews'],
  'certificates.k8s.io': ['certificatesigningrequests', 'clustertrustbundles', 'signers'],
  extensions: ['podsecuritypolicies'],
  'flowcontrol.apiserver.k8s.io': ['flowschemas', 'prioritylevelconfigurations'],
  'internal.apiserver.k8s.io': ['storageversions'],
  'metrics.k8s.io': ['nodes'],
  'networking.k8s.io': ['ingressclasses', 'ipaddresses', 'servicecidrs'],
  'node.k8s.io': ['runtimeclasses'],
  policy: ['podsecuritypolicies'],
  'rbac.authorization.k8s.io': ['clusterroles', 'clusterrolebindings'],
  'resource.k8s.io': ['deviceclasses', 'resourceslices'],
  'scheduling.k8s.io': ['priorityclasses'],
  'storage.k8s.io': ['csidrivers', 'csinodes', 'storageclasses', 'volumeattachments', 'volumeattributesclasses'],
  'storagemigration.k8s.io': ['storageversionmigrations'],
};

/** Verbs on types without a namespace that the API server nonetheless asks about in one. */
const ASKED_IN_NAMESPACE: Readonly<Record<string, readonly string[]>> = {
  'clusterroles.rbac.authorization.k8s.io': ['bind'],
};

/** Which types have a namespace. */
export class TypeScopes {
  readonly #clusterScoped = new Set<string>();

  constructor(custom: Iterable<{ readonly group: string; readonly plural: string; readonly namespaced: boolean }>) {
    for (const [group, resources] of Object.entries(CLUSTER_SCOPED)) {
      for (const resource of resources) this.#clusterScoped.add(`${resource}.${group}`);
    }
    for (const { group, plural, namespaced } of custom) {
      if (namespaced) this.#clusterScoped.delete(`${plural}.${group}`);
      else this.#clusterScoped.add(`${plural}.${group}`);
    }
  }

  /** Objects of the type live outside namespaces. False for wildcards and unknown types. */
  isClusterScoped({ group, resource }: ResourcePattern): boolean {
    return this.#clusterScoped.has(`${resource}.${group}`);
  }

  /** The verbs of a type that can be asked about in a namespace; undefined: all of them. */
  verbsInNamespace(pattern: ResourcePattern): readonly string[] | undefined {
    if (!this.isClusterScoped(pattern)) return undefined;
    if (pattern.sub !== undefined) return [];
    return ASKED_IN_NAMESPACE[`${pattern.resource}.${pattern.group}`] ?? [];
  }
}

const RBAC = 'rbac.authorization.k8s.io';

/**
 * Default sensitivities, from 0 to 1. Types that are not listed have none. All of them are nodes in every namespace (or
 * in the cluster, as their kind is), whether a rule names them or not, so that questions about them always have an answer.
 */
const SENSITIVE: readonly (readonly [number, string, string, string?])[] = [
  [0.9, '', 'secrets'],
  [0.9, '', 'serviceaccounts', 'token'],
  [0.9, '', 'nodes', 'proxy'],
  [0.9, '', 'users'],
  [0.9, '', 'groups'],
  [0.9, RBAC, 'clusterroles'],
  [0.9, RBAC, 'clusterrolebindings'],
  [0.9, RBAC, 'roles'],
  [0.9, RBAC, 'rolebindings'],
  [0.9, 'certificates.k8s.io', 'certificatesigningrequests', 'approval'],
  [0.9, 'certificates.k8s.io', 'signers'],
  [0.8, 'admissionregistration.k8s.io', 'mutatingwebhookconfigurations'],
  [0.8, 'admissionregistration.k8s.io', 'validatingwebhookconfigurations'],
  [0.8, '', 'persistentvolumes'],
  [0.7, '', 'pods'],
  [0.7, '', 'pods', 'exec'],
  [0.7, '', 'pods', 'attach'],
  [0.7, '', 'pods', 'ephemeralcontainers'],
  [0.7, '', 'serviceaccounts'],
  [0.7, '', 'replicationcontrollers'],
  [0.7, 'apps', 'daemonsets'],
  [0.7, 'apps', 'deployments'],
  [0.7, 'apps', 'replicasets'],
  [0.7, 'apps', 'statefulsets'],
  [0.7, 'batch', 'cronjobs'],
  [0.7, 'batch', 'jobs'],
  [0.7, '', 'nodes'],
  [0.6, '', 'namespaces'],
  [0.4, '', 'configmaps'],
];

/** Types that always have a node. */
export const ALWAYS_SHOWN: readonly ResourcePattern[] = SENSITIVE.map(([, group, resource, sub]) => ({
  group,
  resource,
  sub,
}));

/** Sensitivity of a type; of a wildcard, the highest of what it covers. */
export function sensitivityOf(pattern: ResourcePattern): number | undefined {
  let highest: number | undefined;
  for (const [weight, group, resource, sub] of SENSITIVE) {
    if (covers(pattern, { group, resource, sub }) && weight > (highest ?? 0)) highest = weight;
  }
  return highest;
}

/** Of everything in a namespace, or in the whole cluster. The control plane runs in kube-system. */
export const sensitivityOfScope = (scope: Scope): number => (scope === undefined || scope === 'kube-system' ? 1 : 0.9);

/** Everything that the second stands for, the first stands for too. */
export function covers(wide: ResourcePattern, narrow: ResourcePattern): boolean {
  if (wide.group !== ANY && wide.group !== narrow.group) return false;
  if (wide.resource === ANY && wide.sub === undefined) return true;
  return wide.sub === narrow.sub && (wide.resource === ANY || wide.resource === narrow.resource);
}
