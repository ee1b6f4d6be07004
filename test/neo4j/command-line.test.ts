/** The command line on a real Neo4j: the same answers as from a folder, and no password anywhere. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { build, COMPANY, type Ended, ended, grantlens, inFolder, start } from '../cli/grantlens.ts';
import { neo4jForTests } from '../support/neo4j.ts';

const server = await neo4jForTests();

const QUESTIONS: readonly (readonly string[])[] = [['stats', '--json'], ['export'], ['search', 'ada', '--json']];

const environment = {
  GRANTLENS_STORE: `${server.uri}/${server.database}`,
  GRANTLENS_NEO4J_USER: server.user,
  GRANTLENS_NEO4J_PASSWORD: server.password,
};

const onServer = (args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  grantlens(args, '', { ...environment, ...more });

/** What a person sees, less what differs from run to run. */
const told = ({ code, stdout }: Ended): unknown => [code, stdout.replace(/"(loadedAt|seconds)":"?[^,}]*/g, '')];

server.describe('the command line on Neo4j', () => {
  beforeAll(build);

  it('serves an empty database, and what is loaded into it meanwhile', async () => {
    expect((await onServer(['serve', '--port', '0'])).code).toBe(1);
    const child = start(['serve', '--create', '--port', '0', '--json'], environment);
    const end = ended(child);
    const [line] = (await once(child.stdout!, 'data')) as [string];
    const { url } = JSON.parse(line) as { url: string };
    const version = async () => ((await (await fetch(`${url}/health`)).json()) as { version: number }).version;
    expect(await version()).toBe(0);
    await onServer(['load', 'graph', COMPANY, '--source', 'hr']);
    while ((await version()) !== 1) await new Promise((resolve) => setTimeout(resolve, 100));
    child.kill('SIGTERM');
    expect(await end).toMatchObject({ code: 0, stderr: '' });
    await server.empty();
  }, 240_000);

  it('answers as it does on a folder', async () => {
    await inFolder(async (data) => {
      const load = ['load', 'graph', COMPANY, '--source', 'hr', '--json'];
      const loaded = await grantlens([...load, '--data', data]);
      expect(loaded.stderr).toBe('');
      expect(told(await onServer(load))).toEqual(told(loaded));
      const users = readFileSync(COMPANY, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('{"node":"User"'))
        .map((line) => (JSON.parse(line) as { id: string }).id);
      const questions = [...QUESTIONS, ...users.slice(0, 3).map((id) => ['access', id, '--json'])];
      for (const question of questions) {
        const here = await grantlens([...question, '--data', data]);
        expect([question, told(await onServer(question))]).toEqual([question, told(here)]);
        const inStore = await onServer(question, { GRANTLENS_EXECUTION: 'store' });
        expect([question, told(inStore)]).toEqual([question, told(here)]);
      }
    });
  }, 240_000);

  it('refuses a wrong password without repeating it', async () => {
    const { code, stdout, stderr } = await onServer(['stats'], {
      GRANTLENS_NEO4J_PASSWORD: 'tell-nobody',
      GRANTLENS_DEBUG: '1',
    });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('refused the user or the password');
    expect(stderr).not.toContain('tell-nobody');
  });

  it('says that a server is not there', async () => {
    const { code, stderr } = await onServer(['stats'], { GRANTLENS_STORE: 'bolt://127.0.0.1:1' });
    expect(code).toBe(1);
    expect(stderr).toContain('cannot be reached');
  });

  it('refuses a password in the address', async () => {
    const { code, stderr } = await onServer(['stats', '--store', 'neo4j://neo4j:tell-nobody@127.0.0.1:7687']);
    expect(code).toBe(1);
    expect(stderr).toContain('process list');
    expect(stderr).not.toContain('tell-nobody');
  });
});
