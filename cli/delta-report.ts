/** Who gains and who loses what, as JSON and as tables. */
import type { AccessDelta, AccessRow, Decision } from '../engine/index.ts';
import { patternsCell } from './table.ts';
import type { Terminal } from './terminal.ts';

/** The JSON of a difference. */
export const deltaJson = ({ version, complete, incompleteBecause, ...delta }: AccessDelta) => ({
  version,
  gainedCount: delta.gainedCount,
  lostCount: delta.lostCount,
  alteredCount: delta.alteredCount,
  complete,
  ...(incompleteBecause === undefined ? {} : { incompleteBecause }),
  gained: delta.gained,
  lost: delta.lost,
  altered: delta.altered,
});

const count = (n: number): string => n.toLocaleString('en-US');

export async function tellDelta(terminal: Terminal, delta: AccessDelta): Promise<void> {
  await terminal.lines([
    `${count(delta.gainedCount)} gained, ${count(delta.lostCount)} lost${delta.alteredCount === 0 ? '' : `, ${count(delta.alteredCount)} with other exceptions`}`,
  ]);
  await tellRows(terminal, 'GAINED', delta.gained);
  await tellRows(terminal, 'LOST', delta.lost);
  await tellRows(terminal, 'WITH OTHER EXCEPTIONS', delta.altered);
  const told = [delta.gained, delta.lost, delta.altered].flat().reduce((sum, { actions }) => sum + actions.length, 0);
  const all = delta.gainedCount + delta.lostCount + delta.alteredCount;
  if (told < all) terminal.note(`${count(told)} of ${count(all)} are shown; --limit shows more.`);
  if (!delta.complete) terminal.note(`Not complete: ${delta.incompleteBecause}.`);
}

async function tellRows(terminal: Terminal, title: string, rows: readonly AccessRow[]): Promise<void> {
  if (rows.length === 0) return;
  await terminal.lines(['', terminal.colour.bold(title)]);
  const decision = (padded: string, cell: string) => terminal.colour.decision(cell as Decision, padded);
  const columns = [
    { title: 'DECISION', paint: decision },
    { title: 'IDENTITY' },
    { title: 'ACTIONS' },
    { title: 'RESOURCE' },
    { title: 'EXCEPT' },
  ];
  const cells = rows.map((row) => [
    row.decision,
    row.identity,
    patternsCell(row.actions),
    row.resource,
    patternsCell(row.exceptions),
  ]);
  await terminal.table(columns, cells);
}
