import { type OpenOptions, openText, shownPath } from './open-text.ts';
import { inBytes } from './size.ts';
import { inputError } from './unreadable.ts';

const NEWLINE = 10;
const RETURN = 13;

/** The longest line that is taken, in bytes: longer ones are a mistake or an attack. */
export const MAX_LINE = 8 * 1024 * 1024;

export interface LineOptions extends OpenOptions {
  /** The longest line that is taken, in bytes. Default 8 MiB. */
  readonly maxLine?: number | undefined;
}

/** Lines that follow one another, without their ends. */
export interface LineBatch {
  /** Number of the first of them in the file, counted from 1. */
  readonly first: number;
  readonly lines: readonly string[];
  /** True when the last of them is the last of the file and no line end follows it. */
  readonly open: boolean;
}

/**
 * The lines of a text file, some thousands at a time. A line ends with `\n` or `\r\n`.
 *
 * @throws what `openText` throws; InputError for a line that is longer than `maxLine`
 */
export async function* readLines(path: string, options: LineOptions = {}): AsyncGenerator<LineBatch> {
  const file = options.shownAs ?? shownPath(path);
  const maxLine = options.maxLine ?? MAX_LINE;
  let kept: Buffer[] = [];
  let keptBytes = 0;
  let first = 1;
  for await (const chunk of openText(path, options)) {
    const end = chunk.lastIndexOf(NEWLINE);
    if (end >= 0) {
      const head = chunk.subarray(0, end);
      const lines = splitLines(kept.length === 0 ? head : Buffer.concat([...kept, head]));
      checkLengths(file, first, lines, maxLine);
      yield { first, lines, open: false };
      first += lines.length;
      kept = [];
      keptBytes = 0;
    }
    if (end + 1 < chunk.length) kept.push(chunk.subarray(end + 1));
    keptBytes += chunk.length - end - 1;
    if (keptBytes > maxLine) throw tooLong(file, first, maxLine);
  }
  if (keptBytes > 0) yield { first, lines: splitLines(Buffer.concat(kept)), open: true };
}

function splitLines(bytes: Buffer): string[] {
  const lines = bytes.toString('utf8').split('\n');
  if (!bytes.includes(RETURN)) return lines;
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}

function checkLengths(file: string, first: number, lines: readonly string[], maxLine: number): void {
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    // A UTF-16 unit takes at most three bytes: short lines need no counting.
    if (line.length * 3 > maxLine && Buffer.byteLength(line) > maxLine) throw tooLong(file, first + i, maxLine);
  }
}

function tooLong(file: string, line: number, maxLine: number): Error {
  const message = `the line is longer than ${inBytes(maxLine)}; is a line end missing, or is this another format?`;
  return inputError(file, line, message);
}
