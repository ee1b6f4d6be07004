import type { Fields } from './fields.ts';
import type { BindingObject, ObjectHead, Subject } from './objects.ts';
import { wrongWithName, wrongWithNamespace } from './read-head.ts';

export const RBAC_GROUP = 'rbac.authorization.k8s.io';
const SUBJECT_KINDS = ['User', 'Group', 'ServiceAccount'] as const;
/** The user name that the API server gives a service account. */
const SERVICE_ACCOUNT_USER = /^system:serviceaccount:([^:]+):([^:/%]+)$/;

/** A RoleBinding or ClusterRoleBinding, held to the rules by which the API server takes one. */
export function readBinding(
  fields: Fields,
  head: ObjectHead,
  kind: BindingObject['kind'],
  title: string,
): BindingObject | undefined {
  fields.known('apiVersion', 'kind', 'metadata', 'roleRef', 'subjects');
  const subjects = fields
    .maps('subjects')
    .flatMap((subject, index) => readSubject(subject, head, kind, `${title} subjects[${index}]`) ?? []);
  const role = readRoleRef(fields, kind);
  return role === undefined ? undefined : { ...head, kind, ...role, subjects };
}

function readRoleRef(
  fields: Fields,
  kind: BindingObject['kind'],
): Pick<BindingObject, 'roleKind' | 'roleName'> | undefined {
  const ref = fields.map('roleRef')?.known('apiGroup', 'kind', 'name');
  if (ref === undefined) return fields.fail('roleRef', 'is missing; a binding must say which role it gives');
  const allowed = kind === 'RoleBinding' ? (['Role', 'ClusterRole'] as const) : (['ClusterRole'] as const);
  const roleKind = allowed.find((one) => one === ref.raw('kind'));
  const roleName = ref.text('name');
  checkGroup(ref, RBAC_GROUP);
  if (roleKind === undefined) return ref.fail('kind', `must be ${allowed.join(' or ')} in a ${kind}`);
  if (roleName === undefined) return undefined;
  const wrong = wrongWithName(roleName);
  return wrong === undefined ? { roleKind, roleName } : ref.fail('name', wrong);
}

function checkGroup(fields: Fields, expected: string): void {
  const group = fields.raw('apiGroup') ?? expected;
  if (group !== expected) fields.fail('apiGroup', `must be ${JSON.stringify(expected)}`);
}

function readSubject(
  fields: Fields,
  head: ObjectHead,
  bindingKind: BindingObject['kind'],
  title: string,
): Subject | undefined {
  fields.known('kind', 'apiGroup', 'apiVersion', 'name', 'namespace');
  const kind = SUBJECT_KINDS.find((one) => one === fields.raw('kind'));
  const name = fields.text('name');
  if (kind === undefined) return fields.fail('kind', `must be one of ${SUBJECT_KINDS.join(', ')}`);
  checkGroup(fields, kind === 'ServiceAccount' ? '' : RBAC_GROUP);
  if (name === undefined) return undefined;
  const line = head.place.line === undefined ? head.place.text : `${head.place.file}:${fields.line()}`;
  const evidence = `${line} ${title}`;
  if (kind === 'User') return userSubject(name, evidence);
  if (kind === 'Group') return { kind, name, evidence };
  const namespace = subjectNamespace(fields, head, bindingKind);
  const wrong = wrongWithName(name);
  if (wrong !== undefined) return fields.fail('name', wrong);
  return namespace === undefined ? undefined : { kind, name, namespace, evidence };
}

/** A service account can be bound by its user name, too. */
function userSubject(name: string, evidence: string): Subject {
  const [, namespace, account] = SERVICE_ACCOUNT_USER.exec(name) ?? [];
  if (namespace === undefined || wrongWithNamespace(namespace) !== undefined) return { kind: 'User', name, evidence };
  return { kind: 'ServiceAccount', name: account!, namespace, evidence };
}

/** A RoleBinding may leave the namespace of a service account out: it is that of the binding. */
function subjectNamespace(fields: Fields, head: ObjectHead, kind: BindingObject['kind']): string | undefined {
  const namespace = fields.raw('namespace') === '' ? undefined : fields.optionalText('namespace');
  if (namespace !== undefined) {
    const wrong = wrongWithNamespace(namespace);
    return wrong === undefined ? namespace : fields.fail('namespace', wrong);
  }
  if (kind === 'RoleBinding') return head.namespace;
  return fields.fail('namespace', 'is missing; a ClusterRoleBinding must say where its service account is');
}
