/** Manifests of Kubernetes itself and of kube-prometheus, against the plain evaluator and against answers found by hand. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { changeOfLine, lineOfEdge, lineOfNode, mayJoin, type NodeRecord } from '../../engine/model/index.ts';
import { kubernetesLoader } from '../../loaders/kubernetes/loader.ts';
import type { Collected } from '../support/collect.ts';
import { Answers, loadPaths } from '../support/kubernetes.ts';
import { fuzz, randomOf } from '../support/mutate.ts';
import { authorized, type RawObject, type RbacRequest } from '../support/rbac-evaluator.ts';
import { announceSeed, SEED } from '../support/seed.ts';
import { viewOf } from '../support/view-of.ts';

const DATA = resolve(import.meta.dirname, '../../../shared/data/kubernetes');
const C = 'k8s://kubernetes';

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join(folder, name))
    .sort();

/** The objects as any reader of YAML sees them; of one that is defined twice, the later. */
function rawObjects(folder: string): readonly RawObject[] {
  const objects = new Map<string, RawObject>();
  for (const file of filesBelow(folder)) {
    for (const document of parseAllDocuments(readFileSync(file, 'utf8'))) {
      const value = document.toJS() as (RawObject & { items?: RawObject[] }) | null;
      for (const one of value === null ? [] : (value.items ?? [value])) {
        objects.set(`${one.kind} ${one.metadata.namespace ?? ''} ${one.metadata.name}`, clean(one));
      }
    }
  }
  return [...objects.values()];
}

/** Fields that are null are left out. */
const clean = (object: RawObject): RawObject =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null)) as unknown as RawObject;

/** What is loaded can be written down and read back, and every edge joins what it may join. */
function checkWhole({ nodes, edges }: Collected): void {
  const kinds = new Map(nodes.map((node) => [node.id, node.kind]));
  const wrong: string[] = [];
  const report = (field: string, message: string): unknown => wrong.push(`${field} ${message}`);
  for (const node of nodes) changeOfLine(lineOfNode(node), 'c', report);
  for (const edge of edges) {
    changeOfLine(lineOfEdge(edge), 'c', report);
    const [from, to] = [kinds.get(edge.from), kinds.get(edge.to)];
    if (from === undefined || to === undefined || !mayJoin(edge.kind, from, to)) wrong.push(JSON.stringify(edge));
  }
  expect(wrong).toEqual([]);
}

/** What a check of a resource node asks the authorizer, or nothing where the node is a wildcard. */
function requestOf({ attributes }: NodeRecord): Partial<RbacRequest> | undefined {
  const { url, namespace, apiGroup, resource, subresource, objectName } = attributes as Record<
    string,
    string | undefined
  >;
  if (url !== undefined) return url.endsWith('*') ? undefined : { url };
  if (resource === undefined || resource === '*' || apiGroup === '*') return undefined;
  return {
    resource,
    group: apiGroup!,
    ...(namespace === undefined ? {} : { namespace }),
    ...(subresource === undefined ? {} : { sub: subresource }),
    ...(objectName === undefined ? {} : { name: objectName }),
  };
}

describe.skipIf(!existsSync(DATA))('real manifests', () => {
  it.each([
    ['kubernetes-bootstrappolicy', 0],
    ['kubernetes-addons', 7],
    ['kube-prometheus', 2],
    ['.', 0],
  ])('of %s load', async (folder, unresolved) => {
    const { graph, report } = await loadPaths([join(DATA, folder)]);
    expect(graph.nodes.length).toBeGreaterThan(100);
    expect(report.unresolved).toHaveLength(unresolved);
    const known = new Set(graph.nodes.map((node) => node.id));
    expect(graph.edges.filter((edge) => !known.has(edge.from) || !known.has(edge.to))).toEqual([]);
  });

  it('answer as the authorizer does', async () => {
    announceSeed();
    const objects = rawObjects(DATA);
    const { graph } = await loadPaths([DATA]);
    const answers = new Answers(graph);
    const identities = graph.nodes.filter((node) => node.kind === 'User' || node.kind === 'ServiceAccount');
    const resources = graph.nodes.filter((node) => node.kind === 'Resource' && requestOf(node) !== undefined);
    const random = randomOf(SEED);
    let allowed = 0;
    for (let i = 0; i < 6_000; i++) {
      const identity = identities[random(identities.length)]!;
      const resource = resources[random(resources.length)]!;
      const verb = ['get', 'update', 'delete', 'patch'][random(4)]!;
      const user = String(identity.attributes['username']);
      const expected = authorized(objects, { ...requestOf(resource), user, verb }) ? 'ALLOWED' : 'NONE';
      if (expected === 'ALLOWED') allowed += 1;
      const place = `${user} ${verb} ${resource.id}: `;
      expect(place + answers.check(identity.id, verb, resource.id, 'ENTITLED')).toBe(place + expected);
    }
    expect(allowed).toBeGreaterThan(50);
  }, 60_000);

  const BY_HAND: readonly (readonly [verb: string, resource: string, who: readonly string[]])[] = [
    [
      'escalate',
      'resources/clusterroles.rbac.authorization.k8s.io',
      ['kube-system/clusterrole-aggregation-controller'],
    ],
    [
      'create',
      'namespaces/kube-system/serviceaccounts/token',
      ['kubelet', 'system:cloud-controller-manager', 'system:kube-controller-manager'],
    ],
    ['get', 'urls/metrics', ['kube-system/metrics-server', 'monitoring/prometheus-k8s']],
    [
      'get',
      'resources/nodes/proxy',
      [
        'kube-system/generic-garbage-collector',
        'kube-system/metadata-agent',
        'kube-system/namespace-controller',
        'kube-apiserver',
      ],
    ],
    [
      'create',
      'namespaces/kube-system/pods',
      [
        'kube-system/daemon-set-controller',
        'kube-system/job-controller',
        'kube-system/persistent-volume-binder',
        'kube-system/replicaset-controller',
        'kube-system/replication-controller',
        'kube-system/statefulset-controller',
        'kubelet',
      ],
    ],
  ];
  it.each(BY_HAND)('say who can %s %s', async (verb, resource, who) => {
    const { graph } = await loadPaths([DATA]);
    const view = await viewOf(graph.nodes, graph.edges);
    const page = await view.whoCan({ action: verb, resource: `${C}/${resource}`, reach: 'ENTITLED', first: 1000 });
    const ids = who.map((name) => `${C}/${name.includes('/') ? 'serviceaccounts' : 'users'}/${name}`);
    expect(page.items.map((item) => `${item.identity} ${item.decision}`)).toEqual(ids.map((id) => `${id} ALLOWED`));
  });

  it('say why', async () => {
    const { graph } = await loadPaths([DATA]);
    const view = await viewOf(graph.nodes, graph.edges);
    const why = await view.whyHasAccess({
      identity: `${C}/serviceaccounts/monitoring/prometheus-adapter`,
      action: 'get',
      resource: `${C}/namespaces/kube-system/configmaps:extension-apiserver-authentication`,
      reach: 'ENTITLED',
    });
    expect(why.pathCount).toBe(1);
    expect(why.paths[0]?.edges.map((edge) => edge.evidence?.replace(`${DATA}/`, ''))).toEqual([
      'kube-prometheus/manifests/prometheusAdapter-roleBindingAuthReader.yaml:16 RoleBinding kube-system/resource-metrics-auth-reader subjects[0]',
      'kubernetes-bootstrappolicy/namespace-roles.yaml:50 Role kube-system/extension-apiserver-authentication-reader rules[0]',
    ]);
  });

  it('when damaged, load or are refused with a reason', async () => {
    announceSeed();
    const originals = filesBelow(DATA);
    const load = (path: string) => kubernetesLoader.load({ paths: [path], source: 'c', options: {} });
    const outcome = await fuzz({ originals, seed: SEED, rounds: 600, load, check: checkWhole });
    expect(outcome.loaded + outcome.refused).toBe(600);
    expect(outcome.refused).toBeGreaterThan(60);
  }, 120_000);
});

describe('damaged manifests', () => {
  it('load or are refused with a reason', async () => {
    announceSeed();
    const shop = resolve(import.meta.dirname, '../fixtures/kubernetes/shop');
    const originals = readdirSync(shop).map((name) => join(shop, name));
    const load = (path: string) => kubernetesLoader.load({ paths: [path], source: 'c', options: {} });
    const outcome = await fuzz({ originals, seed: SEED, rounds: 800, load, check: checkWhole });
    expect(outcome.loaded + outcome.refused).toBe(800);
    expect(outcome.refused).toBeGreaterThan(200);
  }, 120_000);
});
