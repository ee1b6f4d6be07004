import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, COMPANY, grantlens } from './grantlens.ts';

let folder: string;

beforeAll(async () => {
  build();
  folder = mkdtempSync(join(tmpdir(), 'grantlens-cli-'));
  const { code } = await grantlens(['load', 'graph', COMPANY, '--source', 'hr', '--data', join(folder, 'store')]);
  expect(code).toBe(0);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const exported = (...args: readonly string[]) => grantlens(['export', '--data', join(folder, 'store'), ...args]);

describe('export --format neo4j-import', () => {
  it('writes files and prints the commands that import them', async () => {
    const out = join(folder, "it's here");
    const { code, stdout, stderr } = await exported('--format', 'neo4j-import', '--out', out, '--json');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const told = JSON.parse(stdout);
    expect(told.files.map(({ name }: { name: string }) => name)).toEqual(readdirSync(out).sort());
    const rows = told.files.reduce((sum: number, file: { rows: number }) => sum + file.rows, 0);
    expect(rows).toBe(told.nodes + told.relationships);
    expect(told.command).toContain(`cd '${out.replace("'", "'\\''")}' && neo4j-admin database import full neo4j`);
    for (const { name } of told.files) expect(told.command).toContain(`=${name}`);
    for (const { name } of told.files) expect(told.docker).toContain(`=/import/${name}`);
  });

  it('compresses, and tells people what to do next', async () => {
    const plain = join(folder, 'plain');
    const packed = join(folder, 'packed');
    await exported('--format', 'neo4j-import', '--out', plain);
    const { stdout } = await exported('--format', 'neo4j-import', '--out', packed, '--gzip');
    expect(stdout).toContain('grantlens compact --store neo4j://');
    for (const name of readdirSync(plain)) {
      expect(stdout).toContain(`${name}.gz`);
      expect(gunzipSync(readFileSync(join(packed, `${name}.gz`))).equals(readFileSync(join(plain, name)))).toBe(true);
    }
  });

  it('wants a folder, an empty one, and no compression of other formats', async () => {
    const full = mkdtempSync(join(folder, 'full-'));
    writeFileSync(join(full, 'mine.txt'), 'mine');
    for (const args of [
      ['--format', 'neo4j-import'],
      ['--format', 'neo4j-import', '--out', full],
      ['--format', 'neo4j-import', '--out', join(full, 'mine.txt')],
      ['--gzip'],
    ]) {
      const { code, stdout, stderr } = await exported(...args);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/^error: /);
    }
    expect(readdirSync(full)).toEqual(['mine.txt']);
  });
});
