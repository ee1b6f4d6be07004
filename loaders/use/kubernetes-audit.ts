/** The audit log of a Kubernetes API server (audit.k8s.io/v1): who did what to which object. */
import { ClusterIds, type ResourcePattern } from '../kubernetes/map/ids.ts';
import { type EventFields, fieldsIn, instantIn, textIn } from './event-fields.ts';
import { type EventReader, useLoader } from './use-loader.ts';
import type { Use } from './use-tally.ts';

const SERVICE_ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;

class AuditLog implements EventReader {
  readonly #ids: ClusterIds;
  /** Resource → those that stand for it. */
  readonly #candidates = new Map<string, readonly string[]>();

  constructor(cluster: string) {
    this.#ids = new ClusterIds(cluster);
  }

  read(event: unknown): ReturnType<EventReader['read']> {
    const fields = fieldsIn(event);
    const verb = textIn(fields, 'verb');
    const user = textIn(fieldsIn(fields['user']), 'username');
    if (verb === undefined || user === undefined) return 'no event of an audit log: without verb or user';
    if (textIn(fields, 'stage') !== 'ResponseComplete')
      return 'a stage before the response was complete: counted once at its end';
    const code = fieldsIn(fields['responseStatus'])['code'];
    if (typeof code === 'number' && code >= 400) return 'a request that failed or was denied: no use';
    const at = instantIn(fields, 'requestReceivedTimestamp', 'stageTimestamp');
    if (at === undefined) return 'an event without a time that can be read';
    const resource = this.#resourceOf(fields);
    if (resource === undefined) return 'an event that names neither an object nor a path';
    const as = textIn(fieldsIn(fields['impersonatedUser']), 'username');
    const use = { identity: this.#identity(as ?? user), action: verb, resource, at };
    return as === undefined ? [use] : [use, this.#impersonation(user, as, at)];
  }

  #identity(username: string): string {
    const account = SERVICE_ACCOUNT.exec(username);
    return account === null ? this.#ids.user(username) : this.#ids.serviceAccount(account[1]!, account[2]!);
  }

  #impersonation(user: string, as: string, at: number): Use {
    const account = SERVICE_ACCOUNT.exec(as);
    const resource =
      account === null
        ? this.#known(undefined, { group: '', resource: 'users' }, as)
        : this.#known(account[1], { group: '', resource: 'serviceaccounts' }, account[2]);
    return { identity: this.#identity(user), action: 'impersonate', resource, at };
  }

  #resourceOf(fields: EventFields): string | undefined {
    const object = fieldsIn(fields['objectRef']);
    const resource = textIn(object, 'resource');
    if (resource !== undefined) {
      const pattern = { group: textIn(object, 'apiGroup') ?? '', resource, sub: textIn(object, 'subresource') };
      return this.#known(textIn(object, 'namespace'), pattern, textIn(object, 'name'));
    }
    const path = textIn(fields, 'requestURI')?.split('?', 1)[0];
    return path?.startsWith('/') ? this.#ids.url(path) : undefined;
  }

  /** The object, its type there, all that is there, and the same in the cluster: only what the graph knows can have been allowed. */
  #known(namespace: string | undefined, pattern: ResourcePattern, name: string | undefined): string {
    const type = this.#ids.resource(namespace, pattern);
    const exact = name === undefined ? type : this.#ids.resource(namespace, pattern, name);
    if (!this.#candidates.has(exact))
      this.#candidates.set(exact, [...new Set([exact, type, this.#ids.scope(namespace), this.#ids.resources])]);
    return exact;
  }

  candidates(resource: string): readonly string[] {
    return this.#candidates.get(resource) ?? [resource, this.#ids.urls];
  }
}

/** Use by the audit log of a cluster: docs/loaders/kubernetes-audit.md. */
export const kubernetesAuditLoader = useLoader({
  format: 'kubernetes-audit',
  summary: 'use: the audit log of a Kubernetes API server, JSON lines; --source names the cluster',
  open: (cluster) => new AuditLog(cluster),
});
