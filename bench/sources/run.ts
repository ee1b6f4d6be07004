/**
 * `npm run bench -- sources [ENTRIES] [FORMAT]`: how fast exports of directories are read, in how much memory, and the same for a
 * whole load into an embedded store.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXPORTS, type Format, writeExport } from './made-up.ts';

/** What is measured → the program that does it. */
const MEASURED = {
  'read into changes': 'load-one.ts',
  'loaded into a store': 'store-one.ts',
} as const;
type What = keyof typeof MEASURED;

export async function runSources(args: readonly string[]): Promise<void> {
  const entries = Number(args[0] ?? 1_000_000);
  const formats = (args[1] === undefined ? Object.keys(EXPORTS) : [args[1]]) as readonly Format[];
  const folder = mkdtempSync(join(tmpdir(), 'grantlens-bench-'));
  try {
    for (const format of formats) {
      const path = join(folder, `export.${format === 'scim' ? 'json' : format}`);
      await writeExport(format, path, entries);
      for (const what of Object.keys(MEASURED) as What[]) console.log(measured(what, format, path, entries));
      rmSync(path);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measured(what: What, format: Format, path: string, entries: number): string {
  const megabytes = Math.round(statSync(path).size / 1e6);
  const child = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, MEASURED[what]), format, path],
    { encoding: 'utf8' },
  );
  if (child.status !== 0) throw new Error(child.stderr);
  const { nodes, edges, seconds, processorSeconds, mebibytes } = JSON.parse(child.stdout) as Record<string, number>;
  const rate = Math.round(entries / seconds!).toLocaleString('en-US');
  return `${format} ${what}: ${entries.toLocaleString('en-US')} entries (${megabytes} MB), ${nodes} nodes, ${edges} edges: ${seconds!.toFixed(1)} s, ${rate} entries a second (${processorSeconds!.toFixed(1)} s of processors), peak ${mebibytes} MiB`;
}
