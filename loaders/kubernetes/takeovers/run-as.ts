/** Running code as somebody else: pods that one makes, and pods that one gets into. */

import type { Power } from '../map/powers.ts';
import type { Rule, WorkloadKind } from '../read/objects.ts';
import { controls, type Matter, needing, oneOf, powers, scopesOf, type Takeover } from './matter.ts';

/** Whoever makes a pod chooses which service account of its namespace it runs as. */
export function* runPod(matter: Matter): Generator<Takeover> {
  for (const { rule } of powers(matter, ['create'], '', 'pods').slice(0, 1)) {
    yield controls('run-pod', matter.standIns.serviceAccounts(matter.scope), rule);
  }
}

const TEMPLATES: readonly (readonly [string, string, WorkloadKind, boolean])[] = [
  ['apps', 'deployments', 'Deployment', true],
  ['apps', 'daemonsets', 'DaemonSet', true],
  ['apps', 'statefulsets', 'StatefulSet', true],
  ['apps', 'replicasets', 'ReplicaSet', true],
  ['', 'replicationcontrollers', 'ReplicationController', true],
  ['batch', 'jobs', 'Job', false],
  ['batch', 'cronjobs', 'CronJob', true],
];

/** Whoever writes a pod template chooses whom the pods run as. The template of a Job cannot be changed later. */
export function* runWorkload(matter: Matter): Generator<Takeover> {
  for (const [group, type, kind, changeable] of TEMPLATES) {
    const creating = powers(matter, ['create'], group, type)[0];
    if (creating !== undefined) {
      yield controls('run-workload', matter.standIns.serviceAccounts(matter.scope), creating.rule);
      continue;
    }
    if (!changeable) continue;
    for (const power of powers(matter, ['update', 'patch'], group, type)) {
      yield* changeWorkload(matter, kind, power);
    }
  }
}

/** A workload runs as an account of its own namespace: where none is known to be, one has to be there. */
function* changeWorkload(matter: Matter, kind: WorkloadKind, { rule, names }: Power): Generator<Takeover> {
  const condition = `in the account's namespace there is ${aWorkload(kind, names)} to change`;
  const [there, elsewhere] = parted(scopesOf(matter), (namespace) => isThere(matter, kind, namespace, names));
  for (const namespace of there) yield controls('run-workload', matter.standIns.serviceAccounts(namespace), rule);
  const unseen = there.length === 0 ? [matter.scope] : elsewhere;
  for (const scope of unseen) yield controls('run-workload', matter.standIns.serviceAccounts(scope), rule, condition);
}

function parted<T>(all: readonly T[], test: (one: T) => boolean): readonly [T[], T[]] {
  const [yes, no]: [T[], T[]] = [[], []];
  for (const one of all) (test(one) ? yes : no).push(one);
  return [yes, no];
}

const isThere = ({ estate }: Matter, kind: WorkloadKind, namespace: string, names: Power['names']): boolean =>
  estate.workloadsOf(namespace).some((workload) => workload.kind === kind && (names?.has(workload.name) ?? true));

const aWorkload = (kind: WorkloadKind, names: Power['names']): string =>
  names === undefined ? `a ${kind}` : `a ${kind} named ${oneOf(names)}`;

const ENTRIES: readonly (readonly [string, readonly string[], string | undefined])[] = [
  ['pods/exec', ['create', 'get'], undefined],
  ['pods/ephemeralcontainers', ['update', 'patch'], undefined],
  ['pods', ['update', 'patch'], undefined],
  ['pods/attach', ['create', 'get'], 'a container of the pod takes commands on its input'],
];

/** Code that runs in a pod has the token of whom the pod runs as. */
export function* enterPod(matter: Matter): Generator<Takeover> {
  for (const [type, verbs, caveat] of ENTRIES) {
    for (const { rule, names } of powers(matter, verbs, '', type)) {
      if (names === undefined) yield controls('enter-pod', matter.standIns.running(matter.scope), rule, caveat);
      else yield* enterNamedPods(matter, rule, names, caveat);
      if (names === undefined) break;
    }
  }
}

function* enterNamedPods(
  matter: Matter,
  rule: Rule,
  names: ReadonlySet<string>,
  caveat: string | undefined,
): Generator<Takeover> {
  const shown = scopesOf(matter)
    .flatMap((namespace) => matter.estate.workloadsOf(namespace))
    .filter((pod) => pod.kind === 'Pod' && names.has(pod.name));
  for (const pod of shown) {
    const account = matter.standIns.tokenHolder(pod);
    if (account !== undefined) yield controls('enter-pod', account.id, rule, caveat);
  }
  const unseen = [...names].filter((name) => matter.scope === undefined || !shown.some((pod) => pod.name === name));
  if (unseen.length === 0) return;
  const condition = needing(`a pod named ${oneOf(unseen)} runs as the service account`, caveat ?? false);
  yield controls('enter-pod', matter.standIns.serviceAccounts(matter.scope), rule, condition);
}

/** The kubelet runs commands in every pod of its node for whoever may `get` or `create` nodes/proxy. */
export function* useKubelet(matter: Matter): Generator<Takeover> {
  if (matter.scope !== undefined) return;
  for (const { rule, names } of powers(matter, ['get', 'create'], '', 'nodes/proxy')) {
    const condition = names === undefined ? undefined : `a pod on node ${oneOf(names)} runs as the service account`;
    yield controls('use-kubelet', matter.standIns.running(undefined), rule, condition);
    if (names === undefined) return;
  }
}
