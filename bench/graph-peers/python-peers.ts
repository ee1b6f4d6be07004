/** The Python process that runs graph libraries: started once, asked one task after the other. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Task } from './tasks.ts';

export interface PythonPeers {
  /** Versions by library. */
  readonly found: Readonly<Record<string, string>>;
  /** Why not, by library. */
  readonly missing: Readonly<Record<string, string>>;
  ask(library: string, task: Task, seed: number): Promise<Ran>;
  stop(): void;
}

export interface Ran {
  readonly seconds: number;
  /** What ours took right after it, where that was not in its round. */
  readonly oursBeside?: number;
  /** The scores, or the communities. */
  readonly result: Float64Array | Uint32Array;
}

export const PYTHON_LIBRARIES = ['igraph', 'leidenalg', 'networkit'] as const;

/**
 * @param folder has the graph as `peer.py` reads it, and takes its results
 * @returns with everything missing where there is no such Python
 */
export async function startPython(python: string, folder: string, nodeCount: number): Promise<PythonPeers> {
  const file = fileURLToPath(new URL('./peer.py', import.meta.url));
  const child = spawn(python, [file, folder, String(nodeCount)], { stdio: ['pipe', 'pipe', 'inherit'] });
  let failed = '';
  child.on('error', (error) => {
    failed = error.message;
  });
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Record<string, unknown> | undefined> => {
    const { value, done } = await lines.next();
    return done === true ? undefined : (JSON.parse(value) as Record<string, unknown>);
  };
  const told = await next();
  if (told === undefined) {
    const why = failed === '' ? `${python} ended before it told its libraries` : failed;
    return { found: {}, missing: Object.fromEntries(PYTHON_LIBRARIES.map((name) => [name, why])), ask, stop() {} };
  }
  const { found, missing } = told as { found: Record<string, string>; missing: Record<string, string> };
  return { found, missing, ask, stop: () => void child.stdin.end() };

  async function ask(library: string, task: Task, seed: number): Promise<Ran> {
    const out = join(folder, 'result');
    child.stdin.write(`${JSON.stringify({ library, task, seed, out })}\n`);
    const answer = await next();
    if (typeof answer?.['seconds'] !== 'number')
      throw new Error(`${library}, ${task}: ${String(answer?.['error'] ?? 'the process has ended')}`);
    const bytes = new Uint8Array(readFileSync(out)).buffer;
    const isPartition = task === 'leiden' || task === 'louvain';
    return { seconds: answer['seconds'], result: isPartition ? new Uint32Array(bytes) : new Float64Array(bytes) };
  }
}
