/** Kills a writing process at random moments and looks at what is left. */
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GrantlensError } from '../../engine/model/index.ts';
import { openEmbeddedStore } from '../../engine/store/embedded/index.ts';
import { bundled } from '../support/bundled.ts';
import { randomOf } from '../support/mutate.ts';
import { recordsOf } from '../support/read-graph.ts';
import { announceSeed, runs, SEED } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { History } from '../support/version-batches.ts';

announceSeed();
const temporary = temporaryFolder();
const history = new History();
/** Of each of the two kinds. */
const KILLS = runs(150).numRuns!;
let program = '';

beforeAll(async () => {
  program = await bundled('test/support/writing-process.ts');
});
afterAll(() => rmSync(dirname(program), { recursive: true, force: true }));

/** What a killed process had told before. */
interface Told {
  readonly opened: boolean;
  readonly version: number;
  readonly document: number;
}

/** Runs the process and kills it some milliseconds after it has opened the store, or after it was started. */
async function runAndKill(folder: string, keep: number, delay: number, fromStart: boolean): Promise<Told> {
  const child = spawn(process.execPath, [program, folder, String(keep)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  const ended = new Promise((resolve) => child.on('close', resolve));
  const killLater = () => setTimeout(() => child.kill('SIGKILL'), delay);
  if (fromStart) killLater();
  child.stdout.on('data', (data: Buffer) => {
    if (output === '' && !fromStart) killLater();
    output += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  await ended;
  expect(errors).toBe('');
  const last = (word: string) => Number([...output.matchAll(new RegExp(`^${word} (\\d+)\\n`, 'gm'))].at(-1)?.[1] ?? 0);
  return { opened: output.startsWith('open\n'), version: last('version'), document: last('document') };
}

/** The store must hold every acknowledged batch and document, at most one more of each, and nothing in between. */
async function expectWhole(
  folder: string,
  told: Told,
  mode: 'read' | 'write',
): Promise<{ version: number; document: number }> {
  const store = await openEmbeddedStore({ folder, mode });
  try {
    const version = await store.version();
    expect(version).toBeGreaterThanOrEqual(told.version);
    expect(version).toBeLessThanOrEqual(told.version + 1);
    const document = Number((await store.documents.get('progress'))?.value ?? 0);
    expect(document).toBeGreaterThanOrEqual(told.document);
    expect(document).toBeLessThanOrEqual(version);
    const reader = await store.read();
    const graph = history.at(version);
    expect(await recordsOf(reader)).toEqual({ nodes: graph.nodes(), edges: graph.edges(), uses: graph.uses() });
    await reader.close();
    await store.verify();
    return { version, document };
  } finally {
    await store.close();
  }
}

async function killOften(keep: number, kills: number, longest: number): Promise<number> {
  const random = randomOf(SEED + keep);
  let folder = '';
  let before = { version: 0, document: 0 };
  let opened = 0;
  for (let kill = 0; kill < kills; kill++) {
    if (kill % 25 === 0) {
      folder = join(temporary.path, `killed-${keep}-${kill}`);
      mkdirSync(folder, { recursive: true });
      before = { version: 0, document: 0 };
    }
    const told = await runAndKill(folder, keep, random(longest), random(8) === 0);
    const least = {
      ...told,
      version: Math.max(told.version, before.version),
      document: Math.max(told.document, before.document),
    };
    opened += told.opened ? 1 : 0;
    try {
      before = await expectWhole(folder, least, random(2) === 0 ? 'read' : 'write');
    } catch (error) {
      const neverMade = error instanceof GrantlensError && error.code === 'STORE_NOT_FOUND' && least.version === 0;
      if (!neverMade) throw new Error(`seed ${SEED}, kill ${kill}, keeping ${keep}`, { cause: error });
    }
  }
  return opened;
}

describe('a writing process that is killed', () => {
  it('leaves every acknowledged batch and no half of any other', async () => {
    expect(await killOften(0, KILLS, 60)).toBeGreaterThan(KILLS / 2);
  }, 600_000);

  it('leaves the same while it compacts', async () => {
    expect(await killOften(2, KILLS, 60)).toBeGreaterThan(KILLS / 2);
  }, 600_000);
});
