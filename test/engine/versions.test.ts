/** Streams of accesses by time and by pace, and earlier versions of an engine as it opens and closes. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type AccessRow,
  type Change,
  type Engine,
  type GrantlensError,
  type Instant,
  makeEdge,
  openEngine,
} from '../../engine/index.ts';
import { temporaryFolder } from '../support/temporary.ts';

const temporary = temporaryFolder();
let folders = 0;
const put = (kind: 'User' | 'Resource', id: string): Change => ({
  op: 'PUT_NODE',
  node: { kind, id, source: 's', attributes: {} },
});
const grant = (action: string, validFrom?: Instant): Change => ({
  op: 'PUT_EDGE',
  edge: makeEdge({
    kind: 'GRANTS',
    from: 'u',
    to: 'r',
    key: action,
    source: 's',
    actions: [action],
    ...(validFrom === undefined ? {} : { validFrom }),
  }),
});

/** An engine with a user and a resource, which is closed afterwards. */
async function withEngine(
  use: (engine: Engine, apply: (...changes: readonly Change[]) => Promise<unknown>) => Promise<void>,
  execution: 'snapshot' | 'store' = 'snapshot',
): Promise<void> {
  const engine = await openEngine({ data: join(temporary.path, `store-${folders++}`), mode: 'write', execution });
  let batches = 0;
  const apply = (...changes: readonly Change[]) =>
    engine.apply({ id: `${batches++}`, source: 's', complete: [], changes });
  await apply(put('User', 'u'), put('Resource', 'r'));
  await use(engine, apply);
  await engine.close();
}

const codeOf = (promise: Promise<unknown>): Promise<string | undefined> =>
  promise.then(
    () => undefined,
    (error: unknown) => (error as GrantlensError).code,
  );

describe('a stream of accesses', () => {
  it('tells what comes with time too', () =>
    withEngine(async (engine, apply) => {
      const stream = await engine.watchAccess({ scope: { identities: ['u'] } });
      await apply(grant('read', Date.now() + 300));
      const { value } = await stream.next();
      expect(value!.version).toBe(2);
      expect(value!.delta.gained).toMatchObject([{ identity: 'u', resource: 'r', actions: ['read'] }]);
      await stream.return!();
    }));

  it('tells several versions as one to who takes them slowly, and ends when told so while it waits', () =>
    withEngine(async (engine, apply) => {
      const stream = await engine.watchAccess({});
      for (const action of ['read', 'write', 'open']) await apply(grant(action));
      const { value } = await stream.next();
      expect([value!.fromVersion, value!.version, value!.delta.gainedCount]).toEqual([1, 4, 3]);
      const waiting = stream.next();
      await stream.return!();
      expect((await waiting).done).toBe(true);
      expect((await stream.next()).done).toBe(true);
    }));

  it('goes on from a version that was seen, and ends with the engine', async () => {
    let waiting: Promise<IteratorResult<unknown>> | undefined;
    await withEngine(async (engine, apply) => {
      await apply(grant('read'));
      await apply(grant('write'));
      const stream = await engine.watchAccess({ afterVersion: 2 });
      await apply(put('User', 'nobody else'));
      const { value } = await stream.next();
      expect([value!.fromVersion, value!.delta.gained.map((row: AccessRow) => row.actions)]).toEqual([2, [['write']]]);
      waiting = stream.next();
    });
    expect((await waiting!).done).toBe(true);
  });

  it('tells what is wrong before anything else', () =>
    withEngine(async (engine) => {
      expect(await codeOf(engine.watchAccess({ scope: { identities: ['r'] } }))).toBe('NOT_AN_IDENTITY');
      expect(await codeOf(engine.watchAccess({ scope: { resources: ['x'] } }))).toBe('NODE_NOT_FOUND');
      expect(await codeOf(engine.watchAccess({ afterVersion: 2 }))).toBe('VERSION_NOT_FOUND');
      expect(await codeOf(engine.watchAccess({ first: -1 }))).toBe('ARGUMENT_INVALID');
    }));
});

describe('an earlier version', () => {
  it('is given as it was, several at a time, and refused where there is none', () =>
    withEngine(async (engine, apply) => {
      for (const action of ['read', 'write', 'open', 'close', 'move']) await apply(grant(action));
      const views = await Promise.all([1, 2, 3, 4, 5, 6, 2, 1].map((version) => engine.view({ version })));
      for (const view of views)
        expect((await view.accessOf({ identity: 'u' })).items.flatMap(({ actions }) => actions)).toHaveLength(
          view.version - 1,
        );
      for (const view of views) view.release();
      expect(await codeOf(engine.view({ version: 7 }))).toBe('VERSION_NOT_FOUND');
      expect(await codeOf(engine.accessDiff({ fromVersion: 1, toVersion: 1.5 }))).toBe('VERSION_NOT_FOUND');
    }));

  it('answers where questions are executed in the store, which compares none', () =>
    withEngine(async (engine, apply) => {
      await apply(grant('read'));
      const view = await engine.view({ version: 1 });
      expect((await view.check({ identity: 'u', action: 'read', resource: 'r' })).decision).toBe('NONE');
      view.release();
      expect(await codeOf(engine.accessDiff({ fromVersion: 1, toVersion: 2 }))).toBe('EXECUTION_UNSUPPORTED');
    }, 'store'));
});
