/** `diff` of two versions and of two files, and the questions about an earlier version. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { build, COMPANY, grantlens, inFolder } from './grantlens.ts';

beforeAll(build, 120_000);

const BEFORE = readFileSync(COMPANY, 'utf8');
const AFTER = `${BEFORE.split('\n')
  .filter((line) => !line.includes('"svc:deploy"') || !line.includes('"edge"'))
  .join('\n')}
{"node":"User","id":"user:zoe","name":"Zoe"}
{"node":"Resource","id":"app:new","sensitivity":1}
{"edge":"GRANTS","from":"user:zoe","to":"app:new","actions":["read"]}
`;

const leftovers = (): readonly string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('grantlens-diff-'));

interface Told {
  readonly fromVersion: number;
  readonly toVersion: number;
  // biome-ignore lint/suspicious/noExplicitAny: read as a program would
  readonly nodes: any;
  // biome-ignore lint/suspicious/noExplicitAny: read as a program would
  readonly edges: any;
  // biome-ignore lint/suspicious/noExplicitAny: read as a program would
  readonly access: any;
}

async function json(...args: readonly string[]): Promise<Told> {
  const { code, stdout, stderr } = await grantlens([...args, '--json']);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Told;
}

async function withFiles(work: (folder: string, before: string, after: string) => Promise<void>): Promise<void> {
  await inFolder(async (folder) => {
    const [before, after] = [join(folder, 'before.jsonl'), join(folder, 'after.jsonl.gz')];
    writeFileSync(before, BEFORE);
    writeFileSync(after, gzipSync(AFTER));
    await work(folder, before, after);
  });
}

describe('diff', () => {
  it('tells what differs between two files, and leaves nothing behind', () =>
    withFiles(async (_, before, after) => {
      const there = leftovers();
      const told = await json('diff', before, after);
      expect(told.nodes).toMatchObject({ addedCount: 2, removedCount: 0, changedCount: 0 });
      expect(told.nodes.added.map(({ id }: { id: string }) => id)).toEqual(['app:new', 'user:zoe']);
      expect(told.edges.addedCount).toBe(1);
      expect(told.edges.removedCount).toBeGreaterThan(0);
      expect(told.edges.added[0]).toMatchObject({ edge: 'GRANTS', from: 'user:zoe', to: 'app:new' });
      expect(told.access.gained).toEqual([
        { identity: 'user:zoe', resource: 'app:new', actions: ['read'], exceptions: [], decision: 'ALLOWED' },
      ]);
      const back = await json('diff', after, before);
      expect([back.nodes.removedCount, back.access.lostCount]).toEqual([2, told.access.gainedCount]);
      expect(leftovers()).toEqual(there);
      const same = await json('diff', before, before);
      expect([same.nodes.addedCount, same.edges.changedCount, same.access.gainedCount]).toEqual([0, 0, 0]);
    }));

  it('tells the same of two versions, for people too, within a scope', () =>
    withFiles(async (folder, before, after) => {
      const data = ['--data', join(folder, 'store')];
      for (const file of [before, after])
        expect((await grantlens(['load', 'graph', file, '--source', 'hr', ...data])).code).toBe(0);
      const told = await json('diff', '1', '2', ...data);
      const ofFiles = await json('diff', before, after);
      expect([told.fromVersion, told.toVersion]).toEqual([1, 2]);
      expect(told.access).toEqual(ofFiles.access);
      const { code, stdout, stderr } = await grantlens(['diff', '1', '2', ...data]);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^\+ +ALLOWED +user:zoe +app:new +read$/m);
      expect(stderr).toContain('2 nodes added, 0 removed, 0 changed');
      expect(stderr).toContain('1 access gained');
      expect((await json('diff', '1', '2', '--identity', 'user:ada', ...data)).access.gainedCount).toBe(0);
      expect((await json('diff', '1', '2', '--min-sensitivity', '0.9', ...data)).access.gainedCount).toBe(1);
    }));

  it('says what is wrong', () =>
    withFiles(async (folder, before) => {
      const data = ['--data', join(folder, 'store')];
      await grantlens(['load', 'graph', before, ...data]);
      for (const [args, message] of [
        [['1', before], 'two of a kind'],
        [['1', '9'], 'Version 9 is not kept'],
        [['1', '1', '--identity', 'nobody'], 'No node has the id'],
        [['1', '1', '--min-sensitivity', 'much'], 'minSensitivity'],
        [[before, join(folder, 'missing.jsonl')], 'missing.jsonl'],
      ] as const) {
        const { code, stderr } = await grantlens(['diff', ...args, ...data]);
        expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
      }
    }));
});

describe('--version of a question', () => {
  it('asks the graph as it was', () =>
    withFiles(async (folder, before, after) => {
      const data = ['--data', join(folder, 'store')];
      for (const file of [before, after]) await grantlens(['load', 'graph', file, '--source', 'hr', ...data]);
      const ask = (...args: readonly string[]) => grantlens([...args, '--json', ...data]);
      expect((await ask('check', 'user:zoe', 'read', 'app:new')).code).toBe(0);
      const then = await ask('check', 'user:zoe', 'read', 'app:new', '--version', '1');
      expect([then.code, then.stderr]).toEqual([1, expect.stringContaining('No node has the id "user:zoe"')]);
      expect(JSON.parse((await ask('stats', '--version', '1')).stdout).version).toBe(1);
      expect(JSON.parse((await ask('who-can', 'read', 'app:new', '--version', '2')).stdout)).toMatchObject({
        version: 2,
      });
      expect(JSON.parse((await ask('access', 'user:ada', '--version', '1')).stdout).version).toBe(1);
      expect((await ask('access', 'user:ada', '--version', '7')).stderr).toContain('versions 0 to 2 are');
      // Before the command it is the version of the program.
      expect((await grantlens(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    }));
});
