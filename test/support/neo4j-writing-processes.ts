/** Processes that write a graph in Neo4j, each with a store of its own: see neo4j-writing-process.ts. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { ServerAddress } from './neo4j-sources.ts';

export interface WritingProcess {
  readonly child: ChildProcess;
  /** What was acknowledged so far. */
  readonly told: () => readonly { readonly version: number; readonly id: string }[];
  /** Waits until so many were. @throws Error with what it said when the process ends before */
  readonly untilTold: (acknowledged: number) => Promise<void>;
}

/**
 * Starts one and waits until its store is open.
 *
 * @param program the bundled test/support/neo4j-writing-process.ts
 * @param args what it takes after the address
 */
export async function startWriting(
  program: string,
  { uri, database, password }: ServerAddress,
  args: readonly string[],
): Promise<WritingProcess> {
  const environment = { ...process.env, GRANTLENS_NEO4J_PASSWORD: password, GRANTLENS_NEO4J_DATABASE: database };
  const child = spawn(process.execPath, [program, uri, ...args], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stderr!.on('data', (data: Buffer) => (errors += data.toString()));
  await new Promise<void>((resolve, reject) => {
    child.once('close', () => reject(new Error(`the writing process ended: ${errors}`)));
    child.stdout!.on('data', (data: Buffer) => {
      output += data.toString();
      resolve();
    });
  });
  const told = () =>
    [...output.matchAll(/^version (\d+) (.+)\n/gm)].map(([, version, id]) => ({ version: Number(version), id: id! }));
  const untilTold = async (acknowledged: number) => {
    while (told().length < acknowledged) {
      if (child.exitCode !== null) throw new Error(`the writing process ended: ${errors}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return { child, told, untilTold };
}

export async function killWriting({ child }: WritingProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await ended;
}
