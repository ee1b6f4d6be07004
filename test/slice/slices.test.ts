/** What the random graphs do not show of execution in the store: limits, versions that go, how often the store is asked. */
import { describe, expect, it } from 'vitest';
import {
  EDGE_KINDS,
  type EdgeKind,
  type EdgeRecord,
  GrantlensError,
  makeEdge,
  type NodeKind,
  type NodeRecord,
} from '../../engine/model/index.ts';
import { Gathering } from '../../engine/slice/gathering.ts';
import { ScanWalker } from '../../engine/slice/scan-walker.ts';
import { SliceReader } from '../../engine/slice/slice-reader.ts';
import { openSliceView } from '../../engine/slice/slice-view.ts';
import { Slices } from '../../engine/slice/slices.ts';
import type { GraphWalker, StoreReader } from '../../engine/store/port.ts';
import { everything } from '../support/everything.ts';
import { memoryReader } from '../support/memory-reader.ts';
import { middlingGraph } from '../support/middling-graph.ts';
import { viewOf } from '../support/view-of.ts';

const node = (kind: NodeKind, id: string): NodeRecord => ({ kind, id, source: 's', attributes: {} });
const edge = (kind: EdgeKind, from: string, to: string): EdgeRecord =>
  makeEdge({ kind, from, to, source: 's', ...(kind === 'GRANTS' ? { actions: ['read'] } : {}) });
const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

/** A reader whose walker counts how often it is asked. */
function counted(reader: StoreReader): { readonly reader: StoreReader; readonly calls: () => number } {
  const walker = new ScanWalker(reader);
  let calls = 0;
  const counting = new Proxy<GraphWalker>(walker, {
    get: (target, name) => {
      const method = target[name as keyof GraphWalker] as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        calls++;
        return method.apply(target, args);
      };
    },
  });
  return { reader: { ...reader, walker: counting }, calls: () => calls };
}

describe('what could be granted', () => {
  // Two roles with the access: one opens fifteen thousand resources besides, in a tree that is wider than counting goes.
  const folders = range(130).map((i) => `folder-${String(i).padStart(3, '0')}`);
  const files = folders.flatMap((folder) => range(115).map((i) => `${folder}/${i}`));
  const nodes = [
    node('User', 'u'),
    ...['wide', 'narrow', 'wider'].map((id) => node('Role', id)),
    ...['root', 'other', ...folders, ...files].map((id) => node('Resource', id)),
  ];
  const edges = [
    edge('GRANTS', 'wide', 'root'),
    edge('GRANTS', 'narrow', 'folder-007'),
    edge('GRANTS', 'narrow', 'other'),
    edge('GRANTS', 'wider', 'root'),
    edge('GRANTS', 'wider', 'other'),
    ...folders.map((folder) => edge('CONTAINS', 'root', folder)),
    ...files.map((file) => edge('CONTAINS', file.slice(0, 10), file)),
    { ...edge('CONTAINS', 'other', 'folder-100'), validTo: 5 },
  ];

  it('is counted as far as on a snapshot', async () => {
    const asked = { identity: 'u', action: 'read', resource: 'folder-007/3', at: 10 };
    const expected = await (await viewOf(nodes, edges, 'snapshot')).whyHasAccess(asked);
    const counts = expected.grantOptions.map(({ detail }) => detail['otherResources'] as number);
    expect(counts[0]).toBe(0);
    expect(Math.max(...counts)).toBe(10_000);
    expect(await (await viewOf(nodes, edges, 'store')).whyHasAccess(asked)).toEqual(expected);
  });
});

describe('a slice', () => {
  const { nodes, edges } = middlingGraph(3);
  const asked = {
    ids: ['Group/0'],
    identities: ['User/1', 'User/2'],
    resources: ['Resource/1', 'Resource/2'],
    actions: ['ab'],
    words: ['user'],
    reaches: ['ESCALATION'],
    at: 15,
  } as const;

  it('that would be too large is refused, and no answer is cut short', async () => {
    const expected = await everything(await viewOf(nodes, edges), asked);
    const answers = await everything(
      openSliceView(new Slices(memoryReader(nodes, edges), 60), () => {}),
      asked,
    );
    const refused = [...answers].filter(([, answer]) => (answer as { code?: string }).code === 'LIMIT_EXCEEDED');
    expect(refused.length).toBeGreaterThan(3);
    for (const [question, answer] of answers)
      if (!refused.some(([name]) => name === question))
        expect([question, answer]).toEqual([question, expected.get(question)]);
    const error = await openSliceView(new Slices(memoryReader(nodes, edges), 5), () => {})
      .accessOf({ identity: 'User/1' })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(GrantlensError);
    expect((error as GrantlensError).facts).toEqual({ limit: 5 });
  });

  it('is gathered by scans when the walker can no longer see the version', async () => {
    const reader = memoryReader(nodes, edges);
    const walker = new ScanWalker(reader);
    let left = 9;
    const failing = new Proxy<GraphWalker>(walker, {
      get: (target, name) => {
        if (--left < 0) throw new GrantlensError('VERSION_NOT_FOUND', 'Version 1 has been swept.');
        return (target[name as keyof GraphWalker] as () => unknown).bind(target);
      },
    });
    const view = openSliceView(new Slices({ ...reader, walker: failing }), () => {});
    expect(await everything(view, asked)).toEqual(await everything(await viewOf(nodes, edges), asked));
    expect(left).toBeLessThan(0);
  });

  it('tells its own numbers of the nodes and edges that it has, read before or not', async () => {
    const reader = memoryReader(nodes, edges);
    const part = new Gathering(new ScanWalker(reader), 10_000);
    await part.walk({ from: { ids: ['User/1'] }, direction: 'out', kinds: EDGE_KINDS, deep: true });
    const slice = new SliceReader(reader, part);
    const places = new Map<string, number>();
    await slice.scanNodes((number, _kind, id) => void places.set(id, number));
    const told: number[] = [];
    await slice.scanEdges((number) => void told.push(number));
    expect(told.length).toBeGreaterThan(5);
    expect(told.length).toBeLessThan(edges.length);
    for (const [i, record] of (await slice.edges(told)).entries()) places.set(record!.id, told[i]!);
    const [nodeIds, edgeIds] = [
      [...nodes.map(({ id }) => id), 'nobody'],
      [...edges.map(({ id }) => id), 'e_none'],
    ];
    const expected = { nodes: nodeIds.map((id) => places.get(id)), edges: edgeIds.map((id) => places.get(id)) };
    expect(await slice.refsOf(nodeIds, edgeIds)).toEqual(expected);
    expect(await new SliceReader(reader, part).refsOf(nodeIds, edgeIds)).toEqual(expected);
  });

  it('that no walker can gather is refused with what the store said', async () => {
    const reader = memoryReader(nodes, edges);
    const gone = new GrantlensError('VERSION_NOT_FOUND', 'Version 1 has been dropped.');
    const view = openSliceView(new Slices({ ...reader, scanEdges: () => Promise.reject(gone) }), () => {});
    await expect(view.check({ identity: 'User/1', action: 'ab', resource: 'Resource/1' })).rejects.toBe(gone);
  });

  it('is gathered once for all its pages, and once for a question that is asked twice', async () => {
    const { reader, calls } = counted(memoryReader(nodes, edges));
    const view = openSliceView(new Slices(reader), () => {});
    const pages: ((after: string | undefined) => Promise<{ hasNextPage: boolean; cursors: readonly string[] }>)[] = [
      (after) => view.accessOf({ identity: 'User/1', first: 1, after }),
      (after) => view.accessPaths({ identity: 'User/1', resource: 'Resource/1', first: 1, after }),
      (after) => view.search({ text: 'user', first: 3, after }),
      (after) => view.edgesOf('Group/0', 'in', { first: 3, after }),
    ];
    for (const page of pages) {
      let answer = await page(undefined);
      const before = calls();
      for (let i = 0; i < 20 && answer.hasNextPage; i++) answer = await page(answer.cursors.at(-1));
      expect(calls()).toBe(before);
    }
    await view.check({ identity: 'User/1', action: 'ab', resource: 'Resource/1' });
    const before = calls();
    await Promise.all(range(5).map(() => view.check({ identity: 'User/1', action: 'b', resource: 'Resource/1' })));
    expect(calls()).toBe(before);
  });

  it('for one decision is gathered in few calls', async () => {
    const { reader, calls } = counted(memoryReader(nodes, edges));
    const view = openSliceView(new Slices(reader), () => {});
    await view.check({ identity: 'User/1', action: 'ab', resource: 'Resource/1' });
    // Two walks side by side, what lies between them, and the patterns, which a store may have at hand.
    expect(calls()).toBeLessThanOrEqual(4);
  });

  it('of a released view is refused', async () => {
    const view = openSliceView(new Slices(memoryReader(nodes, edges)), () => {});
    view.release();
    const error = await view.summary().catch((reason: unknown) => reason);
    expect((error as GrantlensError).code).toBe('CLOSED');
  });
});

describe('the size of a question', () => {
  // Everyone may read; one may delete. Groups are nested in a ladder with two ways on each rung.
  const rungs = 40;
  const people = range(2_000).map((i) => `user-${i}`);
  const nodes = [
    ...people.map((id) => node('User', id)),
    node('Group', 'everyone'),
    ...range(rungs).flatMap((i) => [node('Group', `left-${i}`), node('Group', `right-${i}`)]),
    node('Resource', 'r'),
  ];
  const step = (side: string, i: number) =>
    ['left', 'right'].map((next) => edge('MEMBER_OF', `${side}-${i}`, `${next}-${i + 1}`));
  const edges = [
    ...people.map((id) => edge('MEMBER_OF', id, 'everyone')),
    edge('MEMBER_OF', 'user-7', 'left-0'),
    ...range(rungs - 1).flatMap((i) => [...step('left', i), ...step('right', i)]),
    edge('GRANTS', 'everyone', 'r'),
    makeEdge({ kind: 'GRANTS', from: `left-${rungs - 1}`, to: 'r', source: 's', actions: ['delete'] }),
  ];

  it('is that of its answer, not of all who have something else on the resource', async () => {
    const view = openSliceView(new Slices(memoryReader(nodes, edges), 600), () => {});
    const page = await view.whoCan({ action: 'delete', resource: 'r' });
    expect(page.items).toEqual([
      { identity: 'user-7', resource: 'r', actions: ['delete'], exceptions: [], decision: 'ALLOWED' },
    ]);
    const error = await view.whoCan({ action: 'read', resource: 'r' }).catch((reason: unknown) => reason);
    expect((error as GrantlensError).code).toBe('LIMIT_EXCEEDED');
  });

  it('does not grow with the number of ways', async () => {
    const [snapshot, store] = [await viewOf(nodes, edges, 'snapshot'), await viewOf(nodes, edges, 'store')];
    const asked = { identity: 'user-7', action: 'delete', resource: 'r' };
    const why = await store.whyHasAccess(asked);
    expect(why).toEqual(await snapshot.whyHasAccess(asked));
    expect(why.pathCount).toBeNull();
  });
});
