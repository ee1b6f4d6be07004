import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { scimLoader } from '../../loaders/scim/index.ts';
import { type Collected, collect } from '../support/collect.ts';
import { fuzz } from '../support/mutate.ts';
import { refusalOf } from '../support/refusal.ts';
import { announceSeed, runs, SEED } from '../support/seed.ts';
import { expectSound } from '../support/sound-changes.ts';
import { temporaryFolder } from '../support/temporary.ts';

const folder = temporaryFolder();
const FIXTURES = join(import.meta.dirname, '../fixtures/scim');
const REAL = join(import.meta.dirname, '../../../shared/data/scim');
announceSeed();

const load = async (...paths: string[]): Promise<Collected> =>
  collect(await scimLoader.load({ paths, options: {}, source: 'idp' }));
const lists = [join(FIXTURES, 'users.json'), join(FIXTURES, 'groups.json')];
const edgesOf = ({ edges }: Collected): string[] => edges.map(({ kind, from, to }) => `${from} ${kind} ${to}`).sort();

describe('SCIM', () => {
  let acme: Collected;
  beforeAll(async () => {
    acme = await load(...lists);
  });

  it('tells users with their extension, in whatever case, and keeps what it does not know', () => {
    expectSound(acme);
    expect(acme.nodes.find(({ id }) => id === 'u-ada')).toEqual({
      kind: 'User',
      id: 'u-ada',
      source: 'idp',
      name: 'Ada Lovelace',
      attributes: {
        department: 'Finance',
        displayName: 'Ada Lovelace',
        email: 'ada@acme.test',
        emails: [{ value: 'old@acme.test' }, { value: 'ada@acme.test', primary: true }],
        employeeNumber: '7',
        enabled: true,
        manager: 'u-grace',
        title: 'Clerk',
        'urn:acme:custom': { badge: 12 },
        userName: 'ada@acme.test',
      },
    });
    expect(acme.nodes.find(({ id }) => id === 'u-grace')).toMatchObject({
      name: 'grace@acme.test',
      attributes: { enabled: false },
    });
  });

  it('tells groups in groups, roles and entitlements', () => {
    expect([...new Set(edgesOf(acme))]).toEqual([
      'g-crew MEMBER_OF g-all',
      'u-ada GRANTS idp/entitlement/seat',
      'u-ada HAS_ROLE idp/role/auditor',
      'u-ada MEMBER_OF g-crew',
      'u-grace HAS_ROLE idp/role/auditor',
    ]);
    expect(new Set(acme.edges.map(({ id }) => id)).size).toBe(5);
  });

  it('speaks for the whole service where all pages are there', async () => {
    expect([acme.complete, acme.report.unresolved]).toEqual([['idp'], ['u-gone']]);
    expect(acme.report.skipped.map(({ why }) => why)).toEqual(['neither a user nor a group']);
    const page = folder.file('page.json', '{"totalResults": 9, "Resources": [{"id": "u", "userName": "u"}]}');
    const part = await load(page);
    expect(part.complete).toEqual([]);
    expect(part.report.skipped[0]!.why).toMatch(/"totalResults" says 9, the pages that are there have 1, so nothing/);
  });

  it('tells what a bulk request creates, by the names that it gives', async () => {
    const bulk = await load(join(FIXTURES, 'bulk.json'));
    expectSound(bulk);
    expect(edgesOf(bulk)).toEqual(['bulkId:bulk.json:a MEMBER_OF bulkId:bulk.json:b']);
    expect(bulk.complete).toEqual([]);
    expect(bulk.report.skipped.map(({ why }) => why)).toContain('DELETE: only POST and PUT say what there is');
  });

  it.each([
    ['no JSON', '{"Resources": [', /ends in the middle/],
    ['a resource that is none', '{"Resources": [7]}', /:1: Resources\[0\]: must be an object/],
    [
      'members that are none',
      '{"Resources": [{"id": "g", "members": "x"}]}',
      /Resources\[0\]\.members: must be a list of objects/,
    ],
    ['no id', '{"Resources": [{"schemas": ["x:User"]}]}', /Resources\[0\]: has no id/],
    ['something else', '{"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"]}', /describes nothing/],
  ])('with %s is refused', async (_, text, message) => {
    expect((await refusalOf(() => load(folder.file('bad.json', text)))).message).toMatch(message);
  });

  it('of any JSON is loaded soundly or refused in words', async () => {
    const key = fc.constantFrom(
      'Resources',
      'schemas',
      'id',
      'userName',
      'members',
      'groups',
      'roles',
      'value',
      'name',
      'emails',
      '__proto__',
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.boolean(),
        fc.double(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(key, tie('value'), { maxKeys: 5 }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 3 }), async (resources) => {
        const path = folder.file('any.json', JSON.stringify({ Resources: resources }));
        await load(path).then(expectSound, (error) => expect(error.name, error.stack).toBe('GrantlensError'));
      }),
      runs(300),
    );
  });

  it('that is damaged is loaded soundly or refused in words', async () => {
    const load = (path: string) => scimLoader.load({ paths: [path], options: {} });
    const originals = [...lists, join(FIXTURES, 'bulk.json')];
    const outcome = await fuzz({ originals, seed: SEED, rounds: runs(600).numRuns!, load, check: expectSound });
    expect(outcome.loaded).toBeGreaterThan(0);
    expect(outcome.refused).toBeGreaterThan(0);
  }, 300_000);
});

// The answers were worked out by hand from the files.
describe.skipIf(!existsSync(REAL))('the payloads of RFC 7643 and RFC 7644', () => {
  let rfc: Collected;
  beforeAll(async () => {
    rfc = await load(REAL);
  });
  const node = (id: string) => rfc.nodes.find((one) => one.id === id);

  it('1: load, of a source that nothing is withdrawn from', () => {
    expectSound(rfc);
    expect(rfc.complete).toEqual([]);
  });
  it('2: Babs Jensen may log in and is of the department of tour operations', async () => {
    const { nodes } = await load(join(REAL, 'rfc-samples/samples/rfc7643-8.3-enterprise_user.json'));
    expect(nodes[0]).toMatchObject({
      id: '2819c223-7f76-453a-919d-413861904646',
      attributes: { enabled: true, department: 'Tour Operations', manager: '26118915-6090-4610-87e4-49d8ca9f808d' },
    });
  });
  it('3: the tour guides are Babs and one whom no file describes', () => {
    const guides = rfc.edges.filter(({ to }) => to === 'e9e30dba-f08f-4109-8486-d5c6a331660a');
    expect([...new Set(guides.map(({ from }) => from))]).toEqual(['2819c223-7f76-453a-919d-413861904646']);
    expect(rfc.report.unresolved).toContain('902c246b-6245-4190-8e05-00816be7344a');
  });
  it('4: groups A and B are members of each other', () => {
    const [a, b] = ['c3a26dd3-27a0-4dec-a2ac-ce211e105f97', '6c5bb468-14b2-4183-baf2-06d523e03bd3'] as const;
    const between = rfc.edges.filter(
      ({ from, to }) => [a, b].includes(from as typeof a) && [a, b].includes(to as typeof a),
    );
    expect(new Set(between.map(({ from }) => from))).toEqual(new Set([a, b]));
  });
  it('5: Alice is to be created as a member of the new tour guides', () => {
    const file = 'rfc7644-3.7.2-bulk_request-temporary_identifier.json';
    expect(node(`bulkId:${file}:qwerty`)!.name).toBe('Alice');
    expect(edgesOf(rfc)).toContain(`bulkId:${file}:qwerty MEMBER_OF bulkId:${file}:ytrewq`);
  });
});
