/** One process writes, another has an engine that only reads: it notices by itself and compiles what is new. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../engine/index.ts';
import { openEngine } from '../../engine/index.ts';
import { bundled } from '../support/bundled.ts';
import { neo4jForTests } from '../support/neo4j.ts';

const server = await neo4jForTests();
const MINUTES = 240_000;

server.describe('an engine on a graph that another process writes', () => {
  let program = '';
  let writer: ChildProcess;
  let answers: Interface;
  beforeAll(async () => {
    program = await bundled('test/support/neo4j-putting-process.ts');
    writer = spawn(process.execPath, [program, server.uri, server.user, server.database], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, GRANTLENS_NEO4J_PASSWORD: server.password },
    });
    answers = createInterface({ input: writer.stdout! });
    expect(await once(answers, 'line')).toEqual(['open']);
  }, MINUTES);
  afterAll(async () => {
    writer?.stdin?.end();
    if (writer !== undefined) await once(writer, 'close');
    rmSync(dirname(program), { recursive: true, force: true });
  }, MINUTES);

  async function put(line: string): Promise<number> {
    const answer = once(answers, 'line');
    writer.stdin!.write(`${line}\n`);
    const [text] = (await answer) as [string];
    return Number(text.replace('version ', ''));
  }

  /** Waits until the engine shows a version. */
  const shows = (engine: Engine, version: number): Promise<void> =>
    new Promise((resolve) => {
      if (engine.version >= version) return resolve();
      const stop = engine.onVersion((newest) => {
        if (newest < version) return;
        stop();
        resolve();
      });
    });

  async function found(engine: Engine, text: string): Promise<readonly string[]> {
    const view = await engine.view();
    try {
      return (await view.search({ text })).items.map(({ id }) => id);
    } finally {
      view.release();
    }
  }

  it(
    'shows what was committed, and nothing before',
    async () => {
      await put('u:ada User');
      const engine = await openEngine({ data: server, mode: 'read', followEvery: 50 });
      try {
        expect(await found(engine, 'u:')).toEqual(['u:ada']);
        for (const id of ['u:bob', 'u:eve']) {
          const version = await put(`${id} User`);
          await shows(engine, version);
          expect(await found(engine, id)).toEqual([id]);
        }
        await expect(engine.apply({ id: 'x', source: 'hr', complete: [], changes: [] })).rejects.toMatchObject({
          code: 'STORE_READ_ONLY',
        });
      } finally {
        await engine.close();
      }
    },
    MINUTES,
  );

  it(
    'keeps a view on its version until it is closed',
    async () => {
      const version = await put('g:old Group');
      const engine = await openEngine({ data: server, mode: 'read', followEvery: 50 });
      try {
        const view = await engine.view();
        await shows(engine, await put('g:new Group'));
        expect(view.version).toBe(version);
        expect((await view.search({ text: 'g:' })).items.map(({ id }) => id)).toEqual(['g:old']);
        expect(await found(engine, 'g:')).toEqual(['g:new', 'g:old']);
        view.release();
      } finally {
        await engine.close();
      }
    },
    MINUTES,
  );
});
