/** Work in a process of its own, so that the memory of one part does not count for the next. */
import { fork, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Starts a file, sends it the request, and takes the one message that it answers with. */
export function inChild<T>(name: string, file: string, request: unknown): Promise<T> {
  const child = fork(file, { execArgv: ['--import', 'tsx', '--expose-gc', '--max-old-space-size=8192'] });
  return new Promise((resolve, reject) => {
    child.once('message', (result) => resolve(result as T));
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
    child.send(request as object);
  });
}

/** Builds the product where it is not fresh. */
export const buildProduct = (): void =>
  void spawnSync(process.execPath, [fileURLToPath(new URL('../scripts/build.js', import.meta.url))], {
    stdio: 'inherit',
  });

/** MiB that a process holds, where the system tells. */
export function residentOf(pid: number | undefined): number | undefined {
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  const kilobytes = Number((stdout ?? '').trim());
  return kilobytes > 0 ? Math.round(kilobytes / 1024) : undefined;
}
