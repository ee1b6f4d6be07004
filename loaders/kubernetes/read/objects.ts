/** The objects of a cluster that say something about access, as read from manifests. */

/** Where an object was read. */
export interface Place {
  /** `FILE:LINE`, or `FILE items[3]` where lines are not known. */
  readonly text: string;
  readonly file: string;
  readonly line?: number;
}

export interface ObjectHead {
  readonly name: string;
  /** `''` for cluster-scoped objects. */
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly place: Place;
}

/** One rule of a role. */
export interface Rule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  /** Empty: any object. */
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
  /** Within its role, from 0. */
  readonly index: number;
  /** `ClusterRole view rules[2]` */
  readonly title: string;
  /** Place and title, for the evidence of what follows from it. */
  readonly evidence: string;
}

export interface LabelRequirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: readonly string[];
}

/** All of it must match. */
export interface LabelSelector {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly matchExpressions: readonly LabelRequirement[];
}

export interface RoleObject extends ObjectHead {
  readonly kind: 'Role' | 'ClusterRole';
  readonly rules: readonly Rule[];
  /** Of an aggregated ClusterRole: those whose labels any of these matches give it its rules. */
  readonly selectors?: readonly LabelSelector[];
}

export interface Subject {
  readonly kind: 'User' | 'Group' | 'ServiceAccount';
  readonly name: string;
  /** Of a service account. */
  readonly namespace?: string;
  readonly evidence: string;
}

export interface BindingObject extends ObjectHead {
  readonly kind: 'RoleBinding' | 'ClusterRoleBinding';
  readonly roleKind: 'Role' | 'ClusterRole';
  readonly roleName: string;
  readonly subjects: readonly Subject[];
}

export interface ServiceAccountObject extends ObjectHead {
  readonly kind: 'ServiceAccount';
  readonly automount?: boolean;
}

export interface NamespaceObject extends ObjectHead {
  readonly kind: 'Namespace';
}

/** What a CustomResourceDefinition says about its type. */
export interface TypeObject extends ObjectHead {
  readonly kind: 'CustomResourceDefinition';
  readonly group: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

/** A Secret: its type and whose token it holds. Its data is not read. */
export interface SecretObject extends ObjectHead {
  readonly kind: 'Secret';
  /** Name of the service account of the namespace whose token it holds. */
  readonly tokenOf?: string;
}

export const WORKLOAD_KINDS = [
  'Pod',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'ReplicationController',
] as const;
export type WorkloadKind = (typeof WORKLOAD_KINDS)[number];

/** A pod, or a controller that makes pods: whom they run as. */
export interface WorkloadObject extends ObjectHead {
  readonly kind: WorkloadKind;
  readonly serviceAccount: string;
  /** What the pod itself says about mounting a token; absent: the service account decides. */
  readonly automount?: boolean;
  /** A token is mounted by a projected volume whatever `automount` says. */
  readonly projectsToken: boolean;
}

export type ClusterObject =
  | RoleObject
  | BindingObject
  | ServiceAccountObject
  | NamespaceObject
  | TypeObject
  | SecretObject
  | WorkloadObject;

/** `Role monitoring/prometheus-k8s` */
export const titleOf = (object: ClusterObject): string =>
  `${object.kind} ${object.namespace === '' ? '' : `${object.namespace}/`}${object.name}`;
