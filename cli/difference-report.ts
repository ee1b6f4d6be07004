/** What differs between two versions, as JSON and as tables: nodes, edges, and who gains and who loses what. */
import {
  type AccessDelta,
  type AccessRow,
  type EdgeRecord,
  type Entity,
  type GraphDiff,
  lineOfEdge,
  type RecordDiff,
} from '../engine/index.ts';
import { type Cell, patternsCell } from './table.ts';
import { counted, type Terminal } from './terminal.ts';

export const graphDiffJson = ({ nodes, edges }: GraphDiff) => ({
  nodes,
  edges: {
    ...edges,
    added: edges.added.map(lineOfEdge),
    removed: edges.removed.map(lineOfEdge),
    changed: edges.changed.map(({ before, after }) => ({ before: lineOfEdge(before), after: lineOfEdge(after) })),
  },
});

export const accessDiffJson = (access: AccessDelta) => ({
  complete: access.complete,
  gainedCount: access.gainedCount,
  lostCount: access.lostCount,
  alteredCount: access.alteredCount,
  gained: access.gained,
  lost: access.lost,
  altered: access.altered,
});

export async function tellGraphDiff(terminal: Terminal, { nodes, edges }: GraphDiff): Promise<void> {
  await tellRecords(terminal, nodes, ['node', 'nodes'], ({ kind, id }: Entity) => [kind, id, '']);
  await tellRecords(terminal, edges, ['edge', 'edges'], ({ kind, from, to }: EdgeRecord) => [kind, from, to]);
}

export async function tellAccessDiff(terminal: Terminal, access: AccessDelta): Promise<void> {
  const rows = [
    ...access.gained.map((row) => accessRow('+', row)),
    ...access.lost.map((row) => accessRow('-', row)),
    ...access.altered.map((row) => accessRow('~', row)),
  ];
  const columns = ['', 'DECISION', 'IDENTITY', 'RESOURCE', 'ACTIONS'].map((title) => ({ title }));
  if (rows.length > 0) await terminal.table(columns, rows);
  terminal.note(accessCounts(access));
}

/** `3 accesses gained, 1 access lost`. */
export function accessCounts({ gainedCount, lostCount, alteredCount }: AccessDelta): string {
  return (
    `${counted(gainedCount, 'access', 'accesses')} gained, ${counted(lostCount, 'access', 'accesses')} lost` +
    (alteredCount === 0 ? '' : `, ${alteredCount.toLocaleString('en-US')} with other exceptions`)
  );
}

async function tellRecords<T>(
  terminal: Terminal,
  { addedCount, removedCount, changedCount, added, removed, changed }: RecordDiff<T>,
  [singular, plural]: readonly [string, string],
  cells: (record: T) => readonly [kind: string, from: string, to: string],
): Promise<void> {
  const rows = [
    ...added.map((record) => ['+', ...cells(record)]),
    ...removed.map((record) => ['-', ...cells(record)]),
    ...changed.map(({ after }) => ['~', ...cells(after)]),
  ];
  const titles = singular === 'node' ? ['', 'NODE', 'ID', ''] : ['', 'EDGE', 'FROM', 'TO'];
  if (rows.length > 0) {
    await terminal.table(
      titles.map((title) => ({ title })),
      rows,
    );
    await terminal.lines(['']);
  }
  const count = (n: number): string => n.toLocaleString('en-US');
  terminal.note(
    `${counted(addedCount, singular, plural)} added, ${count(removedCount)} removed, ${count(changedCount)} changed`,
  );
}

function accessRow(sign: string, { identity, resource, actions, exceptions, decision }: AccessRow): Cell[] {
  return [sign, decision, identity, resource, patternsCell(actions, exceptions)];
}
