/** How a role leads to somebody else: each technique alone, what it needs, and what it does not give. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Answers, loadYaml } from '../support/kubernetes.ts';

/**
 * `clerk` (namespace shop) may open the till, `keeper` (namespace vault) the vault, the user `boss` the office, the
 * group `crew` the door. Who gets there without being any of them has taken something over.
 */
const ESTATE = `
{apiVersion: v1, kind: ServiceAccount, metadata: {name: clerk, namespace: shop}}
---
{apiVersion: v1, kind: ServiceAccount, metadata: {name: keeper, namespace: vault}}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: till, namespace: shop}, rules: [{apiGroups: [x], resources: [tills], verbs: [open]}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: till, namespace: shop}, roleRef: {kind: Role, name: till}, subjects: [{kind: ServiceAccount, name: clerk}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: vault, namespace: vault}, rules: [{apiGroups: [x], resources: [vaults], verbs: [open]}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: vault, namespace: vault}, roleRef: {kind: Role, name: vault}, subjects: [{kind: ServiceAccount, name: keeper}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: office}, rules: [{apiGroups: [x], resources: [offices], verbs: [open]}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: office}, roleRef: {kind: ClusterRole, name: office}, subjects: [{kind: User, name: boss}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: door}, rules: [{apiGroups: [x], resources: [doors], verbs: [open]}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: door}, roleRef: {kind: ClusterRole, name: door}, subjects: [{kind: Group, name: crew}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: unheld}, rules: [{apiGroups: [x], resources: [offices], verbs: [open]}]}
`;

const TREASURES: Readonly<Record<string, string>> = {
  till: 'k8s://c/namespaces/shop/tills.x',
  vault: 'k8s://c/namespaces/vault/vaults.x',
  office: 'k8s://c/resources/offices.x',
  door: 'k8s://c/resources/doors.x',
  shop: 'k8s://c/namespaces/shop',
  everything: 'k8s://c',
};

type How = 'Role' | 'ClusterRole in shop' | 'ClusterRole';

/** The estate with the user `eve`, who holds these rules in this way, and more objects. */
function withEve(rules: string, how: How, more = ''): string {
  const kind = how === 'Role' ? 'Role' : 'ClusterRole';
  const binding = how === 'ClusterRole' ? 'ClusterRoleBinding' : 'RoleBinding';
  const place = (one: string): string => (one.startsWith('Cluster') ? '' : ', namespace: shop');
  return `${ESTATE}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ${kind}, metadata: {name: eve${place(kind)}}, rules: [${rules}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ${binding}, metadata: {name: eve${place(binding)}}, roleRef: {kind: ${kind}, name: eve}, subjects: [{kind: User, name: eve}]}
${more}`;
}

const rule = (groups: string, resources: string, verbs: string, names = ''): string =>
  `{apiGroups: [${groups}], resources: [${resources}], verbs: [${verbs}]${names === '' ? '' : `, resourceNames: [${names}]`}}`;
const core = (resources: string, verbs: string, names = ''): string => rule("''", resources, verbs, names);
const rbac = (resources: string, verbs: string, names = ''): string =>
  rule('rbac.authorization.k8s.io', resources, verbs, names);
const csr = (resources: string, verbs: string, names = ''): string =>
  rule('certificates.k8s.io', resources, verbs, names);

const pod = (spec: string): string =>
  `\n---\n{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}, spec: {${spec}}}`;
const deployment = (name: string): string =>
  `\n---\n{apiVersion: apps/v1, kind: Deployment, metadata: {name: ${name}, namespace: shop}, spec: {template: {spec: {serviceAccountName: clerk, automountServiceAccountToken: false}}}}`;
const token =
  '\n---\n{apiVersion: v1, kind: Secret, metadata: {name: t, namespace: shop, annotations: {kubernetes.io/service-account.name: clerk}}, type: kubernetes.io/service-account-token}';
const tls = '\n---\n{apiVersion: v1, kind: Secret, metadata: {name: t, namespace: shop}, type: kubernetes.io/tls}';

interface Case {
  readonly title: string;
  readonly how: How;
  readonly rules: string;
  readonly more?: string;
  /** Treasure → decision within ASSUMABLE; whatever is not named is NONE. */
  readonly assumable?: Readonly<Record<string, string>>;
  /** The same within ESCALATION; what is within ASSUMABLE need not be repeated. */
  readonly escalation?: Readonly<Record<string, string>>;
}

const CASES: readonly Case[] = [
  {
    title: 'impersonating service accounts of a namespace',
    how: 'Role',
    rules: core('serviceaccounts', 'impersonate'),
    assumable: { till: 'ALLOWED' },
  },
  {
    title: 'impersonating one service account by name',
    how: 'Role',
    rules: core('serviceaccounts', 'impersonate', 'clerk'),
    assumable: { till: 'ALLOWED' },
  },
  {
    title: 'impersonating another service account by name',
    how: 'Role',
    rules: core('serviceaccounts', 'impersonate', 'keeper'),
  },
  {
    title: 'impersonating service accounts of the cluster',
    how: 'ClusterRole',
    rules: core('serviceaccounts', 'impersonate'),
    assumable: { till: 'ALLOWED', vault: 'ALLOWED' },
  },
  {
    title: 'impersonating a name in every namespace',
    how: 'ClusterRole',
    rules: core('serviceaccounts', 'impersonate', 'keeper'),
    assumable: { vault: 'ALLOWED' },
  },
  {
    title: 'impersonating users',
    how: 'ClusterRole',
    rules: core('users', 'impersonate'),
    assumable: { office: 'ALLOWED' },
  },
  {
    title: 'impersonating one user',
    how: 'ClusterRole',
    rules: core('users', 'impersonate', 'boss'),
    assumable: { office: 'ALLOWED' },
  },
  {
    title: 'impersonating users from within a namespace',
    how: 'ClusterRole in shop',
    rules: core('users', 'impersonate'),
  },
  {
    title: 'impersonating a service account as a user',
    how: 'ClusterRole',
    rules: core('users', 'impersonate', 'system:serviceaccount:shop:clerk'),
  },
  {
    title: 'impersonating a group together with a user',
    how: 'ClusterRole',
    rules: `${core('users', 'impersonate', 'nobody')}, ${core('groups', 'impersonate', 'crew')}`,
    escalation: { door: 'ALLOWED' },
  },
  {
    title: 'impersonating a group alone',
    how: 'ClusterRole',
    rules: core('groups', 'impersonate', 'crew'),
    escalation: { door: 'CONDITIONAL' },
  },
  {
    title: 'impersonating any group, system:masters among them',
    how: 'ClusterRole',
    rules: core('users, groups', 'impersonate'),
    assumable: { office: 'ALLOWED' },
    escalation: {
      till: 'ALLOWED',
      vault: 'ALLOWED',
      office: 'ALLOWED',
      door: 'ALLOWED',
      shop: 'ALLOWED',
      everything: 'ALLOWED',
    },
  },
  {
    title: 'making tokens',
    how: 'ClusterRole in shop',
    rules: core('serviceaccounts/token', 'create'),
    assumable: { till: 'ALLOWED' },
  },
  {
    title: 'making tokens of one account',
    how: 'Role',
    rules: core('serviceaccounts/token', 'create', 'clerk'),
    assumable: { till: 'ALLOWED' },
  },
  { title: 'reading tokens that cannot be read', how: 'Role', rules: core('serviceaccounts/token', 'get') },
  { title: 'creating pods', how: 'Role', rules: core('pods', 'create'), escalation: { till: 'ALLOWED' } },
  {
    title: 'creating pods everywhere',
    how: 'ClusterRole',
    rules: core('pods', 'create'),
    escalation: { till: 'ALLOWED', vault: 'ALLOWED' },
  },
  { title: 'creating pods of a name, which no request has', how: 'Role', rules: core('pods', 'create', 'web') },
  { title: 'everything on pods', how: 'Role', rules: core('pods', "'*'"), escalation: { till: 'ALLOWED' } },
  {
    title: 'creating deployments',
    how: 'Role',
    rules: rule('apps', 'deployments', 'create'),
    escalation: { till: 'ALLOWED' },
  },
  { title: 'creating deployments of another group', how: 'Role', rules: rule('apps.example', 'deployments', 'create') },
  { title: 'creating jobs', how: 'Role', rules: rule('batch', 'jobs', 'create'), escalation: { till: 'ALLOWED' } },
  { title: 'changing jobs, whose template is fixed', how: 'Role', rules: rule('batch', 'jobs', 'patch') },
  {
    title: 'changing deployments, if there are any',
    how: 'Role',
    rules: rule('apps', 'deployments', 'patch'),
    escalation: { till: 'CONDITIONAL' },
  },
  {
    title: 'changing deployments that are there',
    how: 'Role',
    rules: rule('apps', 'deployments', 'patch'),
    more: deployment('shop'),
    escalation: { till: 'ALLOWED' },
  },
  {
    title: 'changing one deployment that is not there',
    how: 'Role',
    rules: rule('apps', 'deployments', 'patch', 'other'),
    more: deployment('shop'),
    escalation: { till: 'CONDITIONAL' },
  },
  {
    title: 'changing one deployment, wherever it is',
    how: 'ClusterRole',
    rules: rule('apps', 'deployments', 'patch', 'shop'),
    more: deployment('shop'),
    escalation: { till: 'ALLOWED', vault: 'CONDITIONAL' },
  },
  {
    title: 'changing deployments everywhere, of which one namespace is known to have one',
    how: 'ClusterRole',
    rules: rule('apps', 'deployments', 'patch'),
    more: deployment('shop'),
    escalation: { till: 'ALLOWED', vault: 'CONDITIONAL' },
  },
  { title: 'scaling deployments', how: 'Role', rules: rule('apps', 'deployments/scale', 'update') },
  {
    title: 'entering pods that no file shows',
    how: 'Role',
    rules: core('pods/exec', 'create'),
    escalation: { till: 'CONDITIONAL' },
  },
  {
    title: 'entering pods by web socket',
    how: 'Role',
    rules: core('pods/exec', 'get'),
    escalation: { till: 'CONDITIONAL' },
  },
  {
    title: 'entering pods that run as somebody',
    how: 'Role',
    rules: core('pods/exec', 'create'),
    more: pod('serviceAccountName: clerk'),
    escalation: { till: 'ALLOWED' },
  },
  {
    title: 'entering pods without a token',
    how: 'Role',
    rules: core('pods/exec', 'create', 'web'),
    more: pod('serviceAccountName: clerk, automountServiceAccountToken: false'),
  },
  {
    title: 'entering pods with a projected token',
    how: 'Role',
    rules: core('pods/exec', 'create', 'web'),
    more: pod(
      'serviceAccountName: clerk, automountServiceAccountToken: false, volumes: [{projected: {sources: [{serviceAccountToken: {path: t}}]}}]',
    ),
    escalation: { till: 'ALLOWED' },
  },
  {
    title: 'entering one pod by name',
    how: 'Role',
    rules: core('pods/exec', 'create', 'web'),
    more: pod('serviceAccountName: clerk'),
    escalation: { till: 'ALLOWED' },
  },
  {
    title: 'entering another pod by name',
    how: 'Role',
    rules: core('pods/exec', 'create', 'other'),
    more: pod('serviceAccountName: clerk'),
    escalation: { till: 'CONDITIONAL' },
  },
  {
    title: 'entering a pod that runs as nobody in particular',
    how: 'Role',
    rules: core('pods/exec', 'create', 'web'),
    more: pod('containers: []'),
  },
  {
    title: 'attaching to pods',
    how: 'Role',
    rules: core('pods/attach', 'create'),
    more: pod('serviceAccountName: clerk'),
    escalation: { till: 'CONDITIONAL' },
  },
  {
    title: 'adding a container to pods',
    how: 'Role',
    rules: core('pods/ephemeralcontainers', 'patch'),
    more: pod('serviceAccountName: clerk'),
    escalation: { till: 'ALLOWED' },
  },
  {
    title: 'changing the image of pods',
    how: 'Role',
    rules: core('pods', 'patch'),
    more: pod('serviceAccountName: clerk'),
    escalation: { till: 'ALLOWED' },
  },
  { title: 'reading logs', how: 'Role', rules: core('pods/log', 'get'), more: pod('serviceAccountName: clerk') },
  {
    title: 'reading secrets that no file shows',
    how: 'Role',
    rules: core('secrets', 'list'),
    escalation: { till: 'CONDITIONAL' },
  },
  {
    title: 'reading a token',
    how: 'Role',
    rules: core('secrets', 'get'),
    more: token,
    escalation: { till: 'ALLOWED' },
  },
  {
    title: 'reading a token by name',
    how: 'Role',
    rules: core('secrets', 'get', 't'),
    more: token,
    escalation: { till: 'ALLOWED' },
  },
  { title: 'reading a secret that is no token', how: 'Role', rules: core('secrets', 'get', 't'), more: tls },
  {
    title: 'reading a secret that no file shows',
    how: 'Role',
    rules: core('secrets', 'get', 'other'),
    more: tls,
    escalation: { till: 'CONDITIONAL' },
  },
  {
    title: 'creating secrets and reading them',
    how: 'Role',
    rules: core('secrets', 'create, get'),
    escalation: { till: 'ALLOWED' },
  },
  {
    title: 'creating secrets only',
    how: 'Role',
    rules: core('secrets', 'create'),
    escalation: { till: 'CONDITIONAL' },
  },
  { title: 'deleting secrets', how: 'Role', rules: core('secrets', 'delete'), more: token },
  {
    title: 'the kubelet',
    how: 'ClusterRole',
    rules: core('nodes/proxy', 'get'),
    more: pod('serviceAccountName: clerk'),
    escalation: { till: 'ALLOWED', vault: 'CONDITIONAL' },
  },
  {
    title: 'the kubelet of one node',
    how: 'ClusterRole',
    rules: core('nodes/proxy', 'get', 'n1'),
    more: pod('serviceAccountName: clerk'),
    escalation: { till: 'CONDITIONAL', vault: 'CONDITIONAL' },
  },
  {
    title: 'the kubelet from within a namespace',
    how: 'ClusterRole in shop',
    rules: core('nodes/proxy', 'get'),
    more: pod('serviceAccountName: clerk'),
  },
  {
    title: 'approving certificates of clients',
    how: 'ClusterRole',
    rules: `${csr('certificatesigningrequests', 'create')}, ${csr('certificatesigningrequests/approval', 'update')}, ${csr('signers', 'approve', 'kubernetes.io/kube-apiserver-client')}`,
    escalation: { till: 'ALLOWED', vault: 'ALLOWED', office: 'ALLOWED', door: 'ALLOWED' },
  },
  {
    title: 'approving certificates of kubelets only',
    how: 'ClusterRole',
    rules: `${csr('certificatesigningrequests', 'create')}, ${csr('certificatesigningrequests/approval', 'update')}, ${csr('signers', 'approve', 'kubernetes.io/kubelet-serving')}`,
    escalation: { till: 'CONDITIONAL', vault: 'CONDITIONAL', office: 'CONDITIONAL', door: 'CONDITIONAL' },
  },
  { title: 'naming a signer only', how: 'ClusterRole', rules: csr('signers', 'approve') },
  {
    title: 'binding one cluster role to the cluster',
    how: 'ClusterRole',
    rules: `${rbac('clusterroles', 'bind', 'unheld')}, ${rbac('clusterrolebindings', 'create')}`,
    escalation: { office: 'ALLOWED' },
  },
  {
    title: 'binding cluster roles without a binding',
    how: 'ClusterRole',
    rules: rbac('clusterroles', 'bind', 'unheld'),
    escalation: { office: 'CONDITIONAL' },
  },
  {
    title: 'joining bindings of a cluster role',
    how: 'ClusterRole',
    rules: `${rbac('clusterroles', 'bind', 'unheld')}, ${rbac('clusterrolebindings', 'patch')}`,
    escalation: { office: 'CONDITIONAL' },
  },
  {
    title: 'binding any cluster role',
    how: 'ClusterRole',
    rules: `${rbac('clusterroles', 'bind')}, ${rbac('clusterrolebindings', 'create')}`,
    escalation: {
      till: 'ALLOWED',
      vault: 'ALLOWED',
      office: 'ALLOWED',
      door: 'ALLOWED',
      shop: 'ALLOWED',
      everything: 'ALLOWED',
    },
  },
  {
    title: 'binding any cluster role in a namespace',
    how: 'Role',
    rules: `${rbac('clusterroles', 'bind')}, ${rbac('rolebindings', 'create')}`,
    escalation: { till: 'ALLOWED', shop: 'ALLOWED' },
  },
  {
    title: 'binding any cluster role in any namespace',
    how: 'ClusterRole',
    rules: `${rbac('clusterroles', 'bind')}, ${rbac('rolebindings', 'create')}`,
    escalation: {
      till: 'ALLOWED',
      vault: 'ALLOWED',
      shop: 'ALLOWED',
      office: 'CONDITIONAL',
      door: 'CONDITIONAL',
      everything: 'CONDITIONAL',
    },
  },
  {
    title: 'binding a role of the namespace',
    how: 'Role',
    rules: `${rbac('roles', 'bind', 'till')}, ${rbac('rolebindings', 'create')}`,
    escalation: { till: 'ALLOWED' },
  },
  {
    title: 'binding any role of any namespace',
    how: 'ClusterRole',
    rules: `${rbac('roles', 'bind')}, ${rbac('rolebindings', 'create')}`,
    escalation: { till: 'ALLOWED', vault: 'ALLOWED' },
  },
  {
    title: 'creating bindings only',
    how: 'ClusterRole',
    rules: rbac('rolebindings, clusterrolebindings', 'create, update, patch'),
  },
  { title: 'rewriting cluster roles only', how: 'ClusterRole', rules: rbac('clusterroles', 'create, update, patch') },
  {
    title: 'escalating cluster roles',
    how: 'ClusterRole',
    rules: rbac('clusterroles', 'escalate, update'),
    escalation: {
      till: 'ALLOWED',
      vault: 'ALLOWED',
      office: 'ALLOWED',
      door: 'ALLOWED',
      shop: 'ALLOWED',
      everything: 'ALLOWED',
    },
  },
  {
    title: 'escalating cluster roles without changing them',
    how: 'ClusterRole',
    rules: rbac('clusterroles', 'escalate'),
    escalation: {
      till: 'CONDITIONAL',
      vault: 'CONDITIONAL',
      office: 'CONDITIONAL',
      door: 'CONDITIONAL',
      shop: 'CONDITIONAL',
      everything: 'CONDITIONAL',
    },
  },
  {
    title: 'escalating a cluster role that is another',
    how: 'ClusterRole',
    rules: rbac('clusterroles', 'escalate, update', 'unheld'),
    escalation: {
      till: 'CONDITIONAL',
      vault: 'CONDITIONAL',
      office: 'CONDITIONAL',
      door: 'CONDITIONAL',
      shop: 'CONDITIONAL',
      everything: 'CONDITIONAL',
    },
  },
  {
    title: 'escalating cluster roles from within a namespace',
    how: 'ClusterRole in shop',
    rules: rbac('clusterroles', 'escalate, update'),
  },
  {
    title: 'escalating the role that one holds',
    how: 'Role',
    rules: rbac('roles', 'escalate, patch', 'eve'),
    escalation: { till: 'ALLOWED', shop: 'ALLOWED' },
  },
  {
    title: 'escalating roles that one need not hold',
    how: 'ClusterRole in shop',
    rules: rbac('roles', 'escalate, patch'),
    escalation: { till: 'CONDITIONAL', shop: 'CONDITIONAL' },
  },
  {
    title: 'making a role of any content and binding it',
    how: 'ClusterRole in shop',
    rules: `${rbac('roles', 'escalate, create, bind')}, ${rbac('rolebindings', 'create')}`,
    escalation: { till: 'ALLOWED', shop: 'ALLOWED' },
  },
  {
    title: 'everything in a namespace',
    how: 'ClusterRole in shop',
    rules: rule("'*'", "'*'", "'*'"),
    assumable: { till: 'ALLOWED', shop: 'ALLOWED' },
  },
];

describe('takeovers', () => {
  it.each(CASES)('$how: $title', async ({ how, rules, more, assumable = {}, escalation = {} }) => {
    const { graph } = await loadYaml(withEve(rules, how, more));
    const answers = new Answers(graph);
    const decisions = (reach: 'ASSUMABLE' | 'ESCALATION'): Record<string, string> => {
      const all = Object.entries(TREASURES).map(([name, id]): [string, string] => [
        name,
        answers.check('k8s://c/users/eve', 'open', id, reach),
      ]);
      return Object.fromEntries(all.filter(([, decision]) => decision !== 'NONE'));
    };
    expect(decisions('ASSUMABLE')).toEqual(assumable);
    expect(decisions('ESCALATION')).toEqual({ ...assumable, ...escalation });
  });

  it('adds up what the roles behind an aggregated role allow', async () => {
    const { graph } = await loadYaml(`${ESTATE}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: sum}, aggregationRule: {clusterRoleSelectors: [{matchLabels: {l: '1'}}]}}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: a, labels: {l: '1'}}, rules: [${rbac('clusterroles', 'bind', 'unheld')}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: b, labels: {l: '1'}}, rules: [${rbac('clusterrolebindings', 'create')}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: sum}, roleRef: {kind: ClusterRole, name: sum}, subjects: [{kind: User, name: eve}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: a}, roleRef: {kind: ClusterRole, name: a}, subjects: [{kind: User, name: fay}]}
`);
    const answers = new Answers(graph);
    expect(answers.check('k8s://c/users/eve', 'open', TREASURES['office']!, 'ESCALATION')).toBe('ALLOWED');
    expect(answers.check('k8s://c/users/fay', 'open', TREASURES['office']!, 'ESCALATION')).toBe('CONDITIONAL');
  });

  it('are the techniques of the documentation, each of them tried here', async () => {
    const tried = new Set<string>();
    for (const { rules, how, more } of CASES) {
      const { graph } = await loadYaml(withEve(rules, how, more));
      for (const edge of graph.edges) if (edge.technique !== undefined) tried.add(edge.technique);
    }
    const page = readFileSync(new URL('../../docs/loaders/kubernetes.md', import.meta.url), 'utf8');
    const table = page.slice(page.indexOf('| technique '), page.indexOf('The scope is that of the role'));
    const documented = [...table.matchAll(/^\| `([a-z-]+)`/gm)].map((match) => match[1]);
    expect([...tried].sort()).toEqual(documented.sort());
  });

  it('needs no edge for each pair of role and service account', async () => {
    const roles = 40;
    const accounts = 40;
    const yaml = [ESTATE];
    for (let i = 0; i < accounts; i++)
      yaml.push(`{apiVersion: v1, kind: ServiceAccount, metadata: {name: s${i}, namespace: n${i % 8}}}`);
    for (let i = 0; i < roles; i++) {
      const rules = `[${core('pods, pods/exec, secrets', "'*'")}]`;
      yaml.push(
        `{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: r${i}}, rules: ${rules}}`,
      );
    }
    const { graph } = await loadYaml(yaml.join('\n---\n'));
    const leaps = graph.edges.filter((edge) => edge.kind === 'CONTROLS' || edge.kind === 'CAN_ASSUME');
    expect(leaps.length).toBeLessThan(8 * (roles + accounts));
  });
});
