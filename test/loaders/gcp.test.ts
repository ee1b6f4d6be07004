import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GraphView } from '../../engine/access/questions.ts';
import type { EdgeKind, Reach } from '../../engine/model/index.ts';
import { gcpLoader } from '../../loaders/gcp/index.ts';
import { type Collected, collect } from '../support/collect.ts';
import { fuzz } from '../support/mutate.ts';
import { refusalOf } from '../support/refusal.ts';
import { announceSeed, runs, SEED } from '../support/seed.ts';
import { expectSound } from '../support/sound-changes.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { viewOf } from '../support/view-of.ts';

const folder = temporaryFolder();
const FIXTURE = join(import.meta.dirname, '../fixtures/gcp');
const REAL_ROLES = join(import.meta.dirname, '../../../shared/data/cloud-roles/gcp_roles.jsonl.zst');
announceSeed();

const load = async (...paths: string[]): Promise<Collected> => collect(await gcpLoader.load({ paths, options: {} }));
const file = (name: string): string => join(FIXTURE, name);
const lines = (...values: unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');

const MANAGED = '//cloudresourcemanager.googleapis.com/';
const PROD = `${MANAGED}projects/7`;
const DEV = `${MANAGED}projects/8`;
const DATA = '//storage.googleapis.com/acme-data';
const LOGS = '//storage.googleapis.com/acme-logs';
const BUILD = 'serviceAccount:build@acme-prod.iam.gserviceaccount.com';
const POOL = 'iam.googleapis.com/projects/7/locations/global/workloadIdentityPools/github';
/** Before anything in the fixture expires. */
const THEN = Date.UTC(2025, 5, 1);

const edgesOf = ({ edges }: Collected, kind: EdgeKind, ends: { from?: string; to?: string } = {}): string[] =>
  edges
    .filter((edge) => edge.kind === kind && (ends.from ?? edge.from) === edge.from && (ends.to ?? edge.to) === edge.to)
    .map(({ from, to, technique, condition }) =>
      [from, technique ?? '', to, condition === undefined ? '' : `if ${condition}`].filter(Boolean).join(' '),
    )
    .sort();

/** Decisions on a loaded estate: identities without their prefix `user:`. */
class Asked {
  readonly #view: GraphView;
  constructor(view: GraphView) {
    this.#view = view;
  }
  async is(identity: string, action: string, resource: string, reach: Reach = 'ENTITLED', at = THEN): Promise<string> {
    const id = /[:#]/.test(identity) ? identity : `user:${identity}@acme.test`;
    return (await this.#view.check({ identity: id, action, resource, reach, at })).decision;
  }
}
const ask = async ({ nodes, edges }: Collected): Promise<Asked> => new Asked(await viewOf(nodes, edges));

describe('an organization of Google Cloud', () => {
  let acme: Collected;
  let asked: Asked;
  beforeAll(async () => {
    acme = await load(FIXTURE);
    asked = await ask(acme);
  });

  it('is sound, whole, and of the source of its organization', () => {
    expectSound(acme);
    expect([acme.source, acme.complete]).toEqual(['gcp:1', ['gcp:1']]);
    expect(acme.edges.every(({ evidence }) => evidence !== undefined)).toBe(true);
    const owner = acme.edges.find(({ from, kind }) => from === 'user:olga@acme.test' && kind === 'HAS_ROLE');
    expect(owner!.evidence).toBe('policies.json:3 bindings[0]');
  });

  it('calls a project by its number, and keeps what its services say of things', () => {
    expect(acme.nodes.find(({ id }) => id === PROD)).toEqual({
      kind: 'Resource',
      id: PROD,
      source: 'gcp:1',
      name: 'Prod',
      resourceType: 'cloudresourcemanager.googleapis.com/Project',
      attributes: { projectId: 'acme-prod', labels: { env: 'prod' } },
    });
    expect(acme.nodes.find(({ id }) => id.startsWith('serviceAccount:old'))!.attributes).toMatchObject({
      enabled: false,
      uniqueId: '1002',
    });
    expect(acme.nodes.some(({ id }) => id === `${MANAGED}projects/acme-prod`)).toBe(false);
  });

  it('says what lies in what, with organizations, folders and projects', () => {
    expect([...new Set(edgesOf(acme, 'CONTAINS'))]).toEqual([
      `${MANAGED}folders/2 ${PROD}`,
      `${MANAGED}organizations/1 ${MANAGED}folders/2`,
      `${MANAGED}organizations/1 ${DEV}`,
      `${PROD} //iam.googleapis.com/projects/acme-prod/serviceAccounts/build@acme-prod.iam.gserviceaccount.com`,
      `${PROD} ${DATA}`,
      `${DEV} //iam.googleapis.com/projects/acme-dev/serviceAccounts/1002`,
      `${DEV} ${LOGS}`,
    ]);
  });

  it('lets a role of a project reach what is in it, and nothing else', async () => {
    expect(await asked.is('bob', 'storage.objects.get', DATA)).toBe('ALLOWED');
    expect(await asked.is('bob', 'storage.objects.get', LOGS)).toBe('ALLOWED');
    expect(await asked.is('user:eve@other.test', 'storage.objects.list', LOGS)).toBe('ALLOWED');
    expect(await asked.is('user:eve@other.test', 'storage.objects.list', DATA)).toBe('ALLOWED'); // all authenticated users
    expect(await asked.is('user:eve@other.test', 'storage.buckets.get', DATA)).toBe('NONE');
  });

  it('makes a bound of a comparison with the time, and a condition of all else', async () => {
    expect(await asked.is('temp', 'storage.objects.list', PROD)).toBe('ALLOWED');
    expect(await asked.is('temp', 'storage.objects.list', PROD, 'ENTITLED', Date.UTC(2026, 0))).toBe('NONE');
    expect(await asked.is('cond', 'storage.objects.list', PROD)).toBe('CONDITIONAL');
  });

  it('gives nothing for deleted members and disabled roles, and says so', async () => {
    expect(await asked.is('dev', 'run.services.get', PROD)).toBe('ALLOWED');
    expect(await asked.is('dev', 'run.services.delete', PROD)).toBe('NONE');
    expect(acme.nodes.some(({ id }) => id.includes('gone'))).toBe(false);
    expect(acme.report.skipped.map(({ why }) => why.split(':')[0]).slice(0, 3)).toEqual([
      'a membership of a group that no file names; save what `gcloud identity groups describe` says of it too',
      'a deleted principal',
      'a binding of a role that is deleted or disabled',
    ]);
  });

  it('neither loses nor invents what a role without definition gives', async () => {
    expect(acme.report.unresolved).toEqual(['definition of roles/iam.securityReviewer']);
    expect(await asked.is('audit', 'storage.objects.delete', LOGS)).toBe('CONDITIONAL');
    expect(acme.report.skipped.at(-1)!.why).toMatch(/no definition was given.*gcloud iam roles describe/);
  });

  it('fills domains and everybody with those that are known, and with anyone', async () => {
    expect(await asked.is('hal', 'storage.buckets.get', DATA)).toBe('ALLOWED'); // domain:acme.test
    expect(await asked.is('allAuthenticatedUsers#anyone', 'storage.objects.get', DATA)).toBe('ALLOWED');
    expect(await asked.is('allAuthenticatedUsers#anyone', 'storage.objects.get', LOGS)).toBe('NONE');
    // An identity of a provider is no Google account.
    const ci = `principal://${POOL}/subject/ci`;
    expect(edgesOf(acme, 'MEMBER_OF', { from: ci })).toEqual([
      `${ci} allUsers`,
      `${ci} principalSet://${POOL}/attribute.repository/acme/app if its provider gives it attribute.repository/acme/app`,
    ]);
  });

  it('counts whoever owns a project among `projectOwner`', async () => {
    expect(await asked.is('olga', 'storage.objects.create', DATA)).toBe('ALLOWED');
    expect(await asked.is(BUILD, 'storage.objects.create', DATA)).toBe('ALLOWED'); // projectEditor
    expect(await asked.is('carol', 'storage.objects.create', DATA)).toBe('NONE');
  });

  it('denies whom a policy denies, and nobody whom it excepts, through groups in groups', async () => {
    const remove = (who: string) => asked.is(who, 'storage.buckets.delete', DATA);
    expect([await remove('bob'), await remove('hal'), await remove('grace')]).toEqual(['DENIED', 'DENIED', 'ALLOWED']);
    // By a group of permissions: whether one of them can be denied is not said.
    expect(await asked.is('bob', 'storage.objects.delete', DATA)).toBe('CONDITIONAL');
    expect(await asked.is('bob', 'storage.objects.get', DATA)).toBe('ALLOWED');
    expect(await asked.is('grace', 'storage.objects.delete', DATA)).toBe('ALLOWED');
  });

  it('denies on condition where the rule has one, and not at all where it excepts', async () => {
    expect(await asked.is('olga', 'resourcemanager.projects.setIamPolicy', PROD)).toBe('CONDITIONAL');
    const rule = acme.nodes.find(({ id }) => id.endsWith('denypolicies/keep/rules/1'))!.id;
    const denied = acme.edges.filter(({ to, kind }) => to === rule && kind === 'HAS_ROLE');
    const named = (name: string) => denied.find(({ from }) => from === `user:${name}@acme.test`);
    expect(named('ada')).toBeUndefined();
    expect(denied.some(({ from }) => from === BUILD)).toBe(false);
    expect(named('bob')!.condition).toBeUndefined();
    // An exception that ends is not to be counted on.
    expect(named('mo')!.condition).toMatch(/not by its exceptions/);
  });

  it('lets roles act as service accounts, down from folders', async () => {
    expect(await asked.is('carol', 'storage.buckets.list', PROD)).toBe('NONE');
    expect(await asked.is('carol', 'storage.buckets.list', PROD, 'ASSUMABLE')).toBe('ALLOWED');
    expect(await asked.is('dev', 'storage.buckets.list', PROD, 'ASSUMABLE')).toBe('CONDITIONAL');
    expect(await asked.is(`principal://${POOL}/subject/ci`, 'storage.buckets.list', PROD, 'ASSUMABLE')).toBe('ALLOWED');
    const anyone = `principalSet://${POOL}/attribute.repository/acme/app#anyone`;
    expect(await asked.is(anyone, 'storage.buckets.list', PROD, 'ASSUMABLE')).toBe('ALLOWED');
    // The account in the other project is out of the folder.
    expect(edgesOf(acme, 'INHERITS', { from: `${MANAGED}folders/2#serviceAccounts` })).toEqual([
      `${MANAGED}folders/2#serviceAccounts ${PROD}#serviceAccounts`,
    ]);
  });

  it('takes over by policies, roles of its own making, and groups that it owns', async () => {
    expect(await asked.is('ada', 'storage.objects.delete', LOGS)).toBe('NONE');
    expect(await asked.is('ada', 'storage.objects.delete', LOGS, 'ESCALATION')).toBe('ALLOWED');
    expect(await asked.is('dev', 'storage.objects.delete', DATA, 'ESCALATION')).toBe('ALLOWED');
    expect(edgesOf(acme, 'CONTROLS', { to: 'group:admins@acme.test' })).toEqual([
      'user:ada@acme.test AddMember group:admins@acme.test',
      'user:mo@acme.test AddMember group:admins@acme.test if the settings of the group let managers add members',
    ]);
    expect(edgesOf(acme, 'CONTROLS', { to: DATA })).toEqual([`${PROD}#buckets storage.buckets.setIamPolicy ${DATA}`]);
    // A deny policy may stand against it.
    expect(edgesOf(acme, 'CONTROLS', { to: PROD }).filter((text) => text.startsWith('roles/owner'))).toEqual([
      `roles/owner@${PROD} resourcemanager.projects.setIamPolicy ${PROD} if Keep buckets, rule 2 does not deny it`,
    ]);
  });

  it('ends memberships when they expire', async () => {
    const on = `${MANAGED}organizations/1`;
    const permission = 'resourcemanager.organizations.get';
    expect(await asked.is('mo', permission, on)).toBe('ALLOWED');
    expect(await asked.is('mo', permission, on, 'ENTITLED', Date.UTC(2026, 2))).toBe('NONE');
  });
});

describe('forms of the export', () => {
  it('takes what a search finds, with folders in no order', async () => {
    const search = folder.file(
      'search.json',
      JSON.stringify([
        {
          resource: `${MANAGED}projects/acme-x`,
          assetType: 'cloudresourcemanager.googleapis.com/Project',
          project: 'projects/9',
          folders: ['folders/3', 'folders/4'],
          organization: 'organizations/1',
          policy: { bindings: [{ role: 'roles/viewer', members: ['user:a@x.test'] }] },
        },
        {
          resource: `${MANAGED}folders/4`,
          assetType: 'cloudresourcemanager.googleapis.com/Folder',
          folders: ['folders/4'],
          organization: 'organizations/1',
          policy: { bindings: [{ role: 'roles/browser', members: ['user:b@x.test'] }] },
        },
      ]),
    );
    const found = await load(search);
    expectSound(found);
    expect(edgesOf(found, 'CONTAINS', { to: `${MANAGED}projects/9` })).toEqual([
      `${MANAGED}folders/3 ${MANAGED}projects/9`,
      `${MANAGED}folders/4 ${MANAGED}projects/9`,
      `${MANAGED}organizations/1 ${MANAGED}projects/9`,
    ]);
    const asked = await ask(found);
    expect(await asked.is('user:b@x.test', 'resourcemanager.projects.get', `${MANAGED}projects/9`)).toBe('CONDITIONAL');
    expect(found.complete).toEqual([]);
  });

  it('names one principal in one way', async () => {
    const cluster = 'iam.googleapis.com/projects/7/locations/global/workloadIdentityPools/acme-prod.svc.id.goog';
    const policy = folder.file(
      'policy.jsonl',
      lines({
        name: DATA,
        assetType: 'storage.googleapis.com/Bucket',
        ancestors: ['projects/7'],
        iamPolicy: {
          bindings: [
            {
              role: 'roles/x',
              members: [
                'serviceAccount:acme-prod.svc.id.goog[shop/web]',
                `principal://${cluster}/subject/ns/shop/sa/web`,
                `principalSet://${cluster}/namespace/shop`,
                `principalSet://${cluster}/namespace/bank`,
                'user:A@x.test',
                'unheard:of',
                `principalSet://cloudresourcemanager.googleapis.com/projects/7/type/ServiceAccount`,
                'serviceAccount:web@acme-prod.iam.gserviceaccount.com',
                'serviceAccount:7-compute@developer.gserviceaccount.com',
                'principalSet://goog/cloudIdentityCustomerId/C1',
              ],
            },
          ],
        },
      }),
    );
    const found = await load(policy);
    expectSound(found);
    const web = 'serviceAccount:acme-prod.svc.id.goog[shop/web]';
    expect(edgesOf(found, 'MEMBER_OF', { from: web })).toEqual([`${web} principalSet://${cluster}/namespace/shop`]);
    expect(edgesOf(found, 'MEMBER_OF', { from: 'user:a@x.test' })).toEqual([
      'user:a@x.test principalSet://goog/cloudIdentityCustomerId/C1 if the account belongs to the customer C1',
    ]);
    // The number of acme-prod is told by nothing here.
    expect(edgesOf(found, 'MEMBER_OF', { from: 'serviceAccount:7-compute@developer.gserviceaccount.com' })).toEqual([
      'serviceAccount:7-compute@developer.gserviceaccount.com principalSet://cloudresourcemanager.googleapis.com/projects/7/type/ServiceAccount',
    ]);
    expect(found.report.skipped.map(({ why }) => why)).toContain('a member of a form that is not known here');
  });

  it('denies nobody for certain where it cannot know whom a rule excepts', async () => {
    const deny = folder.file(
      'deny.json',
      JSON.stringify({
        name: 'policies/cloudresourcemanager.googleapis.com%2Fprojects%2F7/denypolicies/d',
        rules: [
          {
            denyRule: {
              deniedPrincipals: ['principalSet://goog/public:all'],
              exceptionPrincipals: ['principalSet://goog/group/unlisted@acme.test'],
              deniedPermissions: ['storage.googleapis.com/objects.get'],
            },
          },
        ],
      }),
    );
    const asked = await ask(await load(file('policies.json'), file('roles.json'), deny));
    expect(await asked.is('user:eve@other.test', 'storage.objects.get', DATA)).toBe('CONDITIONAL');
  });

  it.each([
    ['policies alone', ['policies.json'], /no definitions of roles/],
    ['no memberships', ['policies.json', 'roles.json'], /no memberships of groups/],
    ['no policies', ['resources.json'], /holds no policies/],
  ])('withdraws nothing for %s', async (_, names, why) => {
    const part = await load(...names.map(file));
    expect(part.complete).toEqual([]);
    expect(part.report.skipped.some((one) => why.test(one.why) && /nothing.*is withdrawn/.test(one.why))).toBe(true);
  });

  it('withdraws nothing where more pages follow', async () => {
    const page = folder.file('page.json', '{"groups": [], "nextPageToken": "x"}');
    expect((await load(FIXTURE, page)).complete).toEqual([]);
  });

  const bucket = { name: DATA, asset_type: 'storage.googleapis.com/Bucket', ancestors: ['projects/7'] };
  it.each([
    ['no JSON', '{"name": ', /bad\.json:1: .*middle/],
    ['a line that is none', `${lines(bucket)}{"name"}\n`, /bad\.json:2: column 8/],
    ['items that are no objects', '[1]', /bad\.json:1: \[0\]: must be an object/],
    ['bindings that are none', lines({ ...bucket, iam_policy: { bindings: 7 } }), /:1: bindings: must be a list/],
    [
      'a binding without role',
      lines(bucket, { ...bucket, iam_policy: { bindings: [{ members: [] }] } }),
      /bad\.json:2: bindings\[0\]\.role: must be the name of a role/,
    ],
    [
      'members that are none',
      lines({ ...bucket, iam_policy: { bindings: [{ role: 'r', members: 'all' }] } }),
      /members: must be a list of texts/,
    ],
    [
      'a condition without text',
      lines({ ...bucket, iam_policy: { bindings: [{ role: 'r', members: [], condition: {} }] } }),
      /condition\.expression: must be a text/,
    ],
    [
      'a deny policy of a list',
      '{"name": "policies/cloudresourcemanager.googleapis.com%2Fprojects%2F7/denypolicies/d", "kind": "DenyPolicy"}',
      /rules: a deny policy without rules.*gcloud iam policies get/,
    ],
    ['a deny policy of nowhere', '{"name": "policies/x/denypolicies/d", "rules": []}', /attached to/],
    [
      'a permission of another form',
      '{"name": "policies/cloudresourcemanager.googleapis.com%2Fprojects%2F7/denypolicies/d", "rules": [{"denyRule": {"deniedPermissions": ["storage.buckets.delete"]}}]}',
      /deniedPermissions\[0\]: must be a permission with its service/,
    ],
    [
      'a permission that stands for several',
      '[{"name": "roles/x", "includedPermissions": ["storage.*"]}]',
      /includedPermissions\[0\]: must be the name of a permission/,
    ],
    ['nothing', '{}', /describes nothing/],
  ])('with %s is refused', async (_, text, message) => {
    expect((await refusalOf(() => load(folder.file('bad.json', text)))).message).toMatch(message);
  });

  it('that is damaged is loaded soundly or refused in words', async () => {
    const originals = ['policies.json', 'resources.json', 'roles.json', 'groups.json', 'memberships.json', 'deny.json'];
    const outcome = await fuzz({
      originals: originals.map(file),
      seed: SEED,
      rounds: runs(1200).numRuns!,
      load: (path) => gcpLoader.load({ paths: [path], options: {} }),
      check: expectSound,
    });
    expect(outcome.loaded).toBeGreaterThan(0);
    expect(outcome.refused).toBeGreaterThan(0);
  }, 300_000);
});

// The answers follow from the list of predefined roles and from policies that are written here.
describe.skipIf(!existsSync(REAL_ROLES))('the predefined roles of Google Cloud', () => {
  let asked: Asked;
  beforeAll(async () => {
    const on = (name: string, type: string, ancestors: string[], ...bindings: [string, string][]) => ({
      name,
      asset_type: type,
      ancestors,
      iam_policy: { bindings: bindings.map(([role, member]) => ({ role, members: [`user:${member}@acme.test`] })) },
    });
    const policies = folder.file(
      'policies.jsonl',
      lines(
        on(
          PROD,
          'cloudresourcemanager.googleapis.com/Project',
          ['projects/7'],
          ['roles/viewer', 'vera'],
          ['roles/editor', 'ed'],
          ['roles/owner', 'olga'],
          ['roles/iam.serviceAccountTokenCreator', 'toni'],
        ),
        on(DATA, 'storage.googleapis.com/Bucket', ['projects/7'], ['roles/storage.legacyBucketOwner', 'lee']),
        on(
          '//iam.googleapis.com/projects/acme-prod/serviceAccounts/build@acme-prod.iam.gserviceaccount.com',
          'iam.googleapis.com/ServiceAccount',
          ['projects/7'],
          ['roles/iam.serviceAccountUser', 'ursa'],
        ),
        on(LOGS, 'storage.googleapis.com/Bucket', ['projects/7'], ['roles/browser', 'bo']),
      ) +
        lines({
          ...on(`${MANAGED}projects/8`, 'cloudresourcemanager.googleapis.com/Project', ['projects/8']),
          iam_policy: { bindings: [{ role: 'roles/storage.objectViewer', members: [BUILD] }] },
        }),
    );
    const loaded = await load(policies, REAL_ROLES);
    expectSound(loaded);
    expect([loaded.report.unresolved, loaded.complete]).toEqual([[], ['policies']]);
    asked = await ask(loaded);
  }, 120_000);

  it('1: viewers look at buckets and not into them (6,064 permissions, storage.objects.get is none of them)', async () => {
    expect(await asked.is('vera', 'storage.buckets.list', DATA)).toBe('ALLOWED');
    expect(await asked.is('vera', 'storage.objects.get', DATA)).toBe('NONE');
  });
  it('2: editors do not set policies of the project, owners do', async () => {
    const permission = 'resourcemanager.projects.setIamPolicy';
    expect([await asked.is('ed', permission, PROD), await asked.is('olga', permission, PROD)]).toEqual([
      'NONE',
      'ALLOWED',
    ]);
  });
  it('3: editors run builds as any service account of the project', async () => {
    expect(await asked.is('ed', 'storage.objects.get', DEV)).toBe('NONE');
    expect(await asked.is('ed', 'storage.objects.get', DEV, 'ASSUMABLE')).toBe('ALLOWED');
    expect(await asked.is('vera', 'storage.objects.get', DEV, 'ESCALATION')).toBe('NONE');
  });
  it('4: token creators act as them, users of one account only where they run something', async () => {
    expect(await asked.is('toni', 'storage.objects.list', DEV, 'ASSUMABLE')).toBe('ALLOWED');
    expect(await asked.is('ursa', 'storage.objects.list', DEV, 'ASSUMABLE')).toBe('CONDITIONAL');
  });
  it('5: legacy owners of a bucket set its policy, and so read what is in it', async () => {
    expect(await asked.is('lee', 'storage.buckets.setIamPolicy', DATA)).toBe('ALLOWED');
    expect(await asked.is('lee', 'storage.objects.get', DATA)).toBe('NONE');
    expect(await asked.is('lee', 'storage.objects.get', DATA, 'ESCALATION')).toBe('ALLOWED');
    expect(await asked.is('lee', 'storage.objects.get', LOGS, 'ESCALATION')).toBe('NONE');
  });
});
