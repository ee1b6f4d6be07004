/** The audit log of a Kubernetes API server (audit.k8s.io/v1): who did what to which object. */
import { ANY, ClusterIds } from '../kubernetes/map/ids.ts';
import { nearestOf, type Target, widerThan } from '../kubernetes/map/targets.ts';
import { type EventFields, fieldsIn, instantIn, textIn } from './event-fields.ts';
import { type EventReader, type UseOfResource, useLoader } from './use-loader.ts';
import type { Use } from './use-tally.ts';

const SERVICE_ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;

class AuditLog implements EventReader {
  readonly #ids: ClusterIds;
  /** Objects and types that were used, by id. */
  readonly #targets = new Map<string, Target>();

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
        ? this.#idOf({ scope: undefined, pattern: { group: '', resource: 'users' }, name: as })
        : this.#idOf({ scope: account[1], pattern: { group: '', resource: 'serviceaccounts' }, name: account[2] });
    return { identity: this.#identity(user), action: 'impersonate', resource, at };
  }

  #resourceOf(fields: EventFields): string | undefined {
    const object = fieldsIn(fields['objectRef']);
    const resource = textIn(object, 'resource');
    if (resource !== undefined) {
      const pattern = { group: textIn(object, 'apiGroup') ?? '', resource, sub: textIn(object, 'subresource') };
      return this.#idOf({ scope: textIn(object, 'namespace'), pattern, name: textIn(object, 'name') });
    }
    const path = textIn(fields, 'requestURI')?.split('?', 1)[0];
    return path?.startsWith('/') ? this.#ids.url(path) : undefined;
  }

  #idOf(target: Target): string {
    const id = this.#ids.resource(target.scope, target.pattern, target.name);
    if (!this.#targets.has(id)) this.#targets.set(id, target);
    return id;
  }

  /** Whatever a rule can name it by. */
  candidates({ resource }: UseOfResource): readonly string[] {
    const target = this.#targets.get(resource);
    return target === undefined ? this.#urlsLike(resource) : [...this.#standingFor(target).keys()];
  }

  nearest({ resource }: UseOfResource, known: readonly string[]): readonly string[] {
    const target = this.#targets.get(resource);
    if (target === undefined) return known.slice(0, 1);
    const standing = this.#standingFor(target);
    return nearestOf(new Map(known.map((id) => [id, standing.get(id)!])));
  }

  #standingFor(target: Target): ReadonlyMap<string, Target> {
    const all = [target, ...widerThan(target)];
    return new Map(all.map((one) => [this.#ids.resource(one.scope, one.pattern, one.name), one]));
  }

  /** A path, and patterns of paths that begin as it does: the longest first, each within the next. */
  #urlsLike(url: string): readonly string[] {
    const path = url.slice(this.#ids.urls.length);
    const starts = Array.from({ length: Math.min(path.length, MAX_PATH) }, (_, at) => path.slice(0, at + 1)).reverse();
    return [url, ...starts.map((start) => this.#ids.url(`${start}${ANY}`)), this.#ids.urls];
  }
}

/** Characters of a path up to which patterns of its beginning are tried. */
const MAX_PATH = 256;

/** Use by the audit log of a cluster: docs/loaders/kubernetes-audit.md. */
export const kubernetesAuditLoader = useLoader({
  format: 'kubernetes-audit',
  summary: 'use: the audit log of a Kubernetes API server, JSON lines; --source names the cluster',
  open: (cluster) => new AuditLog(cluster),
});
