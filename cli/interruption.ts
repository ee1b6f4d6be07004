/** Ctrl-C and the like: what is open is closed before the process ends; a second signal ends it at once. */

/** What is thrown through work that a signal cut short. */
export class Interrupted extends Error {
  readonly exitCode: number;

  constructor(exitCode: number) {
    super('interrupted');
    this.name = 'Interrupted';
    this.exitCode = exitCode;
  }
}

const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;
type Close = (interrupted: Interrupted) => Promise<void>;

/** Milliseconds until the process ends though something is not closed. */
const PATIENCE = 10_000;

const open: Close[] = [];
let ending = false;

/**
 * Has something closed when a signal comes, the last opened first.
 *
 * @returns how to take it back, when it was closed otherwise
 */
export function closeOnSignal(close: Close): () => void {
  open.push(close);
  return () => {
    const place = open.indexOf(close);
    if (place >= 0) open.splice(place, 1);
  };
}

/** From now on signals end the process in order. */
export function listenToSignals(): void {
  // Exit codes as shells have them: 128 and the number of the signal.
  for (const [signal, number] of Object.entries(SIGNALS)) process.on(signal, () => void end(128 + number));
}

/** What waits for standard input is let go first. */
async function end(exitCode: number): Promise<void> {
  if (ending) process.exit(exitCode);
  ending = true;
  const interrupted = new Interrupted(exitCode);
  setTimeout(() => process.exit(exitCode), PATIENCE);
  process.stdin.destroy();
  for (const close of open.toReversed()) await close(interrupted).catch(() => {});
  process.exit(exitCode);
}
