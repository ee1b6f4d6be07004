/** Random clusters: what the loaded graph answers is what the RBAC authorizer answers on the same manifests. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Answers, loadFiles } from '../support/kubernetes.ts';
import { authorized, type RawObject, type RbacRequest } from '../support/rbac-evaluator.ts';
import { announceSeed, runs } from '../support/seed.ts';

const RBAC = 'rbac.authorization.k8s.io';
const NAMESPACES = ['n1', 'n2'];
const USERS = ['ada', 'bob', 'system:anonymous'];
const ACCOUNTS = ['n1/s1', 'n1/s2', 'n2/s1'];
const NAMES = ['a', 's1', 'n1', 'ada', 'kube:x'];
const VERBS = ['get', 'list', 'create', 'delete', 'deletecollection', 'impersonate', 'bind'];
const TYPES: readonly (readonly [string, string, string?])[] = [
  ['', 'pods'],
  ['', 'pods', 'exec'],
  ['', 'secrets'],
  ['', 'serviceaccounts'],
  ['', 'serviceaccounts', 'token'],
  ['', 'namespaces'],
  ['', 'nodes'],
  ['', 'users'],
  ['apps', 'deployments'],
  ['apps', 'deployments', 'scale'],
  ['x.io', 'widgets'],
  ['x.io', 'pods'],
  ['x.io', 'widgets', 'scale'],
  ['x', 'io.widgets'],
  [RBAC, 'clusterroles'],
];
const URLS = ['/healthz', '/healthz/etcd', '/healthzz', '/api/v1', '/'];

const some = <T>(values: readonly T[], maxLength = 2) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength });

const resourceRule = fc.record({
  verbs: some([...VERBS, ...VERBS, '*', 'Get', 'g*']),
  apiGroups: some(['', '', 'apps', 'x.io', 'x', RBAC, '*', 'x.*']),
  resources: some([
    ...TYPES.map(([, resource, sub]) => (sub === undefined ? resource : `${resource}/${sub}`)),
    '*',
    '*/scale',
    '*/exec',
    'pods/*',
    'p*',
  ]),
  resourceNames: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: some(NAMES) }),
});
const urlRule = fc.record({
  verbs: some(['get', 'list', '*']),
  nonResourceURLs: some(['*', '/healthz', '/healthz/*', '/healthz*', '/api*', '/**', 'healthz', '/a*b']),
});
const labels = fc.dictionary(fc.constantFrom('l', 'm'), fc.constantFrom('1', '2'));
const selector = fc.oneof(
  fc.record({ matchLabels: labels }),
  fc.record({
    matchExpressions: fc.array(
      fc.oneof(
        fc.record({
          key: fc.constantFrom('l', 'm'),
          operator: fc.constantFrom('In', 'NotIn'),
          values: some(['1', '2']),
        }),
        fc.record({ key: fc.constantFrom('l', 'm'), operator: fc.constantFrom('Exists', 'DoesNotExist') }),
      ),
      { minLength: 1, maxLength: 2 },
    ),
  }),
);

const clusterRole = fc.record({
  labels,
  rules: fc.array(fc.oneof({ weight: 4, arbitrary: resourceRule }, { weight: 1, arbitrary: urlRule }), {
    maxLength: 3,
  }),
  selectors: fc.option(fc.array(selector, { maxLength: 2 }), { freq: 3, nil: undefined }),
});
const role = fc.array(resourceRule, { maxLength: 3 });

const subject = fc.oneof(
  fc.constantFrom(...USERS, 'system:serviceaccount:n1:s1').map((name) => ({ kind: 'User', name })),
  fc
    .constantFrom(
      'system:authenticated',
      'system:unauthenticated',
      'system:serviceaccounts',
      'system:serviceaccounts:n1',
      'crew',
    )
    .map((name) => ({ kind: 'Group', name })),
  fc.constantFrom(...ACCOUNTS).map((account) => {
    const [namespace, name] = account.split('/');
    return { kind: 'ServiceAccount', name: name!, namespace: namespace! };
  }),
);
const ref = fc.constantFrom(
  { kind: 'ClusterRole', name: 'cr0' },
  { kind: 'ClusterRole', name: 'cr1' },
  { kind: 'ClusterRole', name: 'cr2' },
  { kind: 'ClusterRole', name: 'nowhere' },
  { kind: 'Role', name: 'r' },
);
const binding = fc.record({
  namespace: fc.constantFrom(undefined, ...NAMESPACES),
  roleRef: ref,
  subjects: fc.array(subject, { minLength: 1, maxLength: 3 }),
});

const cluster = fc
  .record({
    clusterRoles: fc.array(clusterRole, { minLength: 3, maxLength: 3 }),
    roles: fc.array(role, { minLength: 2, maxLength: 2 }),
    bindings: fc.array(binding, { minLength: 1, maxLength: 5 }),
  })
  .map(({ clusterRoles, roles, bindings }): readonly RawObject[] => [
    ...NAMESPACES.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
    ...ACCOUNTS.map((account) => {
      const [namespace, name] = account.split('/');
      return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: name!, namespace: namespace! } };
    }),
    ...clusterRoles.map(({ labels, rules, selectors }, index) => ({
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRole',
      metadata: { name: `cr${index}`, labels },
      rules,
      ...(selectors === undefined ? {} : { aggregationRule: { clusterRoleSelectors: selectors } }),
    })),
    ...roles.map((rules, index) => ({
      apiVersion: `${RBAC}/v1`,
      kind: 'Role',
      metadata: { name: 'r', namespace: NAMESPACES[index]! },
      rules,
    })),
    ...bindings
      .filter(({ namespace, roleRef }) => namespace !== undefined || roleRef.kind === 'ClusterRole')
      .map(({ namespace, roleRef, subjects }, index) => ({
        apiVersion: `${RBAC}/v1`,
        kind: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
        metadata: namespace === undefined ? { name: `b${index}` } : { name: `b${index}`, namespace },
        roleRef: { ...roleRef, apiGroup: RBAC },
        subjects,
      })),
  ]);

const idOfUser = (user: string): string => {
  const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user);
  return account === null ? `k8s://c/users/${user}` : `k8s://c/serviceaccounts/${account[1]}/${account[2]}`;
};

/** The id of what a request is about, put together as the documentation says. */
function idOfRequest({ url, namespace, group, resource, sub, name }: Omit<RbacRequest, 'user' | 'verb'>): string {
  if (url !== undefined) return `k8s://c/urls${url}`;
  const place = namespace === undefined ? 'k8s://c/resources' : `k8s://c/namespaces/${namespace}`;
  const type = `${resource!.replaceAll('.', '%2E')}${group === '' ? '' : `.${group}`}${sub === undefined ? '' : `/${sub}`}`;
  return `${place}/${type}${name === undefined ? '' : `:${name}`}`;
}

function* requests(): Generator<Omit<RbacRequest, 'user'>> {
  for (const verb of ['get', 'list']) for (const url of URLS) yield { verb, url };
  for (const namespace of [undefined, ...NAMESPACES]) {
    for (const [group, resource, sub] of TYPES) {
      for (const name of [undefined, ...NAMES]) {
        for (const verb of VERBS) {
          // In a namespace, ClusterRoles are asked about for `bind` alone.
          if (resource === 'clusterroles' && namespace !== undefined && verb !== 'bind') continue;
          yield {
            verb,
            group,
            resource,
            ...(namespace === undefined ? {} : { namespace }),
            ...(sub === undefined ? {} : { sub }),
            ...(name === undefined ? {} : { name }),
          };
        }
      }
    }
  }
}

/** The answer, as the documentation of the loader has it. */
function expected(objects: readonly RawObject[], users: readonly string[], request: Omit<RbacRequest, 'user'>): string {
  const ask = (asked: Omit<RbacRequest, 'user'>): boolean =>
    users.some((user) => authorized(objects, { ...asked, user }));
  const { name, ...unnamed } = request;
  if (name === undefined || request.sub !== undefined) return ask(request) ? 'ALLOWED' : 'NONE';
  if (ask(unnamed)) return 'ALLOWED';
  if (['create', 'deletecollection'].includes(request.verb)) return 'NONE';
  if (!ask(request)) return 'NONE';
  return request.verb === 'list' ? 'CONDITIONAL' : 'ALLOWED';
}

/** The user and everybody that it may act as, by impersonation and token requests. */
function actingAs(objects: readonly RawObject[], user: string, known: readonly string[]): readonly string[] {
  const found = new Set([user]);
  for (const one of found) for (const other of known) if (mayBecome(objects, one, other)) found.add(other);
  return [...found];
}

function mayBecome(objects: readonly RawObject[], user: string, other: string): boolean {
  const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(other);
  if (account === null) {
    return authorized(objects, { user, verb: 'impersonate', group: '', resource: 'users', name: other });
  }
  const about = { user, group: '', resource: 'serviceaccounts', namespace: account[1]!, name: account[2]! };
  return (
    authorized(objects, { ...about, verb: 'impersonate' }) ||
    authorized(objects, { ...about, verb: 'create', sub: 'token' })
  );
}

const RUNS = 100;

announceSeed();

describe('a loaded cluster', () => {
  it('answers as the RBAC authorizer does, for every user, verb and resource that there is a node for', async () => {
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(cluster, async (objects) => {
        const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
        const { graph } = await loadFiles({ 'all.json': list });
        const answers = new Answers(graph);
        const users = [...USERS, ...ACCOUNTS.map((account) => `system:serviceaccount:${account.replace('/', ':')}`)];
        const known = users.filter((user) => answers.has(idOfUser(user)));
        for (const user of known) {
          const actors = actingAs(objects, user, known);
          for (const request of requests()) {
            const resource = idOfRequest(request);
            if (!answers.has(resource)) continue;
            asked += 1;
            const place = JSON.stringify({ user, ...request, resource });
            const entitled = answers.check(idOfUser(user), request.verb, resource, 'ENTITLED');
            expect(`${place} ${entitled}`).toBe(`${place} ${expected(objects, [user], request)}`);
            const assumable = answers.check(idOfUser(user), request.verb, resource, 'ASSUMABLE');
            expect(`${place} as ${actors} ${assumable}`).toBe(
              `${place} as ${actors} ${expected(objects, actors, request)}`,
            );
          }
        }
      }),
      runs(RUNS),
    );
    expect(asked).toBeGreaterThan(RUNS * 500);
  }, 120_000);

  it('has a node for every type that a rule names, wherever objects of it can be', async () => {
    await fc.assert(
      fc.asyncProperty(cluster, async (objects) => {
        const { graph } = await loadFiles({
          'all.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
        });
        const answers = new Answers(graph);
        for (const rule of objects.flatMap((object) => object.rules ?? [])) {
          for (const group of rule.apiGroups ?? []) {
            for (const text of rule.resources ?? []) {
              const [resource, sub] = text.split('/');
              if (`${group}${text}`.includes('*')) continue;
              const about = { group, resource: resource!, ...(sub === undefined ? {} : { sub }) };
              expect(answers.has(idOfRequest(about))).toBe(true);
              const isClusterScoped =
                (group === '' && ['nodes', 'users'].includes(resource!)) ||
                (group === RBAC && resource === 'clusterroles');
              if (!isClusterScoped) expect(answers.has(idOfRequest({ ...about, namespace: 'n2' }))).toBe(true);
            }
          }
        }
      }),
      runs(RUNS),
    );
  }, 60_000);
});
