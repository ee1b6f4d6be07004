/**
 * What is read of a version's sensitivity from the version before, change by change, by way of folded versions too and back again,
 * is what is read of it anew: every weight, every rule that decides it, every count.
 */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { carrySensitivity, readSensitivity } from '../../engine/sensitivity/read-sensitivity.ts';
import type { SensitivityRule } from '../../engine/sensitivity/rule.ts';
import {
  isAnythingKnown,
  profileOf,
  rulesOf,
  rulesUsed,
  type SensitivityTable,
} from '../../engine/sensitivity/sensitivity-table.ts';
import { roomForChanges } from '../../engine/snapshot/assemble.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { folded } from '../../engine/snapshot/fold.ts';
import { followed, touchedBy } from '../../engine/snapshot/follow.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import type { Snapshot } from '../../engine/snapshot/snapshot.ts';
import { openEmbeddedStore } from '../../engine/store/embedded/index.ts';
import type { GraphStore, StoreReader } from '../../engine/store/port.ts';
import { arbitraryBatches } from '../support/arbitrary-batches.ts';
import type { ListedBatch } from '../support/naive-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary.ts';

announceSeed();
const folder = temporaryFolder();

const RULES: readonly SensitivityRule[] = [
  { name: 'of finance', resource: { attributes: { department: 'finance' } }, actions: ['w*'], weight: 0.9 },
  { name: 'hosts', resource: { type: 'host' }, weight: 0.7 },
  { name: 'the ledger', resource: { id: 'r:ledger' }, actions: ['read'], weight: 0.2 },
];

/** All that a table says, by what resources are called. */
function saidBy(table: SensitivityTable, snapshot: Snapshot): unknown {
  const said = new Map<string, unknown>();
  for (let node = 0; node < snapshot.nodeSpace; node++) {
    const profile = profileOf(table, node);
    if (profile === 0) continue;
    const { own, greatest, resources } = table;
    const rules = rulesOf(table, profile).map(({ name }) => name);
    said.set(snapshot.ids.at(node), [rules, own[profile], greatest[profile], resources[profile]]);
  }
  return { said, used: rulesUsed(table), known: isAnythingKnown(table), version: table.version };
}

/** A list of rules that nothing is remembered of. */
const anew = (): readonly SensitivityRule[] => [...RULES];

async function takenOn(store: GraphStore, snapshot: Snapshot, from: StoreReader, to: StoreReader): Promise<Snapshot> {
  const [older, newer] = [from.version, to.version].sort((a, b) => a - b) as [number, number];
  const touched = await touchedBy(store.batches(older), newer, Number.POSITIVE_INFINITY);
  return (await followed(snapshot, from, to, touched!))!;
}

async function expectSame(snapshot: Snapshot, reader: StoreReader): Promise<void> {
  const pace = new Pace();
  const followedTable = await readSensitivity(snapshot, reader, RULES, pace);
  expect(saidBy(followedTable, snapshot)).toEqual(
    saidBy(await readSensitivity(snapshot, reader, anew(), pace), snapshot),
  );
}

/** @param skipped of which versions nothing is read */
async function follow(batches: readonly ListedBatch[], skipped: readonly boolean[]): Promise<void> {
  const store = await openEmbeddedStore({ folder: mkdtempSync(join(folder.path, 'store-')), mode: 'write' });
  let reader = await store.read();
  let snapshot = await compileSnapshot(reader, roomForChanges);
  for (const [i, batch] of batches.entries()) {
    // What does not fit the graph is refused, and changes nothing.
    await store.apply(batch).catch(() => {});
    if (i % 4 === 3) {
      const fold = await folded(snapshot, new Pace());
      await carrySensitivity(snapshot, fold, new Pace());
      snapshot = fold;
    }
    const next = await store.read();
    const before = snapshot;
    snapshot = await takenOn(store, snapshot, reader, next);
    if (skipped[i] !== true) await expectSame(snapshot, next);
    if (i % 3 === 1) {
      const back = await takenOn(store, snapshot, next, reader);
      await expectSame(back, reader);
      await expectSame(before, reader);
    }
    await reader.close();
    reader = next;
  }
  await reader.close();
  await store.close();
}

it(
  'is what is read anew, after any history',
  () => fc.assert(fc.asyncProperty(arbitraryBatches, fc.array(fc.boolean()), follow), runs(120)),
  LONG,
);

it('asks the store for nothing but the resources that were touched', async () => {
  const store = await openEmbeddedStore({ folder: mkdtempSync(join(folder.path, 'store-')), mode: 'write' });
  const put = (id: string, resourceType: string) =>
    ({ op: 'PUT_NODE', node: { id, kind: 'Resource', source: 's', resourceType, attributes: {} } }) as const;
  const apply = (id: string, changes: ListedBatch['changes']) =>
    store.apply({ id, source: 's', complete: [], changes });
  await apply(
    '1',
    Array.from({ length: 50 }, (_, i) => put(`r${i}`, 'file')),
  );
  const first = await store.read();
  const snapshot = await compileSnapshot(first, roomForChanges);
  await readSensitivity(snapshot, first, RULES, new Pace());
  await apply('2', [put('r7', 'host'), put('r50', 'host')]);
  const second = await store.read();
  const next = await takenOn(store, snapshot, first, second);
  let asked = 0;
  const counting = {
    entities: (refs: readonly number[]) => {
      asked += refs.length;
      return second.entities(refs);
    },
  };
  const table = await readSensitivity(next, counting, RULES, new Pace());
  expect(asked).toBe(2);
  expect(rulesUsed(table)).toEqual([{ name: 'hosts', builtIn: false, weight: 0.7, resources: 2 }]);
  const fold = await folded(next, new Pace());
  await carrySensitivity(next, fold, new Pace());
  asked = 0;
  expect(saidBy(await readSensitivity(fold, counting, RULES, new Pace()), fold)).toEqual(saidBy(table, next));
  expect(asked).toBe(2);
  await first.close();
  await second.close();
  await store.close();
});
