import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pairsLoader } from '../../loaders/pairs/pairs-loader.ts';
import { type Collected, collect } from '../support/collect.ts';
import { refusalOf } from '../support/refusal.ts';
import { temporaryFolder } from '../support/temporary.ts';

const folder = temporaryFolder();
const FIXTURES = join(import.meta.dirname, '../fixtures/loaders/pairs');
const MATRICES = join(import.meta.dirname, '../../../shared/data/role-mining');

const load = async (...paths: string[]): Promise<Collected> => collect(await pairsLoader.load({ paths, options: {} }));
let files = 0;
const loadText = (text: string) => load(folder.file(`p${files++}.txt`, text));
const pairsOf = ({ edges }: Collected): string[] => edges.map(({ from, to }) => `${from} ${to}`);

describe('pairs', () => {
  it('become users, resources and grants of the action use', async () => {
    const { source, complete, nodes, edges, report } = await loadText('u1 p1\nu1 p2\n');
    expect([source, complete]).toEqual([`p${files - 1}`, [source]]);
    expect(nodes).toEqual([
      { kind: 'User', id: 'user:u1', source, name: 'u1', attributes: {} },
      { kind: 'Resource', id: 'permission:p1', source, name: 'p1', resourceType: 'permission', attributes: {} },
      { kind: 'Resource', id: 'permission:p2', source, name: 'p2', resourceType: 'permission', attributes: {} },
    ]);
    expect(edges[0]).toMatchObject({
      kind: 'GRANTS',
      from: 'user:u1',
      to: 'permission:p1',
      actions: ['use'],
      effect: 'ALLOW',
    });
    expect(report).toEqual({ unresolved: [], skipped: [] });
  });

  it.each([
    ['commas', 'a b,p q\nc,d\n'],
    ['semicolons', 'a b;p q\nc;d\n'],
    ['tabs', 'a b\tp q\nc\td\n'],
    ['commas and spaces', ' a b , p q \nc,  d\n'],
    ['commas and quotes', '"a b","p q"\n"c" , d\n'],
    ['a header and comments', '# x\n\nuser_id,Permission\na b,p q\n # y\nc,d'],
    ['returns', 'a b,p q\r\nc,d\r\n'],
  ])('are separated by %s', async (_, text) => {
    expect(pairsOf(await loadText(text))).toEqual(['user:a b permission:p q', 'user:c permission:d']);
  });

  it('are separated by runs of spaces', async () => {
    expect(pairsOf(await loadText('        1          2\n       33       4\n'))).toEqual([
      'user:1 permission:2',
      'user:33 permission:4',
    ]);
  });

  it('are quoted and repeated', async () => {
    const loaded = await load(join(FIXTURES, 'quoted.csv'));
    expect(pairsOf(loaded)).toEqual([
      'user:ada permission:ledger read',
      'user:Lovelace, Ada permission:say "hi"',
      'user:grace permission:build',
    ]);
    expect(loaded.report.skipped).toEqual([
      { where: join(FIXTURES, 'quoted.csv'), why: 'one pair that was told before' },
    ]);
  });

  it('are as the documentation shows them', async () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/loaders/pairs.md'), 'utf8');
    const example = /```csv\n(.*?)```/s.exec(page)![1]!;
    expect(pairsOf(await loadText(example))).toEqual([
      'user:ada permission:ledger read',
      'user:Hopper, Grace permission:build',
    ]);
  });

  it('tell a header only where it is one', async () => {
    expect(pairsOf(await loadText('user,grace\n'))).toEqual(['user:user permission:grace']);
    expect(pairsOf(await loadText('a,b\nuser,permission\n'))).toEqual([
      'user:a permission:b',
      'user:user permission:permission',
    ]);
  });

  it.each([
    [
      'one column',
      'a,b\nc\n',
      /:2: there is one column, two are needed: user and permission, separated by a comma as line 1 has it/,
    ],
    ['three columns', '# x\na b\nc d e\n', /:3: there are 3 columns, .* separated by spaces as line 2 has it/],
    ['an empty user', ',p\n', /:1: user: is empty/],
    ['an empty permission', 'u,\n', /:1: permission: is empty/],
    ['an open quote', '"u,p\n', /:1: a double quote is opened and not closed in this line/],
    ['text behind a quote', '"u"x,p\n', /:1: text follows the closing double quote/],
    ['a long id', `u,${'p'.repeat(5000)}\n`, /:1: permission: is 5011 characters long; at most 4096 are taken/],
    ['nothing', '# only a comment\n', /the file is empty/],
  ])('with %s: refused', async (_, text, message) => {
    const error = await refusalOf(() => loadText(text));
    expect([error.code, error.message]).toEqual(['INPUT_INVALID', expect.stringMatching(message)]);
  });

  // Users, permissions and pairs of the published matrices.
  it.skipIf(!existsSync(MATRICES)).each([
    ['hc', 46, 46, 1_486],
    ['domino', 79, 231, 730],
    ['apj', 2_044, 1_164, 6_841],
    ['fire2', 325, 590, 36_428],
    ['customer', 10_021, 277, 45_427],
    ['americas_small', 3_477, 1_587, 105_205],
  ])('of the matrix %s: %i users, %i permissions, %i pairs', async (name, users, permissions, pairs) => {
    const { source, nodes, edges, report } = await load(join(MATRICES, `${name}.txt.gz`));
    const count = (kind: string): number => nodes.filter((node) => node.kind === kind).length;
    expect([source, count('User'), count('Resource'), edges.length]).toEqual([name, users, permissions, pairs]);
    expect(report.skipped).toEqual([]);
  });
});
