/** The engine with questions executed in the store: the newest version at once, views that stay on theirs, the limit. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Change, type ErrorCode, type GrantlensError, makeEdge, openEngine } from '../../engine/index.ts';
import { temporaryFolder } from '../support/temporary.ts';

const temporary = temporaryFolder();
const put = (kind: 'User' | 'Resource', id: string): Change => ({
  op: 'PUT_NODE',
  node: { kind, id, source: 's', attributes: {} },
});
const grant = makeEdge({ kind: 'GRANTS', from: 'u', to: 'r', source: 's', actions: ['read'] });
const asked = { identity: 'u', action: 'read', resource: 'r' };
const batch = (id: string, changes: readonly Change[]) => ({ id, source: 's', complete: [], changes });

const codeOf = (promise: Promise<unknown>): Promise<ErrorCode | undefined> =>
  promise.then(
    () => undefined,
    (error: unknown) => (error as GrantlensError).code,
  );

describe('an engine with execution in the store', () => {
  it('shows what was applied at once, to readers in other handles too, and views stay on their version', async () => {
    const data = join(temporary.path, 'shown');
    const writer = await openEngine({ data, mode: 'write', execution: 'store' });
    await writer.apply(batch('nodes', [put('User', 'u'), put('Resource', 'r')]));
    const reader = await openEngine({ data, mode: 'read', execution: 'store', followEvery: 0 });
    const before = await reader.view();
    expect((await before.check(asked)).decision).toBe('NONE');
    await writer.apply(batch('grant', [{ op: 'PUT_EDGE', edge: grant }]));
    for (const engine of [writer, reader]) {
      const view = await engine.view();
      expect([view.version, (await view.check(asked)).decision]).toEqual([2, 'ALLOWED']);
      view.release();
    }
    expect([before.version, (await before.check(asked)).decision]).toEqual([1, 'NONE']);
    before.release();
    expect(await codeOf(before.check(asked))).toBe('CLOSED');
    await reader.close();
    await writer.close();
  });

  it('refuses what would gather more than its limit', async () => {
    const data = join(temporary.path, 'limited');
    const engine = await openEngine({ data, mode: 'write', execution: 'store', sliceLimit: 2 });
    await engine.apply(batch('all', [put('User', 'u'), put('Resource', 'r'), { op: 'PUT_EDGE', edge: grant }]));
    const view = await engine.view();
    expect(await codeOf(view.check(asked))).toBe('LIMIT_EXCEEDED');
    expect(await view.entities(['u', 'x'])).toEqual([expect.objectContaining({ id: 'u' }), undefined]);
    view.release();
    await engine.close();
  });
});
