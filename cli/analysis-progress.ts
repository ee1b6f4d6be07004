import type { Progress } from '../engine/index.ts';

/** Silent before this many milliseconds: what is quick needs no progress. */
const QUIET = 1_000;
/** Milliseconds between two lines where lines stay. */
const LINES_EVERY = 5_000;

/** Tells on stderr how far an analysis is; `end` clears the line of a terminal. */
export function analysisProgress(stream: NodeJS.WriteStream = process.stderr) {
  const terminal = stream.isTTY === true;
  let next = performance.now() + QUIET;
  let shown = false;
  return {
    onProgress({ stage, share }: Progress): void {
      if (performance.now() < next) return;
      const text = `${stage.toLowerCase().replaceAll('_', ' ')}: ${Math.floor(100 * share)} %`;
      stream.write(terminal ? `\r\u001b[K${text}` : `${text}\n`);
      shown = true;
      next = terminal ? 0 : performance.now() + LINES_EVERY;
    },
    end(): void {
      if (shown && terminal) stream.write('\r\u001b[K');
    },
  };
}
