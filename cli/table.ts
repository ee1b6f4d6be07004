import { displayWidth, padEnd, padStart, shorten } from './display-width.ts';
import { visible } from './visible.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'right';
  /** Puts colour on a cell that is padded already. */
  readonly paint?: (padded: string, cell: string) => string;
}

export interface TableOptions {
  /** Columns of the terminal; undefined for no limit, so that nothing is lost where the output goes to a file. */
  readonly width?: number | undefined;
  readonly paintTitle?: (padded: string) => string;
}

const GAP = '  ';
/** No column is made narrower than this to fit a terminal. */
const NARROWEST = 10;

/** Lines of a table: columns aligned by the width they are shown at, the widest shortened where they do not fit. */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: TableOptions = {},
): string[] {
  const cells = rows.map((row) => row.map(visible));
  const widths = fitted(widthsOf(columns, cells), options.width);
  const paintTitle = options.paintTitle ?? ((text: string) => text);
  const head = columns.map((column, at) =>
    paintTitle(pad(column, column.title, widths[at]!, at === columns.length - 1)),
  );
  const body = cells.map((row) =>
    columns.map((column, at) => painted(column, row[at]!, widths[at]!, at === columns.length - 1)),
  );
  return [head, ...body].map((line) => line.join(GAP).trimEnd());
}

function widthsOf(columns: readonly Column[], rows: readonly (readonly string[])[]): number[] {
  return columns.map((column, at) =>
    rows.reduce((widest, row) => Math.max(widest, displayWidth(row[at]!)), displayWidth(column.title)),
  );
}

/** Takes from the widest column until the line fits, or until all are as narrow as they get. */
function fitted(widths: number[], width: number | undefined): number[] {
  if (width === undefined) return widths;
  let over = widths.reduce((sum, one) => sum + one, GAP.length * (widths.length - 1)) - width;
  while (over > 0) {
    const widest = Math.max(...widths);
    if (widest <= NARROWEST) break;
    widths[widths.indexOf(widest)]! -= 1;
    over -= 1;
  }
  return widths;
}

function painted(column: Column, cell: string, width: number, last: boolean): string {
  const short = shorten(cell, width);
  const padded = pad(column, short, width, last);
  return column.paint === undefined ? padded : column.paint(padded, cell);
}

/** The last column is not filled up: lines end where their text ends. */
function pad(column: Column, text: string, width: number, last: boolean): string {
  if (column.align === 'right') return padStart(text, width);
  return last ? text : padEnd(text, width);
}
