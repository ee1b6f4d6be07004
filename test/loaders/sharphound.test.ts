import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EdgeKind } from '../../engine/model/index.ts';
import { sharphoundLoader } from '../../loaders/sharphound/index.ts';
import { type Collected, collect } from '../support/collect.ts';
import { fuzz } from '../support/mutate.ts';
import { contextsOf } from '../support/oracle/decide.ts';
import { decide, graphOf, worldAt } from '../support/oracle/index.ts';
import { refusalOf } from '../support/refusal.ts';
import { announceSeed, runs, SEED } from '../support/seed.ts';
import { expectSound } from '../support/sound-changes.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { zipOf } from '../support/zip.ts';

const folder = temporaryFolder();
const FIXTURE = join(import.meta.dirname, '../fixtures/sharphound');
const REAL = join(import.meta.dirname, '../../../shared/data/bloodhound');
const D = 'S-1-5-21-1-2-3';
announceSeed();

const load = async (paths: readonly string[], source?: string): Promise<Collected> =>
  collect(await sharphoundLoader.load({ paths, options: {}, ...(source === undefined ? {} : { source }) }));

/** `from -technique→ to` of each edge of a kind between ends that end so. */
const edgesOf = ({ edges }: Collected, kind: EdgeKind, ends: { from?: string; to?: string } = {}): string[] =>
  edges
    .filter((edge) => edge.kind === kind && edge.from.endsWith(ends.from ?? '') && edge.to.endsWith(ends.to ?? ''))
    .map(({ from, to, technique, actions }) => `${from} ${technique ?? actions?.join() ?? ''} ${to}`)
    .sort();

async function reached(loaded: Collected, identity: string): Promise<ReadonlySet<string>> {
  const graph = await graphOf(loaded.changes);
  return new Set(contextsOf(worldAt(graph, Date.UTC(2026, 0)), identity, 'ESCALATION').keys());
}

describe('a collection of SharpHound', () => {
  let acme: Collected;
  beforeAll(async () => {
    acme = await load([FIXTURE]);
  });

  it('is sound, and of the source of its domain', () => {
    expectSound(acme);
    expect([acme.source, acme.complete]).toEqual(['ad:acme.test', ['ad:acme.test']]);
  });

  it('tells users with what the directory says of them', () => {
    const node = (id: string) => acme.nodes.find((one) => one.id === `${D}-${id}`);
    expect(node('1001')).toEqual({
      kind: 'User',
      id: `${D}-1001`,
      source: 'ad:acme.test',
      name: 'ADA@ACME.TEST',
      attributes: {
        container: '11111111-0000-0000-0000-000000000001',
        department: 'Finance',
        title: 'Clerk',
        distinguishedName: 'CN=ADA,CN=USERS,DC=ACME,DC=TEST',
        distinguishedname: 'CN=ADA,CN=USERS,DC=ACME,DC=TEST',
        domain: 'ACME.TEST',
        domainsid: D,
        enabled: true,
        lastlogon: '2024-02-19T08:14:00Z',
        samaccountname: 'ada',
        whencreated: '2022-05-24T03:06:57Z',
      },
    });
    expect(node('1002')!.attributes).toMatchObject({ enabled: false });
    expect(node('1002')!.attributes).not.toHaveProperty('lastlogon');
    expect(node('1005')!.kind).toBe('ServiceAccount');
  });

  it('fills groups with the accounts whose primary group they are', () => {
    const members = edgesOf(acme, 'MEMBER_OF', { to: '-513' }).map((text) => text.split(' ')[0]);
    expect(members).toEqual(['1001', '1002', '1003', '1004', '1005', '1006'].map((id) => `${D}-${id}`));
  });

  it('finds members by distinguished name', () => {
    expect(edgesOf(acme, 'MEMBER_OF', { from: '-1003', to: '544' })).toEqual([`${D}-1003  ACME.TEST-S-1-5-32-544`]);
  });

  it('knows what every account is a member of', () => {
    expect(edgesOf(acme, 'MEMBER_OF', { to: 'S-1-5-11' })).toHaveLength(3);
    expect(edgesOf(acme, 'MEMBER_OF', { to: 'S-1-1-0' })).toEqual(['ACME.TEST-S-1-5-11  ACME.TEST-S-1-1-0']);
  });

  it('spells SIDs that every domain has with the domain', () => {
    expect(edgesOf(acme, 'CONTROLS', { to: '-1006' })).toContain(`ACME.TEST-S-1-5-32-544 WriteOwner ${D}-1006`);
  });

  it('tells a computer as an account and as a machine', () => {
    const of = acme.nodes.filter(({ id }) => id.includes('-120') && !/-5\d\d$/.test(id));
    expect(of.map(({ kind, id, resourceType }) => `${kind} ${id} ${resourceType ?? ''}`)).toEqual([
      `ServiceAccount ${D}-1200 `,
      `Resource ${D}-1200/machine domain-controller`,
      `ServiceAccount ${D}-1201 `,
      `Resource ${D}-1201/machine computer`,
    ]);
  });

  it('tells local groups, rights, sessions and delegation', () => {
    const machine = `${D}-1201/machine`;
    expect(edgesOf(acme, 'GRANTS', { to: machine })).toEqual([
      `${D}-1005 SQLAdmin ${machine}`,
      `${D}-1201 AdminTo ${machine}`,
      `${D}-1201-544 AdminTo ${machine}`,
      `${D}-1201-555 CanRDP ${machine}`,
      `${D}-1201-555 SeRemoteInteractiveLogonRight ${machine}`,
      `${D}/AdminTo AdminTo ${machine}`,
    ]);
    expect(edgesOf(acme, 'CONTROLS', { to: '-1201' })).toEqual([
      '11111111-0000-0000-0000-000000000002/control Contains S-1-5-21-1-2-3-1201',
      '11111111-0000-0000-0000-000000000002/policy GPLink S-1-5-21-1-2-3-1201',
      `${D}-1005 AllowedToDelegate ${D}-1201`,
      `${D}-1006 AllowedToAct ${D}-1201`,
      `${D}-1201-544 AdminTo ${D}-1201`,
      `${D}/AdminTo AdminTo ${D}-1201`,
    ]);
    expect(edgesOf(acme, 'CONTROLS', { from: '-1201', to: '-1004' })).toEqual([`${D}-1201 HasSession ${D}-1004`]);
  });

  it('keeps what has to be guessed apart from what is certain', () => {
    expect(acme.edges.find(({ technique }) => technique === 'WriteSPN')!.condition).toMatch(/password can be guessed/);
  });

  it('follows control of a unit into it, and not to protected accounts', () => {
    const staff = '11111111-0000-0000-0000-000000000001';
    expect(edgesOf(acme, 'CONTROLS', { from: '-1104', to: `${staff}/control` })).toHaveLength(1);
    expect(edgesOf(acme, 'CONTROLS', { from: `${staff}/control` })).toEqual([
      `${staff}/control Contains 11111111-0000-0000-0000-000000000002/control`,
      `${staff}/control Contains ${D}-1001`,
      `${staff}/control WriteGPLink ${staff}/enforced-policy`,
    ]);
  });

  it('follows policies into units, and not past those that block them', async () => {
    const lab = '11111111-0000-0000-0000-000000000002';
    const domainPolicy = await reached(acme, `${D}-1003`);
    expect(domainPolicy.has(`${D}-1001`)).toBe(true);
    expect(edgesOf(acme, 'CONTROLS', { to: `${lab}/policy` })).toEqual([`${lab}/enforced-policy GPLink ${lab}/policy`]);
  });

  it('tells who can replicate: both rights, through whatever groups, rings of groups among them', () => {
    expect(edgesOf(acme, 'CONTROLS', { to: `${D}/control` }).filter((text) => text.includes('DCSync'))).toEqual([
      `${D}-1006 DCSync ${D}/control`,
    ]);
  });

  it('tells who can enrol for any name: at the template and at the authority', () => {
    const enrols = edgesOf(acme, 'CONTROLS').filter((text) => text.includes('ADCSESC1'));
    // Help desk may at the authority, and its one member is a domain user besides: the group itself holds both.
    expect(enrols).toEqual([`${D}-1104 ADCSESC1 ${D}/control`]);
  });

  it('hands over by trusts inside the forest only', () => {
    const trusts = edgesOf(acme, 'CONTROLS').filter((text) => /SameForestTrust|SpoofSIDHistory/.test(text));
    expect(trusts).toEqual([
      `${D}/control SameForestTrust S-1-5-21-9-9-9/control`,
      `S-1-5-21-9-9-9/control SameForestTrust ${D}/control`,
    ]);
  });

  it('carries SIDs of earlier domains', () => {
    expect(edgesOf(acme, 'MEMBER_OF', { from: '-1003', to: '-1500' })).toHaveLength(1);
    expect(acme.nodes.find(({ id }) => id.endsWith('-1500'))!.kind).toBe('Group');
  });

  it('says what was left aside', () => {
    expect(acme.report.unresolved).toEqual(['S-1-5-21-6-6-6-1700']);
    expect(acme.report.skipped.map(({ why }) => why)).toEqual([
      '"meta.count" says 4, there are 6; all of them were read',
      'the field "NewField" of "enterprisecas" is not known here',
    ]);
  });

  it('is the same from an archive, in any order of its files', async () => {
    const parts = readdirSync(FIXTURE).map((name) => ({
      name: `x/${name}`,
      content: readFileSync(join(FIXTURE, name)),
    }));
    const zipped = await load([folder.file('acme.zip', zipOf(parts.reverse()))]);
    const plain = ({ nodes, edges }: Collected) => [nodes, edges.map(({ evidence, ...edge }) => edge)];
    expect(plain(zipped)).toEqual(plain(acme));
  });

  it('of which half is missing withdraws nothing', async () => {
    const half = await load([join(FIXTURE, 'acme_users.json'), join(FIXTURE, 'acme_groups.json')]);
    expect(half.complete).toEqual([]);
    expect(half.report.skipped.map(({ why }) => why)).toContainEqual(
      expect.stringMatching(
        /files of domains, computers, ous, containers, gpos are missing, so nothing .* is withdrawn/,
      ),
    );
    expectSound(half);
  });

  it.each([
    ['another document', '{"a": 1}', /has no "meta" with a "type" of text/],
    [
      'an old version',
      '{"data": [], "meta": {"type": "users", "version": 3, "count": 0}}',
      /is version 3; versions 5 and 6/,
    ],
    ['OpenGraph', '{"graph": {"nodes": []}, "meta": {"type": "users", "version": 6}}', /it is OpenGraph/],
    [
      'an object without id',
      '{"data": [{"Properties": {}}], "meta": {"type": "users", "version": 6, "count": 1}}',
      /data\[0\]: has no id/,
    ],
    [
      'a list that is none',
      '{"data": [{"ObjectIdentifier": "S-1", "Aces": 7}], "meta": {"type": "users", "version": 6, "count": 1}}',
      /:1: data\[0\]\.Aces: must be a list of objects, is a number/,
    ],
    [
      'an object that is none',
      '{"data": [7], "meta": {"type": "users", "version": 6, "count": 1}}',
      /data\[0\]: must be an object/,
    ],
    ['a cut', '{"data": [{"ObjectIdentifier": "S-1"', /ends in the middle of the document/],
    ['nothing', ' ', /the file is empty/],
  ])('with %s is refused', async (_, text, message) => {
    expect((await refusalOf(() => load([folder.file('bad_users.json', text)]))).message).toMatch(message);
  });

  it('that is damaged is loaded soundly or refused in words', async () => {
    const originals = readdirSync(FIXTURE).map((name) => join(FIXTURE, name));
    const parts = ['acme_users.json', 'acme_groups.json'].map((name) => ({
      name,
      content: readFileSync(join(FIXTURE, name)),
    }));
    originals.push(folder.file('whole.zip', zipOf(parts)));
    const outcome = await fuzz({
      originals,
      seed: SEED,
      rounds: runs(600).numRuns!,
      load: (path) => sharphoundLoader.load({ paths: [path], options: {} }),
      check: expectSound,
    });
    expect(outcome.loaded).toBeGreaterThan(0);
    expect(outcome.refused).toBeGreaterThan(0);
  }, 300_000);
});

// The answers were worked out by hand from the JSON of the collection.
describe.skipIf(!existsSync(REAL))('the collection of phantom.corp', () => {
  const P = 'S-1-5-21-2697957641-2271029196-387917394';
  let phantom: Collected;
  const named = (name: string): string => phantom.nodes.find((node) => node.name === `${name}@PHANTOM.CORP`)!.id;
  const namesOf = (ids: readonly string[]): string[] =>
    ids.map((id) => (phantom.nodes.find((node) => node.id === id)?.name ?? id).replace('@PHANTOM.CORP', '')).sort();
  beforeAll(async () => {
    phantom = await load([join(REAL, 'phantom.zip')]);
  });

  it('is sound and whole', () => {
    expectSound(phantom);
    expect([phantom.source, phantom.complete]).toEqual(['ad:phantom.corp', ['ad:phantom.corp']]);
  });

  it('1: Domain Users has its 43 accounts by primary group, though it lists one', () => {
    const members = phantom.edges.filter(({ kind, to }) => kind === 'MEMBER_OF' && to === `${P}-513`);
    expect(members.filter(({ evidence }) => evidence!.startsWith('primary group'))).toHaveLength(43);
    expect(namesOf(members.filter(({ evidence }) => !evidence!.startsWith('primary')).map(({ from }) => from))).toEqual(
      ['GMSA_SHS$'],
    );
  });

  it('2: three principals can replicate the domain, the controllers and all others through them', () => {
    const syncs = phantom.edges.filter(
      ({ kind, technique, to }) => kind === 'CONTROLS' && technique === 'DCSync' && to === `${P}/control`,
    );
    expect(namesOf(syncs.map(({ from }) => from))).toEqual(['ADMINISTRATORS', 'DCSYNCERS', 'DOMAINUSER']);
  });

  it('3: SVC_PAYADMIN can join Domain Admins, and so rules every machine of the domain', async () => {
    const joins = phantom.edges.filter(({ technique, to }) => technique === 'AddMember' && to === `${P}-512`);
    expect(namesOf(joins.map(({ from }) => from))).toEqual(['SVC_PAYADMIN']);
    const graph = await graphOf(phantom.changes);
    const machine = `${P}-1000/machine`;
    const asked = { identity: named('SVC_PAYADMIN'), action: 'AdminTo', resource: machine };
    expect(decide(graph, { ...asked, reach: 'ESCALATION' })).toBe('ALLOWED');
    expect(decide(graph, { ...asked, reach: 'ENTITLED' })).toBe('NONE');
  });

  it('4: on PAYMENT01 two accounts had a session', () => {
    const machine = phantom.nodes.find(
      ({ kind, name }) => kind === 'ServiceAccount' && name === 'PAYMENT01.PHANTOM.CORP',
    )!;
    const sessions = phantom.edges.filter(({ technique, from }) => technique === 'HasSession' && from === machine.id);
    expect(namesOf([...new Set(sessions.map(({ to }) => to))])).toEqual(['ANDY', 'SVC_PAYADMIN']);
  });

  it('5: the service desk can set four passwords', () => {
    const sets = phantom.edges.filter(
      ({ technique, from }) => technique === 'ForceChangePassword' && from === named('SERVICE DESK'),
    );
    expect(namesOf(sets.map(({ to }) => to))).toEqual(['GUEST', 'KRBTGT_8221', 'MAPPER', 'TARGET']);
  });

  it('stands beside that of the other domain: what one tells of the other are the same nodes', async () => {
    const ghost = await load([join(REAL, 'ghost.zip')]);
    expectSound(ghost);
    const of = new Map(phantom.nodes.map((node) => [node.id, node.kind]));
    const shared = ghost.nodes.filter(({ id }) => of.has(id));
    expect(shared.length).toBeGreaterThan(3);
    expect(shared.filter(({ id, kind }) => of.get(id) !== kind)).toEqual([]);
  });

  it('that is damaged is loaded soundly or refused in words', async () => {
    cpSync(join(REAL, 'phantom.zip'), join(folder.path, 'phantom.zip'));
    const load = (path: string) => sharphoundLoader.load({ paths: [path], options: {} });
    const originals = [join(folder.path, 'phantom.zip')];
    const outcome = await fuzz({ originals, seed: SEED, rounds: runs(60).numRuns!, load, check: expectSound });
    expect(outcome.refused).toBeGreaterThan(0);
  }, 300_000);
});
