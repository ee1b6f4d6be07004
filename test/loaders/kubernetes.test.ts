/** What manifests become: nodes, ids, edges and their evidence, and what is told about what was left aside. */
import { describe, expect, it } from 'vitest';
import type { EdgeRecord, NodeRecord } from '../../engine/model/index.ts';
import { kubernetesLoader } from '../../loaders/kubernetes/loader.ts';
import { Answers, inFolder, type LoadedCluster, loadFiles, loadPaths, loadYaml } from '../support/kubernetes.ts';

const SHOP = new URL('../fixtures/kubernetes/shop', import.meta.url).pathname;

const nodeOf = ({ graph }: LoadedCluster, id: string): NodeRecord | undefined =>
  graph.nodes.find((node) => node.id === id);
const edgesFrom = ({ graph }: LoadedCluster, from: string, kind: string): readonly EdgeRecord[] =>
  graph.edges.filter((edge) => edge.from === from && edge.kind === kind);

const role = (name: string, rules: string, more = ''): string =>
  `{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: '${name}'}, rules: [${rules}]${more}}`;
const bind = (name: string, subject: string): string =>
  `{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: '${name}'}, roleRef: {kind: ClusterRole, name: '${name}'}, subjects: [${subject}]}`;
const READ_PODS = "{apiGroups: [''], resources: [pods], verbs: [get]}";

describe('a role that Kubernetes brings', () => {
  it('is its vendor’s, also where it is bound in a namespace; others are not', async () => {
    const brought = `{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: view, labels: {kubernetes.io/bootstrapping: rbac-defaults}}, rules: [${READ_PODS}]}`;
    const bound =
      '{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: b, namespace: n}, roleRef: {kind: ClusterRole, name: view}, subjects: [{kind: User, name: u}]}';
    const { graph } = await loadYaml([brought, bound, role('own', READ_PODS)].join('\n---\n'));
    const vendors = graph.nodes.filter(({ attributes }) => attributes['managedByVendor'] === true);
    expect(vendors.map(({ name }) => name).sort()).toEqual(['view', 'view in n']);
    expect(graph.nodes.some(({ name }) => name === 'own')).toBe(true);
  });

  it('goes with whoever has something from the API server alone: no other binding names them, and no file defines them', async () => {
    const binding = (name: string, subjects: string, brought: boolean): string =>
      `{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: ${name}${brought ? ', labels: {kubernetes.io/bootstrapping: rbac-defaults}' : ''}}, roleRef: {kind: ClusterRole, name: own}, subjects: [${subjects}]}`;
    const account = (name: string): string => `{kind: ServiceAccount, name: ${name}, namespace: n}`;
    const { graph } = await loadYaml(
      [
        binding(
          'a',
          `${account('job')}, ${account('both')}, ${account('defined')}, {kind: User, name: scheduler}`,
          true,
        ),
        binding('b', `${account('both')}, {kind: User, name: ann}, {kind: Group, name: scheduler}`, false),
        '{apiVersion: v1, kind: ServiceAccount, metadata: {name: defined, namespace: n}}',
        role('own', READ_PODS),
      ].join('\n---\n'),
    );
    const vendors = graph.nodes.filter(({ attributes }) => attributes['managedByVendor'] === true);
    expect(vendors.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
      'ServiceAccount n/job',
      'User scheduler',
    ]);
  });
});

describe('a small shop of manifests', () => {
  it('becomes one cluster, named after its folder', async () => {
    const loaded = await loadPaths([SHOP]);
    expect(loaded.source).toBe('shop');
    expect(nodeOf(loaded, 'k8s://shop')).toMatchObject({ kind: 'Resource', resourceType: 'cluster', sensitivity: 1 });
    expect(loaded.graph.nodes.every((node) => node.source === 'shop')).toBe(true);
    const ids = (kind: string): readonly string[] =>
      loaded.graph.nodes
        .filter((node) => node.kind === kind)
        .map((node) => node.id)
        .sort();
    expect(ids('User')).toEqual(['k8s://shop/users/ada@example.com']);
    expect(ids('ServiceAccount')).toEqual([
      'k8s://shop/serviceaccounts/shop/checkout',
      'k8s://shop/serviceaccounts/shop/deployer',
      'k8s://shop/serviceaccounts/tools/scanner',
    ]);
  });

  it('answers who can do what', async () => {
    const answers = new Answers((await loadPaths([SHOP])).graph);
    const secrets = 'k8s://shop/namespaces/shop/secrets';
    expect(answers.whoCan('get', secrets, 'ENTITLED')).toEqual(['k8s://shop/users/ada@example.com']);
    expect(answers.whoCan('get', `${secrets}:payment`, 'ENTITLED')).toEqual([
      'k8s://shop/serviceaccounts/shop/checkout',
      'k8s://shop/users/ada@example.com',
    ]);
    expect(answers.whoCan('get', secrets, 'ESCALATION')).toEqual(['k8s://shop/users/ada@example.com']);
    expect(answers.whoCan('get', `${secrets}:payment`, 'ESCALATION')).toEqual([
      'k8s://shop/serviceaccounts/shop/checkout',
      'k8s://shop/serviceaccounts/shop/deployer',
      'k8s://shop/users/ada@example.com',
    ]);
    expect(answers.whoCan('list', 'k8s://shop/resources/nodes', 'ENTITLED')).toEqual([
      'k8s://shop/serviceaccounts/tools/scanner',
    ]);
    expect(answers.whoCan('get', 'k8s://shop/urls/metrics', 'ENTITLED')).toEqual([
      'k8s://shop/serviceaccounts/tools/scanner',
    ]);
  });

  it('tells where each edge was read', async () => {
    const loaded = await loadPaths([SHOP]);
    const [given] = edgesFrom(loaded, 'k8s://shop/users/ada@example.com', 'HAS_ROLE');
    expect(given).toMatchObject({
      to: 'k8s://shop/clusterroles/shop/edit',
      evidence: `${SHOP}/bindings.yaml:13 RoleBinding shop/editors subjects[0]`,
    });
    const grants = edgesFrom(loaded, 'k8s://shop/roles/shop/read-payment', 'GRANTS');
    expect(grants).toHaveLength(1);
    expect(grants[0]).toMatchObject({
      to: 'k8s://shop/namespaces/shop/secrets:payment',
      actions: ['get'],
      evidence: `${SHOP}/roles.yaml:8 Role shop/read-payment rules[0]`,
    });
    const [fromJson] = edgesFrom(loaded, 'k8s://shop/serviceaccounts/tools/scanner', 'HAS_ROLE');
    expect(fromJson?.evidence).toBe(`${SHOP}/tools.json items[2] ClusterRoleBinding scanner subjects[0]`);
  });

  it('makes a bound ClusterRole a role of its own in each namespace, and aggregates there', async () => {
    const loaded = await loadPaths([SHOP]);
    expect(nodeOf(loaded, 'k8s://shop/clusterroles/shop/edit')).toMatchObject({
      name: 'edit in shop',
      attributes: { definition: 'k8s://shop/clusterroles/edit', namespace: 'shop', aggregated: true },
    });
    expect(edgesFrom(loaded, 'k8s://shop/clusterroles/shop/edit', 'INHERITS').map((edge) => edge.to)).toEqual([
      'k8s://shop/clusterroles/shop/edit-secrets',
    ]);
    expect(edgesFrom(loaded, 'k8s://shop/clusterroles/shop/edit', 'GRANTS')).toEqual([]);
  });

  it('tells what it left aside', async () => {
    const { report } = await loadPaths([SHOP]);
    expect(report.unresolved).toEqual(['k8s://shop/clusterroles/view']);
    expect(report.skipped).toEqual([
      { where: '2 objects of kind Service (v1)', why: 'not part of RBAC' },
      {
        where: `${SHOP}/roles.yaml:21 ClusterRole edit`,
        why: '1 of its own rules are in none of the roles that its aggregationRule selects; the control plane overwrites them',
      },
      { where: '1 service account', why: 'known by name only, no file defines them: shop/deployer' },
    ]);
  });

  it('is the same graph whatever the order of the paths, and keeps clusters apart', async () => {
    const files = ['roles.yaml', 'bindings.yaml', 'tools.json', 'workloads.yml'].map((name) => `${SHOP}/${name}`);
    const [one, two] = [await loadPaths(files, 'x'), await loadPaths([...files].reverse(), 'x')];
    const ids = (loaded: LoadedCluster): readonly string[] =>
      [...loaded.graph.nodes, ...loaded.graph.edges].map((record) => record.id).sort();
    expect(ids(one)).toEqual(ids(two));
    const other = await loadPaths(files, 'y/z');
    expect(other.graph.nodes.every((node) => node.id === 'k8s://y%2Fz' || node.id.startsWith('k8s://y%2Fz/'))).toBe(
      true,
    );
    expect(ids(one).filter((id) => ids(other).includes(id))).toEqual([]);
  });

  it('vouches for everything of its source', async () => {
    const loaded = await kubernetesLoader.load({ paths: [SHOP], options: {} });
    expect(loaded.complete).toEqual(['shop']);
  });
});

describe('subjects', () => {
  it('are in the groups that the API server puts them into', async () => {
    const loaded = await loadYaml(
      [
        role('r', READ_PODS),
        bind('r', "{kind: ServiceAccount, name: s, namespace: n}, {kind: User, name: 'u/x'}"),
      ].join('\n---\n'),
    );
    const groups = (id: string): readonly string[] =>
      edgesFrom(loaded, id, 'MEMBER_OF').map((edge) => edge.to.slice('k8s://c/groups/'.length));
    expect(groups('k8s://c/serviceaccounts/n/s')).toEqual([
      'system:authenticated',
      'system:serviceaccounts',
      'system:serviceaccounts:n',
    ]);
    expect(groups('k8s://c/users/u/x')).toEqual(['system:authenticated']);
    expect(nodeOf(loaded, 'k8s://c/serviceaccounts/n/s')?.attributes).toMatchObject({ defined: false, namespace: 'n' });
  });

  it('are service accounts also under their user names', async () => {
    const yaml = [role('r', READ_PODS), bind('r', "{kind: User, name: 'system:serviceaccount:n:s'}")].join('\n---\n');
    const { graph } = await loadYaml(yaml);
    expect(new Answers(graph).whoCan('get', 'k8s://c/namespaces/n/pods', 'ENTITLED')).toEqual([
      'k8s://c/serviceaccounts/n/s',
    ]);
  });

  it('show the anonymous user where the unauthenticated may do something', async () => {
    const yaml = [role('r', READ_PODS), bind('r', '{kind: Group, name: system:unauthenticated}')].join('\n---\n');
    const { graph } = await loadYaml(yaml);
    expect(new Answers(graph).whoCan('get', 'k8s://c/resources/pods', 'ENTITLED')).toEqual([
      'k8s://c/users/system:anonymous',
    ]);
  });

  it('of system:masters pass without a binding', async () => {
    const yaml = [role('r', READ_PODS), bind('r', '{kind: Group, name: system:masters}')].join('\n---\n');
    const loaded = await loadYaml(yaml);
    expect(edgesFrom(loaded, 'k8s://c/groups/system:masters', 'GRANTS')).toMatchObject([
      { to: 'k8s://c', actions: ['*'] },
    ]);
  });
});

describe('rules', () => {
  const DEAD: readonly (readonly [string, string])[] = [
    [
      "{apiGroups: [''], resources: [pods], verbs: [Get]}",
      'the verb "Get": Kubernetes compares letter by letter, and requests have "get"',
    ],
    [
      "{apiGroups: [''], resources: [pods], verbs: ['g*']}",
      'the verb "g*": a star within a word is no wildcard to Kubernetes',
    ],
    [
      "{apiGroups: [''], resources: ['pods/*'], verbs: [get]}",
      'the resource "pods/*": only "*" and "*/SUBRESOURCE" are wildcards to Kubernetes',
    ],
    [
      "{apiGroups: ['*.io'], resources: [pods], verbs: [get]}",
      'the API group "*.io": a star within a name is no wildcard to Kubernetes',
    ],
    [
      "{apiGroups: [''], resources: [pods], verbs: [create], resourceNames: [a]}",
      'create with resourceNames: such requests name no object',
    ],
    ['{nonResourceURLs: [metrics], verbs: [get]}', 'the URL "metrics": it does not begin with "/"'],
  ];
  it.each(DEAD)('%s match nothing, which is told', async (rule, why) => {
    const loaded = await loadYaml([role('r', rule), bind('r', '{kind: User, name: u}')].join('\n---\n'));
    expect(edgesFrom(loaded, 'k8s://c/clusterroles/r', 'GRANTS')).toEqual([]);
    expect(loaded.report.skipped.map((entry) => entry.why)).toContain(`matches nothing: ${why}`);
  });

  it('on types without a namespace give nothing in one, but the namespace itself', async () => {
    const rules =
      "{apiGroups: [''], resources: [nodes, namespaces], verbs: [get]}, {nonResourceURLs: ['/x'], verbs: [get]}";
    const loaded = await loadYaml(`${role('r', rules)}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: b, namespace: n}, roleRef: {kind: ClusterRole, name: r}, subjects: [{kind: User, name: u}]}`);
    expect(edgesFrom(loaded, 'k8s://c/clusterroles/n/r', 'GRANTS').map((edge) => edge.to)).toEqual([
      'k8s://c/namespaces/n/namespaces',
    ]);
    const answers = new Answers(loaded.graph);
    expect(answers.check('k8s://c/users/u', 'get', 'k8s://c/namespaces/n/namespaces:n', 'ENTITLED')).toBe('ALLOWED');
    expect(answers.check('k8s://c/users/u', 'get', 'k8s://c/resources/nodes', 'ENTITLED')).toBe('NONE');
  });

  it('with names reach those objects only, and lists of them by field selector', async () => {
    const rules = "{apiGroups: [''], resources: [secrets], verbs: ['*'], resourceNames: ['a:b/c']}";
    const loaded = await loadYaml(
      [role('r', rules), bind('r', '{kind: ServiceAccount, name: s, namespace: n}')].join('\n---\n'),
    );
    const answers = new Answers(loaded.graph);
    const check = (verb: string, id: string): string =>
      answers.check('k8s://c/serviceaccounts/n/s', verb, id, 'ENTITLED');
    expect(check('delete', 'k8s://c/namespaces/n/secrets:a:b/c')).toBe('ALLOWED');
    expect(check('list', 'k8s://c/namespaces/n/secrets:a:b/c')).toBe('CONDITIONAL');
    expect(check('create', 'k8s://c/namespaces/n/secrets:a:b/c')).toBe('NONE');
    expect(check('get', 'k8s://c/namespaces/n/secrets')).toBe('NONE');
    expect(check('get', 'k8s://c/resources/secrets:a:b/c')).toBe('ALLOWED');
  });

  it('keep types apart that only look alike', async () => {
    const rules = "{apiGroups: [''], resources: [deployments.apps], verbs: [get]}";
    const { graph } = await loadYaml([role('r', rules), bind('r', '{kind: User, name: u}')].join('\n---\n'));
    const answers = new Answers(graph);
    expect(answers.check('k8s://c/users/u', 'get', 'k8s://c/resources/deployments%2Eapps', 'ENTITLED')).toBe('ALLOWED');
    expect(answers.check('k8s://c/users/u', 'get', 'k8s://c/resources/deployments.apps', 'ENTITLED')).toBe('NONE');
  });

  it('know from a CustomResourceDefinition whether its objects have a namespace', async () => {
    const crd = (plural: string, scope: string): string =>
      `{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: ${plural}.x}, spec: {group: x, scope: ${scope}, names: {plural: ${plural}}}}`;
    const loaded = await loadYaml(
      [
        crd('fleets', 'Cluster'),
        crd('ships', 'Namespaced'),
        '{apiVersion: v1, kind: Namespace, metadata: {name: n}}',
      ].join('\n---\n'),
    );
    const there = ['resources/fleets.x', 'resources/ships.x', 'namespaces/n/fleets.x', 'namespaces/n/ships.x'];
    expect(there.filter((id) => nodeOf(loaded, `k8s://c/${id}`) !== undefined)).toEqual([
      'resources/fleets.x',
      'resources/ships.x',
      'namespaces/n/ships.x',
    ]);
  });
});

describe('manifests', () => {
  const ONE = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'r', namespace: 'n' },
    rules: [],
  };

  it('may be typed lists whose items leave their kind out', async () => {
    const { kind: _kind, apiVersion, ...item } = ONE;
    const loaded = await loadFiles({ 'a.json': JSON.stringify({ apiVersion, kind: 'RoleList', items: [item] }) });
    expect(nodeOf(loaded, 'k8s://c/roles/n/r')).toBeDefined();
  });

  it('may use anchors and merge keys', async () => {
    const loaded = await loadYaml(`apiVersion: v1
kind: List
items:
- apiVersion: rbac.authorization.k8s.io/v1
  kind: ClusterRole
  metadata: {name: a}
  rules:
  - &read {apiGroups: [''], resources: [pods], verbs: [get]}
- apiVersion: rbac.authorization.k8s.io/v1
  kind: ClusterRole
  metadata: {name: b}
  rules:
  - <<: *read
    resources: [secrets]
`);
    expect(edgesFrom(loaded, 'k8s://c/clusterroles/b', 'GRANTS')).toMatchObject([
      { to: 'k8s://c/resources/secrets', actions: ['get'] },
    ]);
  });

  it('without a namespace are taken to be in default, or where the user says', async () => {
    const text = JSON.stringify({ ...ONE, metadata: { name: 'r' } });
    await inFolder({ 'a.json': text }, async (folder) => {
      const plain = await loadPaths([folder], 'c');
      expect(nodeOf(plain, 'k8s://c/roles/default/r')).toBeDefined();
      expect(plain.report.skipped.map((entry) => entry.why)).toContain(
        'names no namespace; taken to be in default, as kubectl does',
      );
      expect(nodeOf(await loadPaths([folder], 'c', { namespace: 'm' }), 'k8s://c/roles/m/r')).toBeDefined();
    });
  });

  it('may say the same thing twice', async () => {
    const loaded = await loadYaml([role('r', READ_PODS), role('r', READ_PODS)].join('\n---\n'));
    expect(edgesFrom(loaded, 'k8s://c/clusterroles/r', 'GRANTS')).toHaveLength(1);
    expect(loaded.report.skipped).toEqual([]);
  });

  it('of a later file count, as with kubectl apply', async () => {
    const loaded = await loadFiles({
      '1.yaml': role('r', READ_PODS),
      '2.yaml': role('r', READ_PODS.replace('get', 'list')),
    });
    expect(edgesFrom(loaded, 'k8s://c/clusterroles/r', 'GRANTS')).toMatchObject([{ actions: ['list'] }]);
    expect(loaded.report.skipped).toMatchObject([
      { why: expect.stringContaining('which counts, as with kubectl apply') },
    ]);
  });

  it('may be empty documents among others', async () => {
    const loaded = await loadYaml(`# nothing\n---\n${role('r', READ_PODS)}\n---\n---\n# end\n`);
    expect(nodeOf(loaded, 'k8s://c/clusterroles/r')).toBeDefined();
  });
});
