/** Loads that take much away, and loads that are only tried. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { build, COMPANY, grantlens, inFolder } from './grantlens.ts';

beforeAll(build, 120_000);

const company = readFileSync(COMPANY, 'utf8');
const without = (word: string): string => company.replace(new RegExp(`^.*${word}.*\\n`, 'gm'), '');
const people = (count: number): string =>
  Array.from({ length: count }, (_, i) => `{"node":"User","id":"user:${i}"}\n`).join('');

describe('a load that takes much away', () => {
  it('stops, says how much of how much, and goes on where that is allowed', () =>
    inFolder(async (folder) => {
      const to = ['--data', join(folder, 'store'), '--source', 'hr'];
      await grantlens(['load', 'graph', '-', ...to], people(100));
      const stopped = await grantlens(['load', 'graph', '-', ...to], people(79));
      expect(stopped.code).toBe(1);
      expect(stopped.stdout).toBe('');
      expect(stopped.stderr).toMatch(
        /^error: The load would withdraw 21 of 100 nodes and 0 of 0 edges of the source "hr", among them user:\d+; .*\. At most 20 % may go\.\n/,
      );
      expect(stopped.stderr).toContain('--max-withdrawn');
      const dry = await grantlens(['load', 'graph', '-', ...to, '--dry-run'], people(79));
      expect(dry.code).toBe(0);
      expect(dry.stderr).toContain('Without --dry-run this is stopped: 21 of 100 nodes');
      expect((await grantlens(['load', 'graph', '-', ...to], people(80))).stdout).toContain('20 removed');
      const allowed = await grantlens(['load', 'graph', '-', ...to, '--max-withdrawn', '0.5', '--json'], people(40));
      expect(JSON.parse(allowed.stdout)).toMatchObject({ version: 3, removed: 40 });
      const wrong = await grantlens(['load', 'graph', '-', ...to, '--max-withdrawn', '20'], people(1));
      expect(wrong.stderr).toContain('It is a number from 0 to 1.');
    }));
});

describe('a load of use', () => {
  it('counts what was read', () =>
    inFolder(async (folder) => {
      const used = '{"usage":"user:0","action":"read","resource":"r","lastUsedAt":"2026-01-01T00:00:00Z"}\n';
      const input = `${people(2)}{"node":"Resource","id":"r"}\n${used}`;
      const { stdout } = await grantlens(
        ['load', 'graph', '-', '--data', join(folder, 'store'), '--source', 'hr', '--json'],
        input,
      );
      expect(JSON.parse(stdout)).toMatchObject({ nodes: 3, edges: 0, uses: 1, added: 4 });
    }));
});

describe('a load that is only tried', () => {
  it('tells what would change and who would lose what, and leaves the store alone', () =>
    inFolder(async (folder) => {
      const to = ['--data', join(folder, 'store'), '--source', 'hr'];
      await grantlens(['load', 'graph', COMPANY, ...to]);
      const less = without('"svc:deploy"').replace(
        '"from":"user:ada","to":"group:finance"',
        '"from":"user:mei","to":"group:finance"',
      );
      const { stdout, stderr, code } = await grantlens(['load', 'graph', '-', ...to, '--dry-run'], less);
      expect(code).toBe(0);
      expect(stdout).toContain('dry run: nothing was applied');
      expect(stdout).toMatch(/^- {2}ServiceAccount +svc:deploy/m);
      expect(stdout).toMatch(/^\+ {2}MEMBER_OF +user:mei +group:finance/m);
      expect(stdout).toMatch(/^- {2}ALLOWED +user:ada +app:mail +use/m);
      expect(stderr).toMatch(/accesses gained, \d+ accesses lost/);
      const json = JSON.parse((await grantlens(['load', 'graph', '-', ...to, '--dry-run', '--json'], less)).stdout);
      expect(json).toMatchObject({
        version: 1,
        dryRun: true,
        added: 1,
        removed: 3,
        graph: { nodes: { removedCount: 1 }, edges: { addedCount: 1, removedCount: 2 } },
        access: { complete: true },
      });
      expect(json.access.lost.some((row: { identity: string }) => row.identity === 'user:ada')).toBe(true);
      const counted = JSON.parse(
        (await grantlens(['load', 'graph', '-', ...to, '--dry-run', '--no-access', '--json'], less)).stdout,
      );
      expect(counted).toMatchObject({ version: 1, added: 1, removed: 3 });
      expect(counted).not.toHaveProperty('access');
      const loaded = await grantlens(['load', 'graph', '-', ...to, '--show-access'], less);
      expect(loaded.stdout).toContain(
        `${json.access.gainedCount} accesses gained, ${json.access.lostCount} accesses lost`,
      );
    }));

  it('says of a first load in one line that all is new', () =>
    inFolder(async (folder) => {
      const data = join(folder, 'store');
      const { stdout, stderr } = await grantlens(['load', 'graph', COMPANY, '--dry-run', '--data', data]);
      expect(stderr).toBe('');
      expect(stdout.split('\n')).toEqual([
        expect.stringContaining('11 nodes and 13 edges, 1 use read'),
        '25 facts added, 0 changed, 0 removed; dry run: nothing was applied',
        expect.stringMatching(/^The store is empty: all of it would be new; \d+ accesses gained, 0 accesses lost\.$/),
        '',
      ]);
      expect((await grantlens(['stats', '--data', data])).stderr).toContain('There is no store');
    }));
});
