/** Runs: kept, the same twice, compared, cancelled, ended by their deadline; findings that are let be stay so over loads. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, generateEstate, openEngine, type Run } from '../../engine/index.ts';
import { refusalOf } from '../support/refusal.ts';
import { LONG } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary.ts';

const { path: folder } = temporaryFolder();
const SOURCES = ['hr', 'directory', 'apps', 'cloud'];
const AT = Date.UTC(2026, 5, 1);
let engine: Engine;

const load = async (): Promise<void> => {
  const writing = await openEngine({ data: folder, mode: 'write' });
  const changes = generateEstate({ users: 200, seed: 3 });
  await writing.apply({ id: `load ${Math.random()}`, source: 'company', complete: SOURCES, changes });
  await writing.close();
};

beforeAll(async () => {
  await load();
  engine = await openEngine({ data: folder, mode: 'read' });
}, LONG);
afterAll(() => engine.close());

async function lastOf(run: Run): Promise<Run> {
  let last = run;
  for await (const now of engine.runs.watch(run.id)) last = now;
  return last;
}

const findings = () => engine.runs.start({ analysis: 'FINDINGS', parameters: { at: AT } });

describe('a run', () => {
  it(
    'is kept with its parameters, its version and its result, and gives the same bytes twice',
    async () => {
      const first = await lastOf(await findings());
      expect(first).toMatchObject({ state: 'DONE', analysis: 'FINDINGS', version: 1, failure: null });
      expect(first.parameters).toMatchObject({ at: AT, minSeverity: 0 });
      expect(first.itemCount).toBeGreaterThan(0);
      const second = await lastOf(await findings());
      expect(second.digest).toBe(first.digest);
      expect(await engine.runs.diff(first.id, second.id, 10)).toMatchObject({
        addedCount: 0,
        removedCount: 0,
        changedCount: 0,
      });
      const { items } = await engine.runs.items(first.id, 1, 2);
      expect(items).toHaveLength(2);
      expect((await engine.runs.list({ analysis: 'FINDINGS' })).map(({ id }) => id).slice(0, 2)).toEqual([
        second.id,
        first.id,
      ]);
      // Another process sees them too.
      const other = await openEngine({ data: folder, mode: 'read' });
      expect(await other.runs.get(first.id)).toEqual(first);
      await other.close();
    },
    LONG,
  );

  it(
    'is compared with a run of other parameters',
    async () => {
      const all = await lastOf(await findings());
      const severe = await lastOf(
        await engine.runs.start({ analysis: 'FINDINGS', parameters: { at: AT, minSeverity: 0.2 } }),
      );
      const diff = await engine.runs.diff(all.id, severe.id, 5);
      expect(diff.removedCount).toBe(all.itemCount! - severe.itemCount!);
      expect(diff.addedCount).toBe(0);
      expect(diff.removed.length).toBe(Math.min(5, diff.removedCount));
    },
    LONG,
  );

  it(
    'is ended by whoever cancels it, here and in another process',
    async () => {
      const here = await findings();
      expect(['CANCELLED', 'DONE']).toContain((await engine.runs.cancel(here.id)).state);
      const run = await findings();
      const other = await openEngine({ data: folder, mode: 'read' });
      await other.runs.cancel(run.id);
      await other.close();
      expect(['CANCELLED', 'DONE']).toContain((await lastOf(run)).state);
    },
    LONG,
  );

  it(
    'fails when its time is up, and says so',
    async () => {
      const run = await lastOf(await engine.runs.start({ analysis: 'PRIVILEGE_HUBS', deadline: 1 }));
      expect(run).toMatchObject({ state: 'FAILED', failure: { code: 'DEADLINE_EXCEEDED' } });
    },
    LONG,
  );

  it('is refused for parameters that are none', async () => {
    const start = (parameters: Record<string, number>) =>
      refusalOf(() => engine.runs.start({ analysis: 'FINDINGS', parameters }));
    expect(await start({ minSeverity: 2 })).toMatchObject({ code: 'ARGUMENT_INVALID' });
    expect(await start({ colour: 2 })).toMatchObject({ code: 'ARGUMENT_INVALID' });
    expect(await refusalOf(() => engine.runs.start({ analysis: 'TEA' as never }))).toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
    expect(await refusalOf(() => engine.runs.get('run-none'))).toMatchObject({ code: 'RUN_NOT_FOUND' });
  });
});

describe('a finding that is let be', () => {
  it(
    'is left out of the list, over loads and processes, until its time has come',
    async () => {
      const before = await listed(engine, {});
      const [one, two] = before;
      await engine.dismissFinding(one!.id, 'known, agreed with the owner', null);
      const told = await engine.dismissFinding(two!.id, 'until the audit', Date.now() + 1_000);
      expect(told.dismissal).toMatchObject({ reason: 'until the audit' });
      expect((await listed(engine, {})).length).toBe(before.length - 2);
      expect((await listed(engine, { dismissed: true })).map(({ id }) => id).sort()).toEqual([one!.id, two!.id].sort());
      await load();
      const later = await openEngine({ data: folder, mode: 'read' });
      const left = await listed(later, {});
      expect(left.map(({ id }) => id)).not.toContain(one!.id);
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      expect((await listed(later, {})).map(({ id }) => id)).toContain(two!.id);
      await later.restoreFinding(one!.id);
      expect((await listed(later, {})).map(({ id }) => id)).toContain(one!.id);
      expect(await refusalOf(() => later.restoreFinding(one!.id))).toMatchObject({ code: 'FINDING_NOT_FOUND' });
      expect(await refusalOf(() => later.dismissFinding('finding:outlier:0', 'x', null))).toMatchObject({
        code: 'FINDING_NOT_FOUND',
      });
      expect(await refusalOf(() => later.dismissFinding(one!.id, ' ', null))).toMatchObject({
        code: 'ARGUMENT_INVALID',
      });
      await later.close();
    },
    LONG,
  );
});

async function listed(from: Engine, asked: { readonly dismissed?: boolean }) {
  const view = await from.view();
  try {
    return (await view.analysis.findings({ kinds: ['EXPIRED_GRANT'], first: 1_000, ...asked })).items;
  } finally {
    view.release();
  }
}
