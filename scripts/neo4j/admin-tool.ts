import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { environmentOf } from './process.ts';
import type { Provision } from './provision.ts';

const run = promisify(execFile);

/** The importer buffers each file for each of its threads: a graph of many small files needs more than one gigabyte now and then. */
const MOST_HEAP = '-Xmx3g';

/** Runs `neo4j-admin` on a home whose server is not running, and gives what it said; throws with what it said. */
export async function runAdminTool(provision: Provision, home: string, args: readonly string[]): Promise<string> {
  const env = { ...environmentOf(provision), NEO4J_HOME: home, NEO4J_CONF: join(home, 'conf') };
  return run(provision.jdk.java, [MOST_HEAP, 'org.neo4j.cli.AdminTool', ...args], {
    env,
    cwd: home,
    maxBuffer: 1 << 26,
  }).then(
    ({ stdout, stderr }) => stdout + stderr,
    ({ stdout, stderr }: { stdout: string; stderr: string }) => {
      throw new Error(`neo4j-admin ${args.slice(0, 3).join(' ')} failed.\n${`${stdout}${stderr}`.slice(-4000)}`);
    },
  );
}
