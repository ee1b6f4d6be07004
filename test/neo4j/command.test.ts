/** `npm run neo4j`, and that docs/neo4j-server.md shows what it says. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import neo4j from 'neo4j-driver';
import { afterAll, describe, expect, it } from 'vitest';
import { ownNeo4j } from '../support/neo4j.ts';

const root = path.resolve(import.meta.dirname, '../..');
const page = readFileSync(path.join(root, 'docs/neo4j-server.md'), 'utf8');
const program = ['--import', 'tsx', 'scripts/neo4j/main.ts'];
const own = await ownNeo4j();

const ended: ChildProcess[] = [];
afterAll(() => {
  for (const one of ended) one.kill('SIGKILL');
});

/** What the command says until it has said all of it. */
async function started(...args: readonly string[]): Promise<{ readonly child: ChildProcess; readonly said: string }> {
  const child = spawn(process.execPath, [...program, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  ended.push(child);
  let said = '';
  for await (const piece of child.stdout!.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    said += piece;
    if (said.endsWith('Ctrl-C ends it.\n') || said.endsWith('}\n')) break;
  }
  return { child, said };
}

const withoutPlaces = (text: string): string =>
  text.replaceAll(/127\.0\.0\.1:\d+/g, 'ADDRESS').replaceAll(/\S*grantlens-neo4j-\w+/g, 'HOME');

own.describe('npm run neo4j', { timeout: 300_000 }, () => {
  it('says how to connect, as the page shows, and ends on Ctrl-C with nothing left', async () => {
    const { child, said } = await started();
    const shown = /^\$ npm run neo4j\n(.*?)^```$/ms.exec(page)![1]!;
    expect(withoutPlaces(said)).toBe(withoutPlaces(shown));

    const uri = /neo4j:\/\/\S+/.exec(said)![0];
    const file = /GRANTLENS_NEO4J_PASSWORD_FILE=(\S+)/.exec(said)![1]!;
    const password = readFileSync(file, 'utf8');
    expect(said).not.toContain(password);
    const driver = neo4j.driver(uri, neo4j.auth.basic('neo4j', password));
    await driver.verifyAuthentication();
    await driver.close();

    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(existsSync(path.dirname(file))).toBe(false);
  });

  it('says the same as JSON, and ends on SIGTERM', async () => {
    const { child, said } = await started('--json', '--heap', '400m', '--page-cache', '32m');
    const { uri, user, passwordFile, home } = JSON.parse(said) as Record<string, string>;
    expect({ uri, user }).toEqual({ uri: expect.stringMatching(/^neo4j:\/\/127\.0\.0\.1:\d+$/), user: 'neo4j' });
    expect(existsSync(passwordFile!)).toBe(true);
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect(existsSync(home!)).toBe(false);
  });
});

describe('its options', () => {
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [...program, ...args], { cwd: root, encoding: 'utf8' });

  it('are those of the page', () => {
    const { stdout } = run('--help');
    const told = stdout.match(/^ {2}--[\w-]+/gm)!.map((option) => option.trim());
    const shown = page.match(/^\| `--[\w-]+/gm)!.map((row) => row.slice(3));
    expect(told.filter((option) => option !== '--help')).toEqual(shown.filter((option) => option !== '--store'));
  });

  it.each([
    [['--port', '70000'], '--port: 70000 is not a port'],
    [['--heap', 'big'], '--heap: big is not a size'],
    [['--colour'], "Unknown option '--colour'"],
  ])('%j is told what is wrong', (args, why) => {
    const { status, stderr } = run(...args);
    expect(stderr).toContain(why);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(status).toBe(1);
  });
});
