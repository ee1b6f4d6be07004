/** What every store must do. A store's own test file calls `storeContract` with how to make, reopen and drop one. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type AppliedBatch,
  type Change,
  type ChangeBatch,
  type EdgeKind,
  GrantlensError,
  InputError,
  makeEdge,
  type NodeKind,
  type NodeRecord,
} from '../../engine/model/index.ts';
import type { GraphStore, JournalBatch } from '../../engine/store/port.ts';
import { arbitraryBatches } from '../support/arbitrary-batches.ts';
import { type ListedBatch, NaiveGraph } from '../support/naive-graph.ts';
import { expectReader, listed, recordsOf } from '../support/read-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';

/** How the contract gets at a kind of store. */
export interface StoreMaker {
  /** Opens a new, empty store for writing. */
  create(options?: { readonly precedence?: readonly string[] }): Promise<GraphStore>;
  /** Closes the store and opens it again for writing. */
  reopen(store: GraphStore): Promise<GraphStore>;
  /** Closes the store and removes what it kept. */
  drop(store: GraphStore): Promise<void>;
}

const putNode = (kind: NodeKind, id: string, source = 'hr', more: Partial<NodeRecord> = {}): Change => ({
  op: 'PUT_NODE',
  node: { kind, id, source, attributes: {}, ...more },
});
const putEdge = (
  kind: EdgeKind,
  from: string,
  to: string,
  more: Partial<Parameters<typeof makeEdge>[0]> = {},
): Change => ({
  op: 'PUT_EDGE',
  edge: makeEdge({ kind, from, to, source: 'hr', ...(kind === 'GRANTS' ? { actions: ['read'] } : {}), ...more }),
});
let count = 0;
const batch = (changes: ListedBatch['changes'], more: Partial<ListedBatch> = {}): ListedBatch => ({
  id: `contract-${++count}`,
  source: 'hr',
  complete: [],
  changes,
  ...more,
});
const ADA = putNode('User', 'u:ada');
const FIN = putNode('Group', 'g:fin');
const MEMBER = putEdge('MEMBER_OF', 'u:ada', 'g:fin');

/** The code of the error that a promise is rejected with. */
async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof GrantlensError ? error.code : error === undefined ? undefined : String(error);
}

async function problemsOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).problems;
}

async function recordsNow(store: GraphStore, version?: number) {
  const reader = await store.read(version);
  try {
    return await recordsOf(reader);
  } finally {
    await reader.close();
  }
}

/** Every second batch tells its complete sources only when its changes are exhausted, as a reader of files may. */
function asTold(given: ListedBatch): ChangeBatch {
  if (given.changes.length % 2 === 0) return given;
  const complete: string[] = [];
  function* changes(): Iterable<Change> {
    yield* given.changes;
    complete.push(...given.complete);
  }
  return { ...given, complete, changes: changes() };
}

const bySource = (a: { source: string }, b: { source: string }): number => (a.source < b.source ? -1 : 1);

/** What may not go at a share of 0, counted over all records: more than ten of a kind, or everything. */
function obviousWithdrawals(
  { nodes, edges }: Awaited<ReturnType<typeof recordsNow>>,
  given: ListedBatch,
  after: NaiveGraph,
) {
  const toldNodes = given.changes.flatMap((one) =>
    one.op === 'PUT_NODE' ? [`${one.node.source} ${one.node.id}`] : [],
  );
  const toldEdges = given.changes.flatMap((one) => (one.op === 'PUT_EDGE' ? [one.edge.id] : []));
  const told = new Set([...toldNodes, ...toldEdges]);
  return [...new Set(given.complete)]
    .map((source) => {
      const [heldNodes, heldEdges] = [nodes, edges].map((records) => records.filter((one) => one.source === source));
      const goneNodes = heldNodes!.filter(({ id }) => !told.has(`${source} ${id}`));
      const goneEdges = heldEdges!.filter(({ id }) => !told.has(id));
      return {
        source,
        nodes: { withdrawn: goneNodes.length, held: heldNodes!.length },
        edges: { withdrawn: goneEdges.length, held: heldEdges!.length },
        leavesNothing: ![...after.nodes(), ...after.edges()].some((one) => one.source === source),
      };
    })
    .filter(
      ({ nodes: n, edges: e, leavesNothing }) =>
        n.withdrawn + e.withdrawn > 0 && (leavesNothing || n.withdrawn > 10 || e.withdrawn > 10),
    )
    .sort(bySource);
}

/** Applies a batch to a store and to the naive graph, and holds what the two say of it against each other. */
async function applyBoth(store: GraphStore, graph: NaiveGraph, given: ListedBatch): Promise<NaiveGraph> {
  const expected = graph.after(given);
  if ('faults' in expected) {
    const problems = await problemsOf(store.apply(asTold(given)));
    const place = (fault: { change: number; field: string }) => `${given.changes[fault.change]!.line}:${fault.field}`;
    expect(problems.map((problem) => `${problem.line}:${problem.field}`).sort()).toEqual(
      expected.faults.map(place).sort(),
    );
    return graph;
  }
  if (given.complete.length > 0) {
    const before = await recordsNow(store);
    const { tooMuch = [] } = await store.apply(asTold(given), { dryRun: true, maxWithdrawn: 0 });
    const counts = tooMuch.map(({ named: _, ...others }) => others).sort(bySource);
    const after = graph.after(given);
    if ('graph' in after) expect(counts).toEqual(obviousWithdrawals(before, given, after.graph));
  }
  const applied = await store.apply(asTold(given));
  expect(applied).toMatchObject({ ...expected.outcome, id: given.id, source: given.source, repeated: false });
  const again = graph.after(given, applied.appliedAt);
  return 'graph' in again ? again.graph : graph;
}

/** Applies a journal to an empty store. */
async function replay(batches: readonly JournalBatch[], store: GraphStore): Promise<void> {
  for (const { id, source, changes, withdrawnUses } of batches) {
    await store.apply({ id, source, complete: [], changes, withdrawnUses });
  }
}

/** @param histories how many random histories are lived through, each with a second store beside it */
export function storeContract(name: string, maker: StoreMaker, histories = 40): void {
  announceSeed();
  describe(`${name} keeps the contract of a store`, () => {
    let store: GraphStore;
    beforeEach(async () => {
      store = await maker.create();
    });
    afterEach(async () => {
      await maker.drop(store);
    });

    describe('batches', () => {
      it('starts empty at version 0', async () => {
        expect(await store.version()).toBe(0);
        expect(await recordsNow(store)).toEqual({ nodes: [], edges: [], uses: [] });
        expect(await listed(store.batches(0))).toEqual([]);
      });

      it('gives every batch the next version, also one that changes nothing', async () => {
        const first = await store.apply(batch([ADA, FIN, MEMBER]));
        expect(first).toMatchObject({ version: 1, added: 3, changed: 0, removed: 0, repeated: false });
        expect(await store.apply(batch([ADA, FIN, MEMBER]))).toMatchObject({
          version: 2,
          added: 0,
          changed: 0,
          removed: 0,
        });
        expect(await store.apply(batch([]))).toMatchObject({ version: 3 });
        expect(await store.version()).toBe(3);
      });

      it('does not apply a batch twice under one id', async () => {
        const once = batch([ADA]);
        const first = await store.apply(once);
        await store.apply(batch([FIN]));
        expect(await store.apply({ ...once, changes: [FIN, MEMBER] })).toEqual({ ...first, repeated: true });
        expect(await store.version()).toBe(2);
      });

      it('knows batch ids after it was opened again and compacted', async () => {
        const once = batch([ADA]);
        const first = await store.apply(once);
        await store.apply(batch([FIN]));
        await store.compact();
        store = await maker.reopen(store);
        expect(await store.apply(once)).toEqual({ ...first, repeated: true });
      });

      it('takes an edge before its ends, and applies concurrent batches one after another', async () => {
        const results = await Promise.all([
          store.apply(batch([MEMBER, FIN, ADA])),
          store.apply(batch([])),
          store.apply(batch([])),
        ]);
        expect(results.map((result: AppliedBatch) => result.version)).toEqual([1, 2, 3]);
      });

      it('takes changes that come one by one, and keeps nothing when they end in an error', async () => {
        async function* some() {
          yield ADA;
          await new Promise((resolve) => setImmediate(resolve));
          yield FIN;
        }
        await store.apply({ ...batch([]), changes: some() });
        const before = await recordsNow(store);
        async function* failing() {
          yield putNode('User', 'u:bob');
          yield* some();
          throw new Error('the file ends here');
        }
        await expect(store.apply({ ...batch([]), changes: failing() })).rejects.toThrow('the file ends here');
        expect(await recordsNow(store)).toEqual(before);
        expect(await store.version()).toBe(1);
        expect(await store.apply(batch([putNode('User', 'u:eve')]))).toMatchObject({ version: 2, added: 1 });
      });

      it('counts by what was there before the batch, whatever happens within it', async () => {
        await store.apply(batch([ADA, FIN, MEMBER]));
        const renamed = putNode('User', 'u:ada', 'hr', { name: 'Ada' });
        expect(await store.apply(batch([renamed, ADA]))).toMatchObject({ added: 0, changed: 0, removed: 0 });
        const gone: Change = { op: 'REMOVE_NODE', id: 'u:ada', source: 'hr' };
        expect(await store.apply(batch([gone, renamed]))).toMatchObject({ added: 0, changed: 1, removed: 0 });
        const eve = putNode('User', 'u:eve');
        const noEve: Change = { op: 'REMOVE_NODE', id: 'u:eve', source: 'hr' };
        expect(await store.apply(batch([eve, noEve, gone]))).toMatchObject({ added: 0, changed: 0, removed: 1 });
      });

      it('does not take another order of attributes for a change', async () => {
        await store.apply(
          batch([putNode('User', 'u:ada', 'hr', { attributes: { a: 1, b: { c: 2, d: [1, { e: 1, f: 2 }] } } })]),
        );
        const turned = putNode('User', 'u:ada', 'hr', { attributes: { b: { d: [1, { f: 2, e: 1 }], c: 2 }, a: 1 } });
        expect(await store.apply(batch([turned]))).toMatchObject({ changed: 0 });
        const other = putNode('User', 'u:ada', 'hr', { attributes: { b: { d: [{ e: 1, f: 2 }, 1], c: 2 }, a: 1 } });
        expect(await store.apply(batch([other]))).toMatchObject({ changed: 1 });
      });
    });

    describe('refusals', () => {
      it('names every end that is missing or of a wrong kind, by file and line, and applies nothing', async () => {
        await store.apply(batch([ADA, FIN]));
        const at = (change: Change, line: number): Change => ({ ...change, file: 'a.jsonl', line });
        const changes = [
          at(putNode('User', 'u:bob'), 1),
          at(putEdge('MEMBER_OF', 'u:nobody', 'g:none'), 2),
          at(putEdge('MEMBER_OF', 'g:fin', 'u:ada'), 3),
          at(MEMBER, 4),
          putEdge('HAS_ROLE', 'u:ada', 'g:fin'),
        ];
        const problems = await problemsOf(store.apply(batch(changes)));
        expect(problems).toMatchObject([
          { file: 'a.jsonl', line: 2, field: 'from' },
          { file: 'a.jsonl', line: 2, field: 'to' },
          { file: 'a.jsonl', line: 3, field: 'to' },
          { field: 'to' },
        ]);
        expect(problems[0]!.message).toContain('"u:nobody"');
        expect(problems[3]).not.toHaveProperty('line');
        expect(await store.version()).toBe(1);
        expect((await recordsNow(store)).nodes).toHaveLength(2);
      });

      it('tells the first hundred problems and counts the rest', async () => {
        const changes = Array.from({ length: 250 }, (_, i) => putEdge('MEMBER_OF', `u:${i}`, `g:${i}`));
        const error = (await store.apply(batch(changes)).catch((reason: unknown) => reason)) as InputError;
        expect(error.problems).toHaveLength(100);
        expect(error.total).toBe(500);
      });

      it('lets a node have one kind over all sources', async () => {
        await store.apply(batch([ADA]));
        const other = { ...putNode('ServiceAccount', 'u:ada', 'ldap'), file: 'b.jsonl', line: 7 };
        expect(await problemsOf(store.apply(batch([other])))).toMatchObject([
          { file: 'b.jsonl', line: 7, field: 'node' },
        ]);
        expect(await store.apply(batch([other], { complete: ['hr', 'ldap'] }))).toMatchObject({ added: 1, removed: 1 });
        expect(await store.apply(batch([putNode('User', 'u:ada', 'ldap')]))).toMatchObject({ changed: 1 });
      });

      it('does not count an end that the same batch withdraws', async () => {
        await store.apply(batch([ADA, FIN]));
        const gone: Change = { op: 'REMOVE_NODE', id: 'g:fin', source: 'hr' };
        expect(await problemsOf(store.apply(batch([MEMBER, gone])))).toMatchObject([{ field: 'to' }]);
        expect(await problemsOf(store.apply(batch([ADA, MEMBER], { complete: ['hr'] })))).toMatchObject([
          { field: 'to' },
        ]);
        const noEdge: Change = { op: 'REMOVE_EDGE', id: (MEMBER as { edge: { id: string } }).edge.id, source: 'hr' };
        expect(await store.apply(batch([MEMBER, gone, noEdge]))).toMatchObject({ removed: 1, added: 0 });
      });

      it('refuses what is no kind, no change and no edge id', async () => {
        expect(await problemsOf(store.apply(batch([putNode('Robot' as NodeKind, 'x')])))).toMatchObject([
          { field: 'node' },
        ]);
        expect(await problemsOf(store.apply(batch([putEdge('LIKES' as EdgeKind, 'a', 'b')])))).toMatchObject([
          { field: 'edge' },
        ]);
        const forged = { op: 'PUT_EDGE', edge: { ...(MEMBER as { edge: object }).edge, id: 'e_1' } } as Change;
        expect(await problemsOf(store.apply(batch([ADA, FIN, forged])))).toMatchObject([{ field: 'id' }]);
        expect(await codeOf(store.apply(batch([{ op: 'PUT' } as unknown as Change])))).toBe('ARGUMENT_INVALID');
        expect(await codeOf(store.apply(batch([], { id: '' })))).toBe('ARGUMENT_INVALID');
        expect(await store.version()).toBe(0);
      });
    });

    describe('sources', () => {
      it('withdraws what a source that is told whole does not tell again, and nothing of another', async () => {
        const use: Change = {
          op: 'PUT_USE',
          use: { identity: 'u:ada', action: 'read', resource: 'r:1', source: 'hr', lastUsedAt: 1, useCount: 2 },
        };
        await store.apply(
          batch([
            ADA,
            FIN,
            MEMBER,
            use,
            putNode('User', 'u:ada', 'ldap'),
            putEdge('MEMBER_OF', 'u:ada', 'g:fin', { source: 'ldap' }),
          ]),
        );
        expect(await store.apply(batch([FIN], { complete: ['hr'] }))).toMatchObject({
          added: 0,
          changed: 0,
          removed: 3,
        });
        const { nodes, edges, uses } = await recordsNow(store);
        expect(nodes.map((node) => `${node.id} ${node.source}`)).toEqual(['g:fin hr', 'u:ada ldap']);
        expect(edges.map((edge) => edge.source)).toEqual(['ldap']);
        expect(uses).toEqual([]);
      });

      it('refuses to withdraw more of a source than may go, of nodes or of edges, and says what would', async () => {
        const people = Array.from({ length: 60 }, (_, i) => putNode('User', `u:${i}`));
        const members = Array.from({ length: 60 }, (_, i) => putEdge('MEMBER_OF', `u:${i}`, 'g:fin'));
        const load = (users: number, edges: number) =>
          batch([FIN, ...people.slice(0, users), ...members.slice(0, edges)], { complete: ['hr'] });
        // Where nothing was, nothing is withdrawn.
        await store.apply(load(60, 60), { maxWithdrawn: 0 });
        const refused = async (users: number, edges: number, maxWithdrawn: number) =>
          store.apply(load(users, edges), { maxWithdrawn }).then(
            () => undefined,
            (error: GrantlensError) => error,
          );
        const error = await refused(60, 40, 0.2);
        expect(error).toMatchObject({ code: 'WITHDRAWAL_TOO_LARGE' });
        expect(error!.message).toContain('0 of 61 nodes and 20 of 60 edges of the source "hr"');
        expect(error!.facts['withdrawals']).toMatchObject([
          { source: 'hr', nodes: { withdrawn: 0, held: 61 }, edges: { withdrawn: 20, held: 60 } },
        ]);
        const [{ named }] = error!.facts['withdrawals'] as [{ named: string[] }];
        expect(named).toHaveLength(5);
        for (const name of named) expect(name).toMatch(/^u:[45]\d MEMBER_OF g:fin$/);
        expect((await recordsNow(store)).edges).toHaveLength(60);
        expect(await store.version()).toBe(1);
        // Half of the people, though a fifth of all facts.
        expect(await refused(45, 45, 0.2)).toMatchObject({ code: 'WITHDRAWAL_TOO_LARGE' });
        // A dry run tells it and refuses nothing.
        const { tooMuch, ...dry } = await store.apply(load(60, 40), { maxWithdrawn: 0.2, dryRun: true });
        expect(dry).toMatchObject({ version: 1, removed: 20 });
        expect(tooMuch).toMatchObject([{ source: 'hr', edges: { withdrawn: 20, held: 60 } }]);
        expect(await store.apply(load(60, 40), { maxWithdrawn: 1 / 3 })).toMatchObject({ version: 2, removed: 20 });
        // Ten may always go, but not the last of them.
        expect(await refused(50, 30, 0)).toBe(undefined);
        await store.apply(load(3, 2));
        expect(await refused(1, 0, 0)).toBe(undefined);
        expect(await store.apply(batch([], { complete: ['hr'] }), { maxWithdrawn: 1, dryRun: true })).toMatchObject({
          removed: 2,
        });
        expect(await codeOf(store.apply(batch([], { complete: ['hr'] }), { maxWithdrawn: 0.9 }))).toBe(
          'WITHDRAWAL_TOO_LARGE',
        );
        // What stands in its place may be all new.
        const other = batch([putNode('User', 'u:other')], { complete: ['hr'] });
        expect(await store.apply(other, { maxWithdrawn: 0 })).toMatchObject({ added: 1, removed: 2 });
        expect(await codeOf(store.apply(batch([]), { maxWithdrawn: 2 }))).toBe('ARGUMENT_INVALID');
      });

      it('keeps an edge without effect while an end is gone', async () => {
        await store.apply(batch([ADA, FIN, putEdge('MEMBER_OF', 'u:ada', 'g:fin', { source: 'ldap' })]));
        const graph = new NaiveGraph();
        await store.apply(batch([ADA], { complete: ['hr'] }));
        let reader = await store.read();
        const dangling = await reader.danglingEdges(10);
        expect(dangling.total).toBe(1);
        expect(await reader.edgeById(dangling.edges[0]!.id)).toEqual(dangling.edges[0]);
        const ids = [dangling.edges[0]!.id];
        const visited: number[] = [];
        const visit = (ref: number) => void visited.push(ref);
        await reader.scanEdges(visit);
        expect(visited).toEqual([]);
        expect(await reader.refsOf(['g:fin'], ids)).toEqual({ nodes: [undefined], edges: [undefined] });
        await reader.close();
        await store.apply(batch([FIN]));
        reader = await store.read();
        await reader.scanEdges(visit);
        expect(visited).toHaveLength(1);
        expect((await reader.refsOf(['g:fin'], ids)).edges).toEqual(visited);
        expect((await reader.danglingEdges(10)).total).toBe(0);
        await reader.close();
        expect(graph.nodes()).toEqual([]);
      });

      it('keeps an edge without effect while an end is of a kind that it may not join', async () => {
        await store.apply(batch([ADA, FIN, MEMBER]));
        await store.apply(batch([putNode('Role', 'g:fin')]));
        const reader = await store.read();
        expect((await reader.danglingEdges(10)).total).toBe(1);
        await reader.close();
      });

      it('says when a source was last told whole or changed', async () => {
        const first = await store.apply(batch([ADA, putNode('Group', 'g:ops', 'ldap')]));
        const second = await store.apply(batch([ADA], { complete: ['hr'] }));
        const reader = await store.read();
        expect(await reader.sources()).toEqual([
          { source: 'hr', nodes: 1, edges: 0, loadedAt: second.appliedAt },
          { source: 'ldap', nodes: 1, edges: 0, loadedAt: first.appliedAt },
        ]);
        await reader.close();
      });

      it('shows each field of the first source in the order of precedence', async () => {
        const other = await maker.create({ precedence: ['ldap'] });
        try {
          await other.apply(
            batch([
              putNode('User', 'u:ada', 'hr', { name: 'A. Lovelace', attributes: { enabled: true, title: 'Countess' } }),
            ]),
          );
          await other.apply(batch([putNode('User', 'u:ada', 'ldap', { name: 'Ada', attributes: { enabled: false } })]));
          const reader = await other.read();
          const seen: unknown[] = [];
          const refs: number[] = [];
          await reader.scanNodes((ref, kind, id, disabled, text) => {
            refs.push(ref);
            seen.push([kind, id, disabled, text]);
          });
          expect(seen).toEqual([['User', 'u:ada', true, 'u:ada\nada\ncountess']]);
          expect(await reader.entities(refs)).toMatchObject([{ name: 'Ada', sources: ['ldap', 'hr'] }]);
          await reader.close();
        } finally {
          await maker.drop(other);
        }
      });
    });

    describe('content', () => {
      it('keeps unusual content byte for byte', async () => {
        const ids = [
          'u:"quoted"',
          "u:o'neil; DROP TABLE nodes",
          'u:line\nbreak\ttab',
          'u:\u{1f469}\u200d\u{1f52c}',
          'u:ünï',
          `u:${'x'.repeat(4_094)}`,
          'u:\\',
          'u:\u2028',
          ' u: ',
        ];
        const attributes = JSON.parse(
          '{"__proto__":{"polluted":true},"constructor":"x","numbers":[1e308,-1e308,5e-324,0.1,9007199254740991,-0],"nested":{"a":[{"b":[null,true,{"":""}]}]},"long":""}',
        ) as NodeRecord['attributes'];
        const nodes = ids.map((id) => putNode('User', id, 'hr', { name: `${id} \u{1f600}`, attributes }));
        const edge = putEdge('GRANTS', ids[3]!, 'r:ключ', {
          key: 'k"\n',
          actions: ['a\nb', 'é', '\u{1f511}*'],
          exceptActions: ['x,y', '"'],
          effect: 'DENY',
          inherit: false,
          condition: '✓'.repeat(65_536),
          evidence: "policy ' 7",
          validFrom: -62_000_000_000_000,
          validTo: 253_402_300_799_999,
          lastUsedAt: 0,
          useCount: Number.MAX_SAFE_INTEGER,
        });
        await store.apply(
          batch([...nodes, putNode('Resource', 'r:ключ', 'hr', { sensitivity: 0.1, resourceType: 'база' }), edge]),
        );
        store = await maker.reopen(store);
        const records = await recordsNow(store);
        const text = (value: unknown) => JSON.stringify(value);
        const expected = nodes.map((change) => (change as { node: NodeRecord }).node);
        expect(records.nodes.filter((node) => node.kind === 'User').map(text)).toEqual(
          [...expected]
            .sort((a, b) => (a.id < b.id ? -1 : 1))
            .map(({ kind, id, source, name, attributes }) => text({ kind, id, source, name, attributes })),
        );
        expect(records.edges).toEqual([(edge as { edge: object }).edge]);
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
        expect(Object.hasOwn(records.nodes[0]!.attributes, '__proto__')).toBe(true);
      });

      it('orders ids by code units', async () => {
        await store.apply(batch(['u:\uffee', 'u:\u{1f600}', 'u:z', 'u:Z', 'u:é'].map((id) => putNode('User', id))));
        const reader = await store.read();
        const ids: string[] = [];
        await reader.scanNodes((_ref, _kind, id) => void ids.push(id));
        expect(ids).toEqual(['u:Z', 'u:z', 'u:é', 'u:\u{1f600}', 'u:\uffee']);
        await reader.close();
      });
    });

    describe('readers and versions', () => {
      it('shows a reader one version, whatever is applied meanwhile', async () => {
        await store.apply(batch([ADA, FIN, MEMBER]));
        const reader = await store.read();
        const before = await recordsOf(reader);
        const refs: number[] = [];
        await reader.scanEdges((ref) => void refs.push(ref));
        await store.apply(batch([putNode('User', 'u:bob')], { complete: ['hr'] }));
        await store.compact();
        expect(reader.version).toBe(1);
        expect(await recordsOf(reader)).toEqual(before);
        expect(await reader.edges(refs)).toEqual(before.edges);
        expect(await reader.edgeById(before.edges[0]!.id)).toEqual(before.edges[0]);
        await reader.close();
        expect((await recordsNow(store)).nodes).toHaveLength(1);
      });

      it('tells the numbers of nodes and edges by their ids, in the order asked, as they were at its version', async () => {
        await store.apply(batch([ADA, FIN, MEMBER]));
        const before = await store.read();
        const id = (MEMBER as { edge: { id: string } }).edge.id;
        const asked = [
          ['g:fin', 'u:bob', 'u:ada', 'g:fin'],
          ['e_AAAAAAAAAAAAAAAAAAAAAA', id],
        ] as const;
        const first = await before.refsOf(...asked);
        const [fin, none, ada] = first.nodes;
        expect(first).toEqual({ nodes: [fin, none, ada, fin], edges: [undefined, first.edges[1]] });
        expect(none).toBeUndefined();
        expect(await before.entities([fin!, ada!])).toMatchObject([{ id: 'g:fin' }, { id: 'u:ada' }]);
        expect(await before.edges([first.edges[1]!])).toMatchObject([{ id }]);
        await store.apply(batch([putNode('Role', 'g:fin'), putNode('User', 'u:bob')]));
        const after = await store.read();
        const second = await after.refsOf(...asked);
        expect(second.edges).toEqual([undefined, undefined]);
        expect(await after.entities(second.nodes.slice(0, 3) as number[])).toMatchObject([
          { id: 'g:fin', kind: 'Role' },
          { id: 'u:bob' },
          { id: 'u:ada' },
        ]);
        await store.apply(batch([], { complete: ['hr'] }));
        expect(await before.refsOf(...asked)).toEqual(first);
        expect(await after.refsOf(...asked)).toEqual(second);
        for (const reader of [before, after]) await reader.close();
      });

      it('says that a closed reader is closed, and a closed store', async () => {
        const reader = await store.read();
        await reader.close();
        await reader.close();
        expect(await codeOf(reader.scanNodes(() => {}))).toBe('CLOSED');
        expect(await codeOf(reader.edgeById('e_AAAAAAAAAAAAAAAAAAAAAA'))).toBe('CLOSED');
        expect(await codeOf(reader.refsOf([], []))).toBe('CLOSED');
        const other = await maker.create();
        await maker.drop(other);
        expect(await codeOf(other.version())).toBe('CLOSED');
        expect(await codeOf(other.apply(batch([])))).toBe('CLOSED');
        expect(await codeOf(other.read())).toBe('CLOSED');
      });

      it('has no version that was never there or is not kept', async () => {
        for (let i = 0; i < 4; i++) await store.apply(batch([putNode('User', `u:${i}`)]));
        for (const version of [-1, 5, 1.5, Number.NaN])
          expect(await codeOf(store.read(version))).toBe('VERSION_NOT_FOUND');
        expect((await recordsNow(store, 0)).nodes).toEqual([]);
        await store.compact({ keepVersions: 2 });
        expect(await codeOf(store.read(2))).toBe('VERSION_NOT_FOUND');
        expect(await codeOf(listed(store.batches(2)))).toBe('VERSION_NOT_FOUND');
        expect((await recordsNow(store, 3)).nodes).toHaveLength(3);
        expect(await listed(store.batches(3))).toMatchObject([{ version: 4, changes: [{ op: 'PUT_NODE' }] }]);
        expect(await listed(store.batches(4))).toEqual([]);
        expect(await codeOf(store.compact({ keepVersions: 0 }))).toBe('ARGUMENT_INVALID');
      });

      it('spells withdrawals out in the journal', async () => {
        const use = { identity: 'u:ada', action: 'read', resource: 'r:1', source: 'hr', lastUsedAt: 1, useCount: 2 };
        await store.apply(batch([ADA, FIN, MEMBER, { op: 'PUT_USE', use }]));
        const renamed = putNode('User', 'u:ada', 'hr', { name: 'Ada' });
        const applied = await store.apply(batch([renamed], { complete: ['hr'] }));
        const [journal] = await listed(store.batches(1));
        const id = (MEMBER as { edge: { id: string } }).edge.id;
        expect(journal).toEqual({
          ...applied,
          changes: [{ op: 'REMOVE_EDGE', id, source: 'hr' }, { op: 'REMOVE_NODE', id: 'g:fin', source: 'hr' }, renamed],
          withdrawnUses: [{ identity: 'u:ada', action: 'read', resource: 'r:1', source: 'hr' }],
        });
      });
    });

    describe('documents', () => {
      it('keeps them with compare-and-set', async () => {
        expect(await store.documents.get('run/1')).toBeUndefined();
        const first = await store.documents.put('run/1', { seed: 7, "o'clock": ['\u{1f600}'] }, 0);
        expect(await store.documents.get('run/1')).toEqual({
          value: { seed: 7, "o'clock": ['\u{1f600}'] },
          revision: first,
        });
        expect(await codeOf(store.documents.put('run/1', 1, 0))).toBe('DOCUMENT_CONFLICT');
        const second = await store.documents.put('run/1', null, first);
        expect(second).not.toBe(first);
        expect(await codeOf(store.documents.put('run/1', 1, first))).toBe('DOCUMENT_CONFLICT');
        expect(await codeOf(store.documents.delete('run/1', first))).toBe('DOCUMENT_CONFLICT');
        expect(await codeOf(store.documents.delete('none', 0))).toBe('DOCUMENT_CONFLICT');
        await store.documents.put('run/0', 'x', 0);
        await store.documents.put('rule', [], 0);
        expect(await store.documents.list('run/')).toEqual(['run/0', 'run/1']);
        store = await maker.reopen(store);
        expect(await store.documents.get('run/1')).toEqual({ value: null, revision: second });
        await store.documents.delete('run/1', second);
        expect(await store.documents.list('')).toEqual(['rule', 'run/0']);
        expect(await codeOf(store.documents.put('run/1', 1, second))).toBe('DOCUMENT_CONFLICT');
        expect(await store.documents.put('run/1', 1, 0)).toBeGreaterThan(second);
        expect(await store.version()).toBe(0);
      });

      it('lets one of several at once win', async () => {
        const outcomes = await Promise.all(
          Array.from({ length: 5 }, (_, i) => codeOf(store.documents.put('one', i, 0))),
        );
        expect(outcomes.filter((code) => code === undefined)).toHaveLength(1);
        expect(outcomes.filter((code) => code === 'DOCUMENT_CONFLICT')).toHaveLength(4);
      });
    });

    it(
      'agrees with the naive graph on random batches, now, for old versions, from the journal and after compaction',
      async () => {
        await fc.assert(
          fc.asyncProperty(arbitraryBatches, fc.nat(3), fc.boolean(), async (batches, kept, reopens) => {
            const precedence = ['ldap'];
            let subject = await maker.create({ precedence });
            const copy = await maker.create({ precedence });
            try {
              const versions = [new NaiveGraph()];
              for (const given of batches) {
                const after = await applyBoth(subject, versions.at(-1)!, given);
                if (after !== versions.at(-1)) versions.push(after);
              }
              if (reopens) subject = await maker.reopen(subject);
              expect(await subject.version()).toBe(versions.length - 1);
              await expectVersions(subject, versions, 0, precedence);
              await replay(await listed(subject.batches(0)), copy);
              expect(await recordsNow(copy)).toEqual(await recordsNow(subject));
              await subject.verify();
              await subject.compact({ keepVersions: kept + 1 });
              await subject.verify();
              const oldest = Math.max(0, versions.length - 1 - kept);
              await expectVersions(subject, versions, oldest, precedence);
              await replay(await listed(subject.batches(oldest)), copy);
              const extra = await applyBoth(
                subject,
                versions.at(-1)!,
                batch([putNode('Role', 'ro:extra')], { complete: ['hr'] }),
              );
              await expectVersions(subject, [...versions, extra], versions.length, precedence);
              await subject.verify();
            } finally {
              await maker.drop(subject);
              await maker.drop(copy);
            }
          }),
          runs(histories),
        );
      },
      4 * LONG,
    );
  });
}

/** Holds every version from `oldest` on against what it was. */
async function expectVersions(
  store: GraphStore,
  versions: readonly NaiveGraph[],
  oldest: number,
  precedence: readonly string[],
): Promise<void> {
  for (let version = oldest; version < versions.length; version++) {
    const reader = await store.read(version);
    await expectReader(reader, versions[version]!, precedence);
    await reader.close();
  }
}
