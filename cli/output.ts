import { createTextSink } from '../loaders/index.ts';
import { closeOnSignal } from './interruption.ts';
import { Progress } from './progress.ts';
import { counted, type Terminal } from './terminal.ts';

const PIECE = 64 * 1024;

/**
 * Writes lines to a file (compressed when its name ends in `.gz` or `.zst`, under its name only when whole) or to stdout.
 * @returns how many lines
 */
export async function writeLines(
  terminal: Terminal,
  out: string | undefined,
  lines: Iterable<string> | AsyncIterable<string>,
): Promise<number> {
  const count = out === undefined ? await toStdout(terminal, lines) : await toFile(terminal, out, lines);
  if (out !== undefined) terminal.note(`${counted(count, 'line')} in ${out}`);
  return count;
}

async function toStdout(terminal: Terminal, lines: Iterable<string> | AsyncIterable<string>): Promise<number> {
  let count = 0;
  let piece = '';
  for await (const line of lines) {
    count += 1;
    piece += `${line}\n`;
    if (piece.length < PIECE) continue;
    await terminal.write(piece);
    piece = '';
  }
  await terminal.write(piece);
  return count;
}

async function toFile(
  terminal: Terminal,
  out: string,
  lines: Iterable<string> | AsyncIterable<string>,
): Promise<number> {
  const sink = await createTextSink(out);
  const forget = closeOnSignal(() => sink.discard());
  const progress = new Progress(terminal.stderr, `writing ${out}`, 'lines');
  let count = 0;
  try {
    for await (const line of lines) {
      count += 1;
      progress.step();
      const busy = sink.write(`${line}\n`);
      if (busy !== undefined) await busy;
    }
    await sink.close();
    return count;
  } finally {
    progress.end();
    forget();
    await sink.discard();
  }
}
