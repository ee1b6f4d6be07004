import type { Fields } from './fields.ts';
import type { ObjectHead, SecretObject, TypeObject, WorkloadKind, WorkloadObject } from './objects.ts';

/** From the top of a workload down to what its pods are like. */
const POD_SPEC: Readonly<Record<WorkloadKind, readonly string[]>> = {
  Pod: ['spec'],
  Deployment: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ReplicationController: ['spec', 'template', 'spec'],
};

/** Every namespace has a service account of this name, and pods that name none run as it. */
const DEFAULT_SERVICE_ACCOUNT = 'default';

/** Whom the pods of a workload run as. Nothing else of it is read. */
export function readWorkload(fields: Fields, head: ObjectHead, kind: WorkloadKind): WorkloadObject {
  let pod: Fields | undefined = fields;
  for (const step of POD_SPEC[kind]) pod = pod?.map(step);
  const automount = pod?.flag('automountServiceAccountToken');
  const named = pod?.raw('serviceAccountName') === '' ? undefined : pod?.optionalText('serviceAccountName');
  const older = pod?.raw('serviceAccount') === '' ? undefined : pod?.optionalText('serviceAccount');
  return {
    ...head,
    kind,
    serviceAccount: named ?? older ?? DEFAULT_SERVICE_ACCOUNT,
    ...(automount === undefined ? {} : { automount }),
    projectsToken: pod?.maps('volumes').some(projectsToken) ?? false,
  };
}

const projectsToken = (volume: Fields): boolean =>
  volume
    .map('projected')
    ?.maps('sources')
    .some((source) => source.has('serviceAccountToken')) ?? false;

const TOKEN_TYPE = 'kubernetes.io/service-account-token';
const TOKEN_OWNER = 'kubernetes.io/service-account.name';

/** Whose token a Secret holds, if anybody's. Its data is never looked at. */
export function readSecret(fields: Fields, head: ObjectHead): SecretObject {
  const isToken = fields.raw('type') === TOKEN_TYPE;
  const tokenOf = isToken ? fields.map('metadata')?.map('annotations')?.optionalText(TOKEN_OWNER) : undefined;
  return { ...head, kind: 'Secret', ...(tokenOf === undefined ? {} : { tokenOf }) };
}

/** Group, plural and scope of a custom type. */
export function readType(fields: Fields, head: ObjectHead): TypeObject | undefined {
  const spec = fields.map('spec');
  if (spec === undefined) return fields.fail('spec', 'is missing');
  const group = spec.text('group');
  const plural =
    spec.map('names')?.text('plural') ?? (spec.has('names') ? undefined : spec.fail('names', 'is missing'));
  const scope = spec.text('scope');
  if (scope !== undefined && scope !== 'Namespaced' && scope !== 'Cluster') {
    return spec.fail('scope', 'must be Namespaced or Cluster');
  }
  if (group === undefined || plural === undefined || scope === undefined) return undefined;
  return { ...head, kind: 'CustomResourceDefinition', group, plural, namespaced: scope === 'Namespaced' };
}
