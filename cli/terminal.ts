import { once } from 'node:events';
import { type Colour, colourOf } from './colour.ts';
import { type Cell, type Column, tableOf } from './table.ts';

/** Where answers and notes go: answers to stdout and nothing else there, everything else to stderr. */
export interface Terminal {
  readonly colour: Colour;
  /** Columns, where the answer goes to a terminal. */
  readonly width: number | undefined;
  readonly stderr: NodeJS.WriteStream;
  /** Writes a piece of the answer; resolves when there is room for more. */
  write(text: string): Promise<void>;
  /** Writes lines of the answer. */
  lines(lines: readonly string[]): Promise<void>;
  /** Writes one JSON value and a line end. */
  json(value: unknown): Promise<void>;
  /** Writes a table, and says beside it where parts of lists were left out to fit the terminal. */
  table(columns: readonly Column[], rows: readonly (readonly Cell[])[]): Promise<void>;
  /** Says something beside the answer. */
  note(text: string): void;
}

export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  const colour = colourOf(stdout.isTTY === true, env);
  const width = stdout.isTTY ? stdout.columns : undefined;
  const write = async (text: string): Promise<void> => {
    if (!stdout.write(text)) await once(stdout, 'drain');
  };
  const note = (text: string): void => void stderr.write(`${text}\n`);
  return {
    colour,
    width,
    stderr,
    write,
    lines: (lines) => write(lines.map((line) => `${line}\n`).join('')),
    json: (value) => write(`${JSON.stringify(value)}\n`),
    async table(columns, rows) {
      const { lines, hidden } = tableOf(columns, rows, { width, paintTitle: colour.faint });
      await write(`${lines.join('\n')}\n`);
      if (hidden > 0) note(`${counted(hidden, 'entry', 'entries')} of long lists not shown: --json has all of them`);
    },
    note,
  };
}

/** A reader that goes away (`| head`) ends the program without a word. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

/** `1,234 nodes`; one of them without the s. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? singular : plural}`;
}
