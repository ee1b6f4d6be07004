import { displayWidth, padEnd, padStart, shorten } from './display-width.ts';
import { visible } from './visible.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'right';
  /** Puts colour on a cell that is padded already. */
  readonly paint?: (padded: string, cell: string) => string;
}

/** A text, or parts of a list, each with the comma or word that belongs to it, which may go over several lines. */
export type Cell = string | readonly string[];

export interface TableOptions {
  /** Columns of the terminal; undefined for no limit, so that nothing is lost where the output goes to a file. */
  readonly width?: number | undefined;
  readonly paintTitle?: (padded: string) => string;
}

export interface Table {
  readonly lines: readonly string[];
  /** How many parts of lists are not shown, each counted in its cell. */
  readonly hidden: number;
}

const GAP = '  ';
/** No column is made narrower than this to fit a terminal; one with lists not narrower than its count takes. */
const NARROWEST = 10;
const NARROWEST_LIST = 16;
/** A list goes over so many lines; of a longer one the last line counts what is not shown. */
const MOST_LINES = 4;

/** Patterns as a list cell, and what is taken out of them. */
export const patternsCell = (patterns: readonly string[], exceptions: readonly string[] = []): readonly string[] => [
  ...listed(patterns),
  ...listed(exceptions).map((pattern, i) => (i === 0 ? `except ${pattern}` : pattern)),
];

const listed = (items: readonly string[]): readonly string[] =>
  items.map((item, i) => (i === items.length - 1 ? item : `${item},`));

/**
 * A table: columns aligned by the width they are shown at. Where they do not fit, the widest give way: texts are shortened
 * in their middle, lists go over several lines and then count the rest.
 */
export function tableOf(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  options: TableOptions = {},
): Table {
  const cells = rows.map((row) => row.map(shown));
  const widths = fitted(widthsOf(columns, cells), listColumns(columns, cells), options.width);
  const paintTitle = options.paintTitle ?? ((text: string) => text);
  const head = columns.map((column, at) =>
    paintTitle(pad(column, column.title, widths[at]!, at === columns.length - 1)),
  );
  const lines = [lineOf(head)];
  let hidden = 0;
  for (const row of cells) {
    const folded = row.map((cell, at) => foldedCell(cell, widths[at]!));
    for (const each of folded) hidden += each.hidden;
    const height = Math.max(...folded.map((each) => each.lines.length));
    for (let line = 0; line < height; line++) {
      const parts = columns.map((column, at) =>
        painted(column, folded[at]!.lines[line] ?? '', textOf(row[at]!), widths[at]!, at === columns.length - 1),
      );
      lines.push(lineOf(parts));
    }
  }
  return { lines, hidden };
}

const lineOf = (parts: readonly string[]): string => parts.join(GAP).trimEnd();
const shown = (cell: Cell): Cell => (typeof cell === 'string' ? visible(cell) : cell.map(visible));
const textOf = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.join(' '));

function widthsOf(columns: readonly Column[], rows: readonly (readonly Cell[])[]): number[] {
  return columns.map((column, at) =>
    rows.reduce((widest, row) => Math.max(widest, displayWidth(textOf(row[at]!))), displayWidth(column.title)),
  );
}

const listColumns = (columns: readonly Column[], rows: readonly (readonly Cell[])[]): readonly boolean[] =>
  columns.map((_, at) => rows.some((row) => typeof row[at] !== 'string'));

/** Takes from the widest column until the line fits, or until all are as narrow as they get. */
function fitted(widths: number[], isList: readonly boolean[], width: number | undefined): number[] {
  if (width === undefined) return widths;
  let over = widths.reduce((sum, one) => sum + one, GAP.length * (widths.length - 1)) - width;
  while (over > 0) {
    const spare = widths.map((one, at) => (one > (isList[at]! ? NARROWEST_LIST : NARROWEST) ? one : 0));
    const widest = Math.max(...spare);
    if (widest === 0) break;
    widths[spare.indexOf(widest)]! -= 1;
    over -= 1;
  }
  return widths;
}

interface Folded {
  readonly lines: readonly string[];
  readonly hidden: number;
}

function foldedCell(cell: Cell, width: number): Folded {
  if (typeof cell === 'string') return { lines: [shorten(cell, width)], hidden: 0 };
  const lines: string[] = [];
  /** How many parts there are up to the end of each line. */
  const counts: number[] = [];
  cell.forEach((part, i) => {
    const piece = shorten(part, width);
    const last = lines.at(-1);
    const joined = last === undefined ? undefined : `${last} ${piece}`;
    if (joined !== undefined && displayWidth(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(piece);
    counts[lines.length - 1] = i + 1;
  });
  if (lines.length <= MOST_LINES) return { lines, hidden: 0 };
  const kept = MOST_LINES - 1;
  const hidden = cell.length - counts[kept - 1]!;
  return { lines: [...lines.slice(0, kept), `… and ${hidden.toLocaleString('en-US')} more`], hidden };
}

function painted(column: Column, line: string, cell: string, width: number, last: boolean): string {
  const padded = pad(column, line, width, last);
  return column.paint === undefined || line === '' ? padded : column.paint(padded, cell);
}

/** The last column is not filled up: lines end where their text ends. */
function pad(column: Column, text: string, width: number, last: boolean): string {
  if (column.align === 'right') return padStart(text, width);
  return last ? text : padEnd(text, width);
}
