/** Peer groups, likeness, outliers and models of a generated company, through the engine. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, generateEstate, openEngine, type Run } from '../../engine/index.ts';
import { LONG } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary.ts';

const { path: folder } = temporaryFolder();
const SOURCES = ['hr', 'directory', 'apps', 'cloud'];
const AT = Date.UTC(2026, 5, 1);
let engine: Engine;

async function load(users: number): Promise<void> {
  const writing = await openEngine({ data: folder, mode: 'write' });
  const changes = generateEstate({ users, seed: 3 });
  await writing.apply({ id: `load ${users}`, source: 'company', complete: SOURCES, changes });
  await writing.close();
}

beforeAll(async () => {
  await load(400);
  engine = await openEngine({ data: folder, mode: 'read', followEvery: 50 });
}, LONG);
afterAll(() => engine.close());

async function lastOf(run: Run): Promise<Run> {
  let last = run;
  for await (const now of engine.runs.watch(run.id)) last = now;
  return last;
}

describe('peer groups', () => {
  it(
    'are the same for the same seed, everybody in one of them, each with a name of its own',
    async () => {
      const view = await engine.view();
      const stages = new Set<string>();
      const onProgress = ({ stage }: { readonly stage: string }): void => void stages.add(stage);
      const answer = await view.analysis.roleClusters({ at: AT, seed: 5, onProgress });
      expect(stages).toContain('reading attributes');
      const members = answer.clusters.flatMap((group) => group.members);
      expect(new Set(members).size).toBe(members.length);
      expect(members.length).toBe(answer.identities);
      expect(new Set(answer.clusters.map(({ label }) => label)).size).toBe(answer.clusters.length);
      expect(new Set(answer.clusters.map(({ id }) => id)).size).toBe(answer.clusters.length);
      expect(answer.clusters.some(({ label }) => /^department /.test(label))).toBe(true);
      view.release();
      const run = async () =>
        lastOf(await engine.runs.start({ analysis: 'ROLE_CLUSTERS', parameters: { at: AT, seed: 5 } }));
      const [first, second] = [await run(), await run()];
      expect(first).toMatchObject({ state: 'DONE', itemCount: answer.clusters.length });
      expect(second.digest).toBe(first.digest);
    },
    LONG,
  );
});

describe('models', () => {
  it(
    'are kept with the run that trained them, and have moved when the graph has',
    async () => {
      const run = await lastOf(await engine.runs.start({ analysis: 'OUTLIERS', parameters: { at: AT } }));
      expect(run).toMatchObject({ state: 'DONE' });
      const before = (await engine.runs.models()).find(({ name }) => name === 'outliers')!;
      expect(before).toMatchObject({ kind: 'OUTLIERS', run: run.id, trainedAtVersion: run.version });
      expect(before.evaluation['auc']).toBeGreaterThan(0.9);
      const version = engine.version;
      await load(60);
      while (engine.version === version) await new Promise((resolve) => setTimeout(resolve, 20));
      const after = (await engine.runs.models()).find(({ name }) => name === 'outliers')!;
      expect(after.version).toBeGreaterThan(before.version);
      expect(after.drift[0]!.index).toBeGreaterThan(before.drift[0]!.index);
      expect(after.drift[0]!.level).toBe('CHANGED');
    },
    LONG,
  );
});
