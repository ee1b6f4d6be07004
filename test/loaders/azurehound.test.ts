import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EdgeKind, Reach } from '../../engine/model/index.ts';
import { BUILT_IN_ROLES } from '../../loaders/azurehound/built-in-roles.ts';
import { azurehoundLoader } from '../../loaders/azurehound/index.ts';
import { type Collected, collect } from '../support/collect.ts';
import { fuzz } from '../support/mutate.ts';
import { refusalOf } from '../support/refusal.ts';
import { announceSeed, runs, SEED } from '../support/seed.ts';
import { expectSound } from '../support/sound-changes.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { viewOf } from '../support/view-of.ts';
import { zipOf } from '../support/zip.ts';

const folder = temporaryFolder();
const FIXTURE = join(import.meta.dirname, '../fixtures/azurehound');
const DIRECTORY = join(FIXTURE, 'directory.json');
const AZURE = join(FIXTURE, 'azure.json');
const BUILT_IN = join(import.meta.dirname, '../../../shared/data/cloud-roles/azure-built-in-roles.json.gz');
announceSeed();

const T = '11111111-1111-4111-8111-111111111111';
const id = (kind: string) => (n: number) => `${kind}000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [user, group, sp, app, device] = ['A1', 'B2', 'C3', 'D4', 'F6'].map(id) as [Of, Of, Of, Of, Of];
type Of = (n: number) => string;
const SUB = '/SUBSCRIPTIONS/22222222-2222-4222-8222-222222222222';
const PROD = `${SUB}/RESOURCEGROUPS/PROD`;
const VM = `${PROD}/PROVIDERS/MICROSOFT.COMPUTE/VIRTUALMACHINES/WEB`;
const VAULT = (name: string): string => `${PROD}/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/${name}`;
const STORAGE = (name: string): string => `${PROD}/PROVIDERS/MICROSOFT.STORAGE/STORAGEACCOUNTS/${name}`;
const PLATFORM = `/PROVIDERS/MICROSOFT.MANAGEMENT/MANAGEMENTGROUPS/PLATFORM@${T}`;
const READ_BLOB = 'data:Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';
const READ_SECRET = 'data:Microsoft.KeyVault/vaults/secrets/getSecret/action';

const load = async (
  paths: readonly string[],
  options: Record<string, string> = {},
  source?: string,
): Promise<Collected> =>
  collect(await azurehoundLoader.load({ paths, options, ...(source === undefined ? {} : { source }) }));

const edgesOf = ({ edges }: Collected, kind: EdgeKind, ends: { from?: string; to?: string } = {}): string[] => [
  ...new Set(
    edges
      .filter((edge) => edge.kind === kind && edge.from.endsWith(ends.from ?? '') && edge.to.endsWith(ends.to ?? ''))
      .map(({ from, to, technique, actions }) => `${from} ${technique ?? actions?.join() ?? ''} ${to}`)
      .sort(),
  ),
];

const conditionsOf = ({ edges }: Collected, from: string, to: string): readonly (string | undefined)[] =>
  edges
    .filter((edge) => edge.from === from && edge.to === to && edge.kind !== 'OWNS')
    .map(({ condition }) => condition);

/** A file of AzureHound with these objects. */
const fileOf = (name: string, objects: readonly unknown[], meta: object = {}): string =>
  folder.file(
    name,
    JSON.stringify({ data: objects, meta: { type: 'azure', version: 5, count: objects.length, ...meta } }),
  );
const inTenant = (kind: string, data: object) => ({ kind, data: { tenantId: T, ...data } });

/** Ways of an identity to contexts and resources, decided by the engine. */
async function answersOf({ nodes, edges }: Collected) {
  const view = await viewOf(nodes, [...new Map(edges.map((edge) => [edge.id, edge])).values()]);
  return {
    decide: async (identity: string, action: string, resource: string, reach: Reach = 'ENTITLED') =>
      (await view.check({ identity, action, resource, reach })).decision,
    whoCan: async (action: string, resource: string, reach: Reach = 'ENTITLED') =>
      (await view.whoCan({ action, resource, reach, includeDisabled: true })).items.map(
        (row) => `${row.identity} ${row.decision}`,
      ),
    techniques: async (identity: string, action: string, resource: string) => {
      const { items } = await view.accessPaths({ identity, action, resource, reach: 'ESCALATION' });
      return items.find(({ decision }) => decision === 'ALLOWED')!.edges.map((edge) => edge.technique ?? edge.kind);
    },
  };
}

describe('a collection of AzureHound', () => {
  let acme: Collected;
  let ask: Awaited<ReturnType<typeof answersOf>>;
  beforeAll(async () => {
    acme = await load([FIXTURE]);
    ask = await answersOf(acme);
  });

  it('is sound; its directory and Azure are two sources', () => {
    expectSound(acme);
    expect(acme.complete).toEqual([`azure:${T}`, `entra:${T}`]);
    expect(acme.report.unresolved).toEqual([
      'A1000000-0000-4000-8000-000000000404',
      '99000000-0000-4000-8000-000000000001',
    ]);
    expect(acme.report.skipped.map(({ why }) => why)).toEqual([
      expect.stringMatching(/no definition is known.* 99999999-9999-4999-8999-999999999999$/),
      'lists entries without an id, which name nobody',
      'records of the type "AZSomethingNew" are not known here',
    ]);
  });

  it('tells accounts; one of which `accountEnabled` is left out is disabled', () => {
    const node = (of: string) => acme.nodes.find((one) => one.id === of)!;
    expect(node(user(1))).toEqual({
      kind: 'User',
      id: user(1),
      source: `entra:${T}`,
      name: 'ada@acme.test',
      attributes: {
        department: 'Finance',
        displayName: 'ADA LOVELACE',
        email: 'ada@acme.test',
        enabled: true,
        tenantId: T,
        title: 'Clerk',
        userPrincipalName: 'ada@acme.test',
        userType: 'Member',
      },
    });
    expect(node(user(7)).attributes).toMatchObject({ enabled: false });
    expect(node(sp(4))).toMatchObject({
      kind: 'ServiceAccount',
      attributes: { servicePrincipalType: 'ManagedIdentity' },
    });
    expect([node(device(1)).kind, node(`${device(1)}/machine`).resourceType]).toEqual(['ServiceAccount', 'device']);
  });

  it('nests groups, and leaves those in a group out of what applications are assigned to it', async () => {
    expect(edgesOf(acme, 'MEMBER_OF', { to: group(1) })).toEqual([
      `${user(2)}  ${group(1)}`,
      `${group(2)}  ${group(1)}`,
    ]);
    expect(await ask.whoCan('Payroll.Run', `${sp(1)}/api`)).toEqual([`${user(2)} ALLOWED`]);
  });

  it('puts resources into groups, subscriptions, management groups and a root', () => {
    const outer = (inner: string) => acme.edges.find(({ kind, to }) => kind === 'CONTAINS' && to === inner)?.from;
    expect(outer(`${STORAGE('LOGS')}/BLOBSERVICES/DEFAULT/CONTAINERS/AUDIT`)).toBe(STORAGE('LOGS'));
    expect([outer(VM), outer(PROD), outer(SUB)]).toEqual([PROD, SUB, PLATFORM]);
    expect(outer(`/PROVIDERS/MICROSOFT.MANAGEMENT/MANAGEMENTGROUPS/ROOT@${T}`)).toBe(`/@${T}`);
    // A slot that only an assignment names stands in for itself.
    const slot = acme.nodes.find(({ name }) => name === 'BLUE')!;
    expect(slot).toMatchObject({ kind: 'Resource', resourceType: 'microsoft.web/sites/slots' });
  });

  it('takes assignments at the scope that they name, with NotActions as a difference', async () => {
    expect(edgesOf(acme, 'HAS_ROLE', { from: sp(4) })).toHaveLength(1);
    const contributor = acme.edges.find(
      ({ kind, from }) => kind === 'GRANTS' && from.startsWith('B24988AC') && from.endsWith('PROD'),
    )!;
    expect(contributor).toMatchObject({ actions: ['*'], effect: 'ALLOW' });
    expect(contributor.exceptActions).toEqual(expect.arrayContaining(['Microsoft.Authorization/*/Write', 'data:*']));
    expect(await ask.decide(user(1), 'Microsoft.Compute/virtualMachines/restart/action', VM)).toBe('ALLOWED');
    expect(await ask.decide(user(1), 'Microsoft.Authorization/roleAssignments/write', VM)).toBe('NONE');
  });

  it('keeps the data plane from the wildcards of the control plane', async () => {
    expect(await ask.decide(user(2), READ_BLOB, STORAGE('LOGS'))).toBe('NONE');
    expect(await ask.decide(user(2), 'Microsoft.Storage/storageAccounts/listKeys/action', STORAGE('LOGS'))).toBe(
      'ALLOWED',
    );
    // The keys of the account open its data, where it takes keys.
    expect(await ask.decide(user(1), READ_BLOB, STORAGE('LOGS'), 'ESCALATION')).toBe('ALLOWED');
    expect(edgesOf(acme, 'CONTROLS', { to: '/take-over/storage' }).join()).not.toContain('KEYLESS');
  });

  it('takes conditions of assignments, roles to be activated and unknown roles for conditions', async () => {
    expect(await ask.decide(user(9), READ_BLOB, STORAGE('LOGS'))).toBe('CONDITIONAL');
    expect(await ask.decide(user(9), 'microsoft.directory/users/allProperties/allTasks', T)).toBe('CONDITIONAL');
    expect(acme.edges.find(({ key }) => key === 'eligible E1')).toMatchObject({
      condition: 'eligible: it has to be activated with an approval, multi-factor authentication',
      validFrom: Date.UTC(2024, 0, 1),
    });
    expect(await ask.decide(sp(1), 'Microsoft.Compute/virtualMachines/delete', VM)).toBe('CONDITIONAL');
  });

  it('knows whose passwords a role may reset', () => {
    const classes = new Map(
      acme.edges.flatMap(({ from, to }) =>
        from.includes('/control/passwords-') ? [[to, from.split('passwords-')[1]!]] : [],
      ),
    );
    const letters = (n: number) => classes.get(user(n)) ?? '';
    // Ada reads the directory, Hal is Helpdesk Administrator, Pim could become Global Administrator.
    expect([1, 3, 9, 13].map(letters)).toEqual(['AHPU', 'HU', 'achptu', 'ACHPTU']);
    // Global Administrator; member of a role-assignable group; owner of one.
    expect([5, 10, 4].map(letters)).toEqual(['', '', '']);
    expect(conditionsOf(acme, `${T}/control/passwords-ACHPTU`, user(6))).toEqual([
      expect.stringMatching(/written back/),
    ]);
    expect(conditionsOf(acme, `${T}/control/passwords-ACHPTU`, user(8))).toEqual([expect.stringMatching(/guest/)]);
  });

  it('lets owners add secrets and members', () => {
    expect(edgesOf(acme, 'CONTROLS', { from: user(13) })).toEqual([
      `${user(13)} AddMembers ${group(2)}`,
      `${user(13)} AddMembers ${group(4)}`,
      `${user(13)} AddSecret ${sp(1)}`,
    ]);
    expect(conditionsOf(acme, user(13), group(4))).toEqual([expect.stringMatching(/on premises/)]);
    // Its file names the second application by its object.
    expect(edgesOf(acme, 'CONTROLS', { from: user(2) })).toEqual([`${user(2)} AddSecret ${sp(2)}`]);
    expect(edgesOf(acme, 'OWNS', { from: user(2) })).toEqual([`${user(2)}  ${app(2)}`]);
  });

  it('takes a role over an application, or over a unit that the collector calls the tenant, for no more than that', () => {
    expect(edgesOf(acme, 'CONTROLS', { from: `@${T}/${app(1)}` }).map((text) => text.split(' ').slice(1))).toEqual([
      ['AddSecret', sp(1)],
    ]);
    const unit = id('33')(1);
    const over = acme.edges.filter(({ kind, from }) => kind === 'CONTROLS' && from.endsWith(`@${T}/${unit}`));
    expect(over.map(({ to }) => to)).toEqual([`${T}/control/groups`, `${T}/control/unified-groups`]);
    expect(over.every(({ condition }) => condition?.includes('administrative unit EUROPE'))).toBe(true);
    expect(acme.nodes.find((node) => node.id === unit)).toMatchObject({
      resourceType: 'administrative-unit',
      name: 'EUROPE',
    });
  });

  it('knows app roles of Microsoft Graph, and no others with their ids', () => {
    expect(edgesOf(acme, 'CONTROLS', { from: sp(2) }).map((text) => text.split(' ')[2])).toEqual([
      `${T}/control/role-groups`,
      `${T}/control/roles`,
    ]);
    expect(edgesOf(acme, 'CONTROLS', { from: sp(6) })).toEqual([]);
    expect(edgesOf(acme, 'GRANTS', { from: sp(6) })).toEqual([`${sp(6)} Pretend ${sp(7)}/api`]);
  });

  it('gives identities without secrets to those who run what they are the identities of', () => {
    expect(edgesOf(acme, 'CONTROLS', { to: sp(4) }).map((text) => text.split(' ')[0])).toEqual(
      [
        `${VM}/take-over/machines`,
        `${PROD}/PROVIDERS/MICROSOFT.MANAGEDIDENTITY/USERASSIGNEDIDENTITIES/DEPLOYER/take-over/assigned-identities`,
        `${PROD}/PROVIDERS/MICROSOFT.MANAGEDIDENTITY/USERASSIGNEDIDENTITIES/DEPLOYER/take-over/identities`,
      ].sort(),
    );
    expect(edgesOf(acme, 'CONTROLS', { from: `${T}/control/service-principals`, to: sp(4) })).toEqual([]);
  });

  it('reads role definitions of a file', async () => {
    const roles = folder.file(
      'roles.json',
      JSON.stringify([
        {
          name: '99999999-9999-4999-8999-999999999999',
          roleName: 'Restarter',
          permissions: [{ actions: ['Microsoft.Compute/virtualMachines/restart/action'], notActions: [] }],
        },
      ]),
    );
    const told = await load([FIXTURE], { roles });
    expect(told.report.skipped.some(({ why }) => why.includes('no definition'))).toBe(false);
    const { decide } = await answersOf(told);
    expect(await decide(sp(1), 'Microsoft.Compute/virtualMachines/restart/action', VM)).toBe('ALLOWED');
    expect(await decide(sp(1), 'Microsoft.Compute/virtualMachines/delete', VM)).toBe('NONE');
  });

  it.each([
    ['{}', /must be a list of role definitions/],
    ['[{"name": "x"}]', /\[0\]: is no role definition/],
    ['[{"name": "x", "permissions": [{"actions": "*"}]}]', /permissions\[0\]\.actions: must be a list of texts/],
  ])('refuses %s as role definitions', async (text, message) => {
    const roles = folder.file('bad-roles.json', text);
    expect((await refusalOf(() => load([FIXTURE], { roles }))).message).toMatch(message);
  });

  // Five answers worked out by hand from the files: the lines are those of test/fixtures/azurehound.
  describe('answers', () => {
    it('1: secrets of the vault OLD are read by its policy, and in doubt by a role that it does not heed', async () => {
      // azure.json: the vault OLD has no enableRbacAuthorization, and a policy for the group Vault Readers (B2…06), which directory.json
      // fills with the group Finance (Ada) and the identity of the function app. Ole has Key Vault Secrets User on the group PROD only.
      expect(await ask.whoCan(READ_SECRET, VAULT('OLD'))).toEqual([
        `${user(1)} ALLOWED`,
        `${user(7)} CONDITIONAL`,
        `${sp(1)} CONDITIONAL`,
        `${sp(9)} ALLOWED`,
      ]);
    });
    it('2: secrets of the vault NEW are read by roles alone', async () => {
      // azure.json: enableRbacAuthorization is true, so that the policy for Ole counts for nothing; Ole has the role on PROD, the identity
      // of the machine WEB has it on NEW; what the role 9999… of Payroll on the subscription allows nobody knows.
      expect(await ask.whoCan(READ_SECRET, VAULT('NEW'))).toEqual([
        `${user(7)} ALLOWED`,
        `${sp(1)} CONDITIONAL`,
        `${sp(5)} ALLOWED`,
      ]);
    });
    it('3: Une, who can log in to WEB, comes to rule the subscription', async () => {
      // azure.json: Une has Virtual Machine User Login on WEB; WEB has the identity deployer, which is User Access Administrator on the
      // management group Platform, in which the subscription lies.
      const right = 'Microsoft.Authorization/roleAssignments/write';
      expect(await ask.decide(user(12), right, SUB)).toBe('NONE');
      expect(await ask.decide(user(12), right, SUB, 'ESCALATION')).toBe('ALLOWED');
      expect(await ask.techniques(user(12), right, SUB)).toEqual([
        'HAS_ROLE',
        'data:Microsoft.Compute/virtualMachines/login/action',
        'ManagedIdentity',
        'HAS_ROLE',
        'GRANTS',
        'CONTAINS',
      ]);
    });
    it('4: Hal of the help desk gets to be a Global Administrator in four steps, Ole does not', async () => {
      // directory.json: Hal may reset Opal, who holds no role; Opal owns the application Payroll; its service principal owns that of
      // Robot, which has RoleManagement.ReadWrite.Directory. Ole holds nothing in the directory and owns nothing.
      const all = 'microsoft.directory/users/allProperties/allTasks';
      expect(await ask.decide(user(3), all, T)).toBe('NONE');
      expect(await ask.decide(user(3), all, T, 'ESCALATION')).toBe('ALLOWED');
      const steps = (await ask.techniques(user(3), all, T)).filter((step) => !/^[A-Z_]+$/.test(step));
      expect([...new Set(steps)]).toEqual(['ResetPassword', 'AddSecret', 'AssignRole']);
      expect(await ask.decide(user(7), all, T, 'ESCALATION')).toBe('NONE');
    });
    it('5: a Global Administrator takes Azure over, and people with it', async () => {
      // directory.json: Gil is Global Administrator over the tenant; nothing in azure.json names him.
      expect(await ask.decide(user(5), 'Microsoft.Compute/virtualMachines/delete', VM)).toBe('NONE');
      expect(await ask.decide(user(5), 'Microsoft.Compute/virtualMachines/delete', VM, 'ESCALATION')).toBe('ALLOWED');
      expect(await ask.decide(user(5), READ_SECRET, VAULT('OLD'), 'ESCALATION')).toBe('ALLOWED');
    });
  });
});

describe('parts of a collection', () => {
  it('that are loaded one at a time speak for their own source', async () => {
    for (const [path, source] of [
      [DIRECTORY, `entra:${T}`],
      [AZURE, `azure:${T}`],
    ] as const) {
      const told = await load([path]);
      expectSound(told);
      expect(told.complete).toEqual([source]);
      expect(new Set([...told.nodes, ...told.edges].map((one) => one.source))).toEqual(new Set([source]));
    }
    expect((await load([FIXTURE], {}, 'all')).complete).toEqual(['all']);
    const half = await load([AZURE], {}, 'all');
    expect(half.complete).toEqual([]);
    expect(half.report.skipped.at(-1)!.why).toMatch(
      /holds no AZTenant, AZUser.* nothing that an earlier load told is withdrawn/,
    );
  });

  it('without the kinds that make a whole withdraw nothing', async () => {
    const path = fileOf('users.json', [inTenant('AZUser', { id: 'u', displayName: 'U' })]);
    const told = await load([path]);
    expect([told.source, told.complete]).toEqual([`entra:${T}`, []]);
  });

  it('are read from archives', async () => {
    const zip = folder.file(
      'acme.zip',
      zipOf([DIRECTORY, AZURE].map((path, at) => ({ name: `${at}.json`, content: readFileSync(path) }))),
    );
    const [zipped, plain] = [await load([zip]), await load([DIRECTORY, AZURE])];
    expect(zipped.edges.map(({ id }) => id)).toEqual(plain.edges.map(({ id }) => id));
  });

  it('of two tenants stay apart', async () => {
    const other = T.replaceAll('1', '9');
    const role = { id: 'r', templateId: '62e90394-69f5-4237-9190-012177145e10', displayName: 'GA' };
    const paths = [T, other].map((tenant, at) =>
      fileOf(`tenant${at}.json`, [
        { kind: 'AZUser', data: { id: `u${at}`, tenantId: tenant } },
        { kind: 'AZRole', data: { ...role, tenantId: tenant } },
        {
          kind: 'AZRoleAssignment',
          data: {
            roleDefinitionId: 'r',
            tenantId: tenant,
            roleAssignments: [
              { principalId: 'u0', directoryScopeId: '/', principal: { '@odata.type': '#microsoft.graph.user' } },
            ].slice(at),
          },
        },
      ]),
    );
    const { decide } = {
      decide: (await load(paths)).edges.filter(({ kind, to }) => kind === 'CONTROLS' && /^U\d$/.test(to)),
    };
    expect(decide.map(({ from, to }) => `${from} ${to}`).sort()).toEqual([
      `${T}/control/users U0`,
      `${other}/control/passwords-ACHPTU U1`,
      `${other}/control/users U1`,
    ]);
  });

  it('tell a count that is wrong', async () => {
    const told = await load([fileOf('count.json', [inTenant('AZUser', { id: 'u' })], { count: 7 })]);
    expect(told.report.skipped[0]!.why).toMatch(/"meta.count" says 7, there are 1/);
  });

  it('tell policies of a vault that has no record, in doubt', async () => {
    const told = await load([
      fileOf('policy.json', [
        inTenant('AZUser', { id: 'u' }),
        inTenant('AZKeyVaultAccessPolicy', {
          keyVaultId: VAULT('X'),
          objectId: 'u',
          permissions: { secrets: ['get'] },
        }),
      ]),
    ]);
    expectSound(told);
    expect(told.edges.find(({ kind }) => kind === 'GRANTS')).toMatchObject({
      to: VAULT('X'),
      condition: 'if the vault takes access policies',
    });
  });
});

describe('what is no collection', () => {
  it.each([
    [
      'OpenGraph',
      '{"graph": {"nodes": []}, "meta": {"type": "azure", "version": 5}}',
      /holds a "graph": it is OpenGraph/,
    ],
    [
      'SharpHound',
      '{"data": [], "meta": {"type": "users", "version": 6, "count": 0}}',
      /has no "meta" with the "type" "azure"/,
    ],
    ['cut off', '{"data": [{"kind": "AZUser"', /ends in the middle/],
    [
      'an older version',
      '{"data": [], "meta": {"type": "azure", "version": 4, "count": 0}}',
      /meta\.version: is version 4/,
    ],
    ['without a tenant', '{"data": [], "meta": {"type": "azure", "version": 5, "count": 0}}', /names no tenant/],
  ])('is refused: %s', async (_, text, message) => {
    expect((await refusalOf(() => load([folder.file('bad.json', text)]))).message).toMatch(message);
  });

  it.each([
    ['an object that is none', [7], /data\[1\]: must be an object/],
    ['no kind', [{ data: {} }], /data\[1\]\.kind: must be a text/],
    ['no data', [{ kind: 'AZUser', data: [] }], /data\[1\]\.data: must be an object/],
    ['no id', [{ kind: 'AZUser', data: {} }], /:1: data\[1\]\.data: has no id/],
    [
      'a flag that is none',
      [{ kind: 'AZUser', data: { id: 'u', accountEnabled: 'yes' } }],
      /accountEnabled: must be true or false, is a string/,
    ],
    [
      'members that are none',
      [{ kind: 'AZGroupMember', data: { groupId: 'g', members: 'x' } }],
      /data\.members: must be a list of objects/,
    ],
    [
      'an assignment that is none',
      [{ kind: 'AZVMOwner', data: { owners: [{ owner: {} }] } }],
      /owners\[0\]\.owner\.properties: is no assignment of a role/,
    ],
    ['a resource without a path', [{ kind: 'AZVM', data: { id: 'vm' } }], /data\.id: must be the path of a resource/],
  ])('is refused with its place: %s', async (_, objects, message) => {
    const path = fileOf('bad.json', [inTenant('AZUser', { id: 'x' }), ...objects]);
    expect((await refusalOf(() => load([path]))).message).toMatch(message);
  });

  it('of any JSON is loaded soundly or refused in words', async () => {
    const text = readFileSync(DIRECTORY, 'utf8') + readFileSync(AZURE, 'utf8');
    const words = [...new Set(text.match(/[\w@.#/-]{2,60}/g))].slice(0, 600);
    const key = fc.constantFrom(...words, '__proto__', 'constructor');
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        key,
        fc.string(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(key, tie('value'), { maxKeys: 5 }),
      ),
    }));
    const kinds = [...new Set([...text.matchAll(/"kind":"(\w+)"/g)].map(([, kind]) => kind!))];
    const object = fc.record({ kind: fc.constantFrom(...kinds), data: fc.dictionary(key, value, { maxKeys: 6 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(object, { maxLength: 4 }), async (objects) => {
        const path = fileOf('any.json', [inTenant('AZUser', { id: 'x' }), ...objects]);
        await load([path]).then(expectSound, (error) => expect(error.name, error.stack).toBe('GrantlensError'));
      }),
      runs(300),
    );
  });

  it('that is damaged is loaded soundly or refused in words', async () => {
    const loadOne = (path: string) => azurehoundLoader.load({ paths: [path], options: {} });
    const outcome = await fuzz({
      originals: [DIRECTORY, AZURE],
      seed: SEED,
      rounds: runs(400).numRuns!,
      load: loadOne,
      check: expectSound,
    });
    expect(outcome.loaded).toBeGreaterThan(0);
    expect(outcome.refused).toBeGreaterThan(0);
  }, 300_000);
});

describe.skipIf(!existsSync(BUILT_IN))('the built-in roles of Azure', () => {
  interface Definition {
    readonly name: string;
    readonly roleName: string;
    readonly permissions: readonly Record<string, unknown>[];
  }
  const published = (): readonly Definition[] => JSON.parse(gunzipSync(readFileSync(BUILT_IN)).toString('utf8'));

  it('that are known here are as they are published', () => {
    const byId = new Map(published().map((role) => [role.name, role]));
    const nothing = { actions: [], notActions: [], dataActions: [], notDataActions: [] };
    for (const [of, name, permissions] of BUILT_IN_ROLES) {
      const { roleName, permissions: blocks } = byId.get(of)!;
      const { conditionVersion: _, condition, ...lists } = blocks[0]!;
      expect([name, { ...nothing, ...permissions }]).toEqual([
        roleName,
        { ...lists, ...(condition === null ? {} : { condition }) },
      ]);
    }
  });

  it('are read from a file, all of them', async () => {
    const roles = folder.file('built-in.json', gunzipSync(readFileSync(BUILT_IN)));
    const assigned = published().map(({ name }, at) => ({
      subscriptionId: SUB,
      roleAssignment: {
        properties: { principalId: 'x', roleDefinitionId: `/x/${name}`, scope: `${SUB}/resourceGroups/${at}` },
      },
    }));
    const path = fileOf('all.json', [
      inTenant('AZUser', { id: 'x' }),
      inTenant('AZSubscriptionRoleAssignment', { subscriptionId: SUB, roleAssignments: assigned }),
    ]);
    const told = await load([path], { roles });
    expectSound(told);
    expect(edgesOf(told, 'HAS_ROLE')).toHaveLength(928);
    expect(told.report.skipped.map(({ why }) => why)).toEqual([expect.stringMatching(/holds no /)]);
  });
});
