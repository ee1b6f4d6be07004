import type { Change, UseKey } from '../../model/index.ts';
import type { JournalBatch } from '../port.ts';
import { appliedOf, type Removals } from './batches.ts';
import type { DeadRows } from './dead-rows.ts';
import { pause } from './pause.ts';
import type { RowPage } from './row-page.ts';
import { readEdge, readNode, readUse } from './rows.ts';
import type { SnapshotView } from './snapshot-view.ts';
import { corrupt } from './sqlite.ts';
import { type Ends, FACTS, type FactName } from './state.ts';

/** Changes put together between two turns of the event loop. */
const CHANGES_A_TURN = 4_096;

/**
 * The batches after the version of a view, up to the newest, oldest first: what each removed, then what it put.
 * The rows of a batch are those that it brought and that had not ended when it was done.
 */
export async function* journal(view: SnapshotView): AsyncGenerator<JournalBatch> {
  let before = view.endsAt(view.version);
  for (let version = view.version + 1; version <= view.state.version; version++) {
    const record = view.batches.record(version);
    const removals = view.batches.removals(version);
    markEnded(view, removals);
    const changes: Change[] = [...removedEdges(view, removals), ...removedNodes(view, removals)];
    for (const change of puts(view, before, record.ends)) {
      if (changes.push(change) % CHANGES_A_TURN === 0) await pause();
    }
    yield { ...appliedOf(record, false), changes, withdrawnUses: withdrawnUses(view, removals) };
    before = record.ends;
  }
}

/** Takes the view's record of living rows one version on. */
function markEnded(view: SnapshotView, removals: Removals): void {
  for (const name of FACTS) {
    const { dead } = view.living(name);
    for (const row of removals[name].gone) dead.add(row);
    for (const row of removals[name].replaced) dead.add(row);
  }
}

function* puts(view: SnapshotView, before: Ends, after: Ends): Generator<Change> {
  const rows = (name: FactName) => broughtRows(view, name, before[name], after[name]);
  for (const [page, slot] of rows('nodes')) yield { op: 'PUT_NODE', node: readNode(page, slot, view) };
  for (const [page, slot] of rows('edges')) yield { op: 'PUT_EDGE', edge: readEdge(page, slot, view) };
  for (const [page, slot] of rows('uses')) yield { op: 'PUT_USE', use: readUse(page, slot, view) };
}

function* broughtRows(view: SnapshotView, name: FactName, from: number, end: number): Generator<[RowPage, number]> {
  const dead: DeadRows = view.living(name).dead;
  for (let row = from; row < end; ) {
    const page = view.log(name).page(row)!;
    const to = Math.min(end, page.end);
    for (; row < to; row++) {
      const slot = page.slotOf(row);
      if (slot >= 0 && !dead.has(row)) yield [page, slot];
    }
  }
}

function removedNodes(view: SnapshotView, removals: Removals): Change[] {
  return removals.nodes.gone.map((row) => {
    const { id, source } = readNode(...endedRow(view, 'nodes', row), view);
    return { op: 'REMOVE_NODE', id, source };
  });
}

function removedEdges(view: SnapshotView, removals: Removals): Change[] {
  return removals.edges.gone.map((row) => {
    const { id, source } = readEdge(...endedRow(view, 'edges', row), view);
    return { op: 'REMOVE_EDGE', id, source };
  });
}

function withdrawnUses(view: SnapshotView, removals: Removals): UseKey[] {
  return removals.uses.gone.map((row) => {
    const { identity, action, resource, source } = readUse(...endedRow(view, 'uses', row), view);
    return { identity, action, resource, source };
  });
}

function endedRow(view: SnapshotView, name: FactName, row: number): [RowPage, number] {
  const page = view.log(name).page(row);
  const slot = page?.slotOf(row) ?? -1;
  if (page === undefined || slot < 0) throw corrupt(`row ${row} of ${name} is missing`);
  return [page, slot];
}
