import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Provision } from './provision.ts';

/** How to run the launcher. */
export interface Launch {
  readonly home: string;
  readonly temporary: boolean;
  readonly password: string;
  /** Of Java. */
  readonly flags: readonly string[];
}

/** A server's process, once it answers. */
export interface ServerProcess {
  readonly pid: number;
  readonly port: number;
  /** Whether the process is there. */
  readonly running: () => boolean;
  /** Asks for an orderly end and waits for it. */
  readonly stop: () => Promise<void>;
  /** Ends it at once, as a power cut would, and waits until it is gone. */
  readonly kill: () => Promise<void>;
}

/** Seconds that a server may take until it answers. */
const PATIENCE = 180;

/** Flags that the server asks for on Java 17 and 21. */
const OPEN = ['java.nio', 'java.io', 'sun.nio.ch'].flatMap((name) => ['--add-opens', `java.base/${name}=ALL-UNNAMED`]);

/** What can be run with the class path of a provision: it goes by the environment, which keeps the command line readable. */
export const environmentOf = ({ classPath }: Provision): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/PASSWORD|^NEO4J_|^GRANTLENS_/.test(name))),
  CLASSPATH: classPath,
});

/** Starts a server and waits until it answers. */
export async function launch(
  provision: Provision,
  { home, temporary, password, flags }: Launch,
): Promise<ServerProcess> {
  const args = [...OPEN, ...flags, 'Launcher'];
  // A group of its own: Ctrl-C at the terminal reaches this process only, which then stops the server in order.
  const child = spawn(provision.jdk.java, args, { env: environmentOf(provision), cwd: home, detached: true });
  const gone = once(child, 'close');
  const errors = tailOf(child);
  child.stdin.on('error', () => {});
  child.stdin.write(`${home}\n${temporary ? 'temporary' : 'kept'}\n${password}\n`);
  try {
    const port = await Promise.race([ready(child), failure(gone, errors)]);
    return running(child, port, gone);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

function running(child: ChildProcess, port: number, gone: Promise<unknown>): ServerProcess {
  const end = async (how: () => void) => {
    how();
    await gone;
  };
  return {
    pid: child.pid!,
    port,
    running: () => child.exitCode === null && child.signalCode === null,
    stop: () => end(() => child.stdin?.end('stop\n')),
    kill: () => end(() => child.kill('SIGKILL')),
  };
}

/** The port, from the line that the launcher says when the server answers. */
async function ready(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const port = /^ready (\d+)$/.exec(line)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
  });
}

async function failure(gone: Promise<unknown>, errors: () => string): Promise<never> {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE * 1000, 'late').unref());
  const why = await Promise.race([gone, late]);
  throw new Error(`Neo4j did not start${why === 'late' ? ` within ${PATIENCE} s` : ''}.\n${errors()}`);
}

/** Keeps the last of what the process says on standard error. */
function tailOf(child: ChildProcess): () => string {
  let text = '';
  child.stderr!.setEncoding('utf8').on('data', (piece: string) => {
    text = (text + piece).slice(-20_000);
  });
  return () => reasonsIn(text) || text.slice(-2000);
}

/** Of a Java stack trace, the lines that say what happened. */
const reasonsIn = (trace: string): string =>
  trace
    .split('\n')
    .filter((line) => /^(Exception in|Caused by|Error)/.test(line))
    .join('\n');
