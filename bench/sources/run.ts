/** `npm run bench -- sources [ENTRIES]`: how fast exports of directories are read, and in how much memory. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXPORTS, type Format, writeExport } from './made-up.ts';

const LOAD_ONE = join(import.meta.dirname, 'load-one.ts');

export async function runSources(args: readonly string[]): Promise<void> {
  const entries = Number(args[0] ?? 1_000_000);
  const formats = (args[1] === undefined ? Object.keys(EXPORTS) : [args[1]]) as readonly Format[];
  const folder = mkdtempSync(join(tmpdir(), 'grantlens-bench-'));
  try {
    for (const format of formats) {
      const path = join(folder, `export.${format === 'scim' ? 'json' : format}`);
      await writeExport(format, path, entries);
      console.log(measured(format, path, entries));
      rmSync(path);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measured(format: Format, path: string, entries: number): string {
  const megabytes = Math.round(statSync(path).size / 1e6);
  const child = spawnSync(process.execPath, ['--import', 'tsx', LOAD_ONE, format, path], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(child.stderr);
  const { nodes, edges, seconds, processorSeconds, mebibytes } = JSON.parse(child.stdout) as Record<string, number>;
  const rate = Math.round(entries / seconds!).toLocaleString('en-US');
  return `${format}: ${entries.toLocaleString('en-US')} entries (${megabytes} MB), ${nodes} nodes, ${edges} edges: ${seconds!.toFixed(1)} s, ${rate} entries a second (${processorSeconds!.toFixed(1)} s of processors), peak ${mebibytes} MiB`;
}
