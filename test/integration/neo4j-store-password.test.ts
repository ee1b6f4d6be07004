/** The password, looked for in everything that the product prints, throws, answers and stores. */
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { openEngine } from '../../engine/index.ts';
import type { Neo4jConnection } from '../../engine/store/neo4j/connection.ts';
import { openNeo4jStore } from '../../engine/store/neo4j/index.ts';
import { build, COMPANY, type Ended, ended, grantlens, start } from '../cli/grantlens.ts';
import { BoltProxy } from '../support/bolt-proxy.ts';
import { oneOwnNeo4j } from '../support/neo4j.ts';
import { contentOf } from '../support/neo4j-content.ts';
import { clearData } from '../support/neo4j-stores.ts';
import { refusalOf } from '../support/refusal.ts';
import { LONG } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { textsIn } from '../support/texts-in.ts';

const { describe, server } = await oneOwnNeo4j();
const folder = temporaryFolder();
const WRONG = 'wrong-and-secret-nevertheless';
/** Nobody answers there. */
const NOWHERE = 'bolt://127.0.0.1:1';

const connection = (): Neo4jConnection => {
  const { uri, user, password, database } = server();
  return { uri, user, password, database };
};
const environment = (more: Readonly<Record<string, string>> = {}) => ({
  GRANTLENS_STORE: server().uri,
  GRANTLENS_NEO4J_PASSWORD: server().password,
  GRANTLENS_DEBUG: '1',
  NODE_DEBUG: 'net,stream',
  ...more,
});

/** In plain text, and in the forms in which it goes over the wire or into a file. */
function expectSilent(text: string): void {
  for (const secret of [server().password, WRONG])
    for (const encoding of ['utf8', 'base64', 'hex'] as const)
      expect(text.includes(Buffer.from(secret).toString(encoding))).toBe(false);
}

/** Of every process of this machine; none where the system does not tell them. */
function commandLines(): string {
  if (!existsSync('/proc/self/cmdline')) return '';
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return processes.map(commandLineOf).join('\n');
}

function commandLineOf(process: string): string {
  try {
    return readFileSync(`/proc/${process}/cmdline`, 'utf8');
  } catch {
    // It has ended meanwhile.
    return '';
  }
}

/** Runs a command to its end and looks at the process list all the while. */
async function run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  const listed: string[] = [];
  const timer = setInterval(() => listed.push(commandLines()), 50);
  const outcome = await grantlens(args, '', env).finally(() => clearInterval(timer));
  expectSilent(outcome.stdout + outcome.stderr);
  for (const lines of new Set(listed)) expectSilent(lines);
  return outcome;
}

describe('the password of a Neo4j server', () => {
  beforeAll(build);
  afterAll(() => clearData(connection()), LONG);

  it(
    'is not in what commands print, be they answered or refused',
    async () => {
      const commands = [['load', 'graph', COMPANY, '--source', 'hr'], ['stats'], ['verify'], ['export']];
      for (const args of commands) expect(await run(args, environment())).toMatchObject({ code: 0 });
      const out = join(folder.path, 'import');
      expect(await run(['export', '--format', 'neo4j-import', '--out', out], environment())).toMatchObject({ code: 0 });
      for (const file of readdirSync(out)) expectSilent(readFileSync(join(out, file), 'latin1'));
      const broken = folder.file('broken.jsonl', '{"node":"User"}\n');
      const refused: readonly (readonly [readonly string[], Readonly<Record<string, string>>, string])[] = [
        [['load', 'graph', broken, '--source', 'hr'], {}, 'broken.jsonl'],
        [['stats'], { GRANTLENS_NEO4J_PASSWORD: WRONG }, 'refused the user or the password'],
        [['stats'], { GRANTLENS_STORE: NOWHERE }, 'cannot be reached'],
        [['stats'], { GRANTLENS_NEO4J_DATABASE: 'nowhere' }, 'no such database'],
        [['stats'], { GRANTLENS_STORE: `neo4j://neo4j:${WRONG}@127.0.0.1:7687` }, 'process list'],
        [['query', '{ graph { nothing } }'], {}, 'nothing'],
        [['access', 'user:nobody'], {}, 'user:nobody'],
      ];
      for (const [args, more, says] of refused) {
        const { code, stdout, stderr } = await run(args, environment(more));
        expect([args, code]).toEqual([args, 1]);
        expect(stdout + stderr).toContain(says);
      }
    },
    2 * LONG,
  );

  it(
    'can come from a file, of which no more than the name is told',
    async () => {
      const env = (file: string) => {
        const { GRANTLENS_NEO4J_PASSWORD: _, ...rest } = environment();
        return { ...rest, GRANTLENS_NEO4J_PASSWORD_FILE: file };
      };
      expect(await run(['stats'], env(server().passwordFile))).toMatchObject({ code: 0 });
      const wrong = folder.file('wrong', `${WRONG}\n`);
      expect((await run(['stats'], env(wrong))).stderr).toContain('refused the user or the password');
      expect((await run(['stats'], env(join(folder.path, 'none')))).stderr).toContain('cannot be read');
    },
    LONG,
  );

  it(
    'is not in what a server answers and logs, in good times and in bad ones',
    async () => {
      await run(['load', 'graph', COMPANY, '--source', 'hr'], environment());
      const child = start(
        ['serve', '--port', '0', '--json'],
        environment({ GRANTLENS_EXECUTION: 'store', NODE_DEBUG: '' }),
      );
      const end = ended(child);
      onTestFinished(() => void child.kill('SIGKILL'));
      const [line] = (await once(child.stdout!, 'data')) as [string];
      const { url } = JSON.parse(line) as { url: string };
      const asked = async (query: string): Promise<string> => {
        const body = JSON.stringify({ query });
        const headers = { 'content-type': 'application/json' };
        return (await fetch(`${url}/graphql`, { method: 'POST', body, headers })).text();
      };
      const question = '{ search(text: "ada") { totalCount } }';
      const answers = [
        await asked(question),
        await asked('{ nothing }'),
        await asked('{ __schema { types { name } } }'),
      ];
      expect(answers[0]).toMatch(/"totalCount":\d/);
      answers.push(await (await fetch(`${url}/health`)).text());
      expectSilent(commandLines());
      await server().shutdown();
      try {
        answers.push(await asked(question));
        expect(answers.at(-1)).toMatch(/"code":"(STORE_UNREACHABLE|DEADLINE_EXCEEDED)"/);
      } finally {
        await server().restart();
      }
      await clearData(connection());
      answers.push(await asked(question));
      expect(JSON.parse(answers.at(-1)!).errors[0].extensions).toEqual({
        code: 'STORE_NOT_FOUND',
        hint: 'Check the address and the name of the database, or load something into it first.',
      });
      child.kill('SIGTERM');
      const { stdout, stderr } = await end;
      for (const text of [...answers, stdout, stderr]) expectSilent(text);
      expect(stderr).toContain('STORE_');
    },
    2 * LONG,
  );

  it(
    'is not in what is stored, nor in the logs of the database',
    async () => {
      await run(['load', 'graph', COMPANY, '--source', 'hr'], environment());
      expectSilent((await contentOf(server())).join('\n'));
      const logs = join(server().home, 'logs');
      for (const file of readdirSync(logs)) expectSilent(readFileSync(join(logs, file), 'utf8'));
    },
    LONG,
  );

  it(
    'is in no part of an error, and in none of what is open',
    async () => {
      await clearData(connection());
      const proxy = await BoltProxy.before(server().uri);
      const open = (more: Partial<Neo4jConnection>) =>
        openNeo4jStore({ connection: { ...connection(), ...more }, mode: 'write', retryFor: 500, silence: 500 });
      const store = await open({});
      const behind = await open({ uri: proxy.uri });
      const engine = await openEngine({ data: connection(), mode: 'read' });
      const batch = { id: 'one', source: 'hr', complete: [], changes: [] };
      const refusals = [
        await refusalOf(() => open({ password: WRONG })),
        await refusalOf(() => open({ uri: NOWHERE })),
        await refusalOf(() => open({ database: 'nowhere' })),
        await refusalOf(() => store.read(7)),
        await refusalOf(() => store.documents.put('a', 1, 7)),
        await refusalOf(() => engine.apply(batch)),
      ];
      proxy.hold();
      refusals.push(await refusalOf(() => behind.apply(batch)));
      proxy.goOn();
      await proxy.close();
      refusals.push(await refusalOf(() => behind.version()));
      for (const error of refusals) {
        expectSilent(textsIn(error).join('\n'));
        expectSilent(inspect(error, { depth: 20, showHidden: true }));
        expectSilent(JSON.stringify(error) + String(error) + error.stack);
      }
      expect(refusals.map(({ code }) => code)).toEqual([
        'STORE_AUTH_FAILED',
        'STORE_UNREACHABLE',
        'STORE_DATABASE_NOT_FOUND',
        'VERSION_NOT_FOUND',
        'DOCUMENT_CONFLICT',
        'STORE_READ_ONLY',
        'STORE_UNREACHABLE',
        'STORE_UNREACHABLE',
      ]);
      for (const one of [store, behind, engine]) {
        expectSilent(inspect(one, { depth: 20, showHidden: true }) + JSON.stringify(one));
        await one.close();
      }
    },
    LONG,
  );

  it('would be found by this test', () => {
    const error = new Error('x', { cause: { hidden: new Map([['a', { password: server().password }]]) } });
    expect(() => expectSilent(textsIn(error).join('\n'))).toThrow();
    writeFileSync(join(folder.path, 'leak'), server().password);
    expect(() => expectSilent(readFileSync(join(folder.path, 'leak'), 'utf8'))).toThrow();
  });
});
