/** Manifests that are wrong: what is said about them, and where. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GrantlensError, InputError } from '../../engine/model/index.ts';
import { inFolder, loadFiles, loadPaths, loadYaml } from '../support/kubernetes.ts';

const ROLE = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: r
rules:
- apiGroups: [""]
  resources: [pods]
  verbs: [get]
`;
const BINDING = `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: b
  namespace: n
roleRef:
  kind: ClusterRole
  name: r
subjects:
- kind: User
  name: u
`;

/** `FILE:LINE: FIELD: MESSAGE` of each problem, the folder left out. */
async function problemsOf(work: Promise<unknown>): Promise<readonly string[]> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).problems.map(({ file, line, field, message }) =>
    [`${file?.split('/').at(-1) ?? ''}${line === undefined ? '' : `:${line}`}`, field, message]
      .filter((part) => part !== undefined && part !== '')
      .join(': '),
  );
}

const swap = (text: string, from: string, to: string): string => {
  expect(text).toContain(from);
  return text.replace(from, to);
};

describe('an object that Kubernetes would refuse', () => {
  const CASES: readonly (readonly [title: string, yaml: string, problem: string])[] = [
    [
      'verb for verbs',
      swap(ROLE, 'verbs:', 'verb:'),
      'manifest.yaml:8: rules[0].verb: unknown field; known are verbs, apiGroups, resources, resourceNames, nonResourceURLs',
    ],
    [
      'no verbs',
      swap(ROLE, 'verbs: [get]', 'verbs: []'),
      'manifest.yaml:8: rules[0].verbs: is missing; a rule needs at least one verb',
    ],
    [
      'no API groups',
      swap(ROLE, 'apiGroups: [""]', 'apiGroups: []'),
      'manifest.yaml:6: rules[0].apiGroups: is missing; write [""] for the core group',
    ],
    [
      'no resources',
      swap(ROLE, 'resources: [pods]', 'resources:'),
      'manifest.yaml:7: rules[0].resources: is missing; a rule needs resources or nonResourceURLs',
    ],
    [
      'a verb that is no list',
      swap(ROLE, 'verbs: [get]', 'verbs: get'),
      'manifest.yaml:8: rules[0].verbs: must be a list, is the string get',
    ],
    [
      'a verb that is no text',
      swap(ROLE, 'verbs: [get]', 'verbs: [get, 7]'),
      'manifest.yaml:8: rules[0].verbs[1]: must be text, is the number 7 (put it in quotes)',
    ],
    ['an empty verb', swap(ROLE, 'verbs: [get]', "verbs: ['']"), 'manifest.yaml:8: rules[0].verbs[0]: is empty'],
    [
      'a resource that is no word',
      swap(ROLE, 'resources: [pods]', 'resources: ["pöds"]'),
      'manifest.yaml:7: rules[0].resources[0]: must be ASCII without spaces, at most 253 letters',
    ],
    [
      'resources and URLs',
      `${ROLE}  nonResourceURLs: [/x]\n`,
      'manifest.yaml:9: rules[0].nonResourceURLs: cannot stand in one rule with apiGroups, resources or resourceNames; make two rules of it',
    ],
    [
      'URLs in a Role',
      swap(
        swap(ROLE, 'kind: ClusterRole', 'kind: Role'),
        '- apiGroups: [""]\n  resources: [pods]\n  verbs: [get]',
        '- nonResourceURLs: [/x]\n  verbs: [get]',
      ),
      'manifest.yaml:6: rules[0].nonResourceURLs: only a ClusterRole can grant them',
    ],
    [
      'aggregation in a Role',
      `${swap(ROLE, 'kind: ClusterRole', 'kind: Role')}aggregationRule: {}\n`,
      'manifest.yaml:9: aggregationRule: unknown field; known are apiVersion, kind, metadata, rules',
    ],
    [
      'an unknown operator',
      `${ROLE}aggregationRule:\n  clusterRoleSelectors:\n  - matchExpressions:\n    - {key: a, operator: Equals}\n`,
      'manifest.yaml:12: aggregationRule.clusterRoleSelectors[0].matchExpressions[0].operator: must be one of In, NotIn, Exists, DoesNotExist',
    ],
    [
      'a mistyped label field',
      swap(ROLE, '  name: r\n', '  name: r\n  lables: {a: b}\n'),
      'manifest.yaml:5: metadata.lables: unknown field; known are name,',
    ],
    ['no name', swap(ROLE, '  name: r\n', '  labels: {}\n'), 'manifest.yaml:3: metadata.name: is missing'],
    [
      'a name with a slash',
      swap(ROLE, 'name: r', 'name: a/b'),
      'manifest.yaml:4: metadata.name: "a/b" must not hold "/" or "%"',
    ],
    ['no metadata', swap(ROLE, 'metadata:\n  name: r\n', ''), 'manifest.yaml:1: metadata: is missing'],
    [
      'a namespace that is none',
      swap(BINDING, 'namespace: n', 'namespace: N_1'),
      'manifest.yaml:5: metadata.namespace: "N_1" is no namespace',
    ],
    [
      'a kind that RBAC has not',
      swap(ROLE, 'kind: ClusterRole', 'kind: Clusterrole'),
      'manifest.yaml:2: kind: rbac.authorization.k8s.io has no kind "Clusterrole"; it has Role, ClusterRole, RoleBinding, ClusterRoleBinding',
    ],
    [
      'a version that is gone',
      swap(ROLE, 'io/v1', 'io/v1alpha1'),
      'manifest.yaml:1: apiVersion: must be rbac.authorization.k8s.io/v1 or rbac.authorization.k8s.io/v1beta1',
    ],
    [
      'no kind',
      swap(ROLE, 'kind: ClusterRole\n', ''),
      'manifest.yaml:1: kind: is missing: this is no Kubernetes object; leave its file out',
    ],
    [
      'no apiVersion',
      swap(ROLE, 'apiVersion: rbac.authorization.k8s.io/v1\n', ''),
      'manifest.yaml:1: apiVersion: is missing',
    ],
    ['no object at all', 'just a text\n', 'manifest.yaml:1: must be an object with apiVersion and kind'],
    [
      'no role',
      swap(BINDING, 'roleRef:\n  kind: ClusterRole\n  name: r\n', ''),
      'manifest.yaml:1: roleRef: is missing; a binding must say which role it gives',
    ],
    [
      'a role of another kind',
      swap(BINDING, 'kind: ClusterRole', 'kind: User'),
      'manifest.yaml:7: roleRef.kind: must be Role or ClusterRole in a RoleBinding',
    ],
    [
      'a Role for the cluster',
      swap(swap(BINDING, 'kind: RoleBinding', 'kind: ClusterRoleBinding'), 'kind: ClusterRole\n', 'kind: Role\n'),
      'manifest.yaml:7: roleRef.kind: must be ClusterRole in a ClusterRoleBinding',
    ],
    [
      'a subject of no kind',
      swap(BINDING, 'kind: User', 'kind: Users'),
      'manifest.yaml:10: subjects[0].kind: must be one of User, Group, ServiceAccount',
    ],
    [
      'a subject without a name',
      swap(BINDING, '- kind: User\n  name: u', '- kind: User'),
      'manifest.yaml:10: subjects[0].name: is missing',
    ],
    [
      'a subject of another API group',
      `${BINDING}  apiGroup: rbac\n`,
      'manifest.yaml:12: subjects[0].apiGroup: must be "rbac.authorization.k8s.io"',
    ],
    [
      'subjects that are no list',
      swap(BINDING, 'subjects:\n- kind: User\n  name: u', 'subjects: {kind: User, name: u}'),
      'manifest.yaml:9: subjects: must be a list, is an object',
    ],
    [
      'a service account of nowhere',
      swap(swap(BINDING, 'kind: RoleBinding', 'kind: ClusterRoleBinding'), 'kind: User', 'kind: ServiceAccount'),
      'manifest.yaml:10: subjects[0].namespace: is missing; a ClusterRoleBinding must say where its service account is',
    ],
    [
      'an unknown field of a service account',
      'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: s}\nautomount: false\n',
      'manifest.yaml:4: automount: unknown field; known are',
    ],
    ['items that are no list', 'apiVersion: v1\nkind: List\nitems: {}\n', 'manifest.yaml:3: items: must be a list'],
    [
      'a list in a list',
      'apiVersion: v1\nkind: List\nitems:\n- kind: List\n  items: []\n',
      'manifest.yaml:4: items[0]: is a list within a list; write its items out',
    ],
  ];
  it.each(CASES)('%s', async (_title, yaml, problem) => {
    const problems = await problemsOf(loadYaml(yaml));
    expect(
      problems.some((one) => one.startsWith(problem)),
      problems.join('\n'),
    ).toBe(true);
  });

  it('is told together with all others, with lines that count through the documents', async () => {
    const yaml = `${swap(ROLE, 'verbs:', 'verb:')}---\n${swap(BINDING, 'kind: User', 'kind: Users')}`;
    expect((await problemsOf(loadYaml(yaml))).map((problem) => problem.slice(0, 40))).toEqual([
      'manifest.yaml:8: rules[0].verb: unknown ',
      'manifest.yaml:6: rules[0].verbs: is miss',
      'manifest.yaml:19: subjects[0].kind: must',
    ]);
  });

  it('is found in JSON by line, too', async () => {
    const text = JSON.stringify(
      {
        apiVersion: 'v1',
        kind: 'List',
        items: [
          {
            kind: 'Role',
            apiVersion: 'rbac.authorization.k8s.io/v1',
            metadata: { name: 'a"}]b', namespace: 'n' },
            rules: [{ verb: [1] }],
          },
        ],
      },
      null,
      1,
    );
    const line = text.split('\n').findIndex((one) => one.includes('"verb"')) + 1;
    expect(await problemsOf(loadFiles({ 'a.json': text }))).toContain(
      `a.json:${line}: items[0].rules[0].verb: unknown field; known are verbs, apiGroups, resources, resourceNames, nonResourceURLs`,
    );
  });
});

describe('a file that is no manifest', () => {
  const CASES: readonly (readonly [title: string, name: string, text: string | Uint8Array, problem: string])[] = [
    ['an empty file', 'a.yaml', '', 'a.yaml: the file is empty'],
    [
      'nothing but comments',
      'a.yaml',
      '# a\n---\n# b\n',
      'a.yaml: no object of RBAC is in it; is this the right place?',
    ],
    [
      'only other kinds',
      'a.yaml',
      'apiVersion: v1\nkind: Service\nmetadata: {name: a}\n',
      'a.yaml: no object of RBAC is in it',
    ],
    ['a cut-off flow map', 'a.yaml', '{apiVersion: v1, kind: Role, metadata: {name: a', 'a.yaml:1: '],
    ['a cut-off text', 'a.yaml', 'apiVersion: v1\nkind: "Ro', 'a.yaml:2: '],
    ['wrong indentation', 'a.yaml', 'kind: Role\n  name: a\n', 'a.yaml:1: '],
    ['a tab for indentation', 'a.yaml', 'metadata:\n\tname: a\n', 'a.yaml:2: '],
    ['a template', 'a.yaml', 'kind: Role\nmetadata: {{ .Values.name }}\n', 'a.yaml:2: '],
    [
      'a key twice',
      'a.yaml',
      'kind: Role\nmetadata: {name: a}\nkind: Role\n',
      'a.yaml:3: the key "kind" stands twice in one map; remove one',
    ],
    ['an alias to nothing', 'a.yaml', 'kind: *no\n', 'a.yaml:1: '],
    ['an alias to itself', 'a.yaml', 'a: &a\n  b: *a\n', 'a.yaml:2: the alias *a has no anchor before it'],
    ['a key that is no text', 'a.yaml', '? [a]\n: b\n', 'a.yaml:1: a key of a map must be text'],
    ['deep nesting', 'a.yaml', `a: ${'['.repeat(300)}${']'.repeat(300)}\n`, 'a.yaml:1: nests deeper than 200 levels'],
    ['very deep nesting', 'a.yaml', `a: ${'['.repeat(100_000)}`, 'a.yaml:1: '],
    [
      'cut-off JSON',
      'a.json',
      '{"apiVersion": "v1", "kind": "Ro',
      'a.json:1: column 33: the text ends before its end; it was cut off',
    ],
    [
      'JSON with a key twice',
      'a.json',
      '{"kind": "a",\n"kind": "b"}',
      'a.json:2: kind: column 1: the key "kind" stands twice',
    ],
  ];
  it.each(CASES)('%s', async (_title, name, text, problem) => {
    const problems = await problemsOf(loadFiles({ [name]: text }));
    expect(
      problems.some((one) => one.startsWith(problem)),
      problems.join('\n'),
    ).toBe(true);
  });

  it('says what to do about a template', async () => {
    const problems = await problemsOf(loadYaml('kind: Role\nmetadata: {{ .Values.name }}\n'));
    expect(problems.join()).toContain('render it first, for example with helm template');
  });

  it('cannot blow up by aliases', async () => {
    const names = [...'abcdefghijklm'];
    const lines = names.map((name, i) => {
      const inner = i === 0 ? 'x' : `*${names[i - 1]}`;
      return `${name}: &${name} [${Array(10).fill(inner).join(', ')}]`;
    });
    const [problem] = await problemsOf(loadYaml(lines.join('\n')));
    expect(problem).toBe('manifest.yaml:7: written out, the document holds more than 5000000 values; split it up');
  });

  it('cannot blow up by one long line', async () => {
    const [yaml] = await problemsOf(loadFiles({ 'a.yaml': `a:\n- [${'a,'.repeat(25 * 1024 * 1024)}]` }));
    expect(yaml).toMatch(/^a\.yaml:2: the line is longer than 8 MiB/);
    const long = JSON.stringify({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'a'.repeat(50 * 1024 * 1024) },
    });
    const [json] = await problemsOf(loadFiles({ 'a.json': long }));
    expect(json).toBe('a.json:1: metadata.name: is 52428800 characters long; at most 1024 are taken');
  });

  it('names the place where it stops being UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('kind: Role\nname: '), Buffer.from([0xe9, 0x0a])]);
    await expect(loadFiles({ 'a.yaml': bytes })).rejects.toMatchObject({
      code: 'INPUT_UNREADABLE',
      message: expect.stringMatching(/a\.yaml:2: byte 0xE9 is not UTF-8/),
    });
  });

  it('may be missing', async () => {
    await expect(loadPaths(['/nowhere/at/all'], 'c')).rejects.toMatchObject({ code: 'INPUT_NOT_FOUND' });
    await inFolder({ 'a.txt': 'a' }, async (folder) => {
      await expect(loadPaths([folder], 'c')).rejects.toThrow('holds no file that ends in .yaml, .yml, .json');
      await writeFile(join(folder, 'a.yaml.gz'), 'no archive');
      await expect(loadPaths([folder], 'c')).rejects.toMatchObject({ code: 'INPUT_UNREADABLE' });
    });
  });
});

describe('objects that are defined twice', () => {
  it('differently in one file are refused with both places', async () => {
    const yaml = `${ROLE}---\n${swap(ROLE, 'verbs: [get]', 'verbs: [list]')}`;
    const [problem] = await problemsOf(loadYaml(yaml));
    expect(problem).toMatch(
      /^manifest\.yaml:10: ClusterRole r is defined differently at .*manifest\.yaml:1; keep one of the two$/,
    );
  });

  it('with the same meaning in one file are one', async () => {
    await expect(
      loadYaml(`${ROLE}---\n${swap(ROLE, 'name: r', 'name: r\n  annotations: {a: b}')}`),
    ).resolves.toBeDefined();
  });
});

describe('options', () => {
  it('are checked before anything is read', async () => {
    const wrong = loadPaths(['.'], 'c', { namespace: 'A B' });
    await expect(wrong).rejects.toBeInstanceOf(GrantlensError);
    await expect(wrong).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    await expect(loadPaths(['.'], '')).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });
});
