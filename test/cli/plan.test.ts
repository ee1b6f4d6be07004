/** Restructure plans on the command line: made into a file, told to others, verified, carried out, undone. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { LONG } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { build, grantlens } from './grantlens.ts';

const { path: folder } = temporaryFolder();
const data = ['--data', `${folder}/data`];
const file = `${folder}/plan.json`;
const quick = ['--iterations', '100', '--seed', '1'];

beforeAll(async () => {
  build();
  const company = `${folder}/company.jsonl`;
  expect(await grantlens(['generate', '--users', '60', '--seed', '2', '--out', company])).toMatchObject({ code: 0 });
  expect(await grantlens(['load', 'graph', company, ...data])).toMatchObject({ code: 0 });
}, LONG);

const asked = (...args: string[]) => grantlens(['plan', ...args, ...data]);

async function json(...args: string[]) {
  const { code, stdout, stderr } = await asked(...args, '--json');
  expect({ args, code, stderr: code === 0 ? '' : stderr }).toEqual({ args, code: 0, stderr: '' });
  return JSON.parse(stdout);
}

describe('a plan', () => {
  it(
    'is made, kept, told to others, carried out and undone',
    async () => {
      const made = await json(...quick, '--out', file);
      expect(made).toMatchObject({ delta: { gainedCount: 0, lostCount: 0 }, roles: expect.any(Array) });
      expect(made.steps.length).toBeGreaterThan(0);
      expect((await json('list')).map(({ id }: { id: string }) => id)).toEqual([made.id]);
      const shown = await asked('show', made.id);
      expect(shown.stdout).toMatch(/STEP +CHANGES +WHAT/);

      const lines = (await asked('export', file, '--format', 'changes')).stdout.trimEnd().split('\n');
      expect(lines).toHaveLength(made.steps.length);
      expect((await asked('export', made.id, '--format', 'changes')).stdout.trimEnd().split('\n')).toEqual(lines);
      const page = `${folder}/plan.md`;
      expect(await asked('export', file, '--format', 'markdown', '--out', page)).toMatchObject({ code: 0, stdout: '' });
      expect(readFileSync(page, 'utf8')).toContain(`# Restructure plan ${made.id}`);
      const [csv] = await json('export', file, '--format', 'csv');
      expect(csv).toMatchObject({ name: `${made.id}.csv`, text: expect.stringContaining('step,title,does') });

      expect(await asked('verify', file)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^HOLDS/) });
      expect(await json('apply', file, '--until', '1')).toMatchObject({ done: 1 });
      expect(await json('apply', file)).toMatchObject({ done: made.steps.length });
      expect((await json('verify', made.id)).verdict).toBe('DONE');
      expect(await json('apply', file, '--undo')).toMatchObject({ done: 0 });
      expect((await json('verify', made.id)).verdict).toBe('HOLDS');
      expect((await json('trail', made.id)).length).toBe(2 * made.steps.length);
      expect(await asked('drop', made.id)).toMatchObject({ code: 0 });
      expect(await json('list')).toEqual([]);
    },
    LONG,
  );

  it(
    'keeps to what was agreed, and says what came of it',
    async () => {
      const { roles } = await json(...quick);
      const held = roles.find(
        ({ members, entitlements }: { members: readonly { kind: string }[]; entitlements: readonly unknown[] }) =>
          entitlements.length > 0 && members.some(({ kind }) => kind === 'User'),
      );
      const { id } = held.members.find(({ kind }: { kind: string }) => kind === 'User');
      const table = `${folder}/agreed.csv`;
      const row = (who: string): string => `"${who}",*,"${held.entitlements[0].resource}",the board,he has moved`;
      writeFileSync(table, `identity,action,resource,agreedBy,because\n${row(id)}\n`);
      const agreed = await json(...quick, '--except', table);
      expect(agreed.exceptions).toMatchObject([{ identity: id, may: 'LOSE', agreedBy: 'the board' }]);
      expect(agreed.delta.lostCount).toBe(agreed.proof.agreed.lostCount);
      expect((await asked('show', agreed.id)).stderr).toMatch(/of 1 agreed exception made use of/);
      expect((await asked('verify', agreed.id)).stdout).toContain('By agreement');
      writeFileSync(table, `identity,action,resource,agreedBy,because\n${row('nobody')}\n`);
      expect((await asked(...quick, '--except', table)).stderr).toContain('agreed.csv:2');
    },
    LONG,
  );

  it(
    'is refused where a form, a file or a plan is wrong',
    async () => {
      const wrong = async (...args: string[]) => {
        const { code, stderr } = await asked(...args);
        expect(code).toBe(1);
        return stderr;
      };
      expect(await wrong('export', file)).toContain('--format: changes, csv, markdown, scim');
      expect(await wrong('export', file, '--format', 'papyrus')).toContain('papyrus');
      expect(await wrong('export', `${folder}/nothing.json`, '--format', 'csv')).toContain('nothing.json');
      expect(await wrong('export', '--format', 'csv')).toContain('A plan is missing');
      expect(await wrong('shave')).toContain('There is no `plan shave`');
      expect(existsSync(`${folder}/plan.csv`)).toBe(false);
    },
    LONG,
  );
});
