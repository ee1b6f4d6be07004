/**
 * What the API server makes for itself and puts back when somebody edits it:
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#auto-reconciliation
 */
import type { BindingObject, ObjectHead, ServiceAccountObject, Subject } from '../read/objects.ts';

export const isBootstrapped = ({ labels }: Pick<ObjectHead, 'labels'>): boolean =>
  labels['kubernetes.io/bootstrapping'] === 'rbac-defaults';

/** A text for each user and service account. */
export const subjectKey = ({ kind, name, namespace }: Pick<Subject, 'kind' | 'name' | 'namespace'>): string =>
  JSON.stringify(kind === 'ServiceAccount' ? [kind, namespace, name] : [kind, name]);

/**
 * Keys of the users and service accounts that have what they have from the API server alone: bindings of its own name them, no other binding
 * does, and no file defines them. O(subjects of bindings).
 */
export function bootstrappedSubjects({
  bindings,
  serviceAccounts,
}: {
  readonly bindings: readonly BindingObject[];
  readonly serviceAccounts: readonly ServiceAccountObject[];
}): ReadonlySet<string> {
  const named = new Set<string>();
  const others = new Set(serviceAccounts.map(subjectKey));
  for (const binding of bindings) {
    const keys = binding.subjects.filter(({ kind }) => kind !== 'Group').map(subjectKey);
    for (const key of keys) (isBootstrapped(binding) ? named : others).add(key);
  }
  for (const key of others) named.delete(key);
  return named;
}
