import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EdgeKind } from '../../engine/model/index.ts';
import { comparableName } from '../../loaders/ldif/distinguished-name.ts';
import { ldifLoader } from '../../loaders/ldif/index.ts';
import { type Collected, collect } from '../support/collect.ts';
import { fuzz } from '../support/mutate.ts';
import { refusalOf } from '../support/refusal.ts';
import { announceSeed, runs, SEED } from '../support/seed.ts';
import { expectSound } from '../support/sound-changes.ts';
import { temporaryFolder } from '../support/temporary.ts';

const folder = temporaryFolder();
const FIXTURES = join(import.meta.dirname, '../fixtures/ldif');
const REAL = join(import.meta.dirname, '../../../shared/data/ldif');
announceSeed();

const load = async (...paths: string[]): Promise<Collected> =>
  collect(await ldifLoader.load({ paths, options: {}, source: 's' }));
let files = 0;
const loadText = (text: string) => load(folder.file(`l${files++}.ldif`, text));
const edgesOf = ({ edges }: Collected, kind: EdgeKind): string[] =>
  edges.filter((edge) => edge.kind === kind).map(({ from, to }) => `${from} → ${to}`);

const ADA = 'uid=ada,ou=people,dc=acme,dc=test';
const ZOE = 'uid=zoë,ou=people,dc=acme,dc=test';
const GRACE = 'UID=Grace, OU=people, DC=acme, DC=test';
const CREW = 'cn=crew,ou=groups,dc=acme,dc=test';
const FLEET = 'cn=fleet\\2C all,ou=groups,dc=acme,dc=test';
const POSIX = 'cn=posix,ou=groups,dc=acme,dc=test';

describe('LDIF', () => {
  let acme: Collected;
  beforeAll(async () => {
    acme = await load(join(FIXTURES, 'acme.ldif'));
  });

  it('is sound', () => expectSound(acme));

  it('tells accounts: folded lines, base64, options; no secrets, no pictures', () => {
    expect(acme.nodes.find(({ id }) => id === ADA)).toEqual({
      kind: 'User',
      id: ADA,
      source: 's',
      name: 'Ada Lovelace',
      attributes: {
        cn: 'Ada Lovelace',
        description: 'Zürich',
        distinguishedName: ADA,
        email: 'ada@acme.test',
        gidnumber: '500',
        manager: 'uid=grace,ou=people,dc=acme,dc=test',
        title: 'Clerk',
        uid: 'ada',
        uidnumber: '1001',
      },
    });
    expect(acme.nodes.find(({ id }) => id === GRACE)!.attributes['enabled']).toBe(false);
  });

  it('tells members by distinguished name however it is spelled, by uid, by number, and by what the member says', () => {
    expect(edgesOf(acme, 'MEMBER_OF').sort()).toEqual(
      [
        `${ADA} → ${CREW}`,
        `${GRACE} → ${CREW}`,
        `${ZOE} → ${CREW}`,
        `${CREW} → ${FLEET}`,
        `${ZOE} → ${FLEET}`,
        `${ADA} → ${POSIX}`,
        `${GRACE} → ${POSIX}`,
      ].sort(),
    );
    expect(edgesOf(acme, 'HAS_ROLE')).toEqual([`${FLEET} → cn=officer,ou=roles,dc=acme,dc=test`]);
    expect(edgesOf(acme, 'OWNS')).toEqual([`${GRACE} → ${CREW}`]);
  });

  it('says what was left aside', () => {
    expect(acme.report.unresolved).toEqual(['distinguished name uid=gone,ou=people,dc=acme,dc=test', 'uid nobody']);
    expect(acme.report.skipped.map(({ why }) => why)).toEqual([
      'its value is a URL; nothing is fetched',
      'neither account nor group nor role',
    ]);
  });

  it('of Active Directory: SIDs, primary groups, disabled accounts, file times, lists in parts', async () => {
    const ad = await load(join(FIXTURES, 'ad.ldif'));
    expectSound(ad);
    const ken = ad.nodes.find(({ name }) => name === 'Ken')!;
    expect(ken.attributes).toMatchObject({
      objectsid: 'S-1-5-21-1-2-3-1100',
      objectguid: '03020100-0504-0706-0809-0a0b0c0d0e0f',
      enabled: false,
      lastlogon: '2024-02-19T06:15:00Z',
      whencreated: '2022-05-24T03:06:57Z',
    });
    expect(ken.attributes).not.toHaveProperty('accountexpires');
    expect(ad.nodes.find(({ name }) => name === 'SQL1')!.kind).toBe('ServiceAccount');
    expect([...new Set(edgesOf(ad, 'MEMBER_OF'))]).toEqual([
      `${ken.id} → CN=Domain Users,CN=Users,DC=ad,DC=test`,
      'CN=Domain Users,CN=Users,DC=ad,DC=test → CN=Users,CN=Builtin,DC=ad,DC=test',
    ]);
    expect(new Set(ad.edges.filter(({ from }) => from.startsWith('CN=Domain')).map(({ id }) => id)).size).toBe(1);
    expect(ad.report.skipped.map(({ why }) => why)).toEqual([
      'member is a part of a list; see that the other parts are there',
    ]);
  });

  it.each([
    ['a change', 'dn: cn=x\nchangetype: delete\n', /:2: this is a record of changes/],
    ['a line without colon', 'dn: cn=x\nobjectClass person\n', /:2: has no colon/],
    ['bad base64', 'dn: cn=x\nobjectClass: person\ndescription:: a*b\n', /:3: description: is not base64/],
    ['an entry without name', 'objectClass: person\n', /:1: an entry starts with "dn:"/],
    ['two names', 'dn: cn=x\ndn: cn=y\n', /:2: an entry has one "dn:"/],
    ['a continuation of nothing', ' x\n', /:1: a line that starts with a space continues the line before/],
    ['a name that is none', 'dn: cn=x\nob ject: x\n', /:2: "ob ject" is no name of an attribute/],
    ['no entry', '# nothing\n', /describes nothing/],
    [
      'a name that is too long',
      `dn: cn=${'x'.repeat(5000)}\nobjectClass: person\n`,
      /:1: the id is 5003 characters long/,
    ],
  ])('with %s is refused', async (_, text, message) => {
    expect((await refusalOf(() => loadText(text))).message).toMatch(message);
  });

  it('with an entry that says nothing takes nothing of the next for it', async () => {
    const loaded = await loadText('dn: cn=x\n\ndn: cn=y\nobjectClass: person\n');
    expect(loaded.nodes.map(({ id }) => id)).toEqual(['cn=y']);
  });

  it('with several people of one uid guesses none', async () => {
    const text =
      'dn: uid=a,o=1\nobjectClass: person\nuid: a\n\ndn: uid=a,o=2\nobjectClass: person\nuid: a\n\ndn: cn=g\nobjectClass: posixGroup\nmemberUid: a\n';
    const loaded = await loadText(text);
    expect(loaded.edges).toEqual([]);
    expect(loaded.report.skipped[0]!.why).toBe('uid "a" is that of several; none of them was guessed');
  });

  it('is the same however its lines are folded', async () => {
    const text = readFileSync(join(FIXTURES, 'acme.ldif'), 'utf8');
    const unfolded = text.replaceAll('\n ', '');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 10, max: 60 }), async (width) => {
        const fold = (line: string): string =>
          [...line].reduce((out, char, at) => out + (at > 0 && at % width === 0 ? '\n ' : '') + char, '');
        const folded = unfolded.split('\n').map(fold).join('\n');
        const bare = ({ nodes, edges }: Collected) => [nodes, edges.map(({ evidence, ...edge }) => edge)];
        expect(bare(await loadText(folded))).toEqual(bare(acme));
      }),
      runs(20),
    );
  });

  it('of random bytes is refused or loaded', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const path = folder.file('random.ldif', bytes);
        await load(path).then(expectSound, (error) => expect(error.name).toBe('GrantlensError'));
      }),
      runs(200),
    );
  });

  it('that is damaged is loaded soundly or refused in words', async () => {
    const originals = [join(FIXTURES, 'acme.ldif'), join(FIXTURES, 'ad.ldif')];
    const load = (path: string) => ldifLoader.load({ paths: [path], options: {} });
    const outcome = await fuzz({ originals, seed: SEED, rounds: runs(600).numRuns!, load, check: expectSound });
    expect(outcome.loaded).toBeGreaterThan(0);
    expect(outcome.refused).toBeGreaterThan(0);
  }, 300_000);
});

describe('distinguished names', () => {
  it.each([
    ['CN=Ada,DC=x', 'cn=ada,dc=x'],
    ['cn=ada , dc = x', 'cn=ada,dc=x'],
    ['cn=a\\,b,dc=x', 'cn=a\\2Cb,dc=x'],
    ['cn="a,b",dc=x', 'cn=a\\,b,dc=x'],
    ['cn=a+sn=b,dc=x', 'SN=b + CN=a, dc=x'],
    ['cn=zo\\C3\\AB', 'cn=Zoë'],
  ])('%s and %s are one', (one, other) => expect(comparableName(one)).toBe(comparableName(other)));

  it.each([
    ['cn=a,dc=x', 'cn=a\\,dc\\=x'],
    ['cn=a,dc=x', 'cn=a,dc=y'],
    ['cn=ab', 'cn=a b'],
  ])('%s and %s are two', (one, other) => expect(comparableName(one)).not.toBe(comparableName(other)));
});

// The answers were worked out by hand from the files.
describe.skipIf(!existsSync(REAL))('the directory of Planet Express', () => {
  let planet: Collected;
  const id = (name: string): string => `cn=${name},ou=people,dc=planetexpress,dc=com`;
  beforeAll(async () => {
    planet = await load(join(REAL, 'planet-express'));
  });

  it('1: has seven people and two groups', () => {
    expectSound(planet);
    expect(planet.nodes.map(({ kind }) => kind).sort()).toEqual([...Array(2).fill('Group'), ...Array(7).fill('User')]);
  });
  it('2: its crew are Fry, Leela and Bender', () => {
    const crew = planet.edges.filter(({ to }) => to === id('ship_crew')).map(({ from }) => from);
    expect(crew.sort()).toEqual(['Bender Bending Rodriguez', 'Philip J. Fry', 'Turanga Leela'].map(id));
  });
  it('3: its staff are the professor and Hermes', () => {
    const staff = planet.edges.filter(({ to }) => to === id('admin_staff')).map(({ from }) => from);
    expect(staff.sort()).toEqual(['Hermes Conrad', 'Hubert J. Farnsworth'].map(id));
  });
  it('4: Hermes is a bureaucrat and an accountant of the office management', () => {
    const { attributes } = planet.nodes.find((node) => node.id === id('Hermes Conrad'))!;
    expect(attributes).toMatchObject({
      employeetype: ['Bureaucrat', 'Accountant'],
      ou: 'Office Management',
      email: 'hermes@planetexpress.com',
    });
  });
  it('5: Amy has a name of two parts and is in no group', () => {
    const amy = planet.nodes.find(({ name }) => name === 'Amy Wong')!;
    expect(amy.id).toBe('cn=Amy Wong+sn=Kroker,ou=people,dc=planetexpress,dc=com');
    expect(planet.edges.filter(({ from }) => from === amy.id)).toEqual([]);
  });
});
