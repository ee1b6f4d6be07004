/** How a role lets its holder become somebody else, or rewrite what it may do: one function a technique. */
import type { EdgeKind } from '../../engine/model/index.ts';
import type { Estate } from './estate.ts';
import type { ClusterIds, Scope } from './ids.ts';
import type { Rule, WorkloadKind } from './objects.ts';
import { type Power, powersTo, typeNamed, unlimited } from './powers.ts';
import { MASTERS, type Principals } from './principals.ts';
import { RBAC_GROUP } from './read-binding.ts';
import { type RoleBook, type ScopedRole, withJuniors } from './role-book.ts';
import type { StandIns } from './stand-ins.ts';

export interface Takeover {
  readonly kind: Extract<EdgeKind, 'CAN_ASSUME' | 'CONTROLS'>;
  readonly technique: string;
  readonly to: string;
  readonly rule: Rule;
  readonly condition?: string | undefined;
}

/** A role with everything that it allows, and what it is looked at with. */
export interface Matter {
  readonly role: ScopedRole;
  readonly scope: Scope;
  /** Its own rules and those of the roles that it takes rules from. */
  readonly rules: readonly Rule[];
  readonly ids: ClusterIds;
  readonly estate: Estate;
  readonly book: RoleBook;
  readonly principals: Principals;
  readonly standIns: StandIns;
  readonly namespaces: readonly string[];
  /** Told of roles that rules name and no file defines. */
  unresolved(id: string): void;
}

type Technique = (matter: Matter) => Generator<Takeover>;

const CHANGE = ['create', 'update', 'patch'] as const;
const READ = ['get', 'list', 'watch'] as const;
const CLIENT_SIGNERS = ['kubernetes.io/kube-apiserver-client', 'kubernetes.io/*'];

const powers = (matter: Matter, verbs: readonly string[], group: string, type: string): readonly Power[] =>
  powersTo(verbs, typeNamed(group, type), matter.rules);

/** `a; b`, or undefined when nothing is missing. */
const needing = (...needs: readonly (string | false)[]): string | undefined => {
  const missing = needs.filter((need) => need !== false);
  return missing.length === 0 ? undefined : missing.join('; ');
};

function* impersonateServiceAccount(matter: Matter): Generator<Takeover> {
  for (const power of powers(matter, ['impersonate'], '', 'serviceaccounts')) {
    yield* asServiceAccounts(matter, power, 'impersonate-service-account');
  }
}

function* requestToken(matter: Matter): Generator<Takeover> {
  for (const power of powers(matter, ['create'], '', 'serviceaccounts/token')) {
    yield* asServiceAccounts(matter, power, 'request-token');
  }
}

/** Any service account of the scope, or those of the names given. */
function* asServiceAccounts(matter: Matter, { rule, names }: Power, technique: string): Generator<Takeover> {
  const edge = { kind: 'CAN_ASSUME', technique, rule } as const;
  if (names === undefined) {
    yield { ...edge, to: matter.standIns.serviceAccounts(matter.scope) };
    return;
  }
  for (const name of names) {
    for (const namespace of scopesOf(matter)) {
      const account = matter.principals.knownAccount(namespace, name);
      if (account !== undefined) yield { ...edge, to: account.id };
    }
  }
}

function* impersonateUser(matter: Matter): Generator<Takeover> {
  if (matter.scope !== undefined) return;
  for (const { rule, names } of powers(matter, ['impersonate'], '', 'users')) {
    const edge = { kind: 'CAN_ASSUME', technique: 'impersonate-user', rule } as const;
    if (names === undefined) yield { ...edge, to: matter.standIns.users() };
    else for (const name of names) if (!isServiceAccountUser(name)) yield { ...edge, to: matter.principals.user(name) };
  }
}

/** The API server takes such a name for a service account and asks about that instead. */
const isServiceAccountUser = (name: string): boolean => name.startsWith('system:serviceaccount:');

function* impersonateGroup(matter: Matter): Generator<Takeover> {
  if (matter.scope !== undefined) return;
  const somebody =
    powers(matter, ['impersonate'], '', 'users').length +
      powers(matter, ['impersonate'], '', 'serviceaccounts').length >
    0;
  const condition = needing(!somebody && 'the same principal may also impersonate a user or a service account');
  for (const { rule, names } of powers(matter, ['impersonate'], '', 'groups')) {
    const edge = { kind: 'CONTROLS', technique: 'impersonate-group', rule, condition } as const;
    if (names === undefined) {
      yield { ...edge, to: matter.standIns.groups() };
      yield { ...edge, to: matter.principals.group(MASTERS) };
    } else for (const name of names) yield { ...edge, to: matter.principals.group(name) };
  }
}

function* runPod(matter: Matter): Generator<Takeover> {
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
function* runWorkload(matter: Matter): Generator<Takeover> {
  for (const [group, type, kind, changeable] of TEMPLATES) {
    const creating = powers(matter, ['create'], group, type)[0];
    if (creating !== undefined) {
      yield controls('run-workload', matter.standIns.serviceAccounts(matter.scope), creating.rule);
      continue;
    }
    if (!changeable) continue;
    for (const power of powers(matter, ['update', 'patch'], group, type)) {
      const condition = needing(!isThere(matter, kind, power) && `there is ${aWorkload(kind, power)} to change`);
      yield controls('run-workload', matter.standIns.serviceAccounts(matter.scope), power.rule, condition);
    }
  }
}

function isThere({ estate, scope }: Matter, kind: WorkloadKind, { names }: Power): boolean {
  const workloads = scope === undefined ? estate.workloads : estate.workloadsOf(scope);
  return workloads.some((workload) => workload.kind === kind && (names?.has(workload.name) ?? true));
}

const aWorkload = (kind: WorkloadKind, { names }: Power): string =>
  names === undefined ? `a ${kind}` : `a ${kind} named ${[...names].join(' or ')}`;

const ENTRIES: readonly (readonly [string, readonly string[], string | undefined])[] = [
  ['pods/exec', ['create', 'get'], undefined],
  ['pods/ephemeralcontainers', ['update', 'patch'], undefined],
  ['pods', ['update', 'patch'], undefined],
  ['pods/attach', ['create', 'get'], 'a container of the pod takes commands on its input'],
];

/** Code that runs in a pod has the token of whom the pod runs as. */
function* enterPod(matter: Matter): Generator<Takeover> {
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
  const condition = needing(`a pod named ${unseen.join(' or ')} runs as the service account`, caveat ?? false);
  yield controls('enter-pod', matter.standIns.serviceAccounts(matter.scope), rule, condition);
}

function* readToken(matter: Matter): Generator<Takeover> {
  for (const { rule, names } of powers(matter, READ, '', 'secrets')) {
    if (names === undefined) {
      yield controls('read-token', matter.standIns.tokenSecrets(matter.scope), rule);
      return;
    }
    yield* readNamedTokens(matter, rule, names);
  }
}

function* readNamedTokens(matter: Matter, rule: Rule, names: ReadonlySet<string>): Generator<Takeover> {
  const shown = scopesOf(matter)
    .flatMap((namespace) => matter.estate.secretsOf(namespace))
    .filter((secret) => names.has(secret.name));
  for (const { namespace, tokenOf, place } of shown) {
    if (tokenOf === undefined) continue;
    yield controls('read-token', matter.principals.serviceAccount(namespace, tokenOf, place.text).id, rule);
  }
  const unseen = [...names].filter(
    (name) => matter.scope === undefined || !shown.some((secret) => secret.name === name),
  );
  if (unseen.length === 0) return;
  const condition = `a Secret named ${unseen.join(' or ')} holds a token of the service account`;
  yield controls('read-token', matter.standIns.serviceAccounts(matter.scope), rule, condition);
}

/** A Secret of the token type gets a token of the service account that it names. */
function* createToken(matter: Matter): Generator<Takeover> {
  const creating = powers(matter, ['create'], '', 'secrets')[0];
  if (creating === undefined) return;
  const reads = unlimited(powers(matter, READ, '', 'secrets'));
  const condition = needing(!reads && 'the same principal may also read the Secret that it creates');
  yield controls('create-token-secret', matter.standIns.serviceAccounts(matter.scope), creating.rule, condition);
}

/** The kubelet runs commands in every pod of its node for whoever may `get` or `create` nodes/proxy. */
function* useKubelet(matter: Matter): Generator<Takeover> {
  if (matter.scope !== undefined) return;
  for (const { rule, names } of powers(matter, ['get', 'create'], '', 'nodes/proxy')) {
    const condition =
      names === undefined ? undefined : `a pod on node ${[...names].join(' or ')} runs as the service account`;
    yield controls('use-kubelet', matter.standIns.running(undefined), rule, condition);
    if (names === undefined) return;
  }
}

const CERTIFICATES = 'certificates.k8s.io';

/** Whoever has a client certificate of their own making approved is whom it says, in the groups it says. */
function* approveCertificate(matter: Matter): Generator<Takeover> {
  if (matter.scope !== undefined) return;
  const approving = powers(matter, ['update', 'patch'], CERTIFICATES, 'certificatesigningrequests/approval')[0];
  if (approving === undefined) return;
  const signers = powers(matter, ['approve'], CERTIFICATES, 'signers');
  const signs = signers.some(({ names }) => names === undefined || CLIENT_SIGNERS.some((signer) => names.has(signer)));
  const creates = powers(matter, ['create'], CERTIFICATES, 'certificatesigningrequests').length > 0;
  const condition = needing(
    !signs && `the same principal may also approve for the signer ${CLIENT_SIGNERS[0]}`,
    !creates && 'the same principal may also create certificate signing requests',
  );
  const { standIns } = matter;
  for (const to of [standIns.users(), standIns.serviceAccounts(undefined), standIns.groups()]) {
    yield controls('approve-certificate', to, approving.rule, condition);
  }
}

/** A binding that exists keeps its role, so whoever may not create any can only join those that are there. */
function lackingBindings(matter: Matter, type: 'rolebindings' | 'clusterrolebindings'): string | undefined {
  const kind = type === 'rolebindings' ? 'RoleBinding' : 'ClusterRoleBinding';
  if (powers(matter, ['create'], RBAC_GROUP, type).length > 0) return undefined;
  if (powers(matter, CHANGE, RBAC_GROUP, type).length > 0) return `there is a ${kind} of that role to add a subject to`;
  return `the same principal may also create a ${kind} of that role`;
}

function* bindClusterRole(matter: Matter): Generator<Takeover> {
  const everywhere = matter.scope === undefined ? lackingBindings(matter, 'clusterrolebindings') : 'not in a namespace';
  const here = lackingBindings(matter, 'rolebindings');
  for (const { rule, names } of powers(matter, ['bind'], RBAC_GROUP, 'clusterroles')) {
    if (matter.scope === undefined) yield* bound(matter, rule, names, undefined, everywhere);
    if (everywhere === undefined || (matter.scope === undefined && here !== undefined)) continue;
    if (names === undefined) yield controls('bind-cluster-role', scopeOrAll(matter), rule, here);
    else for (const namespace of scopesOf(matter)) yield* bound(matter, rule, names, namespace, here);
  }
}

/** Everything in the scope: its namespace, or all namespaces one by one. */
const scopeOrAll = ({ scope, ids, standIns }: Matter): string =>
  scope === undefined ? standIns.namespaces() : ids.scope(scope);

const scopesOf = ({ scope, namespaces }: Matter): readonly string[] => (scope === undefined ? namespaces : [scope]);

/** Every cluster has the ClusterRole cluster-admin, so whoever may bind any of them may have everything. */
function* bound(
  matter: Matter,
  rule: Rule,
  names: Power['names'],
  scope: Scope,
  condition: string | undefined,
): Generator<Takeover> {
  if (names === undefined) {
    const everything = scope === undefined ? matter.ids.cluster : matter.ids.scope(scope);
    yield controls('bind-cluster-role', everything, rule, condition);
    return;
  }
  for (const name of names) {
    const role = matter.book.clusterRole(name, scope);
    if (role === undefined) matter.unresolved(matter.ids.clusterRole(name, undefined));
    else yield controls('bind-cluster-role', role.id, rule, condition);
  }
}

function* bindRole(matter: Matter): Generator<Takeover> {
  const condition = lackingBindings(matter, 'rolebindings');
  for (const { rule, names } of powers(matter, ['bind'], RBAC_GROUP, 'roles')) {
    if (names === undefined) yield controls('bind-role', matter.standIns.roles(matter.scope), rule, condition);
    else yield* bindNamedRoles(matter, rule, names, condition);
  }
}

function* bindNamedRoles(
  matter: Matter,
  rule: Rule,
  names: ReadonlySet<string>,
  condition: string | undefined,
): Generator<Takeover> {
  for (const name of names) {
    const roles = scopesOf(matter).flatMap((namespace) => matter.book.role(namespace, name) ?? []);
    if (roles.length === 0 && matter.scope !== undefined) matter.unresolved(matter.ids.role(matter.scope, name));
    for (const role of roles) yield controls('bind-role', role.id, rule, condition);
  }
}

/** Whoever may put any rule into a ClusterRole that they hold cluster-wide may have everything. */
function* escalateClusterRole(matter: Matter): Generator<Takeover> {
  if (matter.scope !== undefined) return;
  const changing = powers(matter, ['update', 'patch'], RBAC_GROUP, 'clusterroles');
  for (const escalating of powers(matter, ['escalate'], RBAC_GROUP, 'clusterroles')) {
    const condition = needing(
      changing.length === 0 && 'the same principal may also update or patch ClusterRoles',
      !rewritesItself(matter, escalating, changing) &&
        `the same principal holds, cluster-wide, ${roleOf('ClusterRole', escalating)}`,
    );
    yield controls('escalate-cluster-role', matter.ids.cluster, escalating.rule, condition);
  }
}

/** Whoever may put any rule into a Role that they hold may have everything in its namespace. */
function* escalateRole(matter: Matter): Generator<Takeover> {
  const changing = powers(matter, ['update', 'patch'], RBAC_GROUP, 'roles');
  for (const escalating of powers(matter, ['escalate'], RBAC_GROUP, 'roles')) {
    const itself = matter.role.object.kind === 'Role' && rewritesItself(matter, escalating, changing);
    const condition = givesItself(matter, escalating)
      ? undefined
      : needing(
          changing.length === 0 && 'the same principal may also update or patch Roles of the namespace',
          !itself && `the same principal holds ${roleOf('Role', escalating)} of the namespace`,
        );
    yield controls('escalate-role', scopeOrAll(matter), escalating.rule, condition);
  }
}

const roleOf = (kind: string, { names }: Power): string =>
  names === undefined ? `a ${kind}` : `the ${kind} ${[...names].join(' or ')}`;

/** The rules reach a role whose rules count for this one; an aggregated role's own rules do not. */
function rewritesItself({ role }: Matter, escalating: Power, changing: readonly Power[]): boolean {
  const own = withJuniors(role).filter((one) => one.object.selectors === undefined);
  const reached = (power: Power, name: string): boolean => power.names?.has(name) ?? true;
  const fits = ({ object }: ScopedRole): boolean =>
    reached(escalating, object.name) &&
    (changing.length === 0 || changing.some((power) => reached(power, object.name)));
  return own.some(fits);
}

/** The rules allow to make a Role of any content and to bind oneself to it. */
function givesItself(matter: Matter, escalating: Power): boolean {
  const creates = powers(matter, ['create'], RBAC_GROUP, 'roles').length > 0;
  const binds = unlimited(powers(matter, ['bind'], RBAC_GROUP, 'roles'));
  const gives = lackingBindings(matter, 'rolebindings') === undefined;
  return escalating.names === undefined && creates && binds && gives;
}

const controls = (technique: string, to: string, rule: Rule, condition?: string): Takeover => ({
  kind: 'CONTROLS',
  technique,
  to,
  rule,
  condition,
});

const TECHNIQUES: readonly Technique[] = [
  impersonateUser,
  impersonateServiceAccount,
  impersonateGroup,
  requestToken,
  runPod,
  runWorkload,
  enterPod,
  readToken,
  createToken,
  useKubelet,
  approveCertificate,
  bindClusterRole,
  bindRole,
  escalateClusterRole,
  escalateRole,
];

/** Everything that a role leads to. */
export function* takeoversOf(matter: Matter): Generator<Takeover> {
  for (const technique of TECHNIQUES) yield* technique(matter);
}
