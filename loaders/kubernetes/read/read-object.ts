import type { Problems } from '../../../engine/model/index.ts';
import { Fields, type Reading } from './fields.ts';
import type { Manifest } from './manifests.ts';
import { type ClusterObject, type ObjectHead, WORKLOAD_KINDS, type WorkloadKind } from './objects.ts';
import { RBAC_GROUP, readBinding } from './read-binding.ts';
import { type DefaultNamespace, placeOf, readHead } from './read-head.ts';
import { readRole } from './read-role.ts';
import { readSecret, readType, readWorkload } from './read-workload.ts';

/** An object that says nothing about access. */
export interface OtherObject {
  readonly other: string;
}

/** API group of the kinds that are read. */
const GROUPS: Readonly<Record<string, string>> = {
  Role: RBAC_GROUP,
  ClusterRole: RBAC_GROUP,
  RoleBinding: RBAC_GROUP,
  ClusterRoleBinding: RBAC_GROUP,
  ServiceAccount: '',
  Namespace: '',
  Secret: '',
  CustomResourceDefinition: 'apiextensions.k8s.io',
  Pod: '',
  ReplicationController: '',
  Deployment: 'apps',
  ReplicaSet: 'apps',
  StatefulSet: 'apps',
  DaemonSet: 'apps',
  Job: 'batch',
  CronJob: 'batch',
};
const CLUSTER_SCOPED = ['ClusterRole', 'ClusterRoleBinding', 'Namespace', 'CustomResourceDefinition'];
const RBAC_VERSIONS = ['v1', 'v1beta1'];

/**
 * Reads one object of a manifest. What is wrong with it is reported; then, nothing is returned.
 */
export function readObject(
  manifest: Manifest,
  namespaces: DefaultNamespace,
  problems: Problems,
): ClusterObject | OtherObject | undefined {
  const reading: Reading = { document: manifest.document, problems, failed: false };
  const fields = new Fields(reading, manifest.path, manifest.value);
  const type = typeOf(manifest, fields);
  if (type === undefined) return undefined;
  const { kind, group } = type;
  if (Object.hasOwn(GROUPS, kind) && GROUPS[kind] === group) {
    const place = placeOf(manifest);
    const head = readHead(fields, place, CLUSTER_SCOPED.includes(kind) ? undefined : namespaces);
    const object = head === undefined ? undefined : readKind(fields, kind, head);
    return reading.failed ? undefined : object;
  }
  if (group !== RBAC_GROUP) return { other: `${kind} (${String(manifest.apiVersion)})` };
  const known = Object.keys(GROUPS).filter((one) => GROUPS[one] === RBAC_GROUP);
  return fields.fail('kind', `${RBAC_GROUP} has no kind ${JSON.stringify(kind)}; it has ${known.join(', ')}`);
}

function typeOf(manifest: Manifest, fields: Fields): { kind: string; group: string } | undefined {
  const { kind, apiVersion } = manifest;
  if (typeof kind !== 'string' || kind === '') {
    return fields.fail('kind', 'is missing: this is no Kubernetes object; leave its file out');
  }
  if (typeof apiVersion !== 'string' || apiVersion === '') return fields.fail('apiVersion', 'is missing');
  const parts = apiVersion.split('/');
  const group = parts.length === 1 ? '' : parts[0]!;
  if (group === RBAC_GROUP && !RBAC_VERSIONS.includes(parts[1] ?? '')) {
    return fields.fail(
      'apiVersion',
      `must be ${RBAC_VERSIONS.map((version) => `${RBAC_GROUP}/${version}`).join(' or ')}`,
    );
  }
  return { kind, group };
}

function readKind(fields: Fields, kind: string, head: ObjectHead): ClusterObject | undefined {
  const title = `${kind} ${head.namespace === '' ? '' : `${head.namespace}/`}${head.name}`;
  if (kind === 'Role' || kind === 'ClusterRole') return readRole(fields, head, kind, title);
  if (kind === 'RoleBinding' || kind === 'ClusterRoleBinding') return readBinding(fields, head, kind, title);
  if (kind === 'ServiceAccount') return readServiceAccount(fields, head);
  if (kind === 'Namespace') return { ...head, kind };
  if (kind === 'Secret') return readSecret(fields, head);
  if (kind === 'CustomResourceDefinition') return readType(fields, head);
  return readWorkload(fields, head, WORKLOAD_KINDS.find((one) => one === kind) as WorkloadKind);
}

function readServiceAccount(fields: Fields, head: ObjectHead): ClusterObject {
  fields.known('apiVersion', 'kind', 'metadata', 'secrets', 'imagePullSecrets', 'automountServiceAccountToken');
  const automount = fields.flag('automountServiceAccountToken');
  return { ...head, kind: 'ServiceAccount', ...(automount === undefined ? {} : { automount }) };
}
