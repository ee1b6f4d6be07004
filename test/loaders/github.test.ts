import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EdgeKind, Reach } from '../../engine/model/index.ts';
import { githubLoader } from '../../loaders/github/index.ts';
import { type Collected, collect } from '../support/collect.ts';
import { fuzz } from '../support/mutate.ts';
import { refusalOf } from '../support/refusal.ts';
import { announceSeed, runs, SEED } from '../support/seed.ts';
import { expectSound } from '../support/sound-changes.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { viewOf } from '../support/view-of.ts';

const folder = temporaryFolder();
const FIXTURE = join(import.meta.dirname, '../fixtures/github');
const REAL = join(import.meta.dirname, '../../../shared/data/api-samples/openhound-github/tests/test_data/api');
announceSeed();

const load = async (...paths: string[]): Promise<Collected> => collect(await githubLoader.load({ paths, options: {} }));

const edgesOf = ({ edges }: Collected, kind: EdgeKind, ends: { from?: string; to?: string } = {}): string[] => {
  const short = (id: string): string => id.replaceAll('github.com/', '');
  return edges
    .filter((edge) => edge.kind === kind && (ends.from ?? short(edge.from)) === short(edge.from))
    .filter((edge) => (ends.to ?? short(edge.to)) === short(edge.to))
    .map(({ from, to, technique, condition }) =>
      [short(from), technique ?? '', short(to), condition === undefined ? '' : `if ${condition}`]
        .filter(Boolean)
        .join(' '),
    )
    .sort();
};

type Ask = (identity: string, action: string, resource: string, reach?: Reach, at?: number) => Promise<string>;
async function asking({ nodes, edges }: Collected): Promise<Ask> {
  const view = await viewOf(nodes, edges);
  return async (identity, action, resource, reach = 'ENTITLED', at = Date.UTC(2026, 0)) => {
    const ids = { identity: `github.com/${identity}`, resource: `github.com/${resource}` };
    return (await view.check({ ...ids, action, reach, at })).decision;
  };
}

const [ADA, BOB, EVE, SUE] = ['user/11', 'user/12', 'user/13', 'user/14'] as const;
const [APP, SITE, OLD] = ['repo/31', 'repo/32', 'repo/33'] as const;

describe('an organization of GitHub', () => {
  let acme: Collected;
  let is: Ask;
  beforeAll(async () => {
    acme = await load(FIXTURE);
    is = await asking(acme);
  });

  it('is sound, whole, and of the source of its organization', () => {
    expectSound(acme);
    expect([acme.source, acme.complete, acme.report.unresolved]).toEqual(['github:acme', ['github:acme'], []]);
    expect(acme.report.skipped.map(({ why }) => why)).toEqual([
      'a request for a token: it gives nothing until it is granted',
      'a branch, a rule, a workflow, an alert or something else that gives no access by itself',
    ]);
    expect(acme.nodes.find(({ id }) => id === 'github.com/app/71')!.name).toBe('Renovate');
  });

  it('gives members the base permission, and the public what is public', async () => {
    expect([await is(BOB, 'pull', APP), await is(BOB, 'push', APP)]).toEqual(['ALLOWED', 'ALLOWED']);
    expect([await is(SUE, 'pull', APP), await is(EVE, 'pull', SITE)]).toEqual(['ALLOWED', 'ALLOWED']);
    expect([await is('everyone#anyone', 'pull', SITE), await is('everyone#anyone', 'pull', APP)]).toEqual([
      'ALLOWED',
      'NONE',
    ]);
    expect(await is(BOB, 'pull', 'repo/34')).toBe('NONE'); // of a person
    expect(await is(ADA, 'admin', 'repo/34')).toBe('ALLOWED');
  });

  it('nests roles: who may write may triage, and not maintain', async () => {
    const of = async (who: string) =>
      Promise.all(['pull', 'add_label', 'push', 'maintain', 'admin'].map((action) => is(who, action, APP)));
    expect(await of(EVE)).toEqual(['ALLOWED', 'ALLOWED', 'ALLOWED', 'NONE', 'NONE']);
    expect(await of(SUE)).toEqual(['ALLOWED', 'ALLOWED', 'ALLOWED', 'ALLOWED', 'ALLOWED']);
  });

  it('nests teams: who is in the inner one has what the outer one has', async () => {
    expect(edgesOf(acme, 'MEMBER_OF', { from: 'team/22' })).toEqual(['team/22 team/21']);
    expect(await is(BOB, 'add_label', APP)).toBe('ALLOWED'); // core in platform
    expect(await is(BOB, 'edit_repo_metadata', SITE)).toBe('ALLOWED'); // maintain, by permissions
    expect(await is(BOB, 'admin', SITE)).toBe('NONE');
  });

  it('tells custom roles, of repositories and of the organization', async () => {
    expect([await is(ADA, 'create_tag', APP), await is(ADA, 'push', APP)]).toEqual(['ALLOWED', 'ALLOWED']);
    expect([await is(BOB, 'read_audit_logs', 'org/1'), await is(BOB, 'read_audit_logs', APP)]).toEqual([
      'ALLOWED',
      'NONE',
    ]);
    expect(await is(BOB, 'push', SITE)).toBe('ALLOWED'); // all_repo_write
    const alone = await load(join(FIXTURE, 'repositories.json'), join(FIXTURE, 'repos/acme/app/collaborators.json'));
    expect(await (await asking(alone))(ADA, 'push', APP)).toBe('CONDITIONAL'); // releaser without definition
  });

  it('lets nobody for certain change an archived repository', async () => {
    expect(await is(BOB, 'pull', OLD)).toBe('ALLOWED');
    expect(await is(BOB, 'edit_repo_metadata', OLD)).toBe('CONDITIONAL');
  });

  it('tells apps and tokens, and who is behind them', async () => {
    expect([await is('installation/61', 'push', APP), await is('installation/62', 'pull', APP)]).toEqual([
      'ALLOWED',
      'CONDITIONAL',
    ]);
    expect(await is('installation/62', 'pull', OLD)).toBe('NONE');
    expect(await is(ADA, 'push', OLD, 'ESCALATION')).toBe('ALLOWED');
    expect(acme.nodes.find(({ id }) => id === 'github.com/installation/62')!.attributes['enabled']).toBe(false);
    expect(await is('token/810', 'push', APP)).toBe('CONDITIONAL');
    expect(await is('token/810', 'push', APP, 'ENTITLED', Date.UTC(2026, 1))).toBe('NONE'); // it expired
    expect(await is('token/820', 'pull', APP)).toBe('NONE');
  });

  it('tells who can push where a secret is read', async () => {
    const secret = (name: string): string => `org/1/secret/${name}`;
    expect(await is(EVE, 'push', secret('CHOSEN'))).toBe('ALLOWED');
    expect(await is(EVE, 'push', secret('INSIDE'))).toBe('ALLOWED');
    expect(await is(EVE, 'push', `${APP}/secret/DEPLOY_KEY`)).toBe('ALLOWED');
    expect(edgesOf(acme, 'CONTAINS', { to: 'org/1/secrets/private' })).toEqual([
      `${APP} org/1/secrets/private`,
      `${OLD} org/1/secrets/private`,
    ]);
  });

  it('keeps environments with rules apart from who may push', async () => {
    expect(await is(EVE, 'push', `${APP}/environment/preview`)).toBe('ALLOWED');
    expect(await is(EVE, 'push', `${APP}/environment/production`)).toBe('NONE');
    expect(await is(BOB, 'review', `${APP}/environment/production`)).toBe('ALLOWED');
  });

  it('lets maintainers of a team fill it, and keeps what joins accounts', () => {
    expect(edgesOf(acme, 'CONTROLS', { to: 'team/22' })).toEqual([`${ADA} AddMember team/22`]);
    expect(acme.nodes.find(({ id }) => id === 'github.com/scim/s-1')).toMatchObject({
      kind: 'User',
      attributes: { email: 'ada@acme.test', externalId: '00uada', userName: 'ada@acme.test', enabled: true },
    });
  });

  it.each([
    ['no JSON', 'org.json', '{"login": ', /ends in the middle/],
    ['items that are no objects', 'teams.json', '[7]', /teams\.json:1: \[0\]: must be an object/],
    ['nothing', 'teams.json', '[]', /describes nothing/],
    ['a secret without name', 'repos/a/b/actions/secrets.json', '[{"name": ""}]', /secrets\.json:1: \[0\]: has no id/],
  ])('with %s is refused', async (_, name, text, message) => {
    expect((await refusalOf(() => load(folder.file(name, text)))).message).toMatch(message);
  });

  it('with an action that no graph keeps is refused', async () => {
    const roles = {
      roles: [{ id: 1, name: 'x', permissions: ['a'.repeat(600)], organization: { id: 1, login: 'a' } }],
    };
    const error = await refusalOf(() => load(folder.file('org-roles.json', JSON.stringify(roles))));
    expect(error.message).toMatch(/org-roles\.json:1: roles\[0\]: the action is 600 characters long/);
  });

  it('that is damaged is loaded soundly or refused in words', async () => {
    const originals = readdirSync(FIXTURE, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.json'),
    );
    const outcome = await fuzz({
      originals: originals.map((name) => join(FIXTURE, name)),
      seed: SEED,
      rounds: runs(1000).numRuns!,
      load: (path) => githubLoader.load({ paths: [path, join(FIXTURE, 'teams.json')], options: {} }),
      check: expectSound,
    });
    expect(outcome.loaded).toBeGreaterThan(0);
    expect(outcome.refused).toBeGreaterThan(0);
  }, 300_000);
});

// The answers were worked out by hand from the files.
describe.skipIf(!existsSync(REAL))('the samples of the GitHub API', () => {
  let real: Collected;
  let is: Ask;
  beforeAll(async () => {
    real = await load(REAL);
    expectSound(real);
    is = await asking(real);
  });

  it('1: octocat owns Hello-World (repositories.json: the owner is a user) and so administers it', async () => {
    expect([await is('user/1', 'admin', 'repo/1296269'), await is('user/1', 'push', 'repo/1296269')]).toEqual([
      'ALLOWED',
      'ALLOWED',
    ]);
  });
  it('2: anyone reads Hello-World, which is public, and does not push to it', async () => {
    expect([
      await is('everyone#anyone', 'pull', 'repo/1296269'),
      await is('everyone#anyone', 'push', 'repo/1296269'),
    ]).toEqual(['ALLOWED', 'NONE']);
  });
  it('3: the installation on octo-org may write deployments in repositories that were selected, which no file names', async () => {
    expect(await is('installation/25381', 'deployments:write', 'org/6811672')).toBe('CONDITIONAL');
    expect(await is('installation/25381', 'pull_requests:write', 'org/6811672')).toBe('NONE');
  });
  it('4: octocat and the justice league review deployments to staging (environments.json)', async () => {
    expect(await is('user/1', 'review', 'repo/github/hello-world/environment/staging')).toBe('ALLOWED');
    expect(edgesOf(real, 'GRANTS', { from: 'team/1' })).toEqual(['team/1 repo/github/hello-world/environment/staging']);
  });
  it('5: the role 8030 writes roles of the organization 9919, and nobody was said to have it (org-role-users.json says of no role)', () => {
    const role = real.edges.find(({ from, kind }) => from === 'github.com/org-role/8030' && kind === 'GRANTS');
    expect(role).toMatchObject({ to: 'github.com/org/9919', inherit: false });
    expect(role!.actions).toContain('write_organization_custom_org_role');
    expect(edgesOf(real, 'HAS_ROLE', { to: 'org-role/8030' })).toEqual([]);
    expect(real.report.skipped.some(({ why }) => why.startsWith('a list that does not say of what it is'))).toBe(true);
    expect(real.complete).toEqual([]);
  });
});
