import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EdgeKind, Reach } from '../../engine/model/index.ts';
import { oktaLoader } from '../../loaders/okta/index.ts';
import { type Collected, collect } from '../support/collect.ts';
import { fuzz } from '../support/mutate.ts';
import { refusalOf } from '../support/refusal.ts';
import { announceSeed, runs, SEED } from '../support/seed.ts';
import { expectSound } from '../support/sound-changes.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { viewOf } from '../support/view-of.ts';

const folder = temporaryFolder();
const FIXTURE = join(import.meta.dirname, '../fixtures/okta');
const REAL = join(import.meta.dirname, '../../../shared/data/api-samples/openhound-okta/tests/test_data/api');
announceSeed();

const load = async (...paths: string[]): Promise<Collected> => collect(await oktaLoader.load({ paths, options: {} }));

const edgesOf = ({ edges }: Collected, kind: EdgeKind, ends: { from?: string; to?: string } = {}): string[] =>
  edges
    .filter((edge) => edge.kind === kind && (ends.from ?? edge.from) === edge.from && (ends.to ?? edge.to) === edge.to)
    .map(({ from, to, technique, actions, condition }) =>
      [from, technique ?? actions?.join() ?? '', to, condition === undefined ? '' : `if ${condition}`]
        .filter(Boolean)
        .join(' '),
    )
    .sort();

type Ask = (identity: string, action: string, resource: string, reach?: Reach) => Promise<string>;
async function asking({ nodes, edges }: Collected): Promise<Ask> {
  const view = await viewOf(nodes, edges);
  return async (identity, action, resource, reach = 'ENTITLED') =>
    (await view.check({ identity, action, resource, reach, at: Date.UTC(2026, 0) })).decision;
}

describe('an organization of Okta', () => {
  let acme: Collected;
  let is: Ask;
  beforeAll(async () => {
    acme = await load(FIXTURE);
    is = await asking(acme);
  });
  const R = 'okta:acme';

  it('is sound, whole, and of the source of its organization', () => {
    expectSound(acme);
    expect([acme.source, acme.complete, acme.report.unresolved]).toEqual([R, [R], []]);
    expect(acme.report.skipped.map(({ why }) => why)).toEqual([
      'a group rule: whom it adds, the users of the group tell',
      'a policy, an identity provider, a device or something else that gives no access by itself',
    ]);
  });

  it('tells users with what joins them to other accounts, and whether they can log in', () => {
    expect(acme.nodes.find(({ id }) => id === '00uada')).toEqual({
      kind: 'User',
      id: '00uada',
      source: R,
      name: 'ada@acme.test',
      attributes: {
        enabled: true,
        status: 'ACTIVE',
        email: 'ada@acme.test',
        login: 'ada@acme.test',
        department: 'Finance',
        created: '2024-01-01T00:00:00.000Z',
      },
    });
    const disabled = acme.nodes.filter(({ attributes }) => attributes['enabled'] === false).map(({ id }) => id);
    expect(disabled).toEqual(['00ueve', '00ugone']);
  });

  it('gives applications by groups and by themselves', async () => {
    expect([await is('00uada', 'access', '0oapay'), await is('00ubob', 'access', '0oapay')]).toEqual([
      'ALLOWED',
      'ALLOWED',
    ]);
    expect(await is('00uhal', 'access', '0oapay')).toBe('ALLOWED');
    expect(await is('00usue', 'access', '0oapay')).toBe('NONE'); // the assignment is inactive
    expect(await is('00uhal', 'access', '0oaold')).toBe('CONDITIONAL'); // the application is, and it is a directory's group
    expect(await is('00ubob', 'access', '0oaold')).toBe('CONDITIONAL');
  });

  it('has everyone in Everyone but those who were deprovisioned', () => {
    expect(edgesOf(acme, 'MEMBER_OF', { to: '00gall' })).toEqual(
      ['00uada', '00ubob', '00ueve', '00uhal', '00usue'].map((id) => `${id} 00gall`),
    );
  });

  it('lets super administrators take over all, and others only who is no administrator', async () => {
    expect(await is('00usue', 'SUPER_ADMIN', '00oacme')).toBe('ALLOWED');
    expect(edgesOf(acme, 'CONTROLS', { from: `${R}/ruled/administrators` })).toEqual([
      `${R}/ruled/administrators AddMember 00gadmins`,
      `${R}/ruled/administrators ResetPassword 00uada`,
      `${R}/ruled/administrators ResetPassword 00ubob`,
      `${R}/ruled/administrators ResetPassword 00uhal`,
      `${R}/ruled/administrators ResetPassword 00usue`,
    ]);
    expect(edgesOf(acme, 'CONTROLS', { from: `${R}/ruled/users` })).toContain(
      `${R}/ruled/users ResetPassword 00usue if it does not count as an administrator`,
    );
    expect(edgesOf(acme, 'CONTROLS', { from: `${R}/ruled/users` })).toContain(`${R}/ruled/users ResetPassword 00ueve`);
    expect(await is('00usue', 'access', '0oaold', 'ESCALATION')).toBe('ALLOWED'); // manages applications
  });

  it('keeps limited roles to their groups, and says where it is not told', () => {
    expect(edgesOf(acme, 'CONTROLS', { from: `${R}/role/HELP_DESK_ADMIN@ra2` })).toEqual([
      `${R}/role/HELP_DESK_ADMIN@ra2 ResetPassword 00uada if it does not count as an administrator`,
      `${R}/role/HELP_DESK_ADMIN@ra2 ResetPassword 00ubob if it does not count as an administrator`,
    ]);
    expect(edgesOf(acme, 'HAS_ROLE', { to: `${R}/role/USER_ADMIN` })).toEqual([
      `00ubob ${R}/role/USER_ADMIN if the assignment is not limited to groups or applications`,
    ]);
  });

  it('binds custom roles at their sets', async () => {
    expect(await is('00ubob', 'okta.groups.members.manage', 'iamset')).toBe('ALLOWED');
    expect(await is('00ubob', 'okta.users.read', 'iamset')).toBe('CONDITIONAL');
    expect(edgesOf(acme, 'CONTROLS', { from: 'cr0join@iamset' })).toEqual(['cr0join@iamset AddMember 00gcrew']);
    expect(edgesOf(acme, 'CONTROLS', { from: 'cr0app@iamset' })).toEqual(['cr0app@iamset ManageApplication 0oapay']);
    expect(edgesOf(acme, 'CONTAINS', { from: 'iamset' })).toEqual(['iamset 0oapay']);
    // Its permissions were not given.
    expect(await is('00uhal', 'okta.users.manage', 'iamset')).toBe('CONDITIONAL');
  });

  it('lets tokens act as their users', async () => {
    expect(await is('00Tci', 'SUPER_ADMIN', '00oacme', 'ASSUMABLE')).toBe('ALLOWED');
    expect(await is('0oasvc', 'okta.users.read', '00oacme')).toBe('ALLOWED');
  });

  it.each([
    ['no JSON', 'users.json', '[{"id": ', /ends in the middle/],
    ['a user without id', 'users.json', '[{"profile": {"login": "a"}, "status": "ACTIVE"}]', /\[0\]: has no id/],
    ['a list of something else', 'users.json', '[7]', /users\.json:1: \[0\]: must be an object/],
    [
      'a profile that is none',
      'groups.json',
      '[{"id": "g", "objectClass": [], "profile": {"name": 7}, "type": 8}]',
      /type: must be a text/,
    ],
    ['nothing', 'users.json', '[]', /describes nothing/],
  ])('with %s is refused', async (_, name, text, message) => {
    expect((await refusalOf(() => load(folder.file(name, text)))).message).toMatch(message);
  });

  it('in part withdraws nothing', async () => {
    const part = await load(join(FIXTURE, 'users.json'));
    expect([part.complete, part.report.skipped[0]!.why]).toEqual([
      [],
      expect.stringMatching(/groups, applications are missing/),
    ]);
  });

  it('that is damaged is loaded soundly or refused in words', async () => {
    const originals = readdirSync(FIXTURE, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.json'),
    );
    const outcome = await fuzz({
      originals: originals.map((name) => join(FIXTURE, name)),
      seed: SEED,
      rounds: runs(1000).numRuns!,
      load: (path) => oktaLoader.load({ paths: [path, join(FIXTURE, 'groups.json')], options: {} }),
      check: expectSound,
    });
    expect(outcome.loaded).toBeGreaterThan(0);
    expect(outcome.refused).toBeGreaterThan(0);
  }, 300_000);
});

// The answers were worked out by hand from the files.
describe.skipIf(!existsSync(REAL))('the samples of the Okta API', () => {
  let real: Collected;
  let is: Ask;
  beforeAll(async () => {
    real = await load(REAL);
    expectSound(real);
    is = await asking(real);
  });

  it('1: are of the organization integrator-1234545, and not whole (group_members.json says of no group)', () => {
    expect([real.source, real.complete]).toEqual(['okta:integrator-1234545', []]);
    expect(edgesOf(real, 'MEMBER_OF')).toEqual([]);
    expect(real.report.skipped.some(({ why }) => why.includes('name it group_members-ID.json'))).toBe(true);
  });
  it('2: Saml Test has the application whose link application_users.json has, though applications.json has another', async () => {
    expect(await is('00u1dnq5S0CfjlkpABCD', 'access', '0oajiqIRNXPPJBNZMGYL')).toBe('ALLOWED');
    expect(await is('00u1dnq5S0CfjlkpABCD', 'access', '0oa1gjh63g214q0Hq0g4')).toBe('NONE');
  });
  it('3: both tokens of api_tokens.json act as the user 00uabcdefg1234567890, whom users.json does not have', () => {
    expect(edgesOf(real, 'CAN_ASSUME')).toEqual([
      '00T1234567890abcdefg api token 00uabcdefg1234567890',
      '00Tabcdefg1234567890 api token 00uabcdefg1234567890',
    ]);
  });
  it('4: the Cloud Identity Engine reads users and may not manage them (three scopes in api_services.json)', async () => {
    expect(await is('0oa72lrepvp4WqEET1d9', 'okta.users.read', '00oxdq3784Z1Haa7p697')).toBe('ALLOWED');
    expect(await is('0oa72lrepvp4WqEET1d9', 'okta.users.manage', '00oxdq3784Z1Haa7p697')).toBe('NONE');
  });
  it('5: the group of the directory keeps the SID by which it is joined', () => {
    expect(real.nodes.find(({ id }) => id === '00garwpuyxHaWOkdV0g4')).toMatchObject({
      kind: 'Group',
      name: 'Engineering users',
      attributes: { objectSid: 'S-1-5-21-717838489-685202119-709183397-1177', type: 'APP_GROUP' },
    });
  });
});
