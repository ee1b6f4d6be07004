/** Has the Go toolchain build an OpenFGA server into a cache folder. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolderOf, keptFolder } from '../cache-folder.ts';

const run = promisify(execFile);

export const OPENFGA_VERSION = 'v1.22.1';
const PACKAGE = 'github.com/openfga/openfga/cmd/openfga';
/** Milliseconds that a build may take: minutes on two cores that have nothing else to do. What was compiled is kept for the next. */
const PATIENCE = 3_600_000;

/** This machine cannot run a server: it lacks Go, or the module could not be had or built. */
export class OpenFgaNotProvisioned extends Error {
  override readonly name = 'OpenFgaNotProvisioned';
}

/** The server's program, built the first time from the Go module. Throws `OpenFgaNotProvisioned` where that cannot be. */
export async function provisionOpenFga(cache = cacheFolderOf('openfga')): Promise<string> {
  const folder = await keptFolder(cache, `openfga-${OPENFGA_VERSION}`, async (making) => {
    process.stderr.write(`Building OpenFGA ${OPENFGA_VERSION} into ${cache}\n`);
    const env = { ...process.env, GOBIN: making, CGO_ENABLED: '0' };
    const options = { env, timeout: PATIENCE, maxBuffer: 1 << 26 };
    await run('go', ['install', `${PACKAGE}@${OPENFGA_VERSION}`], options).catch((error: BuildError) => {
      throw new OpenFgaNotProvisioned(`OpenFGA could not be built; it needs Go 1.26 or newer.\n${reasonOf(error)}`);
    });
  });
  return join(folder, process.platform === 'win32' ? 'openfga.exe' : 'openfga');
}

interface BuildError extends Error {
  readonly killed?: boolean;
  readonly stderr?: string;
}

function reasonOf({ killed, stderr = '', message }: BuildError): string {
  if (killed) return `It took longer than ${PATIENCE / 60_000} minutes.`;
  const told = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('go: downloading'));
  return told.slice(-5).join('\n') || message;
}
