/** A plan as manifests: loaded over those that were there, every decision is as before, after each file. */
import { describe, expect, it } from 'vitest';
import { REACHES } from '../../engine/model/index.ts';
import { exportPlan, makePlan, type RolePlan, restructure, type Target, tidyTarget } from '../../engine/roles/index.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import { greedyMiner } from '../support/greedy-miner.ts';
import { loadFiles } from '../support/kubernetes.ts';
import { accessible, actionsToldApart, type OracleGraph, patternsOf } from '../support/oracle/index.ts';
import { identitiesOf } from '../support/random-graph.ts';
import { roleStateOf } from '../support/role-state.ts';

const AT = 5;
const API = 'rbac.authorization.k8s.io/v1';

const role = (name: string, rules: readonly object[], namespace?: string) => ({
  apiVersion: API,
  kind: namespace === undefined ? 'ClusterRole' : 'Role',
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  rules,
});
const rule = (verbs: readonly string[], resources: readonly string[], more: object = {}) => ({
  apiGroups: [''],
  resources,
  verbs,
  ...more,
});
const user = (name: string) => ({ kind: 'User', name, apiGroup: 'rbac.authorization.k8s.io' });
const bind = (name: string, to: string, subjects: readonly object[], namespace?: string, isCluster = false) => ({
  apiVersion: API,
  kind: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  roleRef: {
    apiGroup: 'rbac.authorization.k8s.io',
    kind: namespace === undefined || isCluster ? 'ClusterRole' : 'Role',
    name: to,
  },
  subjects,
});

const READ = [
  rule(['get', 'list'], ['configmaps', 'services']),
  rule(['get', 'list'], ['configmaps'], { resourceNames: ['motd'] }),
];

/** Two roles that give the same, one that gives a part of it, one that nobody has, and ClusterRoles here and there. */
const SHOP: readonly object[] = [
  role('reader', READ, 'shop'),
  role('viewer', READ, 'shop'),
  role('part', [rule(['get'], ['services'])], 'shop'),
  role('old', [rule(['get'], ['endpoints'])], 'shop'),
  role('metrics', [{ nonResourceURLs: ['/metrics', '/healthz*'], verbs: ['get'] }]),
  role('gauges', [{ nonResourceURLs: ['/metrics', '/healthz*'], verbs: ['get'] }]),
  role('events', [
    rule(['get', 'watch'], ['events']),
    { apiGroups: ['apps'], resources: ['deployments/scale'], verbs: ['get'] },
  ]),
  bind(
    'readers',
    'reader',
    [user('ann'), user('bob'), { kind: 'ServiceAccount', name: 'till', namespace: 'shop' }],
    'shop',
  ),
  bind('viewers', 'viewer', [user('ann'), user('eve')], 'shop'),
  bind('others', 'viewer', [{ kind: 'Group', name: 'staff', apiGroup: 'rbac.authorization.k8s.io' }], 'shop'),
  bind('parts', 'part', [user('bob'), user('kim')], 'shop'),
  bind('metrics', 'metrics', [user('ann'), user('kim')]),
  bind('gauges', 'gauges', [user('ann')]),
  bind('events', 'events', [user('eve'), user('kim')], 'shop', true),
  bind('all-events', 'events', [user('eve')]),
];

const yaml = (objects: readonly object[]): string => objects.map((each) => JSON.stringify(each)).join('\n---\n');

async function planOf(
  graph: OracleGraph,
  target: (state: NonNullable<Awaited<ReturnType<typeof roleStateOf>>>) => Promise<Target>,
) {
  const state = (await roleStateOf(graph, AT))!;
  return makePlan(state, await target(state), {}, new Pace());
}

/** What anybody can do, on what was there before. */
function decisions(graph: OracleGraph, of: OracleGraph): readonly string[] {
  const actions = actionsToldApart(patternsOf(of));
  const known = new Set(of.nodes.map(({ id }) => id));
  return REACHES.flatMap((reach) =>
    identitiesOf(of).flatMap((identity) =>
      [...accessible(graph, identity, actions, { reach, at: AT })]
        .filter(([resource]) => known.has(resource))
        .flatMap(([resource, can]) => [...can].map((one) => JSON.stringify([reach, identity, resource, one])))
        .sort(),
    ),
  );
}

async function mustGiveTheSame(objects: readonly object[], plan: RolePlan): Promise<number> {
  const files: Record<string, string> = { 'a.yaml': yaml(objects) };
  const before = (await loadFiles(files)).graph;
  expect(decisions(before, before).length).toBeGreaterThan(30);
  const told = exportPlan(plan, 'kubernetes');
  for (const { name, text } of told) {
    files[name] = text;
    expect(decisions((await loadFiles(files)).graph, before), name).toEqual(decisions(before, before));
  }
  return told.length;
}

describe('a plan as manifests of Kubernetes', () => {
  it('takes away what is plainly too much, and nobody gains or loses anything after any file', async () => {
    const { graph } = await loadFiles({ 'a.yaml': yaml(SHOP) });
    const plan = await planOf(graph, async (state) => tidyTarget(state));
    expect(plan.roles.filter(({ fate }) => fate === 'RETIRED').length).toBeGreaterThan(1);
    expect(await mustGiveTheSame(SHOP, plan)).toBeGreaterThan(1);
    const text = exportPlan(plan, 'kubernetes')
      .map((file) => file.text)
      .join('');
    expect(text).toContain('"subjects":[]');
  });

  it('makes roles that were looked for, or says what no manifest can say', async () => {
    const { graph } = await loadFiles({ 'a.yaml': yaml(SHOP) });
    let made = 0;
    const state = (await roleStateOf(graph, AT))!;
    const { front } = await restructure(state, greedyMiner, [0, 0.5, 5], new Pace());
    for (const { target } of front) {
      const fresh = { ...target, roles: target.roles.map(({ basedOn: _, ...each }) => each) };
      for (const each of [target, fresh]) {
        const plan = await makePlan(state, each, {}, new Pace());
        try {
          exportPlan(plan, 'kubernetes');
        } catch (error) {
          expect(error).toMatchObject({ code: 'EXPORT_UNSUPPORTED' });
          continue;
        }
        made += plan.roles.some(({ fate }) => fate === 'NEW') && (await mustGiveTheSame(SHOP, plan)) > 0 ? 1 : 0;
      }
    }
    expect(made).toBeGreaterThan(0);
  });

  it('refuses what cannot be said, and says what it is', async () => {
    const { graph } = await loadFiles({ 'a.yaml': yaml(SHOP) });
    const plan = await planOf(graph, async (state) => tidyTarget(state));
    const put = plan.steps.flatMap(({ changes }) => changes).find((change) => change.op === 'PUT_EDGE')!;
    const dated = { ...put, edge: { ...put.edge, validTo: 100 } };
    const steps = [{ ...plan.steps[0]!, changes: [dated], inverse: [] }];
    expect(() => exportPlan({ ...plan, steps }, 'kubernetes')).toThrow(/under a condition or for a time/);
    const elsewhere = plan.roles.map((each) => ({ ...each, id: each.id.replace('k8s://', 'x://') }));
    const moved = JSON.parse(JSON.stringify({ ...plan, roles: elsewhere }).replaceAll('k8s://', 'x://'));
    expect(() => exportPlan(moved, 'kubernetes')).toThrow(/is no role of a cluster/);
  });
});
