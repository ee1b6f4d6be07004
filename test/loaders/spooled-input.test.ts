import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { spool } from '../../loaders/formats/spooled-input.ts';

async function* bytes(...texts: readonly string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

it('keeps what comes in a file of the user alone', async () => {
  const path = await spool(bytes('one ', 'two'), 7);
  expect(readFileSync(path, 'utf8')).toBe('one two');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
});

it('takes no more than it may, and leaves nothing behind', async () => {
  await expect(spool(bytes('one ', 'two'), 6)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
});

it('is read by a loader that reads twice, and is gone with the process', () => {
  const script = `
    const { ldifLoader } = await import('./loaders/ldif/index.ts');
    const { spooledInput } = await import('./loaders/formats/spooled-input.ts');
    const loaded = await ldifLoader.load({ paths: ['-'], options: {} });
    let changes = 0;
    for await (const _ of loaded.changes) changes++;
    console.log(JSON.stringify({ source: loaded.source, changes, path: await spooledInput() }));`;
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const input = readFileSync(new URL('../fixtures/joined/directory.ldif', import.meta.url));
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  const told = JSON.parse(execFileSync(process.execPath, args, { cwd: root, input, encoding: 'utf8' }));
  expect(told).toMatchObject({ source: 'stdin', changes: 6 });
  expect(existsSync(told.path)).toBe(false);
});
