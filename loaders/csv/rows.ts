import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { MAX_LINE } from '../formats/lines.ts';
import { type OpenOptions, shownPath } from '../formats/open-text.ts';
import { inBytes } from '../formats/size.ts';
import { inputError } from '../formats/unreadable.ts';
import { csvText } from './csv-text.ts';
import type { Dialect } from './mapping.ts';

/** A row of a CSV file: its cells without the white space around them, and the line where it starts. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What csv-parse gives for a row when asked for `info`. */
interface Parsed {
  readonly record: readonly string[];
  /** Lines up to and with the last of the row. */
  readonly info: { readonly lines: number };
}

/** Rows handed on at a time. */
const BATCH = 500;

/**
 * The rows of a CSV file, some hundreds at a time; empty lines and comments are left out.
 *
 * @throws what `csvText` throws; InputError where quotes do not close or a row is longer than 8 MiB
 */
export async function* readRows(
  path: string,
  dialect: Dialect,
  options: OpenOptions = {},
): AsyncGenerator<readonly Row[]> {
  const text = Readable.from(csvText(path, dialect.encoding, options));
  const parser = parse(optionsOf(dialect));
  // An error of the text ends the parser with the same error; both streams are gone when this generator ends.
  text.once('error', (error) => parser.destroy(error));
  let rows: Row[] = [];
  let lastLine = 0;
  try {
    for await (const parsed of text.pipe(parser) as AsyncIterable<Parsed>) {
      rows.push(rowOf(parsed));
      lastLine = parsed.info.lines;
      if (rows.length < BATCH) continue;
      yield rows;
      rows = [];
    }
  } catch (error) {
    yield rows;
    throw error instanceof CsvError ? inputError(shownPath(path), lastLine + 1, whyNotCsv(error, dialect)) : error;
  } finally {
    text.destroy();
  }
  yield rows;
}

const optionsOf = ({ delimiter, quote, comment }: Dialect) => ({
  delimiter,
  quote,
  escape: quote,
  ...(comment === undefined ? {} : { comment, comment_no_infix: true }),
  info: true,
  max_record_size: MAX_LINE,
  record_delimiter: '\n',
  relax_column_count: true,
  skip_empty_lines: true,
});

function rowOf({ record, info }: Parsed): Row {
  let breaks = 0;
  for (const cell of record) if (cell.includes('\n')) breaks += cell.split('\n').length - 1;
  return { line: info.lines - breaks, cells: record.map((cell) => cell.trim()) };
}

/** The row at fault is the first behind the last good one. */
function whyNotCsv(error: CsvError, { quote }: Dialect): string {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return `a cell of this row opens with ${quote} and is never closed`;
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return `the row is longer than ${inBytes(MAX_LINE)}; is a closing ${quote ?? 'line end'} missing?`;
  }
  if (error.code === 'CSV_INVALID_CLOSING_QUOTE') {
    return `a cell of this row goes on after its closing ${quote}; a ${quote} inside a cell is written twice`;
  }
  if (error.code === 'INVALID_OPENING_QUOTE') {
    return `a ${quote} stands inside a cell of this row that is not quoted; quote the cell and write it twice, or set quote: none`;
  }
  return `the row is not CSV (${error.code})`;
}
