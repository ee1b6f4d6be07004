import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Decision, EdgeKind } from '../../engine/model/index.ts';
import { posixLoader } from '../../loaders/posix/index.ts';
import { statementsOf } from '../../loaders/posix/sudoers.ts';
import { type Collected, collect } from '../support/collect.ts';
import { mutate, randomOf } from '../support/mutate.ts';
import { decide, graphOf, type OracleGraph } from '../support/oracle/index.ts';
import { refusalOf } from '../support/refusal.ts';
import { announceSeed, runs, SEED } from '../support/seed.ts';
import { expectSound } from '../support/sound-changes.ts';
import { temporaryFolder } from '../support/temporary.ts';

const folder = temporaryFolder();
const FIXTURE = join(import.meta.dirname, '../fixtures/posix');
announceSeed();

const load = async (root: string): Promise<Collected> =>
  collect(await posixLoader.load({ paths: [root], options: {} }));

describe('a POSIX machine', () => {
  let box: Collected;
  let graph: OracleGraph;
  const edgesOf = (kind: EdgeKind): string[] =>
    box.edges.filter((edge) => edge.kind === kind).map(({ from, to, technique }) => `${from} ${technique ?? ''} ${to}`);
  const may = (user: string, action: string, resource = 'box'): Decision =>
    decide(graph, { identity: `box/user/${user}`, action, resource });
  beforeAll(async () => {
    box = await load(FIXTURE);
    graph = await graphOf(box.changes);
  });

  it('is sound, and of a source by its name', () => {
    expectSound(box);
    expect(box.source).toBe('posix:box');
  });

  it('tells people from services by their numbers', () => {
    const kinds = Object.fromEntries(box.nodes.map(({ id, kind }) => [id, kind]));
    expect([kinds['box/user/ada'], kinds['box/user/web'], kinds['box/user/root']]).toEqual([
      'User',
      'ServiceAccount',
      'ServiceAccount',
    ]);
    expect(box.nodes.find(({ id }) => id === 'box/user/ada')!.attributes).toEqual({
      fullName: 'Ada Lovelace',
      gid: '1000',
      home: '/home/ada',
      login: true,
      shell: '/bin/bash',
      uid: 1000,
    });
  });

  it('tells members, by primary group too', () => {
    expect(edgesOf('MEMBER_OF').filter((text) => text.startsWith('box/user/ken'))).toEqual([
      'box/user/ken  box/everyone',
      'box/user/ken  box/group/ada',
      'box/user/ken  box/group/docker',
    ]);
    expect(edgesOf('CONTROLS')).toContain('box/group/docker docker box/user/root');
  });

  it('lets who may log in log in, and root do everything', () => {
    expect([may('ada', 'login'), may('ken', 'login'), may('web', 'login')]).toEqual(['ALLOWED', 'NONE', 'NONE']);
    expect(may('root', 'anything')).toBe('ALLOWED');
  });

  it('lets a group that may do all as anyone be root', () => {
    expect(edgesOf('CAN_ASSUME')).toContain('box/group/wheel sudo NOPASSWD box/user/root');
    expect(may('grace', 'anything')).toBe('ALLOWED');
    expect(may('ada', 'anything')).toBe('NONE');
  });

  it.each<[string, string, string, Decision]>([
    ['ada', '/usr/bin/systemctl restart web', 'box/as/web', 'ALLOWED'],
    ['web', '/usr/bin/systemctl restart web', 'box/as/web', 'ALLOWED'],
    ['ada', '/usr/bin/systemctl restart ssh', 'box/as/web', 'NONE'],
    ['ada', '/usr/bin/journalctl -f', 'box/as/web', 'ALLOWED'],
    ['ada', '/usr/bin/less /var/log/x', 'box/as/web', 'ALLOWED'],
    ['ada', '/bin/ls', 'box/as/grace', 'ALLOWED'],
    ['ada', '/bin/ls -l', 'box/as/grace', 'NONE'],
    ['ken', '/bin/cat /etc/shadow', 'box/as/root', 'ALLOWED'],
    ['ken', '/bin/su', 'box/as/root', 'NONE'],
    ['ken', '/usr/bin/apt update', 'box/as/root', 'ALLOWED'],
    ['web', '/usr/bin/apt update', 'box/as/root', 'ALLOWED'],
    ['web', '/usr/bin/apt install x', 'box/as/root', 'NONE'],
  ])('%s running %s on %s: %s', (user, command, resource, decision) =>
    expect(may(user, command, resource)).toBe(decision),
  );

  it('says that commands taken out of all can be run in another way', () => {
    expect(edgesOf('CONTROLS')).toContain('box/user/ken sudo box/user/root');
  });

  it('keeps rules for addresses as conditional, and leaves those of other hosts', () => {
    expect(box.edges.find(({ condition }) => condition?.startsWith('the host'))).toMatchObject({
      condition: 'the host is 10.0.0.0/8',
    });
    expect(box.report.skipped.map(({ why }) => why)).toEqual([
      'is not there',
      'accounts of NIS are not in this file',
      'a rule for other hosts than box',
      'not all files could be read, so nothing that an earlier load told is withdrawn',
    ]);
    expect(box.report.unresolved).toEqual(['box/user/ghost']);
  });

  it('follows no link out of its root', async () => {
    const root = join(folder.path, 'linked');
    cpSync(FIXTURE, root, { recursive: true });
    writeFileSync(join(folder.path, 'outside'), 'ada ALL=(ALL) ALL\n');
    symlinkSync(join(folder.path, 'outside'), join(root, 'etc/sudoers.d/link'));
    const loaded = await load(root);
    expect(loaded.report.skipped.map(({ why }) => why)).toContain('leads out of the root; it was not followed');
    expect(loaded.complete).toEqual([]);
  });

  it.each([
    ['no folder', {}, /is no folder/],
    ['no accounts', { 'etc/group': '' }, /no etc\/passwd to be read/],
    ['a short line', { 'etc/passwd': 'ada:x:1\n' }, /passwd:1: has 3 columns; 7 are needed/],
    ['a number that is none', { 'etc/passwd': 'ada:x:one:1:::/bin/sh\n' }, /passwd:1: the numbers of user and group/],
    [
      'no sudoers',
      { 'etc/passwd': 'root:x:0:0:::/bin/sh\n', 'etc/sudoers': '\nhello\n' },
      /sudoers:2: is neither a rule nor an alias/,
    ],
    ['a circle', { 'etc/passwd': 'root:x:0:0:::/bin/sh\n', 'etc/sudoers': '@include sudoers\n' }, /in a circle/],
  ])('with %s is refused', async (name, files: Record<string, string>, message) => {
    for (const [path, text] of Object.entries(files)) folder.file(join(name, path), text);
    expect((await refusalOf(() => load(join(folder.path, name)))).message).toMatch(message);
  });

  it('that is damaged is loaded soundly or refused in words', async () => {
    const random = randomOf(SEED);
    const root = join(folder.path, 'damaged');
    mkdirSync(root);
    cpSync(FIXTURE, root, { recursive: true });
    for (let round = 0; round < runs(400).numRuns!; round++) {
      const name = ['passwd', 'group', 'sudoers', 'hostname'][round % 4]!;
      const original = readFileSync(join(FIXTURE, 'etc', name));
      writeFileSync(join(root, 'etc', name), mutate(original, random).bytes);
      await load(root).then(expectSound, (error) =>
        expect(error.name, `round ${round}: ${error.stack}`).toBe('GrantlensError'),
      );
      writeFileSync(join(root, 'etc', name), original);
    }
  }, 120_000);
});

it('sudoers of random text are read to their end', () => {
  const word = fc.constantFrom(
    'ada',
    'ALL',
    '=',
    '(',
    ')',
    ':',
    ',',
    '!',
    '#',
    '"',
    '\\',
    '%',
    ' ',
    '\n',
    'NOPASSWD:',
    'User_Alias',
    'A',
    '@include',
    '/bin/x',
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (words) => {
      for (const statement of statementsOf(words.join(''))) expect(statement.is).toMatch(/rule|alias|include|wrong/);
    }),
    runs(500),
  );
});
